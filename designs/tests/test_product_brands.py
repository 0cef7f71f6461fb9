"""A shop's own brands in pictures of its own goods."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from accounts.models import Account, Shop
from designs import editing
from designs.making import generation
from designs.models import Call
from designs.products import briefs
from designs.products.briefs import Product
from designs.tests.factories import load_reference_rows

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
BOX = Product("Lego-compatible box", "A small Lego-compatible plastic box. No Oreo inside.")


@pytest.fixture
def shop(fake):
    load_reference_rows()
    call_command("loaddata", "products", verbosity=0)
    return Shop.objects.create(
        code="bricks", kind="shopify", domain="bricks.myshopify.com", own_brands=["Lego"],
        account=Account.objects.create(kind="shop"),
    )  # fmt: skip


def test_pictures_of_the_shops_goods_name_its_brand_all_the_way_to_the_provider(shop):
    brief, notices = briefs.take_in(BOX, shop.account, shop, at=NOON)
    briefs.correct(brief, {"category": "Lego-compatible box"}, at=NOON)
    briefs.plan_shots(brief, {}, 1, at=NOON)

    generation.start_run(brief.design, stage="page", positions=["shot-001"], at=NOON)

    prompt = Call.objects.get().request["prompt"]
    assert "Lego-compatible box" in prompt
    assert brief.description == "A small Lego-compatible plastic box. No chocolate sandwich cookie inside."
    assert notices == ["“Oreo” is a protected name, so we wrote “a chocolate sandwich cookie” instead."]


def test_a_shopper_of_the_shop_has_none(shop):
    brief, _ = briefs.take_in(BOX, Account.objects.create(kind="guest"), shop, at=NOON)

    assert "Lego" not in brief.name + brief.description


def test_a_card_of_the_shop_has_none(shop):
    design = editing.create_design(shop.account, shop, kind="card", format_code="card-5x7-flat", at=NOON)

    page, _ = editing.write_page(design, "front", {"prompt": "a Lego castle"}, caller=None, at=NOON)

    assert "Lego" not in page.prompt


def test_a_name_that_is_taken_away_again_is_screened_when_it_is_used(shop):
    brief, _ = briefs.take_in(BOX, shop.account, shop, at=NOON)
    briefs.correct(brief, {"category": "Lego-compatible box"}, at=NOON)
    briefs.plan_shots(brief, {}, 1, at=NOON)
    Shop.objects.filter(pk=shop.pk).update(own_brands=[])
    brief.design.refresh_from_db()

    run = generation.start_run(brief.design, stage="page", positions=["shot-001"], at=NOON)

    assert "Lego" not in Call.objects.get().request["prompt"]
    assert run.notices == ["“Lego” is a protected name, so we wrote “colorful toy bricks” instead."]


def test_a_name_as_long_as_it_may_be_stays_so_when_a_brand_is_written_over(shop):
    product = Product(("Goku figure of painted resin " + "and oak " * 20)[:120], "A small figure.")

    brief, notices = briefs.take_in(product, Account.objects.create(kind="guest"), shop, at=NOON)

    assert (brief.name.startswith("hero figure of painted resin and oak"), len(brief.name) <= 120) == (True, True)
    assert notices == ["“Goku” is a protected name, so we wrote “hero” instead."]
