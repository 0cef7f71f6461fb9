"""People cut out of a photo: GrabCut from OpenCV, seeded by their faces, and an honest word about how well it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from designs.providers.sketch.photos.shots import Box

WORK_PX = 180  # the cut is found at this size and made smooth afterwards; more costs time and gains no certainty
ROUNDS = 2  # a third moves the cut by less than a thousandth of the photo
SEED = 20_260
LEAST_SHARE, MOST_SHARE = 0.08, 0.82  # of the photo
SMOOTH_ENOUGH = 0.955  # agreement of the cut with its own rounded outline: frayed ones follow the wall behind
MORE_THAN_SURE = 1.3  # a cut that found hardly more than it was told found nothing
OPEN_SIDES = 0.30  # of a side edge of the photo that the cut may touch


@dataclass(frozen=True, slots=True)
class Matte:
    """A smooth mask over the whole photo (float32, 0 to 1, WORK_PX on the longer side)."""

    mask: Any
    body: Box
    stands: bool

    def alpha(self, box: Box, size: tuple[int, int]) -> Any:
        """The mask of a crop at any size, drawn in a little and soft at its edge."""
        height, width = self.mask.shape
        scale_x, scale_y = size[0] / (box[2] * width), size[1] / (box[3] * height)
        start_x, start_y = -box[0] * size[0] / box[2], -box[1] * size[1] / box[3]
        move = np.array([[scale_x, 0, start_x], [0, scale_y, start_y]], np.float32)
        large = cv2.warpAffine(self.mask, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        soft = np.clip((large - 0.5) * max(1.6, scale_x * 0.9) + 0.38, 0, 1)  # 0.38: the edge moves inwards
        return soft.astype(np.float32)


def cut_out(pixels: Any, faces: Sequence[Box]) -> Matte | None:
    """None where nobody is seen or the cut would show. The same pixels give the same cut."""
    if not faces:
        return None
    scale = WORK_PX / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    hard = _grown(small, faces)
    sure = _seeds(hard.shape, faces) == cv2.GC_FGD
    hard = _tidy(hard, sure)
    if float(hard.sum()) < MORE_THAN_SURE * float(sure.sum()) or not _is_good(hard, faces):
        return None
    mask = cv2.GaussianBlur(hard.astype(np.float32), (0, 0), 1.3)
    return Matte(mask, _extent(hard), _stands(hard, faces))


def _grown(small: Any, faces: Sequence[Box]) -> Any:
    labels = _seeds(small.shape[:2], faces)
    cv2.setRNGSeed(SEED)  # GrabCut throws dice; this thread's
    calm = cv2.bilateralFilter(small, 5, 28, 5)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(calm, labels, (0, 0, 0, 0), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)  # the box is not used
    return ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).astype(np.uint8)


def _seeds(shape: tuple[int, int], faces: Sequence[Box]) -> Any:
    """Where people surely are, may be and surely are not, from where their faces are."""
    height, width = shape
    labels = np.full((height, width), cv2.GC_BGD, np.uint8)
    for face in faces:
        x, y, w, h = face[0] * width, face[1] * height, face[2] * width, face[3] * height
        middle = x + w / 2
        _polygon(labels, [(middle - 0.9 * w, y + 1.1 * h), (middle + 0.9 * w, y + 1.1 * h),
                          (middle + 2.7 * w, y + 2.1 * h), (middle + 3.1 * w, height),
                          (middle - 3.1 * w, height), (middle - 2.7 * w, y + 2.1 * h)], cv2.GC_PR_BGD)  # fmt: skip
        _ellipse(labels, middle, y + h * 0.42, w * 1.35, h * 1.3, cv2.GC_PR_BGD)
        _polygon(labels, [(middle - 0.4 * w, y + h), (middle + 0.4 * w, y + h), (middle + 1.4 * w, y + 1.9 * h),
                          (middle + 1.6 * w, height), (middle - 1.6 * w, height),
                          (middle - 1.4 * w, y + 1.9 * h)], cv2.GC_PR_FGD)  # fmt: skip
        _ellipse(labels, middle, y + h * 0.40, w * 0.66, h * 0.80, cv2.GC_PR_FGD)
    for face in faces:
        x, y, w, h = face[0] * width, face[1] * height, face[2] * width, face[3] * height
        middle = x + w / 2
        _ellipse(labels, middle, y + h * 0.5, w * 0.42, h * 0.48, cv2.GC_FGD)
        low = min(height, y + 3.2 * h)
        _polygon(labels, [(middle - 0.26 * w, y + h), (middle + 0.26 * w, y + h), (middle + 0.6 * w, y + 1.9 * h),
                          (middle + 0.6 * w, low), (middle - 0.6 * w, low),
                          (middle - 0.6 * w, y + 1.9 * h)], cv2.GC_FGD)  # fmt: skip
    return labels


def _polygon(labels: Any, points: Sequence[tuple[float, float]], value: int) -> None:
    cv2.fillPoly(labels, [np.round(np.array(points)).astype(np.int32)], value)


def _ellipse(labels: Any, x: float, y: float, rx: float, ry: float, value: int) -> None:
    cv2.ellipse(labels, (round(x), round(y)), (max(1, round(rx)), max(1, round(ry))), 0, 0, 360, value, -1)


def _tidy(hard: Any, sure: Any) -> Any:
    """One piece for each group of people, without holes or whiskers."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    opened = cv2.morphologyEx(hard, cv2.MORPH_OPEN, kernel) | sure.astype(np.uint8)
    _, pieces = cv2.connectedComponents(opened)
    kept = np.isin(pieces, np.unique(pieces[sure])) & (opened > 0)
    outlines, _ = cv2.findContours(kept.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(hard)
    cv2.drawContours(filled, outlines, -1, 1, -1)
    rounded = cv2.GaussianBlur(filled.astype(np.float32), (0, 0), 2.2)
    return (rounded > 0.5).astype(np.uint8)


def _is_good(hard: Any, faces: Sequence[Box]) -> bool:
    height, width = hard.shape
    if not LEAST_SHARE < float(hard.mean()) < MOST_SHARE:
        return False
    if max(hard[:, 0].mean(), hard[:, -1].mean()) > OPEN_SIDES or hard[0].mean() > 0.05:
        return False
    coarse = cv2.GaussianBlur(hard.astype(np.float32), (0, 0), max(height, width) / 40) > 0.5
    if float((coarse & (hard > 0)).sum()) / max(1.0, float((coarse | (hard > 0)).sum())) < SMOOTH_ENOUGH:
        return False
    return all(_head_is_plausible(hard, face) for face in faces)


def _head_is_plausible(hard: Any, face: Box) -> bool:
    """A head is a little wider than its face, ends above it, and does not melt into the wall."""
    height, width = hard.shape
    x, y, w, h = face[0] * width, face[1] * height, face[2] * width, face[3] * height
    brow = hard[int(min(height - 1, y + 0.3 * h))]
    at = int(x + w / 2)
    left = at - int(np.argmin(brow[at::-1])) if not brow[: at + 1].all() else 0
    right = at + int(np.argmin(brow[at:])) if not brow[at:].all() else width
    if not 0.85 * w < right - left < 2.7 * w:
        return False
    above = hard[max(0, int(y - 1.1 * h)) : max(1, int(y - 0.95 * h)), max(0, int(x)) : int(x + w)]
    return not above.size or float(above.mean()) < 0.25


def _extent(hard: Any) -> Box:
    height, width = hard.shape
    rows, columns = np.flatnonzero(hard.any(1)), np.flatnonzero(hard.any(0))
    left, top = columns[0] / width, rows[0] / height
    return float(left), float(top), float((columns[-1] + 1) / width - left), float((rows[-1] + 1) / height - top)


def _stands(hard: Any, faces: Sequence[Box]) -> bool:
    """Whether feet are seen: the figure ends above the edge of the photo and is as long as people are."""
    _, top, _, tall = _extent(hard)
    return top + tall < 0.97 and tall > 4.6 * max(face[3] for face in faces)
