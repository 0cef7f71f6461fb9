"""Product pictures: the thing that is for sale, large and whole, whatever stands about it."""

import pytest

from designs.providers.base import ImageRequest
from designs.providers.sketch.choose import chosen
from designs.providers.sketch.composers import compose
from designs.providers.sketch.goods import GOODS, Showing, colors_of, print_of, product_of, showing_of
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.provider import Sketch
from designs.providers.sketch.scene import canvas_size

MUG = "Product picture of a handmade, blue ceramic mug"
WAYS = [
    "seen straight from the front; on a plain white background; even studio light",
    "seen from directly above, laid flat; on a wooden table; spring blossoms around it",
    "a close-up of its details; on a marble counter; soft morning light",
    "seen from a low angle, standing tall; on folded linen cloth; candlelight in a dark room",
    "shown in use, at home in its place; in a bright kitchen; autumn leaves and small pumpkins around it",
    "seen from a three-quarter angle; in a garden among leaves; wrapped and ready to give, with a ribbon",
    "seen straight from the front; on a windowsill; winter, fir branches and snow around it",
    "seen straight from the front; on a soft pastel background; elegant, with fine gold details",
]


def scene_of(prompt, seed=1, purpose="product_image"):
    return compose(chosen(prompt, "", "", seed, purpose=purpose), canvas_size(512, 512))


@pytest.mark.parametrize(
    ("subject", "motif"),
    [
        ("a handmade, blue ceramic mug", "mug"),
        ("an oak cutting board", "board"),
        ("a rubber phone case", "phone-case"),
        ("two wool socks", "socks"),
        ("a mug with honey for a tote bag", "tote"),
        ("Fluxomat 3000", "carton"),
        ("a cushion with lemons", "cushion"),
        ("a jar of honey", "preserve"),
        ("a scented candle in a glass jar", "jar"),
    ],
)
def test_the_thing_for_sale_is_what_is_named_last(subject, motif):
    assert product_of(f"Product picture of {subject}; on a wooden table with a candle").motif == motif


@pytest.mark.parametrize(
    ("subject", "motif"),
    [
        ("a mug with a fox on it", "fox"),
        ("a poster of a lighthouse", "lighthouse"),
        ("a cushion with lemons", "lemon"),
        ("a bar of soap with rose petals", None),
        ("a plain mug", None),
    ],
)
def test_what_is_printed_on_a_product_is_drawn_on_it(subject, motif):
    prompt = f"Product picture of {subject}; on a wooden table"
    borne = print_of(prompt)
    drawn = [item.args.get("print") for item in scene_of(prompt).items if item.motif == product_of(prompt).motif]

    assert (borne.motif if borne else None) == motif
    assert drawn == [motif]


def test_as_many_products_stand_there_as_are_named_in_their_colors():
    mugs = [item for item in scene_of("three mugs in yellow, green and blue").items if item.motif == "mug"]

    assert sorted(item.tint for item in mugs) == sorted(colors_of("three mugs in yellow, green and blue"))
    assert len({item.tint for item in mugs}) == 3
    assert max(item.x + item.size / 2 for item in mugs) < 1000
    assert product_of("two wool socks").count == 1


def test_everything_a_shop_can_name_has_a_drawing():
    named = {line.partition(":")[0] for line in GOODS.strip().splitlines()}

    assert named <= set(motifs())


def test_what_stands_around_the_product_is_read_apart_from_it():
    assert showing_of(f"{MUG}; {WAYS[1]}") == Showing("wooden", "above", "", "spring", "")
    assert showing_of(f"{MUG}; {WAYS[3]}") == Showing("linen", "low", "candlelight", "", "")
    assert showing_of(MUG) == Showing()


@pytest.mark.parametrize("way", WAYS)
def test_the_product_is_there_once_in_its_own_color_before_everything_else(way):
    scene = scene_of(f"{MUG}; {way}")
    items = [item for item in scene.items if motifs()[item.motif].kind != "ground"]
    [mug] = [item for item in items if item.motif == "mug"]

    assert mug.tint == product_of(MUG).tint != ""
    assert mug.size == max(item.size for item in items if item.motif not in ("bunting", "eucalyptus"))
    later = items[items.index(mug) + 1 :]
    assert all(item.size < mug.size / 2 for item in later)


def test_the_whole_product_is_on_the_page():
    for way in (way for way in WAYS if "close-up" not in way):
        [mug] = [item for item in scene_of(f"{MUG}; {way}").items if item.motif == "mug"]
        half = mug.size / 2
        assert 0 < mug.x - half < mug.x + half < 1000
        assert 0 < mug.y - half < mug.y + half < 1000


def test_takes_differ_and_equal_requests_give_equal_bytes():
    def drawn(seed):
        request = ImageRequest(f"{MUG}; {WAYS[2]}", 96, 96, seed=seed, purpose="product_image")
        return Sketch().start(request, key="k").outputs[0].data

    assert drawn(1) == drawn(1) != drawn(2)


def test_the_same_words_on_a_card_are_a_card():
    assert scene_of(f"{MUG}; {WAYS[0]}", purpose="card").composer != "still"
