"""Both ways of selling, by the same tests: in memory for the rules, over the sandbox from Buy to the order."""

from datetime import timedelta

import pytest

from accounts.models import Account, Shop
from billing.models import Price
from cardmaker.core.money import Money
from designs.models import Proof
from fulfillment.models import Checkout, Listing, Order, SupplierItem
from fulfillment.orders import intake
from fulfillment.sales import selling
from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.fake import FakeShop
from fulfillment.shopify.permalinks import CartLine
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.shopify.storefront import StorefrontClient
from fulfillment.suppliers.tests.sandboxed import DOMAIN, TOKEN, shop_url
from fulfillment.tests.factories import LATER, NOON, World, a_proof

PER_DESIGN, PER_FORMAT = Shop.Strategy.PER_DESIGN, Shop.Strategy.PER_FORMAT
BOTH = pytest.mark.parametrize("strategy", [PER_DESIGN, PER_FORMAT])


@pytest.fixture(autouse=True)
def price(db: None) -> Price:
    return Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")


def choose(strategy: str) -> None:
    Shop.objects.update(strategy=strategy)


def bought(
    world: World, proof: Proof, shop: FakeShop | ShopifyShop, *, quantity: int = 1, shows: bool = True
) -> Checkout:
    """A press of Buy, pushed and ready."""
    purchase = selling.Purchase(quantity=quantity, shows_design=shows, accepts_warnings=False)
    house = Shop.objects.house()
    checkout = selling.start_checkout(proof, purchase, account=world.account, shop=house, at=NOON)
    selling.open_checkout(Checkout.objects.get(pk=checkout.pk), shopify=shop, at=NOON)  # type: ignore[arg-type]
    return Checkout.objects.get(pk=checkout.pk)


def line_of(world: World, checkout: Checkout, **changes: object):
    line = checkout.cart_line
    fields = {"variant_gid": line["variant_id"], "properties": line["properties"], "unit_minor": 490}
    return world.line(**{**fields, **changes})


@BOTH
def test_a_bought_design_is_recognized_for_its_proof(world: World, strategy: str):
    choose(strategy)
    proof = a_proof(world.account, world.item)
    checkout = bought(world, proof, world.shop)

    order = world.order(lines=(line_of(world, checkout),))

    line = order.lines.get()
    assert (line.proof, line.product, line.item, line.problem) == (proof, checkout.product, world.item, "")


@BOTH
@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [("_item", "SIM-Cheaper", "altered_property"), ("_sig", "v1.forged", "altered_property"), ("_proof", "other", "")],
)
def test_a_property_that_the_browser_changed_is_held_with_a_reason(
    world: World, strategy: str, name: str, value: str, problem: str
):
    choose(strategy)
    checkout = bought(world, a_proof(world.account, world.item), world.shop)
    other = bought(world, a_proof(world.account, world.item), world.shop)
    changed = str(other.product.proof_id) if value == "other" else value

    order = world.order(
        lines=(line_of(world, checkout, properties=checkout.cart_line["properties"] | {name: changed}),)
    )

    assert order.blocking_reasons()[0]["code"] == (problem or "altered_property")
    assert order.lines.get().proof is None


@BOTH
def test_a_line_below_every_price_it_was_offered_at_is_held(world: World, strategy: str, price: Price):
    choose(strategy)
    proof = a_proof(world.account, world.item)
    checkout = bought(world, proof, world.shop)

    cheap = world.order(lines=(line_of(world, checkout, unit_minor=489),))
    Price.objects.update(amount_minor=400)
    bought(world, a_proof(world.account, world.item) if strategy == PER_FORMAT else proof, world.shop)
    sale = world.order(lines=(line_of(world, checkout, unit_minor=400),))
    Price.objects.update(amount_minor=600)
    bought(world, proof, world.shop)
    old_cart = world.order(lines=(line_of(world, checkout, unit_minor=400),))

    assert [row["code"] for row in cheap.blocking_reasons()] == ["price_changed"]
    assert [order.blocking_reasons() for order in (sale, old_cart)] == [[], []]


@BOTH
def test_old_carts_outlive_a_change_of_strategy_and_of_keys(world: World, strategy: str, settings):
    choose(strategy)
    proof = a_proof(world.account, world.item)
    old = bought(world, proof, world.shop)
    choose(PER_FORMAT if strategy == PER_DESIGN else PER_DESIGN)
    settings.LINE_PROPERTY_KEY_FALLBACKS = [settings.LINE_PROPERTY_KEY]
    settings.LINE_PROPERTY_KEY = "another-key"

    new = bought(world, proof, world.shop)
    order = world.order(lines=(line_of(world, old), line_of(world, new, gid="gid://shopify/LineItem/2")))

    assert old.cart_line["variant_id"] != new.cart_line["variant_id"]
    assert [(line.proof, line.problem) for line in order.lines.order_by("external_ref")] == [(proof, "")] * 2


@BOTH
def test_a_product_that_the_shop_deleted_since_is_still_printed(world: World, strategy: str):
    choose(strategy)
    checkout = bought(world, a_proof(world.account, world.item), world.shop)
    unread = world.order(lines=(line_of(world, checkout, variant_gid="", product_gid=""),))
    read = world.order(lines=(line_of(world, checkout),))
    Listing.objects.update(variant_id="gid://shopify/ProductVariant/999")

    read = world.read_again(read, lines=(line_of(world, checkout, variant_gid="", product_gid=""),))

    assert [order.blocking_reasons() for order in (unread, read)] == [[], []]
    assert read.lines.get().product == checkout.product


