"""How calendar pages look: fonts, colors and measures of each look. The rest of the grid's code knows none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from designs.imaging.monthgrid import LookName

INK, QUIET, PALE, FAINT = "#2a2723", "#6f685d", "#948b7d", "#b9b1a3"
# One color a month for the bold look: winter blues, spring greens, summer warmth, autumn earth. All of them read on
# paper, and white reads on them.
SEASONS = (
    "#2c5d88", "#8a3f6d", "#3d7a4a", "#a8476a", "#2f7d5b", "#b4591f",
    "#c0392b", "#b8541a", "#8c5a12", "#a1441f", "#6b4a7a", "#1f5f54",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes are shares of what is called beside them; `accent` is of weekends and holidays, one for each month."""

    title: str
    month_font: str
    year_font: str
    weekday_font: str
    number_font: str
    holiday_font: str
    own_font: str
    accents: tuple[str, ...]
    own_color: str
    align: Literal["start", "center"]
    month_capitals: bool
    month_spacing: float  # ems between letters
    month_size: float  # height of a capital, of the head
    weekday_capitals: bool
    weekday_spacing: float
    weekday_long: bool  # Wednesday rather than Wed, where there is room
    number_size: float  # height of a figure, of the shorter side of a day
    rules: bool  # between weeks
    bar: bool  # weekdays in white on a bar of the accent
    tinted: str  # ground of weekends, or empty
    neighbors: bool  # days of the months before and after
    emphasis: Literal["color", "ring", "disc"]  # of a holiday's number
    framed: bool  # the picture has paper all around it


LOOKS: dict[LookName, Look] = {
    "classic": Look(
        title="Classic",
        month_font="garamond-display",
        year_font="garamond-display",
        weekday_font="garamond-text",
        number_font="garamond-text",
        holiday_font="garamond-italic",
        own_font="garamond-italic",
        accents=("#9b3526",) * 12,
        own_color="#2f5d62",
        align="center",
        month_capitals=True,
        month_spacing=0.14,
        month_size=0.30,
        weekday_capitals=True,
        weekday_spacing=0.12,
        weekday_long=True,
        number_size=0.255,
        rules=True,
        bar=False,
        tinted="",
        neighbors=True,
        emphasis="color",
        framed=False,
    ),
    "minimal": Look(
        title="Minimal",
        month_font="jost-light",
        year_font="jost-light",
        weekday_font="jost-text",
        number_font="jost-text",
        holiday_font="jost-text",
        own_font="jost-medium",
        accents=("#a5502f",) * 12,
        own_color=INK,
        align="start",
        month_capitals=False,
        month_spacing=0.0,
        month_size=0.36,
        weekday_capitals=False,
        weekday_spacing=0.02,
        weekday_long=False,
        number_size=0.225,
        rules=False,
        bar=False,
        tinted="",
        neighbors=False,
        emphasis="ring",
        framed=True,
    ),
    "bold": Look(
        title="Bold",
        month_font="jost-black",
        year_font="jost-light",
        weekday_font="jost-bold",
        number_font="jost-bold",
        holiday_font="jost-medium",
        own_font="jost-medium",
        accents=SEASONS,
        own_color=INK,
        align="start",
        month_capitals=True,
        month_spacing=-0.01,
        month_size=0.46,
        weekday_capitals=True,
        weekday_spacing=0.06,
        weekday_long=False,
        number_size=0.275,
        rules=True,
        bar=True,
        tinted="#f3ede1",
        neighbors=True,
        emphasis="disc",
        framed=False,
    ),
}
