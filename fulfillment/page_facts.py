"""What the server-rendered pages show of designs and orders: plain values, read with a fixed number of queries."""

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.identity import Caller
from cardmaker.core.links import sign_file
from designs.models import Design, PagePick, Proof
from fulfillment.api.shapes import STATE_TEXTS, history_of, pages_of
from fulfillment.models import Order, OrderLine

DESIGNS_SHOWN, ORDERS_SHOWN = 48, 24
STOPS = [
    ("received", _("Received")),
    ("approved", _("Check")),
    ("in_production", _("Printing")),
    ("shipped", _("Shipped")),
    ("delivered", _("Delivered")),
]
# How many of the stops lie behind an order in this state; the next one is where it is now.
PASSED = {
    "awaiting_payment": 0,
    "received": 1,
    "held": 1,
    "approved": 2,
    "submitted": 2,
    "in_production": 2,
    "needs_attention": 1,
    "partly_shipped": 3,
    "shipped": 4,
    "delivered": 5,
}
OVER = {"delivered", "rejected", "cancelled", "refunded"}
DESIGN_TEXTS = {"draft": _("Draft"), "finalized": _("Print quality"), "ordered": _("Ordered")}


def designs_of(caller: Caller, *, at: datetime) -> list[dict[str, Any]]:
    """The caller's newest designs with the first picture on them and their last ready proof."""
    thumb = PagePick.objects.filter(page__design=OuterRef("pk")).order_by("page_id", "rank").values("image__thumb_file")
    proof = Proof.objects.filter(design=OuterRef("pk"), state=Proof.State.READY).order_by("-created_at").values("pk")
    rows = Design.objects.visible_to(caller).annotate(thumb=Subquery(thumb[:1]), ready_proof=Subquery(proof[:1]))
    return [_design(row, at=at) for row in rows.order_by("-updated_at", "pk")[:DESIGNS_SHOWN]]


def _design(row: Any, *, at: datetime) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "state": row.state,
        "state_text": DESIGN_TEXTS[row.state],
        "updated_at": row.updated_at,
        "thumb_url": sign_file(row.thumb, at=at, content_type="image/webp") if row.thumb else "",
        "proof": row.ready_proof,
    }


def orders_of(caller: Caller, *, at: datetime) -> list[dict[str, Any]]:
    return [order_facts(order, at=at) for order in _orders(caller).order_by("-created_at", "pk")[:ORDERS_SHOWN]]


def order_of(caller: Caller, order_id: Any, *, at: datetime) -> dict[str, Any] | None:
    order = _orders(caller).filter(pk=order_id).first()
    return order_facts(order, at=at) if order else None


def _orders(caller: Caller) -> QuerySet[Order]:
    related = ("lines__proof__files", "lines__proof__format", "print_jobs__shipments", "transitions")
    return Order.objects.visible_to(caller).prefetch_related(*related)


def order_facts(order: Order, *, at: datetime) -> dict[str, Any]:
    parcels = [shipment for job in order.print_jobs.all() for shipment in job.shipments.all()]
    return {
        "id": order.pk,
        "name": order.name,
        "state": order.state,
        "state_text": STATE_TEXTS.get(order.state, ""),
        "tag": _tag(order),
        "is_over": order.state in OVER,
        "placed_at": order.placed_at or order.created_at,
        "total": {"text": str(order.total)},
        "lines": [_line(line, at=at) for line in order.lines.all()],
        "shipments": sorted(parcels, key=lambda parcel: parcel.shipped_at),
        "history": history_of(order),
        "steps": _steps(order),
    }


def _line(line: OrderLine, *, at: datetime) -> dict[str, Any]:
    pages = pages_of(line.proof, at=at) if line.proof else []
    return {
        "title": line.title,
        "quantity": line.quantity,
        "proof": line.proof_id,
        "digest": line.proof_digest,
        "pages": pages,
        "preview_url": pages[0]["url"] if pages else "",
    }


def _tag(order: Order) -> str:
    if order.state in {"shipped", "partly_shipped", "delivered"}:
        return "tag-good"
    return "tag-bad" if order.state in {"rejected", "cancelled", "refunded"} else ""


def _steps(order: Order) -> list[dict[str, Any]]:
    """Empty for an order that has left the road."""
    passed = PASSED.get(order.state)
    if passed is None:
        return []
    states = ["done"] * passed + ["now"] + ["next"] * len(STOPS)
    return [{"title": title, "state": state} for (_name, title), state in zip(STOPS, states, strict=False)]
