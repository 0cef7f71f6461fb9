import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Account, Shop
from billing.models import Budget, Price
from billing.prices import price_of
from cardmaker.core.errors import BadInput
from cardmaker.core.models import Change
from designs import editing
from designs.catalog import offers
from fulfillment.merchants import app_urls, merchant, merchant_page, permissions
from fulfillment.models import Order, PrivacyRequest
from fulfillment.sales import proof_requests, selling
from fulfillment.tests.factories import NOON, a_format, a_proof, an_item
from fulfillment.tests.shop_kit import an_open_shop, bearer, session_token

pytestmark = pytest.mark.django_db
API = "/shopify/app/api/"
FLAT = "card-5x7-flat"


@pytest.fixture
def shop(db):
    an_item(a_format())
    Price.objects.update_or_create(shop=None, format_code=FLAT, defaults={"amount_minor": 490, "currency": "USD"})
    return an_open_shop()


def call(client, method, path, body=None, shop="ada"):
    return client.generic(
        method, API + path, json.dumps(body or {}), content_type="application/json", headers=bearer(session_token(shop))
    )


def row_of(shop, code=FLAT):
    return next(row for row in merchant_page.formats(shop, at=timezone.now()) if row.code == code)


def test_a_price_is_asked_from_then_on_in_this_shop_alone(client, shop):
    other = an_open_shop("eve")

    answer = call(client, "PATCH", f"formats/{FLAT}/", {"price": "5,50"})

    assert (answer.status_code, answer.json()["price"], answer.json()["left"]) == (200, "5.50", "$3.55")
    assert (str(price_of(shop.pk, FLAT, 1)), str(price_of(other.pk, FLAT, 1))) == ("$5.50", "$4.90")
    assert call(client, "PATCH", f"formats/{FLAT}/", {"price": "5.50"}).status_code == 200
    assert Price.objects.filter(shop=shop).count() == 1


@pytest.mark.parametrize(
    ("price", "message"),
    [
        ("five", "such as 4.90"),
        ("4.905", "such as 4.90"),
        ("NaN", "such as 4.90"),
        ("1e400", "such as 4.90"),
        ("", "Write an amount in USD, such as 4.90."),
        ("   ", "Write an amount in USD, such as 4.90."),
        ("0", "above zero"),
        ("-3", "above zero"),
        ("10000.01", "at most"),
        ("1.00", "Each one would cost you $0.95. The lowest price that pays is $1.95."),
    ],
)
def test_a_price_that_cannot_be_asked_is_told_beside_the_field(client, shop, price, message):
    answer = call(client, "PATCH", f"formats/{FLAT}/", {"price": price})

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], list(error["details"])) == (400, "invalid", ["price"])
    assert message in error["details"]["price"][0]
    assert Price.objects.filter(shop=shop).count() == 0


def test_a_format_that_is_not_made_is_not_there(client, shop):
    assert call(client, "PATCH", "formats/no-such/", {"price": "5"}).status_code == 404


def test_a_format_switched_off_is_sold_nowhere_in_the_shop(client, shop):
    account = Account.objects.create()
    design = editing.create_design(account, shop, kind="card", format_code=FLAT, at=NOON)
    for _ in range(2):
        assert call(client, "PATCH", f"formats/{FLAT}/", {"sold": False}).json()["sold"] is False

    shop.refresh_from_db()
    design.refresh_from_db()
    assert shop.formats_off == [FLAT]
    assert FLAT not in [offer.format.code for offer in offers(shop)]
    with pytest.raises(BadInput):
        editing.create_design(account, shop, kind="card", format_code=FLAT, at=NOON)
    with pytest.raises(BadInput):
        proof_requests.request(design, format_code=FLAT, country="US", at=NOON)

    assert call(client, "PATCH", f"formats/{FLAT}/", {"sold": True}).json()["sold"] is True
    assert Shop.objects.get(pk=shop.pk).formats_off == []


def test_a_proof_of_before_is_not_sold_either(shop, settings):
    account = Account.objects.create()
    proof = a_proof(account, an_item(a_format("card-4x6"), sku="SIM-4x6"))
    house = proof.shop
    merchant.switch_format(house, "card-4x6", sold=False, by="ops", at=NOON)

    with pytest.raises(selling.FormatOff):
        selling.start_checkout(proof, selling.Purchase(1, True, True), account=account, shop=house, at=NOON)


def test_what_a_merchant_changes_is_remembered_with_who(client, shop):
    call(client, "PATCH", f"formats/{FLAT}/", {"price": "5.50", "sold": False})
    call(client, "PUT", "strategy/", {"strategy": "product_per_format"})

    rows = Change.objects.order_by("pk").values_list("subject", "field", "old", "new", "by")
    assert [row[:4] for row in rows] == [
        (f"price of {FLAT} in ada", "price", "", "$5.50"),
        ("shop ada", "formats_off", "[]", f"['{FLAT}']"),
        ("shop ada", "strategy", "product_per_design", "product_per_format"),
    ]
    assert {row[4] for row in rows} == {"ada, staff 42"}


