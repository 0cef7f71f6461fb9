import io

import numpy as np
import pytest
import pyvips
from PIL import Image

from designs.imaging.crop import Focus
from designs.imaging.pictures import UnreadablePicture, fit, size_px, srgb_pixels
from designs.imaging.tests.samples import flat_picture, picture


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def flat(mode, color, size=(40, 30)):
    return Image.new(mode, size, color)


def test_a_palette_becomes_rgb():
    assert (
        (srgb_pixels(saved(flat("RGB", (10, 200, 30)).convert("P", palette=1), "PNG")) == (10, 200, 30))
        .all(axis=2)
        .any()
    )


def test_grey_becomes_rgb():
    assert (srgb_pixels(saved(flat("L", 77), "PNG")) == (77, 77, 77)).all()


def test_transparency_is_laid_on_white():
    assert (srgb_pixels(saved(flat("RGBA", (0, 0, 0, 0)), "PNG")) == 255).all()
    assert (srgb_pixels(saved(flat("LA", (0, 128)), "PNG")) == 127).all()


def test_sixteen_bit_becomes_eight():
    deep = pyvips.Image.new_from_array(np.full((9, 9, 3), 0x8080, np.uint16)).copy(interpretation="rgb16")

    assert (srgb_pixels(deep.pngsave_buffer()) == 0x80).all()


def test_sixteen_bit_transparency_is_laid_on_white():
    clear = pyvips.Image.new_from_array(np.zeros((9, 9, 4), np.uint16)).copy(interpretation="rgb16")

    assert (srgb_pixels(clear.pngsave_buffer()) == 255).all()


def test_press_colors_become_rgb():
    pixels = srgb_pixels(saved(flat("CMYK", (0, 255, 255, 0)), "JPEG", quality=95))

    assert pixels.shape == (30, 40, 3)
    assert pixels[0, 0, 0] > 180
    assert pixels[0, 0, 1] < 90


def test_an_embedded_profile_is_obeyed():
    tagged = saved(flat("RGB", (200, 120, 90)), "PNG", icc_profile=pyvips.Image.profile_load("p3"))

    assert srgb_pixels(tagged)[0, 0].tolist() == pytest.approx([213, 117, 84], abs=3)


def test_a_turned_photo_is_stood_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(flat("RGB", (1, 2, 3), (40, 20)), "JPEG", exif=exif)

    assert size_px(data) == (20, 40)
    assert srgb_pixels(data).shape == (40, 20, 3)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "GIF"])
def test_the_usual_kinds_are_taken(kind):
    assert srgb_pixels(saved(flat("RGB", (200, 100, 50)), kind)).shape == (30, 40, 3)


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", b"%PDF-1.4"]
)
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(UnreadablePicture):
        size_px(data)


def test_a_picture_cut_short_is_refused():
    with pytest.raises(UnreadablePicture):
        srgb_pixels(picture()[:-2000])


def test_a_decompression_bomb_is_refused_unread():
    bomb = pyvips.Image.black(20_000, 10_000).pngsave_buffer(compression=9)

    with pytest.raises(UnreadablePicture, match="too many pixels"):
        srgb_pixels(bomb)


@pytest.mark.parametrize("size", [(500, 500), (37, 411), (1538, 2175), (3000, 100)])
def test_a_picture_fits_its_area_to_the_pixel(size):
    fitted = fit(flat_picture((5, 6, 7), *size), width_px=1538, height_px=2175, focus=Focus())

    assert fitted.pixels.shape == (2175, 1538, 3)
    assert (fitted.pixels == (5, 6, 7)).all()


def test_a_circle_stays_round():
    y, x = np.mgrid[:400, :600]
    disc = np.where(((x - 300) ** 2 + (y - 200) ** 2 < 80**2)[..., None], 0, 255).astype(np.uint8).repeat(3, axis=2)
    fitted = fit(saved(Image.fromarray(disc), "PNG"), width_px=500, height_px=700, focus=Focus()).pixels[..., 0] < 128

    assert fitted.any(axis=0).sum() == pytest.approx(fitted.any(axis=1).sum(), abs=1)
    assert fitted.any(axis=0).sum() == pytest.approx(160 * 700 / 400, abs=2)
