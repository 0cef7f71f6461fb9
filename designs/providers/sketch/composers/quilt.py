"""Geometric quilt: a grid of patches, mirrored for order, with motifs in some and a plain field for words."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.motifs.flowers import NATURAL
from designs.providers.sketch.stage import BLOOMS, Stage

Corner = tuple[float, float]
# Kinds and motifs that are cut from the cloth of their patch; all else is known by its own colors.
DYED = frozenset({"bloom", "sprig", "leaf", "stem", "heart", "balloon", "heart-balloon", "butterfly", "twinkle"})
GAP = 3.0  # canvas units about a patch
SHARE_OF_PATCH = 0.84


@composer("quilt")
def quilt(stage: Stage) -> None:
    dice = stage.dice.sub("quilt")
    stage.quiet = stage.spec.quiet or "center"
    columns = 4 if not stage.wide else round(stage.width / stage.height * 5)
    rows = max(3, round(stage.height / (stage.width / columns)))
    across, down = stage.width / columns, stage.height / rows
    paper = (
        mix(
            stage.palette.paper,
            stage.palette.sky[1],
            0.25,
        )
        if not stage.dark_page
        else mix(stage.palette.deep, stage.palette.land[1], 0.3)
    )
    stage.behind_words = paper
    stage.ground("backdrop", color=paper)
    colors = [*stage.palette.accents, stage.palette.land[2], stage.palette.land[1], stage.palette.deep]
    held = {
        (row, column)
        for row in range(rows // 2 - 1, rows // 2 + (1 if rows % 2 == 0 else 2))
        for column in range(1, columns - 1)
    }
    names = itertools.cycle(_names(stage))  # in turn, so that everybody who was asked for has a patch
    for row in range(rows):
        for column in range((columns + 1) // 2):
            if (row, column) in held:
                continue
            name = next(names) if (row + 2 * column) % 3 == 1 else ""
            _mirrored(stage, dice, (row, column), columns, (across, down), colors, name, paper)
    top, bottom = min(row for row, _ in held) * down, (max(row for row, _ in held) + 1) * down
    stage.ground("panel", box=[across + 3, top + 3, stage.width - across - 3, bottom - 3], radius=10, color=paper)
    stage.ground(
        "frame",
        box=[across + 16, top + 16, stage.width - across - 16, bottom - 16],
        radius=6,
        color=mix(paper, stage.palette.bright[0], 0.6),
        width=2.4,
    )


def _names(stage: Stage) -> list[str]:
    named = [subject.motif for subject in stage.spec.subjects if not stage.is_gone(subject.motif)]
    return named or stage.names("bloom", BLOOMS, 3)


def _mirrored(
    stage: Stage,
    dice: Dice,
    cell: tuple[int, int],
    columns: int,
    size: Corner,
    colors: list[str],
    name: str,
    paper: str,
) -> None:
    """One patch and its mirror image on the other side: a motif, or a pattern where `name` is empty."""
    row, column = cell
    first, second = dice.shuffled(colors)[:2]
    kind = dice.pick(KINDS)
    kind = "motif" if name else kind
    for mirror in {column, columns - 1 - column}:
        place = (mirror * size[0], row * size[1])
        cloth = Patch(stage, place, size, first, second, paper, flip=mirror != column)
        cloth.sew(kind, name)


def patch(stage: Stage, dice: Dice, at: Corner, size: Corner, paper: str, name: str) -> None:
    """One patch by itself, with a pattern or a motif."""
    colors = [*stage.palette.accents, stage.palette.land[2], stage.palette.land[1], stage.palette.deep]
    first, second = dice.shuffled(colors)[:2]
    cloth = Patch(stage, at, size, first, second, paper, flip=dice.chance(0.5))
    cloth.sew(dice.pick([*KINDS, "motif", "motif", "motif"]), name)


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle of the quilt: `at` its corner, two colors on paper; `flip` turns it over."""

    stage: Stage
    at: Corner
    size: Corner
    first: str
    second: str
    paper: str
    flip: bool

    def sew(self, kind: str, name: str) -> None:
        light = mix(self.first, self.paper, 0.72)
        ground = light if kind in ("motif", "petal", "rings") else mix(self.second, self.paper, 0.12)
        self.shape([(0, 0), (1, 0), (1, 1), (0, 1)], ground)
        if kind == "motif":
            self.motif(name)
        else:
            SEWN[kind](self)

    def shape(self, points: list[Corner], color: str) -> None:
        self.stage.ground("shape", points=[self._point(x, y) for x, y in points], color=color, shade=0.5)

    def motif(self, name: str) -> None:
        dyed = name not in NATURAL and (motifs()[name].kind in DYED or name in DYED)
        tint = self.stage.tint_of(name) or (shift(self.first, -0.02) if dyed else "")
        x, y = self.at[0] + self.size[0] / 2, self.at[1] + self.size[1] / 2
        size = (min(self.size) - 2 * GAP) * SHARE_OF_PATCH
        self.stage.add(name, x, y, size, flip=self.flip, tint=tint, grow=False)

    def _point(self, x: float, y: float) -> list[float]:
        across, down = self.size[0] - 2 * GAP, self.size[1] - 2 * GAP
        x = 1 - x if self.flip else x
        return [round(self.at[0] + GAP + x * across, 2), round(self.at[1] + GAP + y * down, 2)]


