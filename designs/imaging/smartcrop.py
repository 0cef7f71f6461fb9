"""Which part of a picture a page shows when nobody has chosen one: faces whole, then whatever draws the eye.

Pure and deterministic. A crop shows as much of the picture as fits; it goes in a little only where that brings a whole
face into the safe rectangle which would be cut otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from designs.imaging.crop import Focus, crop_box
from designs.imaging.faces import Face
from designs.imaging.geometry import Area, Box
from designs.imaging.sights import GRID, Sights

FACE_REACH = 1.3  # of a detected box: with hair, chin and some air
ROOMY_REACH = 1.45  # no detector draws a box as a person would: some more where it costs no more than
ROOMY_ZOOM = 0.1
# Going in further would print a picture made for 300 dpi with less than 200.
ZOOMS = tuple(round(1 + step / 100, 2) for step in range(51))
BINDING_CLEAR_UM = 12_700  # 0.5 in along the bound edge: wire, hanger and punched holes
PLACES = 33  # tried along each side
# What a place is worth: shares of all that draws the eye, and of a face's box.
SEEN_WORTH, SAFE_WORTH, COVERED_COST = 0.3, 1.0, 1.0
FACE_PULL = 3.0  # a face against the most salient cell of the picture
FACE_COVERED_COST, FACE_CUT_COST = 10.0, 4.0
OFF_CENTER_COST = 0.08
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels of the picture, or of a page laid over it; `right` and `bottom` are outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def times(self, scale: float) -> Rect:
        """As much larger around its middle."""
        more_x, more_y = (self.right - self.left) * (scale - 1) / 2, (self.bottom - self.top) * (scale - 1) / 2
        return Rect(self.left - more_x, self.top - more_y, self.right + more_x, self.bottom + more_y)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page laid over the picture: its size there, and the places where its top left corner may be, ends included."""

    zoom: float
    width: int
    height: int
    lefts: tuple[int, int]
    tops: tuple[int, int]


def focus_for(
    sights: Sights,
    *,
    image_w_px: int,
    image_h_px: int,
    area: Area,
    words_box: Box | None = None,
    binding_edge: str = "",
) -> Focus:
    """The crop for one page. `words_box` is where words cover the area; `binding_edge` one of its sides or "".

    Every face whose box × 1.3 fits the area's safe box in some crop stays whole there; of faces that do not fit
    together, the largest come first. Then faces are kept clear of the words and of the binding, as far as that goes.
    """
    faces = [_grown(face, FACE_REACH, image_w_px, image_h_px) for face in sights.faces]
    frame = _frame(faces, image_w_px, image_h_px, area)
    view = _View(frame, area, image_w_px, image_h_px)
    worth = _worth(view, _pull(sights, faces, view), faces, _covered(area, words_box, binding_edge))
    down, across = np.unravel_index(int(np.argmax(worth)), worth.shape)
    left, top = int(view.lefts[across]), int(view.tops[down])
    return Focus(x=_middle(left, frame.width, image_w_px), y=_middle(top, frame.height, image_h_px), zoom=frame.zoom)


