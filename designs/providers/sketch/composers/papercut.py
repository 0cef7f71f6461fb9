"""Paper-cut depth: sheets with a hole, one behind the other, and a small scene at the bottom of the well."""

import math

from designs.providers.sketch.color import lightness, mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import flock, flyer_size, line_up, people, weather
from designs.providers.sketch.composers.sea import deep, is_sandy, sand, waters
from designs.providers.sketch.composers.skyline import downtown
from designs.providers.sketch.composers.space import cosmos, in_space
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage, height_at, skyline, spots

GROWS = (0.80, 0.94, 1.08, 1.24)  # the holes, from the far sheet to the near one


@composer("papercut")
def papercut(stage: Stage) -> None:
    dice = stage.dice.sub("papercut")
    stage.quiet = stage.spec.quiet or "top"
    middle = (stage.width * 0.5, stage.height * 0.60)
    colors = _sheets(stage)
    with stage.window(box=_seen(stage, middle, 0)):
        if stage.spec.place == "underwater":
            deep(stage, dice, (0.74, 0.785), 0.815)
        else:
            stage.ground("sky", low=0.8)
            _light(stage, dice, middle)
            _depth(stage, dice, middle, colors)
    for number in range(4):
        with stage.window(box=_seen(stage, middle, number + 1)):
            _sheet(stage, dice, number, middle, colors[number])
        if number in (0, 2) and not in_space(stage):
            _growth(stage, dice, middle, number, colors)
    stage.behind_words = colors[3]
    weather(stage, flakes=90, leaves=6)


def _seen(stage: Stage, middle: tuple[float, float], number: int) -> list[float]:
    """The box about a hole: what lies behind the sheet is painted there and not under the whole page."""
    if number >= len(GROWS):
        return [-10, -10, stage.width + 10, stage.height + 10]
    rx, ry = (1.1 * reach for reach in _reach(stage, number))
    return [round(side, 1) for side in (middle[0] - rx, middle[1] - ry, middle[0] + rx, middle[1] + ry)]


def _reach(stage: Stage, number: int) -> tuple[float, float]:
    """Half the width and half the height of a hole, before it swells by up to 8 percent."""
    return stage.unit * 39 * GROWS[number], min(stage.unit * 47, stage.height * 0.315) * GROWS[number]


def _sheets(stage: Stage) -> list[str]:
    """From the far sheet, in the light, to the near one."""
    far, near = stage.palette.sky[0], stage.palette.deep
    if stage.snowy and not stage.night:
        far, near = "#f2f7fc", mix(stage.palette.sky[0], stage.palette.deep, 0.45)
    elif not stage.night and stage.cast("swimmer", "vessel"):
        far, near = mix(stage.palette.sky[1], "#bfe6ec", 0.4), mix(stage.palette.land[2], "#14517c", 0.5)
    elif not stage.night and stage.dice.sub("tone").chance(0.55):
        near = mix(stage.palette.accents[2], stage.palette.paper, 0.15)
        far = mix(stage.palette.paper, stage.palette.accents[2], 0.25)
    else:
        near = shift(near, 0.15 if lightness(near) < 0.25 else 0.03, 1.1)
    return [mix(far, near, share) for share in (0.15, 0.42, 0.70, 0.95)]


def _light(stage: Stage, dice: Dice, middle: tuple[float, float]) -> None:
    if in_space(stage):
        stage.ground("stars", count=stage.many("stars", 160), low=1.0)
        cosmos(stage, dice, (middle[0], middle[1] - stage.unit * 4), stage.unit * 31)
    elif stage.night or any(subject.motif == "moon" for subject in stage.spec.subjects):
        stage.ground("stars", count=stage.many("stars", 160), low=1.0)
        stage.add("moon", middle[0], middle[1] - stage.unit * 12, stage.unit * 54)
    elif stage.cast("hero-sky"):
        stage.add(stage.cast("hero-sky")[0].motif, middle[0], middle[1] - stage.unit * 4, stage.unit * 54)
    elif stage.rainy:
        if stage.stormy:
            stage.add("lightning", middle[0] + stage.unit * 11, middle[1] - stage.unit * 4, stage.unit * 24)
        for number, size in enumerate((34, 26, 22)):
            x, y = middle[0] + stage.unit * (number - 1) * 15, middle[1] - stage.unit * (16 + 3 * (number % 2))
            stage.add("cloud", x, y, stage.unit * size, fade=0.1 * number)
    else:
        stage.add("sun", middle[0], middle[1] - stage.unit * 8, stage.unit * 52)


