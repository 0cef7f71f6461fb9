"""Where lines end: as few as fit, then as even as can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from designs.imaging.wording import clusters

BALANCED_LINES = 5  # a verse or a greeting is balanced; longer paragraphs may end short, as in a book
# What a break is worth beside evenness (0 a full line, 1 an empty one): breathe after a comma, hold small words back.
AFTER_PAUSE, AFTER_SMALL_WORD = -0.12, 0.05
# "Birthday, dear" above the name tears apart what belongs together: worse than a short line. "Year, dear Grandma"
# below "a happy New" is not quite as bad.
AFTER_BEGINNING, BEFORE_ENDING = 0.8, 0.3
PAUSES = (",", ".", "!", "?", ";", ":", "…", "–", "—", "、", "。", "，", "！", "？")
SMALL_WORDS = {
    "a",
    "an",
    "the",
    "i",
    "my",
    "your",
    "our",
    "of",
    "to",
    "and",
    "or",
    "in",
    "on",
    "for",
    "with",
    "be",
    "is",
    "mr.",
    "mrs.",
    "ms.",
    "dr.",
    "st.",
}
# Chinese and Japanese part no words: a line may end after any sign, but for these.
UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")
NO_LINE_BEGIN, NO_LINE_END = "、。，．・）」』】！？：；ーっゃゅょぁぃぅぇぉッャュョァィゥェォ々", "（「『【"
SHORT_END = 0.33  # of the measure; a shorter last line looks like a leftover
Measure = Callable[[str], float]


def words(line: str, *, unspaced: re.Pattern[str] = UNSPACED) -> list[tuple[str, str]]:
    """What must stay whole, each piece with what parts it from the one before: a space, or nothing in Chinese."""
    found: list[tuple[str, str]] = []
    for word in line.split(" "):
        pieces = _signs(word, unspaced) if unspaced.search(word) else [word]
        found += [(piece, "" if number else " ") for number, piece in enumerate(pieces)]
    return found


def longest_word(text: str, measure: Measure) -> float:
    return max((measure(word) for line in text.split("\n") for word, _ in words(line)), default=0.0)


def count_lines(text: str, limit: float, measure: Measure) -> int:
    """How many lines `text` needs at this width, the writer's own newlines kept and empty lines counted."""
    lines = [words(line) for line in text.split("\n")]
    return sum(len(_greedy(_widths(line, measure), _gaps(line, measure), limit)) for line in lines)


def break_lines(text: str, limit: float, measure: Measure) -> list[str]:
    """Lines of at most `limit` wide, in the units of `measure`.

    A word is broken only when it is wider than a line by itself; then it is filled up to the width.
    """
    return [line for written in text.split("\n") for line in _paragraph(written, limit, measure)]


def badness(text: str, limit: float, measure: Measure) -> float:
    """How unpleasant the breaks of `break_lines` are: 0 for none, more for uneven lines, less for breaks at a comma."""
    broken = [_paragraph(written, limit, measure) for written in text.split("\n")]
    return sum(_badness(lines, measure) for lines in broken if len(lines) > 1)


def _badness(lines: Sequence[str], measure: Measure) -> float:
    widths = [measure(line) for line in lines]
    uneven = sum(_raggedness(width, max(widths), free=False) for width in widths)
    spoken = [[word for word, _ in words(line)] for line in lines]
    befores = ["", *(line[-1] for line in spoken)]
    torn = sum(_torn(before, line, last=line is spoken[-1]) for before, line in zip(befores, spoken, strict=False))
    return uneven + sum(_merit(line[-1]) for line in spoken[:-1]) + torn


def _paragraph(written: str, limit: float, measure: Measure) -> list[str]:
    pieces = [
        (piece, " " if number else gap)
        for word, gap in words(written)
        for number, piece in enumerate(_pieces(word, limit, measure))
    ]
    widths, gaps = _widths(pieces, measure), _gaps(pieces, measure)
    needed = len(_greedy(widths, gaps, limit))
    starts = _even(widths, gaps, limit, needed, [word for word, _ in pieces]) if needed > 1 else [0]
    ends = [*starts[1:], len(pieces)]
    return [_joined(pieces[start:end]) for start, end in zip(starts, ends, strict=True)]


