"""What ledger lines add up to, meter by meter, beside what the budgets say."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from billing.models import Budget, LedgerEntry
from billing.models.budgets import Period, Scope


@dataclass(frozen=True, slots=True)
class Total:
    """`lines` is None where the budgets were asked instead of the lines."""

    meter: str
    micros: int
    lines: int | None = None


def of_lines(entries: QuerySet[LedgerEntry]) -> list[Total]:
    """The exact sum of these lines. Reads all of them."""
    rows = entries.order_by().values("meter").annotate(lines=Count("pk"), micros=Sum("amount_micros"))
    return [Total(row["meter"], row["micros"], row["lines"]) for row in rows.order_by("meter")]


def of_everything() -> list[Total]:
    """The same for the whole ledger, by its budgets: each line counts in one month of the platform.

    A million lines need not be read for it; `check_ledger` proves that the two agree.
    """
    months = Budget.objects.filter(scope=Scope.PLATFORM, period=Period.MONTH)
    rows = months.order_by().values("meter").annotate(micros=Sum("spent_micros"))
    return [Total(row["meter"], row["micros"]) for row in rows.order_by("meter")]
