"""What ops can do about a print job that was refused or that nobody knows the outcome of."""

from datetime import datetime, timedelta

from django.db import transaction

from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from cardmaker.core.models import IllegalMove
from fulfillment.models import Order, PrintJob
from fulfillment.orders import calling_off, holding, progress
from fulfillment.orders.reasons import Reason
from fulfillment.printing import placing, submission
from fulfillment.suppliers.base import Receipt, Supplier

State = PrintJob.State


class TooEarly(Refused):
    """The last call may still be under way at the supplier."""

    code = "too_early"


def ask(job: PrintJob, *, supplier: Supplier, at: datetime, settle: timedelta) -> bool:
    """Ask the supplier whether it has this order. Has it: follow it. Has it not: give the money back, hold the order.

    Answers whether the supplier has it. Raises TooEarly within the settle time, IllegalMove unless the job is unclear.
    """
    if job.state not in (State.NEEDS_ATTENTION, State.REJECTED) or job.supplier_ref:
        raise IllegalMove(f"{job.reference} is {job.get_state_display().lower()}; there is nothing to ask.")
    if job.about_to_call_at and at < job.about_to_call_at + settle:
        raise TooEarly("The last call may still be under way. Ask again in a minute or two.")
    receipt = supplier.find(job.reference, since=job.created_at)
    if receipt is not None:
        submission.accept(job, receipt, at=at)
    else:
        hold_again(job, at=at)
    return receipt is not None


def hold_again(job: PrintJob, *, at: datetime) -> None:
    """The supplier does not have it: close the job, release its money, and let ops approve the order afresh.

    While another supplier works on the rest, the order is not held: what is in print must not be approved again or
    replaced. It needs a person instead, who gives the missing part's money back in the shop.
    """
    with transaction.atomic():
        order = Order.locked(job.order_id)
        calling_off.stop(job, note="not at the supplier", at=at)
        said = f"{job.reference} was not printed: {job.last_error or 'unknown'}"
        if order.print_jobs.exclude(state__in=PrintJob.OVER).exists():
            order.approvals.filter(voided_at__isnull=True, print_lines__job=job).update(voided_at=at)
            calling_off.mark(order, "part_not_printed", f"{said} The rest is with another supplier.", at=at)
            return
        order.approvals.filter(voided_at__isnull=True).update(voided_at=at)
        reason = Reason("not_printed", said)
        if order.try_move(Order.State.HELD, at=at, note="not printed", reasons=[reason.as_row()]):
            holding.queue_if_due(order, at=at)


def produce_again(job: PrintJob, *, at: datetime) -> None:
    """Try once more to have printed what the supplier has accepted and not printed. Raises IllegalMove for others."""
    if job.state != State.NEEDS_ATTENTION or not job.supplier_ref or job.produced_at:
        raise IllegalMove(f"{job.reference} is {job.get_state_display().lower()}; it does not wait to be printed.")
    with transaction.atomic():
        order = Order.locked(job.order_id)
        job.move(State.ACCEPTED, at=at, note="to be printed after all", submitted_at=at, last_error="")
        progress.follow(order, at=at)
        enqueue(placing.SUBMIT, job.pk, account_id=order.account_id, at=at)


def cancel(job: PrintJob, *, supplier: Supplier, at: datetime, settle: timedelta) -> bool:
    """Stop a job, at the supplier too when it has it and still can. Answers whether it is stopped.

    Then its order is over too, unless something else of it is under way or it waits for another approval. A job that
    was sent without an answer may be at the supplier: it is asked first. Raises TooEarly within the settle time of such
    a call.
    """
    if job.state in PrintJob.OVER:
        _close(job, at=at)
        return True
    receipt = _receipt(job, supplier, at=at, settle=settle)
    if receipt is None or supplier.cancel(receipt.supplier_ref):
        _stop(job, at=at)
        return True
    if not job.supplier_ref:
        submission.accept(job, receipt, at=at)
    _too_late(job, at=at)
    return False


def _too_late(job: PrintJob, *, at: datetime) -> None:
    """The supplier prints it: whoever wanted it stopped has to know."""
    said = f"{job.reference} is too late to cancel at the supplier."
    with transaction.atomic():
        order = Order.locked(job.order_id)
        PrintJob.objects.filter(pk=job.pk).update(last_error=said)
        calling_off.mark(order, "cancelled_too_late", said, at=at)


def _receipt(job: PrintJob, supplier: Supplier, *, at: datetime, settle: timedelta) -> Receipt | None:
    """What the supplier has of this job, as far as can be known. Raises TooEarly."""
    if job.supplier_ref or job.about_to_call_at is None:
        return Receipt(job.supplier_ref, "") if job.supplier_ref else None
    if at < job.about_to_call_at + settle:
        raise TooEarly("The last call may still be under way. Try again in a minute or two.")
    return supplier.find(job.reference, since=job.created_at)


def _stop(job: PrintJob, *, at: datetime) -> None:
    """Close a job that is not (any more) at the supplier; the order too, when nothing of it is under way."""
    with transaction.atomic():
        order = Order.locked(job.order_id)
        if PrintJob.objects.get(pk=job.pk).about_to_call_at != job.about_to_call_at:
            raise TooEarly("It is being sent just now. Try again in a minute or two.")
        calling_off.stop(job, note="cancelled at the supplier", at=at)
        _end_order(order, job, at=at)


def _close(job: PrintJob, *, at: datetime) -> None:
    """The supplier refused it, or it was stopped before: nothing of it can be printed any more."""
    with transaction.atomic():
        order = Order.locked(job.order_id)
        calling_off.stop(job, note="cancelled", at=at)
        _end_order(order, job, at=at)


def _end_order(order: Order, job: PrintJob, *, at: datetime) -> None:
    """Close the order too, when nothing of it is under way. Call it under the order's lock."""
    withdrawn = job.lines.filter(approval__voided_at__isnull=False).exists()
    if order.print_jobs.exclude(state__in=PrintJob.OVER).exists():
        progress.follow(order, at=at)
    # A held order waits for another approval, and has it when it is approved: only its earlier job is over.
    elif order.state != Order.State.HELD and not (order.state == Order.State.APPROVED and withdrawn):
        order.try_move(calling_off.ended_as(order), at=at, note="stopped at the supplier")
