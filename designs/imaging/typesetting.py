"""Where every line of words goes, and its outlines.

The setting is worked out in micrometres on the trimmed page, never in pixels, so a preview and the print file have the
same line breaks and the same proportions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import skia

from designs import fonts
from designs.imaging import forms, linebreak
from designs.imaging.fitting import BLANK_LINE, fitting_pt, largest_pt, leading
from designs.imaging.geometry import UM_PER_PT
from designs.imaging.lettering import Lettering, TooLong, Undrawable
from designs.imaging.shaping import Outline, advance, outline
from designs.imaging.sheet import Frame, Sheet, band_frame, text_frame, type_area
from designs.imaging.wording import reads_right_to_left, tidy

OPTICAL_CENTER = 0.48  # of the free height: a block in the exact middle looks as if it were sinking
DESCENDER_EM = 0.2  # room kept under the last baseline of words at the foot
SMALLER, MUCH_SMALLER = 0.97, 0.9  # the next size tried
LETTER_LINES = 4  # from here on words on bare paper are a letter: its block stands in the middle, however aligned


@dataclass(frozen=True, slots=True)
class Setting:
    """Words as outlines: `path` (skia.Path) and frames in micrometres on the trimmed page; `ink` bounds every glyph.

    `ornament` is a path too, or None: what the form draws beside the letters.
    """

    lines: tuple[str, ...]
    size_pt: float
    path: Any
    line_frames: tuple[Frame, ...]
    ink: Frame
    ornament: Any = None


@lru_cache(maxsize=64)
def set_words(words: str, lettering: Lettering, sheet: Sheet) -> Setting | None:
    """Lay words out; None when there are none. All ink is inside the safe area, swashes included.

    Raises TooLong and Undrawable.
    """
    text = tidy(words)
    if not text:
        return None
    if missing := fonts.missing_characters(text, lettering.font):
        raise Undrawable(missing)
    lettering = forms.as_set(lettering)
    at_most = forms.at_most_pt(text, lettering, largest_pt(text, lettering, sheet))
    while (size_pt := fitting_pt(text, lettering, sheet, at_most=at_most)) and forms.can_hold(text, lettering):
        setting = _place(text, lettering, sheet, size_pt)
        broken = forms.is_broken(setting.lines, text, lettering, text_frame(lettering, sheet).width)
        if not broken and _holds(setting, lettering, sheet):
            return setting
        # Swashes reach further than the pen moves, and what is bent or turned further than what is straight.
        at_most = size_pt * (MUCH_SMALLER if broken else SMALLER)
    another = "" if lettering.form == "plain" else " or another shape"
    raise TooLong(f"These words do not fit on the page. Shorten them or choose a smaller size{another}.")


def _holds(setting: Setting, lettering: Lettering, sheet: Sheet) -> bool:
    in_band = lettering.form != "arched" or setting.ink.height <= band_frame(lettering, sheet).height
    return in_band and type_area(lettering, sheet).holds(setting.ink)


def _place(text: str, lettering: Lettering, sheet: Sheet, size_pt: float) -> Setting:
    frame, size_um = text_frame(lettering, sheet), size_pt * UM_PER_PT
    lines = linebreak.break_lines(text, frame.width / size_um, partial(advance, font_code=lettering.font))
    placed = _lines(text, lines, lettering, frame, size_pt)
    paths = forms.shaped(placed, lettering, sheet, size_um)
    ink = _around([_bounds(path) for path in paths])
    dx, dy = _into(type_area(lettering, sheet), ink)
    if len(paths) >= LETTER_LINES and not sheet.over_picture:
        dx = (frame.left + frame.right - ink.left - ink.right) / 2
    block = skia.Path()
    for path in paths:
        path.offset(dx, dy)
        block.addPath(path)
    frames = tuple(_bounds(path) for path in paths)
    ink = _around(frames)
    return Setting(tuple(lines), size_pt, block, frames, ink, forms.ornament(ink, lettering, size_um))


def _lines(text: str, lines: Sequence[str], lettering: Lettering, frame: Frame, size_pt: float) -> list[forms.Line]:
    """Every line that has ink, one below the other; a signature in its own font under the right end of the others."""
    size_um, rtl = size_pt * UM_PER_PT, reads_right_to_left(text)
    signed = forms.signs(text, lettering, lines)
    step = leading(lettering, size_pt) * size_um
    baselines = _baselines(lines, step)
    if signed and len(lines) > 1:
        baselines[-1] += forms.SIGNATURE_GAP * step
    top = _first_baseline(lettering, frame, size_um, baselines[-1])
    placed: list[forms.Line] = []
    number = 0
    for index, (line, y) in enumerate(zip(lines, baselines, strict=True)):
        if line.strip():
            if signed and index == len(lines) - 1:
                path = _signature(line, placed, lettering, frame, size_um, top + y, rtl=rtl)
            else:
                path = _line(outline(line, lettering.font, rtl=rtl), lettering, frame, size_um, top + y)
            placed.append(forms.Line(path, top + y, number))
        number = number + 1 if line.strip() else 0
    return placed


def _signature(
    line: str,
    above: Sequence[forms.Line],
    lettering: Lettering,
    frame: Frame,
    size_um: float,
    baseline_um: float,
    *,
    rtl: bool,
) -> Any:
    code, larger = forms.signing_font(lettering)
    signing = replace(lettering, font=code, align="right" if above else lettering.align)
    path = _line(outline(line, code, rtl=rtl), signing, frame, size_um * larger, baseline_um)
    if above:
        block, ink = _around([_bounds(one.path) for one in above]), _bounds(path)
        path.offset(max(block.right - ink.right, block.left - ink.left), 0)
    return path


def _baselines(lines: Sequence[str], step_um: float) -> list[float]:
    """Distance of each line's baseline from the first one's."""
    found = [0.0]
    for line in lines[:-1]:
        found.append(found[-1] + step_um * (1 if line else BLANK_LINE))
    return found


def _first_baseline(lettering: Lettering, frame: Frame, size_um: float, height_um: float) -> float:
    """Blocks are placed by capitals and baselines, as the eye does, not by accents and tails."""
    cap_um = _cap_height(lettering.font) * size_um
    if lettering.layout == "top":
        return frame.top + cap_um
    if lettering.layout == "bottom":
        return frame.bottom - DESCENDER_EM * size_um - height_um
    return frame.top + (frame.height - cap_um - height_um) * OPTICAL_CENTER + cap_um


def _line(shaped: Outline, lettering: Lettering, frame: Frame, size_um: float, baseline_um: float) -> Any:
    # Swashes throw a script line off its middle if it is centered by the pen, so there its ink counts.
    by_ink = fonts.font(lettering.font).kind in ("script", "hand")
    ink = _bounds(shaped.path)
    start, end = (ink.left, ink.right) if by_ink else (0.0, shaped.advance)
    room = frame.width - (end - start) * size_um
    x = frame.left - start * size_um + room * {"left": 0.0, "center": 0.5, "right": 1.0}[lettering.align]
    placing, placed = skia.Matrix(), skia.Path()
    placing.setScaleTranslate(size_um, size_um, x, baseline_um)
    return placed.addPath(shaped.path, placing)


@lru_cache
def _cap_height(font_code: str) -> float:
    return float(skia.Font(fonts.typeface(font_code), 1000).getMetrics().fCapHeight) / 1000


def _bounds(path: Any) -> Frame:
    rect = path.computeTightBounds()
    return Frame(rect.left(), rect.top(), rect.right(), rect.bottom())


def _around(frames: Sequence[Frame]) -> Frame:
    return Frame(
        min(frame.left for frame in frames),
        min(frame.top for frame in frames),
        max(frame.right for frame in frames),
        max(frame.bottom for frame in frames),
    )


def _into(area: Frame, ink: Frame) -> tuple[float, float]:
    """How far to move ink so that it lies in the area, where it can."""
    return (
        max(area.left - ink.left, 0.0) + min(area.right - ink.right, 0.0),
        max(area.top - ink.top, 0.0) + min(area.bottom - ink.bottom, 0.0),
    )
