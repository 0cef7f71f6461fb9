"""Pages and pictures that the tests share."""

from __future__ import annotations

import numpy as np

from designs.imaging.encode import lossless_png
from designs.imaging.geometry import Area, Edges, bleed_edges_um, preview_area
from designs.imaging.pictures import Pixels

TRIM_W_UM, TRIM_H_UM, BLEED_UM, SAFE_UM = 127_000, 177_800, 3_175, 4_763
FOLDED_FRONT = Area(1538, 2175, Edges(top=38, right=38, bottom=37, left=0), TRIM_W_UM, TRIM_H_UM, SAFE_UM)
FLAT = Area(1575, 2175, Edges(top=38, right=38, bottom=37, left=37), TRIM_W_UM, TRIM_H_UM, SAFE_UM)


def front_preview(width_px: int) -> Area:
    bleed_um = bleed_edges_um(bleed_um=BLEED_UM, fold="side", position="front")
    return preview_area(trim_w_um=TRIM_W_UM, trim_h_um=TRIM_H_UM, bleed_um=bleed_um, safe_um=SAFE_UM, width_px=width_px)


def confetti(width_px: int = 640, height_px: int = 960) -> Pixels:
    """Squares of every brightness: the worst ground for words."""
    squares = np.random.default_rng(7).integers(0, 256, (height_px // 32, width_px // 32, 3), dtype=np.uint8)
    return squares.repeat(32, axis=0).repeat(32, axis=1)


def picture(width_px: int = 640, height_px: int = 960) -> bytes:
    return lossless_png(confetti(width_px, height_px))


def flat_picture(color: tuple[int, int, int], width_px: int = 64, height_px: int = 96) -> bytes:
    return lossless_png(np.full((height_px, width_px, 3), color, np.uint8))
