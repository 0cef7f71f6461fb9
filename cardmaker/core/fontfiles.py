"""Web fonts straight from the installed fontpkg packages, so that no font file is copied into the repository."""

from __future__ import annotations

import builtins
import importlib.resources
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.base import File
from django.core.files.storage import Storage

# Safe public name -> (package, file in it): the packages' own names carry brackets and commas, which URLs dislike.
# Only what the pages show: every further file costs a visitor about 300 KB.
WEB_FONTS: dict[str, tuple[str, str]] = {
    "fonts/fraunces/fraunces.ttf": ("fontpkg_fraunces", "Fraunces[SOFT,WONK,opsz,wght].ttf"),
    "fonts/nunito/nunito.ttf": ("fontpkg_nunito", "Nunito[wght].ttf"),
}


def font_path(name: str) -> Path | None:
    """Where the font with this public name lies on disk, or None."""
    entry = WEB_FONTS.get(name)
    if entry is None:
        return None
    package, file_name = entry
    return Path(str(importlib.resources.files(package) / "files" / file_name))


class FontPackageStorage(Storage):
    """Read-only view of WEB_FONTS under their public names, as collectstatic wants it."""

    prefix = ""

    def path(self, name: str) -> str:
        found = font_path(name)
        if found is None:
            raise FileNotFoundError(name)
        return str(found)

    def exists(self, name: str) -> bool:
        found = font_path(name)
        return found is not None and found.exists()

    def size(self, name: str) -> int:
        return Path(self.path(name)).stat().st_size

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(Path(self.path(name)).stat().st_mtime, tz=UTC)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return File(Path(self.path(name)).open("rb"), name=name)


class FontPackageFinder(BaseFinder):
    """Finds `fonts/<family>/<file>.ttf` in the installed fontpkg packages."""

    storage = FontPackageStorage()

    def check(self, **kwargs: Any) -> builtins.list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = font_path(path)
        if found is None or not found.exists():
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        patterns = [*(ignore_patterns or [])]
        for name in WEB_FONTS:
            if not matches_patterns(name, patterns):
                yield name, self.storage
