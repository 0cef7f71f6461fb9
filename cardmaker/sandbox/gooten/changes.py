"""Changing an order by API: cancel it, or start it again, while the rules allow."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.sandbox.models import GootenOrder

from . import machine
from .envelope import Params, Refusal, check_billing_key

TARGETS = {"cancelled": "Cancelled", "canceled": "Cancelled", "hold": "Hold", "new": "New"}


def order_of(params: Params) -> GootenOrder:
    """Raises Refusal when there is none with this Safe Id."""
    order = GootenOrder.objects.filter(safe_id=params.named("id")).first()
    if order is None:
        raise Refusal(("Id", "Order was not found", params.named("id")))
    return order


def change_status(request: HttpRequest, params: Params) -> dict[str, Any]:
    """All items or none. A hold by API cannot be released by API, and nothing stops once production began."""
    check_billing_key(params.named("partnerBillingKey"))
    order = order_of(params)
    wanted = params.named("orderStatusName")
    target = TARGETS.get(wanted.lower())
    if target is None:
        raise Refusal(("OrderStatusName", "The status is not one that can be set", wanted))
    with transaction.atomic():
        for item in order.items.order_by("pk"):
            if item.status == target:
                continue
            if item.status not in machine.CANCELLABLE:
                raise Refusal(("OrderStatusName", f"An item in status {item.status} cannot be changed", wanted))
            machine.move(item, item.status, target, at=timezone.now())
    return {"HadError": False, "Id": order.safe_id}
