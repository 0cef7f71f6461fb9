"""Our tokens against the sandbox over HTTP: exchanged, run out, renewed, taken away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Shop, ShopToken
from cardmaker.core.http import shared_client
from fulfillment.merchants import installing, permissions, uninstalling
from fulfillment.merchants.shops import shopify_of
from fulfillment.shopify import session_tokens

pytestmark = [pytest.mark.sandbox, pytest.mark.serial, pytest.mark.django_db]
SHOP = "paper-and-post.myshopify.com"


def act(sandbox, action, **given):
    return sandbox.post(f"/sandbox/shopify/shops/{SHOP}/{action}/", given)


@pytest.fixture
def shop(sandbox, settings):
    """Installed by its session token, as opening the app does."""
    settings.SHOPIFY_BASE_URL = sandbox.url + "/shopify/{domain}"
    act(sandbox, "install")
    token = session_tokens.read(act(sandbox, "session-token")["token"], at=timezone.now())
    yield installing.open_app(token, at=timezone.now())
    shared_client("Shopify", f"{sandbox.url}/shopify/{SHOP}").close()
    shared_client.cache_clear()


def test_a_token_that_ran_out_is_renewed_in_the_middle_of_a_call(shop, sandbox):
    first = ShopToken.objects.get().access_token
    act(sandbox, "expire-tokens")

    assert shopify_of(shop).state().domain == SHOP
    assert ShopToken.objects.get().access_token != first
    assert permissions.missing(shop) == []


def test_a_token_near_its_end_is_renewed_before_the_call(shop, sandbox):
    ShopToken.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    assert shopify_of(shop).state().domain == SHOP
    assert ShopToken.objects.get().expires_at > timezone.now() + timedelta(minutes=50)


def test_an_uninstalled_shop_is_noticed_and_comes_back_as_the_same(shop, sandbox):
    assert uninstalling.confirm(shop, at=timezone.now()) is False
    act(sandbox, "uninstall")

    assert uninstalling.confirm(shop, at=timezone.now()) is True
    assert ShopToken.objects.count() == 0

    act(sandbox, "install")
    token = session_tokens.read(act(sandbox, "session-token")["token"], at=timezone.now())
    again = installing.open_app(token, at=timezone.now())
    assert (again.pk, again.active, Shop.objects.filter(kind="shopify").count()) == (shop.pk, True, 1)
