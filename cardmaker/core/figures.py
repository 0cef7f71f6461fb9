"""Figures that the business is judged by: each with its goal, the last thirty days, and the list behind it.

An app registers a function that answers its figures; the console draws them. What has no data yet says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.utils.safestring import SafeString

from cardmaker.core import charts

DAYS = 30
NO_DATA = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` as people read it. `met`: whether the goal is; None without a goal or without data.

    `days`: one (day, value) for each of the last thirty days, oldest first; None where there is none. `form` writes a
    day's value. `url`: the list of what was counted.
    """

    key: str
    title: str
    value: str
    days: Sequence[tuple[date, float | None]]
    url: str
    form: str = "{:.0f}"
    goal: str = ""
    goal_line: float | None = None
    met: bool | None = None
    note: str = ""

    @property
    def chart(self) -> SafeString:
        said = f"{self.title}: {self.value}. {self.goal}".strip()
        return charts.line(
            f"figure-{self.key}",
            [value for _, value in self.days],
            title=f"{self.title}, the last {DAYS} days",
            description=said,
            goal=self.goal_line,
        )

    @property
    def table(self) -> list[tuple[date, str]]:
        """The chart's numbers, newest first, without the days that have none."""
        return [(day, self.form.format(value)) for day, value in reversed(self.days) if value is not None]


def since(at: datetime) -> datetime:
    """Where the last thirty days begin: at midnight UTC, today included."""
    return (at - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0, microsecond=0)


def per_day(values: Mapping[date, float | None], at: datetime) -> list[tuple[date, float | None]]:
    """A value for each of the last thirty days, None where `values` has none."""
    first = since(at).date()
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return [(day, values.get(day)) for day in days]


def ratio(part: float | None, whole: float | None) -> float | None:
    """None where there is nothing to divide by."""
    return (part or 0) / whole if whole else None


def percent(part: float | None, whole: float | None) -> float | None:
    share = ratio(part, whole)
    return None if share is None else 100 * share


def percentile(values: Iterable[float], share: float) -> float | None:
    """The nearest-rank percentile; `share` 0.5 is the median. None without values."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None


def span(seconds: float | None) -> str:
    """A length of time as people say it: "40 s", "12 min", "3.4 h", "2.1 days"."""
    if seconds is None:
        return NO_DATA
    for size, unit, form in ((172_800, "days", 86_400), (5_400, "h", 3_600), (120, "min", 60)):
        if seconds >= size:
            return f"{seconds / form:.1f} {unit}"
    return f"{seconds:.0f} s"
