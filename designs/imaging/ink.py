"""Words onto pixels: a color that can be read, a veil or panel where the picture is too busy, then the outlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import skia

from designs.imaging.colors import DARK, LIGHT, READABLE, Rgb, contrast, rgb
from designs.imaging.forms import as_set
from designs.imaging.geometry import UM_PER_PT, Area, Box
from designs.imaging.lettering import Lettering
from designs.imaging.pictures import Pixels
from designs.imaging.sheet import Frame
from designs.imaging.typesetting import Setting

SAMPLE_SIDE = 48  # squares a side: what is behind a line is judged at the same grain in a preview and in print
SPOT = 4  # squares: about two letters of a full line
Plate = Literal["none", "soft", "panel", "banner"]
Grounds = list[Pixels]  # for each line (squares down, squares across, 3)
VEIL_DARK, VEIL_LIGHT = "#1a1622", "#fffdf6"
VEIL_STRENGTHS = tuple(round(0.3 + 0.06 * step, 2) for step in range(11))
VEIL_REACH_EM = 0.9  # beyond the letters
PANEL_STRENGTH = 0.94
PANEL_RADIUS_UM = 2_200
KEYLINE_INSET_UM, KEYLINE_UM = 1_500, 180
BANNER_PADDING_EM = 0.55


@dataclass(frozen=True, slots=True)
class Inked:
    """How words came out: `color` "#rrggbb", `contrast` 1..21 as WCAG counts it, at their worst place."""

    color: str
    plate: Plate
    contrast: float


@dataclass(frozen=True, slots=True)
class Veil:
    color: str
    strength: float


def ink_words(pixels: Pixels, setting: Setting, lettering: Lettering, area: Area, *, padding_um: float) -> Inked:
    """Draw a setting into `pixels` (in place), which show the whole area with its bleed."""
    lettering, behind = as_set(lettering), _behind(pixels, setting, area)
    color = _color(lettering, behind)
    plate = _plate(lettering, _worst_contrast(color, behind))
    veil = _veil(color, behind, plate)
    whole = veil or setting.ornament is not None
    canvas_box = Box(0, 0, area.width_px, area.height_px) if whole else ink_box(setting, area)
    layer = _Layer(pixels, canvas_box, area)
    if veil and plate == "panel":
        layer.draw_panel(setting.ink.grown(padding_um), veil, color)
    elif veil and plate == "banner":
        layer.draw_banner(setting, veil, color)
    elif veil:
        layer.draw_veil(setting, lettering, veil)
    layer.flush()
    reached = _worst_contrast(color, _behind(pixels, setting, area))
    layer.draw_path(setting.path, color)
    if setting.ornament is not None:
        layer.draw_path(setting.ornament, color)
    layer.flush()
    return Inked(color, plate, round(reached, 2))


def _worst_contrast(color: str, behind: Grounds) -> float:
    """Judged a letter or two at a time: one dark spot behind one word must not hide in the average of a line."""
    spots = [line[:, start : start + SPOT] for line in behind for start in range(0, line.shape[1], SPOT)]
    return min(contrast(rgb(color), spot) for spot in spots)


def _color(lettering: Lettering, behind: Grounds) -> str:
    if lettering.color != "auto":
        return "#{:02x}{:02x}{:02x}".format(*rgb(lettering.color))
    if lettering.plate == "panel" or lettering.form == "banner":
        return DARK
    # The color that suits most of the ground; a veil sees to the rest.
    ground = np.concatenate([line.reshape(-1, 3) for line in behind])
    return max((DARK, LIGHT), key=lambda color: contrast(rgb(color), ground, share=0.7))


def _plate(lettering: Lettering, reached: float) -> Plate:
    if lettering.form == "banner":
        return "banner"
    if lettering.plate == "auto":
        return "none" if reached >= READABLE else "soft"
    return lettering.plate


def _veil(color: str, behind: Grounds, plate: str) -> Veil | None:
    """The thinnest veil that makes the words readable; the thickest one if none does."""
    if plate == "none":
        return None
    veil_color = max((VEIL_LIGHT, VEIL_DARK), key=lambda veil: contrast(rgb(color), np.array([rgb(veil)], np.uint8)))
    if plate in ("panel", "banner"):
        return Veil(veil_color, PANEL_STRENGTH)
    for strength in VEIL_STRENGTHS:
        # The veil thins out towards its edge, so a little more than the mere 4.5 is asked for.
        veiled = [_veiled(line, rgb(veil_color), strength) for line in behind]
        if _worst_contrast(color, veiled) >= READABLE * 1.1:
            return Veil(veil_color, strength)
    return Veil(veil_color, VEIL_STRENGTHS[-1])


def _veiled(behind: Pixels, veil: Rgb, strength: float) -> Pixels:
    mixed = behind * (1 - strength) + np.array(veil) * strength
    return np.asarray(mixed.round(), dtype=np.uint8)


def _behind(pixels: Pixels, setting: Setting, area: Area) -> Grounds:
    """What is behind each line of words, averaged over small squares."""
    return [_squares(_cut(pixels, _box(frame, area))) for frame in setting.line_frames]


def _squares(region: Pixels) -> Pixels:
    height, width = region.shape[:2]
    rows = np.linspace(0, height, min(SAMPLE_SIDE, height), endpoint=False).astype(int)
    columns = np.linspace(0, width, min(SAMPLE_SIDE, width), endpoint=False).astype(int)
    sums = np.add.reduceat(np.add.reduceat(region.astype(np.int64), rows, axis=0), columns, axis=1)
    counts = np.outer(np.diff([*rows, height]), np.diff([*columns, width]))
    return np.asarray(sums // counts[:, :, None], dtype=np.uint8)


def _cut(pixels: Pixels, box: Box) -> Pixels:
    return pixels[box.top : box.bottom, box.left : box.right]


def _box(frame: Frame, area: Area) -> Box:
    """The pixels that a frame touches, within the area."""
    (x, y), scale = area.origin_px, area.px_per_um
    left, top = max(0, int(x + frame.left * scale)), max(0, int(y + frame.top * scale))
    right = min(area.width_px, int(x + frame.right * scale) + 1)
    bottom = min(area.height_px, int(y + frame.bottom * scale) + 1)
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def ink_box(setting: Setting, area: Area) -> Box:
    """The pixels of the area that words will cover."""
    return _box(setting.ink, area)


class _Layer:
    """A Skia canvas over a part of the page; coordinates are micrometres on the trimmed page."""

    def __init__(self, pixels: Pixels, box: Box, area: Area) -> None:
        self._target = _cut(pixels, box)
        self._rgba = np.full((box.height, box.width, 4), 255, np.uint8)
        self._rgba[..., :3] = self._target
        self._surface = skia.Surface(self._rgba, colorType=skia.kRGBA_8888_ColorType)
        self._area, self._canvas = area, self._surface.getCanvas()
        x, y = area.origin_px
        self._canvas.translate(x - box.left, y - box.top)
        self._canvas.scale(area.px_per_um, area.px_per_um)

    def flush(self) -> None:
        self._surface.flushAndSubmit()
        self._target[...] = self._rgba[..., :3]

    def draw_path(self, path: Any, color: str) -> None:
        self._canvas.drawPath(path, _paint(color))

    def draw_panel(self, frame: Frame, veil: Veil, color: str) -> None:
        self._canvas.drawRoundRect(_rect(frame), PANEL_RADIUS_UM, PANEL_RADIUS_UM, _paint(veil.color, veil.strength))
        keyline = _paint(color, 0.35, Style=skia.Paint.kStroke_Style, StrokeWidth=KEYLINE_UM)
        radius = PANEL_RADIUS_UM - KEYLINE_INSET_UM / 2
        self._canvas.drawRoundRect(_rect(frame.grown(-KEYLINE_INSET_UM)), radius, radius, keyline)

    def draw_banner(self, setting: Setting, veil: Veil, color: str) -> None:
        """A strip from edge to edge, beyond the trim, with a fine line along both of its sides."""
        pad = BANNER_PADDING_EM * setting.size_pt * UM_PER_PT
        reach = self._area.trim_w_um  # far beyond any bleed: the canvas cuts it
        strip = Frame(-reach, setting.ink.top - pad, 2 * reach, setting.ink.bottom + pad)
        self._canvas.drawRect(_rect(strip), _paint(veil.color, veil.strength))
        keyline = _paint(color, 0.5, Style=skia.Paint.kStroke_Style, StrokeWidth=KEYLINE_UM)
        for y in (strip.top + KEYLINE_INSET_UM, strip.bottom - KEYLINE_INSET_UM):
            self._canvas.drawLine(strip.left, y, strip.right, y, keyline)

    def draw_veil(self, setting: Setting, lettering: Lettering, veil: Veil) -> None:
        """A shade from the page's edge behind words at its top or foot; a cloud behind words in its middle."""
        reach = VEIL_REACH_EM * setting.size_pt * UM_PER_PT
        if lettering.layout == "center" or lettering.form == "corner":
            self._draw_cloud(setting, veil, reach)
        else:
            self._draw_shade(setting.ink, veil, reach, from_top=lettering.layout == "top")

    def _draw_cloud(self, setting: Setting, veil: Veil, reach: float) -> None:
        cloud = skia.Path()
        for frame in setting.line_frames:
            cloud.addRoundRect(_rect(frame.grown(reach)), reach, reach)
        blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, reach / 1.9)
        self._canvas.drawPath(cloud, _paint(veil.color, veil.strength, MaskFilter=blur))

    def _draw_shade(self, ink: Frame, veil: Veil, reach: float, *, from_top: bool) -> None:
        full, clear = (ink.bottom, ink.bottom + 3.5 * reach) if from_top else (ink.top, ink.top - 3.5 * reach)
        steps = [step / 12 for step in range(13)]
        # An eased fall: a straight one shows a line where it ends.
        colors = [_argb(veil.color, veil.strength * (1 - step * step * (3 - 2 * step))) for step in steps]
        points = [skia.Point(0, full), skia.Point(0, clear)]
        self._canvas.drawPaint(skia.Paint(Shader=skia.GradientShader.MakeLinear(points, colors, steps), Dither=True))


def _rect(frame: Frame) -> Any:
    return skia.Rect.MakeLTRB(frame.left, frame.top, frame.right, frame.bottom)


def _argb(color: str, strength: float) -> int:
    return int(skia.ColorSetARGB(round(255 * strength), *rgb(color)))


def _paint(color: str, strength: float = 1.0, **properties: Any) -> Any:
    return skia.Paint(Color=_argb(color, strength), AntiAlias=True, **properties)
