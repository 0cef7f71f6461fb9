"""Handing a print job to its supplier exactly once, however often and from however many workers it is tried.

Suppliers have no idempotency key that could be trusted alone. The order of things is therefore: claim the row; commit
that we are about to call; call; commit the answer. Whoever finds a call announced but unanswered waits until it has
settled, asks the supplier for our reference, and only then calls again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from billing import budget
from billing.models import Guardrails
from cardmaker.core import crash
from cardmaker.core.jobs import Later, enqueue
from designs.proofing import digest_of
from fulfillment import approval, calling_off, progress
from fulfillment.models import Order, PrintJob, PrintJobLine
from fulfillment.printfiles import lines_of
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
STOPPED_RETRY_S = 15.0


def submit(
    job: PrintJob, *, supplier: Supplier, clock: Callable[[], datetime], settle: timedelta, live: bool
) -> Later | None:
    """Send `job` unless it is sent. Answers when to call this again, or None when there is nothing left to do.

    `live`: whether this supplier prints for real; then the guardrails must allow live orders.
    """
    if _stopped(live=live):
        return Later(STOPPED_RETRY_S)
    if not job.claim(at=clock(), settle=settle):
        return Later(settle.total_seconds()) if job.state == State.SUBMITTING else None
    crash.point("submit.claimed")
    if not _still_approved(job):
        return _drop(job, at=clock())
    try:
        receipt = _find_or_send(job, supplier, clock)
    except SupplierRejected as refusal:
        _reject(job, refusal, at=clock())
    except SupplierUnavailable as failure:
        return _try_later(job, failure, at=clock(), settle=settle)
    else:
        if receipt is None:
            return _drop(job, at=clock())
        crash.point("submit.answered")
        accept(job, receipt, at=clock())
        crash.point("submit.accepted")
    return None


def accept(job: PrintJob, receipt: Receipt, *, at: datetime) -> None:
    """The supplier has it: keep its reference and start following it."""
    with transaction.atomic():
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


def _stopped(*, live: bool) -> bool:
    """Read uncached: the switches must act within seconds."""
    limits = Guardrails.current()
    return limits.supplier_orders_stopped or (live and not limits.live_supplier_orders)


def _find_or_send(job: PrintJob, supplier: Supplier, clock: Callable[[], datetime]) -> Receipt | None:
    """What the supplier has; None when the approval went or the job was stopped before the call."""
    if job.about_to_call_at is not None:
        found = supplier.find(job.reference)
        if found is not None:
            return found
    request = request_for(job)
    if not _announce(job, at=clock()):
        return None
    crash.point("submit.announced")
    receipt = supplier.submit(request)
    supplier.produce(receipt.supplier_ref)
    return receipt


def _announce(job: PrintJob, *, at: datetime) -> bool:
    """Commit that we are about to call, unless the approval is gone.

    Whoever withdraws an approval or stops a job holds the order's lock: either that is seen here, or they see the
    announcement and ask the supplier.
    """
    with transaction.atomic():
        job.order = Order.objects.select_for_update().get(pk=job.order_id)
        return _still_approved(job) and job.announce_call(at=at)


def _still_approved(job: PrintJob) -> bool:
    """Whether every line's approval stands for the digest of the files as they are now."""
    if job.order.state not in (Order.State.APPROVED, Order.State.SUBMITTED, Order.State.NEEDS_ATTENTION):
        return False
    lines = job.lines.select_related("approval", "line__proof").prefetch_related("line__proof__files")
    return all(
        line.approval.voided_at is None and line.proof_digest == line.approval.proof_digest == _digest_now(line)
        for line in lines
    )


def _digest_now(line: PrintJobLine) -> str:
    proof = line.line.proof
    return digest_of((file.position, file.sha256) for file in proof.files.all()) if proof else ""


def _drop(job: PrintJob, *, at: datetime) -> Later | None:
    """The approval is gone. If the order may already exist at the supplier a person has to look."""
    job.refresh_from_db(fields=["state", "about_to_call_at"])
    if job.state in PrintJob.OVER:
        return None
    if job.about_to_call_at is None:
        calling_off.stop(job, note="no standing approval", at=at)
    else:
        _need_attention(job, "The approval was withdrawn while the order was being sent.", at=at)
    return None


def _reject(job: PrintJob, refusal: SupplierRejected, *, at: datetime) -> None:
    with transaction.atomic():
        job.move(State.REJECTED, at=at, note=str(refusal)[:300], last_error=str(refusal)[:300])
        calling_off.give_money_back(job, at=at)
        progress.follow(job.order, at=at)


def _try_later(job: PrintJob, failure: SupplierUnavailable, *, at: datetime, settle: timedelta) -> Later | None:
    """The outcome is unknown: stay SUBMITTING, so that the next try asks before it sends."""
    PrintJob.objects.filter(pk=job.pk).update(last_error=str(failure)[:300])
    unclear_for = at - job.about_to_call_at if job.about_to_call_at else timedelta(0)
    if job.tries >= MAX_TRIES or unclear_for > GIVE_UP_AFTER:
        _need_attention(job, "The supplier did not answer; nobody knows whether it has this order.", at=at)
        return None
    return Later(max(settle.total_seconds(), failure.retry_after or 0) + 0.1)


def _need_attention(job: PrintJob, message: str, *, at: datetime) -> None:
    with transaction.atomic():
        job.move(State.NEEDS_ATTENTION, at=at, note=message, last_error=message)
        budget.mark_unknown(job.hold_key, at=at)
        progress.follow(job.order, at=at)
