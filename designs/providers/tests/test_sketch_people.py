"""People, what they wear and do, and weather that is more than rain."""

from itertools import combinations

import numpy as np
import pytest

from designs.providers.sketch.bonds import CROWNS, NECKS, PEOPLE
from designs.providers.sketch.choose import STYLES, chosen
from designs.providers.sketch.color import lightness
from designs.providers.sketch.composers import compose
from designs.providers.sketch.describe import description
from designs.providers.sketch.draw import draw
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.palettes import PALETTES
from designs.providers.sketch.reading import read
from designs.providers.sketch.scene import Item, Scene
from designs.providers.sketch.stage import STANDING
from designs.providers.tests.test_sketch_scenes import CARD, everything

# prompt; who is in every candidate
SHOWN = [
    ("a girl with a dog", {"girl", "dog"}),
    ("a boy flying a kite", {"boy", "kite"}),
    ("a family at the beach", {"woman", "man", "child"}),
    ("mother and baby", {"mother-and-baby"}),
    ("Mum with her sleeping baby", {"mother-and-baby"}),
    ("a couple dancing", {"dancers"}),
    ("grandma knitting", {"grandma", "yarn"}),
    ("two friends having coffee", {"woman", "cup"}),
    ("a bride and groom in a garden", {"bride", "groom"}),
    ("Dad in the mountains", {"man"}),
    ("children playing in the snow", {"girl", "boy"}),
    ("an old man reading a book", {"grandpa", "book"}),
    ("it's a girl!", {"baby"}),
]


@pytest.mark.parametrize(("prompt", "people"), SHOWN)
def test_people_who_were_named_are_in_every_candidate(prompt, people):
    for seed in range(4):
        assert people - compose(chosen(prompt, "", "", seed), CARD).motif_names() == set()


@pytest.mark.parametrize(
    "prompt",
    [
        "Happy birthday to my grandma", "a lion with a crown for dad", "for my daughter, a rocket",
        "dear sister, thank you", "a couple of foxes", "happy Mother's Day mum", "a teddy for the new baby",
        "congratulations to the happy couple", "a gingerbread man", "a card without people",
    ],
)  # fmt: skip
def test_whoever_is_only_spoken_to_is_not_drawn(prompt):
    for seed in range(4):
        assert compose(chosen(prompt, "", "", seed), CARD).motif_names() & PEOPLE == set()


def test_nobody_is_drawn_who_was_denied():
    for seed in range(4):
        assert "girl" not in compose(chosen("a dog in the park, no girl", "", "", seed), CARD).motif_names()


def test_as_many_women_as_were_said_hold_a_cup_each():
    reading = read("two women drinking coffee")

    assert [(one.motif, one.count) for one in reading.subjects] == [("woman", 2), ("cup", 1)]
    assert reading.bonds == [("woman", "holds", "cup")]
    assert "two women" in description(chosen("two women drinking coffee", "", "", 1))


def portrait(name, seed, style="storybook"):
    palette = PALETTES["meadow"]
    item = Item(name, x=100, y=105, size=185, seed=seed)
    return draw(Scene(200, 210, style, "portrait", palette, "top", palette.paper, (item,)), 100, 105)


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_people_differ_and_each_is_the_same_every_time(name):
    pictures = [portrait(name, seed).astype(int) for seed in range(6)]
    alike = [pair for pair in combinations(pictures, 2) if np.abs(pair[0] - pair[1]).mean() < 0.1]

    assert np.array_equal(pictures[3], portrait(name, 3))
    assert len(alike) <= 1


@pytest.mark.parametrize("style", STYLES)
def test_people_are_seen_in_every_style(style):
    for name in ("girl", "grandma", "baby"):
        with_person, blank = portrait(name, 1, style), portrait("confetto", 1, style)

        assert np.abs(with_person.astype(int) - blank).max(axis=2)[30:90, 20:80].mean() > 10


def test_everybody_with_a_head_or_a_neck_for_it_can_stand():
    assert {name for name in {*CROWNS, *NECKS, *PEOPLE} if motifs()[name].kind not in STANDING | {"flyer"}} == set()


@pytest.mark.parametrize("who", ["penguin", "snowman", "bear", "girl"])
def test_a_scarf_is_worn_once_by_whoever_it_was_named_with(who):
    for seed in range(5):
        items = list(everything(compose(chosen(f"a {who} with a red scarf", "", "", seed), CARD).items))
        wearer = next(item for item in items if item.motif == who)
        worn = [item for item in items if item.motif == "worn-scarf"]

        assert [item.tint for item in worn] == ["#d9362f"]
        assert np.hypot(worn[0].x - wearer.x, worn[0].y - wearer.y) < wearer.size / 3
        assert "scarf" not in {item.motif for item in items}


def test_a_hat_and_a_scarf_are_both_worn():
    assert read("a fox with a green scarf and a woolly hat").bonds == [
        ("fox", "with", "scarf"),
        ("fox", "with", "bobble-hat"),
    ]
    assert read("a cat in a santa hat").bonds == [("cat", "with", "santa-hat")]


def test_a_hat_is_on_the_head_of_one_who_looks_aside():
    for seed in range(5):
        items = list(everything(compose(chosen("a dinosaur with a party hat", "", "", seed), CARD).items))
        wearer, hat = (next(item for item in items if item.motif == name) for name in ("dinosaur", "party-hat"))
        side = -1 if wearer.flip else 1

        assert (hat.x - wearer.x) * side == pytest.approx(-0.17 * wearer.size, abs=1)
        assert hat.y < wearer.y - 0.3 * wearer.size


def test_a_storm_is_darker_than_rain_and_has_lightning():
    for seed in range(6):
        storm, rain = (chosen(f"a sailboat in the {weather}", "", "", seed) for weather in ("storm", "rain"))
        names = compose(storm, CARD).motif_names()

        assert {"rain", "lightning"} <= names
        assert "sun" not in names
        assert lightness(storm.colors().sky[0]) < lightness(rain.colors().sky[0]) or storm.palette != rain.palette


def test_no_lightning_without_a_storm():
    for seed in range(6):
        assert "lightning" not in compose(chosen("a sailboat in the rain", "", "", seed), CARD).motif_names()


@pytest.mark.parametrize(
    ("prompt", "pair"), [("a couple on the beach", ("woman", "man")), ("a girl and a boy", ("girl", "boy"))]
)
def test_of_two_grown_alike_neither_is_the_small_one(prompt, pair):
    for seed in range(5):
        scene = compose(chosen(prompt, "", "", seed), CARD)
        if scene.composer != "quilt":  # there they stand on patches
            sizes = {item.motif: item.size for item in everything(scene.items) if item.motif in pair}
            assert sizes[pair[0]] == pytest.approx(sizes[pair[1]], rel=0.01)
