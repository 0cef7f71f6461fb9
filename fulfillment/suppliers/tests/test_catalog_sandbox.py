"""Our catalog's rows are what the stand-ins say, and follow them when they change."""

import pytest
from django.core.management import call_command

from designs.models import PrintSpec
from fulfillment.models import SupplierItem
from fulfillment.sales import catalog
from fulfillment.suppliers.tests.sandboxed import gooten_at, printify_at
from fulfillment.tests.factories import NOON

pytestmark = [pytest.mark.sandbox, pytest.mark.django_db]
LANDSCAPE = "990253/234/990860"


@pytest.fixture
def rows(db):
    call_command("loaddata", "formats", "catalog", verbosity=0)


def told(drift):
    return [(each.item.sku, each.what) for each in drift]


@pytest.mark.parametrize("supplier_at", [gooten_at, printify_at])
def test_the_rows_that_we_begin_with_are_true(sandbox, rows, supplier_at):
    assert told(catalog.sync(supplier_at(sandbox), at=NOON, write=False)) == []


def test_every_calendar_format_has_a_dated_item_and_one_of_whole_pages(rows):
    offered = SupplierItem.objects.filter(format__kind="calendar", year__in=[2027]) | SupplierItem.objects.filter(
        format__kind="calendar", year=None
    )

    found = sorted(offered.values_list("format_id", "supplier", "draws_grid", "assumed"))
    assert found == [
        (f"calendar-wall-{shape}", supplier, supplier == "printify", True)
        for shape in ("landscape", "portrait", "square")
        for supplier in ("gooten", "printify")
    ]


def test_new_sizes_are_told_and_become_a_new_print_spec(sandbox, rows):
    printify = printify_at(sandbox)
    sandbox.change_printify(990253, sizes={"january": [3500, 2725]})
    old = SupplierItem.objects.get(sku=LANDSCAPE).print_spec

    assert told(catalog.sync(printify, at=NOON, write=False)) == [
        (LANDSCAPE, "the printed sides have other ids or sizes")
    ]
    catalog.sync(printify, at=NOON, write=True)
    item = SupplierItem.objects.get(sku=LANDSCAPE)

    assert told(catalog.sync(printify, at=NOON, write=True)) == []
    assert [item.print_spec.positions[number]["width_px"] for number in (0, 1, 2)] == [3454, 3500, 3454]
    assert (item.cost_minor, item.checked_at, PrintSpec.objects.filter(pk=old.pk).exists()) == (1439, NOON, True)


def test_a_calendar_of_last_year_is_taken_off_the_list(sandbox, rows):
    sandbox.change_printify(1253, dropped=True)

    assert told(catalog.sync(printify_at(sandbox), at=NOON, write=True)) == [("1253/234/94860", "no longer offered")]
    assert SupplierItem.objects.get(sku="1253/234/94860").active is False
