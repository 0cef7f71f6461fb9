"""Sending a mail about an order once more, because the buyer cannot find it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from cardmaker.core.errors import NotHere
from cardmaker.core.jobs import enqueue
from cardmaker.core.models import IllegalMove
from fulfillment.care.announcing import SENT_AGAIN
from fulfillment.models import Order, PrintJob, Question, Shipment, Transition

# What may be sent again: whose row remembers that it was sent, in which field.
ROWS: dict[str, tuple[Callable[[Order], QuerySet[Any]], str]] = {
    "received": (lambda order: Order.objects.filter(pk=order.pk), "received_mailed_at"),
    "shipped": (lambda order: Shipment.objects.filter(job__order=order), "mailed_at"),
    "delivered": (lambda order: PrintJob.objects.filter(order=order), "delivered_mailed_at"),
    "question": (lambda order: Question.objects.filter(order=order), "mailed_at"),
}


def resend(order: Order, name: str, key: UUID, *, by: str, at: datetime) -> None:
    """Queue the mail `name` about the row `key` once more, to the address that the order has now.

    Pressed twice it goes once. Raises NotHere, or IllegalMove while the mail is under way or was never due.
    """
    rows, field = _row(order, name, key)
    with transaction.atomic():
        if not rows.filter(**{f"{field}__isnull": False}).update(**{field: None}):
            raise IllegalMove("This mail has not gone out yet, or is on its way.")
        Transition.objects.create(
            order=order, before=order.state, after=SENT_AGAIN, note=f"{name} {key}", actor=by, at=at
        )
        enqueue(f"fulfillment.mail_{name}", key, account_id=order.account_id, at=at)


def sent(order: Order) -> list[tuple[str, UUID, datetime]]:
    """(name, key, when) of every mail that went out and may be sent again, oldest first. Four queries."""
    found = [
        (name, key, moment)
        for name, (rows, field) in ROWS.items()
        for key, moment in rows(order).filter(**{f"{field}__isnull": False}).values_list("pk", field)
    ]
    return sorted(found, key=lambda mail: mail[2])


def _row(order: Order, name: str, key: UUID) -> tuple[QuerySet[Any], str]:
    if name not in ROWS:
        raise NotHere("There is no such mail.")
    rows, field = ROWS[name]
    mine = rows(order).filter(pk=key)
    if not mine.exists():
        raise NotHere("This order has no such mail.")
    # By key alone: an UPDATE over a join is another statement on each database.
    return mine.model._default_manager.filter(pk=key), field
