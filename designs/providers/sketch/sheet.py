"""Contact sheets: many small pictures side by side, to judge the illustrator by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from designs.providers.sketch.choose import chosen
from designs.providers.sketch.composers import compose
from designs.providers.sketch.draw import draw
from designs.providers.sketch.scene import canvas_size

PROPORTION = 1.4  # height of a cell by its width, as a 5x7 card
GAP_PX = 8
WHITE = 250
WEBP_QUALITY = 60  # 48 cells of 200 px stay below 400 KB
SHARPER = 2  # drawn so much larger and averaged, since thin lines vanish at the size of a stamp


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One prompt of a prompts file; `style` is "" when the prompt decides."""

    prompt: str
    style: str = ""


def lines_of(text: str) -> list[SheetLine]:
    """The prompts of a file. Blank lines and those that begin with # are passed over."""
    kept = (line.strip() for line in text.splitlines())
    return [_line(line) for line in kept if line and not line.startswith("#")]


def _line(line: str) -> SheetLine:
    style, found, prompt = line.partition("|")
    return SheetLine(prompt.strip(), style.strip()) if found else SheetLine(line)


def sheet(wanted: Sequence[tuple[SheetLine, int]], *, across: int, cell_px: int) -> Any:
    """The pictures for (line, seed), row by row, as a BGR array."""
    width, height = cell_px + GAP_PX, round(cell_px * PROPORTION) + GAP_PX
    rows = -(-len(wanted) // across)
    page = np.full((rows * height + GAP_PX, across * width + GAP_PX, 3), WHITE, np.uint8)
    for number, (line, seed) in enumerate(wanted):
        top, left = GAP_PX + number // across * height, GAP_PX + number % across * width
        page[top : top + height - GAP_PX, left : left + width - GAP_PX] = cell(line, seed, cell_px)
    return page


def cell(line: SheetLine, seed: int, width_px: int) -> Any:
    """One picture, width_px wide."""
    height_px = round(width_px * PROPORTION)
    size = (width_px * SHARPER, height_px * SHARPER)
    pixels = draw(compose(chosen(line.prompt, "", line.style, seed), canvas_size(*size)), *size)
    return cv2.resize(pixels, (width_px, height_px), interpolation=cv2.INTER_AREA)


def encoded(pixels: Any, suffix: str) -> bytes:
    """The sheet as a file of this kind, ".webp", ".png" or ".jpg"."""
    _, data = cv2.imencode(suffix, pixels, [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY] if suffix == ".webp" else [])
    return bytes(data.tobytes())
