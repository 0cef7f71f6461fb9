from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from rest_framework.test import APIClient

from accounts.identity import Caller
from accounts.models import Shop, User
from accounts.tokens import issue
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.jobs import Later
from designs.models import Image, ProductBrief
from designs.products import briefs
from designs.products.briefs import Product
from designs.tests.factories import NOON, drawn_image, load_reference_rows
from fulfillment.models import PublishedPicture
from fulfillment.sales import product_media
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable
from fulfillment.shopify.client import AdminClient
from fulfillment.shopify.products import search_text
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.shopify.storefront import StorefrontClient
from fulfillment.suppliers.tests.sandboxed import DOMAIN, TOKEN, shop_url

GID = "gid://shopify/Product/1"
SETTLED = timedelta(hours=1)


class Shelf:
    """A shop's product in memory: every call is counted, its answers can be lost or refused."""

    def __init__(self, *, loses=0, refuses=False):
        self.media, self.calls, self.loses, self.refuses = {}, 0, loses, refuses

    def add_media(self, product_gid, url, alt):
        self.calls += 1
        if self.refuses:
            raise ShopifyRejected("Product does not exist")
        self.media[alt] = f"gid://shopify/MediaImage/{self.calls}"
        if self.loses:
            self.loses -= 1
            raise ShopifyUnavailable("no answer")
        return self.media[alt]

    def media_with_alt(self, product_gid, alt):
        return self.media.get(alt)


@pytest.fixture
def brief(db) -> ProductBrief:
    load_reference_rows()
    call_command("loaddata", "products", verbosity=0)
    house = Shop.objects.house()
    made = briefs.take_in(Product("Meadow mug", "A blue ceramic mug"), house.account, house, at=NOON)[0]
    briefs.plan_shots(made, {"angle": ["angle-front"]}, 2, at=NOON)
    for position in ("shot-001", "shot-002"):
        drawn_image(made.design, position=position)
    return made


def queued(brief, count=1):
    images = list(brief.design.images.order_by("position").values_list("pk", flat=True))[:count]
    return product_media.begin(brief, shop=Shop.objects.house(), image_ids=images, product_gid=GID, at=NOON)


def fresh(row):
    return PublishedPicture.objects.select_related("image").get(pk=row.pk)


def test_a_picture_that_is_withheld_does_not_reach_the_shop(brief):
    shelf = Shelf()
    [row] = queued(brief)
    Image.objects.update(withheld="nudity")

    product_media.send(fresh(row), shopify=shelf, at=NOON)

    assert (fresh(row).state, fresh(row).error[:28], shelf.calls) == ("failed", "This picture may show nudity", 0)
    with pytest.raises(BadInput):
        queued(brief)


def test_a_picture_hangs_once_however_often_it_is_asked_for(brief):
    shelf = Shelf()
    [row] = queued(brief)
    product_media.send(fresh(row), shopify=shelf, at=NOON)
    [again] = queued(brief)
    product_media.send(fresh(again), shopify=shelf, at=NOON)

    assert (again.pk, again.state, shelf.calls) == (row.pk, "sent", 1)
    assert fresh(row).media_gid == "gid://shopify/MediaImage/1"


def test_a_lost_answer_is_looked_for_and_not_sent_again(brief):
    shelf = Shelf(loses=1)
    [row] = queued(brief)
    with pytest.raises(ShopifyUnavailable):
        product_media.send(fresh(row), shopify=shelf, at=NOON)
    too_early = product_media.send(fresh(row), shopify=shelf, at=NOON)
    product_media.send(fresh(row), shopify=shelf, at=NOON + SETTLED)

    assert isinstance(too_early, Later)
    assert (fresh(row).state, shelf.calls) == ("sent", 1)


def test_a_call_that_never_arrived_is_made_again(brief):
    [row] = queued(brief)
    PublishedPicture.objects.update(state="sending", sent_at=NOON, file="x")
    shelf = Shelf()
    product_media.send(fresh(row), shopify=shelf, at=NOON + SETTLED)

    assert (fresh(row).state, shelf.calls) == ("sent", 1)


def test_a_refusal_is_named_and_a_further_press_tries_again(brief):
    [row] = queued(brief)
    product_media.send(fresh(row), shopify=Shelf(refuses=True), at=NOON)
    assert (fresh(row).state, fresh(row).error) == ("failed", "Product does not exist")

    [again] = queued(brief)
    product_media.send(fresh(again), shopify=Shelf(), at=NOON)
    assert fresh(row).state == "sent"


