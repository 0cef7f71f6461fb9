"""One sentence -> twelve months: proposes a prompt for the cover and every sheet, by rules, with no model and no cost.

The same sentence and calendar give the same story. Nothing is stored: the person edits what is proposed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cardmaker.core.errors import BadInput
from designs.screening.admission import Admitted, Inadmissible, admit
from designs.year.calendars import COVER, LONGEST_PROMPT, SHEET, SHEETS, SHORTEST_PROMPT, month_of
from designs.year.storybook import FESTIVE, NORTH, SOUTH, SOUTHERN, THEMES, YEAR, Theme

SHORTEST, LONGEST = 3, 300  # characters of the sentence
LONGEST_WRITTEN = 2_000  # before spaces and personal data are taken out; longer ones are not looked at
LONGEST_WHO = 60
LONGEST_STEM = 90
# What people say before they come to the point.
PREAMBLE = re.compile(
    r"^(?:(?:please|can you|could you|(?:i|we)(?: want|'d like| would like)(?: to have| to see)?|make|create|draw|show"
    r"|tell|me|us)\s+)*(?:(?:an?|the|one)\s+)?(?:(?:whole|funny|magical|calendar|year|story)\s+)*"
    r"(?:year|story|calendar)\s+(?:about|of|with|in which|where|that shows)\s+|^(?:please\s+)?(?:show|draw)\s+",
    re.IGNORECASE,
)
# Where the ones it is about end and what they do begins.
ENDS_WHO = re.compile(
    r"\s*(?:[,;:.!?–—-]\s|\b(?:as|in|on|at|around|through|across|to|into|who|that|which|is|are|was|were|goes|go|going|"
    r"travel\w*|explor\w*|visit\w*|becom\w*|turn\w*|having|have|has|celebrat\w*|liv\w*|sail\w*|cook\w*|bak\w*|danc\w*|"
    r"play\w*|hik\w*|run\w*|rid\w*|fly\w*|discover\w*|meet\w*|save\w*|saving|spend\w*|enjoy\w*|wander\w*|do|does|doing|"
    r"make\w*|learn\w*|grow\w*|throughout|every|each|all|over|under|during|from)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
# The pictures start from photos: who says "we" means the people in them.
PEOPLE: Mapping[str, str] = {
    "": "the people in the photos", "i": "the person in the photos", "me": "the person in the photos",
    "myself": "the person in the photos", "we": "the people in the photos", "us": "the people in the photos",
    "our year": "the people in the photos", "my year": "the person in the photos",
}  # fmt: skip


def propose(sentence: str, calendar: Mapping[str, Any]) -> list[dict[str, str]]:
    """[{"position", "prompt"}] for the cover and twelve sheets, each admitted and of 10 to 200 characters.

    Raises BadInput beside `sentence`.
    """
    told = " ".join(_admit(sentence).text.split())
    if not SHORTEST <= len(told) <= LONGEST or not re.search(r"\w", told):
        raise BadInput.beside("sentence", f"Tell the story in one sentence of {SHORTEST} to {LONGEST} characters.")
    found = theme_of(told)
    lead = _cut(told.rstrip(".!?"), LONGEST_STEM) if found is YEAR else who_of(told)
    positions = [COVER, *(f"{SHEET}{number:02d}" for number in range(1, SHEETS + 1))]
    return [{"position": name, "prompt": _page(name, lead, found, told, calendar)} for name in positions]


def notices(sentence: str) -> list[str]:
    """What `propose` changes in the sentence before it listens, for whoever wrote it. Raises Inadmissible."""
    return _admit(sentence).notices("sentence")


def theme_of(sentence: str) -> Theme:
    """The theme that most words of the sentence call for; the first of equals; YEAR when none is called for."""
    words = set(re.findall(r"\w+", sentence.casefold()))
    best = max(THEMES, key=lambda theme: len(theme.words & words))
    return best if best.words & words else YEAR


def who_of(sentence: str) -> str:
    """Whom the sentence is about: "my sister Ann travels the world" is about "my sister Ann"."""
    rest = PREAMBLE.sub("", sentence)
    who = ENDS_WHO.sub("", rest).strip(" ,.;:!?-–—")
    who = PEOPLE.get(who.casefold(), who)
    owned = re.match(r"(?:my|our)\s+(?=\w)", who, re.IGNORECASE)
    if owned:
        who = f"the {who[owned.end() :]} in the photos"
    return _cut(who, LONGEST_WHO)


def _admit(sentence: str) -> Admitted:
    return admit(sentence, field="sentence", limit=LONGEST_WRITTEN, longest=LONGEST)


def _page(position: str, lead: str, found: Theme, sentence: str, calendar: Mapping[str, Any]) -> str:
    """The fullest of our sentences that fits and is admitted: what is added last goes first."""
    for parts in _versions(position, found, sentence, calendar):
        prompt = _sentence(lead, parts)
        if SHORTEST_PROMPT <= len(prompt) <= LONGEST_PROMPT and _admitted(prompt):
            return prompt
    raise BadInput.beside("sentence", "We cannot make a story of this. Please put it another way.")


def _versions(position: str, found: Theme, sentence: str, calendar: Mapping[str, Any]) -> Iterator[list[str]]:
    month = (month_of(position, calendar) or (0, 0))[1]
    if not month:
        yield [found.cover, "room for a title above"]
        yield [found.cover]
        return
    scene = found.scenes[int(position.removeprefix(SHEET)) - 1]
    country = country_of(calendar)
    light = (SOUTH if country in SOUTHERN else NORTH)[month - 1][_chance(sentence, month) % 2]
    festive = {**FESTIVE[""], **FESTIVE.get(country, {})}.get(month, "")
    if festive:
        yield [scene, light, festive]
    yield [scene, light]
    yield [scene]


def country_of(calendar: Mapping[str, Any]) -> str:
    """Whose seasons and feasts: those of the holidays, else of the language."""
    return str(calendar.get("holidays", "")).partition("-")[0] or str(calendar.get("locale", "")).rpartition("-")[2]


def _sentence(lead: str, parts: list[str]) -> str:
    text = ", ".join([f"{lead} {parts[0]}" if not lead.endswith(",") else lead + parts[0], *parts[1:]])
    return text[:1].upper() + text[1:]


def _admitted(prompt: str) -> bool:
    try:
        return admit(prompt, field="sentence").text == prompt
    except Inadmissible:
        return False


def _chance(sentence: str, month: int) -> int:
    return hashlib.sha256(f"{sentence.casefold()}|{month}".encode()).digest()[0]


def _cut(text: str, longest: int) -> str:
    """At most so many characters, whole words."""
    if len(text) <= longest:
        return text
    return text[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:-")
