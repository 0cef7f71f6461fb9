"""As much Liquid as our own app block is written in, so that the block itself is what the theme shows.

Whatever else stands in a block raises: a block that only looks right here would be worse than none.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.html import escape

COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
SCHEMA = re.compile(r"\{%-?\s*schema\s*-?%\}(.*?)\{%-?\s*endschema\s*-?%\}", re.DOTALL)
OUTPUT = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
TEXT = re.compile(r"""^(['"])(.*)\1$""")


class UnknownLiquid(Exception):
    """The block uses something that this cannot show."""


def schema_of(source: str) -> str:
    """The JSON of the block's schema."""
    found = SCHEMA.search(source)
    if found is None:
        raise UnknownLiquid("a block without a schema")
    return found[1]


def render(source: str, values: Mapping[str, Any], *, filters: Mapping[str, Any]) -> str:
    """The HTML of a block. `values` are nested mappings, `filters` functions of one value beside `escape`."""
    text = COMMENT.sub("", SCHEMA.sub("", source))
    known = {"escape": escape, **filters}
    html = OUTPUT.sub(lambda output: str(_value(output[1], values, known)), text)
    if "{%" in html:
        raise UnknownLiquid(html[html.index("{%") :][:60])
    return html.strip()


def _value(expression: str, values: Mapping[str, Any], filters: Mapping[str, Any]) -> Any:
    first, *names = [part.strip() for part in expression.split("|")]
    text = TEXT.match(first)
    value = text[2] if text else _named(first, values)
    for name in names:
        if name not in filters:
            raise UnknownLiquid(f"the filter {name}")
        value = filters[name](value)
    return value


def _named(path: str, values: Mapping[str, Any]) -> Any:
    value: Any = values
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            raise UnknownLiquid(path)
        value = value[name]
    return value
