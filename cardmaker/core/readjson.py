"""Reading the JSON that others send us unasked or as an answer."""

import json
from typing import Any


def read_json(text: str | bytes, **options: Any) -> Any:
    """As `json.loads`. Raises ValueError for what is no JSON, and for what is nested deeper than Python's stack."""
    try:
        return json.loads(text, **options)
    except RecursionError as exc:
        raise ValueError("nested too deeply") from exc
