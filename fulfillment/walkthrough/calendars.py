"""The shopper of a calendar: sends photos, has a story told, waits for thirteen pictures, looks at three formats."""

import io
import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from fulfillment.walkthrough.shopper import API, Shopper, as_guest, once
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

FORMATS = ("calendar-wall-landscape", "calendar-wall-portrait", "calendar-wall-square")
PAGES = 13
FEWEST_PHOTOS, MOST_PHOTOS = 5, 10
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
NOTIFY = "walkthrough@example.com"
Json = dict[str, Any]


class CalendarShopper(Shopper):
    """A guest who makes a wall calendar."""

    cover = "cover"

    def __init__(self, base_url: str, deadline: Deadline, *, enter: Callable[[str], Web] = as_guest) -> None:
        super().__init__(base_url, deadline, format_code=FORMATS[0], enter=enter)

    def new_calendar(self) -> Json:
        given = {"kind": "calendar", "format": self.format_code, "title": "Walkthrough"}
        design: Json = self.web.post(f"{API}/designs/", given)
        return design

    def send_photos(self, design: str, photos: list[tuple[str, bytes]]) -> list[Json]:
        """One after the other, whole. What each is worth stands in its advice."""
        sent = [self._send_photo(design, name, content) for name, content in photos]
        used = self.web.get(f"{API}/designs/{design}/")["photos"]
        if [photo["id"] for photo in used] != [photo["id"] for photo in sent]:
            raise WalkFailed(f"The design starts from {len(used)} photos, not from the {len(sent)} sent.")
        return sent

    def _send_photo(self, design: str, name: str, content: bytes) -> Json:
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = {"file": (name, content, media_type)}
        answer = self.web.send("POST", f"{API}/photos/", data={"design": design}, files=file, headers=once())
        if answer.is_error:
            raise WalkFailed(f"The photo {name} was refused: {answer.text[:200]}")
        photo: Json = answer.json()
        return photo

    def tell_story(self, design: str, sentence: str, style: str) -> list[Json]:
        """Take every prompt as it is proposed."""
        pages: list[Json] = self.web.post(f"{API}/designs/{design}/story/", {"sentence": sentence})["pages"]
        if len(pages) != PAGES:
            raise WalkFailed(f"The story has {len(pages)} pages.")
        for page in pages:
            self.write_page(design, page["position"], prompt=page["prompt"], style=style)
        return pages

    def generate(self, design: str, heard: Callable[[Json], object]) -> tuple[Json, int]:
        """One run over all pages; `heard` gets each new answer. The run, and most pages seen ready before its end."""
        given = {"stage": "page", "notify_email": NOTIFY}
        started = self.web.post(f"{API}/designs/{design}/runs/", given, **once())
        early = [0]

        def look() -> Json | None:
            run: Json = self.web.get(f"{API}/runs/{started['id']}/")
            heard(run)
            if run["state"] in ("queued", "running"):
                early.append(sum(page["state"] == "ready" for page in run["pages"]))
                return None
            return run

        run = self.deadline.wait("the calendar's pictures", look)
        if run["state"] != "done" or any(page["state"] != "ready" for page in run["pages"]):
            told = (run.get("error") or {}).get("message", "no reason given")
            raise WalkFailed(f"The run ended {run['state']}: {told}")
        return run, max(early)

    def draw_one_for_all(self, design: str, prompt: str, style: str) -> str:
        """One picture on all thirteen pages, told apart by their words: drawing each takes minutes. Its id."""
        self.write_page(design, self.cover, prompt=prompt, style=style)
        image = str(self.run(design, "page", positions=[self.cover])["images"][0]["id"])
        for page in self.web.get(f"{API}/designs/{design}/")["pages"]:
            self.write_page(design, page["position"], picks=[image], words=page["position"])
        return image

    def previews(self, design: str) -> int:
        """Every page in all three formats, opened. How many there were."""
        return sum(self._preview(design, code) for code in FORMATS)

    def _preview(self, design: str, code: str) -> int:
        pages = self.web.get(f"{API}/designs/{design}/preview/?format={code}")["pages"]
        for page in pages:
            with Image.open(io.BytesIO(self.web.page(page["url"]).content)) as picture:
                picture.load()
                if picture.size != (page["width"], page["height"]):
                    raise WalkFailed(f"The preview of {page['position']} in {code} is not as large as it says.")
        if len(pages) != PAGES:
            raise WalkFailed(f"The preview in {code} has {len(pages)} pages.")
        return len(pages)

    def prepared(self, proof: Json) -> Json:
        """The proof again, with the supplier's mock-ups where the supplier prints a grid of its own. All are opened."""
        return self.deadline.wait("the supplier's mock-ups", lambda: self._prepared(proof["id"]))

    def _prepared(self, proof_id: str) -> Json | None:
        proof: Json = self.web.get(f"{API}/proofs/{proof_id}/")
        draft = proof["draft"]
        if draft is None:
            return proof
        if draft["state"] == "failed":
            raise WalkFailed(f"The supplier could not draw its mock-ups: {draft['error']}")
        if draft["state"] != "ready":
            return None
        for mockup in draft["mockups"]:
            self.web.page(mockup["url"])
        if not draft["mockups"]:
            raise WalkFailed("The supplier prints a grid of its own and shows no mock-up of it.")
        return proof

    def look_at(self, proof: Json) -> list[str]:
        told = super().look_at(proof)
        if len(told) != PAGES:
            raise WalkFailed(f"The proof shows {len(told)} pages.")
        return told

    def checkout(self, proof: Json, **confirmed: Any) -> Json:
        """Press Buy without having confirmed the months, which must be refused, and then with."""
        given = {"quantity": 1, "accept_warnings": True, "confirm_dates": False}
        hasty = self.web.send("POST", f"{API}/proofs/{proof['id']}/checkout/", json=given, headers=once())
        if not hasty.is_error:
            raise WalkFailed("A calendar could be bought although nobody confirmed its months.")
        return super().checkout(proof, confirm_dates=True, **confirmed)


