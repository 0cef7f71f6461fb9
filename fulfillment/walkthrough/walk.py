"""The walk itself: four people, one piece, in the order in which things happen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fulfillment.walkthrough import roads, tampering
from fulfillment.walkthrough.ops import Ops, OrderPage
from fulfillment.walkthrough.outside import Outside
from fulfillment.walkthrough.report import Outcome, Story, files_of
from fulfillment.walkthrough.shopper import Shopper
from fulfillment.walkthrough.suppliers import GootenSide, Printer
from fulfillment.walkthrough.web import Deadline, WalkFailed, Web

PROMPT = "A fox in a yellow raincoat under autumn leaves, soft watercolor"
INSTRUCTION = "make the background warmer"
OVER = ("shipped", "delivered")
Json = dict[str, Any]


@dataclass(frozen=True)
class Places:
    """Where everything is, and how ops logs in. `files` is only needed to tamper with a stored file."""

    base_url: str
    sandbox_url: str
    recipe_id: str
    ops_email: str
    ops_password: str
    files: Path


class Walk:
    """One walk with a card. `tamper` is empty, or what somebody does who means harm: file, property, digest, unpaid."""

    def __init__(
        self,
        places: Places,
        story: Story,
        deadline: Deadline,
        *,
        prompt: str = PROMPT,
        tamper: str = "",
        via: str = "pages",
    ) -> None:
        self.places, self.story, self.deadline = places, story, deadline
        self.prompt, self.tamper = prompt, tamper
        self.road = roads.road(via, sandbox_url=places.sandbox_url, story=story)
        self.shopper = self.shopper_at(places.base_url, deadline)
        self.outside = Outside(places.sandbox_url, deadline, self.printer)
        self.known = self.outside.known()

    def run(self) -> Outcome:
        """The whole of it. Raises WalkFailed at the first thing that is not as it must be."""
        ops = Ops(self.places.base_url, self.deadline, email=self.places.ops_email, password=self.places.ops_password)
        self.story.step("ops", f"logged in to the admin as {self.places.ops_email}")
        proof = self.make()
        order = self.buy(proof)
        page = ops.await_state(ops.find(order["id"]), "held")
        told = ", ".join(reason.code for reason in page.reasons) or "for approval"
        self.story.step("ops", f"found {order['name']} held: {told}")
        if self.tamper:
            return self.see_it_held(ops, page, proof)
        self.approve(ops, page, proof)
        return self.print_and_ship(page.order_id, order["id"], proof)

    def shopper_at(self, base_url: str, deadline: Deadline) -> Shopper:
        return Shopper(base_url, deadline, enter=self.road.enter)

    def printer(self, web: Web) -> Printer:
        """Who prints it."""
        return GootenSide(web, recipe_id=self.places.recipe_id)

    def make(self) -> Json:
        """From a sentence to a proof that was looked at."""
        design = self.draw()
        proof = self.shopper.proof(design)
        pages = self.shopper.look_at(proof)
        self.story.step("shopper", f"looked at the proof {proof['digest'][:12]}: {'; '.join(pages)}")
        self.other = tampering.other_proof(self.shopper, design) if self.tamper == "digest" else None
        return proof

    def draw(self) -> str:
        """Candidates, a change, the final picture and the words. The design's id."""
        shopper, story = self.shopper, self.story
        style, font = shopper.choose()
        design = shopper.new_design(self.prompt, style)
        story.step("shopper", f"wrote “{self.prompt}” and chose the style {style}")
        hurried = {"count": 1} if self.tamper else {}  # who means harm does not wait for choice
        candidates = shopper.run(design, "candidate", **hurried)["images"]
        story.step("shopper", f"got {len(candidates)} candidates and picked one")
        shopper.pick(design, candidates[0])
        if not hurried:
            changed = shopper.run(design, "revision", parent=candidates[0]["id"], instruction=INSTRUCTION)["images"]
            shopper.pick(design, changed[0])
            story.step("shopper", f"asked for a change: “{INSTRUCTION}”, and picked what came")
        final = shopper.run(design, "final")["images"]
        story.step("shopper", f"got the final picture, {final[0]['width_px']} × {final[0]['height_px']} px")
        shopper.set_words(design, font)
        story.step("shopper", f"set the words in {font}")
        return design

    def buy(self, proof: Json) -> Json:
        """Check out and pay in the shop, honestly or not. The shop's order."""
        checkout = self.shopper.checkout(proof)
        self.story.step("buyer", "pressed Buy and got the link to the shop's checkout")
        purchase, told = tampering.purchase(self.tamper, checkout, self.other)
        order = self.outside.pay_at(self.road.checkout_url(self.shopper.web, checkout), **purchase)
        self.story.step("buyer", f"paid {order['total']} {order['currency']}, order {order['name']}{told}")
        if self.tamper == "file":
            changed = tampering.flip_a_byte(self.places.files, proof["pages"][0]["sha256"])
            self.story.step("intruder", f"changed one byte of the stored print file {changed}")
        return order

    def approve(self, ops: Ops, page: OrderPage, proof: Json) -> OrderPage:
        seen = ops.look_at_pages(page, proof["digest"], [each["sha256"][:12] for each in proof["pages"]])
        self.story.step("ops", f"saw the digest and all {seen} proof pages")
        page = ops.approve(page)
        self.story.step("ops", f"pressed Approve: {' '.join(page.messages) or page.state}")
        return page

    def print_and_ship(self, order_id: str, order_gid: str, proof: Json) -> Outcome:
        prefix = f"CM-{order_id.replace('-', '')[:16].upper()}"
        placed = self.deadline.wait("the order at the supplier", lambda: self.outside.order_of(prefix))
        printer = self.outside.printer
        self.story.step("supplier", f"got {printer.reference(placed)}")
        printed = printer.ship(placed)
        number = printer.tracking_number(printed)
        self.story.step("supplier", f"fetched the files, printed, shipped with number {number}")
        order = self.deadline.wait("the shipment in the buyer's order", lambda: self._shipped(order_id))
        self.story.step("buyer", f"reads “{order['state_text']}”, number {order['shipments'][0]['tracking_number']}")
        self._check_shop(order_gid, number)
        outcome = Outcome(order["state"], proof["digest"], files_of(proof), printer.files(printed), number)
        outcome.check_printed(order["shipments"][0]["tracking_number"])
        self.story.step("all", f"digest, files and number agree; exactly one supplier order for {order['name']}")
        return outcome

    def _shipped(self, order_id: str) -> Json | None:
        order = self.shopper.order(order_id)
        return order if order["state"] in OVER and order["shipments"] else None

    def _check_shop(self, order_gid: str, number: str) -> None:
        told = self.deadline.wait("the shop to be told", lambda: self.outside.fulfillments(order_gid))
        if [each["tracking_number"] for each in told] != [number] or told[0]["notify_customer"]:
            raise WalkFailed("The shop was not told of exactly this parcel, silently.")
        self.story.step("shop", f"shows the parcel {number} and wrote to nobody")

    def see_it_held(self, ops: Ops, page: OrderPage, proof: Json) -> Outcome:
        """Whatever ops presses, the order ends held with the reason shown, and nothing is at the supplier."""
        page = tampering.press_on(ops, page, self.tamper, self.story)
        reasons = tampering.expected(self.tamper, page)
        self.story.step("ops", f"reads why it is held: {'; '.join(reasons)}")
        prefix = f"CM-{page.order_id.replace('-', '')[:16].upper()}"
        tampering.stay_held(ops, page)
        trouble = self.outside.trouble(prefix, [each["sha256"] for each in proof["pages"]], self.known)
        if trouble:
            raise WalkFailed(f"The supplier has {', '.join(trouble)}.")
        self.story.step("supplier", "has nothing of it")
        outcome = Outcome(ops.open(page.path).state, proof["digest"], files_of(proof), [], "")
        outcome.check_held()
        return outcome
