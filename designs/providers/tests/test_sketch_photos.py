"""Reference photos: faces stay whole, people are cut out, and a final shows what its candidate showed."""

from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import pytest

from designs.providers.base import ImageRequest, Parent, ProviderRejected, ProviderUnavailable, Style
from designs.providers.sketch.choose import STYLES, chosen
from designs.providers.sketch.composers import compose, keepsakes
from designs.providers.sketch.draw import draw
from designs.providers.sketch.palettes import PALETTES
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.photos.settings import HOLDS
from designs.providers.sketch.photos.shots import Shot, framed, opening_for, shows_whole
from designs.providers.sketch.photos.treat import treated
from designs.providers.sketch.provider import Sketch, found_faces, spec_of
from designs.providers.sketch.scene import Spec

FACE = (0.40, 0.22, 0.20, 0.20)  # of the person that `photo` draws
CARD = (1000.0, 1400.0)


def photo(wall=(120, 150, 70), size=(400, 500)):
    """A head and shoulders before a wall, as a JPEG."""
    width, height = size
    pixels = np.full((height, width, 3), wall, np.uint8)
    cv2.ellipse(pixels, (width // 2, height), (width // 3, height * 45 // 100), 0, 0, 360, (60, 40, 160), -1)
    cv2.ellipse(pixels, (width // 2, height * 31 // 100), (width // 8, height * 13 // 100), 0, 0, 360, (50, 60, 80), -1)
    cv2.ellipse(pixels, (width // 2, height * 33 // 100), (width // 10, height // 10), 0, 0, 360, (150, 180, 225), -1)
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def find_one(pixels):
    return [FACE]


def gallery(count=1):
    return Gallery([photo(wall=(40 + 25 * number, 150, 90)) for number in range(count)], find_one)


@pytest.fixture
def sketch():
    return Sketch(find_faces=find_one)


US = ImageRequest("the two of us in the mountains", 200, 280, seed=3, references=(photo(), photo((200, 190, 180))))


def test_the_same_photos_give_the_same_picture(sketch):
    assert sketch.start(US, "a").outputs == sketch.start(US, "b").outputs


@pytest.mark.parametrize("count", range(1, 11))
def test_every_photo_that_a_composition_can_hold_is_in_it(count):
    missing = []
    for seed in range(4):
        spec = chosen("our year", "", "", seed, gallery=gallery(count))
        shown = {item.args["shot"].number for item in compose(spec, CARD).items if "shot" in item.args}
        if shown != set(range(count)):
            missing.append((seed, spec.composer, shown))

    assert missing == []


@pytest.mark.parametrize("name", HOLDS)
def test_every_composition_about_photos_draws_in_every_shape(name):
    held = gallery(min(HOLDS[name].stop - 1, 3))
    shots = [held.with_people(held.look(number)) for number in range(len(held))]
    spec = replace(chosen("a cat in the garden", "", "", 1), photos=tuple(shots[: HOLDS[name].stop - 1]), composer=name)
    for size, purpose in (((70, 98), "card"), ((98, 70), "card"), ((80, 80), "calendar")):
        scene = compose(replace(spec, purpose=purpose), (1000 * size[0] / min(size), 1000 * size[1] / min(size)))

        assert draw(scene, *size, held).std() > 5


def test_there_are_as_many_compositions_as_are_chosen_from():
    assert set(HOLDS) == set(keepsakes())


FACES = [(x, y, size, size) for x, y, size in product((0.02, 0.2, 0.45, 0.7), (0.02, 0.3, 0.6), (0.06, 0.15, 0.25))]


@pytest.mark.parametrize("ratio", [0.66, 1.0, 1.5])
def test_a_frame_keeps_a_face_whole_wherever_it_is(ratio):
    cut = [face for face in FACES if not shows_whole(Shot(0, ratio, (face,)), opening_for(Shot(0, ratio, (face,))))]

    assert cut == []


def test_a_round_opening_says_when_it_would_cut_a_face():
    far_apart = Shot(0, 1.5, ((0.02, 0.3, 0.15, 0.2), (0.8, 0.3, 0.15, 0.2)))

    assert not shows_whole(far_apart, 1.0, rounded=True)
    assert shows_whole(Shot(0, 1.5, ((0.4, 0.3, 0.2, 0.3),)), 1.0, rounded=True)


def test_a_photo_without_faces_is_shown_as_large_as_it_goes():
    _, _, width, height = framed(Shot(0, 1.5), 1.0)

    assert (round(width * 1.5, 6), height) == (1.0, 1.0)


def test_people_are_cut_out_of_a_plain_wall_and_not_out_of_what_is_alike():
    one = gallery()
    alike = Gallery([photo(wall=(60, 40, 160))], find_one)

    assert one.with_people(one.look(0)).body is not None
    assert alike.with_people(alike.look(0)).body is None


def test_a_cut_keeps_the_face_and_leaves_the_wall():
    one = gallery()
    alpha = one.alpha(one.look(0), (0.0, 0.0, 1.0, 1.0), (80, 100))

    assert alpha[25:40, 36:44].min() > 0.9
    assert alpha[:, :8].max() < 0.1
    assert alpha[:12].max() < 0.1


def test_a_recipe_keeps_its_photos_crops_and_not_the_photos(sketch):
    recipe = sketch.start(US, "key").outputs[0].recipe

    assert [shot["number"] for shot in recipe["spec"]["photos"]] == [0, 1]
    assert Spec.from_json(recipe["spec"]) == spec_of(recipe)
    assert Spec.from_json(recipe["spec"]).photos[0].faces == (FACE,)


def test_a_final_without_the_photos_is_refused(sketch):
    candidate = sketch.start(US, "key").outputs[0]
    final = replace(US, tier="final", parent=Parent(candidate.data, candidate.recipe))

    with pytest.raises(ProviderRejected, match="needed again"):
        sketch.start(replace(final, references=()), "key")
    with pytest.raises(ProviderRejected, match="needed again"):
        sketch.start(replace(final, references=(photo(), photo(size=(500, 300)))), "key")


def test_a_final_needs_no_second_look_for_faces():
    def no_one_looks(pixels):
        raise AssertionError

    candidate = Sketch(find_faces=find_one).start(US, "key").outputs[0]
    final = replace(US, tier="final", width_px=400, height_px=560, parent=Parent(candidate.data, candidate.recipe))

    assert Sketch(find_faces=no_one_looks).start(final, "key").outputs[0].recipe == candidate.recipe


def test_each_photo_is_looked_at_once_for_all_candidates():
    looks = []

    def find(pixels):
        looks.append(pixels.shape)
        return [FACE]

    Sketch(find_faces=find).start(replace(US, count=3), "key")

    assert len(looks) == len(US.references)


def test_nobody_looks_for_faces_that_are_known(sketch):
    def no_one_looks(pixels):
        raise AssertionError

    known = Sketch(find_faces=no_one_looks).start(replace(US, faces=((FACE,), (FACE,))), "key")

    assert known.outputs == sketch.start(US, "key").outputs


def test_only_the_photo_that_nobody_looked_at_is_looked_at():
    asked = []
    half_known = replace(US, faces=((), None))
    done = Sketch(find_faces=lambda pixels: asked.append(1) or [FACE]).start(half_known, "key")

    assert [shot.faces for shot in spec_of(done.outputs[0].recipe).photos] == [(), (FACE,)]
    assert len(asked) == 1


@pytest.mark.parametrize("data", [b"", b"GIF89a nothing"])
def test_a_reference_that_is_no_picture_is_refused(sketch, data):
    with pytest.raises(ProviderRejected, match="cannot be read"):
        sketch.start(replace(US, references=(data,)), "key")


def test_nobody_able_to_look_is_no_photo_without_faces(monkeypatch):
    from designs.imaging import faces

    def fail(pixels):
        raise faces.DetectionFailed("no detector")

    monkeypatch.setattr(faces, "find", fail)
    with pytest.raises(ProviderUnavailable):
        found_faces(np.zeros((4, 4, 3), np.uint8))


def test_a_photo_takes_the_colors_of_every_style():
    pixels = cv2.imdecode(np.frombuffer(photo(), np.uint8), cv2.IMREAD_COLOR)[:, :, :]
    palette = PALETTES["meadow"]
    prints = {style: treated(pixels, style, palette, [FACE], 120).astype(float) for style in STYLES}
    unlike = [style for style in STYLES if np.abs(prints[style] - pixels).mean() < 4]

    assert unlike == []
    assert {done.shape for done in prints.values()} == {pixels.shape}


def test_the_alt_text_says_that_photos_are_in_it(sketch):
    one = sketch.start(replace(US, references=(photo(),)), "key").outputs[0]

    assert "with your photo" in one.description
    assert "with 2 of your photos" in sketch.start(US, "key").outputs[0].description


def test_styles_of_a_photo_survive_a_change(sketch):
    first = sketch.start(replace(US, style=Style("watercolor")), "key").outputs[0]
    again = replace(US, parent=Parent(first.data, first.recipe), instruction="warmer")

    assert sketch.start(again, "key").outputs[0].recipe["spec"]["photos"] == first.recipe["spec"]["photos"]