def test_a_wrong_price_leaves_the_switch_as_it_was(client, shop):
    answer = call(client, "PATCH", f"formats/{FLAT}/", {"price": "five", "sold": False})

    assert (answer.status_code, Shop.objects.get(pk=shop.pk).formats_off) == (400, [])


def test_the_strategy_is_chosen(client, shop):
    assert call(client, "PUT", "strategy/", {"strategy": "product_per_format"}).status_code == 200
    assert Shop.objects.get(pk=shop.pk).strategy == "product_per_format"

    refused = call(client, "PUT", "strategy/", {"strategy": "none"})
    assert (refused.status_code, list(refused.json()["error"]["details"])) == (400, ["strategy"])
    assert Shop.objects.get(pk=shop.pk).strategy == "product_per_format"


def test_brands_are_kept_with_who_entered_them(client, shop):
    answer = call(client, "PUT", "brands/", {"own_brands": [" Lego ", "", "Meadow  & Moor", "Lego"]})

    assert (answer.status_code, answer.json()) == (200, {"own_brands": ["Lego", "Meadow & Moor"]})
    assert Shop.objects.get(pk=shop.pk).own_brands == ["Lego", "Meadow & Moor"]
    (change,) = Change.objects.filter(field="own_brands")
    assert (change.by, change.new) == ("ada, staff 42", "['Lego', 'Meadow & Moor']")


@pytest.mark.parametrize("brand", ["Mickey Mouse", "Marlboro", "Taylor Swift", "white power", "x", "x" * 61])
def test_what_is_no_brand_of_theirs_is_refused_beside_the_field(client, shop, brand):
    answer = call(client, "PUT", "brands/", {"own_brands": ["Meadow", brand]})

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["own_brands"])
    assert Shop.objects.get(pk=shop.pk).own_brands == []


def test_origins_are_kept_as_browsers_write_them(client, shop):
    given = [" https://WWW.Example.com/ ", "https://shop.example.com:8443", "https://www.example.com:443", ""]

    answer = call(client, "PUT", "origins/", {"allowed_origins": given})

    kept = ["https://www.example.com", "https://shop.example.com:8443"]
    assert answer.json() == {"allowed_origins": kept}
    assert Shop.objects.get(pk=shop.pk).allowed_origins == kept


@pytest.mark.parametrize(
    "origin",
    ["*", "https://*.example.com", "http://www.example.com", "www.example.com", "https://example.com/page",
     "https://me@example.com", "https://example.com?x", "null", "https://exämple.com", "javascript:alert(1)",
     "https://example.com:99999", "https://localhost"],
)  # fmt: skip
def test_an_origin_that_is_none_is_refused_and_the_others_stay(client, shop, origin):
    Shop.objects.filter(pk=shop.pk).update(allowed_origins=["https://www.example.com"])

    answer = call(client, "PUT", "origins/", {"allowed_origins": ["https://ok.example.com", origin]})

    assert (answer.status_code, list(answer.json()["error"]["details"])) == (400, ["allowed_origins"])
    assert Shop.objects.get(pk=shop.pk).allowed_origins == ["https://www.example.com"]


def test_the_connection_is_asked_again(client, shop, shopify):
    shopify.scopes = ["write_products"]

    answer = call(client, "POST", "connection/").json()

    assert (answer["ok"], "reading orders (read_orders)" in answer["missing"]) == (False, True)
    assert call(client, "GET", "connection/").json()["missing"] == answer["missing"]


def an_order(shop, name, state="held"):
    return Order.objects.create(shop=shop, external_ref=f"gid://shopify/Order/{name[1:]}", name=name, state=state)


def test_orders_waiting_are_this_shops(client, shop):
    other = an_open_shop("eve")
    an_order(shop, "#11")
    an_order(shop, "#12", "in_production")
    an_order(other, "#99")

    told = call(client, "GET", "waiting/").json()

    assert (told["count"], [order["name"] for order in told["orders"]]) == (1, ["#11"])
    assert told["orders"][0]["url"].endswith("/ada.myshopify.com/admin/orders/11")


