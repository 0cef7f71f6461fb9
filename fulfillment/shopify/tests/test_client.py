import logging
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from cardmaker.core.models import Event
from fulfillment.shopify import client, versions
from fulfillment.shopify.answers import ScopeMissing, ShopifyRejected, ShopifyUnavailable, UserError
from fulfillment.shopify.client import NotAShop, base_url
from fulfillment.shopify.points import Level, OwnPoints, SharedPoints
from fulfillment.shopify.tests.shopify_stub import StubShopify, throttled

NODE = {"order": {"id": "gid://shopify/Order/1"}}


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_is_known_yet():
    """What calls cost and which alarms were raised is remembered by the process."""
    client._costs.clear()
    versions._told_here.clear()


def costing(points, *, left):
    status = {"maximumAvailable": 2000.0, "currentlyAvailable": left, "restoreRate": 100.0}
    cost = {"requestedQueryCost": points, "actualQueryCost": points, "throttleStatus": status}
    return {"data": NODE, "extensions": {"cost": cost}}


def failed(code, data=None):
    return {"data": data, "errors": [{"message": "secret address", "extensions": {"code": code}}]}


def test_a_document_is_sent_with_its_variables_and_the_token():
    shopify = StubShopify(order=[NODE])

    assert shopify.admin().run("order", {"id": "gid://shopify/Order/1"}) == NODE
    [request] = shopify.requests
    assert str(request.url) == "https://ada.myshopify.com/admin/api/2026-10/graphql.json"
    assert request.headers["X-Shopify-Access-Token"] == "tok-1"
    assert shopify.calls == [("order", {"id": "gid://shopify/Order/1"})]


def test_a_throttled_call_waits_for_its_points_and_is_sent_again():
    shopify = StubShopify(order=[throttled(requested=500, available=100), throttled(requested=5, available=9), NODE])

    assert shopify.admin().run("order") == NODE
    first, second = shopify.pauses
    assert 4.0 <= first <= 4.25
    assert 1.0 <= second <= 1.25


def test_a_shop_that_stays_throttled_is_unavailable_and_nothing_was_sent():
    shopify = StubShopify(order=[throttled(requested=500, available=100)])

    with pytest.raises(ShopifyUnavailable) as caught:
        shopify.admin().run("order")

    assert (caught.value.retry_after, caught.value.sent) == (5, False)
    assert len(shopify.calls) == 2


def test_data_beside_errors_counts_as_done(caplog):
    data = {"fulfillmentOrderHold": {"fulfillmentHold": {"id": "gid://shopify/FulfillmentHold/1"}, "userErrors": []}}
    shopify = StubShopify(hold=[failed("ACCESS_DENIED", data)])

    assert shopify.admin().run("hold") == data
    assert "ACCESS_DENIED" in caplog.text


@pytest.mark.parametrize("data", [None, {"order": None}])
@pytest.mark.parametrize(
    "code", ["ACCESS_DENIED", "MAX_COST_EXCEEDED", "RESOURCE_NOT_FOUND", "SHOP_INACTIVE", "undefinedField"]
)
def test_a_top_level_error_without_data_is_a_refusal(code, data):
    with pytest.raises(ShopifyRejected) as caught:
        StubShopify(order=[failed(code, data)]).admin().run("order")

    assert caught.value.codes == {code}
    assert str(caught.value) == f"Shopify refused order: {code}"


REQUIRED = "`write_products` access scope. Also: The user must have a permission to create products."


def denied(required, data=None, path=("order",)):
    extensions = {"code": "ACCESS_DENIED", "documentation": "https://shopify.dev", "requiredAccess": required}
    return {"data": data, "errors": [{"message": "Access denied", "path": list(path), "extensions": extensions}]}


def test_a_missing_scope_is_told_by_its_name():
    with pytest.raises(ScopeMissing) as caught:
        StubShopify(product_set=[denied(REQUIRED, {"productSet": None})]).admin().run("product_set")

    assert (caught.value.scopes, caught.value.domain) == ({"write_products"}, "ada.myshopify.com")
    assert str(caught.value) == "The merchant of ada.myshopify.com has not allowed the app write_products."
    assert caught.value.codes == {"ACCESS_DENIED"}


