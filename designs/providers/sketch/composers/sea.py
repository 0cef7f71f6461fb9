"""The sea: from above with sails and lighthouses, or from below with light falling in."""

import math
from dataclasses import replace

from designs.providers.sketch.bonds import PEOPLE
from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import fly, heavens, line_up, weather
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.palettes import Palette
from designs.providers.sketch.stage import Stage, height_at, skyline, spots

BLUE = ("#3a9cc4", "#1f6f9c", "#123f66")
ON_ROCKS = frozenset({"lighthouse", "castle", "house", "cottage", "windmill"})
DIVERS = frozenset({"fish", "turtle", "octopus", "jellyfish", "mermaid-tail", "coral", "seaweed", "starfish"})


@composer("sea")
def sea(stage: Stage) -> None:
    dice = stage.dice.sub("sea")
    stage.quiet = stage.spec.quiet or "top"
    names = {subject.motif for subject in stage.spec.subjects}
    afloat = stage.spec.place in ("beach", "lake") or stage.cast("vessel")
    if stage.spec.place == "underwater" or (names & DIVERS and not afloat):
        below(stage, dice)
    else:
        open_sea(stage, dice)
        weather(stage, leaves=5)


def waters(stage: Stage) -> tuple[str, str, str]:
    """Blues of this palette: its land, moved towards the sea."""
    share = 0.35 if "sea" in stage.palette.tags or "beach" in stage.palette.tags else 0.6
    dark = 0.55 if stage.night else 0.0

    def blue(number: int) -> str:
        return mix(mix(stage.palette.land[number], BLUE[number], share), stage.palette.land[2], dark)

    return blue(0), blue(1), blue(2)


def open_sea(stage: Stage, dice: Dice) -> None:
    light = heavens(stage, low=0.56, foot=0.58)
    far, middle, near = waters(stage)
    horizon = stage.height * 0.545
    if dice.chance(0.6):
        stage.ground(
            "ridge",
            line=skyline(dice, stage.width, horizon + 4, stage.height * 0.03, 6),
            color=mix(stage.palette.land[0], stage.palette.sky[1], 0.35),
            haze=0.5,
        )
    shine = {} if stage.rainy else {"glint": round(light, 1)}
    stage.ground("water", y=round(horizon, 1), color=far, deep=middle, **shine)
    fly(stage)
    boats = [subject for subject in stage.cast("vessel", "swimmer") if not stage.is_gone(subject.motif)]
    for number, subject in enumerate(boats[:2]):
        for copy in range(max(1, min(3, stage.how_many(subject, 1)))):
            x = stage.width * (0.52, 0.24, 0.80)[(number + copy) % 3]
            size = stage.unit * ((48 if subject.motif == "whale" else 44) if number + copy == 0 else 22)
            stage.add(
                subject.motif,
                x,
                stage.height * (0.70 if number + copy == 0 else 0.60) - size * 0.34,
                size,
                fade=0 if number + copy == 0 else 0.15,
            )
    _waves(stage, dice, (far, middle, near), boats=bool(boats))
    _shore(stage, dice)


def _waves(stage: Stage, dice: Dice, waters: tuple[str, str, str], *, boats: bool) -> None:
    for number, level in enumerate((0.685, 0.755, 0.83)):
        step, swell = 70 + 24 * number, stage.unit * (0.9 + 0.35 * number)
        swell *= 2.2 if stage.rainy else 1.0
        phase = dice.between(0, math.tau)
        line = [
            [x, round(stage.height * level + swell * math.sin(phase + x / step * 1.55), 1)]
            for x in range(-40, int(stage.width) + 100, 40)
        ]
        color = mix(waters[1], waters[2], 0.15 + 0.35 * number)
        foot = stage.height * ((0.755, 0.83, 0.94)[number] + 0.03)  # the next wave or the sand covers the rest
        stage.ground("ridge", line=line, color=color, haze=0.12, shade=0.5, foot=foot)
        stage.ground("string", line=[[x, y + 3] for x, y in line], color=shift(color, 0.16), width=2.2 + number * 0.6)


def sand(stage: Stage) -> str:
    if stage.night:
        return mix(stage.palette.land[2], "#8a7a6a", 0.3)
    return mix(stage.palette.accents[3], "#f0d9ae", 0.6)


def is_sandy(stage: Stage) -> bool:
    return stage.spec.place in ("beach", "tropical") and not stage.snowy


def _shore(stage: Stage, dice: Dice) -> None:
    """Sand with shells; the standing cast on it, or a rock for a lighthouse."""
    houses = [subject for subject in stage.heroes if subject.motif in ON_ROCKS]
    if houses:
        _rock(stage, houses[0].motif)
    line = skyline(dice, stage.width, stage.height * 0.905, stage.height * 0.014, 4)
    stage.ground("string", line=[[x, y - 6] for x, y in line], color="#ffffff", width=9)
    stage.ground("ridge", line=line, color=sand(stage), shade=0.6)
    others = [subject for subject in stage.heroes if subject not in houses]
    if others:
        line_up(stage, stage.level(0.955), scale=0.95 if others[0].motif in PEOPLE else 0.75)
    for _ in range(stage.many("shell", 7)):
        x = stage.width * dice.pick([dice.between(0.03, 0.3), dice.between(0.7, 0.97)])
        size = stage.unit * dice.between(4, 7)
        stage.add(
            dice.pick(["shell", "starfish"]),
            x,
            max(height_at(line, x) + size, stage.height * dice.between(0.94, 0.985)),
            size,
            turn=dice.between(-50, 50),
            tint=dice.pick(["", stage.palette.accents[0], stage.palette.accents[1]]),
        )
    if is_sandy(stage):
        side = 0.04 if houses else dice.pick([0.04, 0.96])  # the rock is at the right
        stage.add("palm", stage.width * side, stage.height * 0.64, stage.unit * 62, flip=side > 0.5)


