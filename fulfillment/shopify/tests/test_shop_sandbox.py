"""The shop facade over real HTTP, against the sandbox's Shopify."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from cardmaker.core.money import Money
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable
from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.permalinks import CartLine
from fulfillment.shopify.shop import NoSuchOrder, NotRoutedYet, ProductPush, ShopifyShop
from fulfillment.shopify.storefront import StorefrontClient
from fulfillment.suppliers.tests.sandboxed import DOMAIN, TOKEN, shop_url

pytestmark = pytest.mark.sandbox
PARCEL = {"tracking_number": "1Z9", "carrier": "USPS", "tracking_url": "https://t.example/1Z9"}


def admin_of(sandbox, *, token=TOKEN, pause=lambda seconds: None):
    url = shop_url(sandbox)
    return AdminClient(DOMAIN, token, base_url=url, api_version="2026-10", pause=pause)


@pytest.fixture
def shop(sandbox):
    url = shop_url(sandbox)
    return ShopifyShop(admin_of(sandbox), storefront=StorefrontClient(url, api_version="2026-10"), base_url=url)


@pytest.fixture
def make_push(ours):
    def make(handle="card-7f3k9q2m5x8c1v4b", **changes):
        picture = ours.serve_picture(f"/{handle}.jpg", 800, 800)
        push = {
            "handle": handle, "title": "Your card", "description": "Folded", "price": Money(599, "USD"),
            "sku": f"CM-{handle}", "format_title": "5×7 folded card",
            "image_url": picture, "image_alt": "The front", "product_type": "Card",
        }  # fmt: skip
        return ProductPush(**push | changes)

    return make


@pytest.fixture
def buy(sandbox, shop, make_push):
    """Push a product, buy two of it by its permalink, and answer the order's gid once it is routed."""

    def buy(quantity=2, properties=None, **purchase):
        pushed = shop.push_product(make_push())
        link = shop.permalink(pushed.variant_gid, quantity, properties or {"_proof": "p-1", "Format": "5×7"})
        gid = sandbox.pay_at(link, **purchase)["id"]
        sandbox.wait_for(lambda state: state["shopify"]["orders"][0]["fulfillment_orders"])
        return gid

    return buy


def products(sandbox):
    return sandbox.state()["shopify"]["products"]


def test_a_product_is_pushed_once_however_often(sandbox, shop, make_push):
    first = shop.push_product(make_push())
    second = shop.push_product(make_push(price=Money(699, "USD")))

    assert second == first
    [product] = products(sandbox)
    assert (product["handle"], product["status"]) == ("card-7f3k9q2m5x8c1v4b", "UNLISTED")


def test_a_push_whose_answer_was_lost_makes_no_second_product(sandbox, shop, make_push):
    sandbox.fault("http_500_after", service="shopify", operation="productSet", times=1)

    with pytest.raises(ShopifyUnavailable):
        shop.push_product(make_push())
    shop.push_product(make_push())
    assert len(products(sandbox)) == 1


def test_a_throttled_push_waits_and_goes_on(sandbox, make_push):
    waits = []
    url = shop_url(sandbox)
    shop = ShopifyShop(
        admin_of(sandbox, pause=waits.append), storefront=StorefrontClient(url, api_version="2026-10"), base_url=url
    )
    sandbox.fault("throttled", service="shopify", times=2)

    shop.push_product(make_push())
    assert len(waits) == 2


def test_a_wrong_token_is_refused(sandbox):
    with pytest.raises(ShopifyRejected) as caught:
        admin_of(sandbox, token="wrong").run("app_state")

    assert caught.value.codes == {"TOKEN_REFUSED"}


def test_the_shop_says_what_it_is(shop):
    state = shop.state()

    assert (state.domain, state.currency, state.is_development) == (DOMAIN, "USD", True)
    assert "write_products" in state.scopes


def test_an_archived_product_cannot_be_bought_and_a_deleted_one_is_gone(sandbox, shop, make_push):
    pushed = shop.push_product(make_push())

    assert shop.archive_product(pushed.product_gid) is True
    assert httpx.get(shop.permalink(pushed.variant_gid, 1, {}), trust_env=False).status_code == 404
    assert shop.delete_product(pushed.product_gid) is True
    assert shop.delete_product(pushed.product_gid) is False


