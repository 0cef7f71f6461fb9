import copy
from datetime import UTC, datetime

import httpx
import pytest

from cardmaker.core.money import Money
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable
from fulfillment.shopify.permalinks import CartLine
from fulfillment.shopify.shop import NoOnlineStore, NoSuchOrder, NotRoutedYet, ProductPush, PushedProduct
from fulfillment.shopify.tests.shopify_stub import StubShopify, fixture

ORDER, LINE, MUG = "gid://shopify/Order/5001", "gid://shopify/LineItem/71", "gid://shopify/LineItem/72"
GROUP = "gid://shopify/FulfillmentOrder/81"
PUSH = ProductPush(
    handle="card-abc",
    title="Your card",
    description="Folded & <fine>",
    price=Money(599, "USD"),
    sku="CM-1",
    format_title="5×7 folded card",
    image_url="https://cardmaker.example/p/1.jpg",
    image_alt="The front",
    product_type="Personalized card",
)
PRODUCT = {
    "id": "gid://shopify/Product/91",
    "handle": "card-abc",
    "status": "UNLISTED",
    "variants": {
        "nodes": [{"id": "gid://shopify/ProductVariant/92", "sku": "CM-1", "price": "5.99", "selectedOptions": []}]
    },
    "media": {"nodes": []},
}
PUBLISHED = {"publishablePublish": {"publishable": {"resourcePublicationsCount": {"count": 1}}, "userErrors": []}}
LAST_PAGE = {"hasNextPage": False, "endCursor": None}
PARCEL = {
    "tracking_number": "1Z9",
    "carrier": "usps",
    "tracking_url": "https://t.example/1Z9",
    "line_quantities": {LINE: 2},
}
CREATED = {"fulfillmentCreate": {"fulfillment": {"id": "gid://shopify/Fulfillment/7"}, "userErrors": []}}


def pushed(product=PRODUCT):
    return {"productSet": {"product": product, "userErrors": []}}


def publication(number, title):
    apps = {"nodes": [{"id": "gid://shopify/App/1", "title": title, "handle": None}]}
    return {"id": f"gid://shopify/Publication/{number}", "autoPublish": False, "catalog": {"title": "", "apps": apps}}


def order(*, hold=None, actions=("CREATE_FULFILLMENT", "HOLD"), tracking=None, **changes):
    node = fixture("order", **changes)
    if node["fulfillmentOrders"]["nodes"]:
        group = node["fulfillmentOrders"]["nodes"][0]
        group["supportedActions"] = [{"action": action} for action in actions]
        group["fulfillmentHolds"] = [hold] if hold else []
    if tracking:
        info = [{"company": "USPS", "number": tracking, "url": None}]
        node["fulfillments"] = [{"id": "gid://shopify/Fulfillment/7", "status": "SUCCESS", "trackingInfo": info}]
    return {"order": node}


def hold(handle="print-approval", ours=True, number=1):
    return {"id": f"gid://shopify/FulfillmentHold/{number}", "handle": handle, "heldByRequestingApp": ours}


def refused(root, message, code=""):
    return {root: {"userErrors": [{"field": None, "message": message, **({"code": code} if code else {})}]}}


def test_a_product_is_set_by_its_handle_and_published():
    shopify = StubShopify(product_set=[pushed()], publish=[PUBLISHED])

    assert shopify.shop().push_product(PUSH) == PushedProduct(
        "gid://shopify/Product/91", "gid://shopify/ProductVariant/92", "gid://shopify/Publication/1"
    )
    assert shopify.calls == [
        ("product_set", {
            "identifier": {"handle": "card-abc"},
            "input": {
                "handle": "card-abc",
                "title": "Your card",
                "descriptionHtml": "<p>Folded &amp; &lt;fine&gt;</p>",
                "status": "UNLISTED",
                "productType": "Personalized card",
                "tags": ["cardmaker"],
                "productOptions": [{"name": "Format", "position": 1, "values": [{"name": "5×7 folded card"}]}],
                "files": [
                    {"originalSource": "https://cardmaker.example/p/1.jpg", "contentType": "IMAGE", "alt": "The front"},
                ],
                "variants": [{
                    "optionValues": [{"optionName": "Format", "name": "5×7 folded card"}],
                    "price": "5.99",
                    "sku": "CM-1",
                    "taxable": True,
                    "inventoryPolicy": "CONTINUE",
                    "inventoryItem": {"tracked": False, "requiresShipping": True},
                }],
            },
        }),
        ("publish", {"id": "gid://shopify/Product/91", "input": [{"publicationId": "gid://shopify/Publication/1"}]}),
    ]  # fmt: skip


