"""What must hold at the very moment before a supplier is told anything: the switches, the approval, the files."""

from datetime import datetime, timedelta

from billing.models import Guardrails
from designs.proofing import digest_of
from fulfillment.models import Order, PrintJob, PrintJobLine

STOPPED_RETRY_S = 15.0
LOOK_HOLDS = timedelta(seconds=2)  # how long a look at the switches stands: they are to act within 5 s


class Stopped(Exception):
    """Not an answer: the switch was thrown while files went to the supplier."""


# Nothing more is printed of such an order, whoever asked for a reprint before.
NEVER_AGAIN = (*Order.BEFORE_PRINT, Order.State.REJECTED, Order.State.CANCELLED, Order.State.REFUNDED)


def stopped(*, live: bool) -> bool:
    """Read uncached: the switches must act within seconds. `live`: whether this supplier prints for real."""
    limits = Guardrails.current()
    return limits.supplier_orders_stopped or (live and not limits.live_supplier_orders)


def look_again(looked_at: datetime, *, live: bool, at: datetime) -> None:
    """Right before the word that costs: look once more if the last look is old. Raises Stopped."""
    if at - looked_at > LOOK_HOLDS and stopped(live=live):
        raise Stopped


def still_approved(job: PrintJob) -> bool:
    """Whether every line's approval stands for the digest of the files as they are now."""
    if not _lets_print(job):
        return False
    lines = job.lines.select_related("approval", "line__proof").prefetch_related("line__proof__files")
    return all(
        line.approval.voided_at is None and line.proof_digest == line.approval.proof_digest == _digest_now(line)
        for line in lines
    )


def _lets_print(job: PrintJob) -> bool:
    """Whether the order is where a job of its kind may be sent."""
    if job.round:
        return job.order.state not in NEVER_AGAIN and job.order.paid_in_full
    return job.order.state in (Order.State.APPROVED, Order.State.SUBMITTED, Order.State.NEEDS_ATTENTION)


def _digest_now(line: PrintJobLine) -> str:
    proof = line.line.proof
    return digest_of((file.position, file.sha256) for file in proof.files.all()) if proof else ""
