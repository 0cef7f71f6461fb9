"""What to tell somebody about a photo at once: is it sharp, light and large enough, and is there one face in it?

Advice never forbids: whoever has only this one photo of grandmother may use it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from designs.imaging.pictures import Pixels

if TYPE_CHECKING:
    from designs.imaging.faces import Face

LOOKED_AT_PX = 512
SHORT_SIDE_PX = 1000
# Measured on 20 photos of packages at 512 px: sharp ones have 220 to 6700, blurred by 1/300 of their side 5 to 46.
SHARP = 50.0  # variance of the Laplacian in the sharpest part, at usual brightness
# The same photos with a quarter of their light have 25 to 58, as they are 75 to 230 (two night scenes below).
DARK = 60.0  # of 255, mean of the lighter half
MOST_GAIN = 4.0
TILES = 6
LUMA = (0.299, 0.587, 0.114)
Gray = NDArray[np.float32]


def advise(small: Pixels, *, width_px: int, height_px: int, faces: "Sequence[Face] | None") -> list[dict[str, Any]]:
    """Advice in the order of importance: [{code, level, message}]. `faces` None: nobody could look for them."""
    gray = gray_of(small)
    found = list(faces or ())
    advice = []
    if min(width_px, height_px) < SHORT_SIDE_PX:
        advice.append(_warn("small", f"Only {width_px} × {height_px} pixels: it may look soft in print."))
    if sharpness(gray, found) < SHARP:
        advice.append(_warn("blurred", "This photo looks blurred. A sharper one gives a better picture."))
    if brightness(gray, found) < DARK:
        advice.append(_warn("dark", "This photo is very dark. Light from the front helps."))
    return advice + _about_faces(faces)


def sharpness(gray: Gray, faces: "Sequence[Face]" = ()) -> float:
    """Variance of the Laplacian where it is highest: in the largest face, or else among the tiles of the picture.

    A portrait before a soft background is sharp where it matters, and a dark photo is not blurred for that.
    """
    gain = min(MOST_GAIN, max(1.0, 128 / max(1.0, brightness(gray, faces)))) ** 2
    laplacian = _laplacian(gray)
    part = _part(laplacian, faces)
    if part is not None:
        return float(part.var()) * gain
    height, width = laplacian.shape
    rows, columns = np.linspace(0, height, TILES + 1).astype(int), np.linspace(0, width, TILES + 1).astype(int)
    tiles = [
        float(laplacian[top:bottom, left:right].var())
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
    ]
    return sorted(tiles)[-3] * gain  # not the very sharpest: a date stamp must not speak for the picture


def brightness(gray: Gray, faces: "Sequence[Face]" = ()) -> float:
    """Mean of the lighter half of the largest face, or else of the picture: dark hair and dark walls do not count."""
    part = _part(gray, faces)
    values = np.sort(gray if part is None else part, axis=None)
    return float(values[values.size // 2 :].mean())


def _about_faces(faces: "Sequence[Face] | None") -> list[dict[str, Any]]:
    if faces is None:
        return [_warn("not_looked_at", "We could not look for faces in this photo just now. We will try again.")]
    if not faces:
        return [_info("no_face", "We see no face in this photo.")]
    if len(faces) > 1:
        return [_info("several_faces", f"We see {len(faces)} faces. One person alone is easier to draw.")]
    return []


def gray_of(small: Pixels) -> Gray:
    """Brightness 0..255 on at most LOOKED_AT_PX, so that noise does not count as detail."""
    picture = Image.fromarray(small)
    picture.thumbnail((LOOKED_AT_PX, LOOKED_AT_PX), Image.Resampling.BOX)
    return np.asarray(np.asarray(picture, dtype=np.float32) @ np.array(LUMA, dtype=np.float32), dtype=np.float32)


def _laplacian(gray: Gray) -> Gray:
    inner = gray[1:-1, 1:-1]
    edges = gray[:-2, 1:-1] + gray[2:, 1:-1] + gray[1:-1, :-2] + gray[1:-1, 2:] - 4 * inner
    return np.asarray(edges, dtype=np.float32)


def _part(values: Gray, faces: "Sequence[Face]") -> Gray | None:
    """The largest face's part of `values`; None without a face of at least 24 px."""
    if not faces:
        return None
    face = max(faces, key=lambda one: one.width * one.height)
    height, width = values.shape
    top, left = max(0, int(face.top * height)), max(0, int(face.left * width))
    part = values[top : int((face.top + face.height) * height), left : int((face.left + face.width) * width)]
    return part if min(part.shape) >= 24 else None


def _warn(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "level": "warn", "message": message}


def _info(code: str, message: str) -> dict[str, Any]:
    return {"code": code, "level": "info", "message": message}
