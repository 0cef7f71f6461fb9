"""The one table of what the studio says: every message in its sources, and those of the loader that goes before it.

Each stands under itself; a translation is a copy with other values. It is read from the sources, so it is never behind.
"""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

SOURCES = settings.BASE_DIR / "static" / "studio"
LOADER = settings.BASE_DIR / "extensions" / "cardmaker-studio" / "assets" / "cardmaker-studio.js"
SAID = re.compile(r"""(?:\b(?:t|noted)|\#say)\(\s*("(?:[^"\\]|\\.)*")""")


@functools.cache
def table() -> str:
    """JSON: every message, once, in order."""
    messages = sorted({message for file in _files() for message in _said(file)})
    return json.dumps({message: message for message in messages}, ensure_ascii=False, indent=1) + "\n"


def _files() -> Iterator[Path]:
    yield LOADER
    yield from SOURCES.rglob("*.js")


def _said(file: Path) -> Iterator[str]:
    for found in SAID.finditer(file.read_text(encoding="utf-8")):
        yield json.loads(found.group(1))
