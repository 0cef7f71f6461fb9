"""Telling the supplier to print what it has: a step of its own, repeated alone, with its own look at everything.

An order that was accepted and not produced costs nothing yet where the supplier waits for this word. So the files it
reports are compared first, and the approval and the switches are read once more.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from cardmaker.core import crash
from cardmaker.core.jobs import Later
from fulfillment.models import Order, PrintJob
from fulfillment.orders import progress
from fulfillment.printing import following, permits
from fulfillment.printing.printfiles import lines_of
from fulfillment.suppliers.base import Supplier, SupplierRejected, SupplierUnavailable

State = PrintJob.State
GIVE_UP_AFTER = timedelta(hours=1)
AGAIN_S = 5.0


def produce(job: PrintJob, *, supplier: Supplier, clock: Callable[[], datetime], live: bool) -> Later | None:
    """Let an accepted order be printed, once. Answers when to call this again, or None when nothing is left to do."""
    if not job.awaits_production:
        return None
    looked_at = clock()
    if permits.stopped(live=live) or job.order.unseen_news():
        return Later(permits.STOPPED_RETRY_S)
    try:
        if _files_differ(job, supplier, at=clock()):
            return None
        if not _may_produce(job):
            _tell_if_owed(job, at=clock())
            return None
        permits.look_again(looked_at, live=live, at=clock())
        supplier.produce(job.supplier_ref)
    except permits.Stopped:
        return Later(permits.STOPPED_RETRY_S)
    except SupplierRejected as refusal:
        _need_attention(job, f"Accepted, but not printed: {refusal}", at=clock())
    except SupplierUnavailable as failure:
        return _try_later(job, failure, at=clock())
    else:
        crash.point("submit.produced")
        _note(job, at=clock())
    return None


def _files_differ(job: PrintJob, supplier: Supplier, *, at: datetime) -> bool:
    """Compare what they hold with what was approved; the print is stopped when it differs.

    Only a supplier that made a product beforehand can tell so early: others fetch the files afterwards.
    """
    lines = lines_of(job)
    if job.files_checked_at or not any(line.refs for line in lines):
        return False
    items = supplier.read(job.supplier_ref).items
    differences = following.file_differences(lines, items)
    if differences:
        following.stop_print(job, supplier, differences, at=at)
    elif any(item.files for item in items):
        PrintJob.objects.filter(pk=job.pk).update(files_checked_at=at)
    return bool(differences)


def _may_produce(job: PrintJob) -> bool:
    """Whether the approval stands and nobody stopped the job, under the lock that both would hold."""
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        job.refresh_from_db(fields=["state", "produced_at"])
        return job.awaits_production and permits.still_approved(job, sent=True)


def _tell_if_owed(job: PrintJob, *, at: datetime) -> None:
    """Whoever withdrew the approval sees to the job; that the buyer owes money again nobody may know."""
    if job.awaits_production and job.order.called_off_at is None and not job.order.paid_in_full:
        _need_attention(job, "Accepted, but not printed: the order is not paid in full any more.", at=at)


def _note(job: PrintJob, *, at: datetime) -> None:
    PrintJob.objects.filter(pk=job.pk, produced_at__isnull=True).update(produced_at=at, last_error="")


def _try_later(job: PrintJob, failure: SupplierUnavailable, *, at: datetime) -> Later | None:
    """Saying it twice does no harm: no settle time has to pass."""
    PrintJob.objects.filter(pk=job.pk).update(last_error=str(failure)[:300])
    if job.submitted_at and at > job.submitted_at + GIVE_UP_AFTER:
        _need_attention(job, "The supplier has the order and does not answer when it is told to print.", at=at)
        return None
    return Later(max(AGAIN_S, failure.retry_after or 0))


def _need_attention(job: PrintJob, message: str, *, at: datetime) -> None:
    with transaction.atomic():
        order = Order.locked(job.order_id)
        if job.try_move(State.NEEDS_ATTENTION, at=at, note=message[:300], last_error=message[:300]):
            progress.follow(order, at=at)
