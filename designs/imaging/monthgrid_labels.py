"""Names of days in the room a day has: broken into lines, made a little smaller, abbreviated, and at last cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from designs.imaging.linebreak import SMALL_WORDS, Measure, words
from designs.imaging.shaping import advance
from designs.imaging.wording import clusters, tidy

SHRINKING = (1.0, 0.94, 0.88, 0.82, 0.77, 0.72)  # of the label's size; less would not be read on a wall
ELLIPSIS = "…"
SHORTER = (
    (re.compile(r" \((?:observed|in lieu)\)"), " (obs.)"),
    (re.compile(r"\bInternational\b"), "Int’l"),
    (re.compile(r"\bNational\b"), "Nat’l"),
    (re.compile(r"\bSaint\b"), "St."),
    (re.compile(r"\bIndependence\b"), "Indep."),
    (re.compile(r"\b([Bb])irthday\b"), r"\1’day"),
    (re.compile(r"\bDay of the\b"), "Day of"),
)
# In the narrow room of a day Thai and Lao, too, are broken between letters, rather than cut.
UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Label:
    """`size` is a share of the size asked for; `cut`: something of what was written is not shown."""

    lines: tuple[str, ...]
    size: float
    cut: bool = False


def set_label(text: str, font_code: str, *, width_em: float, lines: int) -> Label:
    """Fit one label into `lines` lines of `width_em`, in ems of its size."""
    measure, written = partial(advance, font_code=font_code), tidy(text).replace("\n", " ")
    for wording in dict.fromkeys((written, shortened(written))):
        for size in SHRINKING:
            broken = _broken(wording, width_em / size, measure)
            if broken and len(broken) <= lines:
                return Label(broken, size)
    size = SHRINKING[-1]
    return Label(_cut(shortened(written), width_em / size, lines, measure), size, cut=True)


def shortened(text: str) -> str:
    """With the abbreviations that everybody reads."""
    for pattern, shorter in SHORTER:
        text = pattern.sub(shorter, text)
    return text


def share_lines(labels: Sequence[str], lines: int) -> tuple[int, int]:
    """How many of a day's labels are shown, and how many are only counted ("+2") in its last line."""
    if len(labels) <= lines:
        return len(labels), 0
    shown = max(0, lines - 1)
    return shown, len(labels) - shown


def _broken(text: str, width_em: float, measure: Measure) -> tuple[str, ...]:
    """As many words a line as fit; nothing when a word alone is too wide."""
    found: list[str] = []
    for word, gap in words(text, unspaced=UNSPACED):
        if measure(word) > width_em:
            return ()
        if found and measure(found[-1] + gap + word) <= width_em:
            found[-1] += gap + word
        else:
            found.append(word)
    return tuple(found)


def _cut(text: str, width_em: float, lines: int, measure: Measure) -> tuple[str, ...]:
    """As much of it as fits with an ellipsis, whole words if one fits at all."""
    written = text.split(" ")
    for count in range(len(written) - 1, 0, -1):
        if written[count - 1].lower() in SMALL_WORDS:
            continue
        broken = _broken(" ".join(written[:count]).rstrip(",;:(") + ELLIPSIS, width_em, measure)
        if broken and len(broken) <= lines:
            return broken
    letters = clusters(written[0])
    for count in range(len(letters), 0, -1):
        if measure(begun := "".join(letters[:count]) + ELLIPSIS) <= width_em:
            return (begun,)
    return (ELLIPSIS,)