@BOTH
def test_buying_twice_pushes_once_and_another_price_is_told_again(world: World, strategy: str, price: Price):
    choose(strategy)
    proof = a_proof(world.account, world.item)
    checkouts = [bought(world, proof, world.shop), bought(world, proof, world.shop)]
    pushes = len(world.shop.pushes)
    Price.objects.update(amount_minor=550)

    listing = bought(world, proof, world.shop).sold_by

    assert pushes == 1
    assert {checkout.sold_by for checkout in checkouts} == {listing}
    assert (listing.state, listing.told_minor) == ("published", 550)


def test_designs_of_a_format_share_one_product_that_the_shop_shows(world: World):
    choose(PER_FORMAT)
    first, second = a_proof(world.account, world.item), a_proof(world.account, world.item)
    lines = [bought(world, proof, world.shop).cart_line for proof in (first, second)]

    (push,) = world.shop.pushes.values()
    assert (push.status, push.price, push.title) == ("ACTIVE", Money(490, "USD"), "Your own card · Flat card, 5 × 7 in")
    assert lines[0]["variant_id"] == lines[1]["variant_id"]
    assert [line["properties"]["Design"] for line in lines] == [p.pk.hex[:6].upper() for p in (first, second)]


def test_what_the_merchant_made_of_a_formats_product_stays(world: World, price: Price):
    choose(PER_FORMAT)
    proof = a_proof(world.account, world.item)
    listing = bought(world, proof, world.shop).sold_by
    world.shop.pushes.clear()
    Price.objects.update(amount_minor=550)

    bought(world, proof, world.shop)

    assert world.shop.pushes == {}
    assert world.shop.prices == {listing.variant_id: Money(550, "USD")}


def test_a_formats_product_that_was_deleted_is_made_again(world: World, price: Price):
    choose(PER_FORMAT)
    proof = a_proof(world.account, world.item)
    listing = bought(world, proof, world.shop).sold_by
    world.shop.gone.add(listing.shopify_product_id)
    Price.objects.update(amount_minor=550)
    world.shop.pushes.clear()

    bought(world, proof, world.shop)

    assert list(world.shop.pushes) == [listing.handle]


def test_a_shop_that_turns_to_products_for_designs_shows_the_formats_no_longer(world: World):
    choose(PER_FORMAT)
    proof = a_proof(world.account, world.item)
    listing = bought(world, proof, world.shop).sold_by
    choose(PER_DESIGN)

    selling.push(Listing.objects.get(pk=listing.pk), shopify=world.shop, at=LATER)  # type: ignore[arg-type]

    listing.refresh_from_db()
    assert world.shop.statuses == {listing.shopify_product_id: "UNLISTED"}
    assert (listing.state, listing.visible) == ("published", False)


@pytest.mark.parametrize("limit", ["SHOPIFY_MOST_PRODUCTS", "SHOPIFY_PRODUCTS_A_DAY"])
def test_a_shop_without_room_for_products_sells_by_the_format(world: World, settings, limit: str):
    setattr(settings, limit, 1 if limit == "SHOPIFY_PRODUCTS_A_DAY" else 3)
    first = bought(world, a_proof(world.account, world.item), world.shop).sold_by

    second = bought(world, a_proof(world.account, world.item), world.shop).sold_by

    assert (first.product is not None, second.product is not None) == (True, False)
    assert world.shop.pushes[second.handle].status == "UNLISTED"


def test_a_design_that_is_not_to_be_shown_has_no_picture_on_its_line(world: World):
    choose(PER_FORMAT)
    proof = a_proof(world.account, world.item)

    shown, hidden = (bought(world, proof, world.shop, shows=shows) for shows in (True, False))

    assert shown.cart_line["properties"]["_picture"].startswith("http")
    assert "_picture" not in hidden.cart_line["properties"]


@pytest.mark.sandbox
@BOTH
def test_two_designs_go_through_the_sandboxs_checkout_with_a_discount(
    world: World,
    strategy: str,
    sandbox,
):
    """From the press of Buy to the order that is read, with everything over HTTP."""
    choose(strategy)
    url = shop_url(sandbox)
    admin = AdminClient(DOMAIN, TOKEN, base_url=url, api_version="2026-10")
    shop = ShopifyShop(admin, storefront=StorefrontClient(url, api_version="2026-10"), base_url=url)
    checkouts = [bought(world, a_proof(world.account, world.item), shop, quantity=count) for count in (1, 2)]
    lines = [CartLine(c.cart_line["variant_id"], c.quantity, c.cart_line["properties"]) for c in checkouts]

    cart = shop.checkout_url(lines)
    placed = sandbox.http.post(cart, json={"discount_percent": 20}).json()["order"]
    read = shop.read_order(placed["id"])
    key = intake.hear(Shop.objects.house(), placed["id"], at=NOON)
    order = intake.record(Order.objects.get(pk=key), read, at=NOON + timedelta(seconds=1))

    assert [(line.quantity, line.problem, line.proof) for line in order.lines.order_by("quantity")] == [
        (1, "", checkouts[0].product.proof),
        (2, "", checkouts[1].product.proof),
    ]
    assert order.blocking_reasons() == []
    state = sandbox.state()["shopify"]["products"]
    assert [product["status"] for product in state] == ["UNLISTED"] * 2 if strategy == PER_DESIGN else ["ACTIVE"]


def test_somebody_elses_shop_cannot_sell_by_our_listing(world: World):
    choose(PER_FORMAT)
    proof = a_proof(world.account, world.item)
    checkout = bought(world, proof, world.shop)
    other = Shop.objects.create(kind="shopify", code="ada", name="Ada", domain="ada.myshopify.com")
    Listing.objects.filter(pk=checkout.sold_by.pk).update(shop=other)

    order = world.order(lines=(line_of(world, checkout),))

    assert [row["code"] for row in order.blocking_reasons()] == ["unknown_variant"]
    assert SupplierItem.objects.count() == 1
    assert Account.objects.count() > 1
