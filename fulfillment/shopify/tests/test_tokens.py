import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction

from accounts.models import Shop, ShopToken
from cardmaker.core.http import OutsideUnavailable
from cardmaker.core.transactions import InTransaction
from fulfillment.shopify import grants, tokens
from fulfillment.shopify.grants import Grant, GrantRefused, GrantUnusable
from fulfillment.shopify.tests.token_stub import token_stub
from fulfillment.shopify.tokens import NotConnected, RenewalUnderWay, access_token, renewed_token

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DOMAIN = "ada.myshopify.com"


@pytest.fixture(scope="module")
def endpoint():
    with token_stub() as stub:
        yield stub


@pytest.fixture
def stub(endpoint, settings):
    settings.SHOPIFY_BASE_URL = endpoint.url + "/{domain}"
    endpoint.asked, endpoint.answers, endpoint.delay = [], [], lambda: None
    return endpoint


@pytest.fixture
def shop(db):
    return Shop.objects.create(kind="shopify", code="ada", name="Ada", domain=DOMAIN)


def grant(**changes):
    fields = {"access_token": "shpat_a", "expires_in": HOUR, "refresh_token": "shprt_a", "scopes": frozenset()}
    return Grant(**{**fields, "refresh_expires_in": timedelta(days=90), **changes})


def no_pause(seconds):
    """Instead of waiting."""


def test_a_fresh_token_is_given_without_asking_shopify(shop, stub, django_assert_num_queries):
    tokens.store(shop, grant(), at=NOON)

    with django_assert_num_queries(1):
        assert access_token(shop, at=NOON + timedelta(minutes=54)) == "shpat_a"
    assert stub.asked == []


