"""What the words name reaches the scene, and different words give different pictures."""

import struct
import zlib
from dataclasses import replace
from itertools import combinations, product

import cv2
import numpy as np
import pytest

from designs.providers.base import ImageRequest, Style
from designs.providers.sketch.choose import STYLES, chosen
from designs.providers.sketch.color import contrast, distance, lab
from designs.providers.sketch.composers import compose
from designs.providers.sketch.draw import draw
from designs.providers.sketch.lexicon import COLORS
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.provider import Sketch, ink_of
from designs.providers.sketch.scene import VERSION, canvas_size

CARD = (1000.0, 1400.0)
SMALL = (60, 84)

# prompt; subjects that are drawn; what the recipe says of color, season and time of day
NAMED = [
    ("a red fox in the snow at night", {"fox"}, {"time": "night", "season": "winter"}),
    ("two rabbits in a spring meadow", {"rabbit"}, {"season": "spring", "place": "meadow"}),
    ("a lighthouse at sunset", {"lighthouse"}, {"time": "dusk"}),
    ("cherry blossoms at dawn", {"cherry-blossom"}, {"time": "dawn"}),
    ("an owl in the forest in autumn", {"owl"}, {"season": "autumn", "place": "forest"}),
    ("sunflowers in August", {"sunflower"}, {"season": "summer"}),
    ("a hot air balloon over the mountains at sunrise", {"hot-air-balloon"}, {"time": "dawn", "place": "mountains"}),
    ("a snowman in January", {"snowman"}, {"season": "winter"}),
    ("a sailboat on the sea in the evening", {"sailboat"}, {"time": "dusk", "place": "sea"}),
    ("a whale under the sea", {"whale"}, {"place": "underwater"}),
    ("a bear camping at night", {"bear"}, {"time": "night", "place": "camp"}),
    ("a birthday cake and balloons", {"cake", "balloon"}, {"occasion": "birthday"}),
    ("a teal teapot with a cup", {"teapot", "cup"}, {"tint": ("teapot", "#2aa6a1")}),
    ("three yellow balloons", {"balloon"}, {"tint": ("balloon", "#f5bf36")}),
    ("a black cat with a pumpkin", {"cat", "pumpkin"}, {"tint": ("cat", "#2b2a33")}),
    ("a green tractor on a farm", {"tractor"}, {"tint": ("tractor", "#3f9a5c"), "place": "farm"}),
    ("a pink flamingo in summer", {"flamingo"}, {"tint": ("flamingo", "#f27ea6"), "season": "summer"}),
    ("a card in purple and gold", set(), {"accents": ("#8a5cc4", "#e3b04b")}),
    ("thank you, all in teal", set(), {"accents": ("#2aa6a1",), "occasion": "thanks"}),
    ("Christmas in red and green", set(), {"accents": ("#d9362f", "#3f9a5c"), "season": "winter"}),
    ("a wolf under the moon", {"wolf", "moon"}, {"time": "night"}),
    ("a dinosaur with a party hat", {"dinosaur", "party-hat"}, {}),
    ("a unicorn and a rainbow", {"unicorn", "rainbow"}, {}),
    ("a bicycle in the city at twilight", {"bicycle"}, {"time": "dusk", "place": "city"}),
    ("a penguin in December", {"penguin"}, {"season": "winter"}),
    ("daisies and bees in May", {"daisy", "bee"}, {"season": "spring"}),
    ("maple leaves and mushrooms", {"mushroom"}, {"season": "autumn"}),
    ("a camper van in the desert", {"van"}, {"place": "desert"}),
    ("a rocket and a planet in space", {"rocket", "planet"}, {"place": "space", "time": "night"}),
    ("an elephant with a gift for a birthday", {"elephant", "gift"}, {"occasion": "birthday"}),
    ("a koala with a book", {"koala", "book"}, {}),
    ("lanterns for Eid", {"lantern"}, {"occasion": "eid", "time": "night"}),
    ("a fireplace at Christmas", {"fireplace"}, {"occasion": "christmas"}),
    ("tulips in the morning", {"tulip"}, {"time": "dawn"}),
    ("a hedgehog in the garden in October", {"hedgehog"}, {"season": "autumn", "place": "garden"}),
    ("a barn in the starlit night", {"barn"}, {"time": "night"}),
    ("strawberries and lemons on a kitchen table", {"strawberry", "lemon"}, {"place": "kitchen"}),
    ("a swan on the lake in winter", {"swan"}, {"season": "winter", "place": "lake"}),
    ("a robin on a rainy day", {"robin"}, {"weather": "rain", "time": "day"}),
    ("a palm on the beach in July", {"palm"}, {"season": "summer", "place": "beach"}),
]


