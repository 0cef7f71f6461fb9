"""Whether ledger, holds and budgets say the same. Reads everything: for ops, tests and the night, not for requests."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from billing.caps import APPLIES
from billing.models import Budget, Hold, HoldMove, LedgerEntry
from billing.models.budgets import COMMITTED, Scope


def check() -> list[str]:
    """One sentence for each disagreement; an empty list when every micro-dollar is where it belongs."""
    return [*_budgets(), *_holds(), *_states(), *_moves(), *_ceilings(), *_ledger()]


def _budgets() -> Iterator[str]:
    through = Hold.budgets.through.objects.filter(budget_id=OuterRef("pk"))
    rows = Budget.objects.annotate(
        held=_total(through, "hold__open_micros", by="budget_id"),
        paid=_total(through, "hold__spent_micros", by="budget_id"),
    )
    differing = rows.exclude(reserved_micros=F("held"), spent_micros=F("paid")).order_by("pk")
    for pk, reserved, held, spent, paid in differing.values_list(
        "pk", "reserved_micros", "held", "spent_micros", "paid"
    ):
        yield f"budget {pk}: reserved {reserved}, its holds {held}; spent {spent}, its holds {paid}"


def _holds() -> Iterator[str]:
    entries = LedgerEntry.objects.filter(hold_id=OuterRef("pk"))
    moves = HoldMove.objects.filter(hold_id=OuterRef("pk"))
    rows = Hold.objects.annotate(
        paid=_total(entries, "amount_micros", by="hold_id"), drawn=_total(moves, "share_micros", by="hold_id")
    )
    differing = rows.exclude(spent_micros=F("paid"), open_micros=F("amount_micros") - F("drawn")).order_by("pk")
    for key, spent, paid, left, amount, drawn in differing.values_list(
        "key", "spent_micros", "paid", "open_micros", "amount_micros", "drawn"
    ):
        yield f"hold {key}: spent {spent}, its lines {paid}; open {left}, by its moves {amount - drawn}"


def _states() -> Iterator[str]:
    """A hold is over exactly when nothing of it is open."""
    over = Q(state__in=[Hold.State.SETTLED, Hold.State.RELEASED])
    for hold in Hold.objects.filter(over & Q(open_micros__gt=0) | ~over & Q(open_micros=0)).order_by("pk"):
        yield f"hold {hold.key}: {hold.state} with {hold.open_micros} open"


def _ledger() -> Iterator[str]:
    """Every line counts in the platform's budgets of its meter: once in each of its periods."""
    lines = dict(LedgerEntry.objects.order_by().values_list("meter").annotate(total=Sum("amount_micros")))
    for meter, places in APPLIES.items():
        for scope, period in places:
            if scope == Scope.PLATFORM:
                rows = Budget.objects.filter(meter=meter, scope=scope, period=period)
                counted = rows.aggregate(total=Sum("spent_micros"))["total"] or 0
                if counted != lines.get(meter, 0):
                    yield f"{meter}: lines of {lines.get(meter, 0)}, budgets a {period} of {counted}"
    for entry in LedgerEntry.objects.filter(hold=None).order_by("pk"):
        yield f"line {entry.key}: it belongs to no hold"


def _moves() -> Iterator[str]:
    line = LedgerEntry.objects.filter(key=OuterRef("key")).values("amount_micros")
    settled = HoldMove.objects.filter(kind=HoldMove.Kind.SETTLE).annotate(line=Subquery(line))
    for move in settled.filter(Q(line=None) | ~Q(line=F("actual_micros"))).order_by("pk"):
        yield f"move {move.key}: settled {move.actual_micros}, its line says {move.line}"


def _ceilings() -> Iterator[str]:
    right = (
        Q(cap_micros=None, ceiling_micros=None, overrun=False)
        | Q(cap_micros__gte=COMMITTED, ceiling_micros=F("cap_micros"), overrun=False)
        | Q(cap_micros__lt=COMMITTED, ceiling_micros=COMMITTED, overrun=True)
    )
    for row in Budget.objects.exclude(pk__in=Budget.objects.filter(right).values("pk")).order_by("pk"):
        yield f"budget {row.pk} ({row}): cap {row.cap_micros}, ceiling {row.ceiling_micros}, overrun {row.overrun}"


def _total(rows: QuerySet, column: str, *, by: str) -> Coalesce:  # type: ignore[type-arg]  # rows of any model
    total = rows.order_by().values(by).annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=BigIntegerField())
