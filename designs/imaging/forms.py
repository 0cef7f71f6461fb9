"""Typographic forms: what is done to lines of words beyond setting them one below the other.

A form first decides how its lines are set (`as_set`), then moves or bends their outlines (`shaped`). It adds, drops and
replaces no letter: every contour of a line is still there, and in its order.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import skia

from designs import fonts
from designs.imaging.geometry import UM_PER_PT
from designs.imaging.lettering import Align, Form, Lettering
from designs.imaging.shaping import advance
from designs.imaging.sheet import Frame, Sheet

HAND_FONT, SIGNING_FONT = "caveat", "dancing-script"
# Largest sizes of what is read and not looked at: of a few words, and of many.
LARGEST_PT: dict[Form, tuple[float, float]] = {"letter": (26.0, 19.0), "verse": (26.0, 19.0), "signature": (32.0, 22.0)}
NOTE_LETTERS = 60
LEAST_VERSE_PT = 12.0  # lines that are longer than the page at this size are prose, and broken
SIGNATURE = 1.2  # times the size of the words above it
SIGNATURE_GAP = 0.45  # of a line more above it
LONGEST_SIGNATURE = 40  # characters; a longer last line is a sentence
MOST_LINES: dict[Form, int] = {"arched": 3, "banner": 3, "corner": 6}
ARCH_RADIUS = 0.62  # of the page's width at least: a short word is bent only a little
ARCH_SPAN = math.radians(78)  # of the circle at most
TILT = -3.2  # degrees: as a right hand writes on loose paper
LINE_TILT, LINE_DRIFT_EM = 0.5, 0.18  # how far each line of a hand strays by itself
INDENT_EM = 1.3
RULE_EM, RULE_GAP_EM, RULE_WEIGHT_EM = 1.4, 0.4, 0.035


@dataclass(frozen=True, slots=True)
class Choice:
    """A form as people are offered it. `suits` says where it looks best; it may be had on any page."""

    code: Form
    title: str
    suits: str
    hint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has been placed, in micrometres on the page. `number` counts from 0 in its paragraph."""

    path: Any
    baseline: float
    number: int


CHOICES = (
    Choice("plain", "As it comes", "any", "Lines one below the other."),
    Choice("centered", "Centered", "any", "Every line in the middle."),
    Choice("arched", "Arched", "front", "Up to three lines on an arch."),
    Choice("banner", "Banner", "front", "A strip across the card carries the words."),
    Choice("corner", "Corner", "front", "A small block in one corner."),
    Choice("handwritten", "Handwritten", "front", "As if written by hand, a little askew."),
    Choice("letter", "Letter", "inside", "Reading size, flush left."),
    Choice("verse", "Verse", "inside", "A poem: every second line goes in a little."),
    Choice("signature", "Signature", "inside", "The last line is signed by hand."),
)


def as_set(lettering: Lettering) -> Lettering:
    """The lettering with what its form decides. What the writer chose otherwise stays."""
    match lettering.form:
        case "centered" | "banner" | "arched":
            return replace(lettering, align="center")
        case "handwritten":
            hand = fonts.font(lettering.font).kind in ("hand", "script")
            return lettering if hand else replace(lettering, font=HAND_FONT)
        case "corner":
            align: Align = "right" if lettering.align == "right" else "left"
            return replace(lettering, align=align, layout="top" if lettering.layout == "top" else "bottom")
        case "letter" | "verse":
            return replace(lettering, align="left")
        case _:
            return lettering


def at_most_pt(text: str, lettering: Lettering, largest: float) -> float:
    """The size where the search for one that fits begins, in this form."""
    if lettering.form not in LARGEST_PT or not isinstance(lettering.size, str):
        return largest
    note_pt, reading_pt = LARGEST_PT[lettering.form]
    short = len("".join(text.split())) <= NOTE_LETTERS
    return min(largest, (note_pt if short else reading_pt) * fonts.font(lettering.font).scale)


def can_hold(text: str, lettering: Lettering) -> bool:
    """Whether so many written lines can be set in this form at all."""
    written = sum(1 for line in text.split("\n") if line.strip())
    return written <= MOST_LINES.get(lettering.form, written)


def is_broken(lines: Sequence[str], text: str, lettering: Lettering, width_um: float) -> bool:
    """Whether a smaller size would do the form more justice: fewer lines on an arch, a poet's lines unbroken."""
    set_lines = sum(1 for line in lines if line.strip())
    if lettering.form == "verse" and isinstance(lettering.size, str) and "\n" in text:
        written = [line for line in text.split("\n") if line.strip()]
        return set_lines > len(written) and _can_stay_whole(written, lettering, width_um)
    return set_lines > MOST_LINES.get(lettering.form, set_lines)


def _can_stay_whole(written: Sequence[str], lettering: Lettering, width_um: float) -> bool:
    least_um = LEAST_VERSE_PT * fonts.font(lettering.font).scale * UM_PER_PT
    return max(advance(line, lettering.font) for line in written) * least_um <= width_um


