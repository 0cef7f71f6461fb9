"""What ops can do about a print job that was refused or that nobody knows the outcome of."""

from datetime import datetime, timedelta

from django.db import transaction

from cardmaker.core.errors import Refused
from cardmaker.core.models import IllegalMove
from fulfillment import calling_off, submission
from fulfillment.models import Order, PrintJob
from fulfillment.reasons import Reason
from fulfillment.suppliers.base import Supplier

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
    receipt = supplier.find(job.reference)
    if receipt is not None:
        submission.accept(job, receipt, at=at)
    else:
        hold_again(job, at=at)
    return receipt is not None


def hold_again(job: PrintJob, *, at: datetime) -> None:
    """The supplier does not have it: close the job, release its money, and let ops approve the order afresh."""
    with transaction.atomic():
        calling_off.stop(job, note="not at the supplier", at=at)
        order = Order.objects.select_for_update().get(pk=job.order_id)
        order.approvals.filter(voided_at__isnull=True).update(voided_at=at)
        reason = Reason("not_printed", f"{job.reference} was not printed: {job.last_error or 'unknown'}")
        order.try_move(Order.State.HELD, at=at, note="not printed", reasons=[reason.as_row()])


def cancel(job: PrintJob, *, supplier: Supplier, at: datetime) -> bool:
    """Stop a job at the supplier when it still can be. Answers whether it is stopped."""
    if job.state in PrintJob.OVER:
        return True
    stopped = not job.supplier_ref or supplier.cancel(job.supplier_ref)
    if not stopped:
        PrintJob.objects.filter(pk=job.pk).update(last_error="Too late to cancel at the supplier.")
        return False
    with transaction.atomic():
        calling_off.stop(job, note="cancelled at the supplier", at=at)
        order = job.order
        if not order.print_jobs.exclude(state__in=PrintJob.OVER).exists():
            order.try_move(Order.State.CANCELLED, at=at, note="stopped at the supplier")
    return True
