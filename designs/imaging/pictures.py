"""Pictures in: whatever people and models send, read as sRGB and cut to an area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image

from designs.imaging.crop import Focus, Lost, crop_box, lost
from designs.imaging.geometry import Box

Pixels = NDArray[np.uint8]
LOADERS = ("jpeg", "png", "webp", "tiff", "gif", "heif")
LONGEST_SHRINKS = (8, 4, 2)  # what a JPEG can leave out while it is decoded
MAX_PIXELS = 120_000_000  # a 4096 x 4096 master is 17 million; far beyond it lies only a decompression bomb
WHITE = {"uchar": 255, "ushort": 65_535, "float": 1.0}

# A web process renders a different picture each time: a cache of operations would only hold memory.
pyvips.cache_set_max(0)
pyvips.block_untrusted_set(True)


class UnreadablePicture(ValueError):
    """These bytes are no picture of a kind we take, are damaged, or are too large."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture that fills an area: `pixels` (height, width, 3) and what was cut away."""

    pixels: Pixels
    lost: Lost


def size_px(data: bytes) -> tuple[int, int]:
    """Width and height as a person sees it, from the header alone. Raises UnreadablePicture."""
    image = _open(data)
    width, height = int(image.width), int(image.height)
    return (height, width) if _turned_by(image) in (5, 6, 7, 8) else (width, height)


def fit(
    data: bytes, *, width_px: int, height_px: int, focus: Focus, master_px: tuple[int, int] | None = None
) -> Fitted:
    """Cut a picture to the shape of an area and bring it to exactly that size. Raises UnreadablePicture.

    `master_px`: `data` is a small copy of a picture of this width and height; what is cut is what would be cut of that.
    """
    try:
        image = _upright(_open(data))
        whole_w_px, whole_h_px = master_px or (image.width, image.height)
        box = crop_box(
            image_w_px=whole_w_px, image_h_px=whole_h_px, target_w_px=width_px, target_h_px=height_px, focus=focus
        )
        if (whole_w_px, whole_h_px) == (image.width, image.height):
            # A stream: rows above the crop are decoded and dropped, rows below it are not even read.
            pixels = to_numpy(_resized(image.crop(box.left, box.top, box.width, box.height), width_px, height_px))
        else:
            pixels = _cut_of_copy(image, box, (whole_w_px, whole_h_px), (width_px, height_px))
    except pyvips.Error as exc:
        raise UnreadablePicture("the picture is damaged") from exc
    return Fitted(pixels, lost(box, image_w_px=whole_w_px, image_h_px=whole_h_px))


def srgb_pixels(data: bytes, *, max_px: int | None = None) -> Pixels:
    """The whole picture as sRGB on white, its longer side at most `max_px`. Raises UnreadablePicture."""
    try:
        return to_numpy(shrunk(_upright(_open(data, needed_px=max_px)), max_px))
    except pyvips.Error as exc:
        raise UnreadablePicture("the picture is damaged") from exc


def cut(data: bytes, box: Box) -> Pixels:
    """A part of a picture that lies within it, pixel for pixel, as sRGB. Raises UnreadablePicture."""
    try:
        return to_numpy(_open(data).crop(box.left, box.top, box.width, box.height))
    except pyvips.Error as exc:
        raise UnreadablePicture("the picture is damaged") from exc


def shrunk(image: pyvips.Image, max_px: int | None) -> pyvips.Image:
    longest = max(image.width, image.height)
    if max_px is None or longest <= max_px:
        return image
    width, height = (max(1, round(side * max_px / longest)) for side in (image.width, image.height))
    return _resized(image, width, height)


def to_numpy(image: pyvips.Image) -> Pixels:
    """An own, writable array (height, width, 3) of sRGB bytes."""
    return np.asarray(_srgb(image).numpy(), dtype=np.uint8)


def from_numpy(pixels: Pixels) -> pyvips.Image:
    return pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).copy(interpretation="srgb")


def _open(data: bytes, *, needed_px: int | None = None) -> pyvips.Image:
    """A stream of pixels. A JPEG of which at most `needed_px` a side are needed comes with no less than that."""
    try:
        image = _stream(data)
        shrink = _decode_shrink(image, needed_px) if needed_px else 1
        if shrink > 1:
            image = _stream(data, shrink=shrink)
    except pyvips.Error as exc:
        raise UnreadablePicture("not a picture") from exc
    if not str(image.get("vips-loader")).startswith(LOADERS):
        raise UnreadablePicture("not a kind of picture that is taken here")
    if image.width * image.height > MAX_PIXELS:
        raise UnreadablePicture("the picture has too many pixels")
    return image


def _stream(data: bytes, **options: Any) -> pyvips.Image:
    # A source reads the bytes where they are; `new_from_buffer` would first copy all of the file.
    source = pyvips.Source.new_from_memory(data)
    return pyvips.Image.new_from_source(source, "", access="sequential", fail_on="truncated", **options)


def _turned_by(image: pyvips.Image) -> int:
    return int(image.get("orientation")) if image.get_typeof("orientation") else 1


def _upright(image: pyvips.Image) -> pyvips.Image:
    # Turning reads the picture out of order, which a streamed one cannot do.
    turned = image.copy_memory().autorot() if _turned_by(image) > 1 else image
    if not turned.hasalpha():
        return turned
    return turned.flatten(background=[WHITE.get(turned.format, 255)] * (turned.bands - 1))


def _decode_shrink(image: pyvips.Image, needed_px: int) -> int:
    if image.get("vips-loader") != "jpegload_source":
        return 1
    spare = max(image.width, image.height) / needed_px
    return next((shrink for shrink in LONGEST_SHRINKS if shrink <= spare), 1)


def _cut_of_copy(image: pyvips.Image, box: Box, whole_px: tuple[int, int], size_px: tuple[int, int]) -> Pixels:
    # Parts of a pixel count: rounded to the copy's own, a preview would lie beside its print file.
    across, down = image.width / whole_px[0], image.height / whole_px[1]
    right, bottom = min(box.right * across, image.width), min(box.bottom * down, image.height)
    copy = Image.fromarray(to_numpy(image))
    part = (box.left * across, box.top * down, right, bottom)
    return np.array(copy.resize(size_px, Image.Resampling.LANCZOS, box=part), dtype=np.uint8)


def _resized(image: pyvips.Image, width_px: int, height_px: int) -> pyvips.Image:
    if (image.width, image.height) == (width_px, height_px):
        return image
    return image.resize(width_px / image.width, vscale=height_px / image.height, kernel="lanczos3")


def _srgb(image: pyvips.Image) -> pyvips.Image:
    """8 bit sRGB by the picture's own profile; without one, CMYK by a common press profile, all else as sRGB."""
    cmyk = image.interpretation == "cmyk"
    if image.get_typeof("icc-profile-data") or cmyk:
        image = image.icc_transform("srgb", embedded=True, intent="relative", input_profile="cmyk" if cmyk else "srgb")
    elif image.interpretation != "srgb":
        image = image.colourspace("srgb")
    if image.format != "uchar":
        image = image.cast("uchar")
    return image
