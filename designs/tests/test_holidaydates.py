import pytest

from designs.imaging.monthgrid import Mark
from designs.year import holidaydates
from designs.year.holidaydates import marks_of

LEAP_DAY = {"month": 2, "day": 29, "label": "Ada"}


def marks(month, *, year=2027, holidays="", locale="en-US", dates=()):
    return list(marks_of({"holidays": holidays, "locale": locale, "dates": dates}, year, month))


def test_holidays_of_a_country_are_marked():
    assert marks(7, holidays="US") == [
        Mark(4, "Independence Day", "holiday"),
        Mark(5, "Independence Day (observed)", "holiday"),
    ]


def test_a_region_has_holidays_of_its_own():
    assert [mark.label for mark in marks(1, holidays="DE-BY", locale="de-DE")] == ["Neujahr", "Heilige Drei Könige"]
    assert [mark.label for mark in marks(1, holidays="DE-HH", locale="de-DE")] == ["Neujahr"]


@pytest.mark.parametrize(
    ("locale", "label"), [("de-AT", "Neujahr"), ("en-GB", "New Year's Day"), ("ja-JP", "New Year's Day")]
)
def test_holidays_are_named_in_the_calendar_s_language_or_in_english(locale, label):
    assert marks(1, holidays="DE", locale=locale)[0].label == label


@pytest.mark.parametrize(("locale", "label"), [("en-US", "Eid al-Fitr"), ("ar-AE", "عيد الفطر")])
def test_what_hangs_on_the_moon_says_so_beside_its_label(locale, label):
    assert marks(3, holidays="AE", locale=locale)[0] == Mark(9, label, "holiday", estimated=True)


def test_own_dates_stand_after_holidays_of_the_same_day():
    dates = [{"month": 7, "day": 4, "label": "Leo"}, {"month": 8, "day": 1, "label": "Pia"}]

    assert [mark.label for mark in marks(7, holidays="US", dates=dates)][:2] == ["Independence Day", "Leo"]
    assert marks(8, dates=dates) == [Mark(1, "Pia")]


@pytest.mark.parametrize(("year", "day"), [(2027, 28), (2028, 29), (2100, 28)])
def test_a_birthday_on_a_leap_day_stays_in_february(year, day):
    assert marks(2, year=year, dates=[LEAP_DAY]) == [Mark(day, "Ada")]


@pytest.mark.parametrize(
    ("code", "known"),
    [("US", True), ("DE-BY", True), ("DE-ZZ", False), ("XX", False), ("", False), ("DE-AUGSBURG", False)],
)
def test_only_known_countries_and_regions_are_taken(code, known):
    assert holidaydates.is_known(code) == known


def test_a_code_that_is_not_known_marks_nothing():
    assert marks(1, holidays="XX-YY") == []


@pytest.mark.parametrize("year", [2024, 2031, 2040])
def test_every_day_exists_in_its_month(year):
    for month in range(1, 13):
        for code in ("US", "GB-SCT", "JP", "IL", "IN", "CN"):
            assert all(1 <= mark.day <= 31 for mark in marks(month, year=year, holidays=code))
