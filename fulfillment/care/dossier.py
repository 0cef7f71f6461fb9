"""Everything about one order that a person decides or answers by, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from accounts.models import User
from cardmaker.core.money import MICROS_PER_DOLLAR, Money
from designs.models import Call, Flag
from designs.screening.flags import REASONS
from fulfillment.api.page_shapes import pages_of
from fulfillment.care.announcing import SENT_AGAIN
from fulfillment.care.asking import ANSWERED, ASKED
from fulfillment.models import Approval, Order, OrderLine, PrintJob, Question, Refund, Transition
from fulfillment.orders import approval
from fulfillment.orders.reasons import title_of
from fulfillment.printing import placing
from fulfillment.suppliers.base import Recipient

EARLIER_SHOWN = 6
STATES = {*Order.State.values, *PrintJob.State.values}
MAILS = ("mail_begun", "mail_sent", SENT_AGAIN)
MAIL_WORDS = {"mail_begun": "Mail begun", "mail_sent": "Mail sent", SENT_AGAIN: "Mail sent again"}
ASKING_WORDS = {ASKED: "Asked the buyer", ANSWERED: "The buyer answered"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the pages that are printed. `withheld`: why only ops see them."""

    line: OrderLine
    pages: list[dict[str, Any]]

    @property
    def problem(self) -> str:
        return title_of(self.line.problem) if self.line.problem else ""

    @property
    def withheld(self) -> str:
        return REASONS.get(self.line.proof.withheld, "") if self.line.proof else ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What the order brings and costs. `left` None: the currencies differ, or there is nothing to print."""

    goods: Money
    beside: Money  # delivery, taxes and whatever else is in the total
    total: Money
    printing: Money | None
    pictures: Money
    left: Money | None

    @property
    def margin_percent(self) -> int | None:
        return round(100 * self.left.minor / self.total.minor) if self.left and self.total.minor else None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `kind`: person, mail or machine."""

    at: datetime
    text: str
    note: str
    who: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dossier:
    order: Order
    lines: list[Line]
    recipient: Recipient | None
    sums: Sums
    flags: list[Flag]
    earlier: list[Order]
    earlier_count: int
    approvals: list[Approval]
    print_jobs: list[PrintJob]
    questions: list[Question]
    refunds: list[Refund]
    steps: list[Step]
    people: dict[str, str]  # the key of a staff user -> who it is

    @property
    def standing(self) -> list[Approval]:
        return [given for given in self.approvals if given.voided_at is None]


def of(order: Order, *, at: datetime) -> Dossier:
    """All of it. `order` comes with its shop."""
    lines = _lines(order)
    designs = {line.proof.design_id for line in lines if line.proof}
    earlier = _earlier(order)
    approvals = list(order.approvals.select_related("line").order_by("-at", "pk"))
    transitions = list(order.transitions.select_related("print_job").order_by("at", "pk"))
    jobs = order.print_jobs.prefetch_related("shipments", "file_serves__print_file").order_by("created_at", "pk")
    people = _people([*(step.actor for step in transitions), *(given.approved_by for given in approvals)])
    return Dossier(
        order=order,
        lines=[Line(line, pages_of(line.proof, at=at, for_ops=True) if line.proof else []) for line in lines],
        recipient=approval.recipient_of(order),
        sums=_sums(order, lines, _pictures(designs)),
        flags=list(Flag.objects.standing().filter(design__in=designs).order_by("created_at", "pk")),
        earlier=earlier[:EARLIER_SHOWN],
        earlier_count=len(earlier),
        approvals=approvals,
        print_jobs=list(jobs),
        questions=list(order.questions.order_by("created_at", "pk")),
        refunds=list(order.refunds.order_by("created_at", "pk")),
        steps=[_step(step, people) for step in transitions],
        people=people,
    )


def neighbors(order: Order) -> tuple[Order | None, Order | None]:
    """The waiting orders before and after this one, as the start page lists them: the oldest first. Two queries."""
    waiting = Order.objects.waiting().exclude(pk=order.pk)
    same = Q(created_at=order.created_at)
    before = waiting.filter(Q(created_at__lt=order.created_at) | same & Q(pk__lt=order.pk))
    after = waiting.filter(Q(created_at__gt=order.created_at) | same & Q(pk__gt=order.pk))
    return before.order_by("-created_at", "-pk").first(), after.order_by("created_at", "pk").first()


def _lines(order: Order) -> list[OrderLine]:
    lines = order.lines.select_related("proof__format", "item", "product").prefetch_related("proof__files")
    return list(lines.order_by("created_at", "pk"))


def _earlier(order: Order) -> list[Order]:
    """The account's other orders, the newest first; one more than is shown tells that there are more."""
    if order.account_id is None:
        return []
    others = Order.objects.filter(account=order.account_id).exclude(pk=order.pk).exclude(state=Order.State.NOT_OURS)
    return list(others.defer("email", "address").order_by("-created_at", "-pk")[: EARLIER_SHOWN + 1])


def _pictures(designs: Iterable[Any]) -> int:
    """What all pictures of these designs have cost, in micro-dollars: also those that nobody picked."""
    spent = Call.objects.filter(run__design__in=list(designs)).aggregate(micros=Sum("actual_micros"))
    return spent["micros"] or 0


def _sums(order: Order, lines: list[OrderLine], pictures_micros: int) -> Sums:
    currency = order.currency or "USD"
    goods = Money(sum(line.amount_minor for line in lines), currency)
    printing = _printing([line for line in lines if line.item and line.quantity])
    pictures = Money(round(pictures_micros * 100 / MICROS_PER_DOLLAR), "USD")
    comparable = printing is not None and printing.currency == currency == "USD"
    left = order.total - printing - pictures if printing and comparable else None
    return Sums(goods, order.total - goods, order.total, printing, pictures, left)


def _printing(lines: list[OrderLine]) -> Money | None:
    """What the suppliers will charge at most, one parcel each; None when there is nothing to print."""
    by_supplier: dict[str, list[Approval]] = defaultdict(list)
    for line in lines:
        assert line.item is not None  # the caller left those out
        by_supplier[line.item.supplier].append(Approval(line=line, quantity=line.quantity))
    costs = [placing.expected_cost(group) for group in by_supplier.values()]
    if not costs or len({cost.currency for cost in costs}) > 1:
        return None
    return Money(sum(cost.minor for cost in costs), costs[0].currency)


def _people(actors: Iterable[str]) -> dict[str, str]:
    keys = {actor for actor in actors if actor.isdigit()}
    users = User.objects.filter(pk__in=keys).values_list("pk", "email") if keys else []
    return {str(pk): email for pk, email in users}


def _step(step: Transition, people: dict[str, str]) -> Step:
    who = people.get(step.actor, step.actor)
    if step.after in MAILS:
        return Step(step.at, f"{MAIL_WORDS[step.after]}: {step.note.split(' ')[0]}", "", who, "mail")
    if step.after in ASKING_WORDS:
        return Step(step.at, ASKING_WORDS[step.after], "", who, "person")
    about = f"{step.print_job.reference}: " if step.print_job else ""
    moved = f"{_said(step.before)} → {_said(step.after)}" if _is_move(step) else _said(step.after)
    return Step(step.at, about + moved, step.note, who, "person" if step.actor else "machine")


def _is_move(step: Transition) -> bool:
    """Whether it went from one state to another; else it is a note of what somebody asked for."""
    return step.before != step.after and step.after in STATES


def _said(state: str) -> str:
    return state.replace("_", " ")
