"""A picture is fitted to a page by cutting, never by stretching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from designs.imaging.geometry import Box

MAX_ZOOM = 10.0  # beyond it even a 4096 px master prints under 100 dpi


class BadCrop(ValueError):
    """The crop asked for is not a place in a picture."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What must stay in sight: a point as fractions of the picture, and how far to go in (1 = as much as fits)."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1 and 1 <= self.zoom <= MAX_ZOOM):
            raise BadCrop(f"x and y must lie in 0..1, zoom in 1..{MAX_ZOOM:g}")

    @classmethod
    def parse(cls, crop: Mapping[str, Any]) -> Self:
        """Read {"x", "y", "zoom"}; what is missing takes its default. Raises BadCrop."""
        try:
            return cls(*(float(crop.get(name, default)) for name, default in (("x", 0.5), ("y", 0.5), ("zoom", 1.0))))
        except (TypeError, ValueError) as exc:
            raise BadCrop(str(exc)) from exc


@dataclass(frozen=True, slots=True)
class Lost:
    """The share of a picture cut away at each side, 0..1 of its height (top, bottom) or width (left, right)."""

    top: float
    right: float
    bottom: float
    left: float


def crop_box(*, image_w_px: int, image_h_px: int, target_w_px: int, target_h_px: int, focus: Focus) -> Box:
    """The part of a picture that fills a target of another shape, as whole pixels of the picture.

    The box lies inside the picture, holds the focus as near its middle as the edges let it, and has the target's
    shape to within half a pixel on one side (at least 1 px).
    """
    ratio = target_w_px / target_h_px
    if image_w_px >= image_h_px * ratio:
        height = max(1, round(image_h_px / focus.zoom))
        width = max(1, min(image_w_px, round(height * ratio)))
    else:
        width = max(1, round(image_w_px / focus.zoom))
        height = max(1, min(image_h_px, round(width / ratio)))
    return Box(_start(focus.x, image_w_px, width), _start(focus.y, image_h_px, height), width, height)


def lost(box: Box, *, image_w_px: int, image_h_px: int) -> Lost:
    return Lost(
        top=round(box.top / image_h_px, 4),
        right=round((image_w_px - box.right) / image_w_px, 4),
        bottom=round((image_h_px - box.bottom) / image_h_px, 4),
        left=round(box.left / image_w_px, 4),
    )


def _start(center: float, whole_px: int, part_px: int) -> int:
    return max(0, min(whole_px - part_px, round(center * whole_px - part_px / 2)))
