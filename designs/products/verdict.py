"""What counts of a comparison allow to say, and no more: shares with their intervals, and who is ahead if anybody is.

Pure. A picture is called ahead only when its whole interval lies above that of every other one. Two 95 % intervals
that do not touch are a test at about 0.6 %, so that of nine comparisons with the leader fewer than one in twenty is
wrong by chance; the least number of views keeps those who look every hour from calling the first lucky day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Z = 1.959964  # 95 %, both sides
ENOUGH_SHOWN = 100  # of each picture
ENOUGH_HITS = 20  # of all together
Measure = Literal["clicked", "bought"]
State = Literal["collecting", "even", "ahead"]
WORDS: dict[Measure, tuple[str, str]] = {
    "clicked": ("is clicked more often", "clicks"),
    "bought": ("is bought from more often", "purchases"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What was told of one picture. `place` is how the set calls it, from 1."""

    place: int
    shown: int
    clicked: int
    bought: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who saw it, 0 to 1, and between what the true share lies, in 95 of 100 such intervals."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Statement:
    """`place`: the picture that is ahead; None while nobody is, or nobody can tell."""

    measure: Measure
    state: State
    place: int | None
    text: str


def share(hits: int, shown: int) -> Share | None:
    """Wilson's interval; None before anybody saw it. More hits than views, as pages tell them, count as all of them."""
    if not shown:
        return None
    part = min(hits, shown) / shown
    spread = Z * Z / shown
    middle = part + spread / 2
    width = Z * sqrt(part * (1 - part) / shown + spread / (4 * shown))
    low, high = (middle - width) / (1 + spread), (middle + width) / (1 + spread)
    return Share(round(part, 4), round(max(0.0, low), 4), round(min(1.0, high), 4))


def statements(pictures: Sequence[Counts]) -> list[Statement]:
    """What can be said of clicks and of purchases, each by itself."""
    return [_statement(pictures, "clicked"), _statement(pictures, "bought")]


def _statement(pictures: Sequence[Counts], measure: Measure) -> Statement:
    more, hits = WORDS[measure]
    if not _enough(pictures, measure):
        told = f"Too early to compare {hits}: each picture needs {ENOUGH_SHOWN} views, and all together {ENOUGH_HITS}"
        return Statement(measure, "collecting", None, f"{told} {hits}.")
    ahead = _ahead(pictures, measure)
    if ahead is None:
        return Statement(measure, "even", None, f"No picture is ahead in {hits}: the differences may be chance.")
    text = f"Picture {ahead} {more} than every other one: its 95 % interval lies above theirs."
    return Statement(measure, "ahead", ahead, text)


def _enough(pictures: Sequence[Counts], measure: Measure) -> bool:
    seen = all(picture.shown >= ENOUGH_SHOWN for picture in pictures)
    return seen and sum(getattr(picture, measure) for picture in pictures) >= ENOUGH_HITS


def _ahead(pictures: Sequence[Counts], measure: Measure) -> int | None:
    shares = {picture.place: share(getattr(picture, measure), picture.shown) for picture in pictures}
    known = {place: found for place, found in shares.items() if found is not None}
    best = max(known, key=lambda place: known[place].share, default=None)
    if best is None or len(known) < 2:
        return None
    others = max(found.high for place, found in known.items() if place != best)
    return best if known[best].low > others else None
