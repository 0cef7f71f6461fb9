"""Photos in round things: glass balls on fir branches, hot-air balloons over the land."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import keepsake
from designs.providers.sketch.composers.backdrops import backdrop, front
from designs.providers.sketch.composers.framing import company, guests, hang
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage


@keepsake("baubles")
def baubles(stage: Stage) -> None:
    """Glass balls that hang from fir branches, a picture in each."""
    dice = stage.dice.sub("baubles")
    stage.quiet = stage.spec.quiet or "bottom"
    stage.behind_words = mix(*stage.palette.sky, 0.6)
    stage.ground("sky", low=1.0)
    stage.ground("bokeh", count=22, top=0.1, low=1.0)
    shots = stage.spec.photos[:6]
    places = _hooks(stage, len(shots))
    string = mix(stage.palette.deep, stage.palette.accents[1], 0.4)
    for x, y, radius in places:
        stage.ground("string", line=[[x, -10], [x, y - radius * 1.3]], color=string, width=stage.unit * 0.28)
    _branches(stage, dice)
    for shot, (x, y, radius) in zip(shots, places, strict=True):
        hang(stage, "photo-bauble", shot, (x, y), (radius * 2, radius * 2), turn=dice.spread(0, 2.0))
        cluster_of_holly(stage, dice, x, y - radius * 1.32, radius * 0.5)
    for number, name in enumerate(guests(stage)[:3]):
        x = stage.width * (0.17, 0.83, 0.5)[number]
        stage.stand(name, x, stage.height * 0.985, stage.unit * 21, flip=x > 0.5, snow=stage.snowy)
    if stage.snowy:
        stage.ground("snowfall", count=stage.many("snowfall", 110))


def _hooks(stage: Stage, count: int) -> list[tuple[float, float, float]]:
    """Where baubles hang: x, y, radius."""
    sizes = {1: ((0.5, 0.50, 33),), 2: ((0.29, 0.42, 22), (0.71, 0.58, 22)),
             3: ((0.26, 0.36, 19), (0.73, 0.43, 19), (0.45, 0.70, 19)),
             4: ((0.26, 0.36, 17.5), (0.72, 0.32, 17.5), (0.27, 0.66, 17.5), (0.74, 0.63, 17.5))}  # fmt: skip
    many = ((0.2, 0.33), (0.53, 0.28), (0.82, 0.39), (0.22, 0.60), (0.52, 0.56), (0.79, 0.68))
    layout = sizes.get(count) or tuple((x, y, 13.5) for x, y in many[:count])
    return [(stage.width * x, stage.height * y, min(stage.unit * r, stage.height * 0.30)) for x, y, r in layout]


def _branches(stage: Stage, dice: Dice) -> None:
    fir = mix("#2f5d47", stage.palette.land[2], 0.35)
    for number in range(24):
        x = stage.width * (number % 12 + dice.between(0.1, 0.9)) / 12
        size = stage.unit * dice.between(20, 30) * (1.0 if number < 12 else 0.75)
        stage.add("fern", x, size * 0.22, size, turn=180 + dice.spread(0, 40), tint=shift(fir, dice.spread(0, 0.04)))


def cluster_of_holly(stage: Stage, dice: Dice, x: float, y: float, reach: float) -> None:
    for turn in (-62, 58):
        stage.add("holly", x + math.copysign(reach * 0.42, turn), y - reach * 0.2, reach, turn=turn + dice.spread(0, 8))


@keepsake("ascent")
def ascent(stage: Stage) -> None:
    """Hot-air balloons over the land, a picture on each."""
    dice = stage.dice.sub("ascent")
    stage.quiet = stage.spec.quiet or "top"
    line = backdrop(stage, dice)
    shots = stage.spec.photos[:5]
    layout = {1: ((0.5, 0.5, 21),), 2: ((0.29, 0.42, 15.5), (0.70, 0.55, 15.5)),
              3: ((0.24, 0.40, 13), (0.76, 0.40, 12), (0.5, 0.64, 13))}.get(len(shots)) or (
        (0.2, 0.38, 11), (0.53, 0.35, 10.5), (0.82, 0.45, 11), (0.33, 0.66, 11), (0.68, 0.70, 10.5))  # fmt: skip
    bright = stage.palette.bright
    for number, shot in enumerate(shots):
        x, y, radius = layout[number]
        reach = min(stage.unit * radius, stage.height * 0.15) * 2
        hang(stage, "photo-balloon", shot, (stage.width * x, stage.height * y), (reach, reach), turn=dice.spread(0, 3),
             color=bright[number % len(bright)])  # fmt: skip
    company(stage, dice, line)
    front(stage)
