from datetime import UTC, date, datetime

import pytest

from cardmaker.core import figures
from cardmaker.core.figures import Figure

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_thirty_days_end_today_and_begin_at_midnight():
    days = figures.per_day({date(2026, 11, 21): 2.0, date(2026, 10, 22): 9.0}, NOON)

    assert figures.since(NOON) == datetime(2026, 10, 23, tzinfo=UTC)
    assert (len(days), days[0], days[-1]) == (30, (date(2026, 10, 23), None), (date(2026, 11, 21), 2.0))


@pytest.mark.parametrize(("share", "wanted"), [(0.5, 3), (0.95, 5), (0.0, 1), (1.0, 5)])
def test_percentiles_are_values_that_occurred(share, wanted):
    assert figures.percentile([5, 1, 4, 2, 3], share) == wanted
    assert figures.percentile([], share) is None


def test_shares_of_nothing_are_unknown():
    assert (figures.percent(1, 4), figures.percent(None, 4), figures.percent(3, 0)) == (25.0, 0.0, None)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (40, "40 s"), (119, "119 s"), (720, "12.0 min"), (9_000, "2.5 h"), (216_000, "2.5 days")],
)
def test_lengths_of_time_are_said_as_people_say_them(seconds, text):
    assert figures.span(seconds) == text


def test_a_figure_tells_its_numbers_in_a_table_too():
    days = figures.per_day({date(2026, 11, 20): 12.0}, NOON)
    figure = Figure(key="k", title="Conversion", value="12 %", days=days, url="/", form="{:.0f} %", goal="Goal: 30 %")

    assert figure.table == [(date(2026, 11, 20), "12 %")]
    assert "Conversion: 12 %. Goal: 30 %" in figure.chart
