import hashlib
import hmac
from datetime import UTC, datetime

import pytest
import time_machine

from fulfillment.shopify.oauth import redirect_is_shopifys, shop_domain

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def redirect(**changes):
    params = {
        "code": "0907a6",
        "shop": "some-shop.myshopify.com",
        "state": "0.67",
        "timestamp": str(int(NOW.timestamp())),
    }
    params |= changes
    text = "&".join(f"{key}={value}" for key, value in sorted(params.items()))
    return params | {"hmac": hmac.new(b"hush", text.encode(), hashlib.sha256).hexdigest()}


@pytest.mark.parametrize("text", ["ada.myshopify.com", "Ada-2.MyShopify.com"])
def test_a_shop_domain_is_given_back_in_lower_case(text):
    assert shop_domain(text) == text.lower()


@pytest.mark.parametrize(
    "text",
    ["", "ada", "https://ada.myshopify.com", "ada.myshopify.com/", " ada.myshopify.com", "ada.myshopify.com\n",
     "ada.myshopify.com.evil.example", "evil.example", "ada.myshopify.com:80", "x@ada.myshopify.com",
     "-ada.myshopify.com", "a.b.myshopify.com"],
)  # fmt: skip
def test_anything_else_is_no_shop_domain(text):
    assert shop_domain(text) is None


@time_machine.travel(NOW, tick=False)
def test_a_redirect_that_shopify_signed_is_accepted():
    assert redirect_is_shopifys(redirect(), secret="hush", at=NOW) is True


def test_the_documented_vector_is_accepted_in_its_time():
    params = {
        "code": "0907a61c0c8d55e99db179b68161bc00",
        "shop": "some-shop.myshopify.com",
        "state": "0.6784241404160823",
        "timestamp": "1337178173",
        "hmac": "700e2dadb827fcc8609e9d5ce208b2e9cdaab9df07390d2cbca10d7c328fc4bf",
    }

    with time_machine.travel(1337178200, tick=False):
        assert redirect_is_shopifys(params, secret="hush", at=datetime.fromtimestamp(1337178200, UTC)) is True
    assert redirect_is_shopifys(params, secret="hush", at=NOW) is False


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    "params",
    [
        {},
        redirect() | {"code": "other"},
        redirect() | {"hmac": "é"},
        redirect(shop="evil.example"),
        redirect(timestamp="soon"),
        redirect(timestamp=""),
        redirect(timestamp=str(int(NOW.timestamp()) - 90_000)),
        redirect(timestamp=str(int(NOW.timestamp()) + 900)),
    ],
)
def test_any_other_redirect_is_refused(params):
    assert redirect_is_shopifys(params, secret="hush", at=NOW) is False


@time_machine.travel(NOW, tick=False)
def test_one_check_leaves_no_secret_behind_for_another():
    assert redirect_is_shopifys(redirect(), secret="hush", at=NOW) is True
    assert redirect_is_shopifys(redirect(), secret="other", at=NOW) is False
