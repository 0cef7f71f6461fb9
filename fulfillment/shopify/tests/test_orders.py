from datetime import UTC, datetime

from fulfillment.shopify.orders import (
    FulfillmentOrder,
    FulfillmentOrderLine,
    ShopFulfillment,
    ShopLine,
    ShopOrder,
    shop_order,
)
from fulfillment.shopify.tests.shopify_stub import fixture
from fulfillment.suppliers.base import Recipient


def test_an_order_is_mapped_to_our_words():
    order = shop_order(fixture("order"))

    assert order == ShopOrder(
        gid="gid://shopify/Order/5001",
        name="#1001",
        test=False,
        financial_status="PAID",
        cancelled_at=None,
        currency="USD",
        total_minor=1848,
        email="ada@example.com",
        locale="en-US",
        address=Recipient("Ada", "Lovelace", "12 Main St", "Springfield", "12345", "US", line2="Apt 4", region="NY"),
        lines=(
            ShopLine("gid://shopify/LineItem/71", "gid://shopify/ProductVariant/92", "gid://shopify/Product/91",
                     3, 2, "Your card", "CM-1", {"Format": "5×7", "_proof": "p-1"}, 599, "USD"),
            ShopLine("gid://shopify/LineItem/72", "", "", 1, 1, "A mug", "", {}, 650, "USD"),
        ),
        created_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
        updated_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
        cart_attributes={"note": "For Charles", "empty": ""},
        risk="ACCEPT",
        fulfillment_orders=(
            FulfillmentOrder(
                gid="gid://shopify/FulfillmentOrder/81",
                status="OPEN",
                actions=frozenset({"CREATE_FULFILLMENT", "HOLD"}),
                holds=(),
                lines=(
                    FulfillmentOrderLine("gid://shopify/FulfillmentOrderLineItem/61", "gid://shopify/LineItem/71", 2),
                    FulfillmentOrderLine("gid://shopify/FulfillmentOrderLineItem/62", "gid://shopify/LineItem/72", 1),
                ),
            ),
        ),
        fulfillments=(),
    )  # fmt: skip


def test_what_the_shop_may_not_tell_is_empty():
    order = shop_order(fixture("order", email=None, shippingAddress=None, customerLocale=None, risk=None))

    assert (order.email, order.address, order.locale, order.risk) == ("", None, "", "")


def test_an_amount_without_minor_units_is_read_exactly():
    yen = {"shopMoney": {"amount": "1848.0", "currencyCode": "JPY"}}

    assert shop_order(fixture("order", currencyCode="JPY", totalPriceSet=yen)).total_minor == 1848


def test_a_parcel_is_found_by_its_number_unless_it_was_undone():
    def parcel(number, status):
        return {"id": f"gid://shopify/Fulfillment/{number}", "status": status, "displayStatus": None,
                "trackingInfo": [{"company": "USPS", "number": number, "url": None}]}  # fmt: skip

    order = shop_order(fixture("order", fulfillments=[parcel("1Z", "SUCCESS"), parcel("2Z", "CANCELLED")]))

    assert order.fulfillment_for("1Z") == ShopFulfillment(
        "gid://shopify/Fulfillment/1Z", "SUCCESS", ("1Z",), ("",), "USPS"
    )
    assert order.fulfillment_for("2Z") is None
    assert order.fulfillment_for("3Z") is None
