import time

import httpx
import pytest

from cardmaker.sandbox.testing import SandboxBroken

from .driver import GOOTEN, RECIPE, admin, gooten, gooten_order, graphql, product_input, routed_order, set_product

pytestmark = pytest.mark.sandbox
URLS = [f"https://example.com/{number}.jpg" for number in range(4)]
SUBMIT = {"service": "gooten", "operation": "POST orders"}


def _submit(sandbox, timeout=10.0):
    address = f"{sandbox.url}{GOOTEN}/orders/?recipeid={RECIPE}"
    return httpx.post(address, json=gooten_order(URLS), timeout=timeout)


def _stored(sandbox):
    return len(sandbox.state()["gooten"]["orders"])


@pytest.mark.parametrize(("kind", "stored"), [("timeout_before", 0), ("timeout_after", 1)])
def test_a_time_out_stores_nothing_or_everything(sandbox, kind, stored):
    sandbox.fault(kind, **SUBMIT, times=1, value=3)

    with pytest.raises(httpx.ReadTimeout):
        _submit(sandbox, timeout=1.5)

    assert _stored(sandbox) == stored


@pytest.mark.parametrize(("kind", "stored"), [("timeout_before", 0), ("timeout_after", 1)])
def test_whoever_waits_long_enough_gets_504(sandbox, kind, stored):
    sandbox.fault(kind, **SUBMIT, times=1, value=0.2)

    assert (_submit(sandbox).status_code, _stored(sandbox)) == (504, stored)


@pytest.mark.parametrize(
    ("kind", "status", "stored"), [("http_429", 429, 0), ("http_500", 500, 0), ("http_500_after", 500, 1)]
)
def test_error_answers_store_nothing_but_when_they_say_so(sandbox, kind, status, stored):
    sandbox.fault(kind, **SUBMIT, times=1)

    assert (_submit(sandbox).status_code, _stored(sandbox)) == (status, stored)


def test_429_says_how_long_to_wait(sandbox):
    sandbox.fault("http_429", value=7)

    assert _submit(sandbox).headers["Retry-After"] == "7"


def test_a_fault_counts_down_and_then_stops(sandbox):
    sandbox.fault("http_500", times=2)

    statuses = [gooten(sandbox, "GET", "products").status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert sandbox.state()["faults"]["http_500"] == [
        {"service": "", "operation": "", "value": 0.0, "times": 0, "hits": 2}
    ]


def test_a_fault_keeps_to_its_service_and_operation(sandbox):
    sandbox.fault("http_500", service="shopify", operation="productSet")

    assert gooten(sandbox, "GET", "products").status_code == 200
    assert graphql(sandbox, "{ shop { id } }").status_code == 200
    assert graphql(sandbox, 'mutation { productSet(input: {title: "A"}) { product { id } } }').status_code == 500


def test_the_shop_can_be_throttled(sandbox):
    sandbox.fault("throttled", times=1)

    throttled = admin(sandbox, "app_state")

    assert throttled["errors"] == [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
    assert "data" not in throttled
    assert throttled["extensions"]["cost"]["actualQueryCost"] is None
    assert "errors" not in admin(sandbox, "app_state")


def test_a_time_out_after_storing_keeps_the_product(sandbox):
    sandbox.fault("timeout_after", service="shopify", operation="productSet", times=1, value=3)

    with pytest.raises(httpx.ReadTimeout):
        graphql(sandbox, 'mutation { productSet(input: {title: "A"}) { product { id } } }', timeout=1.5)

    assert [each["title"] for each in sandbox.state()["shopify"]["products"]] == ["A"]


def test_slow_answers_are_slow(sandbox):
    sandbox.fault("slow", value=300, times=1)

    started = time.monotonic()
    answer = gooten(sandbox, "GET", "products")

    assert answer.status_code == 200
    assert time.monotonic() - started >= 0.3


def test_switching_off_ends_a_fault(sandbox):
    sandbox.fault("http_500")
    sandbox.post("/sandbox/faults/", {"kind": "http_500", "on": False})

    assert (gooten(sandbox, "GET", "products").status_code, sandbox.state()["faults"]) == (200, {})


def test_an_unknown_fault_is_refused(sandbox):
    with pytest.raises(SandboxBroken, match="There is no fault 'earthquake'"):
        sandbox.fault("earthquake")


def test_calls_are_counted_by_operation(sandbox):
    set_product(sandbox, product_input())
    gooten(sandbox, "GET", "products")
    gooten(sandbox, "GET", "products")

    assert sandbox.state()["calls"] == {"shopify": {"productSet": 1}, "gooten": {"GET products": 2}, "printify": {}}


def test_shopify_withholds_who_and_where_and_answers_the_rest(sandbox):
    order = routed_order(sandbox)
    sandbox.fault("shopify_withheld", service="shopify", times=1)

    answer = admin(sandbox, "order", {"id": order["id"]})

    assert [error["path"] for error in answer["errors"]] == [
        ["order", "email"], ["order", "phone"], ["order", "shippingAddress"]
    ]  # fmt: skip
    read = answer["data"]["order"]
    assert (read["email"], read["shippingAddress"], read["name"]) == (None, None, order["name"])


def test_a_bucket_that_others_emptied_throttles_a_dear_call(sandbox):
    order = routed_order(sandbox)
    sandbox.fault("shopify_small_bucket", service="shopify", times=1, value=5)

    answer = admin(sandbox, "order", {"id": order["id"]})

    assert answer["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert answer["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"] < 100


def test_a_reset_fills_the_bucket_again(sandbox):
    order = routed_order(sandbox)
    sandbox.fault("shopify_small_bucket", service="shopify", times=1, value=0)
    admin(sandbox, "order", {"id": order["id"]})

    sandbox.reset()

    again = routed_order(sandbox)
    assert admin(sandbox, "order", {"id": again["id"]})["data"]["order"]["id"] == again["id"]


def test_another_version_than_asked_for_may_answer(sandbox):
    sandbox.fault("shopify_other_version", service="shopify", times=1)
    query = "{ shop { name } }"

    served = [graphql(sandbox, query).headers["X-Shopify-API-Version"] for _ in range(2)]

    assert served == ["2027-01", "2026-10"]
