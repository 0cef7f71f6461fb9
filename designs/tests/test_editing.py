import pytest

from billing.models import Guardrails
from billing.quota import QuotaSpent
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.models import Event
from designs.editing import change_design, create_design, write_page
from designs.models import Design
from designs.tests.factories import (
    FLAT,
    FOLDED,
    NOON,
    AccountFactory,
    DesignFactory,
    ImageFactory,
    ShopFactory,
    caller,
    pick,
)

pytestmark = pytest.mark.usefixtures("shelf")


def write(design, position="front", **changes):
    return write_page(design, position, changes, caller=caller(design), at=NOON)


def test_a_new_card_has_a_page_for_each_position():
    design = create_design(
        AccountFactory(), ShopFactory(), kind="card", format_code=FOLDED, title=" For  Ada ", at=NOON
    )

    assert (design.title, design.state, design.version) == ("For Ada", "draft", 1)
    positions = list(design.pages.order_by("pk").values_list("position", flat=True))
    assert positions == ["front", "inside-left", "inside-right", "back"]
    assert Event.objects.get().name == "design"


def test_an_account_begins_so_many_designs_a_day():
    Guardrails.objects.create(designs_per_day=1)
    account, shop = AccountFactory(), ShopFactory()
    create_design(account, shop, kind="card", format_code=FLAT, at=NOON)

    with pytest.raises(QuotaSpent):
        create_design(account, shop, kind="card", format_code=FLAT, at=NOON)

    assert Design.objects.count() == 1
    create_design(AccountFactory(), shop, kind="card", format_code=FLAT, at=NOON)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"format_code": "card-9x9"}, "format"),
        ({"kind": "calendar"}, "kind"),
        ({"title": "x" * 121}, "title"),
        ({"title": "white power"}, "title"),
    ],
)
def test_a_design_that_cannot_be_is_refused_beside_its_field(options, field):
    asked = {"kind": "card", "format_code": FLAT, **options}
    with pytest.raises(BadInput) as refusal:
        create_design(AccountFactory(), ShopFactory(), at=NOON, **asked)

    assert list(refusal.value.details) == [field]
    assert Design.objects.count() == 0


def test_a_page_takes_what_is_sent_and_keeps_the_rest():
    design = DesignFactory()
    page, notices = write(
        design, style="ink", words="Happy birthday, Ada!", lettering={"font": "caveat", "size": "large"}
    )

    assert (page.prompt, page.style_id, page.words) == ("a fox in the snow", "ink", "Happy birthday, Ada!")
    assert page.lettering == {"font": "caveat", "size": "large"}
    assert (notices, design.version) == ([], 2)


def test_personal_data_in_a_prompt_is_taken_out_and_told():
    page, notices = write(DesignFactory(), prompt="a fox for ada@example.com in the snow")

    assert page.prompt == "a fox for in the snow"
    assert notices == ["We took an email address out of your prompt."]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"prompt": "x" * 10_000}, "prompt"),
        ({"prompt": "Taylor Swift"}, "prompt"),
        ({"words": "x" * 601}, "words"),
        ({"words": "to you \U0001f98a \u4e2d"}, "words"),
        ({"words": "word " * 120, "lettering": {"size": 90}}, "words"),
        ({"style": "airbrush"}, "style"),
        ({"lettering": {"font": "comic-sans"}}, "lettering"),
        ({"lettering": {"font": {}}}, "lettering"),
        ({"lettering": {"size": "9999"}}, "lettering"),
        ({"lettering": {"size": [1]}}, "lettering"),
        ({"lettering": {"color": 7}}, "lettering"),
        ({"lettering": {"blink": "yes"}}, "lettering"),
        ({"crop": {"x": 1.5}}, "crop"),
        ({"crop": {"zoom": 0}}, "crop"),
        ({"crop": {"zoom": "nan"}}, "crop"),
        ({"crop": {"x": None}}, "crop"),
        ({"crop": {"spin": 3}}, "crop"),
    ],
)
def test_what_a_page_cannot_take_is_refused_beside_its_field_and_nothing_is_lost(changes, field):
    design = DesignFactory()
    with pytest.raises(BadInput) as refusal:
        write(design, **changes)
    design.refresh_from_db()

    assert list(refusal.value.details) == [field]
    assert (design.version, design.pages.get(position="front").prompt) == (1, "a fox in the snow")


def test_characters_that_no_font_draws_are_named():
    with pytest.raises(BadInput) as refusal:
        write(DesignFactory(), words="Hi \U0001f389 \u4e2d \u16a0")

    assert refusal.value.message == "No font of ours can print \U0001f389 \u16a0. Please leave it out."


def test_an_empty_prompt_is_fine_while_drafting():
    assert write(DesignFactory(), prompt="")[0].prompt == ""


def test_a_page_that_the_format_lacks_is_not_here():
    with pytest.raises(NotHere):
        write(DesignFactory(), position="inside-left", prompt="a fox")


def test_a_page_picks_any_picture_of_its_account():
    design = DesignFactory()
    other = DesignFactory(account=design.account, shop=design.shop)
    image = ImageFactory(design=other)
    page, _ = write(design, picks=[image.pk])

    assert [found.image_id for found in page.picked] == [image.pk]


def test_a_strangers_picture_cannot_be_picked():
    design = DesignFactory()
    with pytest.raises(BadInput) as refusal:
        write(design, picks=[ImageFactory().pk])

    assert refusal.value.details == {"picks": ["There is no such picture."]}


def test_a_card_page_picks_one_picture_and_can_let_it_go():
    design = DesignFactory()
    images = [ImageFactory(design=design) for _ in range(2)]
    with pytest.raises(BadInput) as refusal:
        write(design, picks=[image.pk for image in images])
    assert refusal.value.details == {"picks": ["At most 1 on this page."]}

    write(design, picks=[images[0].pk])
    assert write(design, picks=[])[0].picked == []


def test_a_folded_card_carries_pictures_on_three_pages_at_most():
    design = DesignFactory(format_id=FOLDED)
    for position in ("front", "inside-left", "inside-right"):
        pick(design, ImageFactory(design=design), position)
    with pytest.raises(BadInput) as refusal:
        write(design, position="back", picks=[ImageFactory(design=design).pk])

    assert refusal.value.details == {"picks": ["At most 3 pages of this format carry pictures."]}
    assert len(write(design, position="front", picks=[ImageFactory(design=design).pk])[0].picked) == 1


def test_a_new_pick_makes_a_finalized_design_a_draft_again():
    design = DesignFactory(state="finalized")
    write(design, picks=[ImageFactory(design=design).pk])
    design.refresh_from_db()

    assert design.state == "draft"


def test_another_format_brings_the_pages_it_needs_and_keeps_what_was_written():
    design = DesignFactory()
    change_design(design, format_code=FOLDED, at=NOON)
    change_design(design, format_code=FLAT, title="Fox", at=NOON)

    assert (design.format_id, design.title, design.pages.count()) == (FLAT, "Fox", 4)
    assert design.pages.get(position="front").prompt == "a fox in the snow"
