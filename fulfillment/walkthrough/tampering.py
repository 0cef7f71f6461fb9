"""What somebody does who means harm, and what must come of it: the order held, the reason shown, nothing printed."""

import time
from pathlib import Path
from typing import Any

from fulfillment.walkthrough.ops import Ops, OrderPage
from fulfillment.walkthrough.report import Story
from fulfillment.walkthrough.shopper import Shopper
from fulfillment.walkthrough.web import WalkFailed

KINDS = ("file", "property", "digest", "unpaid")
# The reason that must be shown, by what was tampered with.
REASONS = {"file": "altered_proof", "property": "altered_property", "digest": "altered_property", "unpaid": "unpaid"}
OTHER_ITEM = "SIM-FlatCard-5x7-1Pack"
OTHER_GREETING = "Congratulations"
WATCHED_S = 3.0  # longer than the settle time of a submission in the sandbox
Json = dict[str, Any]


def other_proof(shopper: Shopper, design: str) -> Json:
    """A second proof of the same design with other words, to take its name from."""
    shopper.write_page(design, shopper.cover, words=OTHER_GREETING)
    return shopper.proof(design)


def purchase(tamper: str, checkout: Json, other: Json | None) -> tuple[Json, str]:
    """How the buyer pays, and how to tell it."""
    signed = checkout["cart_line"]["properties"]
    if tamper == "property":
        return {"properties": [{**signed, "_item": OTHER_ITEM}]}, f", with another item ({OTHER_ITEM}) in the cart"
    if tamper == "digest" and other is not None:
        altered = {**signed, "_proof": other["id"]}
        return {"properties": [altered]}, ", with another proof under the first one's signature"
    if tamper == "unpaid":
        return {"financial_status": "pending"}, ", but the payment is pending"
    return {}, ""


def flip_a_byte(files: Path, sha256: str) -> str:
    """Change the middle byte of a stored print file, as a fault of a disk or an intruder would. Its name."""
    path = files / sha256[:2] / sha256[2:4] / f"{sha256}.jpg"
    if not path.is_file():
        raise WalkFailed(f"There is no print file at {path}. Does CARDMAKER_HOME name the server's own?")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return path.name


def press_on(ops: Ops, page: OrderPage, tamper: str, story: Story) -> OrderPage:
    """Press Approve where it can be pressed, and send its form where it cannot. The page when it is held again."""
    if tamper == "file":
        ops.approve(page)
        story.step("ops", "pressed Approve, not knowing")
        return ops.deadline.wait("the order to be held again", lambda: _held_again(ops, page.path))
    answer = ops.approve_all_the_same(page)
    story.step("ops", f"cannot press Approve; sent all the same: “{' '.join(answer.messages)}”")
    if answer.state != "held":
        raise WalkFailed(f"An approval that cannot be given made the order {answer.state}.")
    return answer


def _held_again(ops: Ops, path: str) -> OrderPage | None:
    page = ops.open(path)
    return page if page.state == "held" and page.reasons else None


def expected(tamper: str, page: OrderPage) -> list[str]:
    """The reasons on the page, in words. Raises WalkFailed unless the right one is among them and blocks."""
    if not any(reason.code == REASONS[tamper] and reason.blocks for reason in page.reasons):
        shown = ", ".join(reason.code for reason in page.reasons) or "none"
        raise WalkFailed(f"The order must be held for {REASONS[tamper]}; its page shows {shown}.")
    return [f"{reason.code}: {reason.message}" for reason in page.reasons]


def stay_held(ops: Ops, page: OrderPage) -> None:
    """Watch for a while that nothing moves."""
    until = time.monotonic() + WATCHED_S
    while time.monotonic() < until:
        state = ops.open(page.path).state
        if state != "held":
            raise WalkFailed(f"The order did not stay held: it is {state}.")
        time.sleep(0.5)
