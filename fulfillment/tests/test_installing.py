import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts import origins
from accounts import tokens as our_tokens
from accounts.models import AccessToken, Account, Shop, ShopToken
from cardmaker.core.jobs import drain
from cardmaker.core.models import Event, Job
from fulfillment.merchants import installing, permissions, uninstalling
from fulfillment.models import Order
from fulfillment.shopify import session_tokens
from fulfillment.shopify.grants import GrantRefused
from fulfillment.tests.factories import LATER, NOON, RECIPIENT
from fulfillment.tests.shop_kit import an_open_shop, deliver, grant, handle_all, redirect_query, session_token

pytestmark = pytest.mark.django_db
APP = "/shopify/app/"


def opened(client, shop="ada", **claims):
    return client.get(APP, {"id_token": session_token(shop, **claims), "shop": f"{shop}.myshopify.com"})


def token_of(shop="ada"):
    return session_tokens.read(session_token(shop), at=timezone.now())


def test_opening_the_app_for_the_first_time_installs_it(client, shopify):
    answer = opened(client)

    shop = Shop.objects.get(domain="ada.myshopify.com")
    assert (answer.status_code, shop.kind, shop.code, shop.name) == (200, "shopify", "ada", "Ada's cards")
    assert (shop.currency, shop.zone, shop.country, shop.shopify_id) == ("USD", "Europe/Berlin", "US", "661")
    assert (shop.scopes, shop.account.kind, shop.active) == (sorted(permissions.SCOPES), "shop", True)
    assert shop.shopify_token.access_token == "shpat_1"
    queued = sorted(Job.objects.values_list("kind", flat=True))
    assert queued == ["fulfillment.reconcile_shop", "fulfillment.sync_delivery"]
    assert list(Event.objects.values_list("name", flat=True)) == ["installed"]


def test_the_shops_own_domain_may_hold_the_studio_from_then_on(client, shopify):
    opened(client)

    shop = Shop.objects.get(domain="ada.myshopify.com")
    assert "https://www.example.com" in origins.origins_of(shop)


def test_opening_it_again_asks_shopify_nothing(client, shopify):
    opened(client)
    shopify.asked.clear()

    assert opened(client).status_code == 200
    assert (shopify.asked, Shop.objects.filter(kind="shopify").count(), Event.objects.count()) == ([], 1, 1)


def test_the_page_may_be_framed_by_this_shops_admin_alone(client, shopify, settings):
    an_open_shop("eve")
    settings.SANDBOX = False

    answer = opened(client)

    ancestors = "frame-ancestors https://ada.myshopify.com https://admin.shopify.com;"
    assert ancestors in answer["Content-Security-Policy"] + ";"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "eve.myshopify.com" not in answer.content.decode()


def test_the_page_sets_no_cookie(client, shopify):
    assert (opened(client).cookies, opened(client).cookies) == ({}, {})


def test_without_a_token_app_bridge_is_asked_for_one(client, shopify):
    for query in ("shop=ada.myshopify.com&host=aG9zdA&embedded=1", "shop=ada.myshopify.com&id_token=old&embedded=1"):
        answer = client.get(f"{APP}?{query}")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/shopify/app/session/?shop=ada.myshopify.com")
        assert "shopify-reload=%2Fshopify%2Fapp%2F%3Fshop" in answer["Location"]
        page = client.get(answer["Location"])
        assert (page.status_code, b"app-bridge.js" in page.content) == (200, True)
    assert shopify.asked == []


def test_a_token_that_is_refused_twice_ends_in_words(client, shopify):
    answer = client.get(f"{APP}?shop=ada.myshopify.com&id_token=old&embedded=1&again=1")

    assert (answer.status_code, b"run out" in answer.content) == (401, True)


def test_a_session_token_that_shopify_finds_too_old_is_fetched_again(client, shopify):
    shopify.grants = [(400, {"error": "invalid_subject_token"})]

    assert opened(client).status_code == 302
    assert Shop.objects.filter(kind="shopify").count() == 0


