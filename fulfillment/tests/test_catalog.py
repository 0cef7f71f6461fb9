"""The supplier's names of printed sides, as our positions."""

import pytest

from fulfillment.sales import catalog
from fulfillment.suppliers.base import Space
from fulfillment.tests.factories import a_format

pytestmark = pytest.mark.django_db
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december"]  # fmt: skip
SHEETS = [f"month-{number:02d}" for number in range(1, 13)]


def spaces(names):
    return [Space(name, index, 3454, 2725, name) for index, name in enumerate(names, 1)]


def a_calendar():
    calendar = a_format("calendar-wall-landscape", ("cover", *SHEETS))
    calendar.kind = "calendar"
    return calendar


def test_a_dated_calendar_begins_in_january():
    positions = catalog.positions_of(a_calendar(), spaces(["front_cover", *MONTHS]))

    assert [(each["position"], each["space_id"]) for each in positions] == list(
        zip(["cover", *SHEETS], ["front_cover", *MONTHS], strict=True)
    )


def test_the_sheets_of_an_undated_one_are_counted():
    names = ["Cover", *(f"Month {number}" for number in range(1, 13))]

    positions = catalog.positions_of(a_calendar(), spaces(names))

    assert [each["position"] for each in positions] == ["cover", *SHEETS]


def test_a_month_means_nothing_on_a_card():
    with pytest.raises(catalog.UnknownSpace):
        catalog.positions_of(a_format(), spaces(["front", "january"]))


@pytest.mark.parametrize("names", [["front_cover", *MONTHS[:11]], ["front_cover", "back_cover", *MONTHS]])
def test_pages_too_few_or_too_many_are_refused(names):
    with pytest.raises(catalog.UnknownSpace):
        catalog.positions_of(a_calendar(), spaces(names))
