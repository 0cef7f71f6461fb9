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
QUIET = 0.8  # of it on bare paper, where nothing competes with the words
GREETING_LETTERS = 24  # up to here words are a greeting; beyond they turn into reading matter and shrink slowly
SHRINK = 0.42
STEP = 0.96  # from one size tried to the next
READING_PT = 14.0  # words rather leave their band than go under this
FEWER_LINES = 0.8  # the share of the size that is given up to save a line
GREETING_LINES = 4  # only a greeting gains by having fewer
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
    display_pt = DISPLAY_EM * sheet.short_side_um / UM_PER_PT * (1.0 if sheet.over_picture else QUIET)
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
    best_pt, best_lines = 0.0, 0
    for size in whole:
        if best_pt and (size < best_pt * FEWER_LINES or best_lines > GREETING_LINES):
            break
        lines = lines_that_fit(text, lettering, frame, size)
        if lines and not best_pt:
            best_pt, best_lines = size, lines
        elif lines and lines < best_lines:
            return size
    return best_pt or None


def _sizes(largest: float, least: float) -> list[float]:
    if largest < least:
        return []
    sizes = [largest]
    while sizes[-1] * STEP > least:
        sizes.append(sizes[-1] * STEP)
    return [*sizes, least] if largest > least else sizes
