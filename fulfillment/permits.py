"""What must hold at the very moment before a supplier is told anything: the switches, the approval, the files."""

from billing.models import Guardrails
from designs.proofing import digest_of
from fulfillment.models import Order, PrintJob, PrintJobLine

STOPPED_RETRY_S = 15.0


def stopped(*, live: bool) -> bool:
    """Read uncached: the switches must act within seconds. `live`: whether this supplier prints for real."""
    limits = Guardrails.current()
    return limits.supplier_orders_stopped or (live and not limits.live_supplier_orders)


def still_approved(job: PrintJob) -> bool:
    """Whether every line's approval stands for the digest of the files as they are now."""
    if job.order.state not in (Order.State.APPROVED, Order.State.SUBMITTED, Order.State.NEEDS_ATTENTION):
        return False
    lines = job.lines.select_related("approval", "line__proof").prefetch_related("line__proof__files")
    return all(
        line.approval.voided_at is None and line.proof_digest == line.approval.proof_digest == _digest_now(line)
        for line in lines
    )


def _digest_now(line: PrintJobLine) -> str:
    proof = line.line.proof
    return digest_of((file.position, file.sha256) for file in proof.files.all()) if proof else ""
