"""What a stored webhook delivery makes us do. It is a hint: whatever moves money or status is read again elsewhere."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from accounts.models import Shop
from cardmaker.core import crash, events, inbox
from cardmaker.core.inbox import InboxEvent
from cardmaker.core.jobs import enqueue
from fulfillment.merchants import shop_news
from fulfillment.models import Listing, PrintJob
from fulfillment.orders import intake
from fulfillment.shopify.gids import NotAGid, gid, number_of
from fulfillment.suppliers.printify_words import ORDER_TOPICS

log = logging.getLogger(__name__)
LONGEST_NUMBER = 20  # digits: Shopify's numbers have 64 bits
READ_ROUTING = "fulfillment.read_routing"
Handler = Callable[[InboxEvent, datetime], None]


def handle(event_id: str, *, at: datetime) -> None:
    """Handle one stored delivery by its topic. Safe to repeat."""
    inbox.handle(event_id, {topic: partial(_call, handler, at) for topic, handler in HANDLERS.items()}, at=at)
    crash.point("inbox.handled")


def _call(handler: Handler, at: datetime, event: InboxEvent) -> None:
    handler(event, at)


def _order_changed(event: InboxEvent, at: datetime) -> None:
    _hear(event, _gid(event.payload.get("admin_graphql_api_id") or event.payload.get("id")), at)


def _order_edited(event: InboxEvent, at: datetime) -> None:
    _hear(event, _gid(_part(event, "order_edit").get("order_id")), at)


def _refund_created(event: InboxEvent, at: datetime) -> None:
    _hear(event, _gid(event.payload.get("order_id")), at)


def _routing_changed(event: InboxEvent, at: datetime) -> None:
    """Told of a fulfillment order, by its gid alone: which order it is of has to be asked."""
    told = _gid(_part(event, "fulfillment_order").get("id"), "FulfillmentOrder")
    shop = _shop(event)
    if shop is not None and told:
        enqueue(READ_ROUTING, f"{shop.pk}|{told}", account_id=shop.account_id, at=at)


def _product_deleted(event: InboxEvent, at: datetime) -> None:
    told = _gid(event.payload.get("id"), "Product")
    if not told:
        return
    listings = Listing.objects.filter(shopify_product_id=told).exclude(state=Listing.State.DELETING)
    gone = listings.filter(Q(product__shop__domain=event.shop_domain) | Q(shop__domain=event.shop_domain))
    gone.update(state=Listing.State.DELETED, error="Deleted in the shop.")


def _gooten_news(event: InboxEvent, at: datetime) -> None:
    _read_job("gooten", str(event.payload.get("order_id", "")), at)


def _printify_news(event: InboxEvent, at: datetime) -> None:
    _read_job("printify", str(_part(event, "resource").get("id", "")), at)


def _printify_gone(event: InboxEvent, at: datetime) -> None:
    """Nothing can be ordered there until somebody connects the shop again: ops are told."""
    log.error("Printify has disconnected our shop: connect it again, then run manage.py connect_printify")
    events.record("supplier_disconnected", at=at, subject="printify")


def _read_job(supplier: str, ref: str, at: datetime) -> None:
    """Have the order read again; one that is not ours, or not yet, is nobody's news."""
    jobs = PrintJob.objects.filter(supplier=supplier, supplier_ref=ref) if ref else PrintJob.objects.none()
    for job in jobs.select_related("order"):
        enqueue("fulfillment.read_print_job", job.pk, account_id=job.order.account_id, at=at)


def _hear(event: InboxEvent, order_gid: str, at: datetime) -> None:
    """A delivery for a shop we do not know, or without an order in it, is kept and does nothing."""
    shop = _shop(event)
    if shop is not None and order_gid:
        intake.hear(shop, order_gid, at=at)


def _shop(event: InboxEvent) -> Shop | None:
    return Shop.objects.filter(domain=event.shop_domain, active=True).first()


def _part(event: InboxEvent, name: str) -> dict[str, Any]:
    part = event.payload.get(name)
    return part if isinstance(part, dict) else {}


def _gid(value: Any, kind: str = "Order") -> str:
    """The gid that a delivery names by its number or in full; "" for what Shopify never numbers anything with."""
    text = str(value or "")
    try:
        number = number_of(text if text.startswith("gid:") else gid(kind, text), kind)
    except NotAGid:
        return ""
    return gid(kind, number) if len(number) <= LONGEST_NUMBER else ""


HANDLERS: dict[str, Handler] = {
    **shop_news.HANDLERS,
    "orders/create": _order_changed,
    "orders/paid": _order_changed,
    "orders/cancelled": _order_changed,
    "orders/edited": _order_edited,
    "refunds/create": _refund_created,
    # Where and whether it is fulfilled changed: made, moved to another place, held, or released by the shop's people.
    "fulfillment_orders/order_routing_complete": _routing_changed,
    "fulfillment_orders/moved": _routing_changed,
    "fulfillment_orders/placed_on_hold": _routing_changed,
    "fulfillment_orders/hold_released": _routing_changed,
    "products/delete": _product_deleted,
    "gooten/order": _gooten_news,
    "printify/shop:disconnected": _printify_gone,
    **dict.fromkeys((f"printify/{topic}" for topic in ORDER_TOPICS), _printify_news),
}
