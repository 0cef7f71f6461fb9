"""Why an order is held. Each reason is recorded on the order; some of them an approval cannot overrule."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from billing.models import Guardrails
from cardmaker.core.money import Money
from fulfillment.models import Order, OrderLine
from fulfillment.suppliers.base import Recipient, address_problems

# What the shop's line turned out to be, in words for the approver. All of these block.
LINE_PROBLEMS = {
    "missing_proof": "The line carries no proof, or its signature is missing.",
    "altered_property": "The line's properties are not the ones we signed.",
    "foreign_proof": "The line names a proof that is not this shop's.",
    "proof_not_ready": "The line names a proof that was never finished.",
    "altered_proof": "The proof's files do not match its digest.",
    "unknown_variant": "The product that was bought is not the one made for this proof.",
    "price_changed": "The line was sold below the price of its product.",
    "other_currency": "The line was sold in another currency than its product's: nobody can say whether it was enough.",
    "no_item": "The supplier no longer offers the item that the buyer confirmed.",
}
# What the buyer was warned of and accepted; other warnings share one code.
ACCEPTED = {"low_resolution": "low_dpi"}
TITLES = {"low_dpi": "Low resolution", "quality": "Cannot be printed well", "no_route": "Not shipped there"} | {
    "permission_missing": "The merchant has to allow it"
}


@dataclass(frozen=True)
class Reason:
    """One reason to hold. `blocks`: no approval can overrule it."""

    code: str
    message: str
    blocks: bool = False

    def as_row(self) -> dict[str, Any]:
        return asdict(self)


def reasons_to_hold(
    order: Order,
    lines: Sequence[OrderLine],
    *,
    recipient: Recipient | None,
    guardrails: Guardrails,
    first_order: bool,
) -> list[Reason]:
    """Everything that speaks against printing `order` now, the blocking reasons first. Reads nothing."""
    found = [
        *_payment(order),
        *_lines(lines),
        *_destination(order, lines, recipient),
        *_amounts(order, lines, guardrails),
        *reasons_of_quality(lines),
        *([Reason("new_account", "The first order of this account.")] if first_order else []),
    ]
    return sorted(found, key=lambda reason: not reason.blocks)


def _payment(order: Order) -> list[Reason]:
    found = []
    if order.cancelled_at:
        found.append(Reason("cancelled", "The shop has cancelled this order.", blocks=True))
    elif order.paid_in_full and order.financial_status == "PARTIALLY_REFUNDED":
        given = Money(order.refunded_minor, order.currency or "USD")
        found.append(Reason("partly_refunded", f"The shop has given {given} back: is the rest to be printed?"))
    elif not order.paid_in_full:
        status = order.financial_status.lower().replace("_", " ") or "unknown"
        found.append(Reason("unpaid", f"The order is not paid in full (payment: {status}).", blocks=True))
    if order.test:
        found.append(Reason("test_order", "A test order is never printed.", blocks=True))
    return found


def _lines(lines: Sequence[OrderLine]) -> list[Reason]:
    problems = sorted({line.problem for line in lines if line.problem})
    return [Reason(problem, LINE_PROBLEMS[problem], blocks=True) for problem in problems]


def _destination(order: Order, lines: Sequence[OrderLine], recipient: Recipient | None) -> list[Reason]:
    if recipient is None:
        return [Reason("address", "The order has no shipping address.", blocks=True)]
    found = [Reason("address", problem, blocks=True) for problem in address_problems(recipient)]
    unserved = [line.item for line in lines if line.item and not line.item.serves(order.country)]
    if unserved:
        message = f"{unserved[0]} is not shipped to {order.country}: the buyer needs a new proof."
        found.append(Reason("no_route", message, blocks=True))
    if not settings.SANDBOX and any(line.item and line.item.assumed for line in lines):
        found.append(Reason("assumed_item", "The supplier has not confirmed this item yet.", blocks=True))
    return found


def _amounts(order: Order, lines: Sequence[OrderLine], guardrails: Guardrails) -> list[Reason]:
    found = []
    copies = sum(line.quantity for line in lines)
    if copies > guardrails.max_quantity:
        limit = guardrails.max_quantity
        found.append(Reason("quantity", f"{copies} copies are more than the {limit} that pass unasked."))
    if order.total_minor > guardrails.max_total_minor:
        most = Money(guardrails.max_total_minor, order.currency or "USD")
        found.append(Reason("total", f"A total of {order.total} is above the {most} that passes unasked."))
    return found


def reasons_of_quality(lines: Sequence[OrderLine]) -> list[Reason]:
    """One reason for each thing that was told about the pictures of a line, with the pages it was told about."""
    found = []
    for line in lines:
        told: dict[tuple[str, str, str], list[str]] = {}
        for warning in line.proof.warnings if line.proof else []:
            kind = (warning.get("level", ""), warning.get("code", ""), warning.get("message", ""))
            told.setdefault(kind, []).append(warning.get("position", ""))
        for (level, code, message), positions in told.items():
            said = f"{message} ({', '.join(positions)})"
            if level == "block":
                found.append(Reason("quality", said, blocks=True))
            elif level == "warn":
                found.append(Reason(ACCEPTED.get(code, "accepted_warning"), f"The buyer accepted: {said}"))
    return found


def title_of(code: str) -> str:
    """A code as people say it."""
    return TITLES.get(code, code.replace("_", " ").capitalize())
