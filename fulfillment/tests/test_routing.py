"""Which item a proof is made for: the country's own route first, then rank, then cost; never what may not be sold."""

import json

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.urls import reverse

from fulfillment.models import Route, SupplierItem
from fulfillment.sales import routing
from fulfillment.sales.routing import NoRoute, choose
from fulfillment.tests.factories import a_format, an_item

JANUARY_2027 = {"year": 2027, "start_month": 1}

pytestmark = pytest.mark.django_db


@pytest.fixture
def cheap() -> SupplierItem:
    return an_item(a_format(), "CHEAP", cost_minor=100)


@pytest.fixture
def dear() -> SupplierItem:
    return an_item(a_format(), "DEAR", cost_minor=900)


def a_route(item: SupplierItem, **changes: object) -> Route:
    return Route.objects.create(**{"format": item.format, "item": item, "reason": "we like it", **changes})


def test_equals_by_rank_are_decided_by_cost(cheap, dear):
    choice = choose(a_format(), "us")

    assert (choice.item, choice.country, choice.reason) == (cheap, "US", "the only one that ships there")
    assert choice.route == Route.objects.get(item=cheap)


def test_the_lower_rank_goes_before_the_lower_cost(cheap, dear):
    Route.objects.filter(item=dear).update(rank=1)

    assert choose(a_format(), "US").item == dear


def test_a_countrys_own_route_goes_before_the_rank_of_any(cheap, dear):
    Route.objects.filter(item=cheap).update(rank=1)
    a_route(dear, country="CA", rank=500)

    assert [choose(a_format(), country).item for country in ("CA", "US")] == [dear, cheap]


@pytest.mark.parametrize("switched_off", [Route, SupplierItem])
def test_what_is_switched_off_is_not_chosen(cheap, dear, switched_off):
    switched_off.objects.filter(pk__in=[cheap.pk, Route.objects.get(item=cheap).pk]).update(active=False)

    assert choose(a_format(), "US").item == dear


def test_a_country_that_nobody_ships_to_is_refused_beside_its_field(cheap):
    with pytest.raises(NoRoute) as refusal:
        choose(a_format(), "JP")

    assert list(refusal.value.details) == ["country"]


def test_an_assumed_item_is_for_the_sandbox_only(cheap, settings):
    settings.SANDBOX = False

    with pytest.raises(NoRoute):
        choose(a_format(), "US")


@pytest.mark.parametrize(
    ("calendar", "fits"),
    [(JANUARY_2027, True), ({"year": 2026, "start_month": 1}, False), ({"year": 2027, "start_month": 9}, False)],
)
def test_a_dated_calendar_is_for_its_year_from_january(calendar, fits):
    assert routing.fits(SupplierItem(year=2027), calendar) is fits
    assert routing.fits(SupplierItem(year=None), calendar) is True


def test_a_year_that_nobody_prints_is_refused_with_the_years_that_are_printed(cheap):
    SupplierItem.objects.update(year=2027)

    with pytest.raises(NoRoute) as refusal:
        choose(a_format(), "US", calendar={"year": 2030, "start_month": 1})

    said = "For US this calendar is printed from January to December of 2027 only."
    assert refusal.value.details == {"calendar": [said]}


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_costs_one_query(count, django_assert_num_queries):
    items = [an_item(a_format(), f"ITEM-{number}") for number in range(count)]

    with django_assert_num_queries(1):
        choose(items[0].format, "US")


def test_the_countries_are_those_of_the_routes(cheap):
    Route.objects.update(country="CA")

    assert routing.countries(a_format()) == ["CA"]


@pytest.mark.parametrize(
    ("changes", "field"), [({"country": "JP"}, "country"), ({"country": "ca"}, "country"), ({}, "item")]
)
def test_the_admin_refuses_a_route_that_cannot_serve(admin_client, cheap, changes, field):
    other = a_format("card-5x7-folded")
    wanted = {"format": cheap.format_id if changes else other.pk, "country": "", "item": cheap.pk, "rank": 1}

    answer = admin_client.post(reverse("admin:fulfillment_route_add"), {**wanted, "reason": "nearer", **changes})

    assert list(answer.context["adminform"].form.errors) == [field]
    assert Route.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_routes_takes_the_same_queries_for_any_number(admin_client, count, django_assert_num_queries):
    for number in range(count):
        an_item(a_format(), f"ITEM-{number}")
    address = reverse("admin:fulfillment_route_changelist")
    admin_client.get(address)  # what is read once a process

    with django_assert_num_queries(7):
        admin_client.get(address)


def test_every_item_of_the_fixtures_has_its_route():
    call_command("loaddata", "formats", "catalog", "routes", verbosity=0)

    assert not SupplierItem.objects.filter(offers__isnull=True).exists()
    for route in Route.objects.select_related("item"):
        route.full_clean()
    rows = json.loads((django_settings.BASE_DIR / "fixtures" / "routes.json").read_text())
    assert len(rows) == Route.objects.count()
