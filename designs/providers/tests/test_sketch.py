import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Picture

from designs.providers.base import ImageRequest, Parent, ProviderRejected, Style
from designs.providers.sketch import lexicon
from designs.providers.sketch.choose import STYLES, chosen
from designs.providers.sketch.composers import compose, composers
from designs.providers.sketch.draw import draw
from designs.providers.sketch.edits import changed
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.palettes import PALETTES, words_contrast
from designs.providers.sketch.provider import Sketch
from designs.providers.sketch.scene import VERSION, Spec, canvas_size
from designs.providers.tests.conformance import ProviderConformance

CARD = (1000.0, 1400.0)
FOX = ImageRequest(prompt="a fox in the snow", width_px=180, height_px=252, seed=5)


class TestSketch(ProviderConformance):
    def provider(self) -> Sketch:
        return Sketch()


def made(request, **changes):
    return Sketch().start(replace(request, **changes), "key").outputs


def gray(data, size):
    return np.asarray(Picture.open(io.BytesIO(data)).convert("L").resize(size, Picture.Resampling.BOX), dtype=float)


def likeness(one, other):
    """Structural similarity over 8 x 8 blocks, 1 for equal pictures."""

    def blocks(picture):
        height, width = (side - side % 8 for side in picture.shape)
        return picture[:height, :width].reshape(height // 8, 8, width // 8, 8).swapaxes(1, 2).reshape(-1, 64)

    a, b = blocks(one), blocks(other)
    means, others = a.mean(1), b.mean(1)
    shared = ((a - means[:, None]) * (b - others[:, None])).mean(1)
    top = (2 * means * others + 6.5) * (2 * shared + 58.5)
    return float((top / ((means**2 + others**2 + 6.5) * (a.var(1) + b.var(1) + 58.5))).mean())


def test_the_recipe_names_version_quiet_zone_and_ink():
    recipe = made(FOX)[0].recipe

    assert (recipe["provider"], recipe["version"]) == ("sketch", VERSION)
    assert recipe["quiet"] in ("top", "center", "bottom")
    assert recipe["ink"].startswith("#")


def test_a_final_is_its_candidate_drawn_larger():
    candidate = made(FOX)[0]
    parent = Parent(candidate.data, candidate.recipe)
    final = made(FOX, tier="final", width_px=720, height_px=1008, parent=parent)[0]

    assert final.recipe == candidate.recipe
    assert likeness(gray(candidate.data, (180, 252)), gray(final.data, (180, 252))) > 0.9


def test_a_recipe_of_another_provider_is_refused():
    with pytest.raises(ProviderRejected) as refusal:
        made(FOX, parent=Parent(b"", {"provider": "fake"}))

    assert refusal.value.reason == "invalid_request"


def test_four_neighboring_candidates_have_four_ways_to_compose_or_four_palettes():
    for prompt in ("a fox in the snow", "happy birthday", "thank you flowers", "merry christmas", "love"):
        specs = [chosen(prompt, "", "", seed) for seed in range(4)]

        assert len({(spec.composer, spec.palette) for spec in specs}) == 4
        assert len({spec.composer for spec in specs}) >= 3


def test_every_subject_that_was_asked_for_is_in_the_picture():
    words = {motif: word for word, motif in lexicon.SUBJECT_OF.items() if word not in lexicon.COLOR_OF}
    missing = []
    for number, (motif, word) in enumerate(words.items()):
        spec = chosen(f"a {word}", "", "", number)
        if not {motif, f"{motif}-stem"} & compose(spec, CARD).motif_names():
            missing.append((word, spec.composer))

    assert missing == []


def test_what_was_removed_is_in_no_candidate():
    for name in composers():
        spec = replace(chosen("birthday bear with balloons", "", "", 1), composer=name, removed=("balloon",))

        assert "balloon" not in compose(spec, CARD).motif_names()


@pytest.mark.parametrize("style", STYLES)
def test_every_composer_draws_in_every_style_and_shape(style):
    for number, name in enumerate(composers()):
        spec = replace(chosen("a cat with roses on a snowy night", "", style, 2), composer=name)
        size = ((72, 100), (100, 72), (80, 80))[number % 3]
        pixels = draw(compose(spec, canvas_size(*size)), *size)

        assert pixels.shape == (size[1], size[0], 3)
        assert pixels.std() > 5


def test_a_spec_survives_json():
    spec = changed(chosen("three red balloons", "", "", 3), "more balloons, bigger, warmer")

    assert Spec.from_json(spec.to_json()) == spec


@pytest.mark.parametrize(
    ("instruction", "field", "value"),
    [
        ("make it warmer", "warm", 0.025),
        ("darker please", "light", -0.07),
        ("at night", "time", "night"),
        ("in watercolour", "style", "watercolor"),
        ("remove the balloons", "removed", ("balloon",)),
        ("a bigger fox", "scales", {"fox": 1.35}),
        ("add snow", "weather", "snow"),
        ("make it pink", "accents", ("#f27ea6",)),
    ],
)
def test_an_instruction_changes_what_it_names_and_nothing_else(instruction, field, value):
    spec = chosen("a fox with balloons", "", "", 0)
    after = changed(spec, instruction)

    assert getattr(after, field) == value
    if field not in ("weather",):
        assert replace(after, **{field: getattr(spec, field)}) == spec


def test_an_instruction_nobody_understands_is_said_in_the_alt_text():
    parent = made(FOX)[0]
    after = made(FOX, parent=Parent(parent.data, parent.recipe), instruction="frobnicate it")[0]

    assert "not understood" in after.description
    assert after.recipe["spec"]["composer"] == parent.recipe["spec"]["composer"]


def test_an_unknown_style_is_taken_from_its_words():
    style = Style("my-house-style", "a soft watercolor painting")

    assert made(FOX, style=style)[0].recipe["spec"]["style"] == "watercolor"


def test_palettes_have_dark_and_light_that_read_on_each_other():
    assert {palette.name for palette in PALETTES.values() if words_contrast(palette) < 7} == set()
    assert len(PALETTES) >= 50


def test_casts_name_motifs_that_exist():
    named = {
        name
        for line in lexicon.lines(lexicon.OCCASIONS)
        for cast in lexicon.occasion_row(line.split(":")[0])[1]
        for name in cast
    }

    assert named - set(motifs()) == set()
    assert set(lexicon.SUBJECT_OF.values()) - set(motifs()) == set()