def test_spend_is_this_shops_and_this_months(client, shop):
    def spent(key, micros, month, meter="ai"):
        Budget.objects.create(meter=meter, scope="shop", scope_key=str(key), period="month", starts_on=month,
                              zone="UTC", spent_micros=micros, reserved_micros=0)  # fmt: skip

    now = timezone.now().date().replace(day=1)
    spent(shop.pk, 1_234_001, now)
    spent(shop.pk, 5_000_000, now, "print")
    spent(shop.pk, 9_000_000, now.replace(year=now.year - 1))
    spent(an_open_shop("eve").pk, 7_000_000, now)

    told = call(client, "GET", "spend/").json()

    assert (told["total"], [line["spent"] for line in told["lines"]]) == ("$6.24", ["$1.24", "$5.00"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_nine_queries_however_much_there_is(shop, django_assert_num_queries, count):
    for number in range(count):
        an_item(a_format(f"card-{number}"), sku=f"SIM-{number}")
        an_order(shop, f"#{number}")
        PrivacyRequest.objects.create(
            shop=shop, topic="shop/redact", delivery=str(number), asked_at=timezone.now(), due_at=timezone.now()
        )

    with django_assert_num_queries(9):
        facts = merchant_page.facts(shop, at=timezone.now())
    assert (len(facts["formats"]), facts["waiting"]["count"], len(facts["privacy"])) == (count + 1, count, count)


def test_a_margin_counts_the_price_against_the_printer(shop):
    assert (row_of(shop).left, row_of(shop).cost, row_of(shop).loses) == ("$2.95", "$1.95", False)
    Shop.objects.filter(pk=shop.pk).update(currency="EUR")
    assert (row_of(Shop.objects.get(pk=shop.pk)).left, row_of(Shop.objects.get(pk=shop.pk)).price) == ("", "")


# One shop's token and another shop's things

SECRET_WORDS = ("#77777", "eve.myshopify.com", "robin@example.com", "https://eve.example.com")
CALLS = {
    "merchant-format": ("PATCH", f"formats/{FLAT}/", {"price": "7.70", "sold": False}, 200),
    "merchant-strategy": ("PUT", "strategy/", {"strategy": "product_per_format"}, 200),
    "merchant-origins": ("PUT", "origins/", {"allowed_origins": []}, 200),
    "merchant-brands": ("PUT", "brands/", {"own_brands": []}, 200),
    "merchant-connection": ("GET", "connection/", None, 200),
    "merchant-waiting": ("GET", "waiting/", None, 200),
    "merchant-spend": ("GET", "spend/", None, 200),
    "merchant-privacy": ("GET", "privacy/{answer}/", None, 404),
}


def test_every_call_of_the_page_is_in_the_table():
    assert {route.name for route in app_urls.calls} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_a_call_neither_shows_nor_changes_another_shop(client, shop, name):
    eve = an_open_shop("eve", allowed_origins=["https://eve.example.com"])
    Price.objects.create(shop=eve, format_code=FLAT, amount_minor=666, currency="USD")
    an_order(eve, "#77777")
    later = timezone.now() + timedelta(days=1)
    asked = PrivacyRequest.objects.create(
        shop=eve, topic="customers/data_request", delivery="d", asked_at=NOON, due_at=NOON, state="done", done_at=NOON,
        done_by="automatic", answer={"email": "robin@example.com"}, answer_until=later,
    )  # fmt: skip
    before = list(Shop.objects.filter(pk=eve.pk).values())
    method, path, body, status = CALLS[name]
    path = path.format(answer=asked.pk) + "?shop=eve.myshopify.com"

    answer = call(client, method, path, {**(body or {}), "shop": "eve.myshopify.com"})

    assert answer.status_code == status
    assert not any(word in answer.content.decode() for word in SECRET_WORDS)
    assert list(Shop.objects.filter(pk=eve.pk).values()) == before
    assert Price.objects.get(shop=eve).amount_minor == 666


def test_a_merchant_fetches_the_answer_to_his_own_request(client, shop):
    later = timezone.now() + timedelta(days=1)
    fields = {"shop": shop, "topic": "customers/data_request", "asked_at": NOON, "due_at": NOON, "state": "done"}
    told = {"done_at": NOON, "done_by": "automatic", "answer": {"orders": []}}
    mine = PrivacyRequest.objects.create(delivery="a", answer_until=later, **fields, **told)
    over = PrivacyRequest.objects.create(delivery="b", answer_until=NOON, **fields, **told)

    answer = call(client, "GET", f"privacy/{mine.pk}/")
    assert (answer.json(), answer["Cache-Control"]) == ({"orders": []}, "no-store")
    assert call(client, "GET", f"privacy/{over.pk}/").status_code == 404


def test_missing_scopes_count_a_write_scope_as_its_read_scope(shop):
    shop.scopes = ["write_products", "write_publications", "write_merchant_managed_fulfillment_orders",
                   "write_app_proxy", "read_shipping", "write_orders"]  # fmt: skip
    assert permissions.missing(shop) == []


def test_every_scope_has_words_for_the_merchant():
    assert set(permissions.SCOPE_WORDS) == permissions.SCOPES