def _depth(stage: Stage, dice: Dice, middle: tuple[float, float], colors: list[str]) -> None:
    """Hills inside the hole, then the cast."""
    swimming = stage.cast("swimmer", "vessel")
    city = stage.spec.place == "city"
    at_sea = not swimming and stage.spec.place in ("sea", "beach", "island")
    bare = bool(swimming) or city or at_sea or in_space(stage)
    if city:
        downtown(stage, dice, stage.height * 0.775, stage.unit * 40)
    for number, level in enumerate((0.665, 0.715, 0.765)):
        line = skyline(dice, stage.width, stage.height * level, stage.height * 0.018, 6)
        color = _ridge_color(stage, number, colors[1], at_sea=at_sea)
        if number == 1:
            _on_the_water(stage, middle, at_sea=at_sea)
        if number == 2 or not city:
            stage.ground("ridge", line=line, color=color, haze=0.25 - 0.1 * number)
        if number < 2 and not bare:
            for _ in range(stage.many("tree", 5)):
                x = stage.width * dice.pick([dice.between(0.14, 0.38), dice.between(0.62, 0.86)])
                stage.stand(
                    "pine" if stage.snowy or dice.chance(0.6) else "round-tree",
                    x,
                    height_at(line, x) + 6,
                    stage.unit * dice.between(11, 17),
                    fade=0.3 - 0.2 * number,
                    snow=stage.snowy,
                    bare=True,
                )
    crowd = len(people(stage)) > 2
    line_up(stage, stage.height * 0.815, spread=0.46 if crowd else 0.52, scale=0.88 if crowd else 0.95)
    if not in_space(stage):
        _flyers(stage, dice, middle)


def _ridge_color(stage: Stage, number: int, ground: str, *, at_sea: bool) -> str:
    if at_sea and number < 2:
        return waters(stage)[number]
    if at_sea and is_sandy(stage):
        return mix(sand(stage), ground, 0.15)
    color = mix(stage.palette.land[number], ground, 0.15)
    return mix(color, "#f4f8fd", 0.6) if stage.snowy else color


def _on_the_water(stage: Stage, middle: tuple[float, float], *, at_sea: bool) -> None:
    """Whoever swims or sails; a sail of our own where there is nobody at all."""
    swimming = stage.cast("swimmer", "vessel")
    for across, subject in zip((0.0, 21.0) if len(swimming) > 1 else (0.0,), swimming, strict=False):
        size = stage.unit * (24 if across else 40)
        x = middle[0] + stage.unit * (across if len(swimming) == 1 else across - 6)
        stage.add(subject.motif, x, stage.height * (0.69 if across else 0.655), size)
    if at_sea and not stage.heroes and not stage.flyers:
        stage.add("sailboat", middle[0] + stage.unit * 5, stage.height * 0.67, stage.unit * 24)


def _flyers(stage: Stage, dice: Dice, middle: tuple[float, float]) -> None:
    for subject in stage.flyers:
        count = stage.how_many(subject, min(6, flock(subject.motif)))
        if count == 1:
            high = 0.52 if not stage.heroes else 0.43
            stage.add(subject.motif, middle[0], stage.height * high, stage.unit * flyer_size(subject.motif))
            continue
        low = 0.62 if not stage.heroes else 0.48  # above the heads
        area = (stage.width * 0.28, stage.height * 0.40, stage.width * 0.72, stage.height * low)
        for x, y in spots(dice, count, area, stage.unit * 12):
            stage.add(subject.motif, x, y, stage.unit * flyer_size(subject.motif) * 0.7, turn=dice.spread(0, 10))


def _sheet(stage: Stage, dice: Dice, number: int, middle: tuple[float, float], color: str) -> None:
    rx, ry = _reach(stage, number)
    bumps, phase = dice.whole(5, 7), dice.between(0, math.tau)
    points = []
    for step in range(28):
        angle = math.tau * step / 28
        swell = 1 + 0.055 * math.sin(angle * bumps + phase) + 0.02 * math.sin(angle * 3 + phase * 2)
        points.append(
            [round(middle[0] + rx * swell * math.cos(angle), 1), round(middle[1] + ry * swell * math.sin(angle), 1)]
        )
    stage.ground("sheet", points=points, color=color, lift=10 + 4 * number)


def _growth(stage: Stage, dice: Dice, middle: tuple[float, float], number: int, colors: list[str]) -> None:
    """Leaves, cut from the sheet's own paper, that reach into the hole from below."""
    grow = GROWS[number]
    names = ("fern", "sprig", "eucalyptus") if not stage.snowy else ("fern", "pine", "sprig")
    tint = shift(colors[number + 1], 0.02)
    for side in (-1, 1):
        for step in range(3 if len(people(stage)) > 2 else 4):  # many stand as wide as the hole
            angle = math.radians(side * (104 + 15 * step))
            x = middle[0] + stage.unit * 40 * grow * math.sin(angle)
            y = middle[1] - min(stage.unit * 48, stage.height * 0.315) * grow * math.cos(angle)
            size = stage.unit * dice.between(17, 25) * (1 - 0.17 * step)
            lean = -side * dice.between(8, 30)
            stage.add(
                dice.pick(names),
                x + math.sin(math.radians(lean)) * size * 0.3,
                y - size * 0.25,
                size,
                turn=lean,
                tint=tint,
            )
