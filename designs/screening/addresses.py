"""Postal addresses, found by what speaks for one: a house number, a word for street, a flat, a postcode.

No single sign is enough: "12 lanterns", "the road" and "Suite for cello" are no addresses. Signs are weighed within a
run of names and numbers, so that addresses of many countries are found, written on one line or on several.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from designs.screening.streets import ABBREVIATED, AFTER, AFTER_MAYBE, BEFORE, ENDINGS, LINKING, UNITS

Spans = Iterator[tuple[int, int]]

TOKEN = re.compile(r"(?:[cC]/|#)?[^\W_](?:[\w.'’&/-]*[\w.])?(?:\([A-Z][\w ]+\))?")
GAP = re.compile(r"[ \t\r\n>,]{1,12}")
HOUSE = re.compile(r"\d{1,6}[A-Za-z]?(?:[-/]\d{1,5}[A-Za-z]?)?\.?")
YEAR = re.compile(r"(?:19|20)\d{2}")
STATE = re.compile(r"[A-Z]{2}|nan")
ZIP = re.compile(r"\d{5}(?:-\d{4})?\.?")
POSTCODE = re.compile(
    r"[A-Z]{1,2}\d[A-Z\d]?|\d[A-Z]{2}\.?|[A-Z]\d[A-Z]|\d[A-Z]\d\.?|\d{2}-\d{3}|\d{4}-\d{3}|[A-Z]{1,2}-\d{4,5}"
)
POST_OFFICE = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|postfach|bo[iî]te postale|apartado(?: de correos)?|caixa postal|"
    r"casella postale|pob|(?:psc|unit|hhc|cmr) \d+,? box)\.?\s?:?\s?\d+",
    re.IGNORECASE,
)
MILITARY = re.compile(r"\b(?:APO|FPO|DPO),?\s{1,2}A[AEP]\s{1,2}\d{5}(?:-\d{4})?")
BEFORE_MILITARY = re.compile(r"(?:US[A-Z]{1,4} [\w.' -]+|(?:PSC|Unit|CMR) \d+,? Box \d+)\s*$")
SMALL = re.compile(
    r"(?<!\w)\d{1,5}\s+[a-z]+(?: [a-z]+)?\s+"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|boulevard|blvd|court|terrace)\b\.?(?=\s*(?:,|$|\n|\.))"
)
LED_IN = re.compile(
    r"(?:address(?:es)?(?: is| to| with| of [\w .&-]{1,40} is)?|located|lives?|lived|living|reside[sd]?|moved|"
    r"meeting|return(?: it| to)?|sent|send it|deliver(?:ed)?|ship(?:ped)?|mail(?:ed)?|meet(?: me| you)?|arrived|taxi|"
    r"office is|offices are|restaurant is|it'?s|it is|drops you off|wohne?n?|adresse|anschrift|dirección|indirizzo|"
    r"same|following|they are)\W{0,4}(?:now |it )?(?:in|at|to|on|:|is)?\W{0,4}(?:the )?$",
    re.IGNORECASE,
)
ENOUGH = 3
# Words in small letters that belong to an address once it has begun, and those that may begin one.
WITHIN = LINKING | AFTER | BEFORE | UNITS
BEGINNING = UNITS | {"ul", "rue", "calle", "avenida", "chemin", "impasse"}
LOUD = 1  # so much more where all is written in capitals, and capitals say nothing
LONGEST_NAME = 5  # words between a house number and its street word
FAR = 60  # characters before an address that may lead in to it


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text. `bare`: small letters without accents and dots."""

    text: str
    bare: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return HOUSE.fullmatch(self.text) is not None

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper() or self.text.startswith(("c/", "#"))


