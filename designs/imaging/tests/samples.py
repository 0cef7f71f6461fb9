"""Pages and pictures that the tests share."""

from __future__ import annotations

import cv2
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


def drawn_face(width_px: int, height_px: int, *, x: int, y: int, radius: int) -> Pixels:
    """A plain ground with a face that detectors take for one, `radius` from its middle to its chin."""
    pixels = np.full((height_px, width_px, 3), (120, 150, 180), np.uint8)

    def ellipse(across: float, down: float, wide: float, high: float, color: tuple[int, int, int]) -> None:
        center = (round(x + across * radius), round(y + down * radius))
        axes = (max(1, round(wide * radius)), max(1, round(high * radius)))
        cv2.ellipse(pixels, center, axes, 0, 0, 360, color, -1, cv2.LINE_AA)

    hair, skin = (60, 40, 30), (224, 180, 150)
    ellipse(0, 1.6, 1.5, 0.8, (50, 60, 110))
    ellipse(0, 1, 0.35, 0.5, (205, 160, 130))
    ellipse(0, -0.25, 0.85, 1.05, hair)
    ellipse(0, 0, 0.72, 1, skin)
    for side in (-0.3, 0.3):
        ellipse(side, -0.15, 0.14, 0.07, (255, 255, 255))
        ellipse(side, -0.15, 0.06, 0.06, (40, 30, 20))
        ellipse(side, -0.33, 0.18, 0.05, hair)
    ellipse(0, 0.15, 0.09, 0.14, (200, 150, 120))
    ellipse(0, 0.5, 0.25, 0.09, (180, 70, 70))
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), radius / 12), dtype=np.uint8)
