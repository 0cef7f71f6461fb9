"""Judging a text: the names in it, the rules it may break, the oaths in it. Nothing is stored or logged here."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from designs.screening import names as protected
from designs.screening.names import Names
from designs.screening.reading import fold, readings
from designs.screening.rules import BLOCK, HARMLESS, PROMPT, RULES, SACRED, SIGNS, Rule
from designs.screening.verdict import Concern, Refusal, Verdict

LONGEST_EXCERPT = 80
PIECE = 1_000  # characters
OVERLAP = 100  # characters: no oath is longer, with whatever was put between its letters


def judge(text: str, purpose: str, names: Names, own: Sequence[str] = (), longest: int | None = None) -> Verdict:
    """Refused, rewritten, or let through with what a person should look at. `purpose`: prompt or words.

    `own`: brands that a prompt may name. No other rule asks for them. `longest`: characters that it may have.
    """
    read = readings(text)
    concerns: list[Concern] = []
    for rule in (rule for rule in RULES if purpose in rule.purposes):
        broken = _broken_by(rule, read)
        if broken is None:
            continue
        if rule.action == BLOCK:
            return Verdict(text, refusal=Refusal(rule.reason, rule.message))
        if rule.terms is not SIGNS or not _any_of(SACRED).search(read[0]):
            concerns.append(Concern(rule.reason, broken[:LONGEST_EXCERPT]))
    concerns += [Concern("profanity", oath) for oath in _oaths(text)[:1]]
    named = protected.judge(text, names, own, longest) if purpose == PROMPT else Verdict(text)
    return replace(named, concerns=_each_reason_once([*concerns, *named.concerns]))


def _each_reason_once(concerns: Iterable[Concern]) -> tuple[Concern, ...]:
    excerpts: dict[str, list[str]] = {}
    for concern in concerns:
        excerpts.setdefault(concern.reason, []).append(concern.excerpt)
    return tuple(Concern(reason, ", ".join(dict.fromkeys(said))) for reason, said in excerpts.items())


def _broken_by(rule: Rule, read: Iterable[str]) -> str | None:
    """What of any reading breaks the rule."""
    for reading in read:
        seen = _any_of(rule.unless).sub("·", reading) if rule.unless else reading
        found = _found(rule.terms, rule.patterns, seen)
        if found and (
            not (rule.together or rule.together_patterns) or _found(rule.together, rule.together_patterns, seen)
        ):
            return found
    return None


def _found(listed: tuple[str, ...], patterns: tuple[str, ...], reading: str) -> str | None:
    searches = ([_any_of(listed)] if listed else []) + [re.compile(pattern) for pattern in patterns]
    return next((match.group() for search in searches if (match := search.search(reading))), None)


@cache
def _any_of(listed: tuple[str, ...]) -> re.Pattern[str]:
    # Longest first, so that the excerpt quotes all of it.
    said = (re.escape(fold(term)).replace(r"\*", r"\w*") for term in sorted(listed, key=len, reverse=True))
    return re.compile(r"(?<!\w)(?:" + "|".join(said) + r")(?!\w)")


def _oaths(text: str) -> list[str]:
    """The package reads a row of signs anew from each of them: a long text is given to it in pieces."""
    found = (_oath_filter().check_profanity(piece).get("profane_words") or [] for piece in _pieces(text))
    return next((oaths for oaths in found if oaths), [])


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of at most PIECE characters, each of whole words and from the end of the piece before on."""
    start, words = 0, [match.start() for match in re.finditer(r"\S+", text)]
    while len(text) - start > PIECE:
        end = _word_at(words, start + PIECE, after=start + OVERLAP)
        yield text[start:end]
        start = _word_at(words, end - OVERLAP, after=start)
    yield text[start:]


def _word_at(words: list[int], place: int, *, after: int) -> int:
    """Where the word at this place begins; the place itself in a word that began too long ago."""
    began = words[max(bisect_right(words, place) - 1, 0)]
    return began if began > after else place


@cache
def _oath_filter() -> Any:
    """The package's English list; its other languages call everyday words bad (French "bite", German "Bitte")."""
    from glin_profanity import Filter

    return Filter(
        {
            "languages": ["english"],
            "detect_leetspeak": True,
            "normalize_unicode": True,
            "ignore_words": list(HARMLESS),
            "whitelist": ["dick van dyke", "cockapoo", "scunthorpe", "penistone", "shitake", "shiitake"],
        }
    )
