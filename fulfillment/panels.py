"""The console's panel of orders: which wait for a person, the oldest first, with the front or cover."""

from datetime import datetime, timedelta
from typing import Any

from cardmaker.core.models import Event
from fulfillment.api.shapes import preview_link
from fulfillment.models import Order, PrintJob
from fulfillment.reasons import title_of

SHOWN = 12
NEWS_FOR = timedelta(days=3)  # how long ops are reminded that a supplier left


def orders(at: datetime) -> dict[str, Any]:
    """A fixed number of queries, however many orders wait."""
    waiting = Order.objects.waiting().order_by("created_at", "pk")
    first = list(waiting.prefetch_related("lines__proof__files")[:SHOWN])
    return {
        "count": waiting.count(),
        "orders": [{"order": order, "picture": _picture(order, at), "reasons": _titles(order)} for order in first],
        "disconnected": Event.objects.filter(name="supplier_disconnected", at__gte=at - NEWS_FOR).exists(),
        "unclear": PrintJob.objects.filter(state__in=["needs_attention", "rejected"]).count(),
    }


def _titles(order: Order) -> list[str]:
    return list(dict.fromkeys(title_of(reason["code"]) for reason in order.reasons))


def _picture(order: Order, at: datetime) -> str:
    for line in order.lines.all():
        for file in line.proof.files.all() if line.proof else []:
            if file.position in ("front", "cover"):
                return preview_link(file, at=at)
    return ""
