"""What the server-rendered pages show of designs and orders: plain values, read with a fixed number of queries."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from babel import Locale
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from accounts.identity import Caller
from cardmaker.core.links import sign_file
from designs.models import Design, Kind, PagePick, Proof, Run
from designs.naming import first_prompt, name_of
from fulfillment.api.order_shapes import STATE_TEXTS, history_of
from fulfillment.api.page_shapes import pages_of
from fulfillment.models import Order, OrderLine

DESIGNS_SHOWN, ORDERS_SHOWN = 48, 24
CALENDAR_PAGES = 13  # a cover and twelve months, in every format
STOPS = [
    ("received", gettext_lazy("Received")),
    ("approved", gettext_lazy("Check")),
    ("in_production", gettext_lazy("Printing")),
    ("shipped", gettext_lazy("Shipped")),
    ("delivered", gettext_lazy("Delivered")),
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
    "shipped": 3,
    "delivered": 5,
}
OVER = {"delivered", "rejected", "cancelled", "refunded"}
DESIGN_TEXTS = {
    "draft": gettext_lazy("Draft"),
    "finalized": gettext_lazy("Print quality"),
    "ordered": gettext_lazy("Ordered"),
}


def designs_of(caller: Caller, *, at: datetime) -> list[dict[str, Any]]:
    """The caller's newest designs with the first picture on them and their last ready proof."""
    thumb = PagePick.objects.filter(page__design=OuterRef("pk")).order_by("page_id", "rank").values("image__thumb_file")
    proof = Proof.objects.filter(design=OuterRef("pk"), state=Proof.State.READY).order_by("-created_at").values("pk")
    pictured = PagePick.objects.filter(page__design=OuterRef("pk")).order_by().values("page__design")
    run = Run.objects.filter(design=OuterRef("pk"), stage=Run.Stage.PAGE).order_by("-created_at", "pk").values("state")
    rows = (
        Design.objects.visible_to(caller)
        .exclude(kind=Kind.PRODUCT_IMAGE)
        .annotate(
            thumb=Subquery(thumb[:1]),
            ready_proof=Subquery(proof[:1]),
            pictured=Subquery(pictured.annotate(count=Count("page", distinct=True)).values("count")),
            run_state=Subquery(run[:1]),
            first_prompt=first_prompt(),
        )
    )
    return [_design(row, at=at) for row in rows.order_by("-updated_at", "pk")[:DESIGNS_SHOWN]]


def _design(row: Any, *, at: datetime) -> dict[str, Any]:
    is_calendar = row.kind == Kind.CALENDAR
    unfinished = is_calendar and row.state == "draft" and (row.pictured or 0) < CALENDAR_PAGES
    return {
        "id": row.pk,
        "is_calendar": is_calendar,
        "url": reverse("calendar_studio_design" if is_calendar else "studio_design", args=[row.pk]),
        "name": name_of(row.title, row.first_prompt),
        "state": row.state,
        "state_text": _calendar_text(row) if unfinished else DESIGN_TEXTS[row.state],
        "goes_on": unfinished and bool(row.pictured or row.run_state),
        "updated_at": row.updated_at,
        "thumb_url": sign_file(row.thumb, at=at, content_type="image/webp") if row.thumb else "",
        "proof": row.ready_proof,
    }


def _calendar_text(row: Any) -> str:
    """How far its pages are: drawn now, stopped, or waiting for the person to go on."""
    counts = {"count": row.pictured or 0, "all": CALENDAR_PAGES}
    if row.run_state in ("queued", "running"):
        return _("Drawing: %(count)d of %(all)d") % counts
    if row.run_state == "paused":
        return _("Paused at %(count)d of %(all)d") % counts
    return _("%(count)d of %(all)d pages") % counts if row.run_state or row.pictured else str(DESIGN_TEXTS["draft"])


def orders_of(caller: Caller, *, at: datetime) -> list[dict[str, Any]]:
    return [order_facts(order, at=at) for order in _orders(caller).order_by("-created_at", "pk")[:ORDERS_SHOWN]]


def order_of(caller: Caller, order_id: Any, *, at: datetime) -> dict[str, Any] | None:
    order = _orders(caller).filter(pk=order_id).first()
    return order_facts(order, at=at) | {"ships_to": _label(order)} if order else None


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


def _label(order: Order) -> list[str]:
    """The lines of the delivery address; none once it is forgotten."""
    told = defaultdict(str, order.address)
    country = Locale.parse(to_locale(get_language() or "en")).territories.get(told["country"], told["country"])
    lines = (
        f"{told['first_name']} {told['last_name']}",
        told["company"],
        told["line1"],
        told["line2"],
        f"{told['city']} {told['region']} {told['postal_code']}",
        country,
    )
    return [line for line in (" ".join(line.split()) for line in lines) if line]


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