def shown(prompt, seed):
    spec = chosen(prompt, "", "", seed)
    scene = compose(spec, CARD)
    return spec, {name.removesuffix("-stem") for name in scene.motif_names()}


@pytest.mark.parametrize(("prompt", "subjects", "facts"), NAMED)
def test_what_the_words_name_is_in_every_candidate(prompt, subjects, facts):
    tinted = facts.get("tint")
    for seed in range(4):
        spec, motifs = shown(prompt, seed)

        assert subjects - motifs == set()
        assert {name: getattr(spec, name) for name in facts if name != "tint"} == {
            name: fact for name, fact in facts.items() if name != "tint"
        }
        assert not tinted or tinted in {(subject.motif, subject.tint) for subject in spec.subjects}


@pytest.mark.parametrize(("prompt", "subjects", "facts"), NAMED)
def test_no_creature_and_no_vehicle_comes_unasked(prompt, subjects, facts):
    for seed in range(4):
        spec, shown_motifs = shown(prompt, seed)
        cast = {subject.motif for subject in spec.subjects}
        company = {name for name in shown_motifs - cast if name in motifs() and motifs()[name].kind in LIVELY}

        assert company - ({"fish"} if spec.place == "underwater" else set()) == set()
        assert len(spec.subjects) <= spec.asked + 2


LIVELY = {"animal", "vehicle", "vessel", "swimmer"}
# prompt; what must be in no candidate
DENIED = [
    ("a winter forest without snow", {"snowfall", "snowflake"}),
    ("a birthday cake, no balloons", {"balloon", "heart-balloon"}),
    ("a fox in a meadow with no flowers", {"daisy", "tulip", "poppy", "daisy-stem", "poppy-stem", "lavender", "peony"}),
    ("Christmas without a tree", {"christmas-tree", "pine", "round-tree", "bare-tree"}),
    ("a night sky, no moon", {"moon", "crescent"}),
    ("a cat and a dog on the beach, not a palm", {"palm"}),
    ("a sunny meadow, never any clouds", {"cloud"}),
    ("a bear, but no hat and no gifts, happy birthday", {"gift", "hat"}),
    ("autumn in the park without mushrooms", {"mushroom"}),
    ("Halloween, no bats", {"bat"}),
    ("wedding flowers except roses", {"rose"}),
    ("a lighthouse by the sea, no boats", {"sailboat"}),
]


@pytest.mark.parametrize(("prompt", "denied"), DENIED)
def test_nothing_is_drawn_that_the_words_deny(prompt, denied):
    for seed in range(6):
        assert denied & compose(chosen(prompt, "", "", seed), CARD).motif_names() == set()


@pytest.mark.parametrize(
    ("prompt", "count"), [("three balloons", 3), ("a balloon", 1), ("five hearts", 5), ("a butterfly in a garden", 1)]
)
def test_as_many_are_drawn_as_the_words_say(prompt, count):
    """In every composition that shows single things; a quilt or an ornament repeats them."""
    counted = []
    for seed in range(6):
        spec = chosen(prompt, "", "", seed)
        if spec.composer not in ("quilt", "ornament"):
            names = [item.motif for item in everything(compose(spec, CARD).items)]
            counted.append((spec.composer, names.count(spec.subjects[0].motif)))

    assert [one for one in counted if one[1] != count] == []


def everything(items):
    for item in items:
        yield item
        yield from everything(item.children)


@pytest.mark.parametrize("rider", ["cat", "bear", "penguin"])
def test_a_rider_is_drawn_once_and_with_its_mount(rider):
    for mount, seed in product(("sled", "boat", "bicycle", "hot air balloon", "car"), range(3)):
        spec = chosen(f"a {rider} in a {mount}", "", "", seed)
        items = list(everything(compose(spec, CARD).items))
        places = [number for number, item in enumerate(items) if item.motif in (rider, spec.bonds[0][2])]

        assert len(places) == 2
        assert places[1] - places[0] == 1


def test_a_month_by_itself_is_a_picture_of_that_month():
    seasons = {"January": "winter", "April": "spring", "July": "summer", "October": "autumn"}
    for month, season in seasons.items():
        for seed in range(3):
            spec = chosen(month, "", "", seed, purpose="calendar")

            assert (spec.season, bool(spec.subjects)) == (season, True)


@pytest.mark.parametrize("month", ["January", "a bear in June", "pumpkins in October", "the 4th of July", "Diwali"])
def test_in_a_calendar_those_who_stand_are_in_what_every_crop_leaves(month):
    for seed in range(4):
        spec = chosen(month, "", "", seed, purpose="calendar")
        cast = {subject.motif for subject in spec.subjects if motifs()[subject.motif].kind == "animal"}
        feet = [item.y + item.size / 2 for item in compose(spec, (1000.0, 1000.0)).items if item.motif in cast]

        assert [foot for foot in feet if not 125 < foot <= 885] == []


