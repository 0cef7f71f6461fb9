import logging

import httpx
import pytest

from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable, UserError
from fulfillment.shopify.client import NotAShop, base_url
from fulfillment.shopify.tests.shopify_stub import StubShopify, throttled

NODE = {"order": {"id": "gid://shopify/Order/1"}}


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


def test_another_api_version_than_ours_is_told_once(caplog):
    old = {"X-Shopify-API-Version": "2027-01"}
    shopify = StubShopify(order=[httpx.Response(200, json={"data": NODE}, headers=old)])
    client = shopify.admin()

    with caplog.at_level(logging.WARNING):
        client.run("order")
        client.run("order")

    told = [record.getMessage() for record in caplog.records]
    assert told == ["Shopify ran API version 2027-01 for ada.myshopify.com, we ask for 2026-10"]


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
