"""One printed page from its parts: paper or picture, then words. Previews go through the same door, only smaller."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from designs.imaging.colors import PAPER, rgb
from designs.imaging.crop import Focus, Lost
from designs.imaging.geometry import Area
from designs.imaging.ink import Inked, ink_words
from designs.imaging.lettering import Lettering
from designs.imaging.monthgrid import MonthGrid
from designs.imaging.monthgrid_draw import draw_grid
from designs.imaging.monthgrid_page import picture_area, picture_box
from designs.imaging.pictures import Pixels, fit
from designs.imaging.sheet import Sheet, panel_padding_um
from designs.imaging.typesetting import set_words

IMPRINT = "Made with Cardmaker"
IMPRINT_LETTERING = Lettering(font="lato", size=9.0, layout="bottom", color="#6d6874", plate="none")


@dataclass(frozen=True, slots=True)
class PageSpec:
    """`art` is a picture file, None for bare paper (`background`, "#rrggbb"). `imprint` goes on an empty page only.

    A page with a `grid` is picture and month: picture, focus and words then belong to `monthgrid_page.picture_area`.
    `wire_at_top`: the page hangs on a wire there. `master_px`: `art` is a small copy of a picture of this size.
    """

    area: Area
    art: bytes | None = None
    focus: Focus = field(default_factory=Focus)
    words: str = ""
    lettering: Lettering = field(default_factory=Lettering)
    background: str = PAPER
    imprint: str = ""
    grid: MonthGrid | None = None
    wire_at_top: bool = False
    master_px: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """`pixels`: (height, width, 3) sRGB, exactly the area. `lines`, `size_pt`, `inked` say how the words were set.

    `cut`: labels of the grid that did not fit their day as they were written.
    """

    pixels: Pixels
    lost: Lost | None
    lines: tuple[str, ...]
    size_pt: float | None
    inked: Inked | None
    cut: tuple[str, ...] = ()


def render_page(spec: PageSpec) -> RenderedPage:
    """Draw one page. Raises UnreadablePicture, TooLong, Undrawable, UnknownColor."""
    return _calendar_page(spec, spec.grid) if spec.grid else _plain_page(spec)


def _calendar_page(spec: PageSpec, grid: MonthGrid) -> RenderedPage:
    box = picture_box(spec.area, grid)
    on_wire = spec.wire_at_top and box.top == 0
    upper = _plain_page(replace(spec, area=picture_area(spec.area, grid), grid=None, wire_at_top=on_wire))
    pixels = _paper(spec)
    pixels[box.top : box.bottom, box.left : box.right] = upper.pixels
    layout = draw_grid(pixels, grid, spec.area)
    return replace(upper, pixels=pixels, cut=layout.cut)


def _plain_page(spec: PageSpec) -> RenderedPage:
    # Words first: they are the quick part and the one that can be refused.
    setting = set_words(spec.words, spec.lettering, sheet_of(spec))
    pixels, lost = _ground(spec)
    if setting is None:
        if spec.imprint and spec.art is None:
            _draw_imprint(pixels, spec)
        return RenderedPage(pixels, lost, (), None, None)
    padding_um = panel_padding_um(sheet_of(spec))
    inked = ink_words(pixels, setting, spec.lettering, spec.area, padding_um=padding_um)
    return RenderedPage(pixels, lost, setting.lines, round(setting.size_pt, 2), inked)


def sheet_of(spec: PageSpec) -> Sheet:
    area = spec.area
    over_picture = spec.art is not None
    size_um = (area.trim_w_um, area.trim_h_um, area.safe_um)
    return Sheet(*size_um, over_picture, wire_at_top=spec.wire_at_top, top_safe_um=area.top_safe_um)


def _ground(spec: PageSpec) -> tuple[Pixels, Lost | None]:
    area = spec.area
    if spec.art is None:
        return _paper(spec), None
    size = {"width_px": area.width_px, "height_px": area.height_px}
    fitted = fit(spec.art, **size, focus=spec.focus, master_px=spec.master_px)
    return fitted.pixels, fitted.lost


def _paper(spec: PageSpec) -> Pixels:
    # Row by row: pixel by pixel it takes twenty times as long.
    row = np.tile(np.array(rgb(spec.background), np.uint8), (spec.area.width_px, 1))
    return np.repeat(row[None], spec.area.height_px, axis=0)


def _draw_imprint(pixels: Pixels, spec: PageSpec) -> None:
    setting = set_words(spec.imprint, IMPRINT_LETTERING, sheet_of(spec))
    if setting:
        ink_words(pixels, setting, IMPRINT_LETTERING, spec.area, padding_um=0)
