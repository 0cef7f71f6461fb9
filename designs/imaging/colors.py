"""Colors of words and paper, and how well one stands out from another (WCAG 2 contrast)."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

PALETTE = {
    "ink": "#2b2733",
    "white": "#ffffff",
    "cream": "#fff8ea",
    "navy": "#1d3557",
    "forest": "#234a3a",
    "burgundy": "#7a1f3d",
    "rose": "#b4435d",
    "gold": "#8a6414",
    "teal": "#15616d",
    "plum": "#5b3a73",
}
PAPER = "#fdf9f1"  # under words where there is no picture: warm white, the lightest tint that still reads as chosen
HEX = re.compile(r"#[0-9a-fA-F]{6}")
READABLE = 4.5  # WCAG AA for text
DARK, LIGHT = "#2b2733", "#fffdf8"  # what "auto" chooses from

Rgb = tuple[int, int, int]


class UnknownColor(ValueError):
    """Neither a name of the palette nor #rrggbb."""


def is_known(color: object) -> bool:
    return isinstance(color, str) and (color == "auto" or color in PALETTE or bool(HEX.fullmatch(color)))


def rgb(color: str) -> Rgb:
    """Red, green, blue in 0..255. Raises UnknownColor."""
    text = PALETTE.get(color, color)
    if not HEX.fullmatch(text):
        raise UnknownColor(color)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """WCAG relative luminance, 0..1, of an (..., 3) array of sRGB bytes."""
    shares = pixels.astype(np.float64) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(color: Rgb, pixels: NDArray[np.uint8], *, share: float = 0.75) -> float:
    """The contrast (1..21) that a color reaches on at least this share of the pixels."""
    mine = float(luminance(np.array(color, dtype=np.uint8)))
    behind = luminance(pixels.reshape(-1, 3))
    ratios = (np.maximum(behind, mine) + 0.05) / (np.minimum(behind, mine) + 0.05)
    return float(np.quantile(ratios, 1 - share))
