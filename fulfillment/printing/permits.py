"""What must hold at the very moment before a supplier is told anything: the switches, the approval, the files."""

from datetime import datetime, timedelta

from billing.models import Guardrails
from designs.proofs.proofing import digest_of
from fulfillment.models import Order, PrintJob, PrintJobLine

STOPPED_RETRY_S = 15.0
LOOK_HOLDS = timedelta(seconds=2)  # how long a look at the switches stands: they are to act within 5 s


class Stopped(Exception):
    """Not an answer: the switch was thrown while files went to the supplier, or there is news to be seen first."""


# Nothing is printed of such an order, whoever asked for it before.
NEVER = (Order.State.REJECTED, Order.State.CANCELLED, Order.State.REFUNDED, Order.State.NOT_OURS)
NOT_YET = tuple(state for state in Order.BEFORE_PRINT if state != Order.State.APPROVED)


def stopped(*, live: bool) -> bool:
    """Read uncached: the switches must act within seconds. `live`: whether this supplier prints for real."""
    limits = Guardrails.current()
    return limits.supplier_orders_stopped or (live and not limits.live_supplier_orders)


def look_again(looked_at: datetime, *, live: bool, at: datetime) -> None:
    """Right before the word that costs: look once more if the last look is old. Raises Stopped."""
    if at - looked_at > LOOK_HOLDS and stopped(live=live):
        raise Stopped


def refuse_unseen(job: PrintJob) -> None:
    """Raises Stopped while a person has to see news of the order first. Who asked for a reprint has seen it."""
    if not job.round and job.order.unseen_news():
        raise Stopped


def still_approved(job: PrintJob, *, sent: bool = False) -> bool:
    """Whether every line's approval stands, for the files as they are now and no more copies than are wanted still.

    `sent`: the supplier has it as it was approved, and whoever saw that fewer are wanted has let it go on.
    """
    if not _lets_print(job):
        return False
    lines = job.lines.select_related("approval", "line__proof").prefetch_related("line__proof__files")
    return all(
        line.approval.voided_at is None
        and (sent or line.quantity <= line.line.quantity)
        and line.proof_digest == line.approval.proof_digest == _digest_now(line)
        for line in lines
    )


def _lets_print(job: PrintJob) -> bool:
    """Whether the order is where a job of its kind may be sent: a first one also while the rest is printed already."""
    closed = (*NEVER, *(Order.BEFORE_PRINT if job.round else NOT_YET))
    return job.order.state not in closed and job.order.paid_in_full


def _digest_now(line: PrintJobLine) -> str:
    proof = line.line.proof
    return digest_of((file.position, file.sha256) for file in proof.files.all()) if proof else ""
