"""The one door that every prompt, word and note comes in by: personal data is cut out, the rest is screened.

Nothing here logs or stores a text: what was removed is named by its kind alone.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cardmaker.core.errors import BadInput
from designs.screening import names, personal, text
from designs.screening.rules import PROMPT, WORDS
from designs.screening.verdict import Concern

Purpose = Literal["prompt", "words", "pasted", "note"]
MAX_CHARACTERS: dict[Purpose, int] = {"prompt": 500, "words": 600, "pasted": 20_000, "note": 4_000}
# How a text is judged: what is pasted may end in a picture; a note to us may say what it must.
JUDGED_AS = {"prompt": PROMPT, "pasted": PROMPT, "words": WORDS}


class Inadmissible(BadInput):
    """The text breaks a rule. `reason` is the rule's code; the message says it for people, beside the field."""

    def __init__(self, field: str, reason: str, message: str) -> None:
        super().__init__(message, details={field: [message]})
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Admitted:
    """The text as it may be stored. `removed` names what was cut out, each kind once: "an email address".

    `told`: what was written instead of protected names, in sentences. `concerns`: what a person should judge when the
    text is used; the text goes through meanwhile.
    """

    text: str
    removed: list[str]
    told: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()

    def notices(self, name: str) -> list[str]:
        """All that was changed, in sentences for whoever wrote it. `name`: what the text is called there."""
        return [*(f"We took {removed} out of your {name}." for removed in self.removed), *self.told]


def admit(
    written: str,
    *,
    field: str,
    purpose: Purpose = "prompt",
    limit: int | None = None,
    longest: int | None = None,
    own: Sequence[str] = (),
) -> Admitted:
    """Scrub and screen. From `words`, which are printed, only numbers of cards, accounts and papers are cut.

    `limit`: characters that may be written, where the purpose's own is not the right one; `longest`: that may be left
    of them, as many where nothing is said. What is written instead of a name makes no text longer than that. `own`:
    brands that may be named. Raises Inadmissible, and BadInput when the text is too long; both beside `field`. At most
    two queries, and none within `settings.NAMES_FRESH_S` of the last.
    """
    limit = limit or MAX_CHARACTERS[purpose]
    if len(written) > limit:
        raise BadInput.beside(field, f"At most {limit} characters, this has {len(written):,}.")
    longest = longest or limit
    cleaned, removed = personal.scrub(_plain(written), printed=purpose == WORDS)
    if purpose not in JUDGED_AS or not cleaned:
        return Admitted(cleaned, removed)
    if len(cleaned) > longest:
        raise BadInput.beside(field, f"At most {longest} characters, this has {len(cleaned):,}.")
    verdict = text.judge(cleaned, JUDGED_AS[purpose], names.current(), own, longest)
    if verdict.refusal:
        raise Inadmissible(field, verdict.refusal.reason, verdict.refusal.message)
    if len(verdict.text) > longest:
        message = f"{' '.join(verdict.told)} With that it has more than {longest} characters. Please shorten it."
        raise BadInput.beside(field, message)
    return Admitted(verdict.text, removed, verdict.told, verdict.concerns)


def _plain(written: str) -> str:
    """Composed characters and newlines; nothing that is not seen."""
    composed = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    # Cf holds the joiner of emoji families; fonts decide about those, so only controls and broken halves go.
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs"))
