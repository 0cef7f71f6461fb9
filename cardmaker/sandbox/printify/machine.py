"""How an order moves: pending, on-hold, then only when it is sent: production, parcels, delivery."""

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from cardmaker.sandbox import faults, pictures
from cardmaker.sandbox.models import PrintifyArt, PrintifyLine, PrintifyOrder

from . import events, uploads
from .envelope import Refusal, when

# "delivered" is no status of theirs: it is a date on the shipments of an order that stays fulfilled.
STEPS = ("pending", "on-hold", "sending-to-production", "in-production", "fulfilled", "delivered")
CLOCKED = {"pending", "sending-to-production", "in-production", "partially-fulfilled", "fulfilled"}
PROBLEMS = {"had-issues", "payment-not-received"}
CANCELLABLE = {"on-hold", "payment-not-received"}
STATUSES = {*STEPS[:-1], *PROBLEMS, "partially-fulfilled", "canceled"}
LINE_STATUS = {"pending": "on-hold", "had-issues": "has-issues", "payment-not-received": "on-hold"}
MAX_BYTES = 100 * pictures.MEBIBYTE


def send(order: PrintifyOrder, *, at: datetime) -> None:
    """To production. Safe to repeat on an order that is there already. Raises Refusal."""
    if order.status in ("sending-to-production", "in-production", "partially-fulfilled", "fulfilled"):
        return
    if order.status not in {"pending", "on-hold", "payment-not-received", "had-issues"}:
        raise Refusal(400, "Operation failed.", f"An order that is {order.status} cannot be sent", 8_503)
    if order.sends_refused == 0 and _not_ready():
        PrintifyOrder.objects.filter(pk=order.pk).update(sends_refused=1)
        raise Refusal(400, "Operation failed.", "Images are being processed", 8_502)
    if faults.take("printify_no_payment", "printify"):
        move(order, order.status, "payment-not-received", at=at, issue="The card was declined")
        return
    move(order, order.status, "sending-to-production", at=at)


def cancel(order: PrintifyOrder, *, at: datetime) -> None:
    if order.status not in CANCELLABLE or not move(order, order.status, "canceled", at=at):
        raise Refusal(400, "Operation failed.", "The order cannot be canceled any more", 8_503)


def move(order: PrintifyOrder, was: str, to: str, *, at: datetime, issue: str = "") -> bool:
    """Change the status of an order and its lines, and tell. False: it was no longer `was`."""
    changes: dict[str, object] = {"status": to, "issue": issue[:300], "due_at": None}
    if to in CLOCKED:
        changes["due_at"] = at + timedelta(seconds=settings.STEP_S)
    if to == "sending-to-production":
        changes["sent_at"] = order.sent_at or at
    with transaction.atomic():
        current = PrintifyOrder.objects.filter(pk=order.pk, status=was).first()
        if current is None:
            return False
        changes["history"] = [*current.history, {"status": to, "at": at.isoformat()}]
        PrintifyOrder.objects.filter(pk=order.pk).update(**changes)
        if to not in ("partially-fulfilled", "fulfilled"):
            order.lines.exclude(status="fulfilled").update(status=LINE_STATUS.get(to, to))
        _tell(order, to, at=at)
    order.refresh_from_db()
    return True


def _tell(order: PrintifyOrder, status: str, *, at: datetime) -> None:
    shop = {"shop_id": events.shop_id()}
    if status == "sending-to-production":
        events.emit("order:sent-to-production", order.key, shop, at=at)
    events.emit("order:updated", order.key, {**shop, "status": status}, at=at)


def step(order: PrintifyOrder, *, at: datetime, by_hand: bool = False) -> bool:
    """One step along the way; out of on-hold only by hand. False: there is no next step now."""
    was = order.status
    if was == "pending":
        return move(order, was, "on-hold", at=at)
    if was == "on-hold" and by_hand:
        return move(order, was, "sending-to-production", at=at)
    if was == "sending-to-production":
        problem = _fetch_art(order)
        return move(order, was, "had-issues" if problem else "in-production", at=at, issue=problem)
    if was in ("in-production", "partially-fulfilled"):
        return _ship_next(order, at=at)
    if was == "fulfilled" and not delivered(order):
        _deliver(order, at=at)
        return True
    return False


