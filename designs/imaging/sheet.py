"""The paper that words are set on, in micrometres: where ink may be, and the margins that make a page look designed."""

from __future__ import annotations

from dataclasses import dataclass

from designs.imaging.lettering import Lettering

TYPE_INSET_UM = 6_350  # trade rule: no type within 0.25 in of the cut, whatever the format says
BINDING_UM = 12_700  # trade rule: no type, faces or dates within 0.5 in of a wire and its hanging hole
ROUNDING_UM = 300  # one pixel of a small preview, so that type is inside the safe box there as well
PANEL_PADDING = 0.07  # of the shorter side
MARGIN_OVER_PICTURE = 0.09  # of the shorter side
MARGIN_ON_PAPER = 0.14
BAND = 0.3  # of the page height, from its edge: what words at the top or bottom of a picture may cover
CORNER = 0.62  # of the width that lines have otherwise
STRIP_INSET = 0.05  # of the shorter side: how much further in a banner's words stand, so that no sliver is left outside


@dataclass(frozen=True, slots=True)
class Sheet:
    """A trimmed page. Over a picture words keep to its edge; on bare paper they have the page for themselves.

    `wire_at_top`: it hangs on a wire there. `top_safe_um` counts at the top where it is more than `safe_um`.
    """

    trim_w_um: int
    trim_h_um: int
    safe_um: int
    over_picture: bool
    wire_at_top: bool = False
    top_safe_um: int = 0

    @property
    def short_side_um(self) -> int:
        return min(self.trim_w_um, self.trim_h_um)


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the trimmed page, in micrometres from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: Frame) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def grown(self, um: float) -> Frame:
        return Frame(self.left - um, self.top - um, self.right + um, self.bottom + um)


def panel_padding_um(sheet: Sheet) -> float:
    return PANEL_PADDING * sheet.short_side_um


def type_area(lettering: Lettering, sheet: Sheet) -> Frame:
    """Where ink may be at all."""
    inset: float = max(sheet.safe_um, TYPE_INSET_UM) + ROUNDING_UM
    if lettering.plate == "panel":
        inset += panel_padding_um(sheet)
    top = max(inset, sheet.top_safe_um + ROUNDING_UM)
    if sheet.wire_at_top:
        top = max(top, BINDING_UM + ROUNDING_UM)
    return Frame(inset, top, sheet.trim_w_um - inset, sheet.trim_h_um - inset)


def text_frame(lettering: Lettering, sheet: Sheet) -> Frame:
    """Where lines are set when they have the whole page."""
    area = type_area(lettering, sheet)
    margin = sheet.short_side_um * (MARGIN_OVER_PICTURE if sheet.over_picture else MARGIN_ON_PAPER)
    inset = max(area.left, margin)
    frame = Frame(inset, max(area.top, margin), sheet.trim_w_um - inset, sheet.trim_h_um - inset)
    if lettering.form == "banner":
        further = STRIP_INSET * sheet.short_side_um
        return Frame(frame.left, frame.top + further, frame.right, frame.bottom - further)
    return _corner(frame, lettering.align) if lettering.form == "corner" else frame


def _corner(frame: Frame, align: str) -> Frame:
    away = frame.width * (1 - CORNER)
    if align == "right":
        return Frame(frame.left + away, frame.top, frame.right, frame.bottom)
    return Frame(frame.left, frame.top, frame.right - away, frame.bottom)


def band_frame(lettering: Lettering, sheet: Sheet) -> Frame:
    """Where lines are set when most of a picture should stay in sight."""
    frame = text_frame(lettering, sheet)
    if not sheet.over_picture or lettering.layout == "center":
        return frame
    band = BAND * sheet.trim_h_um
    if lettering.layout == "top":
        return Frame(frame.left, frame.top, frame.right, max(band, frame.top))
    return Frame(frame.left, min(sheet.trim_h_um - band, frame.bottom), frame.right, frame.bottom)
