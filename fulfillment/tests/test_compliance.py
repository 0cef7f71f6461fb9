from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Account, Shop, ShopToken
from cardmaker.core.inbox import InboxEvent
from cardmaker.core.jobs import drain
from cardmaker.core.models import Job
from cardmaker.core.sealing import blind
from designs.models import Design, Proof, RawInput
from fulfillment.merchants import compliance, installing, uninstalling
from fulfillment.models import Order, OrderLine, PrivacyRequest
from fulfillment.sales import delisting
from fulfillment.tests.factories import NOON, a_format, a_listing, a_proof, an_item
from fulfillment.tests.shop_kit import an_open_shop, deliver, grant

pytestmark = pytest.mark.django_db
EMAIL = "robin@example.com"


def an_order(shop, number, email=EMAIL, state="delivered", account=None):
    known = {
        "email": email,
        "email_key": blind(email),
        "address": {"city": "Portland"},
        "country": "US",
        "account": account,
        "read_at": NOON,
    }
    ref = f"gid://shopify/Order/{number}"
    return Order.objects.create(shop=shop, external_ref=ref, name=f"#{number}", state=state, **known)


def a_design(shop, account):
    return Design.objects.create(
        account=account, shop=shop, kind="card", format=a_format(), title="Fox", updated_at=NOON
    )


def body(topic, shop="ada", orders=(), email=EMAIL):
    told = {"shop_id": 954889, "shop_domain": f"{shop}.myshopify.com"}
    customer = {"id": 191167, "email": email, "phone": "555-625-1199"}
    return {
        "customers/data_request": told
        | {"orders_requested": list(orders), "customer": customer, "data_request": {"id": 9999}},
        "customers/redact": told | {"customer": customer, "orders_to_redact": list(orders)},
        "shop/redact": told,
    }[topic]


def asked(client, topic, **options):
    """The delivery, stored and worked off."""
    named = {name: options.pop(name) for name in ("webhook_id", "domain") if name in options}
    answer = deliver(client, topic, body(topic, **options), **named)
    drain()
    return answer.status_code


def test_a_data_request_is_answered_with_what_this_shop_keeps(client):
    shop, other = an_open_shop(), an_open_shop("eve")
    guest = Account.objects.create()
    an_order(shop, 11, account=guest)
    an_order(shop, 12, email=" Robin@Example.com ")
    an_order(shop, 13, email="somebody.else@example.com")
    an_order(other, 14)
    a_design(shop, guest)
    a_design(other, guest)

    assert [asked(client, "customers/data_request", orders=[11]) for _ in range(2)] == [200, 200]

    (request,) = PrivacyRequest.objects.all()
    assert (request.state, request.done, request.done_by) == ("done", {"orders": 2, "designs": 1}, "automatic")
    assert request.due_at - request.asked_at == timedelta(days=30)
    assert [order["name"] for order in request.answer["orders"]] == ["#11", "#12"]
    assert [design["title"] for design in request.answer["designs"]] == ["Fox"]
    assert (request.answer["shop"], request.told) == ("ada.myshopify.com", None)


def test_the_record_lies_encrypted_and_names_nobody_once_done(client):
    shop = an_open_shop()
    an_order(shop, 11)
    asked(client, "customers/data_request", orders=[11])

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fulfillment_privacyrequest")
        stored = str(cursor.fetchone())
    assert EMAIL not in stored
    assert "191167" not in stored


def test_the_answer_is_deleted_after_thirty_days(client):
    an_order(an_open_shop(), 11)
    asked(client, "customers/data_request", orders=[11])
    at = timezone.now()

    assert compliance.forget(at=at + timedelta(days=29)) == 0
    assert [compliance.forget(at=at + timedelta(days=31)) for _ in range(2)] == [1, 0]
    request = PrivacyRequest.objects.get()
    assert (request.answer, request.state, request.done["orders"]) == (None, "done", 1)


