import pytest
from django.utils import timezone

from accounts import origins
from accounts.models import AccessToken, Account, Shop
from accounts.tokens import issue

pytestmark = pytest.mark.django_db
PAGE, STRANGER = "https://www.paper.example.com", "https://evil.example.com"
FORMATS, SESSION = "/api/v1/formats/", "/api/v1/session/"


@pytest.fixture
def shop():
    return Shop.objects.create(
        kind="shopify", code="paper", domain="paper.myshopify.com", allowed_origins=[PAGE, "https://paper.webflow.io"]
    )


@pytest.fixture
def other_shop():
    return Shop.objects.create(
        kind="shopify", code="other", domain="other.myshopify.com", allowed_origins=["https://other.example.com"]
    )


@pytest.fixture
def bearer(shop):
    return {"Authorization": f"Bearer {issue(Account.objects.create(), shop, at=timezone.now())[0]}"}


def preflight(client, origin, path=SESSION):
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    return client.options(path, headers=asked)


def cors(answer):
    return {name: value for name, value in answer.headers.items() if name.startswith("Access-Control-")}


def test_an_allowed_page_may_ask_first_and_learns_what_it_may_send(client, shop):
    answer = preflight(client, PAGE)

    assert (answer.status_code, answer["Vary"], answer.content) == (204, "Origin", b"")
    assert cors(answer) == {
        "Access-Control-Allow-Origin": PAGE,
        "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers": origins.ALLOWED,
        "Access-Control-Expose-Headers": origins.EXPOSED,
        "Access-Control-Max-Age": "7200",
    }
    for name in ("Authorization", "Idempotency-Key", "If-None-Match", "Upload-Offset", "Tus-Resumable"):
        assert name in origins.ALLOWED


@pytest.mark.parametrize(
    "origin",
    [
        STRANGER,
        "null",
        "http://www.paper.example.com",
        "https://paper.example.com",
        "https://www.paper.example.com:8443",
        "https://www.paper.example.com.evil.example.com",
        "https://www.paper.example.com/",
        "HTTPS://www.paper.example.com",
        "https://" + "a" * 300,
        "https://www.paper.example.com@evil.example.com",
    ],
)
def test_any_other_origin_is_told_nothing(client, shop, origin):
    answer = preflight(client, origin)

    assert (answer.status_code, cors(answer), answer["Vary"]) == (403, {}, "Origin")
    assert answer.json()["error"]["code"] == "forbidden"


def test_answers_may_be_read_with_their_headers_and_never_with_cookies(client, shop, bearer):
    answer = client.get(FORMATS, headers={"Origin": PAGE, **bearer})

    assert (answer.status_code, "Origin" in answer["Vary"]) == (200, True)
    assert cors(answer) == {
        "Access-Control-Allow-Origin": PAGE,
        "Access-Control-Expose-Headers": origins.EXPOSED,
    }
    for name in ("ETag", "Location", "Retry-After", "Upload-Offset"):
        assert name in origins.EXPOSED


def test_refusals_can_be_read_too(client, shop, bearer):
    answer = client.post("/api/v1/designs/", {}, content_type="application/json", headers={"Origin": PAGE, **bearer})

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (400, PAGE)


def test_a_shops_token_is_no_good_in_another_shops_page(client, shop, other_shop, bearer):
    answer = client.get(FORMATS, headers={"Origin": "https://other.example.com", **bearer})

    assert (answer.status_code, cors(answer)) == (403, {})


@pytest.mark.parametrize(("origin", "named"), [(STRANGER, "paper"), (PAGE, "other"), (PAGE, "house"), (PAGE, None)])
def test_a_page_gets_no_session_in_a_shop_that_did_not_allow_it(client, shop, other_shop, origin, named):
    body = {"shop": named} if named else {}
    answer = client.post(SESSION, body, content_type="application/json", headers={"Origin": origin})

    assert answer.status_code == 403
    assert not AccessToken.objects.exists()
    assert not Account.objects.filter(kind="guest").exists()


@pytest.mark.parametrize("named", ["paper", "paper.myshopify.com"])
def test_a_page_gets_a_session_by_the_shops_code_or_domain(client, shop, named):
    answer = client.post(SESSION, {"shop": named}, content_type="application/json", headers={"Origin": PAGE})

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (201, PAGE)
    assert AccessToken.objects.get().shop == shop


def test_our_own_pages_and_servers_are_not_asked_for_an_origin(client, house):
    own = client.post(SESSION, {}, content_type="application/json", headers={"Origin": "http://testserver"})
    none = client.post(SESSION, {}, content_type="application/json")

    assert [answer.status_code for answer in (own, none)] == [201, 201]
    assert cors(own) == {}


def test_only_the_api_crosses_origins(client, shop):
    assert cors(client.get("/healthz", headers={"Origin": PAGE})) == {}


def test_a_shops_own_storefront_needs_no_leave(settings, shop):
    settings.SHOPIFY_BASE_URL = "https://{domain}"
    shop.storefront_url = "https://Shop.example.com:443/en/"

    assert origins.origins_of(shop) == {
        PAGE,
        "https://paper.webflow.io",
        "https://paper.myshopify.com",
        "https://shop.example.com",
    }


def test_a_closed_shop_allows_nobody(client, shop):
    Shop.objects.filter(pk=shop.pk).update(active=False)

    assert preflight(client, PAGE).status_code == 403


def test_an_origin_is_looked_up_once_in_a_while(client, shop, django_assert_num_queries):
    with django_assert_num_queries(1):
        preflight(client, PAGE)
    with django_assert_num_queries(0):
        preflight(client, PAGE)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://a.example.com/path?x", "https://a.example.com"),
        ("http://127.0.0.1:8001/shopify/x", "http://127.0.0.1:8001"),
        ("https://a.example.com:443", "https://a.example.com"),
        ("ftp://a.example.com", ""),
        ("a.example.com", ""),
        ("https://*.example.com", ""),
        ("https://a.example.com:nine", ""),
        ("", ""),
    ],
)
def test_an_origin_is_scheme_host_and_port(address, origin):
    assert origins.origin_of(address) == origin
