"""A month's grid as vector type and shapes onto the pixels of a page."""

from __future__ import annotations

from typing import Any

import numpy as np
import skia

from designs.imaging.colors import rgb
from designs.imaging.geometry import Area
from designs.imaging.monthgrid import MonthGrid
from designs.imaging.monthgrid_layout import Bar, Disc, Layout, Text, lay_out
from designs.imaging.monthgrid_page import panel
from designs.imaging.pictures import Pixels
from designs.imaging.shaping import outline


def draw_grid(pixels: Pixels, grid: MonthGrid, area: Area) -> Layout:
    """Draw a month into `pixels` (in place), which show the whole area with its bleed. Answers what was set where."""
    frame = panel(area.trim_w_um, area.trim_h_um, area.safe_um, grid)
    layout, (x, y), scale = lay_out(grid, frame), area.origin_px, area.px_per_um
    left, top = int(x + frame.left * scale) - 1, int(y + frame.top * scale) - 1
    right, bottom = int(x + frame.right * scale) + 2, int(y + frame.bottom * scale) + 2
    target = pixels[top:bottom, left:right]
    rgba = np.full((*target.shape[:2], 4), 255, np.uint8)
    rgba[..., :3] = target
    surface = skia.Surface(rgba, colorType=skia.kRGBA_8888_ColorType)
    canvas = surface.getCanvas()
    canvas.translate(x - left, y - top)
    canvas.scale(scale, scale)
    for shape in layout.shapes:
        _draw_shape(canvas, shape)
    for text in layout.texts:
        canvas.drawPath(text_path(text), _paint(text.color))
    surface.flushAndSubmit()
    target[...] = rgba[..., :3]
    return layout


def text_path(text: Text) -> Any:
    """The outlines of one line of type (skia.Path), in micrometres on the trimmed page, placed by its ink."""
    path = skia.Path(outline(text.text, text.font, text.spacing).path)
    path.transform(skia.Matrix.Scale(text.size_um, text.size_um))
    bounds = path.computeTightBounds()
    at = {"left": bounds.left(), "center": bounds.centerX(), "right": bounds.right()}[text.anchor]
    path.offset(text.x_um - at, text.baseline_um)
    return path


def _draw_shape(canvas: Any, shape: Bar | Disc) -> None:
    if isinstance(shape, Bar):
        frame = shape.frame
        canvas.drawRect(skia.Rect.MakeLTRB(frame.left, frame.top, frame.right, frame.bottom), _paint(shape.color))
        return
    paint = _paint(shape.color)
    if shape.line_um:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(shape.line_um)
    canvas.drawCircle(shape.x_um, shape.y_um, shape.radius_um, paint)


def _paint(color: str) -> Any:
    return skia.Paint(Color=skia.Color(*rgb(color)), AntiAlias=True)
