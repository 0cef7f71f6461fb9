"""A shop's own products taken in by one press: a brief each, once, with what the shop says read out of it."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Shop
from accounts.tokens import issue
from cardmaker.core.errors import BadInput
from designs import lifecycle
from designs.models import Design, ProductBrief
from designs.products import briefs
from designs.products.briefs import Product
from designs.tests.factories import NOON, AccountFactory, load_reference_rows
from fulfillment.sales import own_products
from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.products import OwnProduct
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.shopify.storefront import StorefrontClient
from fulfillment.suppliers.tests.sandboxed import DOMAIN, TOKEN, shop_url

MUG = OwnProduct(
    "gid://shopify/Product/1", "Meadow mug", "meadow-mug", "Glazed, for tea.", "Mugs", ("ceramic", "women")
)
SCARF = OwnProduct("gid://shopify/Product/2", "Harbor scarf", "harbor-scarf", "A striped scarf of wool.", "", ())
PRESS = "/api/v1/shop-products/briefs/"


class Shelf:
    """What a shop tells of its products, in memory."""

    def __init__(self, *products):
        self.products, self.asked = products, []

    def own_products_of(self, gids):
        self.asked.append(list(gids))
        return [product for product in self.products if product.gid in gids]

    def own_products(self, search=""):
        return list(self.products)


@pytest.fixture
def house(db):
    load_reference_rows()
    call_command("loaddata", "products", verbosity=0)
    return Shop.objects.house()


@pytest.fixture
def merchant(house):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue(house.account, house, at=timezone.now())[0]}")
    return client


@pytest.fixture
def shelf(monkeypatch):
    """The shop behind the API's views: what they ask it for goes to this one."""
    shelf = Shelf(MUG, SCARF)
    monkeypatch.setattr("fulfillment.api.product_media.shopify_of", lambda shop: shelf)
    return shelf


def taken(house, *products, gids=None):
    gids = gids or [product.gid for product in products]
    return own_products.take_in(gids, products, house.account, house, at=NOON)


def test_each_product_gets_a_brief_with_what_its_shop_says(house):
    mug, scarf = taken(house, MUG, SCARF)

    assert mug.brief.attributes == {
        "category": "mug", "materials": ["ceramic"], "colors": [], "features": ["glazed"], "audience": "for women",
    }  # fmt: skip
    assert (mug.brief.name, mug.brief.description, mug.brief.source, mug.brief.source_key) == (
        "Meadow mug", "Glazed, for tea.", "shop", "meadow-mug",
    )  # fmt: skip
    assert (scarf.brief.attributes["category"], scarf.brief.shop_product_id) == ("scarf", SCARF.gid)


def test_pressed_twice_there_is_one_brief_of_a_product(house):
    first = taken(house, MUG)
    briefs.correct(first[0].brief, {"colors": ["red"]}, at=NOON)
    renamed = OwnProduct(MUG.gid, "Meadow cup", "meadow-cup", "", "", ())
    again = taken(house, MUG), taken(house, renamed)

    assert [[(row.known, row.brief.pk) for row in rows] for rows in again] == [[(True, first[0].brief.pk)]] * 2
    assert (ProductBrief.objects.count(), Design.objects.count()) == (1, 1)
    assert ProductBrief.objects.get().attributes["colors"] == ["red"]


def test_a_product_that_came_in_from_a_file_is_the_same_product(house):
    brief, _ = briefs.take_in(Product("Mug", "Blue", "meadow-mug", "csv"), house.account, house, at=NOON)
    [row] = taken(house, MUG)

    assert (row.known, row.brief.pk) == (True, brief.pk)
    assert ProductBrief.objects.get().shop_product_id == MUG.gid


def test_one_that_cannot_be_used_keeps_no_other_from_coming_in(house):
    gone, named = "gid://shopify/Product/9", OwnProduct("gid://shopify/Product/3", "X", "x", "", "", ())
    rows = taken(house, MUG, named, gids=[gone, named.gid, MUG.gid])

    assert [(row.product, row.problem, row.brief is not None) for row in rows] == [
        (gone, "It is not in the shop any more.", False),
        (named.gid, "Say what the product is called.", False),
        (MUG.gid, "", True),
    ]


def test_what_a_shop_says_at_length_is_cut_at_a_word(house):
    long = OwnProduct(MUG.gid, "mug " * 60, "mug", "tea " * 2_000, "", ("blue",) * 2_000)
    [row] = taken(house, long)

    assert (len(row.brief.name), len(row.brief.description)) == (119, 3_999)


def test_a_deleted_product_may_come_in_anew(house, drain):
    [row] = taken(house, MUG)
    lifecycle.delete_design(row.brief.design, at=NOON)
    drain()

    assert [(row.known, row.problem) for row in taken(house, MUG)] == [(False, "")]


@pytest.mark.parametrize(
    "gids",
    [
        [],
        ["1"],
        ["gid://shopify/Order/1"],
        ["gid://shopify/Product/1 OR id:2"],
        [f"gid://shopify/Product/{n}" for n in range(51)],
    ],
)
def test_what_is_no_product_is_not_asked_for(gids):
    shelf = Shelf(MUG)
    with pytest.raises(BadInput) as refusal:
        own_products.read(gids, shopify=shelf)

    assert (list(refusal.value.details), shelf.asked) == (["products"], [])


def test_the_api_takes_them_in_and_the_list_says_which_are_here(merchant, shelf):
    answer = merchant.post(PRESS, {"products": [MUG.gid, MUG.gid]}, format="json")
    [entry] = answer.json()["results"]
    listed = merchant.get("/api/v1/shop-products/").json()["results"]

    assert (answer.status_code, entry["known"], entry["problem"]) == (200, False, "")
    assert entry["brief"]["attributes"]["materials"] == ["ceramic"]
    assert [(row["id"], row["brief"]) for row in listed] == [(MUG.gid, entry["brief"]["id"]), (SCARF.gid, None)]
    assert merchant.get(f"/api/v1/product-briefs/{entry['brief']['id']}/").json()["shop_product"] == MUG.gid


def test_who_does_not_act_for_the_shop_finds_nothing(house, shelf):
    guest = AccountFactory()
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {issue(guest, house, at=timezone.now())[0]}")

    statuses = [each.post(PRESS, {"products": [MUG.gid]}, format="json").status_code for each in (client, APIClient())]
    assert (statuses, shelf.asked, ProductBrief.objects.count()) == ([404, 404], [], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_queries(merchant, monkeypatch, count, django_assert_num_queries):
    found = [OwnProduct(f"gid://shopify/Product/{number}", "Mug", "mug", "", "", ()) for number in range(count)]
    monkeypatch.setattr("fulfillment.api.product_media.shopify_of", lambda shop: Shelf(*found))
    with django_assert_num_queries(2):
        merchant.get("/api/v1/shop-products/")


@pytest.mark.sandbox
def test_over_the_sandbox_ticked_products_are_read_with_type_and_tags(sandbox):
    sandbox.post(f"/sandbox/shopify/shops/{DOMAIN}/stock/")
    shop = ShopifyShop(
        AdminClient(DOMAIN, TOKEN, base_url=shop_url(sandbox), api_version="2026-10"),
        storefront=StorefrontClient(shop_url(sandbox), api_version="2026-10"),
        base_url=shop_url(sandbox),
    )
    mug, board = shop.own_products()[:2]

    assert shop.own_products_of([board.gid, "gid://shopify/Product/999999"]) == [board]
    assert (mug.product_type, mug.tags) == ("Mugs", ("kitchen", "handmade"))
