"""Skia paths from lists of points. A point is (x, y); with a third, true value it is a sharp corner."""

from collections.abc import Mapping, Sequence
from typing import Any

import skia

Point = Sequence[float]


def smooth(points: Sequence[Point], *, closed: bool = True) -> Any:
    """A curve through all points (Catmull-Rom)."""
    path, count = skia.Path(), len(points)
    path.moveTo(points[0][0], points[0][1])
    for number in range(count if closed else count - 1):
        here, there = points[number], points[(number + 1) % count]
        before = points[number - 1] if closed or number else here
        after = points[(number + 2) % count] if closed or number + 2 < count else there
        out, back = _tangent(before, here, there), _tangent(here, there, after)
        path.cubicTo(here[0] + out[0], here[1] + out[1], there[0] - back[0], there[1] - back[1], there[0], there[1])
    if closed:
        path.close()
    return path


def _tangent(before: Point, here: Point, after: Point) -> tuple[float, float]:
    if len(here) > 2 and here[2]:
        return 0.0, 0.0
    return (after[0] - before[0]) / 6, (after[1] - before[1]) / 6


def mirrored(half: Sequence[Point]) -> list[Point]:
    """The right half of an outline, from top to bottom, made whole about x = 0."""
    left = [(-point[0], *point[1:]) for point in reversed(half) if abs(point[0]) > 1e-6]
    return [*half, *left]


def polygon(points: Sequence[Point], *, closed: bool = True) -> Any:
    return skia.Path.Polygon([skia.Point(point[0], point[1]) for point in points], closed)


def oval(x: float, y: float, rx: float, ry: float, turn: float = 0) -> Any:
    path = skia.Path.Oval(skia.Rect.MakeLTRB(x - rx, y - ry, x + rx, y + ry))
    if turn:
        path.transform(skia.Matrix().setRotate(turn, x, y))
    return path


def box(left: float, top: float, right: float, bottom: float, radius: float = 0) -> Any:
    return skia.Path.RRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(left, top, right, bottom), radius, radius))


def outline(args: Mapping[str, Any]) -> Any:
    """The shape that args name: "oval" [x, y, rx, ry], "box" [left, top, right, bottom] (with "radius"), "arch" (a box
    under a half circle) or "points" (smooth)."""
    if "oval" in args:
        return oval(*args["oval"])
    if "arch" in args:
        left, top, right, bottom = args["arch"]
        path, middle = skia.Path(), (right - left) / 2
        path.moveTo(left, bottom)
        path.lineTo(left, top + middle)
        path.arcTo(skia.Rect.MakeLTRB(left, top, right, top + 2 * middle), 180, 180, False)
        path.lineTo(right, bottom)
        path.close()
        return path
    if "points" in args:
        return smooth(args["points"])
    left, top, right, bottom = args["box"]
    return box(left, top, right, bottom, float(args.get("radius", 0)))