class _View:
    """What of a picture lies where on a page, for every place of the page at once: answers are (tops, lefts)."""

    def __init__(self, frame: _Frame, area: Area, image_w_px: int, image_h_px: int) -> None:
        self.lefts, self.tops = (np.linspace(*ends, PLACES).round() for ends in (frame.lefts, frame.tops))
        self._across, self._down = frame.width / area.width_px, frame.height / area.height_px
        self._columns, self._rows = (np.linspace(0, side, GRID + 1) for side in (image_w_px, image_h_px))
        self.page = Rect(0, 0, area.width_px, area.height_px)
        safe = area.safe_box
        self.safe = Rect(safe.left, safe.top, safe.right, safe.bottom)
        spare = (max(1, image_w_px - frame.width), max(1, image_h_px - frame.height))
        aside, below = (starts / room - 0.5 for starts, room in zip((self.lefts, self.tops), spare, strict=True))
        self.off_center = below[:, None] ** 2 + aside[None, :] ** 2

    def cells_of(self, face: Rect) -> Numbers:
        """How much of each cell of the picture's grid a face takes, 0..1."""
        none = np.zeros(1)
        across = _shared(none, face.left, face.right, self._columns) / self._columns[1]
        down = _shared(none, face.top, face.bottom, self._rows) / self._rows[1]
        return np.asarray(down.T * across)

    def drawn_in(self, part: Rect, pull: Numbers) -> Numbers:
        """The sum of the grid's values that a part of the page shows."""
        across, down = self._in_picture(part, self._columns, self._rows)
        return np.asarray((down / self._rows[1]) @ pull @ (across / self._columns[1]).T)

    def share_in(self, part: Rect, face: Rect) -> Numbers:
        """The share of a face that lies in a part of the page, 0..1."""
        across, down = self._in_picture(part, np.array([face.left, face.right]), np.array([face.top, face.bottom]))
        return np.asarray(down @ across.T) / face.size

    def _in_picture(self, part: Rect, columns: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
        across = _shared(self.lefts, part.left * self._across, part.right * self._across, columns)
        return across, _shared(self.tops, part.top * self._down, part.bottom * self._down, rows)


def _grown(face: Face, reach: float, image_w_px: int, image_h_px: int) -> Rect:
    whole = Rect(face.left * image_w_px, face.top * image_h_px, face.right * image_w_px, face.bottom * image_h_px)
    return whole.times(reach)


def _frame(faces: Sequence[Rect], image_w_px: int, image_h_px: int, area: Area) -> _Frame:
    """The least zoom at which as many faces as possible, the largest first, are whole in the safe box."""
    found = _frame_around((), image_w_px, image_h_px, area)
    assert found is not None
    kept: list[Rect] = []
    for face in sorted(faces, key=lambda rect: -rect.size):
        if with_it := _frame_around([*kept, face], image_w_px, image_h_px, area):
            found = with_it
            kept.append(face)
    roomy = _frame_around([face.times(ROOMY_REACH / FACE_REACH) for face in kept], image_w_px, image_h_px, area)
    return roomy if roomy and roomy.zoom <= found.zoom + ROOMY_ZOOM else found


def _frame_around(faces: Sequence[Rect], image_w_px: int, image_h_px: int, area: Area) -> _Frame | None:
    safe = area.safe_box
    for zoom in ZOOMS:
        crop = crop_box(
            image_w_px=image_w_px,
            image_h_px=image_h_px,
            target_w_px=area.width_px,
            target_h_px=area.height_px,
            focus=Focus(zoom=zoom),
        )
        across, down = crop.width / area.width_px, crop.height / area.height_px
        wide = [(face.left, face.right) for face in faces]
        high = [(face.top, face.bottom) for face in faces]
        lefts = _range(image_w_px - crop.width, safe.left * across, safe.right * across, wide)
        tops = _range(image_h_px - crop.height, safe.top * down, safe.bottom * down, high)
        if lefts and tops:
            return _Frame(zoom, crop.width, crop.height, lefts, tops)
    return None


def _range(
    last: int, safe_start: float, safe_end: float, spans: Sequence[tuple[float, float]]
) -> tuple[int, int] | None:
    """First and last place of a crop, along one side, in which all these spans are safe."""
    first, end = 0, last
    for start, stop in spans:
        first, end = max(first, ceil(stop - safe_end)), min(end, floor(start - safe_start))
    return (first, end) if first <= end else None


def _covered(area: Area, words_box: Box | None, binding_edge: str) -> list[Rect]:
    """What words and binding take of the area, in its own pixels."""
    taken = [Rect(words_box.left, words_box.top, words_box.right, words_box.bottom)] if words_box else []
    (x, y), clear = area.origin_px, BINDING_CLEAR_UM * area.px_per_um
    width, height = area.width_px, area.height_px
    strips = {
        "top": Rect(0, 0, width, y + clear),
        "bottom": Rect(0, height - y - clear, width, height),
        "left": Rect(0, 0, x + clear, height),
        "right": Rect(width - x - clear, 0, width, height),
    }
    return [*taken, strips[binding_edge]] if binding_edge else taken


def _pull(sights: Sights, faces: Sequence[Rect], view: _View) -> Numbers:
    """What draws the eye, cell by cell of the picture's grid; all of it is 1."""
    pull = sights.grid
    for face in faces:
        pull = pull + FACE_PULL * view.cells_of(face)
    return pull / max(float(pull.sum()), 1e-9)


def _worth(view: _View, pull: Numbers, faces: Sequence[Rect], covered: Sequence[Rect]) -> Numbers:
    worth = SEEN_WORTH * view.drawn_in(view.page, pull) + SAFE_WORTH * view.drawn_in(view.safe, pull)
    worth -= OFF_CENTER_COST * view.off_center
    for part in covered:
        worth -= COVERED_COST * view.drawn_in(part, pull)
    for face in faces:
        seen = view.share_in(view.page, face)
        worth -= FACE_CUT_COST * 4 * seen * (1 - seen)
        for part in covered:
            worth -= FACE_COVERED_COST * view.share_in(part, face)
    return worth


def _shared(starts: Numbers, first: float, last: float, edges: Numbers) -> Numbers:
    """Lengths that the spans start+first..start+last share with those between neighboring edges: (starts, spans)."""
    begins, ends = starts[:, None] + first, starts[:, None] + last
    shared = np.minimum(ends, edges[None, 1:]) - np.maximum(begins, edges[None, :-1])
    return np.asarray(shared.clip(0))


def _middle(start: int, length: int, whole: int) -> float:
    return 0.5 if length == whole else round((start + length / 2) / whole, 6)
