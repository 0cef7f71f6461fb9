"""Letting an order through: who, when, for which digests and quantities, on what checks."""

from datetime import datetime

from django.db import transaction

from cardmaker.core import events
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from cardmaker.core.models import IllegalMove
from fulfillment.models import Approval, Order, OrderLine, PrintJob, Transition
from fulfillment.orders import progress
from fulfillment.suppliers.base import Recipient


class CannotApprove(Refused):
    """A reason stands against it that no approval can overrule."""

    code = "cannot_approve"


class StillAtSupplier(Refused):
    """A print job of the order is not over: what is printed cannot be rejected here."""

    code = "still_at_supplier"


def approve(order: Order, *, by: str, at: datetime, automatic: bool = False) -> list[Approval]:
    """Approve every line for exactly its digest and quantity, and queue the placing.

    Placing reads the payment again before a print job exists. Raises CannotApprove, or IllegalMove unless HELD; then
    read `order` again, for only the database has taken the move back.
    """
    with transaction.atomic():
        # The move comes first: it takes the lock, and refuses the second of two approvals. What speaks against it is
        # read after, so that nothing older than the lock is believed.
        order.move(Order.State.APPROVED, at=at, actor=by, note="automatic" if automatic else "")
        lines = list(OrderLine.objects.filter(order=order.pk, quantity__gt=0).select_related("order", "proof"))
        _refuse_what_blocks(lines)
        approvals = Approval.objects.bulk_create(_approvals(lines, by=by, automatic=automatic, at=at))
        account_id = lines[0].order.account_id
        step = events.step("approved", at=at, account_id=account_id, shop_id=order.shop_id, subject=order.pk)
        enqueue("fulfillment.place_order", order.pk, account_id=account_id, at=at, step=step)
    return approvals


def reject(order: Order, *, by: str, note: str, at: datetime) -> None:
    """Refuse to print. The money is given back in the shop, by the shop. Raises IllegalMove, or StillAtSupplier."""
    with transaction.atomic():
        order.move(Order.State.REJECTED, at=at, actor=by, note=note[:300])
        job = order.print_jobs.exclude(state__in=PrintJob.OVER).first()
        if job is not None:
            raise StillAtSupplier(f"{job.reference} may be at the supplier. Cancel it there first.")


def dismiss_news(order: Order, *, by: str, at: datetime) -> None:
    """A person has seen what happened after printing began: the order goes on where its print jobs are."""
    if not order.unseen_news():
        raise IllegalMove(f"{order} has no news to dismiss.")
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        seen = order.unseen_news()
        order.reasons = [reason for reason in order.reasons if reason not in seen]
        Order.objects.filter(pk=order.pk).update(reasons=order.reasons)
        note = "seen: " + ", ".join(reason["code"] for reason in seen)
        Transition.objects.create(order=order, before=order.state, after=order.state, note=note, actor=by, at=at)
        progress.follow(order, at=at)


def recipient_of(order: Order) -> Recipient | None:
    """Where the order goes, as the shop last said; None without an address."""
    return Recipient(**order.address) if order.address else None


def _refuse_what_blocks(lines: list[OrderLine]) -> None:
    blocking = lines[0].order.blocking_reasons() if lines else []
    if blocking:
        raise CannotApprove(blocking[0]["message"], details={"reasons": [row["code"] for row in blocking]})
    if not lines or any(line.problem or line.proof is None or line.proof.digest != line.proof_digest for line in lines):
        raise CannotApprove("A line of this order has no proof that could be printed.")


def _approvals(lines: list[OrderLine], *, by: str, automatic: bool, at: datetime) -> list[Approval]:
    return [
        Approval(
            order_id=line.order_id,
            line=line,
            proof_digest=line.proof_digest,
            quantity=line.quantity,
            approved_by=by,
            automatic=automatic,
            checks=[row["code"] for row in line.order.reasons],
            at=at,
        )
        for line in lines
    ]
