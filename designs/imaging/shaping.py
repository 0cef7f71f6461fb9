"""From text to outlines: kerning, ligatures and joined script letters as the font's own tables ask (HarfBuzz).

Skia shapes a line and hands back its glyphs as one path. Everything after that (measuring, placing, drawing) works on
the path, so the same curves are drawn at every size and a preview cannot break its lines differently from the print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import skia

from designs import fonts
from designs.imaging.wording import reads_right_to_left

EM = 1000  # size at which everything is shaped; results are divided by it, so 1.0 is one em
ORIGIN_EM = 4  # room around the text on the shaping canvas: Skia leaves out what begins off the canvas
PATH_DATA = re.compile(r'<path[^>]*? d="([^"]*)"')
PATH_STEP = re.compile(r"([MLHVQCZ])([^MLHVQCZ]*)")
NUMBER = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
RIGHT_TO_LEFT, END_OF_IT = "\u2067", "\u2069"  # isolates: the way to tell Skia how a line reads as a whole
NUMBERS_PER_STEP = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6, "Z": 0}


class UnreadableOutline(RuntimeError):
    """Skia described a glyph in a way this module does not know."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One line of text in units of one em, baseline at y = 0, y downward. `advance` is how far the pen moves."""

    path: Any
    advance: float


@lru_cache(maxsize=8192)
def advance(text: str, font_code: str, spacing: float = 0.0) -> float:
    """Width of a piece of text in ems, by the pen and not by the ink."""
    return float(_paragraph(text, font_code, spacing).LongestLine) / EM if text else 0.0


@lru_cache(maxsize=512)
def outline(text: str, font_code: str, spacing: float = 0.0, *, rtl: bool | None = None) -> Outline:
    """Shape one line; characters its font lacks are drawn by another. `spacing` is added between letters, in ems.

    `rtl` says how the line reads as a whole, as a line of a longer text must; by itself it reads as its first letter.
    """
    width = advance(text, font_code, spacing)
    if not text.strip():
        return Outline(skia.Path(), width)
    paragraph = _paragraph(text, font_code, spacing, rtl=reads_right_to_left(text) if rtl is None else rtl)
    path = _path(_as_svg(paragraph, width_em=width))
    path.offset(-ORIGIN_EM * EM, -ORIGIN_EM * EM - float(paragraph.AlphabeticBaseline))
    path.transform(skia.Matrix.Scale(1 / EM, 1 / EM))
    return Outline(path, width)


def _paragraph(text: str, font_code: str, spacing: float, *, rtl: bool = False) -> Any:
    builder = skia.textlayout_ParagraphBuilder.make(skia.textlayout_ParagraphStyle(), *_collection())
    runs = fonts.runs(text, font_code)
    if rtl:
        runs = [fonts.Run(RIGHT_TO_LEFT, font_code), *runs, fonts.Run(END_OF_IT, font_code)]
    for run in runs:
        style = skia.textlayout_TextStyle()
        style.setFontFamilies([run.font_code])
        style.setFontSize(EM)
        style.setLetterSpacing(spacing * EM)
        builder.pushStyle(style)
        builder.addText(run.text)
        builder.pop()
    paragraph = builder.Build()
    paragraph.layout(1e7)  # never breaks a line by itself
    return paragraph


@lru_cache(maxsize=1)
def _collection() -> tuple[Any, Any]:
    provider = skia.textlayout_TypefaceFontProvider()
    for code in fonts.EVERY:
        provider.registerTypeface(fonts.typeface(code), code)
    collection = skia.textlayout_FontCollection()
    collection.setDefaultFontManager(provider)
    return collection, skia.Unicodes.ICU.Make()


def _as_svg(paragraph: Any, *, width_em: float) -> str:
    """Skia's only door to shaped outlines in Python: its SVG canvas with text as paths (flag 1)."""
    stream = skia.DynamicMemoryWStream()
    side = (width_em + 2 * ORIGIN_EM) * EM
    canvas = skia.SVGCanvas.Make(skia.Rect.MakeWH(side, 3 * ORIGIN_EM * EM), stream, 1)
    paragraph.paint(canvas, ORIGIN_EM * EM, ORIGIN_EM * EM)
    del canvas  # it writes the closing tags when it goes
    return bytes(stream.detachAsData()).decode()


def _path(svg: str) -> Any:
    path = skia.Path()
    for described in PATH_DATA.findall(svg):
        glyphs = skia.Path()
        for step, written in PATH_STEP.findall(described):
            _draw_steps(glyphs, step, [float(number) for number in NUMBER.findall(written)])
        path.addPath(glyphs)
    return path


def _draw_steps(path: Any, step: str, numbers: list[float]) -> None:
    size = NUMBERS_PER_STEP[step]
    if step == "Z" and not numbers:
        path.close()
        return
    if not size or not numbers or len(numbers) % size:
        raise UnreadableOutline(f"{step} with {len(numbers)} numbers")
    for start in range(0, len(numbers), size):
        _draw_step(path, step, numbers[start : start + size])


def _draw_step(path: Any, step: str, numbers: list[float]) -> None:
    last: Any = path.getLastPt() if path.countPoints() else None
    match step:
        case "M":
            path.moveTo(*numbers)
        case "L":
            path.lineTo(*numbers)
        case "H":
            path.lineTo(numbers[0], last.y())
        case "V":
            path.lineTo(last.x(), numbers[0])
        case "Q":
            path.quadTo(*numbers)
        case "C":
            path.cubicTo(*numbers)