def test_an_order_is_read_as_it_was_bought(shop, buy):
    order = shop.read_order(buy(properties={"Format": "5×7", "_proof": "p-1", "_sig": "v1.abc"}))

    [line] = order.lines
    assert (order.financial_status, order.test, order.currency, order.cancelled_at) == ("PAID", False, "USD", None)
    assert (line.quantity, line.current_quantity, line.unit_minor, line.sku) == (2, 2, 599, "CM-card-7f3k9q2m5x8c1v4b")
    assert line.properties == {"Format": "5×7", "_proof": "p-1", "_sig": "v1.abc"}
    assert order.total_minor >= 1198
    assert order.address.country == "US"
    assert order.email != ""


def test_several_lines_are_bought_in_one_checkout_with_their_own_properties(sandbox, shop, make_push):
    lines = [
        CartLine(shop.push_product(make_push(f"card-{name}")).variant_gid, count, {"_proof": f"p-{name}"})
        for name, count in (("a", 1), ("b", 3))
    ]

    order = shop.read_order(sandbox.pay_at(shop.checkout_url(lines))["id"])

    assert [(line.variant_gid, line.quantity, line.properties) for line in order.lines] == [
        (line.variant_gid, line.quantity, line.properties) for line in lines
    ]


def test_an_unpublished_variant_makes_no_cart(shop):
    lines = [CartLine("gid://shopify/ProductVariant/999", 1), CartLine("gid://shopify/ProductVariant/998", 1)]

    with pytest.raises(ShopifyRejected):
        shop.checkout_url(lines)


def test_an_unknown_order_is_refused(shop):
    with pytest.raises(NoSuchOrder):
        shop.read_order("gid://shopify/Order/404")


def test_orders_are_listed_from_a_time_on(shop, buy):
    gid = buy()
    order = shop.read_order(gid)

    assert [news.gid for news in shop.orders_updated_since(order.updated_at)] == [gid]


