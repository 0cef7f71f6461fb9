"""What becomes of orders when flags of their designs are raised or judged."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing.models import Guardrails
from cardmaker.core.jobs import enqueue
from designs.models import Flag
from fulfillment.models import Order, OrderLine
from fulfillment.orders import calling_off, flagged, intake, machine_approval
from fulfillment.orders.reasons import Reason

FOLLOW = "fulfillment.follow_flags"
AT_SUPPLIER = ("submitted", "in_production", "partly_shipped", "shipped")
BEFORE = ("received", "held", "approved")


def flags_changed(design_ids: Sequence[UUID], *, at: datetime) -> None:
    """Named in the settings: a job looks at the orders. In the transaction that raised or judged the flags."""
    for design_id in design_ids:
        enqueue(FOLLOW, design_id, at=at)


def follow(design_id: str) -> None:
    """The job: hold the orders of a design that flags stand against, free those that nothing stands against.

    Safe to repeat: it looks at the flags as they are now.
    """
    at = timezone.now()
    touched = Order.objects.filter(lines__proof__design=UUID(design_id), lines__quantity__gt=0).distinct()
    for key in list(touched.filter(state__in=(*BEFORE, *AT_SUPPLIER)).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _settle(Order.locked(key), at=at)


def _settle(order: Order, *, at: datetime) -> None:
    states = set(_states(order))
    reasons = flagged.reasons_of(states)
    if order.state in AT_SUPPLIER:
        if Flag.State.REFUSED in states and "refused_late" not in [row["code"] for row in order.reasons]:
            calling_off.mark(order, "refused_late", "Refused in review after it went to the printer.", at=at)
        return
    others = [Reason(**row) for row in order.reasons if row["code"] != flagged.OPEN.code]
    if reasons:
        intake.hold(order, sorted([*reasons, *others], key=lambda reason: not reason.blocks), at=at)
    elif order.state == Order.State.HELD and len(others) < len(order.reasons):
        intake.hold(order, others, at=at)
        limits = Guardrails.current()
        if not others and limits.auto_approve:
            machine_approval.approve(order, limits, at=at)


def _states(order: Order) -> list[str | None]:
    lines = OrderLine.objects.filter(order=order, quantity__gt=0, proof__isnull=False)
    annotated = lines.annotate(flagged=flagged.standing(design="proof__design", proof="proof"))
    return list(annotated.values_list("flagged", flat=True))
