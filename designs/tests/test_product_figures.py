import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Shop, User
from cardmaker.core.errors import BadInput
from designs.models import Call, Image, PictureVote, ProductBrief
from designs.products import briefs, figures, votes
from designs.products.briefs import Product
from designs.tests.factories import NOON, RunFactory, drawn_image, load_reference_rows


@pytest.fixture
def brief(db) -> ProductBrief:
    load_reference_rows()
    call_command("loaddata", "products", verbosity=0)
    house = Shop.objects.house()
    made = briefs.take_in(Product("Meadow mug", "A blue ceramic mug"), house.account, house, at=NOON)[0]
    briefs.plan_shots(made, {"angle": ["angle-front"], "background": ["background-white"]}, 3, at=NOON)
    return made


@pytest.fixture
def judge(db):
    return User.objects.create_superuser("judge@example.com", "a long password")


def made_by(brief, position, *, number, model="one", seconds=4, micros=20_000, outcome="answered"):
    """A Call of the brief's run and its picture, if it brought one."""
    run = brief.design.runs.first() or RunFactory(design=brief.design, stage="page", positions=[], created_at=NOON)
    ended = {"sent_at": NOON, "answered_at": NOON + timedelta(seconds=seconds) if outcome == "answered" else None}
    call = Call.objects.create(
        run=run, position=position, number=number, provider="fake", model=model, request={}, share_micros=micros,
        actual_micros=micros if outcome == "answered" else 0, outcome=outcome, **ended,
    )  # fmt: skip
    if outcome == "answered":
        image = drawn_image(brief.design, position=position)
        Image.objects.filter(pk=image.pk).update(call=call, provider="fake", model=model, tier="draft")
        return Image.objects.get(pk=image.pk)
    return None


def three(brief):
    made = [made_by(brief, f"shot-00{number}", number=number, model=name) for number, name in ((1, "one"), (2, "two"))]
    made_by(brief, "shot-003", number=3, outcome="failed")
    return made


def test_time_cost_and_success_are_told_by_maker_and_by_template(brief):
    three(brief)
    found = figures.figures(at=NOON + timedelta(hours=1))

    told = {
        score.title: (score.pictures, score.seconds_each, score.micros_each, score.success) for score in found.makers
    }
    assert told == {"fake one": (1, 4.0, 20_000, 50), "fake two": (1, 4.0, 20_000, 100)}
    assert [(score.title, score.pictures, score.success) for score in found.templates] == [
        ("Straight on", 2, 67), ("White", 2, 67),
    ]  # fmt: skip


def test_votes_count_for_makers_and_older_pictures_do_not(brief, judge):
    one, two = three(brief)
    votes.vote(judge, two, one, better="left", at=NOON)

    now = figures.figures(at=NOON + timedelta(hours=1))
    assert {score.title: score.liked for score in now.makers} == {"fake one": 0, "fake two": 100}
    assert figures.figures(at=NOON + timedelta(days=31)).makers == []


def test_a_pair_is_judged_once_and_never_shown_again(brief, judge):
    one, two = three(brief)
    pair = votes.next_pair(judge, chance=random.Random(1))
    assert {pair.left.pk, pair.right.pk} == {one.pk, two.pk}

    votes.vote(judge, pair.left, pair.right, better="equal", at=NOON)
    votes.vote(judge, pair.right, pair.left, better="left", at=NOON)

    assert PictureVote.objects.get().choice == "equal"
    assert votes.next_pair(judge, chance=random.Random(1)) is None


def test_pictures_that_show_different_things_are_not_compared(brief, judge):
    one, _ = three(brief)
    stranger = drawn_image(brief.design, position="front")

    with pytest.raises(BadInput):
        votes.vote(judge, one, stranger, better="left", at=NOON)
    with pytest.raises(BadInput):
        votes.vote(judge, one, one, better="middle", at=NOON)
    assert PictureVote.objects.count() == 0


def test_the_ballot_names_nobody_and_goes_on_to_the_next_pair(brief, judge):
    one, two = three(brief)
    client = Client()
    client.force_login(judge)
    page = client.get("/admin/product-pictures/vote/").content.decode()
    body = {"left": str(one.pk), "right": str(two.pk), "better": "right"}
    answer = client.post("/admin/product-pictures/vote/", body, follow=True)

    assert "fake" not in page
    assert PictureVote.objects.count() == 1
    assert "You have compared everything there is." in answer.content.decode()
    assert client.post("/admin/product-pictures/vote/", {"left": "x", "right": "y"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_figures_cost_the_same_queries(brief, count, django_assert_num_queries):
    for number in range(1, count + 1):
        made_by(brief, f"shot-00{number}", number=number)
    with django_assert_num_queries(5):
        figures.figures(at=NOON + timedelta(hours=1))


def test_the_page_shows_both_tables(brief, judge):
    three(brief)
    Call.objects.update(created_at=NOON)
    client = Client()
    client.force_login(judge)
    page = client.get("/admin/product-pictures/").content.decode()

    assert "Who draws" in page
    assert "How it is shown" in page


def test_who_is_provider_and_model_in_one_is_named_once():
    assert [figures._named(*maker) for maker in (("sketch", "sketch"), ("fal", "flux"), ("fal", ""))] == [
        "sketch", "fal flux", "fal",
    ]  # fmt: skip