def advance(order: PrintifyOrder, to: str, *, at: datetime) -> None:
    """Step by step until the order is `to` (blank: one step), comes to a problem or to its end."""
    for _ in range(len(STEPS) + 4):
        if _reached(order, to):
            return
        was = order.status
        moved = step(order, at=at, by_hand=True)
        order.refresh_from_db()  # the clock may have been quicker
        if not to or order.status in PROBLEMS or not (moved or order.status != was):
            return


def force(order: PrintifyOrder, to: str, *, at: datetime, issue: str) -> None:
    """Put an order into a status whatever its own is, even while the clock moves it."""
    while not move(order, order.status, to, at=at, issue=issue):
        order.refresh_from_db()


def delivered(order: PrintifyOrder) -> bool:
    return bool(order.shipments) and all(parcel["delivered_at"] for parcel in order.shipments)


def _reached(order: PrintifyOrder, to: str) -> bool:
    return delivered(order) if to == "delivered" else order.status == to


def _not_ready() -> bool:
    fault = faults.take("printify_8502", "printify")
    return fault is not None and random.random() < fault.value  # noqa: S311 - chance, not secrecy


def _ship_next(order: PrintifyOrder, *, at: datetime) -> bool:
    """One parcel for each print provider, one after the other."""
    waiting = list(order.lines.exclude(status="fulfilled").order_by("pk"))
    lines = [line for line in waiting if line.provider_id == waiting[0].provider_id] if waiting else []
    parcel = _parcel(order, lines, at=at)
    was, to = order.status, "fulfilled" if len(lines) == len(waiting) else "partially-fulfilled"
    with transaction.atomic():
        if not PrintifyOrder.objects.filter(pk=order.pk, status=was).exists():
            return False
        PrintifyLine.objects.filter(pk__in=[line.pk for line in lines]).update(status="fulfilled", fulfilled_at=at)
        ended = {"fulfilled_at": at} if to == "fulfilled" else {}
        PrintifyOrder.objects.filter(pk=order.pk).update(shipments=[*order.shipments, parcel], **ended)
        events.emit("order:shipment:created", order.key, _parcel_news(parcel, "shipped_at", at), at=at)
    return move(order, was, to, at=at)


def _parcel(order: PrintifyOrder, lines: list[PrintifyLine], *, at: datetime) -> dict[str, object]:
    number = f"9261290{order.pk:010d}{len(order.shipments):02d}"
    return {
        "carrier": "usps",
        "number": number,
        "url": f"https://tools.usps.com/go/TrackConfirmAction?tLabels={number}",
        "delivered_at": None,
        "shipped_at": when(at),
        "skus": [line.sku for line in lines],
    }


def _deliver(order: PrintifyOrder, *, at: datetime) -> None:
    parcels = [{**parcel, "delivered_at": parcel["delivered_at"] or when(at)} for parcel in order.shipments]
    with transaction.atomic():
        PrintifyOrder.objects.filter(pk=order.pk).update(shipments=parcels, due_at=None)
        for parcel in parcels:
            events.emit("order:shipment:delivered", order.key, _parcel_news(parcel, "delivered_at", at), at=at)
    order.refresh_from_db()


def _parcel_news(parcel: dict[str, object], moment: str, at: datetime) -> dict[str, object]:
    carrier = {"code": parcel["carrier"], "tracking_number": parcel["number"], "tracking_url": parcel["url"]}
    return {"shop_id": events.shop_id(), moment: when(at), "carrier": carrier, "skus": parcel["skus"]}


def _fetch_art(order: PrintifyOrder) -> str:
    """Download what came as addresses; what is wrong, or nothing. No transaction is open meanwhile."""
    problems = []
    for art in PrintifyArt.objects.filter(line__order=order, upload_key="", sha256=""):
        try:
            picture = pictures.fetch(art.url, max_bytes=MAX_BYTES)
            uploads.mime_type(picture)
        except (pictures.Unfetchable, Refusal) as exc:
            problems.append(f"{art.position}: {exc}")
            PrintifyArt.objects.filter(pk=art.pk).update(error=str(exc)[:300])
        else:
            PrintifyArt.objects.filter(pk=art.pk).update(error="", **picture.columns())
    return "; ".join(problems)
