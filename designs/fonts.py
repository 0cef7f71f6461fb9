"""The fonts that words can be set in: names for people, files from the `fontpkg` packages, and who can draw what."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import fontpkg
import skia

from designs.imaging.wording import JOINERS, clusters, tidy

Kind = Literal["script", "serif", "sans", "hand"]


class UnknownFont(ValueError):
    """No font has this code."""


@dataclass(frozen=True, slots=True)
class Font:
    """`scale` makes fonts look equally large at one size: script letters are small for their em.

    `slug` is the fontpkg family where it is not the code: one family in a second weight or style has a code of its own.
    """

    code: str
    title: str
    kind: Kind
    weight: int = 400
    scale: float = 1.0
    axes: tuple[tuple[str, float], ...] = field(default=())
    slug: str = ""
    style: str = "normal"

    @property
    def family(self) -> str:
        return self.slug or self.code

    @property
    def path(self) -> Path:
        """The font file. Raises fontpkg.FamilyNotInstalled when its package is missing."""
        if self.code in HAN_FACES:
            return Path(str(resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"))
        return Path(fontpkg.path(self.family, weight=self.weight, style=self.style))


def _by_code(*fonts: Font) -> dict[str, Font]:
    return {font.code: font for font in fonts}


# What people choose from.
FONTS = _by_code(
    Font("playfair-display", "Playfair Display", "serif", weight=500),
    Font("cormorant-garamond", "Cormorant Garamond", "serif", weight=600, scale=1.2),
    Font("fraunces", "Fraunces", "serif", weight=500, axes=(("opsz", 72), ("SOFT", 60), ("WONK", 0))),
    Font("nunito", "Nunito", "sans", weight=600),
    Font("lato", "Lato", "sans"),
    Font("great-vibes", "Great Vibes", "script", scale=1.4),
    Font("dancing-script", "Dancing Script", "script", weight=600, scale=1.25),
    Font("caveat", "Caveat", "hand", weight=600, scale=1.3),
)
# Scripts that none of those know, in the order in which they are tried. Their Latin is never used.
STAND_INS = _by_code(
    Font("eb-garamond", "EB Garamond", "serif", weight=500),  # Greek that goes with the serifs
    Font("noto-sans", "Noto Sans", "sans"),  # Greek, Cyrillic, Devanagari
    Font("amiri", "Amiri", "serif"),
    Font("noto-sans-arabic", "Noto Sans Arabic", "sans"),
    Font("frank-ruhl-libre", "Frank Ruhl Libre", "serif"),
    Font("heebo", "Heebo", "sans"),
    Font("noto-sans-thai", "Noto Sans Thai", "sans"),
    Font("han-japanese", "Noto Sans CJK JP", "sans"),
    Font("han-korean", "Noto Sans CJK KR", "sans"),
    Font("han-simplified", "Noto Sans CJK SC", "sans"),
    Font("han-traditional", "Noto Sans CJK TC", "sans"),
)
# The same ideograph is written differently in each country: one file, a face for each.
HAN_FACES = {"han-japanese": 0, "han-korean": 1, "han-simplified": 2, "han-traditional": 3}
# Weights that calendar pages are set in.
CUTS = _by_code(
    Font("garamond-display", "EB Garamond", "serif", slug="eb-garamond"),
    Font("garamond-text", "EB Garamond", "serif", weight=500, slug="eb-garamond"),
    Font("garamond-italic", "EB Garamond Italic", "serif", weight=500, slug="eb-garamond", style="italic"),
    Font("jost-light", "Jost Light", "sans", weight=300, slug="jost"),
    Font("jost-text", "Jost", "sans", slug="jost"),
    Font("jost-medium", "Jost Medium", "sans", weight=500, slug="jost"),
    Font("jost-bold", "Jost Bold", "sans", weight=700, slug="jost"),
    Font("jost-black", "Jost Black", "sans", weight=800, slug="jost"),
)
EVERY = {**FONTS, **CUTS, **STAND_INS}
DEFAULT_FONT = "playfair-display"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one font draws."""

    text: str
    font_code: str


