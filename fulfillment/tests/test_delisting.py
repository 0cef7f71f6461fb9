from datetime import timedelta

import pytest

from accounts.models import Shop
from billing.models import Price
from cardmaker.core.jobs import Later
from cardmaker.core.models import Job
from fulfillment.models import Checkout, Listing, Order
from fulfillment.sales import delisting, selling
from fulfillment.tests.factories import NOON, World, a_format, a_listing, a_proof

LONG_AFTER = NOON + timedelta(days=31)
LONGER_AFTER = LONG_AFTER + timedelta(days=31)


@pytest.fixture
def listing(world: World) -> Listing:
    """A listing that nobody bought of; all others are wanted today."""
    Listing.objects.update(wanted_at=LONGER_AFTER)
    listing = a_listing(a_proof(world.account, world.item))
    Listing.objects.filter(pk=listing.pk).update(wanted_at=NOON)
    listing.refresh_from_db()
    return listing


def taken_down(world: World, listing: Listing, *, at=LONG_AFTER) -> Listing:
    delisting.take_down(Listing.objects.get(pk=listing.pk), shopify=world.shop, at=at)  # type: ignore[arg-type]
    return Listing.objects.get(pk=listing.pk)


def test_what_nobody_bought_is_archived_and_later_deleted(world: World, listing: Listing):
    first, again = taken_down(world, listing), taken_down(world, listing)
    gone = taken_down(world, listing, at=LONGER_AFTER)

    assert [(each.state, each.archived_at) for each in (first, again)] == [("archived", LONG_AFTER)] * 2
    assert gone.state == "deleted"
    assert world.shop.statuses == {listing.shopify_product_id: "ARCHIVED"}
    assert world.shop.gone == {listing.shopify_product_id}


def test_each_is_queued_in_its_time_and_no_more_than_a_batch(world: World, listing: Listing, monkeypatch):
    other = a_listing(a_proof(world.account, world.item))
    Listing.objects.filter(pk=other.pk).update(wanted_at=NOON - timedelta(days=1))
    monkeypatch.setattr(delisting, "MOST_AT_ONCE", 1)

    assert delisting.queue_due(at=NOON + timedelta(days=29)) == 0
    assert delisting.queue_due(at=LONG_AFTER) == 1
    assert list(Job.objects.filter(kind=delisting.TAKE_DOWN).values_list("subject", flat=True)) == [str(other.pk)]


@pytest.mark.parametrize("state", ["awaiting_payment", "held", "approved", "in_production", "needs_attention"])
def test_what_is_in_an_order_under_way_stays(world: World, state: str):
    order = world.order()
    Listing.objects.update(wanted_at=NOON)
    Order.objects.filter(pk=order.pk).update(state=state)

    listing = taken_down(world, world.listing)

    assert (listing.state, world.shop.statuses) == ("published", {})
    assert world.listing not in delisting.to_archive(at=LONG_AFTER)


def test_what_was_delivered_long_ago_goes(world: World):
    order = world.order()
    Listing.objects.update(wanted_at=NOON)
    Order.objects.filter(pk=order.pk).update(state="delivered")

    assert taken_down(world, world.listing).state == "archived"


def test_what_somebody_wants_to_buy_stays(world: World, listing: Listing):
    Checkout.objects.create(account=world.account, product=listing.product, listing=listing, quantity=1)
    Checkout.objects.update(created_at=LONG_AFTER - timedelta(days=1))

    assert taken_down(world, listing).state == "published"


def test_a_worker_that_died_in_between_is_followed_by_another(world: World, listing: Listing):
    Listing.objects.filter(pk=listing.pk).update(state="archiving", archived_at=LONG_AFTER)

    assert delisting.queue_due(at=LONG_AFTER + timedelta(hours=2)) == 1
    assert taken_down(world, listing, at=LONG_AFTER + timedelta(hours=2)).state == "archived"


def test_a_buyer_who_comes_during_the_call_gets_his_product(world: World, listing: Listing):
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")

    class Slow(type(world.shop)):  # type: ignore[misc]
        def archive_product(self, product_gid):
            purchase = selling.Purchase(quantity=1, shows_design=True, accepts_warnings=False)
            proof = listing.product.proof
            selling.start_checkout(proof, purchase, account=world.account, shop=proof.shop, at=LONG_AFTER)
            return super().archive_product(product_gid)

    world.shop.__class__ = Slow
    after = taken_down(world, listing)
    checkout = Checkout.objects.get(product=listing.product)
    too_early = selling.open_checkout(checkout, shopify=world.shop, at=LONG_AFTER)  # type: ignore[arg-type]
    selling.open_checkout(checkout, shopify=world.shop, at=LONG_AFTER + timedelta(minutes=2))  # type: ignore[arg-type]

    assert (after.state, too_early) == ("pending", Later(5.0))
    assert Job.objects.filter(kind=delisting.PUSH).count() == 1
    assert (Checkout.objects.get().state, Listing.objects.get(pk=listing.pk).state) == ("ready", "published")


def test_a_product_that_the_merchant_deleted_is_marked_as_gone(world: World, listing: Listing):
    world.shop.gone.add(listing.shopify_product_id)

    assert taken_down(world, listing).state == "deleted"


def test_formats_are_never_taken_down_but_hidden_when_the_shop_sells_designs(world: World):
    Listing.objects.update(wanted_at=LONGER_AFTER)
    fields = {"shop": Shop.objects.house(), "format": a_format(), "handle": "f", "variant_id": "gid://v/1"}
    hidden = Listing.objects.create(**fields, state="published", visible=True, shopify_product_id="gid://p/1")

    assert delisting.queue_due(at=LONGER_AFTER) == 1
    assert Job.objects.get(kind=delisting.PUSH).subject == str(hidden.pk)
    Shop.objects.update(strategy=Shop.Strategy.PER_FORMAT)
    assert delisting.queue_due(at=LONGER_AFTER) == 0
