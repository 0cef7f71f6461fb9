"""Stopping what was started: cancelled and refunded orders, changed orders, withdrawn approvals."""

from datetime import datetime

from billing import budget
from cardmaker.core.jobs import enqueue
from fulfillment.models import Order, PrintJob
from fulfillment.orders.reasons import Reason

State = Order.State


def call_off(order: Order, *, at: datetime) -> None:
    """The shop cancelled or refunded it. Not yet sent: stop here. Already sent: ask the supplier. Safe to repeat."""
    if order.called_off_at or order.state in (State.CANCELLED, State.REFUNDED, State.DELIVERED, State.SHIPPED):
        return
    # Once: whoever has seen the news must not be told again by every later reading of the order.
    Order.objects.filter(pk=order.pk).update(called_off_at=at)
    order.called_off_at = at
    withdraw_approval(order, at=at)
    live = [job for job in order.print_jobs.all() if job.state not in PrintJob.OVER]
    if live:
        for job in live:
            enqueue("fulfillment.cancel_print_job", job.pk, account_id=order.account_id, at=at)
        mark(order, "cancelled_late", "Cancelled in the shop after it went to the printer.", at=at)
    else:
        order.try_move(ended_as(order), at=at, note="by the shop")


def ended_as(order: Order) -> State:
    """What an order is of which nothing is printed."""
    return State.REFUNDED if order.financial_status == "REFUNDED" and not order.cancelled_at else State.CANCELLED


def note_late_change(order: Order, *, changed: bool, at: datetime) -> None:
    """The shop's order changed after it went to the printer: that is for a person to look at."""
    if changed:
        mark(order, "changed_late", "The order was changed in the shop after it went to the printer.", at=at)


def withdraw_approval(order: Order, *, at: datetime) -> None:
    """Void the approvals and stop every job that was not sent yet, giving its money back."""
    order.approvals.filter(voided_at__isnull=True).update(voided_at=at)
    for job in order.print_jobs.filter(state=PrintJob.State.READY):
        stop(job, note="approval withdrawn", at=at)


def stop(job: PrintJob, *, note: str, at: datetime) -> None:
    """Cancel a job that does not exist at the supplier (any more) and release its money."""
    if job.try_move(PrintJob.State.CANCELLED, at=at, note=note, over_at=at, next_poll_at=None):
        give_money_back(job, at=at)


def stop_part(order: Order, job: PrintJob, *, note: str, at: datetime) -> None:
    """Stop a job that is not at its supplier; while the rest is printed a person must see that a part is missing.

    Call it under the order's lock.
    """
    stop(job, note=note, at=at)
    if order.called_off_at is None and order.print_jobs.exclude(state__in=PrintJob.OVER).exists():
        mark(order, "part_not_printed", f"{job.reference} was not printed: {note}.", at=at)


def mark(order: Order, code: str, message: str, *, at: datetime) -> None:
    """News that a person must see before the order goes on. One that is held waits for a person as it is."""
    rows = [row for row in order.reasons if row["code"] != code]
    rows.append(Reason(code, message, blocks=order.state != State.HELD).as_row())
    if not order.try_move(State.NEEDS_ATTENTION, at=at, note=code, reasons=rows):
        Order.objects.filter(pk=order.pk).update(reasons=rows)
        order.reasons = rows


def stopped_by_supplier(job: PrintJob, *, at: datetime) -> None:
    """The supplier cancelled it by itself: the buyer has paid, so a person has to decide what happens now."""
    stop(job, note="by the supplier", at=at)
    mark(job.order, "supplier_cancelled", f"The supplier cancelled {job.reference}.", at=at)


def give_money_back(job: PrintJob, *, at: datetime) -> None:
    """Release what was reserved for a job that the supplier will not make. Safe to repeat."""
    budget.release(job.hold_key, key=f"{job.hold_key}:released", at=at)
