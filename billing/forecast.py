"""When a cap will be reached at the pace so far, and the gauges of the platform's budgets that show it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from billing import caps, periods
from billing.models import Budget, Guardrails
from billing.models.budgets import Scope

SOONEST_SHARE = 24  # the pace is taken over at least 1/24 of the period: its first purchase alone is no pace


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a budget goes at the pace so far.

    `per_day_micros`: the pace. `expected_micros`: committed at the end of the period. `reached_at`: when the cap is
    reached, now where it is already, None where that does not happen in this period; `reached_on` is its local date.
    """

    per_day_micros: int
    expected_micros: int
    reached_at: datetime | None
    reached_on: date | None


@dataclass(frozen=True, slots=True)
class Gauge:
    """One of the platform's budgets as a gauge. `budget_id`: None until the first spend of the period.

    `percent`: whole percent of the cap that is spent or reserved, above 100 in an overrun, None without a cap.
    `level`: the highest alert percent that is reached, 100 when nothing is left, 0 below the first.
    """

    meter: str
    period: str
    spent_micros: int
    reserved_micros: int
    cap_micros: int | None
    percent: int | None
    level: int
    starts_at: datetime
    ends_at: datetime
    forecast: Forecast
    budget_id: int | None

    @property
    def committed_micros(self) -> int:
        return self.spent_micros + self.reserved_micros


def forecast(
    *, committed_micros: int, cap_micros: int | None, starts_at: datetime, ends_at: datetime, at: datetime, zone: str
) -> Forecast:
    """Carry the pace since `starts_at` on to `ends_at`. Reads nothing; half-open period, `at` inside it."""
    length = ends_at - starts_at
    elapsed = max(at - starts_at, length / SOONEST_SHARE)
    expected = max(committed_micros, _rounded(committed_micros, length, elapsed))
    reached_at = _reached_at(committed_micros, cap_micros, expected, elapsed=elapsed, ends_at=ends_at, at=at)
    return Forecast(
        per_day_micros=_rounded(committed_micros, timedelta(days=1), elapsed),
        expected_micros=expected,
        reached_at=reached_at,
        reached_on=reached_at.astimezone(ZoneInfo(zone)).date() if reached_at else None,
    )


def of_budget(budget: Budget, *, at: datetime) -> Forecast:
    """The forecast of one running budget. No query."""
    return forecast(
        committed_micros=budget.committed_micros,
        cap_micros=budget.cap_micros,
        starts_at=periods.midnight(budget.starts_on, budget.zone),
        ends_at=periods.midnight(periods.ends_on(budget.period, budget.starts_on), budget.zone),
        at=at,
        zone=budget.zone,
    )


def gauges(*, at: datetime) -> list[Gauge]:
    """The platform's running budgets (AI a month, print a day and a month), also those nobody opened. Two queries."""
    limits = Guardrails.current()
    return [_gauge(budget, limits, at=at) for budget in caps.platform(limits, at=at)]


def level_of(budget: Budget, percents: list[int]) -> int:
    """The highest of these percents of the cap that is reached; 100 when nothing is left, 0 below the first."""
    if budget.cap_micros is None:
        return 0
    if budget.left_micros == 0:
        return 100
    steps = caps.alert_steps(budget.cap_micros, Scope.PLATFORM, percents)
    return max((percent for percent, from_micros in steps.items() if budget.committed_micros >= from_micros), default=0)


def _gauge(budget: Budget, limits: Guardrails, *, at: datetime) -> Gauge:
    cap = budget.cap_micros
    return Gauge(
        meter=budget.meter,
        period=budget.period,
        spent_micros=budget.spent_micros,
        reserved_micros=budget.reserved_micros,
        cap_micros=cap,
        percent=budget.committed_micros * 100 // cap if cap else (None if cap is None else 100),
        level=level_of(budget, limits.alert_percents),
        starts_at=periods.midnight(budget.starts_on, budget.zone),
        ends_at=periods.midnight(periods.ends_on(budget.period, budget.starts_on), budget.zone),
        forecast=of_budget(budget, at=at),
        budget_id=budget.pk,
    )


def _reached_at(
    committed: int, cap: int | None, expected: int, *, elapsed: timedelta, ends_at: datetime, at: datetime
) -> datetime | None:
    if cap is None or expected < cap:
        return None
    if committed >= cap:
        return at
    left = timedelta(microseconds=_micros(elapsed) * (cap - committed) // committed)
    return at + left if at + left < ends_at else None


def _rounded(amount: int, part: timedelta, whole: timedelta) -> int:
    """`amount` × part ÷ whole, rounded down. In whole numbers: a float is off by some at the size of a month."""
    return amount * _micros(part) // _micros(whole)


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
