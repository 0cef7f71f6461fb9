import base64
import hashlib
import hmac
import json

import pytest

from cardmaker.sandbox.testing import SandboxBroken

from .driver import DOMAIN, admin, cart_create, product_input, read_order, set_product, sold_product

pytestmark = pytest.mark.sandbox
PROPERTIES = {"Format": "5x7 folded", "_proof": "p1", "_supplier": "gooten", "_sig": "v1.abc"}


def _permalink(variant, quantity=1, properties=PROPERTIES):
    encoded = base64.urlsafe_b64encode(json.dumps(properties).encode()).decode().rstrip("=")
    return f"/shopify/{DOMAIN}/cart/{variant.rsplit('/', 1)[1]}:{quantity}?properties={encoded}"


def test_a_product_that_is_not_published_cannot_be_bought(sandbox):
    variant = set_product(sandbox, product_input())["product"]["variants"]["nodes"][0]["id"]

    page = sandbox.http.get(_permalink(variant))
    cart = cart_create(sandbox, [{"merchandiseId": variant, "quantity": 1}])

    assert (page.status_code, "Cannot find variant" in page.text) == (404, True)
    assert (cart["cart"], cart["userErrors"][0]["code"]) == (None, "INVALID")


@pytest.mark.parametrize("status", ["DRAFT", "ARCHIVED"])
def test_a_product_off_the_shelf_cannot_be_bought(sandbox, status):
    product, variant = sold_product(sandbox)
    admin(sandbox, "archive_product", {"product": {"id": product, "status": status}})

    with pytest.raises(SandboxBroken, match="Cannot find variant"):
        sandbox.pay(DOMAIN, [{"variant_id": variant}])


def test_a_permalink_leads_to_an_order_with_its_properties(sandbox, app):
    _, variant = sold_product(sandbox)

    placed = sandbox.pay_at(_permalink(variant, quantity=3))

    line = sandbox.state()["shopify"]["orders"][0]["lines"][0]
    assert (placed["name"], placed["total"], placed["financial_status"]) == ("#1001", "25.60", "paid")
    assert (line["quantity"], line["properties"], line["variant_id"]) == (3, PROPERTIES, variant)


def test_a_broken_permalink_is_a_page_not_a_crash(sandbox):
    _, variant = sold_product(sandbox)
    number = variant.rsplit("/", 1)[1]

    broken = [f"{number}:0", f"{number}", "abc:1", f"{number}:1?properties=%21%21"]

    assert [sandbox.http.get(f"/shopify/{DOMAIN}/cart/{each}").status_code for each in broken] == [404] * 4


def test_a_cart_of_two_cards_keeps_the_properties_of_each(sandbox):
    lines = []
    for number in (1, 2):
        _, variant = sold_product(sandbox, f"d-{number}")
        lines.append(
            {"merchandiseId": variant, "quantity": number, "attributes": [{"key": "_proof", "value": f"p{number}"}]}
        )

    cart = cart_create(sandbox, lines)["cart"]
    placed = sandbox.pay_at(cart["checkoutUrl"])

    bought = read_order(sandbox, placed["id"])["lineItems"]["nodes"]
    assert cart["totalQuantity"] == 3
    assert [(line["currentQuantity"], line["customAttributes"]) for line in bought] == [
        (1, [{"key": "_proof", "value": "p1"}]),
        (2, [{"key": "_proof", "value": "p2"}]),
    ]


def test_a_cart_is_paid_once(sandbox, app):
    _, variant = sold_product(sandbox)
    checkout = cart_create(sandbox, [{"merchandiseId": variant, "quantity": 1}])["cart"]["checkoutUrl"]

    paid = [sandbox.post(checkout, {})["order"]["name"] for _ in range(2)]

    assert paid == ["#1001", "#1001"]
    assert sandbox.http.get(checkout).headers["Location"].startswith(f"/shopify/{DOMAIN}/orders/")


def of_orders(app):
    """What was told of the order itself; word of its routing goes another way and may overtake it."""
    return [each for each in app.wait_for(3) if each["headers"]["x-shopify-topic"].startswith("orders/")]


