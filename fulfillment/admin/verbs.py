"""What can be done with an order in the console: each verb is one domain call, in the name of who pressed it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from cardmaker.core.errors import BadInput
from cardmaker.core.jobs import enqueue
from cardmaker.core.money import Money, NotAnAmount
from fulfillment.care import asking, resending
from fulfillment.models import Order, Question
from fulfillment.orders import approval, cancelling, intake, refunding
from fulfillment.printing import reprinting

APPROVE, REFUND = "fulfillment.approve_order", "fulfillment.refund_order"
# Why an order is not printed, to choose from; a note can say more.
REASONS = (
    "Protected name, character or brand",
    "Not suitable for print",
    "Offensive or unlawful",
    "Poor picture quality",
    "Address cannot be served",
    "Suspected fraud",
    "The buyer asked for it",
)


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a button: what stood in the form, who pressed it, when."""

    fields: Mapping[str, str]
    by: str
    at: datetime

    @property
    def note(self) -> str:
        """The chosen reason and the note, as the history will tell them."""
        parts = (self.fields.get(name, "").strip() for name in ("reason", "note"))
        return ": ".join(part for part in parts if part)

    @classmethod
    def of(cls, request: HttpRequest, at: datetime) -> "Press":
        return cls(request.POST.dict(), str(request.user.pk), at)


@dataclass(frozen=True, slots=True)
class Verb:
    """`act` makes the domain call and answers what to tell. Raises Refused."""

    act: Callable[[Order, Press], str]
    permissions: tuple[str, ...] = (APPROVE,)


def approve(order: Order, press: Press) -> str:
    approval.approve(order, by=press.by, at=press.at)
    return f"{order} is approved: its payment is read again, then it goes to the printer."


def reject(order: Order, press: Press) -> str:
    note = _why(press)
    approval.reject(order, by=press.by, note=note, at=press.at)
    return f"{order} is rejected. Its money is not given back yet."


def reject_and_refund(order: Order, press: Press) -> str:
    note = _why(press)
    with transaction.atomic():
        approval.reject(order, by=press.by, note=note, at=press.at)
        refunding.refund(order, by=press.by, note=note, at=press.at)
    return f"{order} is rejected, and the shop gives the money back."


def refund(order: Order, press: Press) -> str:
    """All that is left, or the amount that was written: "4.90"."""
    text = press.fields.get("amount", "").strip()
    amount = _amount(text, order.currency or "USD") if text else None
    given = refunding.refund(order, by=press.by, note=_why(press), at=press.at, amount=amount)
    return f"{order}: {given.amount or 'everything that is left'} is given back by the shop."


def cancel(order: Order, press: Press) -> str:
    cancelling.cancel(order, by=press.by, note=_why(press), at=press.at)
    return f"{order} is stopped at the printer, then cancelled and given back in the shop."


def reprint(order: Order, press: Press) -> str:
    jobs = reprinting.reprint(order, by=press.by, note=_why(press), at=press.at)
    return f"{order} is printed again from the same files: {', '.join(job.reference for job in jobs)}."


def print_added(order: Order, press: Press) -> str:
    jobs = reprinting.print_added(order, by=press.by, at=press.at)
    return f"What was added to {order} is printed: {', '.join(job.reference for job in jobs)}."


def ask(order: Order, press: Press) -> str:
    asking.ask(order, press.fields.get("question", ""), by=press.by, at=press.at)
    return f"{order}: the buyer is asked by mail. The answer comes to our ops address."


def answer(order: Order, press: Press) -> str:
    question = Question.objects.select_related("order").get(order=order, pk=press.fields["key"])
    asking.note_answer(question, press.fields.get("answer", ""), by=press.by, at=press.at)
    return f"{order}: the answer is noted."


def reread(order: Order, press: Press) -> str:
    enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, at=press.at)
    return f"{order} is read from the shop again."


def dismiss(order: Order, press: Press) -> str:
    approval.dismiss_news(order, by=press.by, at=press.at)
    return f"{order} goes on."


def resend(order: Order, press: Press) -> str:
    resending.resend(order, press.fields["name"], UUID(press.fields["key"]), by=press.by, at=press.at)
    return f"{order}: the mail goes out again."


def _why(press: Press) -> str:
    if not press.note:
        raise BadInput.beside("reason", "Say why: the history keeps it.")
    return press.note


def _amount(text: str, currency: str) -> Money:
    try:
        amount = Money.parse(text, currency)
    except NotAnAmount as wrong:
        raise BadInput.beside("amount", f"“{text}” is no amount in {currency}.") from wrong
    if amount.minor <= 0:
        raise BadInput.beside("amount", "More than nothing.")
    return amount


VERBS: dict[str, Verb] = {
    "approve": Verb(approve),
    "reject": Verb(reject),
    "reject-and-refund": Verb(reject_and_refund, (APPROVE, REFUND)),
    "refund": Verb(refund, (REFUND,)),
    "cancel": Verb(cancel, (APPROVE, REFUND)),
    "reprint": Verb(reprint),
    "print-added": Verb(print_added),
    "ask": Verb(ask),
    "answer": Verb(answer),
    "reread": Verb(reread),
    "dismiss": Verb(dismiss),
    "resend": Verb(resend),
}