@pytest.mark.parametrize(
    ("answer", "status"), [((503, {}), 503), ((401, {"error": "invalid_client"}), 403), ((200, {}), 503)]
)
def test_what_shopify_does_not_give_installs_nothing(client, shopify, answer, status):
    shopify.grants = [answer if answer[1] or answer[0] != 200 else (200, {"access_token": "only"})]

    assert opened(client).status_code == status
    assert (Shop.objects.filter(kind="shopify").count(), ShopToken.objects.count()) == (0, 0)


def test_a_token_that_opens_another_shop_is_not_kept(client, shopify):
    shopify.said_domain = "eve.myshopify.com"

    assert opened(client).status_code == 403
    assert (Shop.objects.filter(kind="shopify").count(), ShopToken.objects.count()) == (0, 0)


def test_a_shop_called_house_is_not_our_own(client, shopify):
    Shop.objects.house()
    opened(client, "house")

    assert Shop.objects.get(domain="house.myshopify.com").code == "house-2"


def test_a_refresh_token_that_died_is_replaced_by_opening_the_app(client, shopify):
    shop = an_open_shop()
    ShopToken.objects.update(refused_at=NOON)

    assert opened(client).status_code == 200
    assert ShopToken.objects.get().refused_at is None
    assert Shop.objects.get(pk=shop.pk).installed_at == shop.installed_at  # it was never gone


def test_a_shop_that_ops_have_closed_is_not_opened_by_a_new_token(client, shopify):
    an_open_shop()
    Shop.objects.filter(code="ada").update(active=False)
    ShopToken.objects.update(refused_at=NOON)

    assert opened(client).status_code == 200
    assert Shop.objects.get(code="ada").active is False


def test_uninstalling_is_believed_when_shopify_says_the_same(client, shopify):
    shop = an_open_shop()
    _, embed = our_tokens.issue(Account.objects.create(), shop, at=timezone.now())
    deliver(client, "app/uninstalled", {"id": 1, "myshopify_domain": shop.domain})

    drain()
    shop.refresh_from_db()
    assert (shop.active, shop.uninstalled_at) == (True, None)  # an old delivery, repeated: our token opens the shop

    shopify.opens = False
    shopify.grants = [(400, {"error": "invalid_grant"})]
    deliver(client, "app/uninstalled", {"id": 1, "myshopify_domain": shop.domain}, webhook_id="w-2")
    drain()
    shop.refresh_from_db()
    assert (shop.active, shop.scopes, ShopToken.objects.count()) == (False, [], 0)
    assert shop.uninstalled_at is not None
    assert AccessToken.objects.live(at=timezone.now()).filter(pk=embed.pk).count() == 0


def test_uninstalling_twice_is_once():
    shop = an_open_shop()

    uninstalling.uninstall(shop, at=NOON)
    uninstalling.uninstall(shop, at=LATER)

    shop.refresh_from_db()
    assert shop.uninstalled_at == NOON
    assert Event.objects.filter(name="uninstalled").count() == 1


def test_a_shop_that_comes_back_is_the_same_shop(client, shopify):
    opened(client)
    before = Shop.objects.get(domain="ada.myshopify.com")
    Shop.objects.filter(pk=before.pk).update(strategy="product_per_format", name="My name for it")
    uninstalling.uninstall(before, at=timezone.now())
    assert opened(client).status_code == 200

    (shop,) = Shop.objects.filter(kind="shopify")
    assert (shop.pk, shop.active, shop.uninstalled_at) == (before.pk, True, None)
    assert (shop.strategy, shop.name) == ("product_per_format", "My name for it")
    assert shop.installed_at > before.installed_at
    assert ShopToken.objects.count() == 1


def an_order(shop, state, **changes):
    """A read order with somebody's address."""
    number = Order.objects.count() + 1
    fields = {"external_ref": f"gid://shopify/Order/{number}", "name": f"#{number}", "state": state}
    known = {"email": "robin@example.com", "address": {"first_name": RECIPIENT.first_name}, "country": "US"}
    return Order.objects.create(shop=shop, read_at=NOON, financial_status="PAID", **{**fields, **known, **changes})


