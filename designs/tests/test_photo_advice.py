import numpy as np
import pytest

from designs.imaging.faces import Face
from designs.tests.photographs import scene
from designs.uploading.photo_advice import advise, brightness, gray_of, sharpness

FACE, OTHER = Face(0.3, 0.3, 0.3, 0.4, 0.9), Face(0.7, 0.3, 0.2, 0.3, 0.8)


def codes(picture, *, faces=(FACE,), width_px=1600, height_px=1200):
    found = advise(np.asarray(picture), width_px=width_px, height_px=height_px, faces=faces)
    return [(row["code"], row["level"]) for row in found]


def test_a_good_photo_of_one_person_needs_no_advice():
    assert codes(scene()) == []


@pytest.mark.parametrize(
    ("faces", "told"),
    [((), ("no_face", "info")), ((FACE, OTHER), ("several_faces", "info")), (None, ("not_looked_at", "warn"))],
)
def test_faces_are_spoken_about(faces, told):
    assert codes(scene(), faces=faces) == [told]


def test_a_detector_that_failed_is_never_told_as_no_face():
    assert "no_face" not in [code for code, _ in codes(scene(), faces=None)]


def test_the_short_side_counts_for_the_size():
    assert codes(scene(), width_px=4000, height_px=999) == [("small", "warn")]
    assert codes(scene(), width_px=1000, height_px=1000) == []


@pytest.mark.parametrize(("blur", "told"), [(0, False), (1 / 1200, False), (1 / 300, True), (1 / 100, True)])
def test_blur_is_told_from_a_three_hundredth_of_the_side_on(blur, told):
    assert (("blurred", "warn") in codes(scene(blur=blur))) is told


@pytest.mark.parametrize(("light", "told"), [(1.0, False), (0.6, False), (0.2, True)])
def test_darkness_is_told_and_is_not_taken_for_blur(light, told):
    assert codes(scene(light=light)) == ([("dark", "warn")] if told else [])


def test_a_sharp_face_before_a_soft_background_is_sharp():
    picture, soft = np.asarray(scene()), np.asarray(scene(blur=1 / 60)).copy()
    soft[140:340, 190:390] = picture[140:340, 190:390]

    assert ("blurred", "warn") not in codes(soft)
    assert sharpness(gray_of(np.asarray(scene(blur=1 / 60))), [FACE]) < 10


def test_a_face_against_the_light_is_dark():
    picture = np.full((480, 640, 3), 240, np.uint8)
    picture[140:340, 180:390] = 30

    assert brightness(gray_of(picture)) > 200
    assert brightness(gray_of(picture), [FACE]) < 60
