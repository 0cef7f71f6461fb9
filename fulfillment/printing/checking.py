"""The last look at the files themselves: what is stored must still be what the buyer saw and ops approved."""

from datetime import datetime

from django.db import transaction

from designs.models import PrintFile
from fulfillment.models import Order, PrintJob
from fulfillment.orders import calling_off, intake
from fulfillment.orders.reasons import LINE_PROBLEMS, Reason
from fulfillment.printing import printfiles


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


def stop_if_altered(job: PrintJob, *, at: datetime) -> bool:
    """The same look for a job that no held order stops any more: the rest of its order is printed already.

    Not inside a transaction: it reads files.
    """
    if job.state != PrintJob.State.READY or job.order.state in Order.BEFORE_PRINT:
        return False
    files = PrintFile.objects.filter(proof__lines__print_lines__job=job).distinct()
    if not printfiles.altered(files):
        return False
    with transaction.atomic():
        order = Order.locked(job.order_id)
        calling_off.stop_part(order, job, note="its files do not match the proof's digest", at=at)
    return True
