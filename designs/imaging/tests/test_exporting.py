import io

import numpy as np
import pytest
from PIL import Image

from designs.imaging.encode import lossless_png
from designs.imaging.exporting import NoPlainGround, TooHeavy, Wanted, export
from designs.imaging.tests.samples import confetti

GRAY, RED = (231, 228, 222), (180, 30, 40)


def product(width_px=300, height_px=200):
    """A red block with a gray window on a gray ground that grows a little darker downwards."""
    pixels = np.full((height_px, width_px, 3), GRAY, np.uint8)
    pixels[height_px // 2 :] -= 6
    pixels[50:150, 100:200] = RED
    pixels[80:120, 130:170] = GRAY
    return lossless_png(pixels)


def opened(exported):
    return Image.open(io.BytesIO(exported.data))


def test_a_picture_stands_whole_on_the_color_of_its_ground():
    made = export(product(), Wanted(600, 600, "image/jpeg"))
    picture = opened(made)

    assert (picture.format, picture.size, made.enlarged) == ("JPEG", (600, 600), True)
    assert np.abs(np.array(picture.getpixel((300, 20)), int) - (231, 228, 222)).max() <= 8
    assert np.abs(np.array(picture.getpixel((230, 300)), int) - RED).max() <= 6


def test_the_full_size_is_the_pictures_own():
    made = export(product(), Wanted(0, 0, "image/png"))

    assert (opened(made).size, made.width_px, made.height_px, made.enlarged) == ((300, 200), 300, 200, False)


def test_a_plain_ground_becomes_white_and_what_it_encloses_stays():
    picture = opened(export(product(), Wanted(300, 200, "image/png", ground="white")))

    assert picture.getpixel((10, 10)) == picture.getpixel((290, 190)) == (255, 255, 255)
    assert picture.getpixel((150, 100)) == GRAY
    assert picture.getpixel((110, 60)) == RED


def test_a_plain_ground_can_be_left_out():
    picture = opened(export(product(), Wanted(400, 400, "image/webp", ground="clear")))

    assert picture.mode == "RGBA"
    assert (picture.getpixel((5, 5))[3], picture.getpixel((20, 200))[3], picture.getpixel((150, 160))[3]) == (0, 0, 255)


def test_a_ground_that_is_not_plain_is_left_alone():
    with pytest.raises(NoPlainGround):
        export(lossless_png(confetti()), Wanted(0, 0, "image/png", ground="white"))


def test_a_file_is_made_as_light_as_is_wanted_or_refused():
    light = export(lossless_png(confetti()), Wanted(0, 0, "image/webp", max_bytes=26_000))

    assert len(light.data) <= 26_000
    with pytest.raises(TooHeavy):
        export(lossless_png(confetti()), Wanted(0, 0, "image/jpeg", max_bytes=2_000))
