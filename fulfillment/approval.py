"""Letting an order through: who, when, for which digests and quantities, on what checks."""

from datetime import datetime

from django.db import transaction

from cardmaker.core import events
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment.models import Approval, Order, OrderLine
from fulfillment.suppliers.base import Recipient


class CannotApprove(Refused):
    """A reason stands against it that no approval can overrule."""

    code = "cannot_approve"


def approve(order: Order, *, by: str, at: datetime, automatic: bool = False) -> list[Approval]:
    """Approve every line for exactly its digest and quantity, and queue the placing.

    Placing reads the payment again before a print job exists. Raises CannotApprove, or IllegalMove unless HELD.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        blocking = order.blocking_reasons()
        if blocking:
            raise CannotApprove(blocking[0]["message"], details={"reasons": [row["code"] for row in blocking]})
        # The move comes first: it is what refuses the second of two approvals.
        order.move(Order.State.APPROVED, at=at, actor=by, note="automatic" if automatic else "")
        lines = list(order.lines.filter(quantity__gt=0).select_related("proof"))
        approvals = Approval.objects.bulk_create(_approvals(order, lines, by=by, automatic=automatic, at=at))
        enqueue("fulfillment.place_order", order.pk, account_id=order.account_id, at=at)
        events.record("approved", at=at, account_id=order.account_id, shop_id=order.shop_id, subject=str(order.pk))
    return approvals


def reject(order: Order, *, by: str, note: str, at: datetime) -> None:
    """Refuse to print. The money is given back in the shop, by the shop. Raises IllegalMove."""
    order.move(Order.State.REJECTED, at=at, actor=by, note=note[:300])


def recipient_of(order: Order) -> Recipient | None:
    """Where the order goes, as the shop last said; None without an address."""
    return Recipient(**order.address) if order.address else None


def _approvals(order: Order, lines: list[OrderLine], *, by: str, automatic: bool, at: datetime) -> list[Approval]:
    if not lines or any(line.problem or line.proof is None or line.proof.digest != line.proof_digest for line in lines):
        raise CannotApprove("A line of this order has no proof that could be printed.")
    checks = [row["code"] for row in order.reasons]
    return [
        Approval(
            order=order,
            line=line,
            proof_digest=line.proof_digest,
            quantity=line.quantity,
            approved_by=by,
            automatic=automatic,
            checks=checks,
            at=at,
        )
        for line in lines
    ]
