"""Geometric quilt: a grid of patches, mirrored for order, with motifs in some and a plain field for words."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import BLOOMS, Stage

Corner = tuple[float, float]


@composer("quilt")
def quilt(stage: Stage) -> None:
    dice = stage.dice.sub("quilt")
    stage.quiet = stage.spec.quiet or "center"
    columns = 5 if not stage.wide else round(stage.width / stage.height * 5)
    rows = max(3, round(stage.height / (stage.width / columns)))
    across, down = stage.width / columns, stage.height / rows
    paper = (
        mix(
            stage.palette.paper,
            stage.palette.sky[1],
            0.25,
        )
        if not stage.night
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
    names = _names(stage)
    for row in range(rows):
        for column in range((columns + 1) // 2):
            if (row, column) in held:
                continue
            _mirrored(stage, dice, (row, column), columns, (across, down), colors, names, paper)
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
    names: list[str],
    paper: str,
) -> None:
    """One patch and its mirror image on the other side."""
    row, column = cell
    first, second = dice.shuffled(colors)[:2]
    kind = dice.pick(["quarter", "triangles", "petal", "rings", "pinwheel", "fan", "diamond"])
    if (row + 2 * column) % 3 == 1:
        kind = "motif"
    for mirror in {column, columns - 1 - column}:
        flip = mirror != column
        left, top = mirror * size[0], row * size[1]
        _patch(stage, kind, (left, top), size, first, second, paper, flip, names[(row + column) % len(names)])


def _patch(
    stage: Stage,
    kind: str,
    at: Corner,
    size: Corner,
    first: str,
    second: str,
    paper: str,
    flip: bool,
    name: str,
) -> None:
    gap = 3.0
    left, top, right, bottom = at[0] + gap, at[1] + gap, at[0] + size[0] - gap, at[1] + size[1] - gap

    def point(x: float, y: float) -> list[float]:
        x = 1 - x if flip else x
        return [round(left + x * (right - left), 2), round(top + y * (bottom - top), 2)]

    def shape(points: list[Corner], color: str) -> None:
        stage.ground("shape", points=[point(x, y) for x, y in points], color=color, shade=0.5)

    light = mix(first, paper, 0.72)
    shape([(0, 0), (1, 0), (1, 1), (0, 1)], light if kind in ("motif", "petal", "rings") else mix(second, paper, 0.12))
    if kind == "quarter":
        for reach, color in ((1.0, first), (0.66, paper), (0.33, first)):
            shape([(0, 0), *_arc(0, 0, reach, 0, 90)], color)
    elif kind == "triangles":
        shape([(0, 0), (1, 0), (0, 1)], first)
        shape([(0.25, 0.25), (0.62, 0.25), (0.25, 0.62)], paper)
    elif kind == "petal":
        for turn in (0, 90, 180, 270):
            shape(_petal(turn), first if turn % 180 == 0 else second)
    elif kind == "rings":
        for reach, color in ((0.46, first), (0.33, paper), (0.2, second)):
            shape(_arc(0.5, 0.5, reach, 0, 352), color)
    elif kind == "pinwheel":
        for turn in range(4):
            corners = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5)]
            shape([_turned(x, y, turn * 90) for x, y in corners], first)
    elif kind == "fan":
        for number in range(4):
            shape(
                [(0, 1), *_arc(0, 1, 0.96, -90 + number * 22.5, -90 + number * 22.5 + 15)],
                first if number % 2 else paper,
            )
    elif kind == "diamond":
        shape([(0.5, 0.04), (0.96, 0.5), (0.5, 0.96), (0.04, 0.5)], first)
        shape([(0.5, 0.27), (0.73, 0.5), (0.5, 0.73), (0.27, 0.5)], paper)
    elif kind == "motif":
        tint = stage.tint_of(name) or (
            "" if stage.cast("animal", "building", "object", "food", "vehicle") else shift(first, -0.02)
        )
        stage.add(name, (left + right) / 2, (top + bottom) / 2, min(size) * 0.74, flip=flip, tint=tint, grow=False)


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