def _rock(stage: Stage, house: str) -> None:
    """A house on a rock at the right."""
    shares = ((0.42, 0.80, 1), (0.5, 0.70), (0.66, 0.675), (0.84, 0.67), (1.04, 0.64, 1), (1.04, 0.84, 1))
    rock = [[stage.width * x, stage.height * y, *corner] for x, y, *corner in shares]
    stage.stand(house, stage.width * 0.76, stage.height * 0.695, stage.unit * 50, bare=True)
    color = mix(stage.palette.land[2], stage.palette.deep, 0.35)
    stage.ground("shape", points=rock, color=color, smooth=True, shade=1)


def below(stage: Stage, dice: Dice, *, sand: bool = True) -> None:
    """Under water, from edge to edge; without `sand` only water, light, bubbles and what swims."""
    far, _, near = waters(stage)
    stage.palette = stage.palette if stage.night else _lit(stage, far, near)
    if sand:
        stage.behind_words = mix(*stage.palette.sky, 0.2)
    stage.ground("sky", low=1.0)
    stage.ground("beams")
    if not sand:
        _swimmers(stage, dice, sand=False)
    for depth, level in enumerate((0.80, 0.87, 0.925) if sand else ()):
        line = skyline(dice, stage.width, stage.height * level, stage.height * 0.03, 6)
        _reef(stage, dice, line, depth)
        floor = mix(near, "#e9d3a4", (0.10, 0.25, 0.55)[depth])
        stage.ground("ridge", line=line, color=floor, haze=0.0, shade=0.7)
        if depth == 1:
            _swimmers(stage, dice)
    for _ in range(stage.many("bubble", 26)):
        x, y, radius = (
            dice.between(
                0,
                stage.width,
            ),
            stage.height * dice.between(0.2, 0.9),
            stage.unit * dice.between(0.5, 1.7),
        )
        stage.ground(
            "hoop",
            x=round(x, 1),
            y=round(y, 1),
            rx=radius,
            ry=radius,
            color=mix(far, "#ffffff", 0.6),
            width=1.8,
        )


def deep(stage: Stage, dice: Dice, levels: tuple[float, float], foot: float) -> None:
    """Under water in a small world: light from above, what swims, a reef on two banks of sand at `levels`, shells and
    the like standing at `foot` (shares of the page's height)."""
    below(stage, dice, sand=False)
    for number, level in enumerate(levels):
        line = skyline(dice, stage.width, stage.height * level, stage.height * 0.014, 6)
        for _ in range(5):
            x, size = stage.width * dice.between(0.18, 0.82), stage.unit * dice.between(11, 18)
            name = dice.pick(["coral", "seaweed", "coral"])
            tint = dice.pick(stage.palette.bright) if name == "coral" else ""
            stage.add(name, x, height_at(line, x) - size * 0.42, size, tint=tint, fade=0.25 - 0.25 * number)
        stage.ground("ridge", line=line, color=mix(stage.palette.land[2], "#e9d3a4", 0.3 + 0.25 * number), haze=0.0)
    for subject in [one for one in stage.heroes if one.motif not in ("coral", "seaweed")][:1]:
        stage.stand(subject.motif, stage.width * 0.5, stage.height * foot, stage.unit * 22)


def _lit(stage: Stage, far: str, near: str) -> Palette:
    return replace(stage.palette, sky=(mix(far, "#bdf0ee", 0.45), mix(near, far, 0.25)))


def _reef(stage: Stage, dice: Dice, line: list[list[float]], depth: int) -> None:
    for number in range((7, 8, 9)[depth]):
        x = stage.width * (number + dice.between(0.1, 0.9)) / (7, 8, 9)[depth]
        middle = 1 - min(1, abs(x / stage.width - 0.5) * 2.4)
        size = stage.unit * dice.between(15, 25) * (1.05 - 0.5 * middle)
        name = dice.pick(["seaweed", "seaweed", "coral", "fern"])
        tint = dice.pick(stage.palette.bright) if name == "coral" else ""
        stage.add(
            name,
            x,
            height_at(line, x) + stage.unit * 2 - size * 0.46,
            size,
            flip=dice.chance(0.5),
            tint=tint,
            fade=(0.5, 0.25, 0.0)[depth],
        )


def _swimmers(stage: Stage, dice: Dice, *, sand: bool = True) -> None:
    cast = [subject for subject in stage.cast("swimmer") if not stage.is_gone(subject.motif)]
    for x, y in spots(
        dice,
        stage.many("fish", 8),
        (stage.width * 0.06, stage.height * 0.32, stage.width * 0.94, stage.height * 0.78),
        stage.unit * 15,
    ):
        stage.add("fish", x, y, stage.unit * dice.between(5, 9), flip=dice.chance(0.5), fade=0.35, grow=False)
    for number, subject in enumerate(cast[:3]):
        count = max(1, min(5, stage.how_many(subject, 3 if subject.motif == "fish" else 1)))
        for copy in range(count):
            lead = number + copy == 0
            x, y = ((0.5, 0.58), (0.24, 0.44), (0.78, 0.70), (0.22, 0.72), (0.80, 0.42))[(number * 2 + copy) % 5]
            size = stage.unit * ((50 if subject.motif == "whale" else 42) if lead else 20)
            stage.add(
                subject.motif,
                stage.width * x,
                stage.height * y,
                size,
                flip=not lead and dice.chance(0.5),
                fade=0 if lead else 0.1,
            )
    standing = stage.heroes if sand else []
    for subject in standing[:1]:
        stage.stand(subject.motif, stage.width * (0.5 if not cast else 0.75), stage.height * 0.92, stage.unit * 30)
