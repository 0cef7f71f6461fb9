"""Drawings that were once judged weak: who covers whom, what shines at night, what a vase and a mug bear."""

import itertools
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from designs.providers.sketch.choose import chosen
from designs.providers.sketch.color import lightness
from designs.providers.sketch.composers import compose, composers
from designs.providers.sketch.draw import draw
from designs.providers.sketch.motifs.home import LAMPLIGHT
from designs.providers.sketch.palettes import PALETTES
from designs.providers.sketch.scene import Item, Scene
from designs.providers.tests.test_sketch_scenes import CARD, everything


def items_of(prompt, seed, **changes):
    spec = replace(chosen(prompt, "", "", seed), **changes)
    return list(everything(compose(spec, CARD).items))


@pytest.mark.parametrize("composer", ["floating", "medallion", "papercut", "portrait"])
def test_a_planet_stands_behind_and_beside_the_rocket(composer):
    for seed in range(4):
        items = items_of("a rocket flying past a planet", seed, composer=composer)
        names = [item.motif for item in items]
        rocket = items[names.index("rocket")]
        planets = [item for item in items if item.motif == "planet"]

        assert max(number for number, name in enumerate(names) if name == "planet") < names.index("rocket")
        apart = [np.hypot(planet.x - rocket.x, planet.y - rocket.y) for planet in planets]
        assert all(far > (planet.size + rocket.size) * 0.3 for far, planet in zip(apart, planets, strict=True))
        assert not {"round-tree", "pine", "fern", "sun", "cloud"} & set(names)


def test_whoever_is_in_a_balloon_is_seen_above_its_basket():
    for seed in range(6):
        items = items_of("a bear in a hot air balloon", seed)
        [bear] = [item for item in items if item.motif == "bear"]
        [balloon] = [item for item in items if item.motif == "hot-air-balloon"]
        head, basket = bear.y - bear.size / 2, balloon.y + balloon.size * 0.26

        assert bear.size > balloon.size / 3
        assert basket - head > bear.size * 0.6


def test_a_cup_that_somebody_has_is_before_him_and_whole():
    for seed in range(4):
        items = items_of("get well soon, a koala with a cup of tea", seed)
        names = [item.motif for item in items]
        koala, cup = items[names.index("koala")], items[names.index("cup")]

        assert names.index("cup") == names.index("koala") + 1
        assert abs(cup.x - koala.x) < koala.size * 0.1


def seen(motif, **args):
    palette = replace(PALETTES["meadow"].at_night(), lamps=True)
    dark = Item("backdrop", args={"color": palette.deep})
    scene = Scene(
        200, 200, "minimal", "", palette, "", "#000000", (dark, Item(motif, 100, 100, 180, seed=3, args=args))
    )
    return draw(scene, 200, 200)[:, :, ::-1].astype(int)


@pytest.mark.parametrize("motif", ["house", "cottage", "townhouse", "tower", "church", "castle", "barn", "windmill"])
def test_at_night_there_is_light_in_the_windows_and_little_on_the_walls(motif):
    pixels = seen(motif)
    lamplight = np.array([int(LAMPLIGHT[at : at + 2], 16) for at in (1, 3, 5)])
    lit = np.abs(pixels - lamplight).max(2) < 40

    assert lit.mean() > 0.004
    assert (pixels.mean(2) > 150).mean() < 0.2  # of the page


@pytest.mark.parametrize("style", ["storybook", "watercolor", "mid-century", "paper-cut"])
def test_windows_are_lit_in_the_evening_too(style):
    assert [chosen(f"our house {when}", "", style, 1).colors().lamps for when in ("at dusk", "at noon")] == [
        True,
        False,
    ]


def test_a_city_at_night_has_towers_in_every_composition_that_can_show_one():
    for composer in ("skyline", "nightlights", "medallion", "papercut"):
        names = {item.motif for item in items_of("the city at night", 2, composer=composer)}

        assert names & {"tower", "townhouse"}


@pytest.mark.parametrize("prompt", ["sunflowers in a vase", "a bouquet of red roses"])
def test_a_vase_holds_the_flowers_that_were_asked_for(prompt):
    for seed in range(4):
        spec = chosen(prompt, "", "", seed)
        flower = next(subject for subject in spec.subjects if subject.motif in ("sunflower", "rose"))
        held = [item for item in items_of(prompt, seed) if item.motif in ("vase", "bouquet")]

        assert [(item.args["blooms"], item.args["tints"]) for item in held][:1] == [([flower.motif], [flower.tint])]


def test_named_flowers_come_alone_and_in_their_own_color():
    for seed, composer in product(range(3), ("botanical", "portrait")):
        items = items_of("cherry blossoms", seed, composer=composer)
        blossoms = [item for item in items if item.motif == "cherry-blossom"]

        assert {item.tint for item in blossoms} == {""}
        assert not {"peony", "rose", "anemone", "cosmos"} & {item.motif for item in items}


def test_every_named_subject_has_a_patch_in_a_quilt():
    for seed in range(4):
        names = [item.motif for item in items_of("a whale with fish and corals", seed, composer="quilt")]

        assert min(names.count(name) for name in ("whale", "fish", "coral")) >= 2


def test_sunflowers_and_creatures_keep_their_colors_in_a_quilt():
    tints = {item.motif: item.tint for item in items_of("sunflowers, hearts and a whale", 1, composer="quilt")}

    assert (tints["sunflower"], tints["whale"], bool(tints["heart"])) == ("", "", True)


def test_guests_do_not_stand_in_one_place():
    spec = replace(chosen("a whale, a fish and a turtle", "", "", 1), composer="table")
    items = {item.motif: item for item in everything(compose(spec, CARD).items)}
    places = sorted(items[name].x for name in ("whale", "fish", "turtle"))

    assert min(right - left for left, right in itertools.pairwise(places)) > 150


def test_who_comes_with_several_stands_before_them():
    names = [item.motif for item in items_of("three cats and a mouse", 1, composer="portrait")]

    assert names.index("mouse") > max(number for number, name in enumerate(names) if name == "cat")


def test_fruit_on_a_table_lies_in_a_bowl():
    items = items_of("lemons", 1, composer="table")
    bowl = next(item for item in items if item.motif == "bowl")

    assert all(item.size < bowl.size / 2 for item in items if item.motif == "lemon")
    assert sum(item.motif == "lemon" for item in items) > 3


def test_one_that_flies_alone_is_large():
    sizes = [max(item.size for item in items_of("a star", seed, composer="floating") if item.motif == "star")
             for seed in range(3)]  # fmt: skip

    assert min(sizes) > 400


def test_ships_are_on_the_water():
    for seed in range(4):
        assert chosen("a pirate ship", "", "", seed).composer in {"sea", "papercut", "medallion", "quilt"}
    assert {"sea", "papercut", "medallion", "quilt"} <= set(composers())


def test_what_shines_is_not_dimmed_by_night():
    for motif in ("star", "moon", "crescent", "lantern", "sky-lantern"):
        brightest = np.percentile(seen(motif).max(2), 99)

        assert (motif, brightest > 205) == (motif, True)
    assert lightness(LAMPLIGHT) > 0.85
