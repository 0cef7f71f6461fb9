"""What screening finds, in plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concern:
    """Why a person should judge something. `excerpt`: the words it is about; `score`: 0 to 1, for pictures.

    `withholds`: a picture that nobody sees until a person has allowed it.
    """

    reason: str
    excerpt: str = ""
    score: float | None = None
    withholds: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not taken: the reason's code, and a sentence for whoever wrote it."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A text as it may be used. `told`: what was changed in it, in sentences. A refusal leaves the rest unsaid."""

    text: str
    told: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    refusal: Refusal | None = None
