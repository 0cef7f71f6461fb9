"""What a proof is offered for: the shop's own delivery, the total it will charge, and no sale that costs us money."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from billing.models import Price
from cardmaker.core.money import Money
from fulfillment.models import Checkout, DeliveryOption, ShippingQuote, SupplierItem
from fulfillment.sales import offers, rates
from fulfillment.shopify.delivery import Rate
from fulfillment.suppliers.base import Quote, SupplierRejected
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import NOON, World, an_item
from fulfillment.tests.test_api import client_of
from fulfillment.tests.test_selling import buy

STANDARD, EXPRESS = Rate("US", "Standard", Money(490, "USD")), Rate("US", "Express", Money(1290, "USD"))


@pytest.fixture(autouse=True)
def price(db):
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")


@pytest.fixture
def client(world: World) -> APIClient:
    return client_of(world.account)


def told(world: World, *found: Rate) -> None:
    world.shop.rates = list(found)
    rates.read_delivery(world.proof.shop, shopify=world.shop, at=NOON)


def quoted(world: World, first: int, further: int = 0, *, at=NOON) -> None:
    amounts = {"first_minor": first, "further_minor": further, "currency": "USD", "checked_at": at}
    ShippingQuote.objects.create(item=world.item, country="US", service="standard", **amounts)


def offer(world: World, *, quantity: int = 1, service: str = "") -> offers.Offer:
    return offers.offer_of(world.proof, quantity=quantity, service=service, at=NOON)


def test_the_total_is_the_pieces_and_the_delivery_that_was_chosen(world: World):
    told(world, EXPRESS, STANDARD)

    cheapest, chosen = offer(world, quantity=2), offer(world, quantity=2, service="Express")

    assert [option.service for option in cheapest.options or []] == ["Standard", "Express"]
    assert [str(found.total) for found in (cheapest, chosen)] == ["$14.70", "$22.70"]


def test_a_rate_for_large_orders_is_offered_to_those_alone(world: World):
    free = Rate("US", "Free", Money(0, "USD"), least_minor=2000)
    told(world, Rate("US", "Standard", Money(490, "USD"), most_minor=1999), free)

    assert [offer(world, quantity=copies).delivery.service for copies in (4, 5)] == ["Standard", "Free"]


def test_a_country_with_its_own_rates_does_not_get_those_of_the_rest(world: World):
    told(world, STANDARD, Rate("", "Worldwide", Money(100, "USD")))

    assert [option.service for option in offer(world).options or []] == ["Standard"]
    assert [option.service for option in rates.options_for(world.proof.shop_id, "DE", 490) or []] == ["Worldwide"]


def test_reading_the_rates_twice_keeps_them_once(world: World):
    for _ in range(2):
        told(world, STANDARD, EXPRESS)

    assert DeliveryOption.objects.count() == 2


def test_a_shop_that_told_nothing_shows_no_total_and_still_sells(world: World):
    assert (offer(world).options, offer(world).total, offer(world).is_sold) == (None, None, True)


@pytest.mark.parametrize(
    ("first", "further", "quantity", "margin"), [(349, 0, 1, 436), (349, 100, 3, 826), (785, 0, 1, 0), (786, 0, 1, -1)]
)
def test_the_margin_is_what_the_shop_charges_less_what_the_supplier_asks(world, first, further, quantity, margin):
    told(world, STANDARD, EXPRESS)
    quoted(world, first, further)

    found = offer(world, quantity=quantity)

    assert (found.margin_minor, found.is_sold) == (margin, margin >= 0)


def test_without_a_fresh_quote_the_items_worst_case_counts(world: World):
    told(world, STANDARD)
    quoted(world, 1, at=NOON - rates.FRESH_FOR - timedelta(seconds=1))

    assert offer(world).margin_minor == 490 + 490 - 195 - 349


def test_a_loss_is_not_sold_and_said(world: World, caplog):
    told(world, STANDARD)
    quoted(world, 2000)

    with pytest.raises(offers.SoldAtALoss) as refusal:
        buy(world, world.proof)

    assert refusal.value.message.startswith("We cannot send this to US at the moment.")
    assert Checkout.objects.count() == 0
    assert "is not sold: 1 pieces would leave -$12.15" in caplog.text


def test_the_api_tells_what_checkout_will_charge(client, world: World, django_assert_num_queries):
    told(world, STANDARD, EXPRESS)
    address = f"/api/v1/proofs/{world.proof.pk}/offer/"

    with django_assert_num_queries(8):
        answer = client.get(address, {"quantity": 3, "service": "Express"}).json()

    assert (answer["item"], answer["unit_price"]["text"], answer["goods"]["text"]) == ("Flat card", "$4.90", "$14.70")
    assert (answer["service"], answer["shipping"]["text"], answer["total"]["text"]) == ("Express", "$12.90", "$27.60")
    assert [option["price"]["text"] for option in answer["options"]] == ["$4.90", "$12.90"]
    assert client.get(address, {"quantity": 0}).status_code == 400


def test_a_stranger_gets_no_offer(world: World):
    assert APIClient().get(f"/api/v1/proofs/{world.proof.pk}/offer/").status_code == 404


class Pricing(FakeSupplier):
    """Four dollars the first, one each further; nothing to Canada."""

    def quote(self, lines, recipient, currency) -> Quote:
        if recipient.country == "CA":
            raise SupplierRejected("not there")
        return Quote(Money(300 + 100 * lines[0].quantity, currency), "standard", 5)


def test_quotes_are_kept_by_country_for_the_first_and_each_further(world: World):
    for _ in range(2):
        assert rates.read_quotes(world.item, supplier=Pricing(), at=NOON) == 1

    quotes = ShippingQuote.objects.values_list("country", "service", "first_minor", "further_minor", "days")
    assert list(quotes) == [("US", "standard", 400, 100, 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_queueing_the_rates_reads_shops_and_items_once(world: World, count: int):
    for number in range(count - 1):
        an_item(world.item.format, f"ITEM-{number}")

    assert rates.queue_all(at=NOON) == count + 1
    assert len(rates.sold_items()) == SupplierItem.objects.count()
