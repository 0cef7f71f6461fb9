"""Text of our own for the stand-ins: an object that fits whatever schema is asked for, or one that does not."""

import json
from typing import Any

SENTENCE = "paper boats on a quiet pond under a wide morning sky with small lanterns and drifting clouds"
WORDS = SENTENCE.split()


def text_for(schema: Any, said: str, trouble: str, *, again: bool) -> str:
    """What a model would answer. With trouble `bad_json` the first answer does not fit, with `never_json` none does."""
    if trouble == "never_json" or (trouble == "bad_json" and not again):
        return "Here is what you asked for: {"
    return json.dumps(value_for(schema, said, 0)) if schema else " ".join(WORDS)


def value_for(schema: Any, said: str, number: int) -> Any:
    """Any value that fits a JSON schema of the simple kind."""
    if "const" in schema or "enum" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    kind = schema.get("type")
    if kind == "object":
        names = schema.get("required") or list(schema.get("properties") or {})
        properties = schema.get("properties") or {}
        return {name: value_for(properties.get(name, {}), said, place) for place, name in enumerate(names)}
    if kind == "array":
        count = int(schema.get("minItems", 1))
        return [value_for(schema.get("items") or {}, said, place) for place in range(count)]
    if kind in ("integer", "number"):
        return schema.get("minimum", number)
    if kind == "boolean":
        return True
    return _words(int(schema.get("minLength", 0)), int(schema.get("maxLength", 60)), number)


def _words(least: int, most: int, number: int) -> str:
    text = f"{WORDS[number % len(WORDS)]} number {number + 1}"
    while len(text) < least:
        text += " " + WORDS[len(text) % len(WORDS)]
    return text[:most]
