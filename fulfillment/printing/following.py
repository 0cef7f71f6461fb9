"""Following an order at its supplier: what it reports back must be what was approved; then parcels and states."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from billing import budget
from cardmaker.core import crash, events
from cardmaker.core.jobs import enqueue
from cardmaker.core.money import Money, micros_of
from fulfillment.care import ratings
from fulfillment.models import Order, PrintJob, Shipment, Transition
from fulfillment.models.printing import CARRIER_MAX, NUMBER_MAX, URL_MAX
from fulfillment.orders import calling_off, progress
from fulfillment.printing.printfiles import lines_of
from fulfillment.suppliers.base import (
    ItemReading,
    PrintFileRef,
    PrintLine,
    Reading,
    ReportedFile,
    Supplier,
    SupplierShipment,
    SupplierUnavailable,
)

State = PrintJob.State
CHARGED = {State.IN_PRODUCTION, State.PARTLY_SHIPPED, State.SHIPPED, State.DELIVERED}


def follow(job: PrintJob, *, supplier: Supplier, at: datetime) -> None:
    """Read the order at the supplier and lay what it says over our rows. Safe to repeat."""
    if job.state not in PrintJob.FOLLOWED or not job.supplier_ref:
        return
    reading = supplier.read(job.supplier_ref)
    if reading.reference not in ("", job.reference):
        raise SupplierUnavailable("The supplier answered with another order")
    crash.point("follow.read")
    differences = [] if job.files_checked_at else file_differences(lines_of(job), reading.items)
    if differences:
        stop_print(job, supplier, differences, at=at)
    else:
        apply(job, reading, at=at)
        crash.point("follow.applied")


def apply(job: PrintJob, reading: Reading, *, at: datetime) -> None:
    """Parcels, state, money and the order in one transaction."""
    with transaction.atomic():
        order = Order.locked(job.order_id)
        job = PrintJob.objects.select_for_update().get(pk=job.pk)
        job.order = order
        if job.files_checked_at is None and any(item.files for item in reading.items):
            PrintJob.objects.filter(pk=job.pk).update(files_checked_at=at)
        for parcel in reading.parcels():
            _keep(job, parcel, at=at)
        _move(job, state_of(reading.items), at=at)
        _miss(job, reading.items, at=at)
        progress.follow(job.order, at=at)


def state_of(items: Sequence[ItemReading]) -> str | None:
    """The job state that the supplier's item states add up to; None: no news."""
    states = {item.state for item in items} - {"cancelled"}
    if not states:
        return State.CANCELLED if items else None
    if "problem" in states:
        return State.NEEDS_ATTENTION
    if states == {"delivered"}:
        return State.DELIVERED
    if states <= {"shipped", "delivered"}:
        return State.SHIPPED
    if states & {"shipped", "delivered"}:
        return State.PARTLY_SHIPPED
    return State.IN_PRODUCTION if "in_production" in states else None


def file_differences(lines: Sequence[PrintLine], items: Sequence[ItemReading]) -> list[str]:
    """Where the files that the supplier reports are not the approved ones: address or digest, place, width, height.

    Only what a supplier does report is compared; an address of ours carries the digest of its bytes.
    """
    expected = {line.line_ref: line.files for line in lines}
    found = []
    for item in items:
        files = expected.get(item.line_ref, ())
        missing = [file for file in files if not any(_is_there(file, reported) for reported in item.files)]
        if item.files and missing:
            found.append(f"{item.line_ref}: {len(missing)} of {len(files)} files are not there")
        found += [f"{item.line_ref}: {what}" for reported in item.files for what in _difference(files, reported)]
    return found


def _difference(files: Sequence[PrintFileRef], reported: ReportedFile) -> list[str]:
    """What is wrong with one file at the supplier, by the approved ones of its line."""
    if not any(reported.is_of(file) for file in files):
        return ["a file that is not ours"]
    file = next((file for file in files if _is_there(file, reported)), None)
    if file is None:
        return [f"a file of ours is in the wrong place: {reported.space_id}"]
    if not _same_size(file, reported.width_px, reported.height_px):
        return [f"{file.position} is {reported.width_px} × {reported.height_px} px there"]
    return []


def _is_there(file: PrintFileRef, reported: ReportedFile) -> bool:
    """Whether it is this file, and where it belongs as far as they say."""
    return reported.is_of(file) and reported.space_id in ("", file.space_id)


def _same_size(file: PrintFileRef, width_px: int | None, height_px: int | None) -> bool:
    return width_px in (None, file.width_px) and height_px in (None, file.height_px)