def test_the_online_store_is_looked_up_once_over_all_pages():
    first = {
        "nodes": [publication(1, "Shop"), {"id": "x", "catalog": None}],
        "pageInfo": {"hasNextPage": True, "endCursor": "c"},
    }
    second = {"nodes": [publication(2, "Online Store")], "pageInfo": LAST_PAGE}
    shopify = StubShopify(publications=[{"publications": first}, {"publications": second}],
                          product_set=[pushed()], publish=[PUBLISHED])  # fmt: skip
    shop = shopify.shop(publication_gid="")

    assert shop.push_product(PUSH).publication_gid == "gid://shopify/Publication/2"
    assert shop.push_product(PUSH).publication_gid == "gid://shopify/Publication/2"
    assert shopify.named("publications") == [{"cursor": None}, {"cursor": "c"}]


def test_a_shop_without_an_online_store_gets_no_product():
    shopify = StubShopify(publications=[{"publications": {"nodes": [publication(1, "POS")], "pageInfo": LAST_PAGE}}])

    with pytest.raises(NoOnlineStore):
        shopify.shop(publication_gid="").push_product(PUSH)
    assert [name for name, _ in shopify.calls] == ["publications"]


def test_a_push_that_answers_no_product_is_unavailable():
    with pytest.raises(ShopifyUnavailable):
        StubShopify(product_set=[pushed(None)]).shop().push_product(PUSH)


@pytest.mark.parametrize(
    ("answer", "was_there"),
    [
        ({"productDelete": {"deletedProductId": "gid://shopify/Product/91", "userErrors": []}}, True),
        (refused("productDelete", "Product does not exist"), False),
        ({"errors": [{"message": "Invalid id", "extensions": {"code": "RESOURCE_NOT_FOUND"}}]}, False),
    ],
)
def test_deleting_a_product_that_is_gone_is_fine(answer, was_there):
    assert StubShopify(delete_product=[answer]).shop().delete_product("gid://shopify/Product/91") is was_there


def test_a_product_that_cannot_be_deleted_now_is_a_refusal():
    busy = "Another operation already in progress. Please wait until current one is finished."

    with pytest.raises(ShopifyRejected, match="Another operation"):
        StubShopify(delete_product=[refused("productDelete", busy)]).shop().delete_product("gid://shopify/Product/91")


def test_an_archived_product_says_so_to_shopify():
    shopify = StubShopify(archive_product=[{"productUpdate": {"product": {}, "userErrors": []}}])

    assert shopify.shop().archive_product("gid://shopify/Product/91") is True
    assert shopify.named("archive_product") == [{"product": {"id": "gid://shopify/Product/91", "status": "ARCHIVED"}}]


def test_an_order_is_read_with_the_lines_of_all_pages():
    node = fixture("order")
    more = copy.deepcopy(node["lineItems"]["nodes"][0]) | {"id": "gid://shopify/LineItem/73"}
    node["lineItems"]["pageInfo"] = {"hasNextPage": True, "endCursor": "c50"}
    page = {"order": {"lineItems": {"nodes": [more], "pageInfo": LAST_PAGE}}}
    shopify = StubShopify(order=[{"order": node}], order_lines=[page])

    assert [line.gid for line in shopify.shop().read_order(ORDER).lines] == [LINE, MUG, "gid://shopify/LineItem/73"]
    assert shopify.named("order_lines") == [{"id": ORDER, "cursor": "c50"}]