def photos_in(directory: Path) -> list[tuple[str, bytes]]:
    """Name and bytes of five to ten photos. Raises WalkFailed when there are fewer."""
    found = sorted(path for path in directory.iterdir() if path.suffix.lower() in SUFFIXES)[:MOST_PHOTOS]
    if len(found) < FEWEST_PHOTOS:
        raise WalkFailed(f"{directory} holds {len(found)} photos; a calendar starts from {FEWEST_PHOTOS} or more.")
    return [(path.name, path.read_bytes()) for path in found]


def own_photos() -> list[tuple[str, bytes]]:
    """Five portraits that nobody sat for: an oval with eyes before hills, each in its own light."""
    return [(f"portrait-{number}.jpg", _portrait(number)) for number in range(1, FEWEST_PHOTOS + 1)]


def _portrait(number: int) -> bytes:
    width, height = 1200, 1500
    sky, hill = (150 + 12 * number, 185, 235 - 14 * number), (80 + 10 * number, 130, 80)
    picture = Image.new("RGB", (width, height), sky)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-300, 900, 1500, 2300), fill=hill)
    draw.rounded_rectangle((300, 1050, 900, 1700), 200, fill=(60, 70 + 20 * number, 120))
    draw.ellipse((390, 380, 810, 960), fill=(226 - 8 * number, 180 - 8 * number, 150 - 8 * number))
    draw.pieslice((370, 330, 830, 900), 180, 360, fill=(70 + 20 * number, 50, 40))
    for left, top, right, bottom in _features():
        draw.ellipse((left, top, right, bottom), fill=(40, 34, 32))
    draw.arc((520, 760, 680, 860), 20, 160, fill=(150, 60, 60), width=14)
    buffer = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.2)).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _features() -> Iterator[tuple[int, int, int, int]]:
    yield 485, 620, 545, 660
    yield 655, 620, 715, 660
    yield 580, 720, 620, 750
