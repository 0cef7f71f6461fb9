"""The reference photos of one request: decoded as large as needed, and looked at once for all its candidates."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from designs.imaging.pictures import UnreadablePicture, size_px
from designs.providers.base import ProviderRejected
from designs.providers.sketch.photos.matte import Matte, cut_out
from designs.providers.sketch.photos.shots import Box, Shot

LOOK_PX = 640  # faces are found best about this size, and quickly
REDUCED = {8: cv2.IMREAD_REDUCED_COLOR_8, 4: cv2.IMREAD_REDUCED_COLOR_4, 2: cv2.IMREAD_REDUCED_COLOR_2}
KEPT_PX = 1600  # decodings up to this size are kept while the request lasts: ten of them are 75 MB
SAME_SHAPE = 0.02

FaceFinder = Callable[[Any], Sequence[Box]]


class Gallery:
    """`find_faces` takes RGB pixels and answers boxes; what it raises goes to the caller. It is asked only about photos
    of which `known` does not say where the faces are."""

    def __init__(
        self, references: Sequence[bytes], find_faces: FaceFinder, known: Sequence[Sequence[Box] | None] = ()
    ) -> None:
        self._references, self._find_faces = tuple(references), find_faces
        self._known = dict(enumerate(known))
        self._shots: dict[int, Shot] = {}
        self._mattes: dict[int, Matte | None] = {}
        self._decodings: dict[tuple[int, int], Any] = {}  # small ones, by photo and by how often they were halved

    def __len__(self) -> int:
        return len(self._references)

    def look(self, number: int) -> Shot:
        """Who is on a photo. Raises ProviderRejected for what is no picture."""
        if number not in self._shots:
            faces = sorted((_rounded(box) for box in self._faces(number)), key=lambda box: -box[2] * box[3])
            self._shots[number] = Shot(number, round(self._ratio(number), 4), tuple(faces))
        return self._shots[number]

    def _faces(self, number: int) -> Sequence[Box]:
        known = self._known.get(number)
        return known if known is not None else self._find_faces(cv2.cvtColor(self._small(number), cv2.COLOR_BGR2RGB))

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
        width, height = self._size(number)
        return width / height

    def _small(self, number: int) -> Any:
        pixels = self._decoded(number, LOOK_PX)
        scale = LOOK_PX / max(pixels.shape[:2])
        if scale >= 1:
            return pixels
        return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

    def _decoded(self, number: int, width_px: float) -> Any:
        """As small as still gives `width_px`; JPEG decodes to a half, a quarter or an eighth for next to nothing."""
        width, _ = self._size(number)
        for factor in (8, 4, 2):
            if width // factor >= width_px:
                return self._reduced(number, factor)
        return self._read(number, cv2.IMREAD_COLOR)

    def _reduced(self, number: int, factor: int) -> Any:
        if (number, factor) not in self._decodings:
            pixels = self._read(number, REDUCED[factor])
            if max(pixels.shape) > KEPT_PX:
                return pixels
            self._decodings[number, factor] = pixels
        return self._decodings[number, factor]

    def _size(self, number: int) -> tuple[int, int]:
        """Width and height, from the header alone."""
        try:
            return size_px(self._references[number])
        except UnreadablePicture as exc:
            raise _unreadable(number) from exc

    def _read(self, number: int, flags: int) -> Any:
        data = np.frombuffer(self._references[number], np.uint8)
        try:
            pixels = cv2.imdecode(data, flags) if data.size else None
        except cv2.error:
            pixels = None
        if pixels is None:
            raise _unreadable(number)
        return pixels


def _unreadable(number: int) -> ProviderRejected:
    return ProviderRejected("invalid_request", f"Reference picture {number + 1} cannot be read.")


def _part(pixels: Any, box: Box) -> Any:
    height, width = pixels.shape[:2]
    left, top = round(box[0] * width), round(box[1] * height)
    right, low = max(left + 1, round((box[0] + box[2]) * width)), max(top + 1, round((box[1] + box[3]) * height))
    return pixels[top : min(low, height), left : min(right, width)]


def _rounded(box: Sequence[float]) -> Box:
    return round(box[0], 4), round(box[1], 4), round(box[2], 4), round(box[3], 4)
