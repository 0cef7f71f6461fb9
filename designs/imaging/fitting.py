"""The size of words: the largest that fits the page and suits their length."""

from __future__ import annotations

from functools import partial

from designs import fonts
from designs.imaging import linebreak
from designs.imaging.geometry import UM_PER_PT
from designs.imaging.lettering import MIN_PT, SIZES, Lettering
from designs.imaging.shaping import advance
from designs.imaging.sheet import Frame, Sheet, band_frame, text_frame

DISPLAY_EM = 0.155  # a short greeting is set this large, as a share of the page width: 56 pt on a 5 in card
QUIET = 0.8  # of it on bare paper or a panel, where nothing competes with the words
GREETING_LETTERS = 24  # up to here words are a greeting; beyond they turn into reading matter and shrink slowly
SHRINK = 0.42
STEP = 0.96  # from one size tried to the next
READING_PT = 14.0  # words rather leave their band than go under this
GREETING_LINES = 6  # up to here size is given up for better lines, as a share of it:
LEAST_SHARE = 0.7  # no further than this
LINE_WORTH = {"center": 0.26, "top": 0.28, "bottom": 0.28}  # for one line less; at an edge it shows more of the picture
BREAK_WORTH = 0.45  # for 1 of linebreak.badness
BLANK_LINE = 0.6  # of a line
# Distance of baselines in ems, at LARGE_PT and over, and at SMALL_PT and under: tight for a greeting, open for reading.
LEADING = {"script": (1.0, 1.2), "hand": (0.92, 1.1), "serif": (1.14, 1.42), "sans": (1.16, 1.45)}
LARGE_PT, SMALL_PT = 40.0, 14.0


def largest_pt(text: str, lettering: Lettering, sheet: Sheet) -> float:
    """Where the search begins: the points asked for, or what a designer would choose for this many letters."""
    if not isinstance(lettering.size, str):
        return lettering.size
    letters = len("".join(text.split()))
    shrink = (GREETING_LETTERS / max(letters, GREETING_LETTERS)) ** SHRINK
    quiet = QUIET if lettering.plate == "panel" or not sheet.over_picture else 1.0
    display_pt = DISPLAY_EM * sheet.short_side_um / UM_PER_PT * quiet
    scale = fonts.font(lettering.font).scale
    return float(max(display_pt * shrink * SIZES[lettering.size] * scale, MIN_PT * scale))


def fitting_pt(text: str, lettering: Lettering, sheet: Sheet, *, at_most: float) -> float | None:
    """The size to set at; None when the words do not fit at a readable size, or not at the points asked for."""
    scale = fonts.font(lettering.font).scale
    frame = text_frame(lettering, sheet)
    if not isinstance(lettering.size, str):
        fits = at_most == lettering.size and lines_that_fit(text, lettering, frame, at_most)
        return at_most if fits else None
    in_band = _search(text, lettering, band_frame(lettering, sheet), at_most)
    if in_band and in_band >= min(READING_PT * scale, at_most):
        return in_band
    return _search(text, lettering, frame, at_most)


def lines_that_fit(text: str, lettering: Lettering, frame: Frame, size_pt: float) -> int:
    """How many lines the text takes at this size; 0 when they are too many for the frame."""
    size_um = size_pt * UM_PER_PT
    lines = linebreak.count_lines(text, frame.width / size_um, partial(advance, font_code=lettering.font))
    steps = lines - 1 - text.count("\n\n") * (1 - BLANK_LINE)
    return lines if (steps * leading(lettering, size_pt) + 1) * size_um <= frame.height else 0


def leading(lettering: Lettering, size_pt: float) -> float:
    """Distance of two baselines in ems."""
    chosen = fonts.font(lettering.font)
    tight, loose = LEADING[chosen.kind]
    share = (size_pt / chosen.scale - SMALL_PT) / (LARGE_PT - SMALL_PT)
    return loose + (tight - loose) * min(1.0, max(0.0, share))


def _search(text: str, lettering: Lettering, frame: Frame, at_most: float) -> float | None:
    sizes = _sizes(at_most, MIN_PT * fonts.font(lettering.font).scale)
    widest_em = linebreak.longest_word(text, partial(advance, font_code=lettering.font))
    # Words are kept whole by shrinking; only at the least size may one be broken.
    whole = [size for size in sizes if widest_em * size * UM_PER_PT <= frame.width] or sizes[-1:]
    fitting = [size for size in whole if lines_that_fit(text, lettering, frame, size)]
    if not fitting or lines_that_fit(text, lettering, frame, fitting[0]) > GREETING_LINES:
        return fitting[0] if fitting else None
    tried = [size for size in fitting if size >= fitting[0] * LEAST_SHARE]
    return max(tried, key=lambda size: _pleasure(text, lettering, frame, size) + size / fitting[0])


def _pleasure(text: str, lettering: Lettering, frame: Frame, size_pt: float) -> float:
    limit, measure = frame.width / (size_pt * UM_PER_PT), partial(advance, font_code=lettering.font)
    lines = linebreak.count_lines(text, limit, measure)
    return -LINE_WORTH[lettering.layout] * lines - BREAK_WORTH * linebreak.badness(text, limit, measure)


def _sizes(largest: float, least: float) -> list[float]:
    if largest < least:
        return []
    sizes = [largest]
    while sizes[-1] * STEP > least:
        sizes.append(sizes[-1] * STEP)
    return [*sizes, least] if largest > least else sizes