def test_an_order_that_is_not_there_is_a_refusal():
    with pytest.raises(NoSuchOrder):
        StubShopify(order=[{"order": None}]).shop().read_order(ORDER)


def test_the_orders_of_a_time_are_listed_over_all_pages():
    def page(number, *, more):
        node = {"id": f"gid://shopify/Order/{number}", "name": f"#{number}", "updatedAt": "2026-11-20T10:00:00Z"}
        return {"orders": {"nodes": [node], "pageInfo": {"hasNextPage": more, "endCursor": f"c{number}"}}}

    shopify = StubShopify(orders_to_reconcile=[page(1, more=True), page(2, more=False)])
    since = datetime(2026, 11, 20, tzinfo=UTC)

    assert [news.name for news in shopify.shop().orders_updated_since(since)] == ["#1", "#2"]
    query = "updated_at:>='2026-11-20T00:00:00+00:00'"
    assert shopify.named("orders_to_reconcile") == [{"q": query, "cursor": None}, {"q": query, "cursor": "c1"}]


def test_our_lines_of_a_mixed_cart_are_held():
    held = {"fulfillmentOrderHold": {"fulfillmentHold": hold(), "userErrors": []}}
    shopify = StubShopify(order=[order()], hold=[held])

    assert shopify.shop().hold(ORDER, line_gids=[LINE], reference="CM-7") == 1
    assert shopify.named("hold") == [{"id": GROUP, "hold": {
        "reason": "OTHER",
        "reasonNotes": "Waiting for print approval",
        "handle": "print-approval",
        "externalId": "CM-7",
        "notifyMerchant": False,
        "fulfillmentOrderLineItems": [{"id": "gid://shopify/FulfillmentOrderLineItem/61", "quantity": 2}],
    }}]  # fmt: skip


def test_an_order_of_our_lines_alone_is_held_whole():
    shopify = StubShopify(
        order=[order()], hold=[{"fulfillmentOrderHold": {"fulfillmentHold": hold(), "userErrors": []}}]
    )

    assert shopify.shop().hold(ORDER, line_gids=[LINE, MUG]) == 1
    assert "fulfillmentOrderLineItems" not in shopify.named("hold")[0]["hold"]


def test_a_hold_is_placed_once():
    shopify = StubShopify(order=[order(hold=hold(), actions=["RELEASE_HOLD", "HOLD"])])

    assert shopify.shop().hold(ORDER, line_gids=[LINE]) == 0
    assert shopify.named("hold") == []


def test_a_hold_that_another_worker_placed_first_is_fine():
    taken = refused("fulfillmentOrderHold", "Handle is taken", "DUPLICATE_FULFILLMENT_HOLD_HANDLE")

    assert StubShopify(order=[order()], hold=[taken]).shop().hold(ORDER, line_gids=[LINE]) == 0


def test_an_order_that_is_not_routed_yet_is_held_later():
    shopify = StubShopify(order=[order(fulfillmentOrders={"nodes": []})])

    with pytest.raises(NotRoutedYet) as caught:
        shopify.shop().hold(ORDER, line_gids=[LINE])
    assert caught.value.retry_after == 10


@pytest.mark.parametrize(("handle", "ours"), [("print-approval", False), ("fraud-check", True)])
def test_only_our_holds_are_released(handle, ours):
    mixed = order(hold=hold())
    mixed["order"]["fulfillmentOrders"]["nodes"][0]["fulfillmentHolds"].append(hold(handle, ours, 2))
    shopify = StubShopify(order=[mixed], release_hold=[{"fulfillmentOrderReleaseHold": {"userErrors": []}}])

    assert shopify.shop().release(ORDER) == 1
    assert shopify.named("release_hold") == [{"id": GROUP, "holdIds": ["gid://shopify/FulfillmentHold/1"]}]


