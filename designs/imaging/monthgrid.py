"""A month as a calendar page shows it: its weeks, and what happens on its days. Plain data, kept with the proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal, Self, get_args

DAYS_A_WEEK = 7
THURSDAY = 3  # ISO counts a week to the year that has its Thursday
LookName = Literal["classic", "minimal", "bold"]
LOOKS: tuple[LookName, ...] = get_args(LookName)
DEFAULT_LOOK: LookName = "classic"
MarkKind = Literal["holiday", "own"]
Week = tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written at a day. A holiday's `estimated` date hangs on the moon and may move."""

    day: int
    label: str
    kind: MarkKind = "own"
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """One month, ready to be drawn. `week_start` 0 is Monday; `locale` as "de-DE"; `week_numbers` are ISO 8601's."""

    year: int
    month: int
    week_start: int = 0
    locale: str = "en-US"
    look: LookName = DEFAULT_LOOK
    week_numbers: bool = False
    marks: tuple[Mark, ...] = ()

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from `stored`."""
        marks = tuple(Mark(**mark) for mark in stored["marks"])
        return cls(**{**stored, "marks": marks})

    def stored(self) -> dict[str, Any]:
        """As JSON: a proof is drawn from this and nothing else, so a new edition of holidays cannot change it."""
        return {**asdict(self), "marks": [asdict(mark) for mark in self.marks]}

    @property
    def weeks(self) -> tuple[Week, ...]:
        return weeks(self.year, self.month, self.week_start)

    def marks_on(self, day: date) -> tuple[Mark, ...]:
        """Public holidays first; none on the days of neighboring months."""
        here = [mark for mark in self.marks if (self.year, self.month, mark.day) == (day.year, day.month, day.day)]
        return tuple(sorted(here, key=lambda mark: mark.kind != "holiday"))

    def shows(self, day: date) -> bool:
        """Whether the day belongs to this month."""
        return (day.year, day.month) == (self.year, self.month)


def weeks(year: int, month: int, week_start: int) -> tuple[Week, ...]:
    """Every week that has a day of this month, each whole, from `week_start` (0 = Monday) on: four to six of them."""
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    begin = first - timedelta(days=(first.weekday() - week_start) % DAYS_A_WEEK)
    count = -(-(after - begin).days // DAYS_A_WEEK)
    days = [begin + timedelta(days=number) for number in range(count * DAYS_A_WEEK)]
    return tuple(tuple(days[start : start + DAYS_A_WEEK]) for start in range(0, len(days), DAYS_A_WEEK))


def week_number(week: Week) -> int:
    """ISO 8601's number of a week; one that does not begin on a Monday has that of its Thursday."""
    return next(day for day in week if day.weekday() == THURSDAY).isocalendar().week
