from datetime import UTC, datetime

import pytest

from cardmaker.core.errors import BadInput
from designs import editing
from designs.models import Design
from designs.tests.factories import NOON, SQUARE, AccountFactory, CalendarFactory, DesignFactory, ShopFactory
from designs.year import calendars
from designs.year.calendars import changed, defaults, month_of, title_of

BIRTHDAY = {"month": 2, "day": 29, "label": "Ada’s birthday"}


@pytest.mark.parametrize(("month", "year"), [(1, 2026), (7, 2026), (8, 2027), (12, 2027)])
def test_from_august_on_the_next_year_is_offered(month, year):
    assert defaults(at=datetime(2026, month, 1, tzinfo=UTC))["year"] == year


def test_a_country_brings_its_habits():
    assert defaults("DE", at=NOON) == {
        "year": 2027, "start_month": 1, "week_start": 0, "locale": "de-DE", "holidays": "DE", "dates": [],
    }  # fmt: skip
    assert (defaults("US", at=NOON)["week_start"], defaults("JP", at=NOON)["holidays"]) == (6, "")


def test_a_change_keeps_what_it_does_not_name():
    first = changed(defaults(at=NOON), {"dates": [BIRTHDAY], "holidays": "de-by"}, at=NOON)
    second = changed(first, {"year": 2028}, at=NOON)

    assert second == {**defaults(at=NOON), "dates": [BIRTHDAY], "holidays": "DE-BY", "year": 2028}


def test_a_calendar_of_a_past_year_still_takes_a_date():
    old = {**defaults(at=NOON), "year": 2020}

    assert changed(old, {"dates": [BIRTHDAY]}, at=NOON)["year"] == 2020


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"year": 2025}, "year"),
        ({"year": 2041}, "year"),
        ({"year": "2027"}, "year"),
        ({"year": True}, "year"),
        ({"start_month": 0}, "start_month"),
        ({"start_month": 13}, "start_month"),
        ({"week_start": 7}, "week_start"),
        ({"locale": "tlh"}, "locale"),
        ({"look": "neon"}, "look"),
        ({"week_numbers": 1}, "week_numbers"),
        ({"holidays": "XX"}, "holidays"),
        ({"holidays": "DE-ZZ"}, "holidays"),
        ({"dates": [{"month": 1, "day": 1, "label": "Ada 🎂"}]}, "dates"),
        ({"holidays": "Bavaria"}, "holidays"),
        ({"holidays": None}, "holidays"),
        ({"dates": "birthday"}, "dates"),
        ({"dates": [{"month": 2, "day": 30, "label": "never"}]}, "dates"),
        ({"dates": [{"month": 13, "day": 1, "label": "never"}]}, "dates"),
        ({"dates": [{"month": 1, "day": 1, "label": " "}]}, "dates"),
        ({"dates": [{"month": 1, "day": 1, "label": "x" * 41}]}, "dates"),
        ({"dates": [{"month": 1, "day": 1}]}, "dates"),
        ({"dates": [BIRTHDAY] * 61}, "dates"),
        ({"moon": True}, "calendar"),
    ],
)
def test_what_is_no_calendar_is_refused_beside_its_field(asked, field):
    with pytest.raises(BadInput) as refusal:
        changed(defaults(at=NOON), asked, at=NOON)

    assert next(iter(refusal.value.details)) == field
    assert "calendar" in refusal.value.details


def test_labels_are_screened():
    with pytest.raises(BadInput) as refusal:
        changed({}, {"dates": [{"month": 1, "day": 1, "label": "heil hitler"}]}, at=NOON)

    assert list(refusal.value.details) == ["dates"]


def test_sheets_run_from_the_first_month_into_the_next_year():
    calendar = {**defaults(at=NOON), "start_month": 9}

    assert month_of("month-01", calendar) == (2027, 9)
    assert month_of("month-04", calendar) == (2027, 12)
    assert month_of("month-05", calendar) == (2028, 1)
    assert month_of("month-12", calendar) == (2028, 8)
    assert [month_of(name, calendar) for name in ("cover", "month-00", "month-13", "month-x", "front")] == [None] * 5


def test_a_sheet_is_called_by_its_month_and_by_its_year_where_there_are_two():
    calendar = defaults(at=NOON)

    assert title_of("month-03", calendar, otherwise="March") == "March"
    assert title_of("month-05", {**calendar, "start_month": 9}, otherwise="May") == "January 2028"
    assert title_of("cover", calendar, otherwise="Cover") == "Cover"


@pytest.mark.usefixtures("shelf")
class TestInADesign:
    def test_a_new_calendar_has_the_habits_of_its_shops_country(self):
        shop = ShopFactory(country="DE")
        design = editing.create_design(AccountFactory(), shop, kind="calendar", format_code=SQUARE, at=NOON)

        assert design.calendar == calendars.defaults("DE", at=NOON)
        assert design.pages.count() == 13

    def test_a_change_counts_a_version_and_a_refused_one_changes_nothing(self):
        design = CalendarFactory()
        editing.change_design(design, calendar={"year": 2028}, at=NOON)
        with pytest.raises(BadInput):
            editing.change_design(design, calendar={"year": 2029, "start_month": 99}, at=NOON)
        stored = Design.objects.get(pk=design.pk)

        assert (stored.calendar["year"], stored.version) == (2028, 2)

    def test_two_tabs_that_change_two_options_both_have_their_way(self):
        design = CalendarFactory()
        stale = Design.objects.get(pk=design.pk)
        editing.change_design(design, calendar={"year": 2028}, at=NOON)
        editing.change_design(stale, calendar={"week_start": 0}, at=NOON)
        stored = Design.objects.get(pk=design.pk).calendar

        assert (stored["year"], stored["week_start"]) == (2028, 0)

    def test_a_card_has_no_dates(self):
        with pytest.raises(BadInput) as refusal:
            editing.change_design(DesignFactory(), calendar={"year": 2028}, at=NOON)

        assert refusal.value.details == {"calendar": ["A card has no dates."]}
