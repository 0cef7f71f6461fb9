import calendar
from datetime import date

import pytest

from designs.imaging.monthgrid import LOOKS, Mark, MonthGrid, week_number, weeks
from designs.imaging.monthgrid_looks import LOOKS as STYLES


@pytest.mark.parametrize("week_start", range(7))
@pytest.mark.parametrize("year", range(2024, 2041))
def test_every_month_of_every_year_is_laid_out_as_python_knows_it(year, week_start):
    python = calendar.Calendar(week_start)

    for month in range(1, 13):
        assert [list(week) for week in weeks(year, month, week_start)] == python.monthdatescalendar(year, month)


def test_months_have_from_four_to_six_weeks():
    assert [len(weeks(2027, month, 0)) for month in range(1, 13)] == [5, 4, 5, 5, 6, 5, 5, 6, 5, 5, 5, 5]


@pytest.mark.parametrize("year", range(2024, 2041))
def test_weeks_are_numbered_as_iso_does(year):
    for month in range(1, 13):
        for week in weeks(year, month, 0):
            assert week_number(week) == week[0].isocalendar().week


def test_a_week_from_sunday_has_the_number_of_its_thursday():
    assert week_number(weeks(2027, 1, 6)[0]) == 53
    assert week_number(weeks(2027, 1, 6)[1]) == 1


def test_a_grid_is_read_back_as_it_was_stored():
    grid = MonthGrid(2028, 2, 6, "he-IL", "bold", True, (Mark(29, "יום הולדת"), Mark(1, "x", "holiday", True)))

    assert MonthGrid.parse(grid.stored()) == grid


def test_holidays_come_first_and_days_of_other_months_have_no_marks():
    grid = MonthGrid(2027, 3, marks=(Mark(1, "Anna"), Mark(1, "May Day", "holiday")))

    assert [mark.label for mark in grid.marks_on(date(2027, 3, 1))] == ["May Day", "Anna"]
    assert grid.marks_on(date(2027, 4, 1)) == ()


def test_every_look_has_a_style():
    assert set(STYLES) == set(LOOKS)