def test_an_order_of_which_parts_may_not_be_seen_is_not_read_as_if_they_were_gone():
    data = {"order": {"id": "gid://shopify/Order/1", "lineItems": {"nodes": [{"variant": None}]}}}
    shopify = StubShopify(order=[denied("`read_products` access scope.", data, ("order", "lineItems"))])

    with pytest.raises(ScopeMissing) as caught:
        shopify.shop().read_order("gid://shopify/Order/1")

    assert caught.value.scopes == {"read_products"}


def test_an_internal_error_leaves_the_outcome_unknown():
    with pytest.raises(ShopifyUnavailable) as caught:
        StubShopify(hold=[failed("INTERNAL_SERVER_ERROR")]).admin().run("hold")

    assert caught.value.sent is True


def test_user_errors_are_a_refusal_that_lists_them():
    errors = [
        {"field": ["input", "variants", "0"], "message": "Price is negative", "code": "INVALID_VARIANT"},
        {"field": None, "message": "Nope"},
    ]

    with pytest.raises(ShopifyRejected) as caught:
        StubShopify(product_set=[{"productSet": {"product": None, "userErrors": errors}}]).admin().run("product_set")

    assert caught.value.errors == (
        UserError("Price is negative", "INVALID_VARIANT", ("input", "variants", "0")),
        UserError("Nope"),
    )
    assert caught.value.details == {"codes": ["INVALID_VARIANT"]}


@pytest.mark.parametrize(
    ("status", "code"), [(401, "TOKEN_REFUSED"), (403, "FORBIDDEN"), (404, "SHOP_GONE"), (301, "HTTP_301")]
)
def test_an_http_refusal_is_a_refusal(status, code):
    with pytest.raises(ShopifyRejected) as caught:
        StubShopify(order=[httpx.Response(status)]).admin().run("order")

    assert caught.value.codes == {code}


@pytest.mark.parametrize(
    ("status", "retry_after"), [(402, 3600), (423, 3600), (430, 60), (429, None), (503, None), (530, None)]
)
def test_a_shop_that_may_come_back_is_unavailable(status, retry_after):
    with pytest.raises(ShopifyUnavailable) as caught:
        StubShopify(order=[httpx.Response(status)]).admin().run("order")

    assert caught.value.retry_after == retry_after


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"{}", b'{"data": null}'])
def test_an_answer_that_makes_no_sense_is_unavailable(content):
    with pytest.raises(ShopifyUnavailable):
        StubShopify(order=[httpx.Response(200, content=content)]).admin().run("order")


def test_an_expired_token_is_refreshed_once_and_the_call_repeated():
    shopify = StubShopify(order=[httpx.Response(401), NODE])

    assert shopify.admin(refresh=lambda: "tok-2").run("order") == NODE
    assert [request.headers["X-Shopify-Access-Token"] for request in shopify.requests] == ["tok-1", "tok-2"]


def test_a_refreshed_token_that_is_refused_too_is_a_refusal():
    shopify = StubShopify(order=[httpx.Response(401)])

    with pytest.raises(ShopifyRejected):
        shopify.admin(refresh=lambda: "tok-2").run("order")
    assert len(shopify.calls) == 2


@pytest.mark.django_db
def test_another_api_version_than_ours_raises_an_alarm_once_a_day(caplog):
    old = {"X-Shopify-API-Version": "2027-01"}
    shopify = StubShopify(order=[httpx.Response(200, json={"data": NODE}, headers=old)])
    times = iter([NOON, NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=25)] * 9)
    client = shopify.admin(clock=lambda: next(times))

    for _ in range(4):
        client.run("order")
    versions._told_here.clear()  # another process, on the second day
    shopify.admin(clock=lambda: NOON + timedelta(hours=26)).run("order")

    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert told == ["Shopify ran API version 2027-01 for ada.myshopify.com, we ask for 2026-10"] * 2
    alarms = Event.objects.filter(name="shopify_version").order_by("at")
    assert [(alarm.subject, alarm.facts) for alarm in alarms] == [
        ("ada.myshopify.com", {"served": "2027-01", "pinned": "2026-10"})
    ] * 2


