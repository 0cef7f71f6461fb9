"""The last look at the files themselves: what is stored must still be what the buyer saw and ops approved."""

from datetime import datetime

from django.db import transaction

from designs.models import PrintFile
from fulfillment import intake, printfiles
from fulfillment.models import Order
from fulfillment.reasons import LINE_PROBLEMS, Reason


def hold_if_altered(order: Order, *, at: datetime) -> bool:
    """Hash every print file of an approved order again; one changed byte holds it. Answers whether it did.

    Not inside a transaction: it reads files.
    """
    if order.state != Order.State.APPROVED:
        return False
    files = PrintFile.objects.filter(proof__lines__order=order, proof__lines__quantity__gt=0).distinct()
    if not printfiles.altered(files):
        return False
    with transaction.atomic():
        locked = Order.objects.select_for_update().get(pk=order.pk)
        if locked.state == Order.State.APPROVED:
            order.lines.filter(quantity__gt=0).update(problem="altered_proof")
            intake.hold(locked, [Reason("altered_proof", LINE_PROBLEMS["altered_proof"], blocks=True)], at=at)
    return True
