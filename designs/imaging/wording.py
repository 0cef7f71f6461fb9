"""A writer's words, made fit for setting."""

from __future__ import annotations

import re
import unicodedata

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")  # the typewriter's stands out in set type
VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f]")


def tidy(words: str) -> str:
    """Composed letters, plain newlines and spaces, nothing invisible, no spaces at line ends, no outer blank lines."""
    text = unicodedata.normalize("NFC", NEWLINES.sub("\n", words))
    text = APOSTROPHE.sub("’", text)
    text = "".join(_visible(character) for character in VARIATION_SELECTORS.sub("", text))
    lines = [re.sub(" +", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def clusters(text: str) -> list[str]:
    """Split into what a reader takes for one character: a letter with the marks above and below it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.category(character) in ("Mn", "Mc", "Me"):
            found[-1] += character
        else:
            found.append(character)
    return found


def _visible(character: str) -> str:
    if character in ("\n", NO_BREAK_SPACE):
        return character
    if character == NARROW_NO_BREAK_SPACE:
        return NO_BREAK_SPACE
    category = unicodedata.category(character)
    if character == "\t" or category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf", "Cs") else character