def test_orders_in_print_go_on_and_the_others_wait_for_the_shop(shopify):
    shop, other = an_open_shop(), an_open_shop("eve")
    held = an_order(shop, "held", reasons=[{"code": "new_account", "message": "First.", "blocks": False}])
    received, printing = an_order(shop, "received"), an_order(shop, "in_production")
    elsewhere = an_order(other, "received")

    uninstalling.uninstall(shop, at=NOON)

    for order in (held, received, printing, elsewhere):
        order.refresh_from_db()
    assert [order.state for order in (held, received, printing, elsewhere)] == [
        "held", "held", "in_production", "received",
    ]  # fmt: skip
    assert [reason["code"] for reason in held.reasons] == ["shop_gone", "new_account"]
    assert received.blocking_reasons()[0]["code"] == "shop_gone"

    installing.install(shop.domain, grant(), at=LATER)
    waiting = Job.objects.filter(kind="fulfillment.read_order").values_list("subject", flat=True)
    assert sorted(waiting) == sorted([str(held.pk), str(received.pk)])


def test_other_scopes_are_read_from_shopify_not_from_the_delivery(client, shopify):
    shop = an_open_shop()
    shopify.scopes = ["read_orders", "write_products"]
    deliver(client, "app/scopes_update", {"id": 1, "previous": [], "current": ["write_everything"]})
    drain()

    shop.refresh_from_db()
    assert shop.scopes == ["read_orders", "write_products"]
    assert "read_products" not in permissions.missing(shop)
    assert "write_publications" in permissions.missing(shop)


def test_a_closed_door_at_shopify_stops_the_install_in_words(shopify):
    shopify.grants = [(400, {"error": "invalid_request"})]

    with pytest.raises(GrantRefused):
        installing.open_app(token_of(), at=timezone.now())


# The way by redirects


def start(client, **params):
    return client.get(f"/shopify/auth/?{redirect_query(**params)}")


def state_of(answer):
    return dict(part.split("=", 1) for part in answer["Location"].partition("?")[2].split("&"))["state"]


def test_a_redirect_of_shopifys_leads_to_the_consent_page(client, shopify, settings):
    answer = start(client)

    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{shopify.url}/ada.myshopify.com/admin/oauth/authorize?client_id=")
    cookie = answer.cookies["cardmaker_install"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/shopify/auth/")


def test_the_way_back_installs_and_leads_into_the_admin(client, shopify, settings):
    state = state_of(start(client))

    answer = client.get(f"/shopify/auth/callback/?{redirect_query(code='c0de', state=state)}")

    assert answer["Location"] == f"{shopify.url}/ada.myshopify.com/admin/apps/{settings.SHOPIFY_API_KEY}"
    assert Shop.objects.get(domain="ada.myshopify.com").shopify_token.access_token == "shpat_1"
    again = client.get(f"/shopify/auth/callback/?{redirect_query(code='c0de', state=state)}")
    assert (again.status_code, len(shopify.named("/access_token"))) == (403, 1)


def test_outside_the_frame_an_installed_shop_is_sent_into_it(client, shopify, settings):
    an_open_shop()

    answer = client.get(f"{APP}?{redirect_query()}")

    assert answer["Location"] == f"{shopify.url}/ada.myshopify.com/admin/apps/{settings.SHOPIFY_API_KEY}"
    assert client.get(APP).status_code == 400
    assert reverse("shopify-app") == APP


def test_handling_a_delivery_twice_is_once(client, shopify):
    shop = an_open_shop()
    deliver(client, "app/uninstalled", {"id": 1, "myshopify_domain": shop.domain})
    handle_all()
    handle_all()

    assert Job.objects.filter(kind=uninstalling.CONFIRM).count() == 1


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_install_at_once_make_one_shop(shopify):
    together = threading.Barrier(4)

    def tab(number):
        try:
            together.wait(10)
            return installing.install("ada.myshopify.com", grant(access_token=f"shpat_{number}"), at=NOON).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(tab, range(4)))

    (shop,) = Shop.objects.filter(kind="shopify")
    assert (keys, ShopToken.objects.count()) == ({shop.pk}, 1)
    assert Event.objects.filter(name="installed").count() == 1
    assert Account.objects.filter(kind="shop").count() == 1
