"""Reading the JSON that strangers send: only what can be kept and told again."""

import json
import math
from collections.abc import Mapping
from typing import IO, Any

from rest_framework import exceptions
from rest_framework.parsers import JSONParser

LONGEST_LIST = 200  # far above every limit of ours; DRF checks each element before it counts them


class SoundJSON(JSONParser):
    """JSON without what would be a 500 further on, refused as unreadable.

    That is nesting beyond Python's stack, numbers beyond a float, and halves of surrogate pairs, which no database
    stores and no answer can quote. Nor lists so long that telling what is wrong with each element takes seconds. The
    size is bounded before, by DATA_UPLOAD_MAX_MEMORY_SIZE.
    """

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read()
        try:
            return _sound(
                json.loads(body.decode(), parse_float=_number, parse_int=_whole, parse_constant=_number), body
            )
        except RecursionError as exc:
            raise exceptions.ParseError("This JSON is nested too deeply.") from exc
        except ValueError as exc:
            raise exceptions.ParseError("This is not JSON that we can read.") from exc


def _sound(parsed: Any, body: bytes) -> Any:
    """`parsed`, unless a list in it is too long or a part of it is no text, which only an escape can write."""
    parts = [parsed]
    while parts:
        part = parts.pop()
        if isinstance(part, list) and len(part) > LONGEST_LIST:
            raise exceptions.ParseError(f"A list holds at most {LONGEST_LIST} things.")
        parts += part if isinstance(part, list) else part.values() if isinstance(part, dict) else ()
    if b"\\u" in body:
        json.dumps(parsed, ensure_ascii=False).encode()
    return parsed


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def _whole(text: str) -> int:
    _number(text)
    return int(text)