def test_twelve_months_of_a_style_share_their_paper():
    spec = [chosen(month, "", "watercolor", 3, purpose="calendar") for month in ("January", "May", "October")]
    papers = [one.colors().paper for one in spec]

    assert max(distance(one, other) for one, other in combinations(papers, 2)) < 0.05


@pytest.mark.parametrize("hour", ["dusk", "dawn"])
def test_an_evening_and_a_morning_are_no_night(hour):
    for seed in range(8):
        palette = chosen(f"a lighthouse by the sea at {hour}", "", "", seed).colors()

        assert not palette.night
        assert lab(palette.sky[1])[2] > 0  # the light low in the sky is warm


def test_palettes_follow_every_color_word():
    astray = []
    for color, words in COLORS.items():
        for word, seed in product(words.split()[:1], range(3)):
            accents = chosen(f"a card in {word}", "", "", seed).colors().accents
            if min(distance(color, accent) for accent in accents) > 0.01:
                astray.append((word, seed))

    assert astray == []


def test_of_two_colors_asked_for_no_third_comes_between():
    for words in ("teal and gold", "navy and coral", "pink and yellow"):
        for seed in range(5):
            first, second, *tints = chosen(f"thank you, in {words}", "", "", seed).colors().accents
            for tint in tints:
                assert min(abs(_hue(tint) - _hue(color)) for color in (first, second)) < 0.35


def _hue(color):
    _, a, b = lab(color)
    return np.arctan2(b, a)


def test_the_sea_is_never_a_meadow_and_flowers_asked_for_are_no_vase_of_others():
    for seed in range(10):
        assert chosen("a palm tree on the beach", "", "", seed).composer != "landscape"
        assert chosen("a field of tulips", "", "", seed).composer != "table"


def test_words_have_contrast_in_every_style():
    poor = []
    for style, seed in product(STYLES, range(8)):
        scene = compose(chosen("happy birthday, a fox with flowers", "", style, seed), CARD)
        if contrast(ink_of(scene), scene.behind_words) < 4.5:
            poor.append((style, seed, scene.composer))

    assert poor == []


def test_no_two_styles_look_alike():
    pictures = {}
    for style in STYLES:
        spec = chosen("a fox with balloons in a meadow", "", "storybook", 1)
        pictures[style] = drawn(Style(style), spec.prompt)

    near = [
        (one, other)
        for one, other in combinations(STYLES, 2)
        if np.abs(pictures[one] - pictures[other]).mean() < 6  # of 255
    ]
    assert near == []


def drawn(style, prompt):
    """One landscape in a style, blurred so that texture does not count."""
    spec = replace(chosen(prompt, "", "storybook", 1), style=style.code, composer="landscape")
    pixels = draw(compose(spec, canvas_size(*SMALL)), *SMALL)
    return cv2.GaussianBlur(pixels, (0, 0), 1).astype(float)


WHO = ("a fox", "a cake", "roses", "a snowman", "balloons", "a cat", "a whale", "a house", "a bicycle", "an owl")
WHERE = ("", "in the city", "at night", "in spring", "in the mountains", "by the sea", "at Christmas", "in blue",
         "for a birthday", "in autumn", "at sunset", "in the garden", "in winter", "in pink and gold", "with a gift",
         "in the forest", "on a farm", "with love", "thank you", "zanzibar")  # fmt: skip


def fingerprint(prompt):
    """64 px, blurred, then the signs of the 16 x 16 lowest frequencies: texture and noise do not count."""
    pixels = draw(compose(chosen(prompt, "", "", 1), canvas_size(*SMALL)), *SMALL)
    gray = cv2.cvtColor(cv2.resize(pixels, (64, 64), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    waves = cv2.dct(cv2.GaussianBlur(gray, (0, 0), 1.2).astype(np.float32))[:16, :16].ravel()[1:]
    return waves > np.median(waves)


def test_no_two_of_two_hundred_prompts_give_the_same_picture():
    prints = {prompt: fingerprint(prompt) for prompt in (f"{who} {where}" for who, where in product(WHO, WHERE))}

    alike = [(a, b) for a, b in combinations(prints, 2) if (prints[a] != prints[b]).sum() <= 8]
    assert (len(prints), alike) == (200, [])


def test_the_file_says_which_illustrator_drew_it():
    data = Sketch().start(ImageRequest("a fox", 64, 64), "key").outputs[0].data

    assert text_of(data) == {"Software": f"Cardmaker {VERSION}"}


def text_of(data):
    """The tEXt chunks of a PNG, each with a right checksum."""
    at, found = 8, {}
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        if kind == b"tEXt":
            name, _, value = body.partition(b"\0")
            found[name.decode()] = value.decode("latin-1")
        at += 12 + size
    return found
