"""Our hold on the shop's fulfillment orders: it stands while an order waits for approval, and is released after.

The hold tells the shop's people; whether something is printed is decided by the approval alone.
"""

import logging
from datetime import datetime

from django.db import transaction

from cardmaker.core import crash
from cardmaker.core.jobs import enqueue
from fulfillment.models import Order
from fulfillment.shopify.answers import ScopeMissing, ShopifyRejected
from fulfillment.shopify.shop import ShopifyShop

log = logging.getLogger(__name__)
ALIGN = "fulfillment.align_hold"
State = Order.State
WAITING = (State.HELD,)
# What was let through may be shipped. Rejected and cancelled orders keep the hold: nobody is to ship them.
LET_THROUGH = (
    State.APPROVED, State.SUBMITTED, State.IN_PRODUCTION, State.PARTLY_SHIPPED, State.SHIPPED, State.DELIVERED,
)  # fmt: skip
RELEASED_BY_STAFF = "hold_released"
MOST_TURNS = 5


def is_due(order: Order) -> bool:
    """Whether the shop has to be told: it waits and is not held there, or it is let through and still held."""
    if order.state in WAITING:
        released = any(reason["code"] == RELEASED_BY_STAFF for reason in order.reasons)
        return order.held_in_shop_at is None and not released
    return order.state in LET_THROUGH and order.held_in_shop_at is not None


def queue_if_due(order: Order, *, at: datetime) -> None:
    """Have the shop told by a job of its own: a shop that is slow or routes late must not keep the order waiting."""
    if is_due(order):
        enqueue(ALIGN, order.pk, account_id=order.account_id, at=at)


def align(order: Order, *, shop: ShopifyShop, at: datetime) -> None:
    """Bring the shop's hold to where the order is. Raises ScopeMissing, or NotRoutedYet while there is nothing to hold.

    Safe to repeat, and for two workers at once: whoever finds the order moved after his call goes on from there.
    """
    for _ in range(MOST_TURNS):
        if not is_due(order):
            return
        holds = order.state in WAITING
        try:
            _hold(order, shop) if holds else shop.release(order.external_ref)
        except ScopeMissing:
            raise  # it is told as soon as we are allowed to
        except ShopifyRejected as refusal:
            # Not worth a person's time: the approval decides about printing, and shipping releases what is left.
            log.warning("The shop would not %s an order: %s", "hold" if holds else "release", refusal)
            return
        crash.point("hold.answered")
        order = _noted(order, holds=holds, at=at)


def _hold(order: Order, shop: ShopifyShop) -> None:
    lines = order.lines.filter(quantity__gt=0).values_list("external_ref", flat=True)
    shop.hold(order.external_ref, line_gids=set(lines), reference=str(order.pk))


def _noted(order: Order, *, holds: bool, at: datetime) -> Order:
    """Write down what the shop does now, and answer the order as it is by now."""
    with transaction.atomic():
        order = Order.locked(order.pk)
        order.held_in_shop_at = at if holds else None
        Order.objects.filter(pk=order.pk).update(held_in_shop_at=order.held_in_shop_at)
    return order
