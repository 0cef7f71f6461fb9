"""An embed's token names an account and a shop: the same person's things in another shop are not there."""

import pytest
from django.utils import timezone

from accounts import tokens
from accounts.models import Account
from billing.models import Price
from designs.models import Design
from fulfillment.models import Checkout, Order
from fulfillment.tests.factories import a_format, a_listing, a_proof, an_item
from fulfillment.tests.shop_kit import an_open_shop, bearer

pytestmark = pytest.mark.django_db
KINDS = ("design", "proof", "checkout", "order")
ADDRESSES = {
    "design": "/api/v1/designs/{}/",
    "proof": "/api/v1/proofs/{}/",
    "checkout": "/api/v1/checkouts/{}/",
    "order": "/api/v1/orders/{}/",
}
LISTS = ("/api/v1/designs/", "/api/v1/orders/")


def made_in(shop, account, item):
    """One of each, of this account in this shop."""
    proof = a_proof(account, item)
    Design.objects.filter(pk=proof.design_id).update(shop=shop)
    type(proof).objects.filter(pk=proof.pk).update(shop=shop)
    proof.refresh_from_db()
    listing = a_listing(proof)
    order = Order.objects.create(
        shop=shop, external_ref="gid://shopify/Order/1", name="#1", account=account, state="held"
    )
    checkout = Checkout.objects.create(account=account, product=listing.product, quantity=1)
    return {"design": proof.design_id, "proof": proof.pk, "checkout": checkout.pk, "order": order.pk}


@pytest.fixture
def both(db):
    """Two shops with one of each for the same account, and the account's token in the first."""
    account, item = Account.objects.create(), an_item(a_format())
    price = {"amount_minor": 490, "currency": "USD"}
    Price.objects.update_or_create(shop=None, format_code=item.format_id, defaults=price)
    ada, eve = an_open_shop("ada"), an_open_shop("eve")
    text, _ = tokens.issue(account, ada, at=timezone.now())
    return made_in(ada, account, item), made_in(eve, account, item), bearer(text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_made_in_another_shop_is_not_found(client, both, kind):
    here, there, headers = both

    assert client.get(ADDRESSES[kind].format(here[kind]), headers=headers).status_code == 200
    assert client.get(ADDRESSES[kind].format(there[kind]), headers=headers).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_lists_hold_what_was_made_in_this_shop(client, both, address):
    here, there, headers = both

    told = client.get(address, headers=headers).content.decode()

    assert any(str(key) in told for key in here.values())
    assert not any(str(key) in told for key in there.values())


@pytest.mark.parametrize("kind", ["proof", "order"])
def test_nothing_is_bought_of_another_shop(client, both, kind):
    _, there, headers = both
    verb = "checkout" if kind == "proof" else "reorder"
    body = {"quantity": 1, "accept_warnings": True, "show_picture": True}

    answer = client.post(f"{ADDRESSES[kind].format(there[kind])}{verb}/", body, "application/json", headers=headers)

    assert (answer.status_code, Checkout.objects.count()) == (404, 2)