def stop_print(job: PrintJob, supplier: Supplier, differences: list[str], *, at: datetime) -> None:
    """What they hold is not what was approved: stop it there, and tell a person either way."""
    stopped = supplier.cancel(job.supplier_ref)
    note = f"Files differ ({'; '.join(differences)}). " + ("Stopped at the supplier." if stopped else "NOT STOPPED.")
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        if job.try_move(State.NEEDS_ATTENTION, at=at, note=note[:300], last_error=note[:300], next_poll_at=None):
            progress.follow(job.order, at=at)


def _keep(job: PrintJob, parcel: SupplierShipment, *, at: datetime) -> None:
    if not parcel.tracking_number:
        return
    shipment, is_new = Shipment.objects.get_or_create(
        job=job,
        tracking_number=parcel.tracking_number[:NUMBER_MAX],
        defaults={
            "carrier": parcel.carrier[:CARRIER_MAX],
            "tracking_url": _link(parcel.tracking_url),
            "line_refs": list(parcel.line_refs),
            "shipped_at": parcel.shipped_at or at,
        },
    )
    if is_new:
        order = job.order
        events.record("shipped", at=at, account_id=order.account_id, shop_id=order.shop_id, subject=str(order.pk))
        enqueue("fulfillment.announce_shipment", shipment.pk, account_id=order.account_id, at=at)


def _link(url: str) -> str:
    """An address that a buyer can follow; "" for anything else."""
    return url if url.startswith(("https://", "http://")) and len(url) <= URL_MAX else ""


def _move(job: PrintJob, to: str | None, *, at: datetime) -> None:
    if to is None or to == job.state:
        return
    if to == State.CANCELLED:
        calling_off.stopped_by_supplier(job, at=at)
        return
    changes: dict[str, Any] = {"over_at": at, "next_poll_at": None} if to == State.DELIVERED else {}
    if to in CHARGED and job.produced_at is None:
        changes["produced_at"] = at  # they print: whoever told them so died before noting it
    if not job.try_move(to, at=at, note="by the supplier", **changes):
        return
    if to in CHARGED:
        charge(job, at=at)
    if to == State.DELIVERED:
        _deliver(job, at=at)


def _miss(job: PrintJob, items: Sequence[ItemReading], *, at: datetime) -> None:
    """Lines that the supplier left out while it prints the rest: a person has to see that, once."""
    left_out = sorted(item.line_ref for item in items if item.state == "cancelled")
    if not left_out or len(left_out) == len(items) or job.order.called_off_at:
        return
    note = f"left out by the supplier: {', '.join(left_out)}"[:300]
    if job.transitions.filter(note=note).exists():
        return
    Transition.objects.create(order=job.order, print_job=job, before=job.state, after=job.state, note=note, at=at)
    said = f"The supplier left {len(left_out)} of {len(items)} lines out of {job.reference}."
    calling_off.mark(job.order, "part_not_printed", said, at=at)


def charge(job: PrintJob, *, at: datetime) -> None:
    """The supplier charges from production on. Once a job, whatever state is seen first."""
    amount = micros_of(Money(job.cost_minor, job.currency))
    spend = budget.Spend(
        provider=job.supplier,
        model="print",
        units=1,
        request_id=job.supplier_ref,
        amount_micros=amount,
        original_amount=Money(job.cost_minor, job.currency).decimal(),
        original_currency=job.currency,
    )
    budget.settle(job.hold_key, key=f"{job.hold_key}:charge", share_micros=amount, spend=spend, at=at)


def _deliver(job: PrintJob, *, at: datetime) -> None:
    job.shipments.filter(delivered_at__isnull=True).update(delivered_at=at)
    order = job.order
    events.record("delivered", at=at, account_id=order.account_id, shop_id=order.shop_id, subject=str(order.pk))
    enqueue("fulfillment.mail_delivered", job.pk, account_id=order.account_id, at=at)
    ratings.queue_asking(order, at=at)


def queue_reading(key: UUID, *, account_id: UUID | None, at: datetime, again_in_s: float) -> None:
    """Have one job read now, and let it rest for `again_in_s` seconds. Two pollers queue it once."""
    with transaction.atomic():
        due = PrintJob.objects.filter(pk=key, next_poll_at__lte=at)
        if due.update(next_poll_at=at + timedelta(seconds=again_in_s)):
            enqueue("fulfillment.read_print_job", key, account_id=account_id, at=at)
