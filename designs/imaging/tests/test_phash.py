import cv2
import numpy as np
import pytest

from designs.imaging.encode import preview_jpeg
from designs.imaging.phash import distance, mirrored, phash
from designs.imaging.pictures import srgb_pixels
from designs.imaging.tests.samples import drawn_face

NEAR = 8


def scene(seed):
    random = np.random.default_rng(seed)
    rough = random.integers(0, 255, (9, 7, 3), dtype=np.uint8)
    return cv2.resize(rough, (700, 900), interpolation=cv2.INTER_CUBIC)


@pytest.mark.parametrize("seed", range(8))
def test_a_picture_is_known_again_after_what_people_do_to_it(seed):
    picture = scene(seed)
    changed = {
        "smaller": cv2.resize(picture, (210, 270), interpolation=cv2.INTER_AREA),
        "another shape": cv2.resize(picture, (800, 800)),
        "as a jpeg": srgb_pixels(preview_jpeg(picture)),
        "brighter": np.clip(picture.astype(int) + 25, 0, 255).astype(np.uint8),
        "with grain": np.clip(picture + np.random.default_rng(1).normal(0, 8, picture.shape), 0, 255).astype(np.uint8),
    }

    assert {name for name, pixels in changed.items() if distance(phash(picture), phash(pixels)) > NEAR} == set()


@pytest.mark.parametrize("seed", range(8))
def test_a_mirrored_copy_has_the_hash_of_the_mirror(seed):
    picture = scene(seed)

    assert mirrored(picture) == phash(np.ascontiguousarray(picture[:, ::-1]))
    assert distance(phash(picture), mirrored(picture)) > NEAR


def test_other_pictures_are_far_away():
    hashes = [phash(scene(seed)) for seed in range(12)] + [phash(drawn_face(640, 640, x=300, y=300, radius=90))]

    apart = [distance(one, other) for at, one in enumerate(hashes) for other in hashes[:at]]
    assert min(apart) > NEAR


def test_one_color_is_no_picture_to_know_again():
    assert phash(np.full((400, 300, 3), 180, np.uint8)) == ""
    assert distance("", "") == 64
