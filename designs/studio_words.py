"""The one table of what the studio says: every message in its sources, and those of the loader that goes before it.

`static/studio/words.json` holds them, each under itself. A translation is a copy with other values.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from designs.embed import LOADER

SOURCES = settings.BASE_DIR / "static" / "studio"
TABLE = SOURCES / "words.json"
SAID = re.compile(r"""(?:\b(?:t|noted)|\#say)\(\s*("(?:[^"\\]|\\.)*")""")


def messages() -> list[str]:
    """Every message, once, in order."""
    return sorted({message for file in _files() for message in _said(file)})


def table() -> str:
    """What the table has to hold."""
    return json.dumps({message: message for message in messages()}, ensure_ascii=False, indent=1) + "\n"


def _files() -> Iterator[Path]:
    yield LOADER
    yield from SOURCES.rglob("*.js")


def _said(file: Path) -> Iterator[str]:
    for found in SAID.finditer(file.read_text(encoding="utf-8")):
        yield json.loads(found.group(1))
