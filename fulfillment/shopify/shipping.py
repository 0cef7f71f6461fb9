"""Which parts of a shop's fulfillment orders a hold or a parcel concerns, and the input for them. Pure functions."""

from collections.abc import Collection, Mapping
from typing import Any

from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.shopify.carriers import shopify_carrier
from fulfillment.shopify.orders import FulfillmentOrder, FulfillmentOrderLine, Hold, ShopFulfillment, ShopOrder

PRINT_APPROVAL = "print-approval"  # our holds' handle: unique per app and fulfillment order, so a repeat is refused


class NothingLeft(ShopifyRejected):
    """The shop has nothing left to ship, and yet shipped nothing: the order was cancelled or taken over there."""


def our_holds(order: FulfillmentOrder) -> list[Hold]:
    """Ours alone: other apps and the merchant hold for their own reasons."""
    return [hold for hold in order.holds if hold.handle == PRINT_APPROVAL and hold.ours]


def lines_to_hold(order: FulfillmentOrder, line_gids: Collection[str]) -> list[FulfillmentOrderLine]:
    """The lines of `order` that still need our hold: none when it has one, or cannot be held."""
    if our_holds(order) or "HOLD" not in order.actions:
        return []
    return [line for line in order.lines if line.line_gid in line_gids and line.remaining > 0]


def hold_input(order: FulfillmentOrder, lines: Collection[FulfillmentOrderLine], reference: str) -> dict[str, Any]:
    """Naming lines splits the fulfillment order, so that the rest of a mixed cart can be shipped by the merchant."""
    hold: dict[str, Any] = {
        "reason": "OTHER",
        "reasonNotes": "Waiting for print approval",
        "handle": PRINT_APPROVAL,
        "externalId": reference,
        "notifyMerchant": False,
    }
    if len(lines) < len(order.lines):
        hold["fulfillmentOrderLineItems"] = [{"id": line.gid, "quantity": line.remaining} for line in lines]
    return hold


def parcel_lines(order: ShopOrder, line_quantities: Mapping[str, int]) -> list[dict[str, Any]]:
    """What one parcel takes from each fulfillment order: as much as is in it, and no more than is left to ship.

    Suppliers name the lines in a parcel, not the copies, so a second parcel of the same line may find nothing left.
    """
    wanted = dict(line_quantities)
    groups = []
    for group in order.fulfillment_orders:
        if "CREATE_FULFILLMENT" in group.actions:
            taken = _take(group, wanted)
            if taken:
                groups.append({"fulfillmentOrderId": group.gid, "fulfillmentOrderLineItems": taken})
    return groups


def fulfillment_beside(order: ShopOrder, gid: str) -> str:
    """The fulfillment that a further parcel belongs to: that one while it stands, else the last. Raises NothingLeft."""
    live = [each.gid for each in order.fulfillments if each.status != "CANCELLED"]
    if not live:
        raise NothingLeft(f"{order.name} has nothing left to ship, and nothing of it was shipped")
    return gid if gid in live else live[-1]


def tracking(number: str, carrier: str, url: str) -> dict[str, str]:
    known = {"company": shopify_carrier(carrier), "number": number, "url": url}
    return {name: value for name, value in known.items() if value}


def all_tracking(known: ShopFulfillment, number: str, url: str) -> dict[str, Any]:
    """What a fulfillment has of tracking, and one parcel more. Numbers and addresses go in pairs or not at all."""
    numbers, urls = [*known.tracking_numbers, number], [*known.tracking_urls, url]
    info: dict[str, Any] = {"numbers": numbers, "urls": urls} if all(urls) else {"numbers": numbers}
    return {"company": known.carrier, **info} if known.carrier else info


def _take(group: FulfillmentOrder, wanted: dict[str, int]) -> list[dict[str, Any]]:
    """Take from one fulfillment order as much as is wanted and left, and note in `wanted` what is still missing."""
    taken = []
    for line in group.lines:
        quantity = min(line.remaining, wanted.get(line.line_gid, 0))
        if quantity > 0:
            wanted[line.line_gid] -= quantity
            taken.append({"id": line.gid, "quantity": quantity})
    return taken