def test_a_parcel_becomes_a_fulfillment_without_a_mail_by_shopify():
    shopify = StubShopify(order=[order()], fulfillment_create=[CREATED])

    assert shopify.shop().ship(ORDER, **PARCEL) == "gid://shopify/Fulfillment/7"
    assert shopify.named("fulfillment_create") == [{"fulfillment": {
        "lineItemsByFulfillmentOrder": [{
            "fulfillmentOrderId": GROUP,
            "fulfillmentOrderLineItems": [{"id": "gid://shopify/FulfillmentOrderLineItem/61", "quantity": 2}],
        }],
        "trackingInfo": {"company": "USPS", "number": "1Z9", "url": "https://t.example/1Z9"},
        "notifyCustomer": False,
    }}]  # fmt: skip


def test_a_parcel_that_the_shop_knows_is_not_created_again():
    shopify = StubShopify(order=[order(tracking="1Z9")])

    assert shopify.shop().ship(ORDER, **PARCEL) == "gid://shopify/Fulfillment/7"
    assert shopify.named("fulfillment_create") == []


def test_a_parcel_is_found_again_after_its_answer_was_lost():
    shopify = StubShopify(order=[order(), order(tracking="1Z9")], fulfillment_create=[httpx.ReadTimeout("lost")])
    shop = shopify.shop()

    with pytest.raises(ShopifyUnavailable):
        shop.ship(ORDER, **PARCEL)
    assert shop.ship(ORDER, **PARCEL) == "gid://shopify/Fulfillment/7"
    assert len(shopify.named("fulfillment_create")) == 1


def test_a_parcel_that_another_worker_created_first_is_found():
    closed = refused("fulfillmentCreate", "Fulfillment order 81 has an unfulfillable status= closed.")
    shopify = StubShopify(order=[order(), order(tracking="1Z9")], fulfillment_create=[closed])

    assert shopify.shop().ship(ORDER, **PARCEL) == "gid://shopify/Fulfillment/7"


def test_a_refused_parcel_that_is_not_there_stays_refused():
    closed = refused("fulfillmentCreate", "Fulfillment order 81 has an unfulfillable status= closed.")

    with pytest.raises(ShopifyRejected, match="unfulfillable"):
        StubShopify(order=[order()], fulfillment_create=[closed]).shop().ship(ORDER, **PARCEL)


@pytest.mark.parametrize("quantities", [{"gid://shopify/LineItem/99": 1}, {}])
def test_what_the_shop_has_nothing_of_cannot_be_shipped(quantities):
    shopify = StubShopify(order=[order()])

    with pytest.raises(ShopifyRejected, match="nothing left to ship"):
        shopify.shop().ship(ORDER, **PARCEL | {"line_quantities": quantities})
    assert shopify.named("fulfillment_create") == []


def test_no_more_is_shipped_than_is_left():
    """One copy was taken off the order after it was printed."""
    shopify = StubShopify(order=[order()], fulfillment_create=[CREATED])

    shopify.shop().ship(ORDER, **PARCEL | {"line_quantities": {LINE: 3}})

    (sent,) = shopify.named("fulfillment_create")
    (group,) = sent["fulfillment"]["lineItemsByFulfillmentOrder"]
    assert [line["quantity"] for line in group["fulfillmentOrderLineItems"]] == [2]


def test_our_forgotten_hold_is_released_before_shipping():
    held = order(hold=hold(), actions=["RELEASE_HOLD", "HOLD"])
    shopify = StubShopify(order=[held, held, order()], fulfillment_create=[CREATED],
                          release_hold=[{"fulfillmentOrderReleaseHold": {"userErrors": []}}])  # fmt: skip

    assert shopify.shop().ship(ORDER, **PARCEL) == "gid://shopify/Fulfillment/7"
    assert [name for name, _ in shopify.calls] == ["order", "order", "release_hold", "order", "fulfillment_create"]


