"""A calendar sheet is a picture and a grid: which part of the paper each of them has.

`picture_area` is the one answer to "what does the picture fill?": crops, resolution and words over the picture are all
worked out on it, as if it were a page of its own.
"""

from __future__ import annotations

from designs.imaging.geometry import Area, Box, Edges
from designs.imaging.monthgrid import MonthGrid
from designs.imaging.monthgrid_looks import LOOKS
from designs.imaging.sheet import BINDING_UM, ROUNDING_UM, TYPE_INSET_UM, Frame

WIDE, TALL = 1.15, 0.87  # width by height: beyond it a page is landscape, below it portrait
LANDSCAPE_SHARE, PORTRAIT_SHARE, SQUARE_SHARE = 0.515, 0.56, 0.585  # of the page for the picture
MARGIN = 0.045  # of the shorter side, around the grid
GUTTER = 1.15  # margins between picture and grid
ABOVE_GRID = 0.75  # of the gutter: letters bring air of their own
FRAMED_MARGIN = 0.05  # of the shorter side, paper around a framed picture
FRAMED_SAFE_UM = 1_500  # a picture that no knife comes near


def picture_area(area: Area, grid: MonthGrid) -> Area:
    """The part of a page that its picture fills, as an Area of its own; with bleed where it runs off the sheet."""
    return _picture(area, grid)[1]


def picture_box(area: Area, grid: MonthGrid) -> Box:
    """Where `picture_area` lies in the pixels of the page."""
    return _picture(area, grid)[0]


def panel(trim_w_um: int, trim_h_um: int, safe_um: int, grid: MonthGrid) -> Frame:
    """Where the ink of the grid may be, on the trimmed page: clear of the cut, of the wire and of the picture."""
    picture, framed = _picture_frame(trim_w_um, trim_h_um, grid), LOOKS[grid.look].framed
    share = FRAMED_MARGIN if framed else MARGIN
    margin = max(share * min(trim_w_um, trim_h_um), safe_um + ROUNDING_UM, TYPE_INSET_UM + ROUNDING_UM)
    gutter = margin if framed else margin * GUTTER
    if _beside(trim_w_um, trim_h_um):
        # A framed picture and the name of the month begin at one height.
        top = picture.top if framed else BINDING_UM + margin / 2
        return Frame(picture.right + gutter, top, trim_w_um - margin, trim_h_um - margin)
    return Frame(margin, picture.bottom + gutter * ABOVE_GRID, trim_w_um - margin, trim_h_um - margin)


def _beside(trim_w_um: int, trim_h_um: int) -> bool:
    return trim_w_um / trim_h_um > WIDE


def _picture_frame(trim_w_um: int, trim_h_um: int, grid: MonthGrid) -> Frame:
    """To the sheet's edges, or with paper around it."""
    inset = FRAMED_MARGIN * min(trim_w_um, trim_h_um) if LOOKS[grid.look].framed else 0.0
    top = max(inset, BINDING_UM + inset / 4) if inset else 0.0
    if _beside(trim_w_um, trim_h_um):
        return Frame(inset, top, trim_w_um * LANDSCAPE_SHARE, trim_h_um - inset)
    share = PORTRAIT_SHARE if trim_w_um / trim_h_um < TALL else SQUARE_SHARE
    return Frame(inset, top, trim_w_um - inset, trim_h_um * share)


def _picture(area: Area, grid: MonthGrid) -> tuple[Box, Area]:
    frame, (x, y), scale = _picture_frame(area.trim_w_um, area.trim_h_um, grid), area.origin_px, area.px_per_um
    left, left_bleed = (0, round(x)) if frame.left == 0 else (round(x + frame.left * scale), 0)
    top, top_bleed = (0, round(y)) if frame.top == 0 else (round(y + frame.top * scale), 0)
    right, right_bleed = round(x + frame.right * scale), 0
    bottom, bottom_bleed = round(y + frame.bottom * scale), 0
    if frame.right == area.trim_w_um:
        right, right_bleed = area.width_px, round(x)
    if frame.bottom == area.trim_h_um:
        bottom, bottom_bleed = area.height_px, round(y)
    box = Box(left, top, right - left, bottom - top)
    bleed = Edges(top_bleed, right_bleed, bottom_bleed, left_bleed)
    safe_um = FRAMED_SAFE_UM if LOOKS[grid.look].framed else area.safe_um
    # A picture with paper above it begins below the binding.
    top_safe_um = area.top_safe_um if frame.top == 0 else 0
    return box, Area(box.width, box.height, bleed, round(frame.width), round(frame.height), safe_um, top_safe_um)
