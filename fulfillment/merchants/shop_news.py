"""Deliveries about the shop itself: uninstalled, other scopes, and what privacy law asks for.

Shopify signs the body alone: whoever repeats it may write any topic and shop above it. So a delivery counts only where
its body names the same shop and has the shape of its topic, and uninstalling is asked about before it is believed.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import Shop
from cardmaker.core.inbox import InboxEvent
from cardmaker.core.jobs import enqueue
from fulfillment.merchants import compliance, permissions, uninstalling

log = logging.getLogger(__name__)

# What tells the bodies of the three topics apart, beside the shop they all name.
SHAPES = {
    "customers/data_request": {"customer", "orders_requested", "data_request"},
    "customers/redact": {"customer", "orders_to_redact"},
    "shop/redact": set(),
}
PERSONAL = {"customer", "orders_requested", "orders_to_redact", "data_request"}


def _uninstalled(event: InboxEvent, at: datetime) -> None:
    shop = _shop(event, str(event.payload.get("myshopify_domain", "")))
    if shop is not None:
        uninstalling.hear(shop, at=at)


def _scopes_changed(event: InboxEvent, at: datetime) -> None:
    """Its body names no shop; but all it makes us do is ask the one in the header."""
    shop = _shop(event, event.shop_domain)
    if shop is not None and shop.uninstalled_at is None:
        enqueue(permissions.READ_SCOPES, shop.pk, account_id=shop.account_id, at=at)


def _asked_by_law(event: InboxEvent, at: datetime) -> None:
    fits = PERSONAL & event.payload.keys() == SHAPES[event.topic]
    shop = _shop(event, str(event.payload.get("shop_domain", ""))) if fits else None
    if shop is None:
        log.error("Delivery %s for %s is none of that topic, or of no shop of ours", event.pk, event.topic)
        return
    compliance.receive(shop, topic=event.topic, told=_told(event.payload), delivery=event.external_id, at=at)


def _told(payload: dict[str, Any]) -> compliance.Told:
    """Only what is needed to find the rows; a malformed part counts as missing."""
    customer = payload.get("customer")
    customer = customer if isinstance(customer, dict) else {}
    orders = payload.get("orders_requested") or payload.get("orders_to_redact") or []
    return compliance.Told(
        shop_id=str(payload.get("shop_id") or ""),
        customer_id=str(customer.get("id") or ""),
        email=str(customer.get("email") or "").strip().lower(),
        orders=[str(number) for number in orders if str(number).isdecimal()] if isinstance(orders, list) else [],
    )


def _shop(event: InboxEvent, named_in_body: str) -> Shop | None:
    """The shop of the header, where the body says the same."""
    if not event.shop_domain or named_in_body.lower() != event.shop_domain:
        return None
    return Shop.objects.filter(domain=event.shop_domain).first()


HANDLERS: dict[str, Callable[[InboxEvent, datetime], None]] = {
    "app/uninstalled": _uninstalled,
    "app/scopes_update": _scopes_changed,
    **dict.fromkeys(SHAPES, _asked_by_law),
}
