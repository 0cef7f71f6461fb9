"""Where days, weeks and months begin, in somebody's time zone. Ranges are half-open."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EARLIEST_ZONE, LATEST_ZONE = "Etc/GMT-14", "Etc/GMT+12"  # POSIX signs: the first and the last to see a new day
FOREVER = datetime(1970, 1, 1, tzinfo=UTC)


def starts_on(period: str, *, zone: str, at: datetime) -> date:
    """The local date on which the period that holds `at` began: day, week (Monday), month."""
    today = at.astimezone(ZoneInfo(zone)).date()
    if period == "month":
        return today.replace(day=1)
    return today - timedelta(days=today.weekday()) if period == "week" else today


def ends_on(period: str, start: date) -> date:
    """The first date after the period."""
    if period == "month":
        return (start + timedelta(days=31)).replace(day=1)
    return start + timedelta(days=7 if period == "week" else 1)


def possible_starts(period: str, *, at: datetime) -> set[date]:
    """Every date on which the period can have begun, whatever the zone. Three at most.

    The earliest and the latest zone are 26 hours apart: for two hours a day a third date is between theirs.
    """
    return {starts_on(period, zone=zone, at=at) for zone in (EARLIEST_ZONE, "UTC", LATEST_ZONE)}


def midnight(day: date, zone: str) -> datetime:
    """The instant a local date begins, in UTC; right over changes of the clock."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def window_of(window: str, *, zone: str, at: datetime) -> tuple[datetime, datetime | None]:
    """Start and end of a quota's window: hour, day, week, month; `ever` has no end."""
    if window == "ever":
        return FOREVER, None
    if window == "hour":
        start = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        return start, start + timedelta(hours=1)
    first = starts_on(window, zone=zone, at=at)
    return midnight(first, zone), midnight(ends_on(window, first), zone)
