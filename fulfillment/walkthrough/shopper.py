"""The shopper: describes a card, looks at candidates, has one changed, adds words, and confirms the proof."""

import io
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from PIL import Image

from fulfillment.walkthrough.digests import digest_of
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

FORMAT, COUNTRY = "card-5x7-folded", "US"
GREETING = "Happy birthday"
WISH = "May the year be kind to you, and the cake be large."
API = "/api/v1"
Json = dict[str, Any]


def as_guest(base_url: str) -> Web:
    """A connection with a new guest's token."""
    web = Web(base_url)
    return entered(web, web.post(f"{API}/session/"))


def entered(web: Web, session: Json) -> Web:
    web.http.headers["Authorization"] = f"Bearer {session['token']}"
    return web


class Shopper:
    """A guest with a bearer token, as an embedded studio has one. `enter` says how the token is come by."""

    cover = "front"

    def __init__(
        self,
        base_url: str,
        deadline: Deadline,
        *,
        format_code: str = FORMAT,
        enter: Callable[[str], Web] = as_guest,
    ) -> None:
        self.web, self.deadline, self.format_code = enter(base_url), deadline, format_code

    def choose(self) -> tuple[str, str]:
        """A style and a font among those on offer, after a look at the format."""
        formats = [each["code"] for each in self.web.get(f"{API}/formats/")["results"]]
        if self.format_code not in formats:
            raise WalkFailed(f"The format {self.format_code} is not on offer: {', '.join(formats) or 'nothing is'}.")
        styles = self.web.get(f"{API}/styles/")["results"]
        fonts = self.web.get(f"{API}/fonts/")["results"]
        if not styles or not fonts:
            raise WalkFailed("There are no styles or no fonts. Is the demo data loaded?")
        return styles[0]["code"], fonts[0]["code"]

    def new_design(self, prompt: str, style: str) -> str:
        """A card with this prompt on its front. Its id."""
        design = self.web.post(f"{API}/designs/", {"kind": "card", "format": self.format_code, "title": "Walkthrough"})
        self.write_page(design["id"], "front", prompt=prompt, style=style)
        return str(design["id"])

    def write_page(self, design: str, position: str, **changes: Any) -> Json:
        page: Json = self.web.json("PUT", f"{API}/designs/{design}/pages/{position}/", changes)
        return page

    def run(self, design: str, stage: str, **wanted: Any) -> Json:
        """Start a Run and wait for it. Its images are there when it is done."""
        given = {"stage": stage, "positions": ["front"], **wanted}
        started = self.web.post(f"{API}/designs/{design}/runs/", given, **once())
        return self.deadline.wait(f"the {stage} run", lambda: self._ended(started["id"], stage))

    def _ended(self, run_id: str, stage: str) -> Json | None:
        run: Json = self.web.get(f"{API}/runs/{run_id}/")
        if run["state"] in ("failed", "cancelled"):
            reason = (run.get("error") or {}).get("message", "no reason given")
            raise WalkFailed(f"The {stage} run {run['state']}: {reason}")
        return run if run["state"] == "done" else None

    def pick(self, design: str, image: Json) -> None:
        self.write_page(design, "front", picks=[image["id"]])

    def set_words(self, design: str, font: str, *, greeting: str = GREETING) -> None:
        """A greeting on the front and a wish inside, both set as vector text."""
        self.write_page(design, "front", words=greeting, lettering={"font": font})
        self.write_page(design, "inside-right", words=WISH, lettering={"font": font})

    def proof(self, design: str) -> Json:
        """Ask for a proof and wait until its pages can be seen."""
        wanted = {"format": self.format_code, "country": COUNTRY}
        started = self.web.post(f"{API}/designs/{design}/proofs/", wanted, **once())
        return self.deadline.wait("the proof", lambda: self._ready_proof(started["id"]))

    def _ready_proof(self, proof_id: str) -> Json | None:
        proof: Json = self.web.get(f"{API}/proofs/{proof_id}/")
        if proof["state"] == "failed":
            raise WalkFailed(f"The proof failed: {proof['error']}")
        return proof if proof["state"] == "ready" else None

    def look_at(self, proof: Json) -> list[str]:
        """Open every page that is shown; what each is, in words. Raises WalkFailed for one that is not the file's."""
        if digest_of({page["position"]: page["sha256"] for page in proof["pages"]}) != proof["digest"]:
            raise WalkFailed("The proof's digest is not that of the pages it shows.")
        blocks = [warning["message"] for warning in proof["warnings"] if warning["level"] == "block"]
        if blocks:
            raise WalkFailed(f"The proof must not be printed: {blocks[0]}")
        return list(self._pages_seen(proof))

    def _pages_seen(self, proof: Json) -> Iterator[str]:
        for page in proof["pages"]:
            shown = self.web.page(page["url"])
            with Image.open(io.BytesIO(shown.content)) as picture:
                picture.load()
                off = abs(picture.width / picture.height - page["width_px"] / page["height_px"])
            if off > 0.01:
                raise WalkFailed(f"The page {page['position']} is not shown in its own proportions.")
            dpi = f", {page['effective_dpi']} dpi" if page["effective_dpi"] else ""
            yield f"{page['position']} {page['width_px']} × {page['height_px']} px{dpi}"

    def checkout(self, proof: Json, **confirmed: Any) -> Json:
        """Press Buy; accepts the warnings that the proof showed. The ready checkout."""
        warned = any(warning["level"] == "warn" for warning in proof["warnings"])
        given = {"quantity": 1, "accept_warnings": warned, **confirmed}
        started = self.web.post(f"{API}/proofs/{proof['id']}/checkout/", given, **once())
        return self.deadline.wait("the checkout link", lambda: self._ready_checkout(started["id"]))

    def _ready_checkout(self, checkout_id: str) -> Json | None:
        checkout: Json = self.web.get(f"{API}/checkouts/{checkout_id}/")
        if checkout["state"] == "failed":
            raise WalkFailed(f"The checkout failed: {checkout['error']}")
        return checkout if checkout["state"] == "ready" else None

    def order(self, order_id: str) -> Json:
        """The order as its buyer sees it."""
        order: Json = self.web.get(f"{API}/orders/{order_id}/")
        return order


def once() -> dict[str, str]:
    """The header that makes repeating a POST safe."""
    return {"Idempotency-Key": str(uuid.uuid4())}
