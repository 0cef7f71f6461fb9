import time

import pytest

from accounts import buckets
from accounts.models import AccessToken, Account, Shop
from cardmaker.sandbox.storefront.proxy import signature
from fulfillment.merchants import app_proxy

pytestmark = pytest.mark.django_db
HOME, SESSION = "/shopify/proxy/home/", "/shopify/proxy/session/"
SHOP = "paper.myshopify.com"


@pytest.fixture
def shop():
    return Shop.objects.create(kind="shopify", code="paper", domain=SHOP)


def signed(domain=SHOP, age_s=0, **changes):
    params = {
        "shop": domain,
        "logged_in_customer_id": "",
        "path_prefix": "/apps/cardmaker",
        "timestamp": str(int(time.time()) - age_s),
    }
    params["signature"] = signature(list(params.items()))
    return "?" + "&".join(f"{name}={value}" for name, value in (params | changes).items())


def test_a_theme_learns_where_the_studio_lives(client, shop, settings):
    answer = client.get(HOME + signed())

    assert (answer.status_code, answer.json()) == (200, {"home": f"{settings.PUBLIC_URL}/", "shop": "paper"})
    assert answer["Cache-Control"] == "private, max-age=3600"


def test_a_shopper_gets_a_guests_token_of_the_shop_that_shopify_names(client, shop):
    answer = client.post(SESSION + signed(), {"shop": "house"}, content_type="application/json")

    token = AccessToken.objects.get()
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    assert (token.shop, token.account.kind) == (shop, Account.Kind.GUEST)
    assert answer.json()["account"] == str(token.account_id)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "0" * 64},
        {"shop": "other.myshopify.com"},
        {"timestamp": "1317327555"},
        {"path_prefix": "/apps/else"},
        {"extra": "1"},
        {"logged_in_customer_id": "7"},
        {"age_s": 120},
        {"age_s": -120},
    ],
    ids=str,
)
@pytest.mark.parametrize(("method", "address"), [("get", HOME), ("post", SESSION)])
def test_forged_changed_and_stale_calls_get_nothing(client, shop, method, address, changes):
    Shop.objects.create(kind="shopify", code="other", domain="other.myshopify.com")

    answer = getattr(client, method)(address + signed(**changes))

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")
    assert not AccessToken.objects.exists()


def test_a_call_without_a_signature_gets_nothing(client, shop):
    assert client.get(HOME).status_code == 401
    assert client.get(f"{HOME}?shop={SHOP}").status_code == 401


def test_a_shop_that_left_or_never_came_gets_nothing(client, shop):
    Shop.objects.filter(pk=shop.pk).update(active=False)

    answers = [client.post(SESSION + signed()), client.post(SESSION + signed("never.myshopify.com"))]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert not AccessToken.objects.exists()


def test_only_the_method_that_is_meant_will_do(client, shop):
    assert (client.post(HOME + signed()).status_code, client.get(SESSION + signed()).status_code) == (405, 405)


def test_shoppers_are_counted_by_their_own_network_and_not_by_shopifys(client, shop, settings):
    settings.SANDBOX = False
    client.post(SESSION + signed(), headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})

    assert Account.objects.get(kind="guest").network_key == buckets.key_of("network:203.0.113.9")[:32]


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (1, "192.0.2.1", "192.0.2.1"),
        (0, "", "127.0.0.1"),
    ],
)
def test_the_shoppers_address_stands_before_our_own_proxies(rf, settings, hops, forwarded, address):
    settings.TRUSTED_PROXIES = hops
    request = rf.post(SESSION, headers={"X-Forwarded-For": forwarded} if forwarded else {})

    assert app_proxy._shopper_address(request) == address
