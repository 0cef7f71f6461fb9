"""Where days, weeks and months begin: in any zone, over changes of the clock and the ends of years."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billing.models import Quota
from billing.periods import possible_starts, starts_on, window_of
from billing.quota import QuotaSpent, use, used

# Far east and west, halves and quarters of hours, clocks that change at midnight or by half an hour, a day left out.
ZONES = [
    "UTC", "Europe/Paris", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia", "America/Havana",
    "America/Santiago", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Etc/GMT+12", "Etc/GMT-14",
]  # fmt: skip
FIRST = datetime(2011, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 34 * 365 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
LONGEST = {
    "hour": timedelta(hours=1),
    "day": timedelta(hours=26),
    "week": timedelta(days=7, hours=2),
    "month": timedelta(days=31, hours=2),
}


@given(at=INSTANTS, zone=st.sampled_from(ZONES), window=st.sampled_from(["hour", "day", "week", "month"]))
@example(at=datetime(2011, 12, 30, 10, tzinfo=UTC), zone="Pacific/Apia", window="week")  # the day that Samoa left out
@example(at=datetime(2026, 3, 8, 5, tzinfo=UTC), zone="America/Havana", window="day")  # midnight itself is skipped
@example(at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC), zone="Europe/Paris", window="month")
@example(at=datetime(2027, 1, 1, tzinfo=UTC), zone="UTC", window="week")
def test_every_instant_is_in_exactly_one_window_of_its_zone(at, zone, window):
    start, end = window_of(window, zone=zone, at=at)

    assert start <= at < end
    assert timedelta(0) < end - start <= LONGEST[window]
    assert window_of(window, zone=zone, at=start) == (start, end)
    assert window_of(window, zone=zone, at=end)[0] == end
    assert window_of(window, zone=zone, at=start - timedelta(microseconds=1))[1] == start


@given(at=INSTANTS, zone=st.sampled_from(ZONES))
def test_a_week_begins_on_a_monday_and_a_month_on_the_first(at, zone):
    monday, first = starts_on("week", zone=zone, at=at), starts_on("month", zone=zone, at=at)
    local = at.astimezone(ZoneInfo(zone)).date()

    assert (monday.weekday(), first.day) == (0, 1)
    assert timedelta(0) <= local - monday < timedelta(days=7)
    assert (first.year, first.month) == (local.year, local.month)


@given(at=INSTANTS, zone=st.sampled_from(ZONES), period=st.sampled_from(["day", "week", "month"]))
def test_no_zone_begins_a_period_on_another_day_than_is_looked_for(at, zone, period):
    assert starts_on(period, zone=zone, at=at) in possible_starts(period, at=at)


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    moments=st.lists(st.integers(0, 21 * 24 * 60), min_size=1, max_size=12),
    zone=st.sampled_from(ZONES),
    limit=st.integers(0, 4),
    begins=st.sampled_from(
        [datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC)]
    ),
)
def test_no_week_grants_more_than_its_limit_nor_less(moments, zone, limit, begins):
    Quota.objects.all().delete()
    granted = {}
    for minutes in sorted(moments):
        at = begins + timedelta(minutes=minutes)
        monday = starts_on("week", zone=zone, at=at)
        if granted.get(monday, 0) < limit:
            use("account:1", "post", "week", limit=limit, at=at, zone=zone)
            granted[monday] = granted.get(monday, 0) + 1
        else:
            with pytest.raises(QuotaSpent) as spent:
                use("account:1", "post", "week", limit=limit, at=at, zone=zone)
            assert datetime.fromisoformat(spent.value.details["resets_at"]) > at
        assert used("account:1", "post", "week", at=at, zone=zone) == granted.get(monday, 0) <= limit
