"""The contract of a text provider, and what all of them do alike: one answer that fits a JSON schema, repaired once.

`designs.making.writing.written` is what others call: it holds the money, and falls back to rules.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jsonschema

from cardmaker.core.readjson import read_json
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.offers import Model, Usage

TRIES = 2  # the answer, and its repair
AGAIN = "That answer cannot be used: {problem}. Answer again, with JSON alone that fits the schema."
NAMED = "answer"


@dataclass(frozen=True, slots=True)
class TextRequest:
    """`instructions` are ours, `text` is what somebody wrote. The answer is JSON that fits `schema`, an object's."""

    instructions: str
    text: str
    schema: Mapping[str, Any]
    longest_tokens: int = 2_000


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it. `value` None: twice it did not fit; `refusal` says why. It is paid all the same."""

    value: Any
    actual_micros: int
    model: str
    request_id: str
    refusal: str = ""
    calls: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a model: JSON as text or read already, what it used, and their number for it."""

    answer: Any
    usage: Usage | None
    request_id: str


class TextProvider(Protocol):
    """Calls raise only ProviderUnavailable or ProviderRejected."""

    @property
    def name(self) -> str: ...

    def estimate(self, request: TextRequest) -> int:
        """The most that `write` can cost, its repair included, in micro-dollars."""
        ...

    def write(self, request: TextRequest, key: str) -> Written: ...


class TextAdapter:
    """One outside model that writes, bound to its row. A subclass says how it is asked."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def name(self) -> str:
        return self.model.provider

    def estimate(self, request: TextRequest) -> int:
        return self.model.price.worst(width_px=1, height_px=1, count=TRIES, pictures_in=0)

    def write(self, request: TextRequest, key: str) -> Written:
        turns, spent, problem = [request.text], 0, ""
        for tries in range(1, TRIES + 1):
            try:
                said = self.ask(request, turns)
            except (ProviderRejected, ProviderUnavailable) as exc:
                if tries == 1:
                    raise
                # The first answer is paid, whatever became of its repair.
                lost = self._cost(Said(None, None, "")) if getattr(exc, "may_be_charged", False) else 0
                return Written(None, spent + lost, self.model.model_id, key, refusal=exc.reason, calls=tries)
            spent += self._cost(said)
            value, problem = fitting(said.answer, request.schema)
            if not problem:
                return Written(value, spent, self.model.model_id, said.request_id or key, calls=tries)
            turns = [request.text, _quoted(said.answer), AGAIN.format(problem=problem)]
        return Written(None, spent, self.model.model_id, key, refusal=problem, calls=TRIES)

    def ask(self, request: TextRequest, turns: list[str]) -> Said:
        """One paid call: `turns` are said by us and by the model in turn, ours first and last."""
        raise NotImplementedError

    def _cost(self, said: Said) -> int:
        one = self.model.price.worst(width_px=1, height_px=1, count=1, pictures_in=0)
        return self.model.price.actual([(1, 1)], said.usage, worst=one)


def fitting(answer: Any, schema: Mapping[str, Any]) -> tuple[Any, str]:
    """The answer as data, and what about it does not fit; "" when all does."""
    try:
        value = read_json(answer) if isinstance(answer, str) else answer
    except ValueError:
        return None, "it is no JSON"
    error = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(dict(schema)).iter_errors(value))
    if error is None:
        return value, ""
    place = "/".join(str(step) for step in error.absolute_path) or "the whole of it"
    return None, f"{place}: {error.validator} {json.dumps(error.validator_value)[:120]}"


def refused() -> ProviderRejected:
    """The model would not write this."""
    return ProviderRejected("moderated_prompt")


def _quoted(answer: Any) -> str:
    return answer if isinstance(answer, str) else json.dumps(answer)
