import pytest
from django.core.management import call_command

from accounts.models import Shop
from billing.guardrails import Stopped, paid_calls_open
from billing.models import Guardrails, Price
from billing.prices import NotPriced, price_of
from cardmaker.core.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return Shop.objects.create(kind="shopify", code="other", domain="other.example", currency="EUR")


@pytest.fixture
def prices(shop):
    call_command("loaddata", "prices", verbosity=0)


def test_the_house_sells_cards_at_the_default_price(prices, shop):
    assert price_of(shop.pk, "card-5x7-flat", 1) == Money(490, "USD")
    assert price_of(shop.pk, "card-5x7-folded", 3) == Money(1_770, "USD")


def test_a_shops_own_price_wins_for_that_shop_alone(prices, shop):
    cheap = Shop.objects.create(kind="shopify", code="cheap", domain="cheap.example")
    Price.objects.create(shop=cheap, format_code="card-5x7-flat", amount_minor=399, currency="USD")

    assert (price_of(cheap.pk, "card-5x7-flat", 1).minor, price_of(shop.pk, "card-5x7-flat", 1).minor) == (399, 490)


def test_a_default_in_another_currency_is_no_price(prices, other):
    with pytest.raises(NotPriced, match="EUR"):
        price_of(other.pk, "card-5x7-flat", 1)
    Price.objects.create(shop=other, format_code="card-5x7-flat", amount_minor=450, currency="EUR")

    assert price_of(other.pk, "card-5x7-flat", 2) == Money(900, "EUR")


def test_the_kill_switch_of_paid_calls_stops_them_alone():
    Guardrails.objects.update(supplier_orders_stopped=True)
    paid_calls_open()

    Guardrails.objects.update(paid_calls_stopped=True)
    with pytest.raises(Stopped) as stopped:
        paid_calls_open()
    assert stopped.value.retry_after == 60