def find(text: str) -> Spans:
    """Where addresses are, in no order, none overlapping another."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*_by_form(text), *_by_signs(text)]):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    yield from merged


def _by_form(text: str) -> Spans:
    """Those whose form says enough: post office boxes, military mail, a street in small letters that ends a line."""
    for match in MILITARY.finditer(text):
        first = max(0, match.start() - FAR)  # every look before it has an end, however many there are
        before = BEFORE_MILITARY.search(text[first : match.start()])
        yield (first + before.start() if before else match.start()), match.end()
    for match in POST_OFFICE.finditer(text):
        yield match.span()
    for match in SMALL.finditer(text):
        yield match.span()


def _by_signs(text: str) -> Spans:
    loud = LOUD if text.isupper() else 0
    for run in _runs(text):
        first = _first(run)
        if first is None:
            continue
        block = _trimmed(run[first:])
        if block and _weight(block, text[max(0, block[0].start - FAR) : block[0].start]) >= ENOUGH + loud:
            yield block[0].start, block[-1].end - (1 if _full_stop(block[-1]) else 0)


def _runs(text: str) -> Iterator[list[Token]]:
    """Names and numbers one after the other, with linking words between them, over line ends and commas."""
    run: list[Token] = []
    for match in TOKEN.finditer(text):
        token = Token(match.group(), _bare(match.group()), *match.span())
        linked = bool(run) and GAP.fullmatch(text[run[-1].end : token.start]) is not None and not _ends(run[-1])
        if run and not linked:
            yield run
            run = []
        if token.is_name or token.text[0].isdigit() or token.bare in (WITHIN if run else BEGINNING):
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _first(run: Sequence[Token]) -> int | None:
    """Where an address may begin in a run: at a house number or at a word for street before its name."""
    for place, token in enumerate(run[:-1]):
        following = run[place + 1]
        if token.is_number or token.bare in BEFORE or (token.bare in UNITS and following.is_number):
            return place
        if token.is_name and (_is_compound(token) or (following.bare in AFTER and _number_follows(run, place + 1, 1))):
            return place
    return None


def _trimmed(block: Sequence[Token]) -> Sequence[Token]:
    """Without linking words at its end."""
    while block and block[-1].bare in LINKING:
        block = block[:-1]
    return block


def _weight(block: Sequence[Token], before: str) -> int:
    """How much speaks for an address."""
    if not any(token.text[0].isdigit() for token in block):
        return 0
    signs = [_street(block), 2 * _unit(block), 2 * _postcode(block), _house(block), _between_numbers(block)]
    return sum(signs) + (1 if LED_IN.search(before) else 0)


def _street(block: Sequence[Token]) -> int:
    """2 for a word for street with its name and a number by it, 1 for a word that may be one."""
    likely = 0
    for place, token in enumerate(block):
        named = 1 < place <= LONGEST_NAME + 2 and block[0].is_number and not block[place - 1].is_number
        if token.bare in AFTER and place and (named or _number_follows(block, place, 1)):
            return 2 if named else 3
        if token.bare in BEFORE and _name_and_number_follow(block, place):
            return 3 if place == 0 else 2
        if _is_compound(token) and (_number_follows(block, place, 1) or (place and block[0].is_number)):
            return 3 if place == 0 else 2
        likely = max(likely, int(token.bare in AFTER_MAYBE and named))
    return likely


def _unit(block: Sequence[Token]) -> bool:
    return any(token.bare in UNITS and following.is_number for token, following in pairwise(block))


def _postcode(block: Sequence[Token]) -> bool:
    pairs = list(pairwise(block))
    american = any(STATE.fullmatch(one.text) and ZIP.fullmatch(other.text) for one, other in pairs)
    other = any(POSTCODE.fullmatch(one.text) and not one.is_number for one in block[1:])
    german = any(ZIP.fullmatch(one.text) and other.is_name for one, other in pairs[1:])
    last = len(block) > 2 and ZIP.fullmatch(block[-1].text) is not None
    return american or other or german or last


def _house(block: Sequence[Token]) -> bool:
    names = [token for token in block if not token.is_number]
    numbered = block[0].is_number and YEAR.fullmatch(block[0].text) is None
    return numbered and bool(names) and (names[0].is_name or names[0].bare in BEFORE)


def _between_numbers(block: Sequence[Token]) -> bool:
    """A name between two numbers, as foreign streets come out of forms: "2608 Nuussuataap 285"."""
    numbers = [place for place, token in enumerate(block) if token.is_number]
    return len(numbers) > 1 and numbers[0] == 0 and numbers[1] > 1


def _number_follows(block: Sequence[Token], place: int, within: int) -> bool:
    return any(token.is_number for token in block[place + 1 : place + 1 + within])


def _name_and_number_follow(block: Sequence[Token], place: int) -> bool:
    """ "Rue E 330", and not "Route 66"."""
    following = block[place + 1 : place + 2]
    return bool(following) and not following[0].is_number and _number_follows(block, place + 1, LONGEST_NAME)


def _is_compound(token: Token) -> bool:
    return token.is_name and any(
        token.bare.endswith(ending) and len(token.bare) > len(ending) + 2 for ending in ENDINGS
    )


def _ends(token: Token) -> bool:
    """Whether a sentence ends here, and not an abbreviation."""
    return _full_stop(token)


def _full_stop(token: Token) -> bool:
    return token.text.endswith(".") and token.bare not in ABBREVIATED and len(token.bare) > 1


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return (
        "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
        .rstrip(".")
        .translate({0x142: "l"})
    )
