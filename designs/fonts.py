"""The fonts that words can be set in: names for people, files from the `fontpkg` packages, and who can draw what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import fontpkg
import skia

from designs.imaging.wording import clusters, tidy

Kind = Literal["script", "serif", "sans", "hand"]


class UnknownFont(ValueError):
    """No font has this code."""


@dataclass(frozen=True, slots=True)
class Font:
    """`scale` makes fonts look equally large at one size: script letters are small for their em."""

    code: str
    title: str
    kind: Kind
    weight: int = 400
    scale: float = 1.0
    axes: tuple[tuple[str, float], ...] = field(default=())

    @property
    def family(self) -> str:
        """The fontpkg family; the code is its slug."""
        return self.code

    @property
    def path(self) -> Path:
        """The font file. Raises fontpkg.FamilyNotInstalled when its package is missing."""
        return Path(fontpkg.path(self.family, weight=self.weight))


FONTS = {
    font.code: font
    for font in (
        Font("playfair-display", "Playfair Display", "serif", weight=500),
        Font("cormorant-garamond", "Cormorant Garamond", "serif", weight=600, scale=1.2),
        Font("fraunces", "Fraunces", "serif", weight=500, axes=(("opsz", 72), ("SOFT", 60), ("WONK", 0))),
        Font("nunito", "Nunito", "sans", weight=600),
        Font("lato", "Lato", "sans"),
        Font("great-vibes", "Great Vibes", "script", scale=1.4),
        Font("dancing-script", "Dancing Script", "script", weight=600, scale=1.25),
        Font("caveat", "Caveat", "hand", weight=600, scale=1.3),
    )
}
DEFAULT_FONT = "playfair-display"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font draws."""

    text: str
    font_code: str


def font(code: str) -> Font:
    """Raises UnknownFont."""
    try:
        return FONTS[code]
    except KeyError as exc:
        raise UnknownFont(f"there is no font “{code}”") from exc


def missing_characters(text: str, font_code: str) -> list[str]:
    """The characters of `text` that neither this font nor any that stands in for it can draw, each once, in order.

    Exact: it asks the fonts' own character maps. Newlines and invisible characters are never missing.
    """
    chain = _chain(font_code)
    found = [cluster for cluster in clusters(tidy(text)) if cluster != "\n" and not _first_that_draws(cluster, chain)]
    return list(dict.fromkeys(found))


def runs(text: str, font_code: str) -> list[Run]:
    """Split one line by font: whole words where one font can, single characters where none can draw the word."""
    pieces = [run for word in text.split(" ") for run in [*_word_runs(word, font_code), Run(" ", "")]][:-1]
    carried = list(_spaces_with_what_precedes(pieces, font_code))
    return [Run("".join(run.text for run in same), code) for code, same in groupby(carried, lambda run: run.font_code)]


@lru_cache
def typeface(font_code: str) -> Any:
    """The skia.Typeface at the font's weight and axes."""
    chosen = font(font_code)
    # A manager with no system fonts: the setting must not depend on what the machine has installed.
    loaded = skia.FontMgr.New_Custom_Empty().makeFromFile(str(chosen.path), 0)
    return _varied(loaded, {**dict(chosen.axes), "wght": chosen.weight})


def _varied(loaded: Any, axes: dict[str, float]) -> Any:
    variation = skia.FontArguments.VariationPosition
    coordinates = variation.Coordinates()
    for tag, value in axes.items():
        coordinates.append(variation.Coordinate(int.from_bytes(tag.encode(), "big"), float(value)))
    # Skia keeps only a pointer to these: they must outlive the clone.
    position, arguments = variation(coordinates), skia.FontArguments()
    arguments.setVariationDesignPosition(position)
    return loaded.makeClone(arguments)


@lru_cache
def _chain(font_code: str) -> tuple[str, ...]:
    """The font, then those of its kind, then the others; Lato, which knows the most scripts, comes last of all."""
    kind = font(font_code).kind
    others = sorted(FONTS, key=lambda code: (FONTS[code].kind != kind, code == "lato"))
    return (font_code, *(code for code in others if code != font_code))


@lru_cache(maxsize=4096)
def _draws(character: str, font_code: str) -> bool:
    return bool(typeface(font_code).unicharToGlyph(ord(character)))


def _first_that_draws(text: str, chain: tuple[str, ...]) -> str | None:
    return next((code for code in chain if all(_draws(character, code) for character in text)), None)


def _word_runs(word: str, font_code: str) -> Iterator[Run]:
    chain = _chain(font_code)
    if whole := _first_that_draws(word, chain):
        yield Run(word, whole)
        return
    for cluster in clusters(word):
        yield Run(cluster, _first_that_draws(cluster, chain) or font_code)


def _spaces_with_what_precedes(pieces: list[Run], font_code: str) -> Iterator[Run]:
    current = font_code
    for run in pieces:
        current = run.font_code or current
        yield Run(run.text, current)
