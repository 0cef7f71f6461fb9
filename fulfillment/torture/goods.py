"""What the market sells: each a real proof with its checkout, made once as a shopper makes it, over the API."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fulfillment.walkthrough.calendars import CalendarShopper
from fulfillment.walkthrough.shopper import Shopper
from fulfillment.walkthrough.walk import PROMPT

Json = dict[str, Any]


@dataclass(frozen=True)
class Good:
    """`line` is what the shopper's cart has of it; `image` is the id of the picture it was made from."""

    proof: str
    line: Json
    domain: str
    image: str


def card(shopper: Shopper) -> Good:
    style, _ = shopper.choose()
    design = shopper.new_design(PROMPT, style)
    shopper.pick(design, shopper.run(design, "candidate", count=1)["images"][0])
    image = shopper.run(design, "final")["images"][0]
    return _on_sale(shopper, shopper.proof(design), image["id"])


def unsold(shopper: Shopper, image: str) -> Good:
    """A card of the same picture that is in the shop and that nobody buys."""
    style, _ = shopper.choose()
    design = shopper.new_design(PROMPT, style)
    shopper.write_page(design, shopper.cover, picks=[image])
    return _on_sale(shopper, shopper.proof(design), image)


def calendar(shopper: CalendarShopper) -> Good:
    style, _ = shopper.choose()
    design = str(shopper.new_calendar()["id"])
    image = shopper.draw_one_for_all(design, PROMPT, style)
    return _on_sale(shopper, shopper.prepared(shopper.proof(design)), image)


def _on_sale(shopper: Shopper, proof: Json, image: str) -> Good:
    checkout = shopper.checkout(proof)
    domain = urlsplit(checkout["checkout_url"]).path.split("/")[2]
    return Good(proof["id"], checkout["cart_line"], domain, image)