def test_tokens_lie_encrypted_in_the_database(shop):
    tokens.store(shop, grant(), at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT access_token, refresh_token FROM accounts_shoptoken")
        stored = cursor.fetchone()
    assert not any("shp" in text for text in stored)


def test_a_token_near_its_end_is_renewed_and_stored(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    late = NOON + timedelta(minutes=56)

    assert access_token(shop, at=late) == "shpat_1"
    assert access_token(shop, at=late) == "shpat_1"

    (asked,) = stub.asked
    assert asked == {
        "client_id": "sandbox-api-key",
        "client_secret": "sandbox-api-secret-worth-nothing",
        "grant_type": "refresh_token",
        "refresh_token": "shprt_a",
        "path": f"/{DOMAIN}/admin/oauth/access_token",
    }
    row = ShopToken.objects.get()
    assert (row.refresh_token, row.expires_at, row.renewed_at) == ("shprt_1", late + HOUR, late)
    assert (row.refresh_expires_at, row.renewal, row.renewal_until) == (late + timedelta(days=90), None, None)


def test_a_refused_token_is_renewed_though_it_looks_fresh(shop, stub):
    tokens.store(shop, grant(), at=NOON)

    assert renewed_token(shop, seen="shpat_a", at=NOON) == "shpat_1"
    assert renewed_token(shop, seen="shpat_a", at=NOON) == "shpat_1"  # somebody else who was refused the old one
    assert len(stub.asked) == 1


def test_a_shop_without_a_token_is_not_connected(shop, stub):
    for ask in (lambda: access_token(shop, at=NOON), lambda: renewed_token(shop, seen="x", at=NOON)):
        with pytest.raises(NotConnected):
            ask()
    assert stub.asked == []


def test_our_own_shop_has_its_token_from_the_settings(db, settings):
    house = Shop.objects.house()

    assert access_token(house, at=NOON) == settings.HOUSE_SHOP_TOKEN
    tokens.store(house, grant(), at=NOON)
    assert access_token(house, at=NOON) == "shpat_a"  # unless the app is installed there


def test_while_shopify_is_away_the_old_token_serves_to_its_end(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    stub.answers = [(503, {}), (503, {}), (503, {})]

    assert access_token(shop, at=NOON + timedelta(minutes=58)) == "shpat_a"
    with pytest.raises(OutsideUnavailable):
        access_token(shop, at=NOON + timedelta(minutes=61))
    with pytest.raises(OutsideUnavailable):
        renewed_token(shop, seen="shpat_a", at=NOON)
    assert access_token(shop, at=NOON + timedelta(minutes=61)) == "shpat_4"


def test_a_refresh_token_that_died_asks_for_the_merchant(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    stub.answers = [(400, {"error": "invalid_grant"})]
    later = NOON + timedelta(hours=2)

    for _ in range(2):
        with pytest.raises(NotConnected):
            access_token(shop, at=later)
    assert (len(stub.asked), ShopToken.objects.get().refused_at) == (1, later)

    tokens.store(shop, grant(access_token="shpat_b"), at=later)  # the merchant opened the app
    assert access_token(shop, at=later) == "shpat_b"


def test_a_wrong_secret_of_ours_loses_nothing(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    stub.answers = [(401, {"error": "invalid_client"})]

    with pytest.raises(GrantUnusable):
        access_token(shop, at=NOON + HOUR)
    assert access_token(shop, at=NOON + HOUR) == "shpat_2"


@pytest.mark.parametrize(
    "answer",
    [{"expires_in": None}, {"refresh_token": ""}, {"access_token": None}, {"refresh_token_expires_in": "soon"}, None],
)
def test_an_answer_that_could_not_be_renewed_is_not_kept(shop, stub, answer):
    tokens.store(shop, grant(), at=NOON)
    stub.answers = [(200, answer)]

    with pytest.raises(GrantUnusable):
        access_token(shop, at=NOON + HOUR)
    assert (ShopToken.objects.get().refresh_token, ShopToken.objects.get().renewal) == ("shprt_a", None)


def test_a_worker_that_died_after_the_answer_holds_nobody_up_for_long(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    late = NOON + timedelta(minutes=56)
    dead = ShopToken.claim(shop.pk, seen="", at=late)
    grants.renew(DOMAIN, dead.refresh_token)  # and dies before it stores what it got

    assert access_token(shop, at=late, pause=no_pause) == "shpat_a"
    with pytest.raises(RenewalUnderWay):
        renewed_token(shop, seen="shpat_a", at=late, pause=no_pause)
    assert access_token(shop, at=late + timedelta(seconds=91)) == "shpat_2"
    assert [asked["refresh_token"] for asked in stub.asked] == ["shprt_a", "shprt_a"]


def test_an_answer_that_comes_after_its_claim_ran_out_is_not_stored(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    late = NOON + timedelta(minutes=56)
    slow = ShopToken.claim(shop.pk, seen="", at=late)
    access_token(shop, at=late + timedelta(seconds=91))

    assert slow.end_renewal(access_token="shpat_old") is False
    assert ShopToken.objects.get().access_token == "shpat_1"


def test_a_renewal_that_ends_after_the_uninstalling_stores_nothing(shop):
    tokens.store(shop, grant(), at=NOON)
    claimed = ShopToken.claim(shop.pk, seen="", at=NOON + HOUR)
    tokens.revoke(shop)

    assert claimed.end_renewal(access_token="shpat_1") is False
    assert ShopToken.objects.count() == 0


def test_tokens_are_never_asked_for_inside_a_transaction(shop, stub):
    tokens.store(shop, grant(), at=NOON)
    with pytest.raises(InTransaction), transaction.atomic():
        access_token(shop, at=NOON + HOUR)
    assert stub.asked == []


def test_a_shop_that_sleeps_for_a_week_is_renewed(shop):
    tokens.store(shop, grant(), at=NOON)

    assert tokens.idle(at=NOON + timedelta(days=6)) == []
    assert tokens.idle(at=NOON + timedelta(days=8)) == [shop.pk]


def test_a_sleeping_token_is_renewed_once(shop, stub):
    tokens.store(shop, grant(expires_in=timedelta(days=30)), at=NOON)
    later = NOON + timedelta(days=8)

    for _ in range(2):
        tokens.renew_idle(shop, at=later)

    assert ([asked["refresh_token"] for asked in stub.asked], tokens.idle(at=later)) == (["shprt_a"], [])


def test_a_session_token_is_exchanged_for_an_expiring_offline_token(db, stub):
    given = grants.exchange(DOMAIN, "session.jwt")

    assert given.scopes == {"write_products", "read_orders"}
    assert (given.access_token, given.refresh_token, given.expires_in) == ("shpat_1", "shprt_1", HOUR)
    asked = stub.asked[0]
    assert asked["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange"
    assert asked["subject_token_type"] == "urn:ietf:params:oauth:token-type:id_token"
    assert asked["requested_token_type"] == "urn:shopify:params:oauth:token-type:offline-access-token"
    assert (asked["subject_token"], asked["expiring"]) == ("session.jwt", "1")


def test_the_code_of_a_redirect_is_redeemed_for_an_expiring_token(db, stub):
    assert grants.redeem(DOMAIN, "c0de").access_token == "shpat_1"
    assert (stub.asked[0]["code"], stub.asked[0]["expiring"]) == ("c0de", "1")


@pytest.mark.parametrize(("status", "error"), [(400, "invalid_subject_token"), (401, "invalid_client")])
def test_a_refusal_keeps_shopifys_word(db, stub, status, error):
    stub.answers = [(status, {"error": error})]

    with pytest.raises(GrantRefused) as refused:
        grants.exchange(DOMAIN, "session.jwt")
    assert refused.value.error == error


def test_a_grant_does_not_show_its_tokens():
    assert "shp" not in repr(grant())


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_at_once_one_renews(stub):
    shop = Shop.objects.create(kind="shopify", code="ada", name="Ada", domain=DOMAIN)
    tokens.store(shop, grant(), at=NOON)
    together = threading.Barrier(8)

    def ask(number):
        try:
            together.wait(10)
            if number % 2:
                return renewed_token(shop, seen="shpat_a", at=NOON + HOUR)
            return access_token(shop, at=NOON + HOUR)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(8)))

    assert answers == ["shpat_1"] * 8
    assert len(stub.asked) == 1


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_uninstalling_while_a_renewal_is_under_way_leaves_no_token(stub):
    shop = Shop.objects.create(kind="shopify", code="ada", name="Ada", domain=DOMAIN)
    tokens.store(shop, grant(), at=NOON)

    def uninstall():
        tokens.revoke(shop)
        connections.close_all()

    stub.delay = uninstall
    with pytest.raises(NotConnected):
        access_token(shop, at=NOON + HOUR)
    assert ShopToken.objects.count() == 0
