import contextlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from designs.tests.photographs import (
    SECRETS,
    encoded,
    gray16_png,
    jpeg,
    laden_jpeg,
    laden_png,
    moving,
    png_claiming,
    scene,
)
from designs.uploading import photo_files
from designs.uploading.photo_files import UnusablePhoto, clean

HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()
SOUND = [laden_jpeg(), laden_png(), encoded(scene(160, 120), "WEBP"), HEIC]


def refusal(data):
    with pytest.raises(UnusablePhoto) as refused:
        clean(data)
    return str(refused.value)


def color_at(cleaned, x, y):
    """Of the kept file, at fractions of its size."""
    kept = Image.open(io.BytesIO(cleaned.jpeg))
    return kept.getpixel((int(x * kept.width), int(y * kept.height)))


def near(color, wanted, by=6):
    return all(abs(one - other) <= by for one, other in zip(color, wanted, strict=True))


@pytest.mark.parametrize("data", [SOUND[0], SOUND[1], HEIC], ids=["jpeg", "png", "heic"])
def test_nothing_but_pixels_is_kept(data):
    cleaned = clean(data)
    kept = Image.open(io.BytesIO(cleaned.jpeg))

    assert [secret for secret in SECRETS if secret in cleaned.jpeg] == []
    assert (dict(kept.getexif()), kept.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
        {},
        set(),
    )
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (cleaned.width_px, cleaned.height_px))


def test_a_photo_taken_sideways_is_kept_upright():
    cleaned = clean(laden_jpeg())

    assert (cleaned.width_px, cleaned.height_px) == (480, 640)
    assert near(color_at(cleaned, 0.85, 0.15), (200, 40, 40), by=60)


def test_heic_is_read():
    cleaned = clean(HEIC)

    assert (cleaned.width_px, cleaned.height_px) == (160, 120)
    assert near(color_at(cleaned, 0.5, 0.5), (230, 190, 60))


def test_colors_of_another_profile_become_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    swapped = swapped_profile(srgb)
    data = encoded(Image.new("RGB", (100, 100), (200, 40, 90)), "PNG", icc_profile=swapped)

    assert near(color_at(clean(data), 0.5, 0.5), (40, 200, 90), by=8)
    assert near(
        color_at(clean(jpeg(Image.new("RGB", (100, 100), "red"), icc_profile=lab.tobytes())), 0.5, 0.5), (254, 0, 0)
    )


def swapped_profile(srgb):
    """sRGB with the places of red and green exchanged: whoever ignores it shows the wrong color."""
    profile = bytearray(srgb.tobytes())
    tags = {
        bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)
    }
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("profile", [b"no profile at all", b"\0" * 200])
def test_a_damaged_profile_is_as_good_as_none(profile):
    data = encoded(Image.new("RGB", (100, 100), (200, 40, 90)), "PNG", icc_profile=profile)

    assert near(color_at(clean(data), 0.5, 0.5), (200, 40, 90))


def test_cmyk_is_converted_as_a_press_would_print_it():
    cyan = clean(jpeg(Image.new("CMYK", (100, 100), (255, 0, 0, 0))))
    red, green, blue = color_at(cyan, 0.5, 0.5)

    assert red < 80
    assert green > 120
    assert blue > 180


def test_sixteen_bits_keep_their_brightness():
    cleaned = clean(gray16_png())

    assert near(color_at(cleaned, 0.5, 0.02), (5, 5, 5), by=10)
    assert near(color_at(cleaned, 0.5, 0.98), (250, 250, 250), by=10)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_every_way_of_storing_colors_is_read(mode):
    cleaned = clean(encoded(Image.new("RGB", (100, 100), "white").convert(mode), "PNG"))

    assert near(color_at(cleaned, 0.5, 0.5), (255, 255, 255))


@pytest.mark.parametrize(
    "picture",
    [Image.new("RGBA", (100, 100), (255, 0, 0, 0)), Image.new("LA", (100, 100), (0, 0)),
     Image.new("RGBA", (100, 100), (255, 0, 0, 0)).quantize()],
    ids=["rgba", "la", "palette"],
)  # fmt: skip
def test_what_is_transparent_becomes_white(picture):
    assert near(color_at(clean(encoded(picture, "PNG")), 0.5, 0.5), (255, 255, 255))


@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", b"PK\x03\x04 a whole archive"])
def test_what_hangs_behind_a_picture_is_cut_off(tail):
    assert tail[:4] not in clean(jpeg() + tail).jpeg


def test_a_photo_larger_than_a_master_is_kept_at_its_size():
    cleaned = clean(jpeg(Image.new("RGB", (8200, 400), "navy")))

    assert (cleaned.width_px, cleaned.height_px) == (4096, 200)
    assert max(cleaned.small.shape) == 1024


def test_a_large_palette_picture_with_transparency_shrinks_onto_white():
    picture = Image.new("RGBA", (5000, 100), (0, 0, 255, 0)).quantize()

    assert near(color_at(clean(encoded(picture, "PNG")), 0.5, 0.5), (255, 255, 255))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b"<html>", "not a photo that we can read"),
        (b"GIF89a" + b"\0" * 50, "GIF pictures cannot be printed well"),
        (b"%PDF-1.7", "not a photo that we can read"),
        (b"\0\0\0\x20ftypavif" + b"\0" * 50, "AVIF pictures are not taken yet"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 50, "This is a film"),
        (b"\0\0\0\x20ftyphevc" + b"\0" * 50, "This picture moves"),
        (moving("PNG"), "This picture moves"),
        (moving("WEBP"), "This picture moves"),
        (png_claiming(60_000, 60_000), "far too many pixels"),
        (png_claiming(10_000, 6_000), "10000 × 6000 pixels. At most 25 megapixels"),
        (png_claiming(25_000, 100), "At most 25 megapixels"),
        (png_claiming(400, 300), "damaged or incomplete"),
        (encoded(scene(40, 30), "PNG"), "only 40 × 30 pixels"),
        (jpeg()[:6_000], "damaged or incomplete"),
        (encoded(scene(), "PNG")[:-9_000], "damaged or incomplete"),
        (encoded(scene(), "WEBP")[:-900], "damaged or incomplete"),
        (HEIC[:-600], "damaged or incomplete"),
        (b"\xff\xd8\xff" + b"\xe0" * 3_000, "damaged or incomplete"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_in_a_sentence(data, sentence):
    assert sentence in refusal(data)


def test_ten_megabytes_are_the_most(monkeypatch):
    assert refusal(b"\xff\xd8\xff" + b"\0" * 10_000_000) == "This file has 10 MB. At most 10 MB can be taken."


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_gets_past_the_refusal(seed):
    """Bytes flipped at random: a picture or a sentence, never another error."""
    random = np.random.default_rng(seed)
    data = bytearray(SOUND[seed % 4])
    for at in random.integers(0, len(data), 1 + seed // 4):
        data[at] = random.integers(0, 256)
    with contextlib.suppress(UnusablePhoto):
        assert clean(bytes(data)).jpeg.startswith(b"\xff\xd8\xff")


def test_limits_are_those_that_people_are_told():
    assert (photo_files.MAX_BYTES, photo_files.KEPT_PX) == (10_000_000, 4096)
