"""The app's life in a pretended shop: the grants of its token endpoint, its admin page, and what it is told."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from cardmaker.sandbox.tests.driver import DOMAIN, admin

SHOP = "paper-and-post.myshopify.com"
SECRET = "sandbox-api-secret-worth-nothing"
IDENTITY = {"client_id": "sandbox-api-key", "client_secret": SECRET}
EXCHANGE = {
    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
    "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
    "requested_token_type": "urn:shopify:params:oauth:token-type:offline-access-token",
    "expiring": "1",
}


def act(sandbox, action, shop=SHOP, **given):
    return sandbox.post(f"/sandbox/shopify/shops/{shop}/{action}/", given)


def ask(sandbox, shop=SHOP, **given):
    answer = sandbox.http.post(f"/shopify/{shop}/admin/oauth/access_token", json={**IDENTITY, **given})
    return answer.status_code, answer.json()


def exchange(sandbox, shop=SHOP):
    token = act(sandbox, "session-token", shop)["token"]
    return ask(sandbox, shop, **EXCHANGE, subject_token=token)[1]


def renew(sandbox, refresh_token):
    return ask(sandbox, grant_type="refresh_token", refresh_token=refresh_token)


def opens(sandbox, token, shop=SHOP):
    return "data" in admin(sandbox, "app_state", token=token, domain=shop)


@pytest.fixture
def installed(sandbox):
    act(sandbox, "install")
    return sandbox


def test_a_session_token_is_exchanged_for_one_that_expires(installed):
    given = exchange(installed)

    assert (given["expires_in"], given["refresh_token_expires_in"]) == (3600, 7_776_000)
    assert given["scope"].startswith("write_products,")
    assert opens(installed, given["access_token"])
    assert not opens(installed, given["access_token"], "blue-heron-gifts.myshopify.com")
    assert not opens(installed, "sandbox-access-token")  # a shop with the app is opened by its own token alone
    assert opens(installed, "sandbox-access-token", DOMAIN)


def test_a_refresh_token_works_until_its_follower_is_used(installed):
    first = exchange(installed)
    lost = renew(installed, first["refresh_token"])[1]
    again = renew(installed, first["refresh_token"])[1]
    assert again["access_token"] != lost["access_token"]

    assert opens(installed, again["access_token"])

    assert renew(installed, first["refresh_token"]) == (400, {"error": "invalid_grant"})
    assert renew(installed, again["refresh_token"])[0] == 200


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"client_secret": "guessed"}, (401, {"error": "invalid_client"})),
        ({**EXCHANGE, "subject_token": "x.y.z"}, (400, {"error": "invalid_subject_token"})),
        ({"code": "guessed"}, (400, {"error": "invalid_request"})),
        ({"grant_type": "refresh_token", "refresh_token": "guessed"}, (400, {"error": "invalid_grant"})),
        ({"grant_type": "password"}, (400, {"error": "unsupported_grant_type"})),
    ],
)
def test_the_token_endpoint_refuses_in_oauths_words(installed, given, answer):
    assert ask(installed, **given) == answer


def test_the_token_of_another_shop_is_not_exchanged(installed):
    act(installed, "install", "blue-heron-gifts.myshopify.com")
    foreign = act(installed, "session-token", "blue-heron-gifts.myshopify.com")["token"]

    assert ask(installed, **EXCHANGE, subject_token=foreign)[1] == {"error": "invalid_subject_token"}


def test_a_session_token_has_all_its_claims(installed):
    claims = jwt.decode(act(installed, "session-token")["token"], SECRET, ["HS256"], audience="sandbox-api-key")

    assert (claims["iss"], claims["dest"]) == (f"https://{SHOP}/admin", f"https://{SHOP}")
    assert claims["exp"] - claims["nbf"] == 60
    assert {"sub", "jti", "sid", "iat"} <= claims.keys()


def test_uninstalling_kills_the_tokens_and_tells_the_app(installed, app):
    token = exchange(installed)["access_token"]

    act(installed, "uninstall")

    assert not opens(installed, token)
    told = app.wait_for(1)[0]
    assert told["headers"]["x-shopify-topic"] == "app/uninstalled"
    assert told["json"]["myshopify_domain"] == SHOP


def test_other_scopes_are_told_and_shown(installed, app):
    act(installed, "scopes", scopes="read_orders")

    told = app.wait_for(1)[0]
    assert (told["headers"]["x-shopify-topic"], told["json"]["current"]) == ("app/scopes_update", ["read_orders"])
    token = exchange(installed)["access_token"]
    scopes = admin(installed, "app_state", token=token, domain=SHOP)["data"]["currentAppInstallation"]["accessScopes"]
    assert scopes == [{"handle": "read_orders"}]


def test_the_three_privacy_topics_have_their_bodies(installed, app):
    for action in ("data-request", "redact-customer", "redact-shop"):
        act(installed, action, email="robin@example.com")

    told = {each["headers"]["x-shopify-topic"]: set(each["json"]) for each in app.wait_for(3)}
    common = {"shop_id", "shop_domain"}
    assert told == {
        "customers/data_request": common | {"customer", "orders_requested", "data_request"},
        "customers/redact": common | {"customer", "orders_to_redact"},
        "shop/redact": common,
    }


def test_tokens_can_be_let_run_out(installed):
    given = exchange(installed)
    act(installed, "expire-tokens")

    assert not opens(installed, given["access_token"])
    assert opens(installed, renew(installed, given["refresh_token"])[1]["access_token"])


def test_consent_leads_back_with_a_signed_code(sandbox, app):
    asked = {"client_id": "sandbox-api-key", "scope": "read_orders", "state": "s-1"}
    asked["redirect_uri"] = app.url + "/shopify/auth/callback/"
    page = sandbox.http.get(f"/shopify/{SHOP}/admin/oauth/authorize", params=asked)
    assert (page.status_code, "read_orders" in page.text) == (200, True)

    back = sandbox.http.post(f"/shopify/{SHOP}/admin/oauth/authorize", params=asked)

    named = {name: values[0] for name, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}
    text = "&".join(f"{name}={value}" for name, value in sorted(named.items()) if name != "hmac")
    assert named["hmac"] == hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    assert (named["state"], named["shop"]) == ("s-1", SHOP)
    assert base64.b64decode(named["host"] + "==").decode() == f"{SHOP}/admin"
    assert ask(sandbox, code=named["code"], expiring="1")[0] == 200
    assert ask(sandbox, code=named["code"], expiring="1")[0] == 400


def test_consent_for_an_address_elsewhere_is_refused(sandbox):
    asked = {"client_id": "sandbox-api-key", "redirect_uri": "https://evil.example.com/", "scope": "read_orders"}

    assert sandbox.http.get(f"/shopify/{SHOP}/admin/oauth/authorize", params=asked).status_code == 400


def test_the_frame_holds_the_app_with_a_session_token(installed, app):
    page = installed.http.get(f"/shopify/{SHOP}/admin/apps/sandbox-api-key")

    assert f'src="{app.url}/shopify/app/?' in page.text
    assert "id_token=" in page.text
    assert installed.http.get("/shopify/app-bridge.js").headers["content-type"] == "text/javascript"