def signs(text: str, lettering: Lettering, lines: Sequence[str]) -> bool:
    """Whether the last line is a signature: written as a line of its own, and short enough to be a name."""
    last = text.split("\n")[-1]
    return lettering.form == "signature" and lines[-1] == last and len(last) <= LONGEST_SIGNATURE


def signing_font(lettering: Lettering) -> tuple[str, float]:
    """The font of a signature, and how much larger than the other lines it is set."""
    code = lettering.font if fonts.font(lettering.font).kind == "script" else SIGNING_FONT
    return code, SIGNATURE * fonts.font(code).scale / fonts.font(lettering.font).scale


def shaped(placed: Sequence[Line], lettering: Lettering, sheet: Sheet, em_um: float) -> list[Any]:
    """The lines' outlines in their form."""
    match lettering.form:
        case "arched":
            return _arched(placed, lettering, sheet)
        case "handwritten":
            return _by_hand(placed, em_um)
        case "verse":
            return [_moved(line.path, INDENT_EM * em_um * (line.number % 2), 0.0) for line in placed]
        case _:
            return [line.path for line in placed]


def ornament(ink: Frame, lettering: Lettering, em_um: float) -> Any | None:
    """What a form draws beside its letters: a short rule between a corner's words and the picture."""
    if lettering.form != "corner":
        return None
    length, weight, gap = RULE_EM * em_um, RULE_WEIGHT_EM * em_um, RULE_GAP_EM * em_um
    left = ink.right - length if lettering.align == "right" else ink.left
    top = ink.bottom + gap if lettering.layout == "top" else ink.top - gap - weight
    rule = skia.Path()
    rule.addRect(skia.Rect.MakeXYWH(left, top, length, weight))
    return rule


def _arched(placed: Sequence[Line], lettering: Lettering, sheet: Sheet) -> list[Any]:
    rects = [line.path.computeTightBounds() for line in placed]
    widest = max(rect.width() for rect in rects)
    radius = max(ARCH_RADIUS * sheet.trim_w_um, widest / ARCH_SPAN)
    sinks = radius * (1 - math.cos(widest / radius / 2))
    rise = sinks * {"top": 0.0, "center": 0.5, "bottom": 1.0}[lettering.layout]
    bent = []
    for line, rect in zip(placed, rects, strict=True):
        bend = Bend((rect.left() + rect.right()) / 2, line.baseline, radius)
        bent.append(_moved(bent_path(line.path, bend), 0.0, -rise))
    return bent


@dataclass(frozen=True, slots=True)
class Bend:
    """A line's straight baseline rolled onto a circle that touches it in its middle, from below."""

    middle: float
    baseline: float
    radius: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        angle, reach = (x - self.middle) / self.radius, self.radius + self.baseline - y
        return self.middle + reach * math.sin(angle), self.baseline + self.radius - reach * math.cos(angle)


def bent_path(path: Any, bend: Bend) -> Any:
    """Every point of a path moved by `bend`; straight lines become the curves that they are on a bent page."""
    bent = skia.Path()
    for verb, points in path:
        moved = [bend(point.x(), point.y()) for point in points]
        match verb:
            case skia.Path.Verb.kMove_Verb:
                bent.moveTo(*moved[0])
            case skia.Path.Verb.kLine_Verb:
                middle = bend((points[0].x() + points[1].x()) / 2, (points[0].y() + points[1].y()) / 2)
                pull = [2 * at - (start + end) / 2 for at, start, end in zip(middle, moved[0], moved[1], strict=True)]
                bent.quadTo(*pull, *moved[1])
            case skia.Path.Verb.kQuad_Verb:
                bent.quadTo(*moved[1], *moved[2])
            case skia.Path.Verb.kCubic_Verb:
                bent.cubicTo(*moved[1], *moved[2], *moved[3])
            case skia.Path.Verb.kClose_Verb:
                bent.close()
    return bent


def _by_hand(placed: Sequence[Line], em_um: float) -> list[Any]:
    """Each line strays a little, always in the same way, and all of them rise to the right."""
    rects = [line.path.computeTightBounds() for line in placed]
    middle_x = (min(rect.left() for rect in rects) + max(rect.right() for rect in rects)) / 2
    middle_y = (placed[0].baseline + placed[-1].baseline) / 2
    written = []
    for order, line in enumerate(placed):
        turn, drift = _strayings(order)
        moving = skia.Matrix()
        moving.setRotate(TILT, middle_x, middle_y)
        moving.preRotate(LINE_TILT * turn, middle_x, line.baseline)
        moving.preTranslate(LINE_DRIFT_EM * em_um * drift, 0)
        strayed = skia.Path()
        line.path.transform(moving, strayed)
        written.append(strayed)
    return written


def _strayings(number: int) -> tuple[float, float]:
    """Two numbers in -1..1 for a line, the same on every machine."""
    dice = hashlib.sha256(b"line %d" % number).digest()
    return dice[0] / 127.5 - 1, dice[1] / 127.5 - 1


def _moved(path: Any, dx: float, dy: float) -> Any:
    moved = skia.Path(path)
    moved.offset(dx, dy)
    return moved
