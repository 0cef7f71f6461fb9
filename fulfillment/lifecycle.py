"""What becomes of orders and checkouts when an Account merges, exports or is erased."""

from datetime import datetime
from typing import Any

from accounts.models import Account
from cardmaker.core.jobs import enqueue
from fulfillment import clearing
from fulfillment.models import Checkout, Draft, Order
from fulfillment.models.orders import OrderQuerySet


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """A guest's orders and open checkouts become the person's. Runs inside the merge's transaction."""
    Order.objects.filter(account=guest).update(account=person)
    Checkout.objects.filter(account=guest).update(account=person)


def export(account: Account) -> dict[str, Any]:
    """The account's orders as plain data."""
    orders = Order.objects.filter(account=account).prefetch_related("lines").order_by("created_at", "pk")
    return {"orders": [_order(order) for order in orders]}


def erase(account: Account, *, at: datetime) -> None:
    """Forget who and where; what was sold, paid and printed stays for the books.

    An order under way keeps its address until it is over: the buyer has paid for it.
    """
    Checkout.objects.filter(account=account).delete()
    for draft in Draft.objects.filter(proof__account=account, proof__lines__isnull=True):
        enqueue(clearing.CLEAR, draft.pk, account_id=account.pk, at=at)
    forget(Order.objects.filter(account=account, state__in=Order.OVER), at=at)
    Order.objects.filter(account=account).exclude(state__in=Order.OVER).update(forget_when_over=True)


def forget(orders: OrderQuerySet, *, at: datetime) -> int:
    """Wipe who and where from these orders for good: later readings do not write it again. Safe to repeat."""
    fresh = orders.filter(forgotten_at__isnull=True)
    return fresh.update(email="", address={}, country="", forget_when_over=False, forgotten_at=at)


def _order(order: Order) -> dict[str, Any]:
    return {
        "name": order.name,
        "state": order.state,
        "placed_at": order.placed_at,
        "email": order.email,
        "address": order.address,
        "total": str(order.total),
        "lines": [{"title": line.title, "quantity": line.quantity} for line in order.lines.all()],
    }
