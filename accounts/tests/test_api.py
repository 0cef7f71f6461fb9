from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory

from accounts import intake
from accounts.beta import NotInvited
from accounts.buckets import Size
from accounts.forgetting import forget
from accounts.identity import Caller, caller_of, live_token, open_to, token_claims
from accounts.intake import TooManyGuests, admit_guest, network_of
from accounts.models import AccessToken, Account, BetaEntry, Bucket, Shop, SpentProof
from accounts.tests.conftest import NOON
from accounts.tokens import issue
from billing.models import LedgerEntry

pytestmark = pytest.mark.django_db
URL = "/api/v1/session/"


@pytest.fixture
def other_shop():
    return Shop.objects.create(kind="shopify", code="other", domain="other.example")


def post(client, token=None, **body):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post(URL, body, content_type="application/json", headers=headers)


def request_with(text):
    return RequestFactory().get("/", headers={"Authorization": f"Bearer {text}"})


def test_a_visitor_gets_a_guest_and_a_token(client, house):
    answer = post(client)

    guest = Account.objects.get(kind="guest")
    token = AccessToken.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "token": answer.json()["token"],
        "account": str(guest.pk),
        "expires_at": token.expires_at.isoformat().replace("+00:00", "Z"),
    }
    assert (token.account, token.shop, token.expires_at - token.created_at > timedelta(days=29)) == (guest, house, True)
    assert answer.json()["token"] not in token.digest


def test_a_token_opens_its_own_account_and_shop(client, other_shop):
    text = post(client, shop="other").json()["token"]

    caller = caller_of(request_with(text))

    assert (caller.account, caller.shop, caller.user, caller.bearer) == (
        Account.objects.get(kind="guest"),
        other_shop,
        None,
        True,
    )


def test_a_bearer_renews_its_token_in_its_shop_and_is_somebody_else_in_another(client, other_shop):
    first = post(client, shop="other").json()

    assert post(client, first["token"]).json()["account"] == first["account"]
    assert post(client, first["token"], shop="other").json()["account"] == first["account"]
    assert post(client, first["token"], shop="house").json()["account"] != first["account"]


def test_an_unknown_or_closed_shop_is_named(client, other_shop):
    Shop.objects.filter(code="other").update(active=False)

    for code in ("other", "nowhere"):
        answer = post(client, shop=code)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")
        assert answer.json()["error"]["details"] == {"shop": ["There is no shop with this code."]}
    assert Account.objects.filter(kind="guest").count() == 0


def test_a_signed_in_person_gets_a_short_lived_token_for_their_account(client, person, house):
    client.force_login(person.user)

    assert post(client).json()["account"] == str(person.pk)
    token = AccessToken.objects.get()
    assert token.expires_at - token.created_at < timedelta(hours=13)


def test_a_session_needs_the_csrf_token_and_a_bearer_does_not(person, guest, house):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person.user)
    text, _ = issue(guest, house, at=NOON.replace(year=2090))

    assert post(strict).status_code == 403
    assert post(strict, text).status_code == 201


@pytest.mark.parametrize("spoil", ["revoked", "expired", "altered", "nonsense"])
def test_a_token_that_is_not_valid_gets_401_and_nothing_else(client, guest, house, spoil):
    text, token = issue(guest, house, at=NOON)
    if spoil == "revoked":
        AccessToken.objects.revoke(at=NOON)
    if spoil == "altered":
        text = text[:-1] + ("A" if text[-1] != "A" else "B")
    if spoil == "nonsense":
        text = "nonsense"

    with time_machine.travel(token.expires_at if spoil == "expired" else NOON, tick=False):
        answer = post(client, text)

    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert AccessToken.objects.count() == 1


def test_claims_cost_no_query_and_the_callers_own_query_sees_a_revocation(guest, house, django_assert_num_queries):
    text, token = issue(guest, house, at=NOON)

    with django_assert_num_queries(0):
        claims = token_claims(text)
    assert (claims.token_id, claims.account_id, claims.shop_id) == (token.pk, guest.pk, house.pk)
    with django_assert_num_queries(1):
        assert Account.objects.filter(live_token(claims, at=NOON), pk=claims.account_id).exists()
    AccessToken.objects.revoke(at=NOON)
    assert not Account.objects.filter(live_token(claims, at=NOON), pk=claims.account_id).exists()


