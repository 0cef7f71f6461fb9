"""The walk with a calendar: thirteen pages from photos and one sentence, printed by a supplier with its own grid."""

from pathlib import Path
from typing import Any

from fulfillment.walkthrough import calendars, tampering
from fulfillment.walkthrough.calendars import CalendarShopper
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.suppliers import Printer, PrintifySide
from fulfillment.walkthrough.walk import Places, Walk
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

SENTENCE = "Our family travels around the world"
Json = dict[str, Any]


class CalendarWalk(Walk):
    """`photos` names a directory; without one the walk has pictures of its own."""

    shopper: CalendarShopper

    def __init__(
        self,
        places: Places,
        story: Story,
        deadline: Deadline,
        *,
        prompt: str = SENTENCE,
        tamper: str = "",
        photos: Path | None = None,
        via: str = "pages",
    ) -> None:
        super().__init__(places, story, deadline, prompt=prompt, tamper=tamper, via=via)
        self.photos = calendars.photos_in(photos) if photos else calendars.own_photos()

    def shopper_at(self, base_url: str, deadline: Deadline) -> CalendarShopper:
        return CalendarShopper(base_url, deadline, enter=self.road.enter)

    def printer(self, web: Web) -> Printer:
        return PrintifySide(web)

    def make(self) -> Json:
        design = self.draw()
        proof = self.shopper.proof(design)
        pages = self.shopper.look_at(proof)
        self.story.step("shopper", f"looked at the proof {proof['digest'][:12]}: {len(pages)} pages, {pages[1]}")
        if proof["route"]["supplier"] != "printify":
            raise WalkFailed(f"The calendar goes to {proof['route']['supplier']}: {proof['route']['reason']}")
        proof = self.shopper.prepared(proof)
        mockups = len((proof["draft"] or {"mockups": []})["mockups"])
        self.story.step("shopper", f"compared {mockups} mock-ups of the supplier; months: {proof['dates']['text']}")
        self.other = tampering.other_proof(self.shopper, design) if self.tamper == "digest" else None
        return proof

    def draw(self) -> str:
        """Photos, prompts, pictures, previews. The design's id."""
        shopper, story = self.shopper, self.story
        style, font = shopper.choose()
        begun = shopper.new_calendar()
        design, year = str(begun["id"]), begun["calendar"]["year"]
        sent = shopper.send_photos(design, self.photos)
        advice = sum(len(photo["advice"]) for photo in sent)
        story.step("shopper", f"began a calendar of {year} and sent {len(sent)} photos, got {advice} pieces of advice")
        if self.tamper:  # who means harm does not wait for twelve more
            shopper.draw_one_for_all(design, self.prompt, style)
            story.step("shopper", "had one picture drawn and put it on all thirteen pages")
            return design
        pages = shopper.tell_story(design, self.prompt, style)
        story.step("shopper", f"said “{self.prompt}” and got a story: “{pages[1]['prompt']}”, and twelve more")
        self._generate(design)
        shopper.write_page(design, shopper.cover, words=str(year), lettering={"font": font})
        seen = shopper.previews(design)
        story.step("shopper", f"set the year on the cover and looked at {seen} previews in three formats")
        return design

    def _generate(self, design: str) -> None:
        """Told as the studio tells it: what is being drawn, how far, how long."""
        shown: list[str] = []

        def heard(run: Json) -> None:
            if run["now"] and run["now"] not in shown:
                shown.append(run["now"])

        run, early = self.shopper.generate(design, heard)
        if not early:
            raise WalkFailed("No page could be seen before all of them were there.")
        size = run["images"][0]
        told = f"{size['width_px']} × {size['height_px']} px each, {early} of them seen while others were drawn"
        self.story.step("shopper", f"had {len(run['images'])} pages drawn in one run, {told}")
