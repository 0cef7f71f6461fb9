"""Sheets of calendars that Cardmaker made itself, for the landing page: drawn and set like everybody's."""

import hashlib
from dataclasses import dataclass

from designs.imaging.compose import PageSpec, render_page
from designs.imaging.encode import preview_webp
from designs.imaging.geometry import Edges, preview_area
from designs.imaging.monthgrid import Mark, MonthGrid
from designs.providers.base import ImageProvider, ImageRequest, Style
from designs.studio.samples import drawn

WIDTH_PX = 900
ART_PX = 1_008  # square, within what a draft may measure
SAFE_UM = 6_350
SUNDAY = 6
RECIPE = 1  # raise it when the illustrator or the grid changes what sheets look like


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """One month of a calendar in one of the three shapes. `seed` picks the drawing we liked best."""

    name: str
    prompt: str
    style: Style
    seed: int
    trim_w_um: int
    trim_h_um: int
    month: int
    marks: tuple[Mark, ...] = ()

    def cache_name(self, year: int) -> str:
        """Changes with everything that changes the pixels."""
        return f"calendar-{self.name}-{hashlib.sha256(f'{RECIPE}{year}{self!r}'.encode()).hexdigest()[:12]}"


def render(sheet: SampleSheet, *, year: int, provider: ImageProvider) -> bytes:
    """The sheet as WebP, WIDTH_PX wide, as it would be cut. Raises NotDrawn."""
    area = preview_area(
        trim_w_um=sheet.trim_w_um,
        trim_h_um=sheet.trim_h_um,
        bleed_um=Edges(0, 0, 0, 0),
        safe_um=SAFE_UM,
        width_px=WIDTH_PX,
    )
    grid = MonthGrid(year, sheet.month, week_start=SUNDAY, marks=sheet.marks)
    return preview_webp(render_page(PageSpec(area, art=_art(sheet, provider), grid=grid, wire_at_top=True)).pixels)


def _art(sheet: SampleSheet, provider: ImageProvider) -> bytes:
    request = ImageRequest(sheet.prompt, ART_PX, ART_PX, seed=sheet.seed, style=sheet.style)
    return drawn(request, f"calendar-{sheet.name}", provider=provider)


SHEETS = {
    sheet.name: sheet
    for sheet in (
        SampleSheet(
            "landscape",
            "A picnic in a meadow of poppies under an apple tree, a small dog, rolling summer hills, butterflies",
            Style("storybook"),
            3,
            274_320,
            213_360,
            6,
            (Mark(12, "Ella turns 7"), Mark(20, "Picnic day")),
        ),
        SampleSheet(
            "portrait",
            "A decorated fir tree in a snowy forest at night, lanterns, stars, a small cabin with warm windows",
            Style("night-glow"),
            2,
            215_900,
            279_400,
            12,
            (Mark(25, "Christmas Day", "holiday"), Mark(31, "Party at ours")),
        ),
        SampleSheet(
            "square",
            "A red kite over a lighthouse on a green coast in spring, two small sailing boats, seagulls",
            Style("paper-cut"),
            2,
            304_800,
            304_800,
            3,
            (Mark(8, "Grandma’s birthday"),),
        ),
    )
}
