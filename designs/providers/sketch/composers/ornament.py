"""Symmetric ornament: rings of petals, leaves and motifs about a plain middle, with answering corners."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import BLOOMS, Stage

FEATURES = {
    "christmas": ("poinsettia", "snowflake", "bauble", "holly"), "hanukkah": ("star", "dreidel"), "diwali": ("diya",
    "cosmos"), "eid": ("star", "twinkle"), "lunar": ("cherry-blossom", "lantern"), "valentine": ("heart", "rose"),
    "love": ("heart", "peony"), "patrick": ("clover",),
}  # fmt: skip


@composer("ornament")
def ornament(stage: Stage) -> None:
    dice = stage.dice.sub("ornament")
    stage.quiet = stage.spec.quiet or "center"
    dark = stage.night or dice.chance(0.5)
    ground = (
        mix(
            stage.palette.deep,
            stage.palette.accents[2],
            0.12,
        )
        if dark
        else mix(stage.palette.paper, stage.palette.sky[1], 0.4)
    )
    stage.behind_words = ground
    stage.ground("backdrop", color=ground)
    middle = (stage.width * 0.5, stage.height * 0.5)
    names = _features(stage, dice)
    colors = [*stage.palette.bright, stage.palette.land[1]]
    if dark:
        colors = [shift(color, 0.04) for color in colors]
    for x, y in ((0, 0), (1, 0), (0, 1), (1, 1)):
        _rosette(stage, dice.sub("corner"), (stage.width * x, stage.height * y), stage.unit * 30, colors, names, ground)
    _ring(stage, dice, middle, colors, names, ground)


def _features(stage: Stage, dice: Dice) -> list[str]:
    named = [
        subject.motif
        for subject in stage.cast("bloom", "flyer", "hanging", "leaf", "bit", "sprig")
        if not stage.is_gone(subject.motif)
    ]
    usual = list(FEATURES.get(stage.spec.occasion, ()))
    if stage.snowy and not usual:
        usual = ["snowflake"]
    return (named + [name for name in usual if not stage.is_gone(name)]) or stage.names("bloom", BLOOMS, 2)


def _turned(middle: tuple[float, float], reach: float, number: float, count: int) -> tuple[float, float, float]:
    angle = math.tau * number / count
    return middle[0] + reach * math.sin(angle), middle[1] - reach * math.cos(angle), math.degrees(angle)


def _petal(
    stage: Stage,
    middle: tuple[float, float],
    inner: float,
    outer: float,
    width: float,
    turn: float,
    color: str,
) -> None:
    """A pointed petal from inner to outer radius, as a shape of the page."""
    angle = math.radians(turn)
    sin, cos = math.sin(angle), math.cos(angle)
    outline = [
        (0, inner, 1),
        (width * 0.5, inner + (outer - inner) * 0.45),
        (0, outer, 1),
        (-width * 0.5, inner + (outer - inner) * 0.45),
    ]
    points = [
        [round(middle[0] + x * cos + y * sin, 1), round(middle[1] + x * sin - y * cos, 1), *rest]
        for x, y, *rest in outline
    ]
    stage.ground("shape", points=points, color=color, smooth=True, shade=0.8)


def _ring(
    stage: Stage,
    dice: Dice,
    middle: tuple[float, float],
    colors: list[str],
    names: list[str],
    ground: str,
) -> None:
    count, base = dice.pick([12, 16]), stage.unit * 27
    first, second, third = (colors * 2)[:3]
    for number in range(count):
        _petal(
            stage,
            middle,
            base * 1.02,
            base * 1.72,
            base * 0.42,
            360 * (number + 0.5) / count,
            mix(stage.palette.land[2], first, 0.08),
        )
    for number in range(count):
        _petal(stage, middle, base * 1.0, base * 1.52, base * 0.36, 360 * number / count, second)
        _petal(stage, middle, base * 1.08, base * 1.36, base * 0.17, 360 * number / count, mix(second, ground, 0.55))
    for number in range(count):
        x, y, _ = _turned(middle, base * 1.80, number + 0.5, count)
        stage.ground(
            "shape",
            points=[[x - 6, y], [x, y - 6], [x + 6, y], [x, y + 6]],
            color=third,
            shade=0,
            smooth=True,
        )
        x, y, turn = _turned(middle, base * 1.66, number, count)
        stage.add(
            names[number % len(names)],
            x,
            y,
            stage.unit * 9.5,
            turn=turn,
            tint=stage.tint_of(names[number % len(names)]) or _tint(names[number % len(names)], first),
        )
    stage.ground("panel", oval=[*middle, base * 1.07, base * 1.07], color=ground, lift=0)
    stage.ground("hoop", x=middle[0], y=middle[1], rx=base * 1.04, ry=base * 1.04, color=first, width=stage.unit * 0.7)
    stage.ground(
        "hoop",
        x=middle[0],
        y=middle[1],
        rx=base * 0.98,
        ry=base * 0.98,
        color=mix(first, ground, 0.4),
        width=stage.unit * 0.25,
    )


def _tint(name: str, color: str) -> str:
    return (
        ""
        if name
        in (
            "poinsettia",
            "daisy",
            "sunflower",
            "poppy",
            "holly",
            "diya",
            "lantern",
            "star",
            "twinkle",
            "snowflake",
        )
        else color
    )


def _rosette(
    stage: Stage,
    dice: Dice,
    middle: tuple[float, float],
    base: float,
    colors: list[str],
    names: list[str],
    ground: str,
) -> None:
    count = 16
    for reach, width, color, offset in (
        (1.0, 0.34, colors[0], 0.0),
        (0.86, 0.28, mix(stage.palette.land[2], colors[0], 0.1), 0.5),
        (0.60, 0.24, colors[1 % len(colors)], 0.0),
    ):
        for number in range(count):
            _petal(stage, middle, base * 0.16, base * reach, base * width * 0.8, 360 * (number + offset) / count, color)
    stage.ground("panel", oval=[*middle, base * 0.34, base * 0.34], color=ground, lift=0)
    stage.add(names[0], *middle, base * 0.52, tint=stage.tint_of(names[0]) or _tint(names[0], colors[2 % len(colors)]))
    for number in range(24):
        x, y, _ = _turned(middle, base * 1.12, number, 24)
        stage.ground(
            "shape",
            points=[[x - 4, y], [x, y - 4], [x + 4, y], [x, y + 4]],
            color=colors[1 % len(colors)],
            shade=0,
            smooth=True,
        )
