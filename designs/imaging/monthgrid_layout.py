"""Where everything of a month's grid goes: names, figures, rules and labels, in micrometres on the trimmed page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from designs.imaging.geometry import UM_PER_PT
from designs.imaging.monthgrid import DAYS_A_WEEK, Mark, MonthGrid, Week, week_number
from designs.imaging.monthgrid_labels import Label, set_label, share_lines
from designs.imaging.monthgrid_looks import FAINT, INK, LOOKS, PALE, QUIET, Look
from designs.imaging.monthgrid_names import WIDTHS, Names, names_of
from designs.imaging.shaping import advance, outline
from designs.imaging.sheet import Frame

USUAL_WEEKS, MOST_WEEKS = 5, 6  # rows are as high as in a month of five weeks; only six make them lower
HEAD, HEAD_LEAST_UM, HEAD_MOST_UM = 0.17, 15_000, 34_000  # of the panel's height
WEEKDAYS, WEEKDAYS_LEAST_UM, WEEKDAYS_MOST_UM = 0.055, 6_500, 9_500
NUMBER_COLUMN = 0.42  # of a day's width, for the numbers of weeks
HEAD_CLEAR = 0.1  # of the head: kept free at its foot
STACKED_CLEAR = 0.15  # of the head, under a year that stands below its month
YEAR_STEP = 2.1  # of a year's height: from the month's line to its own
INLINE_MONTH = 0.6  # of the panel's width, where the year stands on the same line ...
INLINE_LARGER = 1.45  # ... and leaves the month the whole height
YEAR = 0.5  # of the month's size
STACKED_YEAR = 0.46
LABEL, LABEL_LEAST_PT, LABEL_MOST_PT = 0.165, 7.0, 9.0  # of a day's shorter side
LABEL_LEADING, LABEL_GAP = 1.14, 0.42  # ems
LABEL_ASCENT = 0.72
WEEKDAY_PT, WEEK_NUMBER_PT = 7.6, 6.6
WEEKDAY_GAP = 1.1  # ems between two weekdays, at least
PAD = 0.09  # of a day's shorter side, around what it holds
PAD_TOP = 0.12
DOT = 0.15  # of a figure's height: the radius of the dot at an own date
RING, RING_UM = 0.98, 240  # of a figure's height: radius
HAIRLINE_UM, RULE_UM = 100, 220
ROOMY = 1.6  # width of a day by its height: from here on labels stand beside the figure
BESIDE, BESIDE_LARGER = 2.45, 1.1  # of a figure's height: how far from it; and of a label's size
LABEL_MARGIN = 0.05  # of a day's width

Anchor = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of type; `x_um` is where its ink begins, has its middle or ends."""

    text: str
    font: str
    size_um: float
    x_um: float
    baseline_um: float
    anchor: Anchor
    color: str
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle: a rule, a ground."""

    frame: Frame
    color: str


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around `x_um`, `y_um`; filled, or a line of `line_um`."""

    x_um: float
    y_um: float
    radius_um: float
    color: str
    line_um: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything to draw, the lowest first. `cut`: labels of which only a part or a count is shown."""

    shapes: tuple[Bar | Disc, ...]
    texts: tuple[Text, ...]
    cut: tuple[str, ...]


@lru_cache(maxsize=64)
def lay_out(grid: MonthGrid, panel: Frame) -> Layout:
    """Set a month within `panel`."""
    return _Setting(grid, panel).layout()


@lru_cache
def figure_height(font_code: str) -> float:
    """Of a nought, in ems."""
    return float(-outline("0", font_code).path.computeTightBounds().top())


class _Setting:
    """The measures of one grid, and what has been set so far."""

    def __init__(self, grid: MonthGrid, panel: Frame) -> None:
        self.grid, self.panel = grid, panel
        self.look: Look = LOOKS[grid.look]
        self.names: Names = names_of(grid.locale)
        self.accent = self.look.accents[grid.month - 1]
        self.head_um = min(max(HEAD * panel.height, HEAD_LEAST_UM), HEAD_MOST_UM)
        self.weekdays_um = min(max(WEEKDAYS * panel.height, WEEKDAYS_LEAST_UM), WEEKDAYS_MOST_UM)
        self.numbers = NUMBER_COLUMN if grid.week_numbers else 0.0
        self.day_w = panel.width / (DAYS_A_WEEK + self.numbers)
        self.days_top = panel.top + self.head_um + self.weekdays_um
        room = panel.bottom - self.days_top
        self.day_h = room / max(USUAL_WEEKS, len(grid.weeks))
        self.short = min(self.day_w, room / MOST_WEEKS)
        self.figure_um = self.look.number_size * self.short
        self.number_um = self.figure_um / figure_height(self.look.number_font)
        if self.names.zero != "0":
            self.number_um *= self.names.scale
        self.pad = PAD * self.short if self.look.rules else 0.0
        self.pad_top = PAD_TOP * self.short + self._below_figure()
        self.beside = self.look.align == "start" and self.day_w > ROOMY * room / MOST_WEEKS
        label_um = LABEL * self.short * (BESIDE_LARGER if self.day_w > ROOMY * self.short else 1.0)
        label_um = min(max(label_um, LABEL_LEAST_PT * UM_PER_PT), LABEL_MOST_PT * UM_PER_PT)
        self.label_um = label_um * self.names.scale
        self.shapes: list[Bar | Disc] = []
        self.texts: list[Text] = []
        self.cut: list[str] = []

    def layout(self) -> Layout:
        self._grounds()
        self._head()
        self._weekdays()
        for row, week in enumerate(self.grid.weeks):
            self._week(row, week)
        return Layout(tuple(self.shapes), tuple(self.texts), tuple(self.cut))

    # Columns are counted from where the language begins to read.
    def _column(self, number: int) -> tuple[float, float]:
        """Left and right edge of a weekday's column."""
        start = (self.numbers + number) * self.day_w
        if self.names.rtl:
            return self.panel.right - start - self.day_w, self.panel.right - start
        return self.panel.left + start, self.panel.left + start + self.day_w

    def _start(self, left: float, right: float, *, pad: float) -> tuple[float, Anchor]:
        """Where text begins between two edges, as the look aligns it."""
        if self.look.align == "center":
            return (left + right) / 2, "center"
        return (right - pad, "right") if self.names.rtl else (left + pad, "left")

    def _end(self) -> tuple[float, Anchor]:
        return (self.panel.left, "left") if self.names.rtl else (self.panel.right, "right")

    def _is_weekend(self, day: date) -> bool:
        return day.weekday() in self.names.weekend

    def _grounds(self) -> None:
        bottom = self.days_top + self.day_h * len(self.grid.weeks)
        if self.look.tinted:
            for number, day in enumerate(self.grid.weeks[0]):
                if self._is_weekend(day):
                    left, right = self._column(number)
                    self.shapes.append(Bar(Frame(left, self.days_top, right, bottom), self.look.tinted))
        if self.look.bar:
            top = self.panel.top + self.head_um
            self.shapes.append(Bar(Frame(self.panel.left, top, self.panel.right, self.days_top), self.accent))
        if self.look.rules:
            for row in range(0 if not self.look.bar else 1, len(self.grid.weeks)):
                self._rule(self.days_top + row * self.day_h, strong=row == 0)

    def _rule(self, y: float, *, strong: bool) -> None:
        half = (RULE_UM if strong else HAIRLINE_UM) / 2
        self.shapes.append(Bar(Frame(self.panel.left, y - half, self.panel.right, y + half), INK if strong else FAINT))

    def _head(self) -> None:
        look, names, panel = self.look, self.names, self.panel
        stacked = panel.height > panel.width
        month = self._capital(names.month(self.grid.month), capitals=look.month_capitals)
        font, spacing = self._letters(look.month_font), self._spacing(look.month_spacing)
        written = [self._capital(name, capitals=look.month_capitals) for name in names.months]
        size = self._month_size(written, font, spacing, stacked=stacked)
        rise, depth = _reach(written, font)
        year, year_size = names.year(self.grid.year), size * (STACKED_YEAR if stacked else YEAR)
        color = self.accent if look.bar else INK
        baseline = panel.top + rise * size
        x, anchor = self._start(panel.left, panel.right, pad=0)
        if stacked:
            self._text(month, font, size, x, baseline, anchor, color, spacing)
            below = baseline + self._year_step(depth) * size
            self._text(year, look.year_font, year_size, x, below, anchor, QUIET, spacing)
            return
        # Letters that hang low must not touch what is below.
        lowest = panel.top + self.head_um * (1 - HEAD_CLEAR) - depth * size
        cap_um = size * figure_height(look.month_font)
        baseline = max(baseline, min(panel.top + cap_um + (self.head_um - cap_um) * 0.24, lowest))
        if look.align == "center":
            self._pair(month, year, (font, size, spacing), year_size, baseline, color)
            return
        self._text(month, font, size, x, baseline, anchor, color, spacing)
        x, anchor = self._end()
        self._text(year, look.year_font, year_size, x, baseline, anchor, QUIET)

    def _pair(
        self, month: str, year: str, setting: tuple[str, float, float], year_size: float, baseline: float, color: str
    ) -> None:
        """Month and year as one centered line."""
        font, size, spacing = setting
        month_w, year_w = (
            _ink_width(month, font, spacing) * size,
            _ink_width(year, self.look.year_font, 0.06) * year_size,
        )
        gap = size * 0.42
        begin = (self.panel.left + self.panel.right - month_w - gap - year_w) / 2
        month_x, year_x = (begin + year_w + gap, begin) if self.names.rtl else (begin, begin + month_w + gap)
        self._text(month, font, size, month_x, baseline, "left", color, spacing)
        self._text(year, self.look.year_font, year_size, year_x, baseline, "left", QUIET, 0.06)

    def _month_size(self, written: list[str], font: str, spacing: float, *, stacked: bool) -> float:
        """One size for all twelve months: the longest and the tallest must fit."""
        room_um = self.panel.width * (1.0 if stacked else INLINE_MONTH)
        rise, depth = _reach(written, font)
        room_high_um = self.head_um * (1 - (STACKED_CLEAR if stacked else HEAD_CLEAR))
        high = rise + (self._year_step(depth) if stacked else depth)
        cap_um = self.look.month_size * self.head_um * (1.0 if stacked else INLINE_LARGER) * self.names.scale
        widest = max(_ink_width(month, font, spacing) for month in written)
        return min(cap_um / figure_height(self.look.month_font), room_um / widest, room_high_um / high)

    def _year_step(self, depth: float) -> float:
        """From the month's line to that of the year below it, in ems of the month; clear of letters that hang low."""
        figure = STACKED_YEAR * figure_height(self.look.year_font)
        return max(YEAR_STEP * figure, depth + 0.1 + figure)

    def _weekdays(self) -> None:
        look, top = self.look, self.panel.top + self.head_um
        size = WEEKDAY_PT * UM_PER_PT * max(1.0, min(self.short / 14_000, 1.3)) * self.names.scale
        font, spacing = self._letters(look.weekday_font), self._spacing(look.weekday_spacing)
        rise = figure_height(look.weekday_font) * size
        baseline = top + (self.weekdays_um + rise) / 2 if look.bar else self.days_top - self.weekdays_um * 0.36
        names = self._weekday_names(font, size, spacing)
        for number, day in enumerate(self.grid.weeks[0]):
            x, anchor = self._start(*self._column(number), pad=self.pad)
            color = self.accent if self._is_weekend(day) and not look.bar else QUIET
            self._text(names[day.weekday()], font, size, x, baseline, anchor, "#ffffff" if look.bar else color, spacing)

    def _weekday_names(self, font: str, size: float, spacing: float) -> tuple[str, ...]:
        """The longest names that all fit their columns."""
        widths = WIDTHS if self.look.weekday_long else WIDTHS[1:]
        room = self.day_w - max(2 * self.pad, size * WEEKDAY_GAP)
        for width in widths:
            found = [self._capital(name, capitals=self.look.weekday_capitals) for name in self.names.weekdays[width]]
            if max(advance(name, font, spacing) for name in found) * size <= room:
                break
        return tuple(found)

    def _week(self, row: int, week: Week) -> None:
        top = self.days_top + row * self.day_h
        baseline = top + self.pad_top + self.figure_um
        if self.grid.week_numbers:
            self._week_number(week, baseline)
        for number, day in enumerate(week):
            if self.grid.shows(day):
                self._day(day, self._column(number), top, baseline)
            elif self.look.neighbors:
                x, anchor = self._start(*self._column(number), pad=self.pad)
                self._text(
                    self.names.number(day.day), self.look.number_font, self.number_um, x, baseline, anchor, FAINT
                )

    def _week_number(self, week: Week, baseline: float) -> None:
        width = self.numbers * self.day_w
        x = self.panel.right - width / 3 if self.names.rtl else self.panel.left + width / 3
        size = WEEK_NUMBER_PT * UM_PER_PT
        number = self.names.number(week_number(week))
        self._text(number, self.look.weekday_font, size, x, baseline, "center", PALE)

    def _day(self, day: date, column: tuple[float, float], top: float, baseline: float) -> None:
        marks = self.grid.marks_on(day)
        holiday = any(mark.kind == "holiday" for mark in marks)
        color = self.accent if holiday or self._is_weekend(day) else INK
        x, anchor = self._start(*column, pad=self.pad)
        number = self.names.number(day.day)
        left, right = _ink_edges(number, self.look.number_font, self.number_um, x, anchor)
        if holiday and self.look.emphasis != "color":
            x, anchor = self._emphasize((left + right) / 2, column, baseline - self.figure_um / 2), "center"
            color = "#ffffff" if self.look.emphasis == "disc" else color
        self._text(number, self.look.number_font, self.number_um, x, baseline, anchor, color)
        if any(mark.kind == "own" for mark in marks) and not self.beside:
            reach = self.figure_um * (0.8 if holiday and self.look.emphasis != "color" else 0.45)
            dot_x = left - reach if self.names.rtl else right + reach
            dot_color = self.accent if self.look.own_color == INK else self.look.own_color
            self.shapes.append(Disc(dot_x, baseline - self.figure_um / 2, DOT * self.figure_um, dot_color))
        self._labels(marks, column, baseline, top + self.day_h)

    def _emphasize(self, x: float, column: tuple[float, float], y: float) -> float:
        """Draw a ring or disc; answers where its middle is. On a ground of its own it keeps within the day."""
        radius, (left, right) = RING * self.figure_um, column
        if self.look.tinted:
            inset = radius + self.pad / 3
            x = min(max(x, left + inset), right - inset)
        line_um = RING_UM if self.look.emphasis == "ring" else 0.0
        self.shapes.append(Disc(x, y, radius, self.accent, line_um))
        return x

    def _below_figure(self) -> float:
        """How far a ring or disc around a figure reaches below it."""
        return 0.0 if self.look.emphasis == "color" else (RING - 0.5) * self.figure_um

    def _labels(self, marks: tuple[Mark, ...], column: tuple[float, float], baseline: float, bottom: float) -> None:
        if not marks:
            return
        step = self.label_um * LABEL_LEADING
        first = baseline + self._below_figure() + (LABEL_GAP + LABEL_ASCENT) * self.label_um
        if self.beside:
            first = baseline - self.figure_um + LABEL_ASCENT * self.label_um
        lines = max(1, int((bottom - self.short * PAD / 2 - first) / step) + 1)
        shown, counted = share_lines([mark.label for mark in marks], lines)
        y, left_over = first, lines - (1 if counted else 0)
        for number, mark in enumerate(marks[:shown]):
            label = self._label(mark, column, y, left_over - (shown - 1 - number))
            y, left_over = y + len(label.lines) * step * label.size, left_over - len(label.lines)
        if counted:
            self.cut += [mark.label for mark in marks[shown:]]
            x, anchor, _ = self._label_room(column)
            self._text(f"+{self.names.number(counted)}", self.look.own_font, self.label_um, x, y, anchor, QUIET)

    def _label_room(self, column: tuple[float, float]) -> tuple[float, Anchor, float]:
        """Where a day's labels begin, and how wide they may be."""
        pad = self.pad + (BESIDE * self.figure_um if self.beside else 0.0)
        margin = LABEL_MARGIN * self.day_w
        x, anchor = self._start(*column, pad=pad)
        return x, anchor, self.day_w - (margin if anchor == "center" else pad + margin)

    def _label(self, mark: Mark, column: tuple[float, float], y: float, lines: int) -> Label:
        """Set one label in at most so many lines."""
        font = self.look.holiday_font if mark.kind == "holiday" else self.look.own_font
        font = font if mark.label.isascii() else self._letters(font)
        x, anchor, room = self._label_room(column)
        label = set_label(mark.label, font, width_em=room / self.label_um, lines=lines)
        color = self.look.own_color if mark.kind == "own" else QUIET if mark.estimated else self.accent
        for number, line in enumerate(label.lines):
            line_y = y + number * self.label_um * label.size * LABEL_LEADING
            self._text(line, font, self.label_um * label.size, x, line_y, anchor, color)
        self.cut += [mark.label] if label.cut else []
        return label

    def _capital(self, name: str, *, capitals: bool) -> str:
        return self.names.capitals(name) if capitals else name

    def _spacing(self, spacing: float) -> float:
        """Only letters that stand apart may be spaced: joined ones would be torn."""
        return spacing if self.names.cased else 0.0

    def _letters(self, font: str) -> str:
        return self.names.face or font

    def _text(
        self, text: str, font: str, size_um: float, x: float, baseline: float, anchor: Anchor, color: str,
        spacing: float = 0.0,
    ) -> None:  # fmt: skip
        self.texts.append(Text(text, font, size_um, x, baseline, anchor, color, spacing))


def _reach(written: list[str], font: str) -> tuple[float, float]:
    """How far above and below the line the ink of these words goes, in ems."""
    bounds = [outline(text, font).path.computeTightBounds() for text in written]
    return max(float(-bound.top()) for bound in bounds), max(0.0, *(float(bound.bottom()) for bound in bounds))


def _ink_width(text: str, font: str, spacing: float) -> float:
    bounds = outline(text, font, spacing).path.computeTightBounds()
    return float(bounds.width())


def _ink_edges(text: str, font: str, size_um: float, x: float, anchor: Anchor) -> tuple[float, float]:
    width = _ink_width(text, font, 0.0) * size_um
    left = x - {"left": 0.0, "center": width / 2, "right": width}[anchor]
    return left, left + width
