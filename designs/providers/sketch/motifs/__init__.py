"""Motifs: everything that can stand, hang, fly or grow in a picture, each drawn in its own box by a Pen."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from designs.providers.sketch.pen import Pen

Draw = Callable[[Pen], None]
MODULES = (
    "animals", "fancy", "wild", "people", "sea", "flowers", "leaves", "trees", "food", "party", "home", "winter",
    "places", "rides", "sky", "things", "goods", "textiles", "grounds", "frames",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motif:
    """`kind` decides where composers put it; `title` goes into the alt text."""

    name: str
    draw: Draw
    kind: str
    title: str


_MOTIFS: dict[str, Motif] = {}


def motif(name: str, kind: str, title: str = "") -> Callable[[Draw], Draw]:
    def register(draw: Draw) -> Draw:
        _MOTIFS[name] = Motif(name, draw, kind, title or name.replace("-", " "))
        return draw

    return register


@cache
def motifs() -> dict[str, Motif]:
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    return _MOTIFS