def test_a_redacted_customer_is_forgotten_in_this_shop_alone(client):
    shop, other = an_open_shop(), an_open_shop("eve")
    guest = Account.objects.create()
    mine, elsewhere = an_order(shop, 11, account=guest), an_order(other, 12)
    theirs = an_order(shop, 13, email="somebody.else@example.com")
    design = a_design(shop, guest)
    deliver(client, "orders/paid", {"id": 11, "email": EMAIL, "customer": {"id": 191167}}, webhook_id="o-1")
    deliver(client, "orders/paid", {"id": 13, "email": "somebody.else@example.com"}, webhook_id="o-2")
    deliver(client, "orders/edited", {"id": 11, "customer": {"id": 191167}}, webhook_id="o-3")
    InboxEvent.objects.update(state="handled")
    InboxEvent.objects.filter(external_id="o-3").update(state="dead")
    Job.objects.all().delete()  # nothing handles them (again)

    assert [asked(client, "customers/redact", orders=[11]) for _ in range(2)] == [200, 200]

    for order in (mine, elsewhere, theirs):
        order.refresh_from_db()
    assert (mine.email, mine.address, mine.country, mine.forgotten_at is not None) == ("", {}, "", True)
    assert (elsewhere.email, theirs.email) == (EMAIL, "somebody.else@example.com")
    guest.refresh_from_db()
    assert guest.erased_at is not None
    assert not Design.objects.filter(pk=design.pk, deleted_at=None).exists()
    assert sorted(InboxEvent.objects.values_list("external_id", flat=True)) == ["o-2", "w-1"]
    request = PrivacyRequest.objects.get()
    assert request.done == {"orders": 1, "designs": 1, "accounts": 1, "deliveries": 2}


def test_the_products_that_show_the_design_go_from_the_shop(client):
    account, item = Account.objects.create(), an_item(a_format())
    sold, unsold = (a_listing(a_proof(account, item)) for _ in range(2))
    house = Shop.objects.house()
    line = {"title": "Your card", "external_ref": "gid://shopify/LineItem/1", "quantity": 1, "problem": "missing_proof"}
    an_order(house, 11, account=account)
    under_way = an_order(house, 12, account=account, state="in_production")
    OrderLine.objects.create(order=under_way, product=sold.product, **line)

    compliance.receive(
        house, topic="customers/redact", told=compliance.Told(orders=["11"]), delivery="w", at=timezone.now()
    )
    compliance.answer(PrivacyRequest.objects.get().pk, at=timezone.now())

    sold.refresh_from_db()
    unsold.refresh_from_db()
    assert (sold.state, unsold.state) == ("published", "deleting")
    assert list(Job.objects.filter(kind=delisting.TAKE_DOWN).values_list("subject", flat=True)) == [str(unsold.pk)]


def test_a_person_known_elsewhere_loses_only_what_was_made_here(client):
    shop, other = an_open_shop(), an_open_shop("eve")
    person = Account.objects.create(kind="person")
    an_order(shop, 11, account=person)
    here, there = a_design(shop, person), a_design(other, person)

    asked(client, "customers/redact", orders=[11])

    person.refresh_from_db()
    assert person.erased_at is None
    assert list(Design.objects.filter(deleted_at=None).values_list("pk", flat=True)) == [there.pk]
    assert here.pk != there.pk


def test_an_answer_of_before_goes_with_the_customer(client):
    an_order(an_open_shop(), 11)
    asked(client, "customers/data_request", orders=[11])
    assert PrivacyRequest.objects.get().answer is not None

    asked(client, "customers/redact", orders=[11], webhook_id="w-2")

    assert [request.answer for request in PrivacyRequest.objects.all()] == [None, None]


def test_an_order_under_way_keeps_its_address_until_it_is_over(client):
    order = an_order(an_open_shop(), 11, state="in_production")

    asked(client, "customers/redact", orders=[11])

    order.refresh_from_db()
    assert (order.email, order.forget_when_over) == (EMAIL, True)


def test_a_redacted_shop_is_erased_with_its_guests(client):
    shop, other = an_open_shop(), an_open_shop("eve")
    guests = [Account.objects.create() for _ in range(3)]
    both = Account.objects.create()
    for number, guest in enumerate(guests):
        an_order(shop, number, account=guest)
    a_design(shop, both)
    a_design(other, both)
    kept = an_order(other, 99)
    uninstalling.uninstall(shop, at=NOON)

    asked(client, "shop/redact")
    drain(ignore_delays=True)

    shop.refresh_from_db()
    kept.refresh_from_db()
    assert (shop.name, shop.shopify_id, shop.redacted_at is not None) == ("Erased shop", "", True)
    assert "ada" not in shop.domain + shop.code
    assert [order.email for order in Order.objects.filter(shop=shop)] == ["", "", ""]
    assert Account.objects.filter(pk__in=[guest.pk for guest in guests], erased_at=None).count() == 0
    assert Account.objects.filter(pk=both.pk, erased_at=None).count() == 1
    assert (kept.email, ShopToken.objects.get().shop_id) == (EMAIL, other.pk)
    request = PrivacyRequest.objects.get()
    assert (request.state, request.done["orders"]) == ("done", 3)


