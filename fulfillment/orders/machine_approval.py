"""Approval by machine: where ops switched it on, for orders that nothing speaks against, so many a day."""

from datetime import datetime

from django.db import transaction

from billing import quota
from billing.models import Guardrails
from fulfillment.models import Order
from fulfillment.orders import approval
from fulfillment.orders.reasons import Reason

ENOUGH = Reason("machine_limit", "As many orders as a day allows were approved by machine already.")


def approve(order: Order, limits: Guardrails, *, at: datetime) -> bool:
    """Approve a held order without reasons. False: the day's number is used up, and the order stays held for that."""
    try:
        with transaction.atomic():
            quota.use(quota.PLATFORM, "auto_approval", "day", limit=limits.auto_approve_per_day, at=at)
            approval.approve(order, by="automatic", automatic=True, at=at)
    except quota.QuotaSpent:
        order.reasons = [ENOUGH.as_row()]
        Order.objects.filter(pk=order.pk).update(reasons=order.reasons)
        return False
    return True
