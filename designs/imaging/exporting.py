"""Pictures for shops and marketplaces: their sizes, grounds, file formats and weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

from designs.imaging.pictures import Pixels, from_numpy, srgb_pixels

Ground = Literal["keep", "white", "clear"]
MediaType = Literal["image/jpeg", "image/png", "image/webp"]
QUALITIES = (92, 88, 84, 78, 72, 66, 60)  # below the last one a product looks cheap
NEAR = 14  # how far, of 255 a channel, neighbors in one ground may differ
PLAIN_SHARE = 0.85  # of the rim, for a ground to count as plain
RIM_SPREAD = 26.0  # how far colors of a plain rim lie apart
FEATHER_PX = 1.2


class NoPlainGround(ValueError):
    """The picture has no ground of one color that could be exchanged."""


class TooHeavy(ValueError):
    """Even at the lowest quality the file is larger than allowed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place takes. Zero pixels: the picture's own size. `max_bytes` 0: any weight.

    A picture of another shape stands on its ground's color; it is never cut.
    """

    width_px: int
    height_px: int
    media_type: MediaType
    max_bytes: int = 0
    ground: Ground = "keep"


@dataclass(frozen=True, slots=True)
class Exported:
    """The file. `enlarged`: it has more pixels than were drawn."""

    data: bytes
    width_px: int
    height_px: int
    enlarged: bool


def export(data: bytes, wanted: Wanted) -> Exported:
    """Raises UnreadablePicture, NoPlainGround and TooHeavy."""
    pixels = srgb_pixels(data)
    alpha = None if wanted.ground == "keep" else _product(pixels)
    if wanted.ground == "white" and alpha is not None:
        pixels = _on_white(pixels, alpha)
    image, rim = from_numpy(pixels), _rim_color(pixels)
    if wanted.ground == "clear" and alpha is not None:
        image = image.bandjoin(pyvips.Image.new_from_array(alpha))
    width_px, height_px = wanted.width_px or image.width, wanted.height_px or image.height
    scale = min(width_px / image.width, height_px / image.height)
    fitted = image.resize(scale, kernel="lanczos3") if scale != 1 else image
    ground = [*rim, 0] if fitted.bands == 4 else ([255, 255, 255] if wanted.ground == "white" else rim)
    placed = fitted.gravity("centre", width_px, height_px, extend="background", background=ground)
    return Exported(_written(placed.cast("uchar"), wanted), width_px, height_px, enlarged=scale > 1)


def _product(pixels: Pixels) -> Pixels:
    """255 where the product is, 0 on its ground, soft in between: what the rim's color does not flow into."""
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).astype(np.float32)
    middle = np.median(rim, axis=0)
    near = np.abs(rim - middle).max(axis=1) <= RIM_SPREAD
    if near.mean() < PLAIN_SHARE:
        raise NoPlainGround("its ground is not plain")
    height, width = pixels.shape[:2]
    flooded = np.zeros((height + 2, width + 2), np.uint8)
    for x, y in _rim_points(width, height):
        if not flooded[y + 1, x + 1] and np.abs(pixels[y, x] - middle).max() <= RIM_SPREAD:
            _flow(pixels, flooded, x, y)
    ground = flooded[1:-1, 1:-1]
    alpha = cv2.GaussianBlur(((ground == 0) * np.uint8(255)).astype(np.uint8), (0, 0), FEATHER_PX)
    return np.asarray(alpha, np.uint8)


def _flow(pixels: Pixels, flooded: NDArray[np.uint8], x: int, y: int) -> None:
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | (255 << 8)
    cv2.floodFill(pixels, flooded, (x, y), (0, 0, 0), (NEAR,) * 3, (NEAR,) * 3, flags)


def _rim_points(width: int, height: int) -> list[tuple[int, int]]:
    step = max(1, min(width, height) // 64)
    across = [(x, y) for x in range(0, width, step) for y in (0, height - 1)]
    return across + [(x, y) for y in range(0, height, step) for x in (0, width - 1)]


def _on_white(pixels: Pixels, alpha: Pixels) -> Pixels:
    share = (alpha.astype(np.float32) / 255)[..., None]
    return np.asarray(np.rint(pixels * share + 255 * (1 - share)), np.uint8)


def _rim_color(pixels: Pixels) -> list[float]:
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return [float(channel) for channel in np.median(rim, axis=0)]


def _written(image: pyvips.Image, wanted: Wanted) -> bytes:
    if wanted.media_type == "image/png":
        return _light_enough(bytes(image.pngsave_buffer(compression=6, keep="icc", profile="srgb")), wanted)
    for quality in QUALITIES:
        if wanted.media_type == "image/webp":
            data = bytes(image.webpsave_buffer(Q=quality, effort=4, smart_subsample=True, keep="none"))
        else:
            data = bytes(image.jpegsave_buffer(Q=quality, optimize_coding=True, keep="icc", profile="srgb"))
        if not wanted.max_bytes or len(data) <= wanted.max_bytes:
            return data
    return _light_enough(data, wanted)


def _light_enough(data: bytes, wanted: Wanted) -> bytes:
    if wanted.max_bytes and len(data) > wanted.max_bytes:
        raise TooHeavy(f"it weighs {len(data) // 1000:,} kB")
    return data