def test_two_pictures_of_a_product_are_told_apart(brief):
    first, second = queued(brief, 2)

    assert first.alt == "Meadow mug, seen straight from the front (1)"
    assert second.alt == "Meadow mug, seen straight from the front (2)"


@pytest.mark.parametrize(("change", "field"), [({"image_ids": []}, "images"), ({"product_gid": "1"}, "product")])
def test_what_cannot_hang_is_refused_beside_its_field(brief, change, field):
    image = brief.design.images.first()
    asked = {"shop": Shop.objects.house(), "image_ids": [image.pk], "product_gid": GID, "at": NOON, **change}
    with pytest.raises(BadInput) as refusal:
        product_media.begin(brief, **asked)

    assert list(refusal.value.details) == [field]


def test_only_who_acts_for_the_shop_may(brief):
    house = Shop.objects.house()
    staff = User.objects.create_user("staff@example.com", is_staff=True)
    person = User.objects.create_user("person@example.com")
    allowed = User.objects.create_user("allowed@example.com", is_staff=True)
    allowed.user_permissions.add(Permission.objects.get(codename="add_publishedpicture"))

    assert product_media.shop_of(Caller(house.account, house, None)) == house
    assert product_media.shop_of(Caller(None, house, allowed)) == house
    for caller in (Caller(None, house, staff), Caller(None, house, person), Caller(None, house, None)):
        with pytest.raises(NotHere):
            product_media.shop_of(caller)


def test_everybody_else_finds_nothing_over_http(brief):
    stranger = APIClient()
    address = f"/api/v1/product-briefs/{brief.pk}/publications/"

    assert stranger.get("/api/v1/shop-products/").json() == {"results": []}
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"images": [], "product": GID}, format="json").status_code == 404
    assert stranger.get("/product-pictures/nonsense.jpg").status_code == 404


def test_the_shop_sees_its_publications_and_the_picture_is_served_by_its_link_alone(brief, settings):
    house = Shop.objects.house()
    text, _ = issue(house.account, house, at=NOON.now(NOON.tzinfo))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    image = brief.design.images.order_by("position").first()
    body = {"images": [str(image.pk)], "product": GID}
    answer = client.post(f"/api/v1/product-briefs/{brief.pk}/publications/", body, format="json")
    row = fresh(PublishedPicture.objects.get())
    product_media.send(row, shopify=Shelf(), at=NOON)
    link = product_media.picture_url(fresh(row)).removeprefix(settings.PUBLIC_URL)

    assert (answer.status_code, answer.json()["results"][0]["state"]) == (202, "queued")
    assert b"".join(APIClient().get(link).streaming_content)[:2] == b"\xff\xd8"
    assert client.get(f"/api/v1/product-briefs/{brief.pk}/publications/").json()["results"][0]["state"] == "sent"


@pytest.mark.parametrize("count", [1, 2])
def test_publications_cost_the_same_queries(brief, count, django_assert_num_queries):
    house = Shop.objects.house()
    queued(brief, count)
    text, _ = issue(house.account, house, at=NOON.now(NOON.tzinfo))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {text}")
    with django_assert_num_queries(3):
        client.get(f"/api/v1/product-briefs/{brief.pk}/publications/")


def test_what_is_typed_is_no_operator_of_the_search():
    assert search_text('mug" OR tag:x') == 'title:"mug OR tag x*"'
    assert search_text("  ") == ""


@pytest.mark.sandbox
def test_over_the_sandbox_a_shops_product_gets_its_picture(sandbox, brief):
    sandbox.post(f"/sandbox/shopify/shops/{DOMAIN}/stock/")
    shop = ShopifyShop(
        AdminClient(DOMAIN, TOKEN, base_url=shop_url(sandbox), api_version="2026-10"),
        storefront=StorefrontClient(shop_url(sandbox), api_version="2026-10"),
        base_url=shop_url(sandbox),
    )
    everything, found = shop.own_products(), shop.own_products("mug")
    mug = found[0]
    gid = shop.add_media(mug.gid, "http://127.0.0.1:9/none.jpg", "Meadow mug, from above (1)")

    assert [product.title for product in everything][:2] == ["Meadow mug", "Oak cutting board"]
    assert (len(everything), [product.handle for product in found]) == (5, ["meadow-mug"])
    assert shop.media_with_alt(mug.gid, "Meadow mug, from above (1)") in (gid, None)
    assert shop.media_with_alt(mug.gid, "another") is None
    with pytest.raises(ShopifyRejected):
        shop.add_media("gid://shopify/Product/1", "http://127.0.0.1:9/none.jpg", "x")
