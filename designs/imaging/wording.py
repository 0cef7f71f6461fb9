"""A writer's words, made fit for setting."""

from __future__ import annotations

import re
import unicodedata

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")  # the typewriter's stands out in set type
# Zero-width (non-)joiners: Persian, Hindi and others spell with them; elsewhere they are only invisible.
JOINERS = "\u200c\u200d"
STRAY_JOINERS = re.compile(f"(?<![\u0600-\u07bf\u0900-\u0dff])[{JOINERS}]|[{JOINERS}](?![\u0600-\u07bf\u0900-\u0dff])")
VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")


def tidy(words: str) -> str:
    """Composed letters, plain newlines and spaces, nothing invisible, no spaces at line ends, no outer blank lines."""
    text = unicodedata.normalize("NFC", NEWLINES.sub("\n", words))
    text = APOSTROPHE.sub("’", text)
    text = STRAY_JOINERS.sub("", VARIATION_SELECTORS.sub("", text))
    text = "".join(_visible(character) for character in text)
    lines = [re.sub(" +", " ", line).strip(f" {NO_BREAK_SPACE}") for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clusters(text: str) -> list[str]:
    """Split into what a reader takes for one character: a letter with the marks above and below it, and its joiners."""
    found: list[str] = []
    for character in text:
        if found and (unicodedata.category(character) in ("Mn", "Mc", "Me") or character in JOINERS):
            found[-1] += character
        else:
            found.append(character)
    return found


def reads_right_to_left(text: str) -> bool:
    """As the first letter that has a direction does (Unicode's bidirectional algorithm, P2 and P3)."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in strong if direction in ("L", "R", "AL")), "L") != "L"


def _visible(character: str) -> str:
    if character in ("\n", NO_BREAK_SPACE) or character in JOINERS:
        return character
    if character == NARROW_NO_BREAK_SPACE:
        return NO_BREAK_SPACE
    category = unicodedata.category(character)
    if character == "\t" or category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else character
