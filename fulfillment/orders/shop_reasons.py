"""What the shop's own record says against printing: another way in, another maker, its advice, its people's doings."""

from collections.abc import Collection
from datetime import datetime

from fulfillment.models import Order
from fulfillment.orders.holding import RELEASED_BY_STAFF
from fulfillment.orders.reasons import Reason
from fulfillment.shopify.orders import FulfillmentOrder, ShopOrder
from fulfillment.shopify.shipping import our_holds

ELSEWHERE = "other_fulfillment"
OUR_ROUTES = ("web", "")  # a theme's cart, a cart link and a Storefront cart all end there
OTHER_ROUTES = {"pos": "at the point of sale", "shopify_draft_order": "as a draft order that the shop's people made"}
ADVICE = {"CANCEL": "to cancel it", "INVESTIGATE": "to look into it"}


def reasons_of_shop(order: Order, said: ShopOrder, lines: Collection[str], *, asked_at: datetime) -> list[Reason]:
    """`lines` are the gids of ours; `asked_at` is when the shop was asked, for what we did since it cannot know."""
    ours = [group for group in said.fulfillment_orders if any(line.line_gid in lines for line in group.lines)]
    found = []
    if said.source not in OUR_ROUTES:
        way = OTHER_ROUTES.get(said.source, f"by another channel than the web ({said.source[:60]})")
        found.append(Reason("other_route", f"It was bought {way}."))
    if any(group.is_elsewhere for group in ours):
        message = "The shop has it made by a fulfillment service: it would be printed twice."
        found.append(Reason(ELSEWHERE, message, blocks=True))
    if said.withheld:
        message = "Shopify does not show us who and where: the app is not approved for protected customer data."
        found.append(Reason("withheld", message, blocks=True))
    if said.risk in ADVICE:
        found.append(Reason("risk", f"The shop advises {ADVICE[said.risk]}: it may be a fraud."))
    if _released(order, ours, asked_at=asked_at):
        message = "The shop's people released our hold. It is still not approved."
        found.append(Reason(RELEASED_BY_STAFF, message))
    return found


def is_elsewhere(said: ShopOrder, lines: Collection[str]) -> bool:
    return any(
        group.is_elsewhere and any(line.line_gid in lines for line in group.lines) for group in said.fulfillment_orders
    )


def _released(order: Order, ours: list[FulfillmentOrder], *, asked_at: datetime) -> bool:
    """We hold it, and no hold of ours is left on what could be shipped now."""
    if order.held_in_shop_at is None or order.held_in_shop_at >= asked_at or order.state != Order.State.HELD:
        return False
    could_ship = any("CREATE_FULFILLMENT" in group.actions for group in ours)
    return could_ship and not any(our_holds(group) for group in ours)
