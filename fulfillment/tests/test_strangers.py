"""Every address of the API that names one thing: to whoever it does not belong to, it is not there."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts import tokens
from accounts.models import Account, Shop
from designs.models import ComparisonSet, Design, Export, Photo, ProductBrief, Run, Upload
from fulfillment.models import Cart, Checkout, Order
from fulfillment.tests.factories import NOON, a_format, a_listing, a_proof, an_item
from fulfillment.tests.shop_kit import an_open_shop, bearer

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "put", "patch", "delete", "head")
BODIES = ({}, {"quantity": 1, "accept_warnings": True, "stage": "final", "format": "card-5x7-flat", "country": "US"})
# What each address names. One that is missing here fails the first test below.
NAMED = {
    "designs": "design", "product-briefs": "brief", "comparison-sets": "comparison", "exports": "export",
    "photos": "photo", "uploads": "upload", "runs": "run", "proofs": "proof", "checkouts": "checkout", "carts": "cart",
    "orders": "order",
}  # fmt: skip


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, address)
        elif isinstance(each, URLPattern) and "<uuid:" in address and address.startswith("api/"):
            yield address


ADDRESSES = sorted(set(addresses(get_resolver())))


def kind_of(address: str) -> str:
    return NAMED[address.removeprefix("api/v1/").partition("/")[0]]


def at(address: str, key: UUID) -> str:
    start, _, rest = address.partition("<uuid:")
    return f"/{start}{key}{rest.partition('>')[2]}".replace("<str:position>", "front")


def one_of_each(account: Account, shop: Shop) -> dict[str, UUID]:
    proof = a_proof(account, an_item(a_format()))
    Design.objects.filter(pk=proof.design_id).update(shop=shop)
    type(proof).objects.filter(pk=proof.pk).update(shop=shop)
    proof.refresh_from_db()
    design, later = proof.design, timezone.now() + timedelta(days=1)
    design.refresh_from_db()
    brief = ProductBrief.objects.create(design=design, account=account, name="Mug", description="A mug")
    rows = {
        "design": design,
        "proof": proof,
        "brief": brief,
        "export": Export.objects.create(brief=brief, images=[], places=[], ground="white"),
        "comparison": ComparisonSet.objects.create(design=design, origins=[]),
        "photo": Photo.objects.create(account=account, file="a.jpg", sha256="0" * 64, width_px=9, height_px=9),
        "upload": Upload.objects.create(account=account, shop=shop, length=9, expires_at=later),
        "run": Run.objects.create(
            design=design, account=account, shop=shop, stage="candidate", positions=["front"], count=1, created_at=NOON
        ),
        "checkout": Checkout.objects.create(account=account, product=a_listing(proof).product, quantity=1),
        "cart": Cart.objects.create(account=account, shop=shop, updated_at=NOON),
        "order": Order.objects.create(shop=shop, external_ref="gid://shopify/Order/1", account=account, state="held"),
    }
    return {kind: row.pk for kind, row in rows.items()}


@pytest.fixture
def theirs() -> dict[str, UUID]:
    """One of each, of somebody in the same shop."""
    return one_of_each(Account.objects.create(), an_open_shop("ada"))


@pytest.fixture
def stranger(theirs) -> dict[str, str]:
    proven = Account.objects.create(proven_until=timezone.now() + timedelta(days=1))
    text, _ = tokens.issue(proven, Shop.objects.get(code="ada"), at=timezone.now())
    return bearer(text)


def test_it_is_known_what_every_address_names():
    assert len(ADDRESSES) > 20
    assert {kind_of(address) for address in ADDRESSES} == set(NAMED.values())


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", METHODS)
def test_what_is_somebody_elses_is_not_there(theirs, stranger, method, address):
    client, there, nowhere = Client(), at(address, theirs[kind_of(address)]), at(address, uuid4())
    headers = {**stranger, "Idempotency-Key": "once", "Tus-Resumable": "1.0.0"}

    for body in BODIES:
        answers = [
            client.generic(method.upper(), where, json.dumps(body), "application/json", headers=headers)
            for where in (there, nowhere)
        ]

        # A method that the address does not have, or a body that says nothing, is told before anything is looked up.
        assert answers[0].status_code in (404, 405, 400, 412, 415)
        assert answers[0].content.replace(str(theirs[kind_of(address)]).encode(), b"") == answers[1].content
        assert answers[0].status_code == answers[1].status_code


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_at_all_sees_nothing_either(theirs, address):
    assert Client().get(at(address, theirs[kind_of(address)])).status_code in (401, 403, 404, 405)