def _quarter(cloth: Patch) -> None:
    for reach, color in ((1.0, cloth.first), (0.66, cloth.paper), (0.33, cloth.first)):
        cloth.shape([(0, 0), *_arc(0, 0, reach, 0, 90)], color)


def _triangles(cloth: Patch) -> None:
    cloth.shape([(0, 0), (1, 0), (0, 1)], cloth.first)
    cloth.shape([(0.25, 0.25), (0.62, 0.25), (0.25, 0.62)], cloth.paper)


def _petals(cloth: Patch) -> None:
    for turn in (0, 90, 180, 270):
        cloth.shape(_petal(turn), cloth.first if turn % 180 == 0 else cloth.second)


def _rings(cloth: Patch) -> None:
    for reach, color in ((0.46, cloth.first), (0.33, cloth.paper), (0.2, cloth.second)):
        cloth.shape(_arc(0.5, 0.5, reach, 0, 352), color)


def _pinwheel(cloth: Patch) -> None:
    for turn in range(4):
        cloth.shape([_turned(x, y, turn * 90) for x, y in ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5))], cloth.first)


def _fan(cloth: Patch) -> None:
    for number in range(4):
        start = -90 + number * 22.5
        cloth.shape([(0, 1), *_arc(0, 1, 0.96, start, start + 15)], cloth.first if number % 2 else cloth.paper)


def _diamond(cloth: Patch) -> None:
    cloth.shape([(0.5, 0.04), (0.96, 0.5), (0.5, 0.96), (0.04, 0.5)], cloth.first)
    cloth.shape([(0.5, 0.27), (0.73, 0.5), (0.5, 0.73), (0.27, 0.5)], cloth.paper)


SEWN: dict[str, Callable[[Patch], None]] = {
    "quarter": _quarter, "triangles": _triangles, "petal": _petals, "rings": _rings, "pinwheel": _pinwheel,
    "fan": _fan, "diamond": _diamond,
}  # fmt: skip
KINDS = tuple(SEWN)


def _arc(x: float, y: float, reach: float, start: float, end: float) -> list[Corner]:
    steps = max(6, int(abs(end - start) / 8))
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for angle in angles]


def _turned(x: float, y: float, degrees: float) -> Corner:
    angle = math.radians(degrees)
    across, down = x - 0.5, y - 0.5
    return 0.5 + across * math.cos(angle) - down * math.sin(angle), 0.5 + across * math.sin(angle) + down * math.cos(
        angle
    )


def _petal(turn: float) -> list[Corner]:
    """A leaf from the middle of the patch to a corner."""
    points = []
    for step in range(13):
        share = step / 12
        points.append(
            (
                0.5 - 0.46 * share - 0.16 * math.sin(share * math.pi),
                0.5 - 0.46 * share + 0.16 * math.sin(share * math.pi),
            )
        )
    for step in range(12, -1, -1):
        share = step / 12
        points.append(
            (
                0.5 - 0.46 * share + 0.16 * math.sin(share * math.pi),
                0.5 - 0.46 * share - 0.16 * math.sin(share * math.pi),
            )
        )
    return [_turned(x, y, turn) for x, y in points]
