from datetime import timedelta

import pytest

from accounts.models import Shop
from cardmaker.core.models import Job
from fulfillment.models import Order, OrderCursor
from fulfillment.orders import intake, reconciling
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable
from fulfillment.tests.factories import NOON, World

HOUR = timedelta(hours=1)


def read(world: World, *, at=NOON) -> int:
    return reconciling.reconcile_shop(world.proof.shop, world.shop, at=at)


def readings() -> int:
    return Job.objects.filter(kind=intake.READ_ORDER).count()


def test_an_order_that_no_webhook_told_of_is_found_once(world: World):
    shop_order = world.shop_order(updated_at=NOON - HOUR)

    assert (read(world), readings()) == (1, 1)
    intake.record(Order.objects.get(external_ref=shop_order.gid), shop_order, at=NOON)
    assert (read(world), readings()) == (0, 1)


def test_a_change_since_the_last_reading_is_news(world: World):
    order = world.order()
    read(world)

    world.shop.change(order.external_ref, at=NOON + HOUR, financial_status="REFUNDED")

    assert read(world, at=NOON + HOUR) == 1


def test_the_next_reading_begins_an_hour_before_the_last_order(world: World):
    world.shop_order(updated_at=NOON - 3 * HOUR)
    read(world)
    asked = []

    class Asked(type(world.shop)):  # type: ignore[misc]
        def orders_updated_since(self, at):
            asked.append(at)
            return super().orders_updated_since(at)

    world.shop.__class__ = Asked
    read(world, at=NOON + HOUR)

    assert asked == [NOON - 4 * HOUR]


def test_a_reading_that_breaks_off_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reconciling, "AT_ONCE", 1)
    for hours in (5, 4, 3):
        world.shop_order(updated_at=NOON - hours * HOUR)

    class Breaking(type(world.shop)):  # type: ignore[misc]
        def orders_updated_since(self, at):
            yield from list(super().orders_updated_since(at))[:2]
            raise ShopifyUnavailable("Shopify did not answer")

    whole, world.shop.__class__ = world.shop.__class__, Breaking
    with pytest.raises(ShopifyUnavailable):
        read(world)
    cursor = OrderCursor.objects.get()
    world.shop.__class__ = whole

    assert (cursor.read_until, cursor.checked_at) == (NOON - 4 * HOUR, None)
    read(world)
    assert Order.objects.count() == 3


def test_an_order_that_is_not_ours_is_read_once(world: World):
    shop_order = world.shop_order(lines=(), updated_at=NOON)
    read(world)
    intake.record(Order.objects.get(external_ref=shop_order.gid), shop_order, at=NOON)

    assert read(world) == 0


def test_a_shop_that_refuses_says_so_on_its_cursor_and_stops_no_other(world: World):
    class Refusing(type(world.shop)):  # type: ignore[misc]
        def orders_updated_since(self, at):
            raise ShopifyRejected("Shopify refused orders_to_reconcile: HTTP 402")

    world.shop.__class__ = Refusing
    with pytest.raises(ShopifyRejected):
        read(world)

    assert OrderCursor.objects.get().last_error == "Shopify refused orders_to_reconcile: HTTP 402"
    Shop.objects.create(kind="shopify", code="ada", name="Ada", domain="ada.myshopify.com")
    assert reconciling.queue_all(at=NOON) == 2
    assert Job.objects.filter(kind=reconciling.READ_SHOP).count() == 2
