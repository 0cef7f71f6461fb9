"""Damaging JSON in every place of it, for tests of whoever reads answers from outside."""

import copy
from collections.abc import Iterator
from typing import Any


def places(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in it that can be damaged, the whole of it too."""
    yield path
    entries = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in entries:
        yield from places(value, (*path, name))


def damaged(body: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy with `junk` in that place."""
    if not path:
        return junk
    broken = copy.deepcopy(body)
    inner = broken
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = junk
    return broken
