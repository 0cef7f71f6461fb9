"""Forged, stale, replayed and cross-shop requests over HTTP: each gets its exact answer and changes nothing.

What the pure checks refuse stands beside them: test_proxy, test_session_tokens, test_webhooks, test_oauth.
"""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.utils import timezone

from accounts import tokens as our_tokens
from accounts.models import Account, Shop, ShopToken, User
from billing.models import Price
from cardmaker.core.inbox import InboxEvent
from fulfillment.merchants import install_redirect, uninstalling
from fulfillment.tests.shop_kit import (
    HOOKS,
    an_open_shop,
    bearer,
    delivery,
    handle_all,
    redirect_query,
    session_token,
)

pytestmark = pytest.mark.django_db
APP, SESSION, AUTH = "/shopify/app/", "/shopify/app/session/", "/shopify/auth/"
CALLBACK, API, PROXY = "/shopify/auth/callback/", "/shopify/app/api/strategy/", "/shopify/proxy/home/"
OTHER_SECRET = "another-secret-of-the-same-length-or-so"
PAID = {"id": 1, "admin_graphql_api_id": "gid://shopify/Order/1"}


@pytest.fixture(autouse=True)
def shops(shopify):
    """Two shops that have the app; every call to Shopify is counted."""
    ada, eve = an_open_shop("ada"), an_open_shop("eve")
    shopify.clear()
    return ada, eve


def everything():
    """What no refused request may change."""
    facts = [list(model.objects.order_by("pk").values()) for model in (Shop, ShopToken, Price)]
    return facts, InboxEvent.objects.count()


def soon(**shift):
    return timezone.now() + timedelta(**shift)


# Deliveries: (what is sent, headers to change)


def hook(topic="orders/paid", body=PAID, change=None, raw=None, **options):
    sent, headers = delivery(topic, body, **options)
    return raw or sent, headers | (change or {})


def hex_signed():
    sent, headers = delivery("orders/paid", PAID)
    digest = hmac.new(settings.SHOPIFY_API_SECRET.encode(), sent, hashlib.sha256).hexdigest()
    return sent, headers | {"X-Shopify-Hmac-Sha256": digest}


DELIVERIES = {
    "another secret": lambda: hook(secret=OTHER_SECRET),
    "an empty signature": lambda: hook(change={"X-Shopify-Hmac-Sha256": ""}),
    "a signature of nothing": lambda: hook(change={"X-Shopify-Hmac-Sha256": base64.b64encode(b"\0" * 32).decode()}),
    "a signature in hex": hex_signed,
    "a changed body": lambda: hook(raw=json.dumps(PAID | {"id": 2}).encode()),
    "one byte more": lambda: hook(raw=json.dumps(PAID).encode() + b" "),
    "an empty body": lambda: hook(raw=b"{}"),
    "bytes that are no text": lambda: hook(raw=b"\xff\xfe"),
    "the signature of another delivery": lambda: hook(
        change={"X-Shopify-Hmac-Sha256": delivery("orders/paid", {"id": 9})[1]["X-Shopify-Hmac-Sha256"]}
    ),
    "a compliance topic, unsigned": lambda: hook("shop/redact", secret=OTHER_SECRET),
}


