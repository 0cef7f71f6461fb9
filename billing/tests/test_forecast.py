from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.forecast import Forecast, forecast, gauges
from billing.models import Guardrails
from billing.tests.conftest import NOON

START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def of(committed, cap, at, zone="UTC"):
    return forecast(committed_micros=committed, cap_micros=cap, starts_at=START, ends_at=END, at=at, zone=zone)


def test_a_cap_is_reached_on_the_day_that_the_pace_so_far_says():
    tenth = START + timedelta(days=10)

    assert of(500, 1_000, tenth) == Forecast(
        per_day_micros=50, expected_micros=1_500, reached_at=START + timedelta(days=20), reached_on=date(2026, 11, 21)
    )


def test_the_day_is_the_one_of_the_budgets_zone():
    found = of(500, 1_000, START + timedelta(days=10), zone="America/New_York")

    assert found.reached_on == date(2026, 11, 20)


def test_a_pace_that_stays_below_the_cap_reaches_it_in_no_day():
    assert of(300, 1_000, START + timedelta(days=10)) == Forecast(30, 900, None, None)


def test_no_cap_is_never_reached():
    assert of(500, None, START + timedelta(days=10)) == Forecast(50, 1_500, None, None)


@pytest.mark.parametrize(("committed", "cap"), [(1_000, 1_000), (1_200, 1_000), (0, 0)])
def test_a_cap_with_nothing_left_is_reached_now(committed, cap):
    assert of(committed, cap, NOON).reached_at == NOON


def test_nothing_spent_forecasts_nothing():
    assert of(0, 1_000, START) == Forecast(0, 0, None, None)


def test_the_first_purchase_of_a_month_is_no_pace():
    found = of(30, 1_000, START + timedelta(seconds=1))  # counted as if it had taken a 24th of the month

    assert (found.per_day_micros, found.expected_micros, found.reached_at) == (24, 720, None)


@given(
    committed=st.integers(0, 10**13),
    cap=st.integers(0, 10**13),
    seconds=st.integers(0, 30 * 86_400 - 1),
)
def test_a_forecast_agrees_with_itself(committed, cap, seconds):
    at = START + timedelta(seconds=seconds)
    found = of(committed, cap, at)

    assert found.expected_micros >= committed
    if found.reached_at is None:
        assert committed < cap
    else:
        assert at <= found.reached_at < END
        assert found.expected_micros >= cap
    if found.expected_micros > cap + 1:
        assert found.reached_at is not None


@pytest.mark.django_db
def test_the_gauges_show_every_budget_of_the_platform_also_those_not_opened(limits, hold, django_assert_num_queries):
    Guardrails.objects.update(ai_cap_month_micros=1_000, ai_cap_account_month_micros=None, print_cap_month_micros=None)
    hold(amount=700)

    with django_assert_num_queries(2):
        found = gauges(at=NOON)

    assert [
        (gauge.meter, gauge.period, gauge.committed_micros, gauge.cap_micros, gauge.percent) for gauge in found
    ] == [
        ("ai", "month", 700, 1_000, 70),
        ("print", "day", 0, 700, 0),
        ("print", "month", 0, None, None),
    ]
    assert [gauge.level for gauge in found] == [70, 0, 0]
    assert [gauge.budget_id is None for gauge in found] == [False, True, True]
    assert found[0].forecast.reached_on == date(2026, 11, 30)


@pytest.mark.django_db
def test_a_gauge_with_nothing_left_stands_at_100(limits, hold):
    Guardrails.objects.update(ai_cap_month_micros=1_000)
    hold(amount=1_000)

    assert gauges(at=NOON)[0].level == 100
