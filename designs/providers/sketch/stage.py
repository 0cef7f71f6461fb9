"""The stage: what a composer puts items on, and what it may ask about the cast."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from designs.providers.sketch.bonds import (
    MOUNTS,
    PEOPLE,
    STATURE,
    after,
    before,
    carried,
    hop,
    is_busy,
    lean,
    rider_of,
    seat,
)
from designs.providers.sketch.color import mix
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.scene import Item, Scene, Spec, Subject

STANDING = frozenset({"animal", "building", "vehicle", "object", "food", "plant", "tree"})
BLOOMS = ("peony", "rose", "anemone", "cosmos", "daisy", "cherry-blossom")
SPRIGS = ("sprig", "eucalyptus", "fern", "olive-branch", "berries")
STEMS = ("tulip", "daisy-stem", "poppy-stem", "lavender", "bluebell", "sunflower-stem", "wheat", "dandelion")
DECORATION = frozenset({"flower", "tree", "cloud", "stars", "autumn-leaf", "snowfall", "confetto"})
WALLPAPER = frozenset({"pattern", "rays", "beams", "bokeh"})
# What is drawn above the foot of its box, by this share of it, and would hang over its own shadow.
HOLLOW = {
    "lemon": 0.20, "scroll": 0.19, "envelope": 0.18, "camera": 0.16, "book": 0.16, "hat": 0.13, "starfish": 0.12,
    "crown": 0.10, "key": 0.09, "witch-hat": 0.08, "diya": 0.08, "rings": 0.07, "orange": 0.06, "suitcase": 0.06,
    "watering-can": 0.06, "paintbrush": 0.06, "music": 0.05, "apple": 0.05, "mortarboard": 0.05,
}  # fmt: skip
HOLDS_FLOWERS = frozenset({"vase", "bouquet"})
LOWEST = 0.862  # of a calendar's height: what a crop to any of its shapes leaves
NEAR = 0.2  # riders are seen on what is not lost in haze
SPARSE = 0.35  # so much of the decoration a minimal picture keeps


class Stage:
    """Collects items, back to front, in canvas units. Every layer draws its chance from its own Dice."""

    def __init__(self, spec: Spec, size: tuple[float, float]) -> None:
        self.spec, self.palette = spec, spec.colors()
        self.width, self.height = size
        self.dice = Dice(spec.seed, spec.composer, "stage")
        self.quiet = spec.quiet or "top"
        self.behind_words = mix(*self.palette.sky, 0.35)
        self.items: list[Item] = []
        self._drawn = self._stood = 0
        self._carried = carried(tuple(bond for bond in spec.bonds if not {bond[0], bond[2]} & set(spec.removed)))
        self._seated: set[str] = set()

    # The page

    @property
    def night(self) -> bool:
        return self.palette.night

    @property
    def snowy(self) -> bool:
        return self.spec.weather == "snow" or (self.spec.season == "winter" and self.spec.weather != "none")

    @property
    def stormy(self) -> bool:
        return self.spec.weather == "storm"

    @property
    def rainy(self) -> bool:
        return self.spec.weather == "rain" or self.stormy

    @property
    def dark_page(self) -> bool:
        """Whether an empty page is dark: at night, and in a sun print, where only what lay on the paper is pale."""
        return self.night or self.spec.style == "cyanotype"

    @property
    def wide(self) -> bool:
        return self.width > self.height * 1.15

    @property
    def unit(self) -> float:
        """A hundredth of what a figure may be measured by: the width, or less on a wide page."""
        return min(self.width, self.height * 0.95) / 100

    @property
    def is_calendar(self) -> bool:
        """No words come onto it, and it is cropped to three shapes: what matters stays in the middle."""
        return self.spec.purpose == "calendar"

    def level(self, share: float) -> float:
        """How far down the page feet may stand, for a share of its height."""
        return self.height * (min(share, LOWEST) if self.is_calendar else share)

    def scene(self) -> Scene:
        spec = self.spec
        return Scene(
            self.width,
            self.height,
            spec.style,
            spec.composer,
            self.palette,
            self.quiet,
            self.behind_words,
            tuple(self.items),
        )

    # The cast

    def cast(self, *kinds: str) -> list[Subject]:
        return [subject for subject in self.spec.subjects if motifs()[subject.motif].kind in kinds]

    @property
    def heroes(self) -> list[Subject]:
        """Who stands on the ground, in the order asked for."""
        return self._free(*STANDING)

    @property
    def flyers(self) -> list[Subject]:
        return self._free("flyer")

    def _free(self, *kinds: str) -> list[Subject]:
        """Of these kinds, those that nobody else draws."""
        return [one for one in self.cast(*kinds) if one.motif not in self._carried and not self.is_gone(one.motif)]

    def names(self, kind: str, otherwise: Sequence[str], least: int = 1) -> list[str]:
        """Motifs of a kind that were asked for, filled up with fitting ones. What was removed stays away."""
        named = [subject.motif for subject in self.cast(kind)]
        spare = [name for name in self.dice.sub("names", kind).shuffled(otherwise) if name not in named]
        return [name for name in named + spare[: max(0, least - len(named))] if not self.is_gone(name)]

    def tint_of(self, name: str) -> str:
        return next((subject.tint for subject in self.spec.subjects if subject.motif == name), "")

    def is_gone(self, name: str) -> bool:
        return name in self.spec.removed

    def many(self, name: str, count: float) -> int:
        """How many of these, after "more" and "fewer"; none when removed."""
        thin = SPARSE if self.spec.style == "minimal" and name in DECORATION else 1.0
        return 0 if self.is_gone(name) else max(0, round(count * thin * self.spec.more.get(name, 1.0)))

    def how_many(self, subject: Subject, usual: int) -> int:
        """As many as the words say, else the usual number, after "more" and "fewer"."""
        return self.many(subject.motif, subject.count or usual)

    # Putting things down

    def ground(self, motif: str, **args: Any) -> None:
        if not self.is_gone(motif) and not (self.spec.style == "minimal" and motif in WALLPAPER):
            self.items.append(Item(motif, seed=self._seed(), args=args))

    def add(
        self,
        motif: str,
        x: float,
        y: float,
        size: float,
        *,
        turn: float = 0,
        flip: bool = False,
        tint: str = "",
        fade: float = 0,
        grow: bool = True,
        **args: Any,
    ) -> None:
        if self.is_gone(motif):
            return
        rider = rider_of(self, motif) if fade < NEAR and motif not in self._seated else ""
        size *= self.spec.scales.get(motif, 1.0) if grow else 1.0
        size *= MOUNTS[motif][4] if rider and motifs()[motif].kind not in STANDING else 1.0
        tint = tint or self.tint_of(motif)
        if motif in HOLDS_FLOWERS and (asked := self.names("bloom", (), 0)):
            args.update(blooms=asked, tints=[self.tint_of(name) for name in asked])
        if motif in PEOPLE and is_busy(self, motif):
            args["busy"] = True
        place = (round(x, 1), round(y, 1), round(size, 1), round(turn, 1))
        item = Item(motif, *place, flip, tint, round(fade, 3), self._seed(), args)
        if rider:
            self._seat(rider, item)
        else:
            self.items.append(item)

    def _seat(self, rider: str, mount: Item) -> None:
        """The mount with its rider, inside it or upon it."""
        mount = replace(mount, args={**mount.args, "ridden": True})
        self._seated.add(mount.motif)
        x, y, size = seat(mount.motif, mount.x, mount.y, mount.size, flip=mount.flip)
        if not MOUNTS[mount.motif][3]:
            self.items.append(mount)
        self.add(rider, x, y, size, snow=self.snowy)
        after(self, rider, x, y + size / 2, size)
        if MOUNTS[mount.motif][3]:
            self.items.append(mount)

    def stand(self, motif: str, x: float, foot: float, size: float, **more: Any) -> None:
        """Put something on the ground, its feet at `foot`, with its shadow."""
        if self.is_gone(motif):
            return
        size *= self.spec.scales.get(motif, 1.0) * STATURE.get(motif, 1.0)
        size *= MOUNTS[motif][4] if rider_of(self, motif) and motif not in self._seated else 1.0
        before(self, motif, x, foot, size)
        if motifs()[motif].kind in STANDING and not more.pop("bare", False) and size > 40:
            self.ground(
                "pool-shadow",
                x=round(x, 1),
                y=round(foot - size * 0.005, 1),
                half=round(size * 0.4, 1),
                alpha=0.26,
            )
        self._stood += 1
        foot += size * (HOLLOW.get(motif, 0.0) - hop(self, motif, self._stood))
        turn = more.pop("turn", 0.0) + lean(self, motif, self._stood)
        self.add(motif, x, foot - size * 0.5, size, grow=False, turn=turn, **more)
        after(self, motif, x, foot, size, flip=bool(more.get("flip")))

    def put(self, motif: str, place: tuple[float, float], args: Mapping[str, Any], turn: float = 0) -> None:
        """Something measured in page units about its own middle: a frame, a person."""
        x, y = place
        self.items.append(Item(motif, round(x, 1), round(y, 1), turn=round(turn, 2), seed=self._seed(), args=args))

    @contextmanager
    def window(self, **shape: Any) -> Iterator[None]:
        """Everything put down in the block is seen through this shape (see paths.outline)."""
        outside, self.items = self.items, []
        yield
        children, self.items = tuple(self.items), outside
        self.items.append(Item("window", args=shape, children=children))

    def _seed(self) -> int:
        self._drawn += 1
        return Dice(self.spec.seed, "item", self._drawn).seed()


def skyline(dice: Dice, width: float, level: float, rise: float, steps: int = 7) -> list[list[float]]:
    """The upper edge of a hill, from edge to edge: points about `level`, up to `rise` away from it."""
    phase, waves = dice.between(0, math.tau), dice.between(0.7, 1.4)
    line = []
    for step in range(steps + 1):
        share = step / steps
        swing = math.sin(phase + share * math.tau * waves) * 0.65 + dice.between(-0.35, 0.35)
        line.append([round(-30 + share * (width + 60), 1), round(level - rise * swing, 1)])
    return line


def height_at(line: Sequence[Sequence[float]], x: float) -> float:
    """Where the ground is at x."""
    for (left, above), (right, below) in itertools.pairwise(line):
        if left <= x <= right:
            share = (x - left) / (right - left)
            eased = share * share * (3 - 2 * share)
            return above + (below - above) * eased
    return line[-1][1]


def spots(
    dice: Dice,
    count: int,
    area: tuple[float, float, float, float],
    gap: float,
    tries: int = 30,
) -> list[tuple[float, float]]:
    """Places in (left, top, right, bottom) that keep `gap` from one another, or fewer when there is no more room."""
    left, top, right, bottom = area
    found: list[tuple[float, float]] = []
    for _ in range(count * tries):
        if len(found) >= count:
            break
        x, y = dice.between(left, right), dice.between(top, bottom)
        if all((x - a) ** 2 + (y - b) ** 2 >= gap * gap for a, b in found):
            found.append((x, y))
    return found
