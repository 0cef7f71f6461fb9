"""Where things are on a printed page: the file with its bleed, the trim line, the safe line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Self

UM_PER_INCH = 25_400
UM_PER_PT = UM_PER_INCH / 72
# The edge at which a panel hangs on the sheet, seen as the reader holds it. There is no cut there, so no bleed.
FOLD_EDGE = {
    "side": {"front": "left", "back": "right", "inside-left": "right", "inside-right": "left"},
    "top": {"front": "top", "back": "top", "inside-left": "bottom", "inside-right": "top"},
}


@dataclass(frozen=True, slots=True)
class Edges:
    """One whole number for each side of a page; the name that holds it says the unit."""

    top: int
    right: int
    bottom: int
    left: int

    @classmethod
    def parse(cls, sides: Mapping[str, Any]) -> Self:
        """Read {"top", "right", "bottom", "left"}; a side that is not named is 0."""
        return cls(*(int(sides.get(side, 0)) for side in ("top", "right", "bottom", "left")))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of whole pixels; `right` and `bottom` are the first column and row outside."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Area:
    """The pixels of one print position, bleed included, and the paper that is left after the cut.

    For print, `width_px`, `height_px` and `bleed_px` are the supplier's own integers (PrintSpec), never computed;
    `trim_w_um`, `trim_h_um` and `safe_um` are the Format's; `top_safe_um` counts at the top where it is more, because
    the sheets are bound there. Raises ValueError when the bleed leaves no page.
    """

    width_px: int
    height_px: int
    bleed_px: Edges
    trim_w_um: int
    trim_h_um: int
    safe_um: int
    top_safe_um: int = 0

    def __post_init__(self) -> None:
        if min(self.trim_box.width, self.trim_box.height, self.trim_w_um, self.trim_h_um) < 1:
            raise ValueError("the bleed leaves no page")

    @property
    def trim_box(self) -> Box:
        bleed = self.bleed_px
        return Box(
            left=bleed.left,
            top=bleed.top,
            width=self.width_px - bleed.left - bleed.right,
            height=self.height_px - bleed.top - bleed.bottom,
        )

    @property
    def px_per_um(self) -> float:
        """One scale for both axes: type is never stretched, even where a supplier rounds its pixels oddly."""
        return min(self.trim_box.width / self.trim_w_um, self.trim_box.height / self.trim_h_um)

    @property
    def origin_px(self) -> tuple[float, float]:
        """Where the Format's page begins (x, y): the trim corner, or further in if the supplier's page is larger."""
        trim, scale = self.trim_box, self.px_per_um
        return (
            trim.left + (trim.width - self.trim_w_um * scale) / 2,
            trim.top + (trim.height - self.trim_h_um * scale) / 2,
        )

    @property
    def safe_box(self) -> Box:
        """What survives a wandering cut and a binding, rounded inward to whole pixels."""
        left, top = self.origin_px
        inset, scale = self.safe_um * self.px_per_um, self.px_per_um
        x0, y0 = ceil(left + inset), ceil(top + max(inset, self.top_safe_um * scale))
        x1, y1 = floor(left + self.trim_w_um * scale - inset), floor(top + self.trim_h_um * scale - inset)
        return Box(x0, y0, x1 - x0, y1 - y0)


def bleed_edges_um(*, bleed_um: int, fold: str, position: str) -> Edges:
    """Bleed of one page: on every side, but none at the fold ("none", "side" or "top") of a folded card."""
    folded = FOLD_EDGE.get(fold, {}).get(position)
    return Edges(*(0 if side == folded else bleed_um for side in ("top", "right", "bottom", "left")))


def preview_area(
    *, trim_w_um: int, trim_h_um: int, bleed_um: Edges, safe_um: int, width_px: int, top_safe_um: int = 0
) -> Area:
    """A page as its Format alone describes it, `width_px` wide with bleed: for previews, never for print."""
    total_w_um = trim_w_um + bleed_um.left + bleed_um.right
    scale = width_px / total_w_um
    bleed_px = Edges(*(round(side * scale) for side in (bleed_um.top, bleed_um.right, bleed_um.bottom, bleed_um.left)))
    height_px = round((trim_h_um + bleed_um.top + bleed_um.bottom) * scale)
    return Area(width_px, height_px, bleed_px, trim_w_um, trim_h_um, safe_um, top_safe_um)