def test_a_call_waits_for_its_points_before_it_is_sent():
    """The first answer told what the call costs and that the bucket is nearly empty."""
    shopify = StubShopify(order=[costing(300, left=100), costing(300, left=90)])
    client = shopify.admin(clock=lambda: NOON)

    client.run("order")
    client.run("order")

    assert shopify.pauses == [2.0]
    assert len(shopify.calls) == 2


def test_a_bucket_that_another_worker_emptied_is_waited_for_too():
    points = OwnPoints()
    first, second = StubShopify(order=[costing(300, left=0)]), StubShopify(order=[costing(300, left=0)])
    first.admin(clock=lambda: NOON, points=points).run("order")

    second.admin(clock=lambda: NOON + timedelta(seconds=1), points=points).run("order")

    assert second.pauses == [2.0]


def test_a_wait_that_is_too_long_for_a_task_is_left_to_a_later_one():
    points = OwnPoints({"ada.myshopify.com": Level(0, 2000, 20, NOON)})
    shopify = StubShopify(order=[costing(300, left=0)])
    shopify.admin(clock=lambda: NOON - timedelta(minutes=1)).run("order")

    with pytest.raises(ShopifyUnavailable) as caught:
        shopify.admin(clock=lambda: NOON, points=points).run("order")

    assert (caught.value.sent, caught.value.retry_after) == (False, 16)
    assert len(shopify.calls) == 1


@pytest.mark.django_db
def test_a_low_bucket_is_written_down_for_other_processes():
    one, other = SharedPoints(), SharedPoints()
    one.note("ada.myshopify.com", Level(1500, 2000, 100, NOON))
    full = other.level("ada.myshopify.com")
    one.note("ada.myshopify.com", Level(40, 2000, 100, NOON))
    low = other.level("ada.myshopify.com")
    one.note("ada.myshopify.com", Level(1900, 2000, 100, NOON + timedelta(seconds=30)))

    assert full is None
    assert low == Level(40, 2000, 100, NOON)
    assert other.level("ada.myshopify.com") == Level(1900, 2000, 100, NOON + timedelta(seconds=30))


def test_what_shopify_withholds_is_told_beside_the_data():
    error = {"message": "no", "path": ["order", "shippingAddress"], "extensions": {"code": "ACCESS_DENIED"}}
    shopify = StubShopify(order=[{"data": NODE, "errors": [error]}])

    assert shopify.admin().ask("order").denied == {"shippingAddress"}


def test_no_id_and_no_token_reaches_a_message_or_the_log(caplog):
    message = "Fulfillment order 6700000000123 of gid://shopify/Order/5600000000001 is closed."
    errors = [{"field": None, "message": message, "code": "X"}]
    shopify = StubShopify(hold=[{"fulfillmentOrderHold": {"userErrors": errors}}])

    with caplog.at_level(logging.DEBUG), pytest.raises(ShopifyRejected) as caught:
        shopify.admin().run("hold", {"id": "gid://shopify/FulfillmentOrder/6700000000123"})

    assert str(caught.value) == "Shopify refused hold: Fulfillment order … of … is closed."
    assert "tok-1" not in caplog.text
    assert "6700000000123" not in caplog.text


def test_the_refusals_of_a_cancelling_are_in_a_list_of_its_own():
    errors = [{"field": ["orderId"], "message": "Cannot cancel", "code": "INVALID"}]
    shopify = StubShopify(order_cancel=[{"orderCancel": {"job": None, "orderCancelUserErrors": errors}}])

    with pytest.raises(ShopifyRejected) as caught:
        shopify.admin().run("order_cancel")
    assert caught.value.codes == {"INVALID"}


@pytest.mark.parametrize(
    ("template", "address"),
    [("", "https://ada.myshopify.com"), ("http://127.0.0.1:8001/shopify/{domain}", "http://127.0.0.1:8001/shopify/ada.myshopify.com")],
)  # fmt: skip
def test_a_shop_is_below_the_address_in_the_settings(settings, template, address):
    settings.SHOPIFY_BASE_URL = template

    assert base_url("ada.myshopify.com") == address


@pytest.mark.parametrize("domain", ["evil.example", "ada.myshopify.com.evil.example", "", "ada.myshopify.com/x"])
def test_a_token_is_sent_to_no_other_host(domain):
    with pytest.raises(NotAShop):
        base_url(domain)
