"""Preflight: the last look at a print file, at its very bytes, before anybody may order it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyvips

from designs.imaging.encode import PRINT_DPI, srgb_profile
from designs.imaging.pictures import Pixels, UnreadablePicture, srgb_pixels

BASELINE_MARKER, PROGRESSIVE_MARKERS = 0xC0, range(0xC1, 0xD0)
NOT_FRAMES = {0xC4, 0xC8, 0xCC}  # tables that live among the frame markers
STANDALONE = {0x01, *range(0xD0, 0xDA)}
BLANK_SPREAD = 3.0  # of 255: a picture whose pixels differ less than this shows nothing
JUDGED_AT_PX = 256

Code = Literal["unreadable", "not_jpeg", "not_baseline", "wrong_size", "not_rgb", "wrong_profile", "wrong_dpi", "blank"]


@dataclass(frozen=True, slots=True)
class Problem:
    code: Code
    message: str


def preflight(data: bytes, *, width_px: int, height_px: int, picture_expected: bool) -> list[Problem]:
    """Everything that is wrong with a print file; an empty list lets it pass."""
    try:
        pixels = srgb_pixels(data, max_px=JUDGED_AT_PX)
    except UnreadablePicture as exc:
        return [Problem("unreadable", str(exc))]
    problems = [*_file_problems(data, width_px, height_px)]
    if picture_expected and is_blank(pixels):
        problems.append(Problem("blank", "the page is empty where a picture belongs"))
    return problems


def is_blank(pixels: Pixels) -> bool:
    """Whether one flat color is all there is to see."""
    return float(np.max(np.std(pixels.reshape(-1, 3).astype(np.float32), axis=0))) < BLANK_SPREAD


def is_baseline(data: bytes) -> bool:
    """Whether a JPEG's frame is baseline (SOF0). Progressive ones fail at some presses."""
    return next((marker == BASELINE_MARKER for marker in _markers(data) if _begins_frame(marker)), False)


def _file_problems(data: bytes, width_px: int, height_px: int) -> Iterator[Problem]:
    image = pyvips.Image.new_from_buffer(data, "")
    if (image.width, image.height) != (width_px, height_px):
        yield Problem("wrong_size", f"{image.width}x{image.height} px instead of {width_px}x{height_px}")
    if (image.interpretation, image.bands, image.format) != ("srgb", 3, "uchar"):
        yield Problem("not_rgb", f"{image.interpretation} with {image.bands} bands of {image.format}")
    if _profile(image) != srgb_profile():
        yield Problem("wrong_profile", "the sRGB profile is missing or another one is embedded")
    if round(image.xres * 25.4) != PRINT_DPI or round(image.yres * 25.4) != PRINT_DPI:
        yield Problem("wrong_dpi", f"tagged {image.xres * 25.4:.0f} dpi")
    if not data.startswith(b"\xff\xd8"):
        yield Problem("not_jpeg", f"read by {image.get('vips-loader')}")
    elif not is_baseline(data):
        yield Problem("not_baseline", "the JPEG is progressive")


def _profile(image: pyvips.Image) -> bytes:
    return bytes(image.get("icc-profile-data")) if image.get_typeof("icc-profile-data") else b""


def _begins_frame(marker: int) -> bool:
    return marker not in NOT_FRAMES and (marker == BASELINE_MARKER or marker in PROGRESSIVE_MARKERS)


def _markers(data: bytes) -> Iterator[int]:
    """The segment markers of a JPEG's header, in order, up to the scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        yield marker
        if marker == 0xDA:
            return
        at += 2 if marker in STANDALONE else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