@pytest.mark.parametrize("made", DELIVERIES.values(), ids=DELIVERIES)
def test_a_delivery_that_shopify_did_not_sign_gets_401(client, made):
    before, (raw, headers) = everything(), made()

    answer = client.post(HOOKS, raw, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")
    assert everything() == before


def test_a_delivery_without_any_header_gets_401(client):
    assert client.post(HOOKS, b"{}", content_type="application/json").status_code == 401
    assert client.get(HOOKS).status_code == 405


# Signed once by Shopify and sent again by somebody, with other headers: accepted, and without effect.
REPLAYED = {
    "uninstalled, for another shop": ("app/uninstalled", {"myshopify_domain": "ada.myshopify.com"}, "eve"),
    "uninstalled, a body that names none": ("app/uninstalled", {"id": 1}, "ada"),
    "uninstalled, an order's body": ("app/uninstalled", PAID, "ada"),
    "uninstalled, of a shop we do not know": ("app/uninstalled", {"myshopify_domain": "zoe.myshopify.com"}, "zoe"),
    "redact, an order's body": ("shop/redact", PAID, "ada"),
    "redact, another shop's body": ("shop/redact", {"shop_id": 1, "shop_domain": "ada.myshopify.com"}, "eve"),
    "an unknown topic": ("themes/publish", PAID, "ada"),
    "a shop that is none": ("orders/paid", PAID, "evil.example.com"),
    "an order without a number": ("orders/paid", {"id": "1; drop"}, "ada"),
}


@pytest.mark.parametrize(("topic", "body", "shop"), REPLAYED.values(), ids=REPLAYED)
def test_a_signed_body_under_other_headers_does_nothing(client, shopify, topic, body, shop):
    before = everything()[0]
    domain = shop if "." in shop else f"{shop}.myshopify.com"
    raw, headers = delivery(topic, body, domain=domain)

    answers = [client.post(HOOKS, raw, content_type="application/json", headers=headers) for _ in range(2)]
    handle_all()

    assert [answer.status_code for answer in answers] == [200, 200]
    assert (everything()[0], InboxEvent.objects.count(), shopify.asked) == (before, 1, [])


# The embedded page's calls


def signed_in(**claims):
    return lambda: bearer(session_token(**claims))


def embeds_own_token():
    shop = Shop.objects.get(code="ada")
    return bearer(our_tokens.issue(Account.objects.create(), shop, at=timezone.now())[0])


def admin_token():
    return bearer("shpat_ada")


BAD_CALLS = {
    "no token": (dict, 401),
    "not a bearer": (lambda: {"Authorization": f"Basic {session_token()}"}, 401),
    "two words": (lambda: {"Authorization": f"Bearer x {session_token()}"}, 401),
    "another secret": (signed_in(secret=OTHER_SECRET), 401),
    "over for a minute": (signed_in(exp=1), 401),
    "without an end": (signed_in(exp=None), 401),
    "not yet": (lambda: bearer(session_token(nbf=int(soon(minutes=1).timestamp()))), 401),
    "another app": (signed_in(aud="another-app"), 401),
    "issued by another shop": (signed_in(iss="https://eve.myshopify.com/admin"), 401),
    "for a shop elsewhere": (signed_in(dest="https://evil.example.com", iss="https://evil.example.com/admin"), 401),
    "an embed's token": (embeds_own_token, 401),
    "a token of the Admin API": (admin_token, 401),
    "a shop without the app": (signed_in(shop="zoe"), 403),
}


@pytest.mark.parametrize(("headers", "status"), BAD_CALLS.values(), ids=BAD_CALLS)
def test_a_call_without_a_good_session_token_changes_nothing(client, headers, status):
    made = headers()
    before = everything()

    answer = client.put(
        API, json.dumps({"strategy": "product_per_format"}), content_type="application/json", headers=made
    )

    assert answer.status_code == status
    assert answer.json()["error"]["code"] == ("not_authenticated" if status == 401 else "forbidden")
    assert answer.get("X-Shopify-Retry-Invalid-Session-Request") == ("1" if status == 401 else None)
    assert everything() == before


def test_a_token_from_before_the_uninstalling_opens_nothing(client, shops):
    token = session_token()
    uninstalling.uninstall(shops[0], at=timezone.now())

    assert client.get("/shopify/app/api/waiting/", headers=bearer(token)).status_code == 403


def test_staff_of_ours_with_a_cookie_are_nobody_to_the_page(client):
    client.force_login(User.objects.create_superuser("ops@example.com", "a long enough pass phrase"))

    assert client.put(API, "{}", content_type="application/json").status_code == 401


def test_a_session_token_opens_nothing_of_the_shoppers_api(client):
    assert client.get("/api/v1/orders/", headers=bearer(session_token())).status_code == 401


# Pages that anybody may open with any address

SHOP = "ada.myshopify.com"
BAD_PAGES = {
    "the page, from nowhere": (lambda: APP, 400),
    "the page, framed by no shop": (lambda: f"{APP}?embedded=1", 400),
    "the page, framed by a shop elsewhere": (lambda: f"{APP}?embedded=1&shop=evil.example.com", 400),
    "the page, unsigned": (lambda: f"{APP}?shop={SHOP}&timestamp=1&hmac={'0' * 64}", 400),
    "the page, signed by somebody else": (lambda: f"{APP}?{redirect_query(secret=OTHER_SECRET)}", 400),
    "the page, a token refused twice": (lambda: f"{APP}?shop={SHOP}&again=1&id_token=x", 401),
    "the token page, for no shop": (lambda: f"{SESSION}?shopify-reload=/shopify/app/", 400),
    "the token page, for a shop elsewhere": (
        lambda: f"{SESSION}?shop=evil.example.com&shopify-reload={APP}",
        400,
    ),
    "the token page, on to elsewhere": (lambda: f"{SESSION}?shop={SHOP}&shopify-reload=https://evil.example.com/", 400),
    "the token page, on to //": (lambda: f"{SESSION}?shop={SHOP}&shopify-reload=//evil.example.com/", 400),
    "the token page, on to a backslash": (lambda: f"{SESSION}?shop={SHOP}&shopify-reload=/shopify/app/\\evil", 400),
    "the token page, on to a script": (lambda: f"{SESSION}?shop={SHOP}&shopify-reload=javascript:alert(1)", 400),
    "installing, unsigned": (lambda: f"{AUTH}?shop={SHOP}", 400),
    "installing, signed by somebody else": (lambda: f"{AUTH}?{redirect_query(secret=OTHER_SECRET)}", 400),
    "installing, two days old": (lambda: f"{AUTH}?{redirect_query(at=soon(days=-2))}", 400),
    "installing, from the future": (lambda: f"{AUTH}?{redirect_query(at=soon(minutes=10))}", 400),
    "installing, without a time": (lambda: f"{AUTH}?{redirect_query(timestamp=None)}", 400),
    "installing, a shop elsewhere": (lambda: f"{AUTH}?{redirect_query(shop='evil.example.com')}", 400),
    "installing, two shops": (lambda: f"{AUTH}?{redirect_query()}&shop=eve.myshopify.com", 400),
    "installing, a parameter more": (lambda: f"{AUTH}?{redirect_query()}&state=x", 400),
    "the proxy, unsigned": (lambda: f"{PROXY}?shop={SHOP}", 401),
    "the proxy, signed as a redirect": (lambda: f"{PROXY}?{redirect_query()}", 401),
}


@pytest.mark.parametrize(("address", "status"), BAD_PAGES.values(), ids=BAD_PAGES)
def test_an_address_made_up_leads_nowhere(client, shopify, address, status):
    before = everything()

    answer = client.get(address())

    assert answer.status_code == status
    assert "evil" not in answer.get("Location", "") + answer.get("Content-Security-Policy", "")
    begun = client.cookies.get("cardmaker_install")
    assert (everything(), shopify.asked, begun.value if begun else "") == (before, [], "")


# The way back from Shopify's consent page


def cookie(nonce="n-1", shop=SHOP):
    return signing.dumps([nonce, shop], salt=install_redirect.SALT)


BAD_RETURNS = {
    "without the cookie": ("", {"state": "n-1"}),
    "with a cookie made up": ("n-1:ada", {"state": "n-1"}),
    "with another state": (None, {"state": "n-2"}),
    "without a state": (None, {"state": None}),
    "begun for another shop": (cookie(shop="eve.myshopify.com"), {"state": "n-1"}),
    "without a code": (None, {"state": "n-1", "code": None}),
    "signed by somebody else": (None, {"state": "n-1", "secret": OTHER_SECRET}),
    "two days old": (None, {"state": "n-1", "at": timezone.now() - timedelta(days=2)}),
    "for a shop elsewhere": (cookie(shop="evil.example.com"), {"state": "n-1", "shop": "evil.example.com"}),
}


@pytest.mark.parametrize(("kept", "params"), BAD_RETURNS.values(), ids=BAD_RETURNS)
def test_a_return_that_was_not_begun_here_asks_shopify_nothing(client, shopify, kept, params):
    before = everything()
    client.cookies["cardmaker_install"] = cookie() if kept is None else kept

    answer = client.get(f"{CALLBACK}?{redirect_query(**{'code': 'c0de', **params})}")

    assert (answer.status_code, shopify.asked, everything()) == (403, [], before)
    assert answer.cookies["cardmaker_install"].value == ""


def test_a_state_is_good_for_ten_minutes(client, shopify):
    with time_machine.travel(soon(minutes=-11)):
        client.cookies["cardmaker_install"] = cookie()
    answer = client.get(f"{CALLBACK}?{redirect_query(code='c0de', state='n-1')}")

    assert (answer.status_code, shopify.asked) == (403, [])


def test_a_code_that_shopify_does_not_know_installs_nothing(client, shopify):
    shopify.grants = [(400, {"error": "invalid_request"})]
    before = everything()
    client.cookies["cardmaker_install"] = cookie()

    answer = client.get(f"{CALLBACK}?{redirect_query(code='guessed', state='n-1')}")

    assert (answer.status_code, everything()) == (403, before)


def test_the_table_is_long_enough():
    assert len(DELIVERIES) + len(REPLAYED) + len(BAD_CALLS) + len(BAD_PAGES) + len(BAD_RETURNS) >= 60
