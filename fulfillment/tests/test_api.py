"""The API of proofs, checkouts and orders: only the caller's own, in fixed numbers of queries, every mistake named."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Account, Shop
from accounts.tokens import issue
from billing.models import Price
from cardmaker.core.models import Job
from designs.tests.factories import DesignFactory, ImageFactory, pick
from fulfillment.models import Checkout, Draft, Order, ProofRoute, SupplierItem
from fulfillment.tests.factories import World, a_world

API = "/api/v1"


@pytest.fixture(autouse=True)
def price(db):
    Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")


def client_of(account: Account) -> APIClient:
    client = APIClient()
    token, _ = issue(account, Shop.objects.house(), at=timezone.now())
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def client(world: World) -> APIClient:
    return client_of(world.account)


@pytest.fixture
def stranger(db) -> APIClient:
    return client_of(Account.objects.create())


def test_an_order_shows_its_lines_and_its_steps_in_the_buyers_words(client, world: World):
    order = world.order()

    answer = client.get(f"{API}/orders/{order.pk}/").json()

    assert (answer["name"], answer["state"], answer["total"]["text"]) == (order.name, "held", "$8.39")
    assert [(line["quantity"], line["digest"]) for line in answer["lines"]] == [(1, world.proof.digest)]
    assert [step["text"] for step in answer["history"]] == [
        "You placed the order.",
        "We are looking at your order before it is printed.",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_orders_has_a_fixed_number_of_queries(client, world: World, count: int, django_assert_num_queries):
    for _ in range(count):
        world.order()

    with django_assert_num_queries(6):
        answer = client.get(f"{API}/orders/").json()

    assert len(answer["results"]) == count


@pytest.mark.parametrize("path", ["orders/{order}/", "proofs/{proof}/", "checkouts/{checkout}/"])
def test_a_stranger_gets_404(client, stranger, world: World, path: str):
    checkout = client.post(f"{API}/proofs/{world.proof.pk}/checkout/", {"quantity": 1}).json()
    address = f"{API}/" + path.format(order=world.order().pk, proof=world.proof.pk, checkout=checkout["id"])

    assert client.get(address).status_code == 200
    assert stranger.get(address).status_code == 404
    assert APIClient().get(address).status_code == 404


def test_a_stranger_can_neither_buy_nor_reorder(stranger, world: World):
    order = world.order()

    assert stranger.post(f"{API}/proofs/{world.proof.pk}/checkout/", {"quantity": 1}).status_code == 404
    assert stranger.post(f"{API}/orders/{order.pk}/reorder/").status_code == 404
    assert Checkout.objects.count() == 0


def test_a_proof_shows_its_pages_route_and_price(client, world: World):
    answer = client.get(f"{API}/proofs/{world.proof.pk}/").json()

    assert [page["position"] for page in answer["pages"]] == ["front", "back"]
    assert answer["pages"][0]["url"].startswith("/files/")
    assert [(page["tiles_url"][:13], page["tile_px"]) for page in answer["pages"]] == [("/print-tiles/", 800)] * 2
    assert answer["route"]["item"] == "SIM-FlatCard-5x7-1Pack"
    assert answer["price"] == {"amount_minor": 490, "currency": "USD", "text": "$4.90"}


def test_a_card_has_neither_mock_ups_nor_months(client, world: World):
    answer = client.get(f"{API}/proofs/{world.proof.pk}/").json()

    assert (answer["draft"], answer["dates"]) == (None, None)


@pytest.mark.parametrize("count", [1, 3])
def test_a_calendar_shows_the_suppliers_pictures_from_our_storage(
    client, world: World, count: int, django_assert_num_queries
):
    SupplierItem.objects.update(draws_grid=True, year=2027)
    mockups = [{"url": f"https://mockups.example/{number}.jpg", "file": f"ab/{number}.webp"} for number in range(count)]
    ready = {"state": "ready", "ready_at": timezone.now(), "started_at": timezone.now(), "mockups": mockups}
    Draft.objects.create(proof=world.proof, item=world.item, **ready)

    with django_assert_num_queries(7):
        answer = client.get(f"{API}/proofs/{world.proof.pk}/").json()

    assert answer["draft"]["label"] == "Printed by the supplier: the month grid"
    assert [mockup["url"][:7] for mockup in answer["draft"]["mockups"]] == ["/files/"] * count
    assert answer["dates"] == {"year": 2027, "start_month": 1, "text": "January to December 2027"}


def test_a_calendar_is_bought_with_its_months_confirmed(client, world: World):
    SupplierItem.objects.update(year=2027)
    address = f"{API}/proofs/{world.proof.pk}/checkout/"

    refused = client.post(address, {"quantity": 1})
    answer = client.post(address, {"quantity": 1, "confirm_dates": True})

    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "dates_not_confirmed")
    assert answer.status_code == 202
    assert [checkout.confirms_dates for checkout in Checkout.objects.all()] == [True]


def test_a_proof_is_asked_for_by_format_and_country(client, world: World):
    design = world.proof.design
    answer = client.post(f"{API}/designs/{design.pk}/proofs/", {"format": "card-5x7-flat", "country": "DE"})

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "no_route"
    assert list(answer.json()["error"]["details"]) == ["country"]


def test_the_same_wish_again_is_answered_with_the_proof_that_is_there(client, world: World):
    design = DesignFactory(account=world.account, shop=world.proof.shop)
    pick(design, ImageFactory(design=design))
    body = {"format": "card-5x7-flat", "country": "US"}

    answers = [client.post(f"{API}/designs/{design.pk}/proofs/", body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert ProofRoute.objects.filter(proof__design=design).count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "poster-9x9", "country": "US"}, "format"),
        ({"format": "card-5x7-flat", "country": "Elsewhere"}, "country"),
        ({"country": "US"}, "format"),
    ],
)
def test_a_bad_wish_for_a_proof_is_told_beside_its_field(client, world: World, body: dict, field: str):
    answer = client.post(f"{API}/designs/{world.proof.design.pk}/proofs/", body)

    assert answer.status_code == 400
    assert field in answer.json()["error"]["details"]


@pytest.mark.parametrize("quantity", [0, -3, 10_000, "many", 10**30])
def test_an_impossible_quantity_is_told_beside_its_field(client, world: World, quantity):
    answer = client.post(f"{API}/proofs/{world.proof.pk}/checkout/", {"quantity": quantity})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["details"]) == ["quantity"]
    assert Checkout.objects.count() == 0


def test_one_key_is_one_checkout_and_another_body_is_refused(client, world: World):
    address, key = f"{API}/proofs/{world.proof.pk}/checkout/", {"HTTP_IDEMPOTENCY_KEY": "press-1"}

    first = client.post(address, {"quantity": 1}, **key)
    again = client.post(address, {"quantity": 1}, **key)
    other = client.post(address, {"quantity": 2}, **key)

    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 409)
    assert first.json() == again.json()
    assert other.json()["error"]["code"] == "idempotency_key_reused"
    assert Checkout.objects.count() == Job.objects.filter(kind="fulfillment.open_checkout").count() == 1


def test_reordering_uses_the_same_proof(client, world: World):
    order = world.order()

    answer = client.post(f"{API}/orders/{order.pk}/reorder/")

    assert answer.status_code == 202
    assert Checkout.objects.get(pk=answer.json()["id"]).product.proof == world.proof


def test_a_changed_printer_needs_a_new_proof(client, world: World):
    order = world.order()
    SupplierItem.objects.update(active=False)

    answer = client.post(f"{API}/orders/{order.pk}/reorder/")

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "needs_new_proof")


def test_several_cards_need_all_checkouts_ready_and_ones_own(client, world: World):
    mine = client.post(f"{API}/proofs/{world.proof.pk}/checkout/", {"quantity": 1}).json()["id"]
    other = a_world()
    foreign = client_of(other.account).post(f"{API}/proofs/{other.proof.pk}/checkout/", {"quantity": 1}).json()["id"]

    assert client.post(f"{API}/carts/", {"checkouts": [mine]}).json()["error"]["code"] == "checkout_not_ready"
    assert client.post(f"{API}/carts/", {"checkouts": [mine, foreign]}).status_code == 404


def test_an_order_that_is_not_ours_is_nobodys(client, world: World):
    order = world.order(lines=(world.line(variant_gid="gid://shopify/ProductVariant/777", properties={}),))

    assert Order.objects.get(pk=order.pk).state == "not_ours"
    assert client.get(f"{API}/orders/").json()["results"] == []
