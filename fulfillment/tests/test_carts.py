"""A cart away from the theme: several cards, changed, come back to, and bought."""

from datetime import timedelta
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.models import Shop
from billing.models import Price
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.models import Job
from fulfillment.models import Cart, Checkout, Listing
from fulfillment.sales import carts, delisting, selling
from fulfillment.sales.carts import AlreadyBought, BeingPrepared, NotReady, Wanted
from fulfillment.shopify.storefront import StorefrontClient
from fulfillment.tests.factories import LATER, NOON, World, a_proof, a_world
from fulfillment.tests.test_api import client_of

API = "/api/v1"


@pytest.fixture(autouse=True)
def price(db: None) -> Price:
    return Price.objects.create(shop=None, format_code="card-5x7-flat", amount_minor=490, currency="USD")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[str, int]]]:
    """The lines of every cart that the shop made: the end of its card's id and how many. No shop is asked."""
    seen: list[list[tuple[str, int]]] = []

    def cart_create(self, lines, *, attributes=None):
        seen.append([(line.properties["_proof"], line.quantity) for line in lines])
        return f"https://shop.example.com/checkouts/{attributes['__cart']}-{len(seen)}"

    monkeypatch.setattr(StorefrontClient, "cart_create", cart_create)
    return seen


def ready(world: World, *, quantity: int = 1) -> Checkout:
    purchase = selling.Purchase(quantity=quantity, shows_design=True, accepts_warnings=False)
    proof = a_proof(world.account, world.item)
    checkout = selling.start_checkout(proof, purchase, account=world.account, shop=proof.shop, at=NOON)
    selling.open_checkout(Checkout.objects.get(pk=checkout.pk), shopify=world.shop, at=NOON)  # type: ignore[arg-type]
    return Checkout.objects.get(pk=checkout.pk)


def start(world: World, *lines: tuple[Checkout, int]) -> Cart:
    wanted = [Wanted(checkout.pk, quantity) for checkout, quantity in lines]
    return carts.start(wanted, account=world.account, shop=Shop.objects.house(), at=NOON)


def test_several_designs_are_one_checkout_with_their_own_signatures(world: World, made):
    first, second = ready(world), ready(world, quantity=3)

    cart = start(world, (first, 1), (second, 3))

    assert made == [[(str(first.product.proof_id), 1), (str(second.product.proof_id), 3)]]
    assert cart.url.endswith(f"{cart.pk}-1")
    assert [(line.checkout, line.quantity, str(line.total)) for line in carts.lines_of(cart)] == [
        (first, 1, "$4.90"),
        (second, 3, "$14.70"),
    ]


def test_one_card_needs_no_call_to_the_shop(world: World, made):
    cart = start(world, (ready(world), 2))

    assert made == []
    assert "/cart/5001:2?properties=" in cart.url
    assert cart.url.endswith(f"&attributes[__cart]={cart.pk}")


def test_lines_are_changed_removed_and_added(world: World, made):
    first, second, third = ready(world), ready(world), ready(world)
    cart = start(world, (first, 1), (second, 1))

    carts.change(cart, [Wanted(second.pk, 4), Wanted(third.pk, 1)], at=LATER)

    assert [(line.checkout, line.quantity) for line in carts.lines_of(cart)] == [(second, 4), (third, 1)]
    assert made[-1] == [(str(second.product.proof_id), 4), (str(third.product.proof_id), 1)]
    carts.change(cart, [], at=LATER)
    assert (cart.lines, cart.url) == ([], "")


def test_the_same_card_twice_is_one_line(world: World, made):
    card = ready(world)

    cart = start(world, (card, 1), (card, 2))

    assert [line.quantity for line in carts.lines_of(cart)] == [3]


def test_a_changed_price_is_told_and_the_shop_is_told_first(world: World, made):
    card, other = ready(world), ready(world)
    Price.objects.update(amount_minor=550)

    with pytest.raises(BeingPrepared):
        start(world, (card, 1), (other, 1))
    for checkout in Checkout.objects.filter(state="pending"):
        selling.open_checkout(checkout, shopify=world.shop, at=LATER)  # type: ignore[arg-type]
    cart = start(world, (card, 1), (other, 1))

    line = carts.lines_of(cart)[0]
    assert (str(line.unit), str(line.was)) == ("$5.50", "$4.90")
    assert Cart.objects.count() == 1