def test_paying_sends_create_and_paid_signed_over_the_raw_body(sandbox, app):
    _, variant = sold_product(sandbox)
    placed = sandbox.pay(DOMAIN, [{"variant_id": variant, "quantity": 2, "properties": PROPERTIES}])

    created, paid = of_orders(app)

    assert [each["headers"]["x-shopify-topic"] for each in (created, paid)] == ["orders/create", "orders/paid"]
    digest = hmac.new(b"sandbox-api-secret-worth-nothing", paid["body"], hashlib.sha256).digest()
    expected = base64.b64encode(digest).decode()
    assert paid["headers"]["x-shopify-hmac-sha256"] == expected
    assert paid["headers"]["x-shopify-shop-domain"] == DOMAIN
    assert paid["headers"]["x-shopify-api-version"] == "2026-10"
    assert paid["path"] == "/api/v1/webhooks/shopify/"
    assert paid["json"]["admin_graphql_api_id"] == placed["id"]


def test_the_body_of_a_paid_order_is_shopifys(sandbox, app):
    product, variant = sold_product(sandbox)
    sandbox.pay(DOMAIN, [{"variant_id": variant, "quantity": 2, "properties": PROPERTIES}])

    body = of_orders(app)[1]["json"]
    line = body["line_items"][0]

    assert (body["name"], body["order_number"], body["test"], body["financial_status"]) == (
        "#1001",
        1001,
        False,
        "paid",
    )
    assert body["total_price_set"]["shop_money"] == {"amount": "18.70", "currency_code": "USD"}
    assert line["properties"] == [{"name": name, "value": value} for name, value in PROPERTIES.items()]
    assert (line["product_id"], line["variant_id"]) == (int(product.rsplit("/", 1)[1]), int(variant.rsplit("/", 1)[1]))
    assert (line["quantity"], line["current_quantity"], line["price"]) == (2, 2, "6.90")
    assert body["shipping_address"]["address1"] == "12 Example Street"
    assert body["shipping_address"]["country_code"] == "US"


@pytest.mark.parametrize("status", ["pending", "partially_paid", "authorized"])
def test_an_order_that_is_not_paid_in_full_sends_no_paid(sandbox, app, status):
    _, variant = sold_product(sandbox)

    placed = sandbox.pay(DOMAIN, [{"variant_id": variant}], financial_status=status)
    sandbox.wait_for(lambda state: state["shopify"]["orders"][0]["fulfillment_orders"])

    app.wait_for(2)
    assert app.topics() == ["orders/create", "fulfillment_orders/order_routing_complete"]
    assert read_order(sandbox, placed["id"])["displayFinancialStatus"] == status.upper()


def test_the_buyer_decides_address_discount_and_test_flag(sandbox):
    _, variant = sold_product(sandbox)

    choices = {
        "address": {"countryCode": "GB", "city": "Leeds"},
        "discount_percent": 50,
        "test": True,
        "shipping": "express",
    }
    placed = sandbox.pay(DOMAIN, [{"variant_id": variant}], email="ada@example.com", **choices)

    order = read_order(sandbox, placed["id"])
    assert (order["email"], order["test"], order["totalPriceSet"]["shopMoney"]["amount"]) == (
        "ada@example.com",
        True,
        "16.35",
    )
    assert (order["shippingAddress"]["countryCodeV2"], order["shippingAddress"]["city"]) == ("GB", "Leeds")


def test_properties_can_be_altered_before_paying(sandbox):
    _, variant = sold_product(sandbox)

    sandbox.pay_at(_permalink(variant), properties=[{"_proof": "foreign"}])

    assert sandbox.state()["shopify"]["orders"][0]["lines"][0]["properties"] == {"_proof": "foreign"}


def test_a_person_can_pay_by_the_page(sandbox):
    _, variant = sold_product(sandbox)
    page = sandbox.http.get(_permalink(variant), follow_redirects=True)

    form = {
        "email": "robin.sample@example.com",
        "firstName": "Robin",
        "shipping": "standard",
        "financial_status": "paid",
    }
    thanks = sandbox.http.post(str(page.url), data=form, follow_redirects=True)

    assert "Sandbox checkout</strong> — no money moves" in page.text
    assert (thanks.status_code, "#1001" in thanks.text, "/orders/" in thanks.text) == (200, True, True)


def test_tampered_properties_that_are_no_json_are_refused_kindly(sandbox):
    _, variant = sold_product(sandbox)
    page = sandbox.http.get(_permalink(variant), follow_redirects=True)

    refused = sandbox.http.post(str(page.url), data={"properties-0": "{broken"})

    assert (refused.status_code, sandbox.state()["shopify"]["orders"]) == (422, [])


def test_order_numbers_count_up_in_each_shop(sandbox):
    _, variant = sold_product(sandbox)

    assert [sandbox.pay(DOMAIN, [{"variant_id": variant}])["name"] for _ in range(3)] == ["#1001", "#1002", "#1003"]
