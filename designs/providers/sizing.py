"""Which of the sizes that a model draws loses the least of the shape that is wanted. Pure.

A model's `shape` is one of
  {"kind": "free", "multiple": 16, "least_px", "most_px", "edge_px", "ratio": longest side to shortest}
  {"kind": "ratios", "ratios": ["1:1", "4:5" ...]}
  {"kind": "sizes", "sizes": ["1024x1024" ...]}
and without one a model draws any size. Pixels counted by `least_px` and `most_px` are those of the whole picture.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any


def ratio_for(width_px: int, height_px: int, ratios: Sequence[str]) -> str:
    """The ratio, written "4:5", of which least is cut away to get the wanted shape; the first of equals."""
    wanted = width_px / height_px
    return max(ratios, key=lambda ratio: kept(_number(ratio, ":"), wanted))


def size_for(width_px: int, height_px: int, shape: Mapping[str, Any]) -> tuple[int, int]:
    """The size to ask for: of the wanted shape as nearly as the model goes, and no smaller than wanted where it can."""
    if shape.get("kind") == "sizes":
        return _listed(width_px, height_px, shape["sizes"])
    if shape.get("kind") != "free":
        return width_px, height_px
    longest_ratio = float(shape.get("ratio", 3))
    ratio = min(max(width_px / height_px, 1 / longest_ratio), longest_ratio)
    edge, most, least = (float(shape.get(name, limit)) for name, limit in LIMITS.items())
    pixels = min(max(width_px * height_px, least), most)
    width = min(sqrt(pixels * ratio), edge, edge * ratio)
    return _on_grid(width, ratio, int(shape.get("multiple", 1)), least, most, edge)


def kept(ratio: float, wanted: float) -> float:
    """The part of a picture of `ratio` that is left when it is cut to `wanted`."""
    return min(ratio, wanted) / max(ratio, wanted)


LIMITS = {"edge_px": 1e9, "most_px": 1e18, "least_px": 1}


def _listed(width_px: int, height_px: int, sizes: Sequence[str]) -> tuple[int, int]:
    wanted = width_px / height_px
    best = max(sizes, key=lambda size: (kept(_number(size, "x"), wanted), _area(size) >= width_px * height_px))
    width, _, height = best.partition("x")
    return int(width), int(height)


def _on_grid(width: float, ratio: float, multiple: int, least: float, most: float, edge: float) -> tuple[int, int]:
    """Of the grid points around the size that are allowed, the one that keeps most of the shape, then the largest."""
    height = width / ratio
    around = (-1, 0, 1, 2)
    points = [
        (across * multiple, down * multiple)
        for across in (int(width // multiple) + step for step in around)
        for down in (int(height // multiple) + step for step in around)
        if across > 0 and down > 0
    ]
    allowed = [(w, h) for w, h in points if least <= w * h <= most and max(w, h) <= edge] or points
    near = max(kept(w / h, ratio) for w, h in allowed) - 0.002  # within that nobody sees a difference: take more pixels
    return max((point for point in allowed if kept(point[0] / point[1], ratio) >= near), key=lambda p: p[0] * p[1])


def _number(text: str, sign: str) -> float:
    across, _, down = text.partition(sign)
    return float(across) / float(down)


def _area(size: str) -> int:
    width, _, height = size.partition("x")
    return int(width) * int(height)