def test_a_card_that_was_taken_off_sale_meanwhile_is_brought_back(world: World, made):
    card = ready(world)
    cart = start(world, (card, 1))
    Listing.objects.filter(pk=card.sold_by.pk).update(state="archived", archived_at=NOON)

    with pytest.raises(BeingPrepared):
        carts.change(cart, [Wanted(card.pk, 2)], at=LATER)

    assert Checkout.objects.get(pk=card.pk).state == "pending"
    assert Job.objects.filter(kind=selling.OPEN_CHECKOUT, subject=str(card.pk)).count() == 2
    selling.open_checkout(Checkout.objects.get(pk=card.pk), shopify=world.shop, at=LATER)  # type: ignore[arg-type]
    assert carts.change(cart, [Wanted(card.pk, 2)], at=LATER).lines[0]["quantity"] == 2


def test_what_is_in_a_cart_is_not_taken_down(world: World, made):
    card = ready(world)
    Checkout.objects.update(created_at=NOON - timedelta(days=90))
    Listing.objects.filter(pk=card.sold_by.pk).update(wanted_at=NOON - timedelta(days=90))
    due = card.sold_by in delisting.to_archive(at=NOON)

    start(world, (card, 1))

    assert due
    assert card.sold_by not in delisting.to_archive(at=NOON)


def test_a_bought_cart_is_closed_by_its_order(world: World, made):
    card = ready(world)
    cart = start(world, (card, 1))

    world.order(cart_attributes={"__cart": str(cart.pk)})
    world.order(cart_attributes={"__cart": "not-a-cart"})

    cart.refresh_from_db()
    assert cart.ordered_at == NOON
    with pytest.raises(AlreadyBought):
        carts.change(cart, [Wanted(card.pk, 2)], at=LATER)


@pytest.mark.parametrize("quantity", [0, 10_001])
def test_copies_out_of_range_are_refused_beside_the_lines(world: World, made, quantity: int):
    with pytest.raises(BadInput):
        start(world, (ready(world), quantity))
    assert Cart.objects.count() == 0


def test_a_card_that_is_not_ready_is_waited_for(world: World, made):
    card = ready(world)
    Checkout.objects.filter(pk=card.pk).update(state="pending")

    with pytest.raises(NotReady):
        start(world, (card, 1))


def test_somebody_elses_card_is_nobodys(world: World, made):
    mine, stranger = ready(world), a_world()

    with pytest.raises(NotHere):
        start(stranger, (mine, 1))


def test_the_api_makes_changes_and_finds_a_cart_again(world: World, made):
    client, first, second = client_of(world.account), ready(world), ready(world, quantity=2)

    answer = client.post(f"{API}/carts/", {"checkouts": [str(first.pk), str(second.pk)]})
    cart = answer.json()
    lines = [{"checkout": str(second.pk), "quantity": 5}]
    changed = client.put(f"{API}/carts/{cart['id']}/", {"lines": lines}, format="json")
    latest = client.get(f"{API}/carts/latest/").json()

    assert answer.status_code == 201
    assert [(line["checkout"], line["quantity"]) for line in cart["lines"]] == [(str(first.pk), 1), (str(second.pk), 2)]
    assert (changed.status_code, changed.json()["quantity"]) == (200, 5)
    (line,) = latest["lines"]
    assert (latest["id"], line["quantity"], line["total"]["text"]) == (cart["id"], 5, "$24.50")
    assert line["cart_line"]["id"] == int(line["cart_line"]["variant_id"].rpartition("/")[2])
    assert line["picture_url"].startswith("/")


def test_a_cart_of_somebody_else_is_not_found(world: World, made):
    cart = start(world, (ready(world), 1))
    stranger = client_of(a_world().account)

    assert [
        stranger.get(f"{API}/carts/{cart.pk}/").status_code,
        stranger.put(f"{API}/carts/{cart.pk}/", {"lines": []}, format="json").status_code,
        stranger.get(f"{API}/carts/latest/").status_code,
        APIClient().get(f"{API}/carts/{uuid4()}/").status_code,
        stranger.post(f"{API}/carts/", {}).status_code,
    ] == [404, 404, 404, 404, 400]


@pytest.mark.parametrize("count", [1, 3])
def test_showing_a_cart_takes_the_same_queries_however_full_it_is(
    world: World, made, django_assert_num_queries, count: int
):
    cart = start(world, *((ready(world), 1) for _ in range(count)))

    with django_assert_num_queries(2):
        assert len(carts.lines_of(cart)) == count
