"""Personal data in a text: found, named by kind, cut out. What is found first is not looked at again.

In a prompt, a pasted text or a note everything goes; in printed words only what must not lie on a card: a greeting may
carry the address of the party. Names always stay.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from designs.screening import addresses, numbers

Finder = Callable[[str], Iterator[tuple[int, int]]]
MASK = "\x00"  # stands for what was found, so that no later finder sees it or reads across it

# No mailbox has a longer name than 64; unbounded, a text of "1-1-1-…" would be read anew from each of its signs.
EMAIL = re.compile(
    r"(?<![\w.])[\w.+%'-]{0,64}\w\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?)[\w-]+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data. `label` is said to the person; `printed`: it goes from printed words too."""

    label: str
    find: Finder
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data from `start` to `end` of a text."""

    label: str
    start: int
    end: int


def emails(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in EMAIL.finditer(text))


KINDS = (
    Kind("an email address", emails),
    Kind("a card number", numbers.cards, printed=True),
    Kind("a bank account number", numbers.ibans, printed=True),
    Kind("a social security number", numbers.social_security, printed=True),
    Kind("an identity number", numbers.identities, printed=True),
    Kind("a network address", numbers.network_addresses),
    Kind("a postal address", addresses.find),
    Kind("a phone number", numbers.phones),
    Kind("a long number", numbers.long_numbers),
)


def find(text: str, *, printed: bool = False) -> list[Found]:
    """All personal data of a text, in its order, nothing twice. `printed`: only what printed words may not carry."""
    found: list[Found] = []
    for kind in KINDS:
        if kind.printed or not printed:
            spans = [span for span in kind.find(text) if span[1] > span[0]]
            found += [Found(kind.label, *span) for span in spans]
            for start, end in spans:
                text = text[:start] + MASK * (end - start) + text[end:]
    return sorted(found, key=lambda one: one.start)


def scrub(text: str, *, printed: bool = False) -> tuple[str, list[str]]:
    """The text without personal data, and what was cut out: each kind once, in the order of the text."""
    found = find(text, printed=printed)
    for one in reversed(found):
        text = text[: one.start] + text[one.end :]
    if found:
        text = re.sub(r" +([,.;!?]|$)", r"\1", re.sub(r" {2,}", " ", text), flags=re.MULTILINE)
    return text.strip(), list(dict.fromkeys(one.label for one in found))