def test_a_parcel_over_two_fulfillment_orders_takes_from_both():
    split = order()
    groups = split["order"]["fulfillmentOrders"]["nodes"]
    groups.append(copy.deepcopy(groups[0]) | {"id": "gid://shopify/FulfillmentOrder/82"})
    groups[1]["lineItems"]["nodes"][0]["id"] = "gid://shopify/FulfillmentOrderLineItem/63"
    shopify = StubShopify(order=[split], fulfillment_create=[CREATED])

    shopify.shop().ship(ORDER, **PARCEL | {"line_quantities": {LINE: 3}})
    [parcel] = shopify.named("fulfillment_create")
    assert parcel["fulfillment"]["lineItemsByFulfillmentOrder"] == [
        {"fulfillmentOrderId": GROUP,
         "fulfillmentOrderLineItems": [{"id": "gid://shopify/FulfillmentOrderLineItem/61", "quantity": 2}]},
        {"fulfillmentOrderId": "gid://shopify/FulfillmentOrder/82",
         "fulfillmentOrderLineItems": [{"id": "gid://shopify/FulfillmentOrderLineItem/63", "quantity": 1}]},
    ]  # fmt: skip


def test_one_line_has_a_permalink_and_several_a_cart():
    one = CartLine("gid://shopify/ProductVariant/92", 2, {"_proof": "p-1"})
    other = CartLine("gid://shopify/ProductVariant/93", 1, {"_proof": "p-2"})
    nodes = [
        {"id": "l", "quantity": line.quantity, "merchandise": {"id": line.variant_gid},
         "attributes": [{"key": key, "value": value} for key, value in line.properties.items()]}
        for line in (one, other)
    ]  # fmt: skip
    cart = {
        "id": "c",
        "checkoutUrl": "https://ada.myshopify.com/cart/c/1",
        "totalQuantity": 3,
        "lines": {"nodes": nodes},
    }
    shopify = StubShopify(storefront__cart_create=[{"cartCreate": {"cart": cart, "userErrors": [], "warnings": []}}])
    shop = shopify.shop()

    link = "https://ada.myshopify.com/cart/92:2?properties=eyJfcHJvb2YiOiJwLTEifQ"
    assert shop.permalink("gid://shopify/ProductVariant/92", 2, {"_proof": "p-1"}) == link
    assert shop.checkout_url([one]) == link
    assert shop.checkout_url([one, other]) == "https://ada.myshopify.com/cart/c/1"
    assert str(shopify.requests[0].url) == "https://ada.myshopify.com/api/2026-10/graphql.json"
    assert shopify.calls == [("storefront/cart_create", {"input": {"lines": [
        {"merchandiseId": "gid://shopify/ProductVariant/92", "quantity": 2,
         "attributes": [{"key": "_proof", "value": "p-1"}]},
        {"merchandiseId": "gid://shopify/ProductVariant/93", "quantity": 1,
         "attributes": [{"key": "_proof", "value": "p-2"}]},
    ]}})]  # fmt: skip


def test_a_cart_that_lost_a_line_is_refused():
    lines = [CartLine("gid://shopify/ProductVariant/92", 2), CartLine("gid://shopify/ProductVariant/93", 1)]
    node = {"id": "l", "quantity": 2, "merchandise": {"id": "gid://shopify/ProductVariant/92"}, "attributes": []}
    cart = {"id": "c", "checkoutUrl": "https://x.example/", "totalQuantity": 2, "lines": {"nodes": [node]}}
    warnings = [{"code": "MERCHANDISE_OUT_OF_STOCK", "message": "gone", "target": "t"}]
    shopify = StubShopify(
        storefront__cart_create=[{"cartCreate": {"cart": cart, "userErrors": [], "warnings": warnings}}]
    )

    with pytest.raises(ShopifyRejected) as caught:
        shopify.shop().checkout_url(lines)
    assert caught.value.codes == {"MERCHANDISE_OUT_OF_STOCK"}