def test_an_order_is_held_once_and_released(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines

    assert [shop.hold(gid, line_gids=[line.gid], reference="CM-1"), shop.hold(gid, line_gids=[line.gid])] == [1, 0]
    [group] = shop.read_order(gid).fulfillment_orders
    assert (group.status, [hold.handle for hold in group.holds]) == ("ON_HOLD", ["print-approval"])
    assert [shop.release(gid), shop.release(gid)] == [1, 0]
    assert [group.status for group in shop.read_order(gid).fulfillment_orders] == ["OPEN"]


def test_an_order_before_its_routing_is_held_later(sandbox, shop, make_push):
    sandbox.fault("late_routing", service="shopify", value=30)
    pushed = shop.push_product(make_push())
    gid = sandbox.pay_at(shop.permalink(pushed.variant_gid, 1, {}))["id"]

    with pytest.raises(NotRoutedYet):
        shop.hold(gid, line_gids=["x"])


def test_a_parcel_is_told_once_and_found_again(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines

    first = shop.ship(gid, **PARCEL, line_quantities={line.gid: 2})
    assert shop.ship(gid, **PARCEL, line_quantities={line.gid: 2}) == first
    assert shop.find_fulfillment(gid, "1Z9") == first
    assert [each.tracking_numbers for each in shop.read_order(gid).fulfillments] == [("1Z9",)]


def test_a_parcel_whose_answer_was_lost_is_told_once(sandbox, shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines
    sandbox.fault("http_500_after", service="shopify", operation="fulfillmentCreate", times=1)

    with pytest.raises(ShopifyUnavailable):
        shop.ship(gid, **PARCEL, line_quantities={line.gid: 2})
    shop.ship(gid, **PARCEL, line_quantities={line.gid: 2})
    assert len(shop.read_order(gid).fulfillments) == 1


def test_two_parcels_share_a_line_and_a_third_goes_beside_the_first(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines

    first, second = (
        shop.ship(gid, **PARCEL | {"tracking_number": number}, line_quantities={line.gid: 1})
        for number in ("1Z1", "1Z2")
    )
    for _ in range(2):
        third = {"tracking_number": "1Z3", "tracking_url": "https://t.example/1Z3"}
        assert shop.ship(gid, **PARCEL | third, line_quantities={line.gid: 2}, beside=first) == first

    assert first != second
    assert [each.tracking_numbers for each in shop.read_order(gid).fulfillments] == [("1Z1", "1Z3"), ("1Z2",)]


def test_a_parcel_of_what_was_cancelled_in_the_shop_is_refused(sandbox, shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines
    sandbox.staff(gid, "cancel")

    with pytest.raises(ShopifyRejected, match="nothing left to ship"):
        shop.ship(gid, **PARCEL, line_quantities={line.gid: 1})


def test_money_is_given_back_once_under_its_key(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines
    wanted = {"lines": [{"line": line.gid, "quantity": 1}], "delivery": False, "amount": None}
    plan = shop.plan_refund(gid, **wanted, note="CM-R-1")

    answers = [shop.refund(plan, key="k-1") for _ in range(2)]

    order = shop.read_order(gid)
    assert answers == [answers[0]] * 2
    assert answers[0][1] == Money(599, "USD")
    assert [(each.gid, each.note, each.amount) for each in order.refunds] == [(answers[0][0], "CM-R-1", answers[0][1])]
    assert (order.financial_status, order.refunded_minor) == ("PARTIALLY_REFUNDED", 599)
    assert [each.current_quantity for each in order.lines] == [1]


def test_one_key_for_two_refunds_is_refused(shop, buy):
    gid = buy()
    plans = [
        shop.plan_refund(gid, lines=[], delivery=False, amount=Money(minor, "USD"), note="") for minor in (100, 200)
    ]
    shop.refund(plans[0], key="k-1")

    with pytest.raises(ShopifyRejected, match="same idempotency key"):
        shop.refund(plans[1], key="k-1")
    assert shop.read_order(gid).refunded_minor == 100


def test_everything_that_is_left_is_given_back_with_the_delivery(shop, buy):
    gid = buy()
    order = shop.read_order(gid)
    shop.refund(shop.plan_refund(gid, lines=[], delivery=False, amount=Money(100, "USD"), note=""), key="k-1")

    _, given = shop.refund(shop.plan_refund(gid, lines=[], delivery=False, amount=None, note=""), key="k-2")

    after = shop.read_order(gid)
    assert given == Money(order.total_minor - 100, "USD")
    assert (after.financial_status, [line.current_quantity for line in after.lines]) == ("REFUNDED", [0])
    with pytest.raises(ShopifyRejected):
        shop.plan_refund(gid, lines=[], delivery=False, amount=None, note="")


@pytest.mark.parametrize(("gives_back", "status"), [(True, "REFUNDED"), (False, "PAID")])
def test_an_order_is_cancelled_once(shop, buy, gives_back, status):
    gid = buy()
    for _ in range(2):
        shop.cancel_order(gid, gives_back=gives_back, note="a mistake")

    order = shop.read_order(gid)
    assert order.cancelled_at is not None
    assert (order.financial_status, len(order.refunds)) == (status, 1 if gives_back else 0)


def test_an_order_on_its_way_cannot_be_cancelled(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines
    shop.ship(gid, **PARCEL, line_quantities={line.gid: 1})

    with pytest.raises(ShopifyRejected, match="outstanding fulfillments"):
        shop.cancel_order(gid, gives_back=True, note="")


def test_a_price_is_changed_alone_and_a_product_hidden(shop, make_push):
    push = make_push()
    pushed = shop.push_product(push)

    assert shop.set_price(pushed.product_gid, pushed.variant_gid, Money(650, "USD")) is True
    assert shop.show_product(pushed.product_gid, listed=False) is True
    shop.delete_product(pushed.product_gid)
    assert shop.set_price(pushed.product_gid, pushed.variant_gid, Money(700, "USD")) is False


def test_the_order_of_a_fulfillment_order_is_found(shop, buy):
    gid = buy()
    (group,) = shop.read_order(gid).fulfillment_orders

    assert shop.order_of(group.gid) == gid
    assert shop.order_of("gid://shopify/FulfillmentOrder/1") is None


def test_a_parcel_leaves_in_spite_of_our_own_forgotten_hold(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines
    shop.hold(gid, line_gids=[line.gid])

    shop.ship(gid, **PARCEL, line_quantities={line.gid: 2})
    assert len(shop.read_order(gid).fulfillments) == 1


@pytest.mark.parametrize("status", ["pending", "partially_paid", "authorized"])
def test_a_payment_that_is_not_complete_is_not_called_paid(shop, buy, status):
    assert shop.read_order(buy(financial_status=status)).financial_status == status.upper()


def test_a_parcel_told_by_four_workers_at_once_is_told_once(shop, buy):
    gid = buy()
    [line] = shop.read_order(gid).lines

    with ThreadPoolExecutor(4) as workers:
        told = list(workers.map(lambda _: shop.ship(gid, **PARCEL, line_quantities={line.gid: 2}), range(4)))
    assert len(set(told)) == 1
    assert [each.gid for each in shop.read_order(gid).fulfillments] == told[:1]


def test_the_shop_tells_its_delivery_rates_before_a_checkout(shop):
    told = {(rate.country, rate.service, str(rate.price)) for rate in shop.delivery_rates()}

    rates = {("Standard", "$4.90"), ("Express", "$12.90")}
    assert told == {(country, *rate) for country in ("US", "") for rate in rates}
