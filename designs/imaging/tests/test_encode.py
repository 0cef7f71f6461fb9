import io

import numpy as np
import pytest
from PIL import Image

from designs.imaging.checks import is_baseline, is_blank, preflight
from designs.imaging.encode import (
    lossless_png,
    preview_jpeg,
    preview_webp,
    print_jpeg,
    srgb_profile,
    tagged_with_dpi,
    thumbnail,
)
from designs.imaging.pictures import from_numpy, srgb_pixels
from designs.imaging.preview import confirmation_preview, decode_pixels_for_preview
from designs.imaging.tests.samples import confetti, picture

PIXELS = confetti(320, 480)
PRINT = print_jpeg(PIXELS)


def codes(data, width_px=320, height_px=480, picture_expected=True):
    found = preflight(data, width_px=width_px, height_px=height_px, picture_expected=picture_expected)
    return [problem.code for problem in found]


def jpeg(**options):
    return tagged_with_dpi(from_numpy(PIXELS).jpegsave_buffer(**options), 300)


def test_a_print_file_is_what_printers_take():
    image = Image.open(io.BytesIO(PRINT))

    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (320, 480))
    assert image.info["dpi"] == (300, 300)
    assert image.info["icc_profile"] == srgb_profile()
    assert len(image.getexif()) == 0
    assert [component[1:3] for component in image.layer] == [(1, 1), (1, 1), (1, 1)]
    assert is_baseline(PRINT)


def test_the_same_pixels_give_the_same_bytes():
    assert print_jpeg(PIXELS.copy()) == PRINT
    assert preview_webp(PIXELS) == preview_webp(PIXELS.copy())


def test_a_print_file_keeps_its_pixels():
    difference = srgb_pixels(PRINT).astype(int) - PIXELS

    assert np.abs(difference).mean() < 2


def test_a_good_print_file_passes():
    assert codes(PRINT) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["unreadable"]),
        (PRINT[:-500], ["unreadable"]),
        (jpeg(interlace=True, keep="icc", profile="srgb"), ["not_baseline"]),
        (jpeg(keep="none"), ["wrong_profile"]),
        (print_jpeg(PIXELS, dpi=72), ["wrong_dpi"]),
        (print_jpeg(PIXELS[:-1]), ["wrong_size"]),
        (print_jpeg(np.full_like(PIXELS, 240)), ["blank"]),
        (
            from_numpy(PIXELS).copy(xres=300 / 25.4, yres=300 / 25.4).pngsave_buffer(keep="icc", profile="srgb"),
            ["not_jpeg"],
        ),
    ],
    ids=["empty", "cut short", "progressive", "no profile", "72 dpi", "a row short", "blank", "png"],
)
def test_each_fault_of_a_print_file_is_found(data, expected):
    assert codes(data) == expected


def test_a_grey_print_file_is_found():
    grey = from_numpy(PIXELS).colourspace("b-w").jpegsave_buffer(keep="none")

    assert codes(tagged_with_dpi(grey, 300)) == ["not_rgb", "wrong_profile"]


def test_bare_paper_passes_where_no_picture_is_expected():
    assert codes(print_jpeg(np.full_like(PIXELS, 250)), picture_expected=False) == []


def test_a_header_that_is_there_is_replaced():
    assert tagged_with_dpi(tagged_with_dpi(PRINT, 72), 300) == PRINT


def test_a_few_words_are_not_blank():
    page = np.full((400, 300, 3), 250, np.uint8)
    page[180:200, 100:200] = 40

    assert not is_blank(page)


def test_the_confirmation_shows_the_pixels_of_the_print_file():
    assert np.array_equal(decode_pixels_for_preview(PRINT, 480), np.asarray(Image.open(io.BytesIO(PRINT))))


def test_a_preview_is_no_larger_than_asked_for():
    shown = Image.open(io.BytesIO(confirmation_preview(PRINT, max_px=240)))

    assert (shown.format, shown.size) == ("JPEG", (160, 240))
    assert Image.open(io.BytesIO(preview_jpeg(PIXELS, max_px=96))).size == (64, 96)


def test_a_thumbnail_is_made_of_any_picture():
    assert Image.open(io.BytesIO(thumbnail(picture(), max_px=96))).size == (64, 96)


def test_a_master_keeps_every_pixel():
    assert np.array_equal(srgb_pixels(lossless_png(PIXELS)), PIXELS)