def _joined(pieces: Sequence[tuple[str, str]]) -> str:
    return pieces[0][0] + "".join(gap + piece for piece, gap in pieces[1:])


def _widths(pieces: Sequence[tuple[str, str]], measure: Measure) -> list[float]:
    return [measure(piece) for piece, _ in pieces]


def _gaps(pieces: Sequence[tuple[str, str]], measure: Measure) -> list[float]:
    """How wide what stands before each piece is."""
    space = measure(" ")
    return [space if gap else 0.0 for _, gap in pieces]


def _signs(word: str, unspaced: re.Pattern[str]) -> list[str]:
    pieces: list[str] = []
    for sign in clusters(word):
        bound = pieces and (
            sign in NO_LINE_BEGIN
            or pieces[-1][-1] in NO_LINE_END
            or not (unspaced.search(sign) or unspaced.search(pieces[-1][-1]))
        )
        if bound:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def _pieces(word: str, limit: float, measure: Measure) -> list[str]:
    if measure(word) <= limit:
        return [word]
    pieces = [""]
    for character in clusters(word):
        if pieces[-1] and measure(pieces[-1] + character) > limit:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _greedy(widths: Sequence[float], gaps: Sequence[float], limit: float) -> list[int]:
    """The first word of each line when every line takes all it can."""
    starts, reach = [0], 0.0
    for index, (width, gap) in enumerate(zip(widths, gaps, strict=True)):
        before = gap if index > starts[-1] else 0.0
        if reach + before + width > limit and index > starts[-1]:
            starts.append(index)
            reach, before = 0.0, 0.0
        reach += before + width
    return starts


def _even(
    widths: Sequence[float], gaps: Sequence[float], limit: float, needed: int, spoken: Sequence[str]
) -> list[int]:
    """The breaks into exactly `needed` lines that are most even (squares of the room left over) and fall best.

    In a greeting no line ends with the beginning of what the next one says; in reading matter many do.
    """
    ends_free = needed > BALANCED_LINES
    reached: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(needed):
        further: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, starts) in reached.items():
            for end, width in _line_ends(start, widths, gaps, limit):
                last = end == len(widths)
                ragged = cost + _raggedness(width, limit, free=ends_free and last)
                ragged += 0.0 if last else _merit(spoken[end - 1])
                if not ends_free:
                    ragged += _torn(spoken[start - 1] if start else "", spoken[start:end], last=last)
                if end not in further or ragged < further[end][0]:
                    further[end] = (ragged, [*starts, start])
        reached = further
    return reached[len(widths)][1]


def _line_ends(start: int, widths: Sequence[float], gaps: Sequence[float], limit: float) -> Iterator[tuple[int, float]]:
    """Every place where a line that starts here may end, with its width; one word always goes in."""
    width = -gaps[start]
    for end in range(start + 1, len(widths) + 1):
        width += gaps[end - 1] + widths[end - 1]
        if width > limit and end > start + 1:
            return
        yield end, width


def _merit(word: str) -> float:
    """The cost of ending a line with this word; below zero is good."""
    if _pauses(word):
        return AFTER_PAUSE
    return AFTER_SMALL_WORD if word.lower() in SMALL_WORDS else 0.0


def _torn(before: str, line: Sequence[str], *, last: bool) -> float:
    """The cost of a pause within a line that ends what the line above began, or after which the line stops too soon.
    `before` is the last word of the line above, "" for none."""
    if not any(_pauses(word) for word in line[:-1]):
        return 0.0
    stops = 0.0 if last or _pauses(line[-1]) else AFTER_BEGINNING
    return stops + (BEFORE_ENDING if before and not _pauses(before) else 0.0)


def _pauses(word: str) -> bool:
    return word.endswith(PAUSES) and word.lower() not in SMALL_WORDS


def _raggedness(width: float, limit: float, *, free: bool) -> float:
    if free and width > limit * SHORT_END:
        return 0.0
    return ((limit - width) / limit) ** 2