def font(code: str) -> Font:
    """Raises UnknownFont."""
    try:
        return EVERY[code]
    except KeyError as exc:
        raise UnknownFont(f"there is no font “{code}”") from exc


def missing_characters(text: str, font_code: str) -> list[str]:
    """The characters of `text` that neither this font nor any that stands in for it can draw, each once, in order.

    Exact: it asks the fonts' own character maps. Newlines and invisible characters are never missing.
    """
    chain = _chain(font_code, _han_face(text))
    found = [cluster for cluster in clusters(tidy(text)) if cluster != "\n" and not _first_that_draws(cluster, chain)]
    return list(dict.fromkeys(found))


def runs(text: str, font_code: str) -> list[Run]:
    """Split one line by font: whole words where one font can, single characters where none can draw the word."""
    chain = _chain(font_code, _han_face(text))
    pieces = [run for word in text.split(" ") for run in [*_word_runs(word, chain), Run(" ", "")]][:-1]
    carried = list(_spaces_with_what_precedes(pieces, font_code))
    return [Run("".join(run.text for run in same), code) for code, same in groupby(carried, lambda run: run.font_code)]


@lru_cache
def typeface(font_code: str) -> Any:
    """The skia.Typeface at the font's weight and axes."""
    chosen = font(font_code)
    # A manager with no system fonts: the setting must not depend on what the machine has installed.
    loaded = skia.FontMgr.New_Custom_Empty().makeFromFile(str(chosen.path), HAN_FACES.get(font_code, 0))
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
def _chain(font_code: str, han_face: str) -> tuple[str, ...]:
    """The font, then those of its bearing, then the others; what is offered before what only stands in."""
    chosen = font(font_code)
    ranked = sorted(
        (*FONTS, *STAND_INS),
        key=lambda code: (
            _bearing(code) != _bearing(font_code),
            code in STAND_INS,
            font(code).kind != chosen.kind,
            code != han_face,
            code == "lato",  # it knows the most scripts, and none of them best
        ),
    )
    return (font_code, *(code for code in ranked if code != font_code))


def _bearing(font_code: str) -> str:
    """Pen-drawn scripts go with serifs, not with sans letters."""
    return "sans" if font(font_code).kind == "sans" else "serif"


def _han_face(text: str) -> str:
    """Ideographs alone do not say whose they are; kana and hangul around them do."""
    names = {_script(character) for character in text if character >= "\u3000"}
    if names & {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}:
        return "han-japanese"
    return "han-korean" if "HANGUL" in names else "han-simplified"


@lru_cache(maxsize=4096)
def _draws(character: str, font_code: str) -> bool:
    # Joiners only steer the shaping of their neighbors.
    return character in JOINERS or bool(typeface(font_code).unicharToGlyph(ord(character)))


def _first_that_draws(text: str, chain: tuple[str, ...]) -> str | None:
    return next((code for code in chain if all(_draws(character, code) for character in text)), None)


def _word_runs(word: str, chain: tuple[str, ...]) -> Iterator[Run]:
    whole = _first_that_draws(word, chain)
    if whole and not (whole in STAND_INS and _mixes_scripts(word)):
        yield Run(word, whole)
        return
    for cluster in clusters(word):
        yield Run(cluster, _first_that_draws(cluster, chain) or chain[0])


def _mixes_scripts(word: str) -> bool:
    """Whether a stand-in would draw letters or digits that the chosen font draws better, as in 2027年."""
    return len({_script(character) for character in word if character.isalnum()}) > 1


def _script(character: str) -> str:
    """The first word of its Unicode name: LATIN, CYRILLIC, CJK, DIGIT."""
    return unicodedata.name(character, "").split(" ")[0]


def _spaces_with_what_precedes(pieces: list[Run], font_code: str) -> Iterator[Run]:
    current = font_code
    for run in pieces:
        current = run.font_code or current
        yield Run(run.text, current)
