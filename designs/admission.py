"""The one door that every prompt, instruction and word comes in by: personal data is cut out, the rest is screened.

Nothing here logs or stores a text: what was removed is named by its kind alone.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cardmaker.core.errors import BadInput
from designs.screening_rules import DISGUISES, REMOVALS, RULES, Removal, Rule

Purpose = Literal["prompt", "words"]
MAX_CHARACTERS: dict[Purpose, int] = {"prompt": 500, "words": 600}
DATE = re.compile(r"\d{4}[ ./-]\d{1,2}[ ./-]\d{1,2}|\d{1,2}[ ./-]\d{1,2}[ ./-]\d{2,4}|(?:\d{4}[ -]){1,4}\d{4}")
PHONE_DIGITS = range(7, 16)


class Inadmissible(BadInput):
    """The text breaks a rule. `reason` is the rule's code; the message says it for people, beside the field."""

    def __init__(self, field: str, reason: str, message: str) -> None:
        super().__init__(message, details={field: [message]})
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Admitted:
    """The text as it may be stored. `removed` names what was cut out, each kind once: "an e-mail address"."""

    text: str
    removed: list[str]


def admit(text: str, *, field: str, purpose: Purpose = "prompt") -> Admitted:
    """Scrub and screen. `words` are the person's own printed text: only card and account numbers are cut from them.

    Raises Inadmissible, and BadInput when the text is too long; both beside `field`.
    """
    limit = MAX_CHARACTERS[purpose]
    if len(text) > limit:
        raise BadInput.beside(field, f"At most {limit} characters, this has {len(text):,}.")
    cleaned, removed = _scrub(_plain(text), purpose)
    _screen(cleaned, field, purpose)
    return Admitted(cleaned, removed)


def _plain(text: str) -> str:
    """Composed characters and newlines; nothing that is not seen."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Cf holds the joiner of emoji families; fonts decide about those, so only controls and broken halves go.
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))


def _scrub(text: str, purpose: Purpose) -> tuple[str, list[str]]:
    removed: list[str] = []
    for removal in (removal for removal in REMOVALS if purpose in removal.purposes):
        found = [match for match in _pattern(removal).finditer(text) if CHECKS[removal.check](match.group())]
        if found:
            removed.append(removal.label)
            text = _without(text, found)
    return text.strip(), list(dict.fromkeys(removed))


def _without(text: str, found: Iterable[re.Match[str]]) -> str:
    for match in reversed(list(found)):
        text = text[: match.start()] + text[match.end() :]
    return re.sub(r" +([,.;!?]|$)", r"\1", re.sub(r" {2,}", " ", text), flags=re.MULTILINE)


def _screen(text: str, field: str, purpose: Purpose) -> None:
    readings = dict.fromkeys((_folded(text), _undisguised(_folded(text))))
    for rule in (rule for rule in RULES if purpose in rule.purposes):
        for reading in readings:
            term = _broken_by(rule, reading)
            if term:
                raise Inadmissible(field, rule.reason, rule.message.format(term=term))


def _broken_by(rule: Rule, reading: str) -> str | None:
    match = _any_of(rule.terms).search(reading)
    if match is None or (rule.together and not _any_of(rule.together).search(reading)):
        return None
    return match.group()


def _folded(text: str) -> str:
    """Small letters without accents, in one line."""
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return re.sub(r"\s+", " ", bare).casefold()


def _undisguised(folded: str) -> str:
    return " ".join(word.translate(DISGUISES) if re.search("[a-z]", word) else word for word in folded.split(" "))


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    # Longest first, so that the message quotes all of a name.
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) + r")(?!\w)")


@cache
def _pattern(removal: Removal) -> re.Pattern[str]:
    return re.compile(removal.pattern)


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _luhn(text: str) -> bool:
    """The check digit that every payment card number carries."""
    total = 0
    for place, digit in enumerate(reversed(_digits(text))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _phone(text: str) -> bool:
    """As many digits as phone numbers have, and not a date or a row of years."""
    return len(_digits(text)) in PHONE_DIGITS and not DATE.fullmatch(text.strip())


CHECKS: dict[str, Callable[[str], bool]] = {
    "": lambda text: True,
    "digits": lambda text: len(_digits(text)) >= 10,
    "luhn": _luhn,
    "phone": _phone,
}
