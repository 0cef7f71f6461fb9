"""Spec (what to draw, the recipe) and Scene (where every motif stands): plain data, JSON in and out."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from designs.providers.sketch.bonds import Bond
from designs.providers.sketch.bonds import plain as plain_bonds
from designs.providers.sketch.looks import at_hour, in_storm, looked, of_family
from designs.providers.sketch.palettes import PALETTES, Palette, Recoloring
from designs.providers.sketch.photos.shots import Shot

VERSION = "sketch-7"
CHANCE = "sketch-1"  # what is left to chance stays as it was when only the drawing gets better
SHORT_SIDE = 1000.0  # canvas units; the long side follows from the proportions


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that was asked for. `count` 0: some of them, nobody said how many. `tint`: the color asked for."""

    motif: str
    count: int = 0
    tint: str = ""


@dataclass(frozen=True, slots=True)
class Spec:
    """The recipe. Equal specs give equal pictures at every size. `asked` counts the subjects that the words named;
    those after them were chosen by us. `more` multiplies how many, `scales` how big, by motif."""

    prompt: str
    style: str
    seed: int
    composer: str
    palette: str
    subjects: tuple[Subject, ...] = ()
    asked: int = 0
    occasion: str = ""
    season: str = ""
    time: str = ""
    weather: str = ""
    place: str = ""
    mood: str = ""
    accents: tuple[str, ...] = ()
    light: float = 0.0
    chroma: float = 1.0
    warm: float = 0.0
    removed: tuple[str, ...] = ()
    more: Mapping[str, float] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    quiet: str = ""
    notes: tuple[str, ...] = ()
    photos: tuple[Shot, ...] = ()
    purpose: str = "card"
    bonds: tuple[Bond, ...] = ()

    def to_json(self) -> dict[str, Any]:
        plain = asdict(self)
        for name in ("subjects", "accents", "removed", "notes", "photos", "bonds"):
            plain[name] = list(plain[name])
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Spec":
        """Raises TypeError or KeyError when `plain` is not a spec of ours."""
        known = {name: plain[name] for name in cls.__dataclass_fields__ if name in plain}
        for name in ("accents", "removed", "notes"):
            known[name] = tuple(known.get(name, ()))
        known["subjects"] = tuple(Subject(**subject) for subject in plain.get("subjects", ()))
        known["bonds"] = plain_bonds(plain.get("bonds", ()))
        known["photos"] = tuple(Shot.from_json(shot) for shot in plain.get("photos", ()))
        return cls(**known)

    def colors(self) -> Palette:
        """The palette after everything that was asked of it."""
        palette = PALETTES[self.palette]
        if self.accents:
            palette = palette.with_accents(list(self.accents)).washed(self.accents[0])
        if self.time == "night" or self.style == "night-glow":
            palette = palette.at_night()
        if self.purpose == "calendar":
            palette = of_family(palette, self.style)
        if self.weather == "storm":
            palette = in_storm(palette)
        palette = looked(self.style, at_hour(palette, self.time))
        if self.light or self.chroma != 1 or self.warm:
            palette = palette.recolored(Recoloring(self.light, self.chroma, self.warm))
        return replace(palette, lamps=self.time in ("dusk", "night"))


@dataclass(frozen=True, slots=True)
class Item:
    """One motif in its place. x, y: center in canvas units; size: height of its box; fade: 0 near, 1 lost in haze.

    The motif "window" shows its children cut to the shape in its args."""

    motif: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    turn: float = 0.0
    flip: bool = False
    tint: str = ""
    fade: float = 0.0
    seed: int = 0
    args: Mapping[str, Any] = field(default_factory=dict)
    children: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the pen follows, back to front. `quiet` is where words go (top, center or bottom), `behind_words`
    the color there."""

    width: float
    height: float
    style: str
    composer: str
    palette: Palette
    quiet: str
    behind_words: str
    items: tuple[Item, ...]

    def motif_names(self) -> set[str]:
        """Every motif that is drawn, those inside windows, in vases and on mugs too."""
        held = {name for item in _all(self.items) for name in item.args.get("blooms", ())}
        borne = {str(item.args["print"]) for item in _all(self.items) if "print" in item.args}
        return held | borne | {item.motif for item in _all(self.items)}


def _all(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _all(item.children)


def canvas_size(width_px: int, height_px: int) -> tuple[float, float]:
    """The page in canvas units: the short side is SHORT_SIDE whatever the pixels."""
    short = min(width_px, height_px)
    return SHORT_SIDE * width_px / short, SHORT_SIDE * height_px / short
