"""From a proof to the shop's checkout: one product, one push, one link, and nothing that must not be sold."""

import pytest

from accounts.models import Shop
from billing.models import Price
from cardmaker.core.errors import BadInput
from cardmaker.core.models import Job
from designs.models import Proof
from fulfillment.models import Checkout, Draft, Listing, Product, SupplierItem
from fulfillment.sales import lineproperties, selling
from fulfillment.sales.reordering import reorder
from fulfillment.sales.selling import ConsentNeeded, ProofBlocked, ProofNotReady, Purchase, SoldElsewhere
from fulfillment.shopify.fake import FakeShop
from fulfillment.tests.factories import NOON, World, a_proof

WARN = [{"code": "low_dpi", "level": "warn", "message": "This will look soft.", "position": "front"}]
BLOCK = [{"code": "too_low_dpi", "level": "block", "message": "This is too coarse to print.", "position": "front"}]


@pytest.fixture(autouse=True)
def price(db):
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")


def buy(world: World, proof: Proof, **changes) -> Checkout:
    purchase = Purchase(**{"quantity": 1, "shows_design": True, "accepts_warnings": False, **changes})
    return selling.start_checkout(proof, purchase, account=world.account, shop=proof.shop, at=NOON)


def open_(checkout: Checkout, world: World) -> Checkout:
    selling.open_checkout(Checkout.objects.get(pk=checkout.pk), shopify=world.shop, at=NOON)
    return Checkout.objects.get(pk=checkout.pk)


def test_a_checkout_pushes_the_product_and_answers_a_link(world: World):
    proof = a_proof(world.account, world.item)

    checkout = open_(buy(world, proof, quantity=2), world)

    listing = Listing.objects.get(product__proof=proof)
    push = world.shop.pushes[listing.handle]
    assert (push.price.minor, push.price.currency) == (490, "USD")
    assert (checkout.state, checkout.url) == ("ready", "https://shop.example.com/cart/5001:2")
    assert checkout.cart_line["properties"]["_proof"] == str(proof.pk)


def test_the_properties_are_signed_for_exactly_this_variant(world: World):
    properties = selling.properties_of(world.listing)
    claim = lineproperties.Claim(
        shop_id=str(world.proof.shop_id),
        proof_id=str(world.proof.pk),
        digest=world.proof.digest,
        supplier="gooten",
        item=world.item.sku,
        variant=world.listing.variant_id,
    )

    assert lineproperties.problem(properties, claim) is None


def test_opening_twice_pushes_once_and_buying_twice_is_one_product(world: World):
    proof = a_proof(world.account, world.item)
    first = open_(buy(world, proof), world)
    open_(first, world)
    open_(buy(world, proof), world)

    assert Product.objects.filter(proof=proof).count() == 1
    assert len(world.shop.pushes) == 1


def test_a_proof_that_is_not_ready_is_not_sold(world: World):
    ready = world.proof
    proof = Proof(state=Proof.State.RENDERING, design=ready.design, shop=ready.shop, format=ready.format)
    with pytest.raises(ProofNotReady):
        buy(world, proof)


@pytest.mark.parametrize("quantity", [0, -1, 10_000])
def test_a_quantity_out_of_range_is_refused_beside_its_field(world: World, quantity: int):
    with pytest.raises(BadInput) as refusal:
        buy(world, a_proof(world.account, world.item), quantity=quantity)

    assert refusal.value.details == {"quantity": ["Choose between 1 and 500 copies."]}
    assert Checkout.objects.count() == 0


def test_a_blocked_proof_is_not_sold_whatever_the_buyer_accepts(world: World):
    with pytest.raises(ProofBlocked):
        buy(world, a_proof(world.account, world.item, warnings=BLOCK), accepts_warnings=True)


def test_a_warning_needs_the_buyers_yes(world: World):
    proof = a_proof(world.account, world.item, warnings=WARN)
    with pytest.raises(ConsentNeeded):
        buy(world, proof)

    assert buy(world, proof, accepts_warnings=True).accepted_warnings is True


def test_a_picture_that_is_no_longer_wanted_is_taken_off_the_shop(world: World):
    proof = a_proof(world.account, world.item)
    open_(buy(world, proof), world)
    world.shop.pushes.clear()

    open_(buy(world, proof, shows_design=False), world)

    listing = Listing.objects.get(product__proof=proof)
    assert (listing.shows_design, listing.state) == (False, "published")
    assert list(world.shop.pushes) == [listing.handle]  # pushed again: the picture's address shows another one now


def test_a_price_that_changed_is_told_to_the_shop_at_the_next_checkout(world: World):
    proof = a_proof(world.account, world.item)
    first = open_(buy(world, proof), world)
    Price.objects.update(amount_minor=590)

    again = open_(buy(world, proof), world)

    listing = Listing.objects.select_related("product").get(product__proof=proof)
    assert world.shop.pushes[listing.handle].price.minor == 590
    assert (listing.product.amount_minor, listing.product.least_minor, listing.state) == (590, 490, "published")
    assert first.url == again.url  # the same variant: what was in a cart meanwhile is charged at the shop's price


@pytest.mark.parametrize(("unit_minor", "problem"), [(590, ""), (490, ""), (489, "price_changed")])
def test_an_order_at_an_earlier_price_is_honoured_and_nothing_below(world: World, unit_minor: int, problem: str):
    Price.objects.update(amount_minor=590)
    buy(world, world.proof)

    order = world.order(lines=(world.line(unit_minor=unit_minor),))

    assert order.lines.get().problem == problem


def test_a_price_that_changes_during_the_push_leaves_the_listing_to_be_pushed_again(world: World):
    proof = a_proof(world.account, world.item)
    checkout = buy(world, proof)

    class Slow(FakeShop):
        def push_product(self, push):
            Product.objects.filter(proof=proof).update(amount_minor=590)
            return super().push_product(push)

    selling.open_checkout(Checkout.objects.get(pk=checkout.pk), shopify=Slow(), at=NOON)

    assert Listing.objects.get(product__proof=proof).state == "pending"


def test_a_reorder_shows_no_picture_that_was_hidden_before(world: World):
    order = world.order()
    Listing.objects.filter(pk=world.listing.pk).update(shows_design=False)

    reorder(order, at=NOON)

    world.listing.refresh_from_db()
    assert (world.listing.shows_design, world.listing.state) == (False, "published")


def test_a_card_made_in_another_shop_is_not_sold_here(world: World):
    # Its line would be signed for this shop and never be found there: paid, and held for ever.
    other = Shop.objects.create(kind="shopify", code="other", name="Other", domain="other.myshopify.com")
    purchase = Purchase(quantity=1, shows_design=True, accepts_warnings=False)

    with pytest.raises(SoldElsewhere):
        selling.start_checkout(world.proof, purchase, account=world.account, shop=other, at=NOON)

    assert Checkout.objects.count() == 0


def test_a_calendar_is_ordered_again_by_one_press_and_no_picture_is_made(world: World):
    SupplierItem.objects.update(draws_grid=True, year=2027)
    made = {"started_at": NOON, "ready_at": NOON, "state": "ready", "mockups": [{"url": "u", "file": "ab/1.webp"}]}
    Draft.objects.create(proof=world.proof, item=world.item, refs={"product": "1"}, **made)

    again = reorder(world.order(), at=NOON)

    assert (again.product.proof_id, again.confirms_dates) == (world.proof.pk, True)
    assert Job.objects.filter(kind__startswith="designs.").count() == 0