def test_an_embed_sees_its_shop_and_our_pages_see_every_shop(guest, house, other_shop):
    for number, shop in enumerate((house, other_shop)):
        fields = {
            "key": f"line:{number}",
            "meter": "ai",
            "kind": "charge",
            "provider": "x",
            "amount_micros": 1,
            "at": NOON,
        }
        LedgerEntry.objects.create(account_id=guest.pk, shop_id=shop.pk, **fields)
        LedgerEntry.objects.create(account_id=house.pk, shop_id=shop.pk, **fields | {"key": f"stranger:{number}"})
    rows = LedgerEntry.objects.order_by("key")

    def keys(caller):
        return list(caller.owns(rows).values_list("key", flat=True))

    assert keys(Caller(guest, other_shop, None, bearer=True)) == ["line:1"]
    assert keys(Caller(guest, house, None)) == ["line:0", "line:1"]
    assert keys(Caller(None, house, None)) == []


def test_a_network_may_make_so_many_guests_an_hour(settings, monkeypatch):
    settings.SANDBOX = False
    monkeypatch.setattr(intake, "GUESTS", Size(points=2, per_hour=2))
    for _ in range(2):
        admit_guest("203.0.113.7", at=NOON)
    with pytest.raises(TooManyGuests) as refused:
        admit_guest("203.0.113.7", at=NOON)
    admit_guest("203.0.113.8", at=NOON)
    admit_guest("203.0.113.7", at=NOON + timedelta(minutes=30))

    assert refused.value.details["retry_after"] == 1800
    with pytest.raises(TooManyGuests):
        admit_guest("203.0.113.7", at=NOON + timedelta(minutes=59))


def test_what_is_over_is_forgotten(guest, house, settings):
    settings.SANDBOX = False
    admit_guest("203.0.113.7", at=NOON)
    SpentProof.objects.create(nonce="n", expires_at=NOON)
    issue(guest, house, at=NOON)
    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        forget()
    assert (Bucket.objects.count(), SpentProof.objects.count(), AccessToken.objects.count()) == (0, 0, 1)

    with time_machine.travel(NOON + timedelta(days=61), tick=False):
        forget()
    assert AccessToken.objects.count() == 0


def test_a_crowded_network_gets_429_and_when_to_come_back(client, settings, monkeypatch):
    settings.SANDBOX = False
    monkeypatch.setattr(intake, "GUESTS", Size(points=1, per_hour=1))
    post(client)

    answer = post(Client())

    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "quota_spent")
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert Account.objects.filter(kind="guest").count() == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", "unknown")],
)
def test_an_ipv6_subscriber_is_one_network(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(("listed", "let_in"), [("ada@example.com", True), ("eve@example.com", False)])
def test_the_private_beta_is_open_to_listed_people(person, settings, listed, let_in):
    BetaEntry.objects.create(kind="email", value=listed)
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")
    open_to(person, request)
    settings.PRIVATE_BETA = True

    if let_in:
        open_to(person, request)
    else:
        with pytest.raises(NotInvited):
            open_to(person, request)


def test_a_guest_in_a_listed_network_may_come_in(guest, settings):
    settings.PRIVATE_BETA = True
    entry = BetaEntry(kind="network", value="198.51.100.77/24")
    entry.full_clean()
    entry.save()

    open_to(guest, RequestFactory().get("/", REMOTE_ADDR="198.51.100.1"))
    with pytest.raises(NotInvited):
        open_to(guest, RequestFactory().get("/", REMOTE_ADDR="198.51.101.1"))
    assert entry.value == "198.51.100.0/24"


def test_the_house_shop_follows_the_settings(settings):
    first = Shop.objects.house()
    settings.HOUSE_SHOP_DOMAIN = "moved.myshopify.com"

    again = Shop.objects.house()

    assert (again.pk, again.domain, again.account.kind) == (first.pk, "moved.myshopify.com", "shop")
    assert Shop.objects.get().domain == "moved.myshopify.com"
