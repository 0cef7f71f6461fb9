"""The console's parts about orders: which wait for a person, the oldest first, with the front or cover."""

from datetime import datetime, timedelta
from typing import Any

from cardmaker.core.console import Need, list_of
from cardmaker.core.lists import MOST_COUNTED
from cardmaker.core.models import Event
from fulfillment.api.page_shapes import preview_link
from fulfillment.models import Order, PrintJob
from fulfillment.orders.reasons import title_of

SHOWN = 12
NEWS_FOR = timedelta(days=3)  # how long ops are reminded that a supplier left
UNCLEAR = ("needs_attention", "rejected")


def needs(at: datetime) -> list[Need]:
    """Two queries."""
    waiting = Order.objects.waiting()[:MOST_COUNTED].count()
    unclear = PrintJob.objects.filter(state__in=UNCLEAR)[:MOST_COUNTED].count()
    return [
        Need("orders to decide", waiting, list_of("fulfillment_order", "waiting=yes")),
        Need(
            "print jobs unclear",
            unclear,
            list_of("fulfillment_printjob", f"state__in={','.join(UNCLEAR)}"),
            urgent=True,
        ),
    ]


def orders(at: datetime) -> dict[str, Any]:
    """A fixed number of queries, however many orders wait."""
    waiting = Order.objects.waiting().defer("email", "address").order_by("created_at", "pk")
    first = list(waiting.prefetch_related("lines__proof__files")[:SHOWN])
    return {
        "count": len(first) if len(first) < SHOWN else Order.objects.waiting()[:MOST_COUNTED].count(),
        "orders": [{"order": order, "picture": picture_of(order, at), "reasons": reasons_of(order)} for order in first],
        "disconnected": Event.objects.filter(name="supplier_disconnected", at__gte=at - NEWS_FOR).exists(),
    }


def reasons_of(order: Order) -> list[dict[str, Any]]:
    """What speaks against printing it, each once, in words."""
    said = {reason["code"]: bool(reason.get("blocks")) for reason in order.reasons}
    return [{"title": title_of(code), "blocks": blocks} for code, blocks in said.items()]


def picture_of(order: Order, at: datetime) -> str:
    """A link to its front or cover; '' when it has none. No query where lines, proofs and files were fetched."""
    for line in order.lines.all():
        for file in line.proof.files.all() if line.proof else []:
            if file.position in ("front", "cover"):
                return preview_link(file, at=at)
    return ""
