"""Printing more of an order that was printed: a copy that came damaged, or what the shop added to it later.

Each time is a round of its own, with approvals and print jobs of its own, for the very proof that was sold.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cardmaker.core.errors import BadInput, Refused
from fulfillment.models import Approval, Order, OrderLine, PrintJob, PrintJobLine, Transition
from fulfillment.printing import placing

State = Order.State
UNDER_WAY = (
    PrintJob.State.READY, PrintJob.State.SUBMITTING, PrintJob.State.ACCEPTED, PrintJob.State.IN_PRODUCTION,
    PrintJob.State.NEEDS_ATTENTION,
)  # fmt: skip
NEVER = (*Order.BEFORE_PRINT, State.REJECTED, State.CANCELLED, State.REFUNDED, State.NOT_OURS)


class CannotReprint(Refused):
    """It was not printed yet, it is not to be printed, or its files are gone."""

    code = "cannot_reprint"


def reprint(
    order: Order, *, by: str, note: str, at: datetime, quantities: Mapping[UUID, int] | None = None
) -> list[PrintJob]:
    """Print these copies of these lines again (`quantities` by OrderLine key; without: all). The buyer pays nothing.

    Raises CannotReprint, OverBudget, QuotaSpent, or BadInput beside `quantities`.
    """
    with transaction.atomic():
        order = _locked(order)
        lines = _lines(order)
        wanted = quantities if quantities is not None else {line.pk: line.quantity for line in lines.values()}
        if not wanted or any(key not in lines or not 1 <= wanted[key] <= lines[key].quantity for key in wanted):
            raise BadInput.beside("quantities", "Choose lines of this order, and not more copies than it has.")
        # Pressed twice it is printed once: the first reprint has to be on its way before there can be another.
        if order.print_jobs.filter(round__gt=0, state__in=UNDER_WAY).exists():
            raise CannotReprint(f"{order} is being printed again already.")
        return _print(order, lines, wanted, by=by, note=f"reprint: {note}", at=at)


def print_added(order: Order, *, by: str, at: datetime) -> list[PrintJob]:
    """Let through what the shop added to an order after it went to the printer. Raises CannotReprint like `reprint`."""
    with transaction.atomic():
        order = _locked(order)
        lines = _lines(order)
        missing = {key: line.quantity - _printed(line) for key, line in lines.items()}
        wanted = {key: count for key, count in missing.items() if count > 0}
        if not wanted:
            raise CannotReprint(f"Everything of {order} is printed or being printed.")
        return _print(order, lines, wanted, by=by, note="added in the shop", at=at)


def _locked(order: Order) -> Order:
    order = Order.locked(order.pk)
    if order.state in NEVER or order.test:
        raise CannotReprint(f"{order} is {order.get_state_display().lower()}: there is nothing to print again.")
    if not order.paid_in_full:
        raise CannotReprint(f"{order} is not paid in full.")
    if not order.address:
        raise CannotReprint("Nobody knows any more where it was sent.")
    return order


def _lines(order: Order) -> dict[UUID, OrderLine]:
    """What can still be printed: good lines whose files are kept."""
    good = OrderLine.objects.filter(order=order, quantity__gt=0, problem="").select_related("proof", "item")
    kept = {line.pk: line for line in good.prefetch_related("proof__files").order_by("pk") if _is_kept(line)}
    if not kept:
        raise CannotReprint("The print files are no longer kept: the design needs a new proof.")
    return kept


def _is_kept(line: OrderLine) -> bool:
    proof = line.proof
    return proof is not None and proof.digest == line.proof_digest and all(file.file for file in proof.files.all())


def _printed(line: OrderLine) -> int:
    """Copies that a supplier makes or has made, reprints apart."""
    live = PrintJobLine.objects.filter(line=line).exclude(job__state__in=PrintJob.OVER).select_related("approval")
    return sum(each.quantity for each in live if each.approval.checks != ["reprint"])


def _print(
    order: Order, lines: Mapping[UUID, OrderLine], wanted: Mapping[UUID, int], *, by: str, note: str, at: datetime
) -> list[PrintJob]:
    earlier = list(order.print_jobs.all())
    number = max((job.round for job in earlier), default=0) + 1
    checks = ["reprint" if note.startswith("reprint") else "added"]
    approvals = Approval.objects.bulk_create(
        Approval(
            order=order,
            line=lines[key],
            proof_digest=lines[key].proof_digest,
            quantity=wanted[key],
            round=number,
            approved_by=by,
            checks=checks,
            at=at,
        )
        for key in sorted(wanted)
    )
    Transition.objects.create(order=order, before=order.state, after="printed_again", note=note[:300], actor=by, at=at)
    return placing.open_jobs(order, approvals, earlier, round=number, at=at)
