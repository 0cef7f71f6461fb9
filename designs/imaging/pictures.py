"""Pictures in: whatever people and models send, read as sRGB and cut to an area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyvips
from numpy.typing import NDArray

from designs.imaging.crop import Focus, Lost, crop_box, lost

Pixels = NDArray[np.uint8]
LOADERS = ("jpeg", "png", "webp", "tiff", "gif", "heif")
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


def fit(data: bytes, *, width_px: int, height_px: int, focus: Focus) -> Fitted:
    """Cut a picture to the shape of an area and bring it to exactly that size. Raises UnreadablePicture."""
    try:
        return _fit(_upright(_open(data)), width_px, height_px, focus)
    except pyvips.Error as exc:
        raise UnreadablePicture("the picture is damaged") from exc


def srgb_pixels(data: bytes, *, max_px: int | None = None) -> Pixels:
    """The whole picture as sRGB on white, its longer side at most `max_px`. Raises UnreadablePicture."""
    try:
        return to_numpy(shrunk(_upright(_open(data)), max_px))
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
    return np.array(_srgb(image).numpy(), dtype=np.uint8, copy=True)


def from_numpy(pixels: Pixels) -> pyvips.Image:
    return pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).copy(interpretation="srgb")


def _open(data: bytes) -> pyvips.Image:
    try:
        image = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="truncated")
    except pyvips.Error as exc:
        raise UnreadablePicture("not a picture") from exc
    if not str(image.get("vips-loader")).startswith(LOADERS):
        raise UnreadablePicture("not a kind of picture that is taken here")
    if image.width * image.height > MAX_PIXELS:
        raise UnreadablePicture("the picture has too many pixels")
    return image


def _turned_by(image: pyvips.Image) -> int:
    return int(image.get("orientation")) if image.get_typeof("orientation") else 1


def _upright(image: pyvips.Image) -> pyvips.Image:
    # Turning reads the picture out of order, which a streamed one cannot do.
    turned = image.copy_memory().autorot() if _turned_by(image) > 1 else image
    if not turned.hasalpha():
        return turned
    return turned.flatten(background=[WHITE.get(turned.format, 255)] * (turned.bands - 1))


def _fit(image: pyvips.Image, width_px: int, height_px: int, focus: Focus) -> Fitted:
    box = crop_box(
        image_w_px=image.width, image_h_px=image.height, target_w_px=width_px, target_h_px=height_px, focus=focus
    )
    cut = image.crop(box.left, box.top, box.width, box.height)
    pixels = to_numpy(_resized(cut, width_px, height_px))
    return Fitted(pixels, lost(box, image_w_px=image.width, image_h_px=image.height))


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
