"""What draws the eye in a picture, looked for once and stored: its faces, and how much stands out where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from designs.imaging.faces import Detector, Face, find, shrunk
from designs.imaging.pictures import Pixels

GRID = 32  # cells a side, whatever the picture's shape
JUDGED_AT_PX = 256
# Center against surround, as standard deviations in pixels: details, things, masses.
SCALES_PX = ((2.0, 8.0), (4.0, 16.0), (8.0, 32.0))
LEAST_CONTRAST = 6.0  # of color (CIE Lab as OpenCV counts it); under it a picture is all one ground
VERSION = 1


@dataclass(frozen=True, slots=True)
class Sights:
    """`faces` as fractions of the picture; `salience` 0..255 for each cell of the grid, row by row."""

    faces: tuple[Face, ...]
    salience: bytes

    def stored(self) -> dict[str, Any]:
        faces = [list(astuple(face)) for face in self.faces]
        return {"version": VERSION, "faces": faces, "salience": self.salience.hex()}

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> Self:
        return cls(tuple(Face(*face) for face in stored["faces"]), bytes.fromhex(stored["salience"]))

    @property
    def grid(self) -> NDArray[np.float64]:
        """The salience as (row, column), 0..1."""
        return np.frombuffer(self.salience, np.uint8).reshape(GRID, GRID) / 255.0


def look(pixels: Pixels, *, detector: Detector | None = None) -> Sights:
    """Look at a picture of any size. Raises DetectionFailed."""
    return Sights(find(pixels, detector=detector), _salience(pixels).tobytes())


def _salience(pixels: Pixels) -> Pixels:
    """How far each place differs in color from what lies around it."""
    small = shrunk(pixels, JUDGED_AT_PX)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    contrast = np.zeros(small.shape[:2], np.float32)
    for center, surround in SCALES_PX:
        contrast += np.linalg.norm(
            cv2.GaussianBlur(lab, (0, 0), center) - cv2.GaussianBlur(lab, (0, 0), surround), axis=2
        )
    cells = cv2.resize(contrast, (GRID, GRID), interpolation=cv2.INTER_AREA)
    # What a picture has everywhere (its grain, its brush) draws no eye anywhere.
    outstanding = np.maximum(cells - np.median(cells), 0)
    most = float(outstanding.max())
    return np.asarray(outstanding * (255 / most) if most > LEAST_CONTRAST else outstanding * 0, dtype=np.uint8)
