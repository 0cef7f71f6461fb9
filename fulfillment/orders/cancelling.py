"""Ops cancel an order: what is at the suppliers is stopped first, only then the shop cancels and pays back."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment.models import Cancellation, Order, PrintJob, Transition
from fulfillment.orders import calling_off, intake
from fulfillment.orders.reasons import Reason
from fulfillment.printing import recovery
from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.shopify.reversals import why
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.suppliers.base import Supplier

CARRY_OUT = "fulfillment.carry_out_cancellation"
BEING_CANCELLED = "being_cancelled"
AGAIN_S = 5.0  # Shopify cancels some moments after it was told
OVER = (*Order.OVER, Order.State.SHIPPED)
State = Cancellation.State


class CannotCancel(Refused):
    """It is over, it is on its way, or it is being cancelled already."""

    code = "cannot_cancel"


def cancel(order: Order, *, by: str, note: str, at: datetime, gives_back: bool = True) -> Cancellation:
    """Have the order cancelled, with the money given back unless told otherwise. Answers at once; jobs do it.

    From here on nothing new of it is sent to a supplier. Raises CannotCancel.
    """
    with transaction.atomic():
        order = Order.locked(order.pk)
        if order.state in OVER or order.cancelled_at:
            raise CannotCancel(f"{order} is {order.get_state_display().lower()} and cannot be cancelled.")
        if order.cancellations.filter(state=State.WANTED).exists():
            raise CannotCancel(f"{order} is being cancelled already.")
        wanted = Cancellation.objects.create(order=order, gives_back=gives_back, note=note[:200], actor=by)
        calling_off.withdraw_approval(order, at=at)
        if order.state in (Order.State.HELD, Order.State.APPROVED):
            intake.hold(order, [*_other_reasons(order), _reason(note)], at=at)
        told = f"cancel: {note}"[:300]
        Transition.objects.create(order=order, before=order.state, after="cancel_asked", note=told, actor=by, at=at)
        enqueue(CARRY_OUT, wanted.pk, account_id=order.account_id, at=at)
    return wanted


def carry_out(
    wanted: Cancellation,
    *,
    shop: ShopifyShop,
    supplier_of: Callable[[str], Supplier],
    at: datetime,
    settle: timedelta,
) -> None:
    """Stop every print job, then tell the shop. Safe to repeat. Raises TooEarly within a call's settle time."""
    if wanted.state != State.WANTED:
        return
    live = wanted.order.print_jobs.exclude(state__in=PrintJob.OVER).select_related("order")
    too_late = [
        job for job in live if not recovery.cancel(job, supplier=supplier_of(job.supplier), at=at, settle=settle)
    ]
    if too_late:
        _too_late(wanted, too_late, at=at)
        return
    try:
        shop.cancel_order(wanted.order.external_ref, gives_back=wanted.gives_back, note=_staff_note(wanted))
    except ShopifyRejected as refusal:
        _refused(wanted, refusal, at=at)
        return
    with transaction.atomic():
        order = Order.locked(wanted.order_id)
        if wanted.end(State.DONE, over_at=at):
            # What the shop says then moves the order: it is the shop's record that counts.
            enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, delay_s=AGAIN_S, at=at)


def _too_late(wanted: Cancellation, jobs: list[PrintJob], *, at: datetime) -> None:
    """Nothing is given back for what is printed and sent: a person decides, and may still refund it."""
    said = f"Too late to cancel: {', '.join(job.reference for job in jobs)} cannot be stopped any more."
    with transaction.atomic():
        order = Order.locked(wanted.order_id)
        if wanted.end(State.TOO_LATE, error=said, over_at=at):
            _forget_reason(order)
            calling_off.mark(order, "cancelled_too_late", said, at=at)


def _refused(wanted: Cancellation, refusal: ShopifyRejected, *, at: datetime) -> None:
    with transaction.atomic():
        order = Order.locked(wanted.order_id)
        if wanted.end(State.REFUSED, error=why(refusal), over_at=at):
            _forget_reason(order)
            calling_off.mark(order, "cancel_refused", f"The shop did not cancel it: {why(refusal)}"[:300], at=at)


def _reason(note: str) -> Reason:
    return Reason(BEING_CANCELLED, f"It is being cancelled: {note or 'by ops'}."[:300], blocks=True)


def _other_reasons(order: Order) -> list[Reason]:
    return [Reason(**row) for row in order.reasons if row["code"] != BEING_CANCELLED]


def _forget_reason(order: Order) -> None:
    rows = [row for row in order.reasons if row["code"] != BEING_CANCELLED]
    if rows != order.reasons:
        order.reasons = rows
        Order.objects.filter(pk=order.pk).update(reasons=rows)


def _staff_note(wanted: Cancellation) -> str:
    return f"{wanted.note} (Cardmaker)".strip()
