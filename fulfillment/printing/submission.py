"""Handing a print job to its supplier exactly once, however often and from however many workers it is tried.

Suppliers have no idempotency key that could be trusted alone. The order of things is therefore: claim the row; commit
that we are about to call; call; commit the answer. Whoever finds a call announced but unanswered waits until it has
settled, asks the supplier for our reference, and only then calls again. Telling it to print is a step of its own:
see `producing`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from billing import budget
from cardmaker.core import crash
from cardmaker.core.jobs import Later, enqueue
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval, calling_off, progress
from fulfillment.printing import drafts, mockups, permits, producing
from fulfillment.printing.printfiles import lines_of
from fulfillment.suppliers.base import (
    PrintRequest,
    Receipt,
    Supplier,
    SupplierRejected,
    SupplierUnavailable,
)

State = PrintJob.State
MAX_TRIES = 5
# A supplier that is down for longer than this is a matter for a person, who can still have it asked again.
GIVE_UP_AFTER = timedelta(hours=1)


def submit(
    job: PrintJob,
    *,
    supplier: Supplier,
    clock: Callable[[], datetime],
    settle: timedelta,
    live: bool,
    picture: mockups.Picture = mockups.copied,
) -> Later | None:
    """Send `job` unless it is sent, and have it printed. Answers when to call this again, or None: nothing left to do.

    `live`: whether this supplier prints for real; then the guardrails must allow live orders.
    """
    if job.awaits_production:
        return producing.produce(job, supplier=supplier, clock=clock, live=live)
    looked_at = clock()
    if permits.stopped(live=live):
        return Later(permits.STOPPED_RETRY_S)
    if not job.claim(at=clock(), settle=settle):
        return Later(settle.total_seconds()) if job.state == State.SUBMITTING else None
    crash.point("submit.claimed")
    if not permits.still_approved(job):
        return _drop(job, at=clock())
    return _carry_out(job, supplier, clock, settle=settle, live=live, picture=picture, looked_at=looked_at)


def accept(job: PrintJob, receipt: Receipt, *, at: datetime) -> None:
    """The supplier has it: keep its reference and start following it."""
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        job.move(
            State.ACCEPTED, at=at, supplier_ref=receipt.supplier_ref, submitted_at=at, next_poll_at=at, last_error=""
        )
        progress.follow(job.order, at=at)
        enqueue("fulfillment.read_print_job", job.pk, account_id=job.order.account_id, at=at)


def request_for(job: PrintJob) -> PrintRequest:
    """The whole order to the supplier in the contract's words."""
    recipient = approval.recipient_of(job.order)
    assert recipient is not None  # an order without an address cannot be approved
    return PrintRequest(
        reference=job.reference,
        lines=tuple(lines_of(job)),
        recipient=recipient,
        currency=job.currency,
        test=False,
    )


def _carry_out(
    job: PrintJob,
    supplier: Supplier,
    clock: Callable[[], datetime],
    *,
    settle: timedelta,
    live: bool,
    picture: mockups.Picture,
    looked_at: datetime,
) -> Later | None:
    """The calls of a job that is claimed and approved, and what their answers make of it."""
    try:
        if job.about_to_call_at is None:
            drafts.for_order(job, supplier=supplier, picture=picture, clock=clock)
        receipt = _find_or_send(job, supplier, clock, live=live, looked_at=looked_at)
    except permits.Stopped:
        job.unclaim()
        return Later(permits.STOPPED_RETRY_S)
    except SupplierRejected as refusal:
        _reject(job, refusal, at=clock())
    except SupplierUnavailable as failure:
        return _try_later(job, failure, at=clock(), settle=settle)
    else:
        if receipt is None:
            return _drop(job, at=clock())
        crash.point("submit.answered")
        accept(job, receipt, at=clock())
        crash.point("submit.receipt_kept")
        return producing.produce(job, supplier=supplier, clock=clock, live=live)
    return None


def _find_or_send(
    job: PrintJob, supplier: Supplier, clock: Callable[[], datetime], *, live: bool, looked_at: datetime
) -> Receipt | None:
    """What the supplier has; None when the approval went or the job was stopped before the call. Raises Stopped."""
    if job.about_to_call_at is not None:
        found = _asked(job, supplier)
        if found is not None:
            return found
    request = request_for(job)
    permits.look_again(looked_at, live=live, at=clock())
    permits.refuse_unseen(job)
    if not _announce(job, at=clock()):
        return None
    crash.point("submit.announced")
    return supplier.submit(request)


def _asked(job: PrintJob, supplier: Supplier) -> Receipt | None:
    """What an earlier call came to. A look that is refused says nothing of that: the order may be there."""
    try:
        return supplier.find(job.reference, since=job.created_at)
    except SupplierRejected as refusal:
        raise SupplierUnavailable(f"The supplier was asked for the order and refused: {refusal}") from refusal


def _announce(job: PrintJob, *, at: datetime) -> bool:
    """Commit that we are about to call, unless the approval is gone.

    Whoever withdraws an approval or stops a job holds the order's lock: either that is seen here, or they see the
    announcement and ask the supplier.
    """
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        return permits.still_approved(job) and job.announce_call(at=at)


def _drop(job: PrintJob, *, at: datetime) -> Later | None:
    """The approval is gone. If the order may already exist at the supplier a person has to look."""
    job.refresh_from_db(fields=["state", "about_to_call_at"])
    if job.state in PrintJob.OVER:
        return None
    if job.about_to_call_at is None:
        with transaction.atomic():
            calling_off.stop_part(Order.locked(job.order_id), job, note="no standing approval", at=at)
    else:
        _need_attention(job, "The approval was withdrawn while the order was being sent.", at=at)
    return None


def _reject(job: PrintJob, refusal: SupplierRejected, *, at: datetime) -> None:
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        job.move(State.REJECTED, at=at, note=str(refusal)[:300], last_error=str(refusal)[:300])
        calling_off.give_money_back(job, at=at)
        progress.follow(job.order, at=at)


def _try_later(job: PrintJob, failure: SupplierUnavailable, *, at: datetime, settle: timedelta) -> Later | None:
    """The outcome is unknown: stay SUBMITTING, so that the next try asks before it sends."""
    if job.about_to_call_at is None and job.unclaim():
        return Later(max(1.0, failure.retry_after or 0))
    PrintJob.objects.filter(pk=job.pk).update(last_error=str(failure)[:300])
    unclear_for = at - job.about_to_call_at if job.about_to_call_at else timedelta(0)
    if job.tries >= MAX_TRIES or unclear_for > GIVE_UP_AFTER:
        _need_attention(job, "The supplier did not answer; nobody knows whether it has this order.", at=at)
        return None
    return Later(max(settle.total_seconds(), failure.retry_after or 0) + 0.1)


def _need_attention(job: PrintJob, message: str, *, at: datetime) -> None:
    with transaction.atomic():
        job.order = Order.locked(job.order_id)
        job.move(State.NEEDS_ATTENTION, at=at, note=message, last_error=message)
        budget.mark_unknown(job.hold_key, at=at)
        progress.follow(job.order, at=at)
