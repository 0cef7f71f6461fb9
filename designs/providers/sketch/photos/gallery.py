"""The reference photos of one request: decoded when needed, as large as needed, one at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from designs.providers.base import ProviderRejected
from designs.providers.sketch.photos.matte import Matte, cut_out
from designs.providers.sketch.photos.shots import Box, Shot

LOOK_PX = 640  # faces are found best about this size, and quickly
REDUCED = {8: cv2.IMREAD_REDUCED_COLOR_8, 4: cv2.IMREAD_REDUCED_COLOR_4, 2: cv2.IMREAD_REDUCED_COLOR_2}
KEPT_PX = 1600  # decodings up to this size are kept while the request lasts: ten of them are 75 MB
SAME_SHAPE = 0.02

FaceFinder = Callable[[Any], Sequence[Box]]


class Gallery:
    """`find_faces` takes RGB pixels and answers boxes; what it raises goes to the caller."""

    def __init__(self, references: Sequence[bytes], find_faces: FaceFinder) -> None:
        self._references, self._find_faces = tuple(references), find_faces
        self._mattes: dict[int, Matte | None] = {}
        self._decodings: dict[tuple[int, int], Any] = {}  # small ones, by photo and by how often they were halved

    def __len__(self) -> int:
        return len(self._references)

    def look(self, number: int) -> Shot:
        """Who is on a photo. Raises ProviderRejected for what is no picture."""
        pixels = self._small(number)
        height, width = pixels.shape[:2]
        rgb = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
        faces = tuple(sorted((_rounded(box) for box in self._find_faces(rgb)), key=lambda box: -box[2] * box[3]))
        return Shot(number, round(width / height, 4), faces)

    def with_people(self, shot: Shot) -> Shot:
        """The same with what can be cut out of it: no `body` where the cut would show."""
        matte = self._matte(shot)
        return replace(shot, body=_rounded(matte.body), stands=matte.stands) if matte else shot

    def crop(self, number: int, box: Box, width_px: int) -> Any:
        """A part of a photo, about `width_px` wide and never larger than it is, as BGR."""
        pixels = self._decoded(number, width_px / max(box[2], 0.01))
        part = _part(pixels, box)
        if part.shape[1] <= width_px:
            return part
        size = (width_px, max(1, round(width_px * part.shape[0] / part.shape[1])))
        return cv2.resize(part, size, interpolation=cv2.INTER_AREA)

    def alpha(self, shot: Shot, box: Box, size: tuple[int, int]) -> Any:
        """How much of each pixel of such a crop belongs to the people, 0 to 1."""
        matte = self._matte(shot)
        return matte.alpha(box, size) if matte else np.ones((size[1], size[0]), np.float32)

    def knows(self, shots: Sequence[Shot]) -> bool:
        """Whether these are the photos that a recipe was made from, in the same order."""
        return all(
            shot.number < len(self) and abs(self._ratio(shot.number) / shot.ratio - 1) < SAME_SHAPE for shot in shots
        )

    def _matte(self, shot: Shot) -> Matte | None:
        if shot.number not in self._mattes:
            self._mattes[shot.number] = cut_out(self._small(shot.number), shot.faces)
        return self._mattes[shot.number]

    def _ratio(self, number: int) -> float:
        height, width = self._reduced(number, 8).shape[:2]
        return float(width / height)

    def _small(self, number: int) -> Any:
        pixels = self._decoded(number, LOOK_PX)
        scale = LOOK_PX / max(pixels.shape[:2])
        if scale >= 1:
            return pixels
        return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

    def _decoded(self, number: int, width_px: float) -> Any:
        """As small as still gives `width_px`; JPEG decodes to a half, a quarter or an eighth for next to nothing."""
        tiny = self._reduced(number, 8)
        for factor in (8, 4, 2):
            if tiny.shape[1] * 8 // factor >= width_px:
                return self._reduced(number, factor)
        return self._read(number, cv2.IMREAD_COLOR)

    def _reduced(self, number: int, factor: int) -> Any:
        if (number, factor) not in self._decodings:
            pixels = self._read(number, REDUCED[factor])
            if max(pixels.shape) > KEPT_PX:
                return pixels
            self._decodings[number, factor] = pixels
        return self._decodings[number, factor]

    def _read(self, number: int, flags: int) -> Any:
        data = np.frombuffer(self._references[number], np.uint8)
        try:
            pixels = cv2.imdecode(data, flags) if data.size else None
        except cv2.error:
            pixels = None
        if pixels is None:
            raise ProviderRejected("invalid_request", f"Reference picture {number + 1} cannot be read.")
        return pixels


def _part(pixels: Any, box: Box) -> Any:
    height, width = pixels.shape[:2]
    left, top = round(box[0] * width), round(box[1] * height)
    right, low = max(left + 1, round((box[0] + box[2]) * width)), max(top + 1, round((box[1] + box[3]) * height))
    return pixels[top : min(low, height), left : min(right, width)]


def _rounded(box: Sequence[float]) -> Box:
    return round(box[0], 4), round(box[1], 4), round(box[2], 4), round(box[3], 4)