def a_worded_proof(shop, account):
    design, spec = a_design(shop, account), an_item(a_format(), sku=f"SIM-{shop.code}").print_spec
    words = {"pages": [{"words": "Dear Robin"}]}
    made = {"design": design, "account": account, "shop": shop, "format": design.format, "country": "US"}
    return Proof.objects.create(**made, print_spec=spec, snapshot=words, state="failed")


def proof_words(proof):
    return Proof.objects.values_list("snapshot", flat=True).get(pk=proof.pk)


@pytest.mark.parametrize("topic", ["customers/redact", "shop/redact"])
def test_the_words_in_the_proofs_of_a_person_known_elsewhere_go_too(client, topic):
    shop, other = an_open_shop(), an_open_shop("eve")
    person = Account.objects.create(kind="person")
    an_order(shop, 11, account=person)
    here, there = a_worded_proof(shop, person), a_worded_proof(other, person)
    if topic == "shop/redact":
        uninstalling.uninstall(shop, at=NOON)

    asked(client, topic, orders=[11])
    drain(ignore_delays=True)

    assert (proof_words(here), proof_words(there)) == ({}, {"pages": [{"words": "Dear Robin"}]})


def test_a_redacted_shop_takes_along_what_its_merchant_made(client):
    shop = an_open_shop()
    merchant, other = shop.account, an_open_shop("eve").account
    for account in (merchant, other):
        RawInput.objects.create(account=account, subject="brief", text="A mug for Robin", created_at=NOON)
    uninstalling.uninstall(shop, at=NOON)

    asked(client, "shop/redact")
    drain(ignore_delays=True)

    merchant.refresh_from_db()
    other.refresh_from_db()
    assert (merchant.erased_at is not None, other.erased_at) == (True, None)
    assert [row.account_id for row in RawInput.objects.all()] == [other.pk]


@pytest.mark.parametrize("came_back", [True, False])
def test_a_shop_that_has_the_app_is_not_erased(client, came_back):
    shop = an_open_shop() if came_back else Shop.objects.house()
    Shop.objects.filter(pk=shop.pk).update(domain="ada.myshopify.com")
    order = an_order(shop, 11)

    asked(client, "shop/redact")

    order.refresh_from_db()
    assert (order.email, PrivacyRequest.objects.get().state) == (EMAIL, "set_aside")


def test_a_shop_that_comes_back_after_its_erasing_is_a_new_one(client, shopify):
    shop = an_open_shop()
    uninstalling.uninstall(shop, at=NOON)
    asked(client, "shop/redact")
    drain(ignore_delays=True)

    again = installing.install("ada.myshopify.com", grant(), at=timezone.now())

    assert (again.pk != shop.pk, again.code) == (True, "ada")


@pytest.mark.parametrize(
    ("topic", "told", "domain"),
    [
        ("customers/redact", body("customers/data_request"), "ada.myshopify.com"),
        ("shop/redact", body("customers/redact"), "ada.myshopify.com"),
        ("customers/data_request", body("customers/redact"), "ada.myshopify.com"),
        ("customers/redact", body("shop/redact"), "ada.myshopify.com"),
        ("customers/redact", body("customers/redact", "eve"), "ada.myshopify.com"),
        ("shop/redact", body("shop/redact"), "eve.myshopify.com"),
        ("shop/redact", {"id": 1, "myshopify_domain": "ada.myshopify.com"}, "ada.myshopify.com"),
        ("customers/redact", [], "ada.myshopify.com"),
        ("customers/redact", body("customers/redact", "zoe"), "zoe.myshopify.com"),
    ],
)
def test_a_body_under_another_headline_does_nothing(client, topic, told, domain):
    order = an_order(an_open_shop(), 11)
    an_open_shop("eve")

    assert deliver(client, topic, told, domain=domain).status_code == 200
    drain()

    order.refresh_from_db()
    assert (order.email, PrivacyRequest.objects.count()) == (EMAIL, 0)
