"""The world outside, as the sandbox plays it: the shop's checkout for the buyer, the printer for the supplier."""

from typing import Any
from urllib.parse import urljoin

from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

TEMPLATES = "/gooten/api/v/5/source/api/producttemplates/"
Json = dict[str, Any]


def find_sandbox(base_url: str) -> str:
    """Where the server's own /sandbox/ leads. Raises WalkFailed when it has none."""
    web = Web(base_url)
    web.http.follow_redirects = False
    answer = web.send("GET", "/sandbox/state/")
    location = answer.headers.get("Location", "")
    if not answer.is_redirect or not location.endswith("/sandbox/state/"):
        raise WalkFailed(f"{base_url} has no sandbox ({answer.status_code}). Name it with --sandbox-url.")
    return str(urljoin(base_url, location)).removesuffix("/sandbox/state/")


class Outside:
    """Sandbox controls and state by JSON."""

    def __init__(self, sandbox_url: str, deadline: Deadline, *, recipe_id: str) -> None:
        self.web, self.deadline, self.recipe_id = Web(sandbox_url), deadline, recipe_id

    def state(self) -> Json:
        state: Json = self.web.get("/sandbox/state/")
        return state

    # The buyer

    def pay_at(self, checkout_url: str, **purchase: Any) -> Json:
        """Open the checkout link and pay there; `properties` [{...}] alters the lines'. The shop's order."""
        landed = self.web.page(checkout_url)
        order: Json = self.web.post(str(landed.url), purchase)["order"]
        return order

    # The supplier

    def order_of(self, prefix: str) -> Json | None:
        """The supplier's one order of ours whose reference begins so. Raises WalkFailed when there are two."""
        found = [order for order in self.state()["gooten"]["orders"] if order["source_id"].startswith(prefix)]
        if len(found) > 1:
            raise WalkFailed(f"The supplier has {len(found)} orders of {prefix}: a payment must print once.")
        return found[0] if found else None

    def advance(self, source_id: str, to: str) -> Json:
        """Step by step until the items are `to`."""
        order: Json = self.web.post(f"/sandbox/gooten/orders/{source_id}/advance/", {"to": to})["order"]
        for item in order["items"]:
            if item["status"] not in (to, "Delivered"):
                raise WalkFailed(f"The supplier stopped at {item['status']}: {item['issue'] or 'no reason given'}")
        return order

    def positions(self, sku: str) -> dict[str, str]:
        """Space id to page position, by the names that the supplier gives its spaces."""
        answer = self.web.get(f"{TEMPLATES}?sku={sku}&recipeid={self.recipe_id}")
        spaces = answer["Options"][0]["Spaces"]
        return {space["Id"]: space["Description"].strip().lower().replace(" ", "-") for space in spaces}

    def files_of(self, order: Json) -> list[Json]:
        """What the supplier fetched over HTTP, hashed by the supplier, by page position."""
        files = []
        for item in order["items"]:
            names = self.positions(item["sku"])
            files += [{"position": names[image["space_id"]], "sha256": image["sha256"]} for image in item["images"]]
        return sorted(files, key=lambda file: file["position"])

    def trouble(self, prefix: str, sha256s: list[str], known: set[str]) -> list[str]:
        """References of supplier orders that are this order's, or that are new and print these files."""
        return [
            order["source_id"]
            for order in self.state()["gooten"]["orders"]
            if order["source_id"].startswith(prefix) or (order["id"] not in known and _prints(order, sha256s))
        ]

    def known(self) -> set[str]:
        """The supplier's orders now."""
        return {order["id"] for order in self.state()["gooten"]["orders"]}

    # The shop

    def fulfillments(self, order_gid: str) -> list[Json]:
        """What the shop was told was shipped."""
        orders = self.state()["shopify"]["orders"]
        found: list[Json] = next(order["fulfillments"] for order in orders if order["id"] == order_gid)
        return found


def _prints(order: Json, sha256s: list[str]) -> bool:
    urls = [image["url"] for item in order["items"] for image in item["images"]]
    return any(sha256 in url for sha256 in sha256s for url in urls)
