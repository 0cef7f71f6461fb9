"""Floating things: a bunch of balloons in a paw, or a sky full of lanterns, hearts, kites."""

import math

from designs.providers.sketch.color import mix
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import flock, flyer_size, land_colors, weather
from designs.providers.sketch.composers.space import cosmos, in_space
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.stage import Stage, height_at, skyline, spots

OCCASION_FLYERS = {
    "valentine": "heart", "love": "heart", "christmas": "snowflake", "halloween": "bat", "newyear": "star",
    "diwali": "sky-lantern", "lunar": "lantern", "graduation": "balloon", "wedding": "heart-balloon",
}  # fmt: skip
HELD = ("balloon", "heart-balloon")
COLORFUL = frozenset({"balloon", "heart-balloon", "heart", "lantern", "kite", "hot-air-balloon"})
# Where few things float: across, down (shares of the page), how large.
ALONE = ((0.5, 0.60, 56.0),)
FEW = ((0.40, 0.66, 46.0), (0.72, 0.43, 27.0), (0.76, 0.80, 21.0))


@composer("floating")
def floating(stage: Stage) -> None:
    dice = stage.dice.sub("floating")
    stage.ground("sky", low=0.95)
    if stage.night:
        stage.ground("stars", count=stage.many("stars", 120), low=0.95)
    else:
        _clouds(stage, dice.sub("clouds"))
    otherwise = "balloon" if stage.spec.occasion else "" if stage.spec.asked else "butterfly"
    usual = OCCASION_FLYERS.get(stage.spec.occasion, otherwise)
    names = [subject.motif for subject in stage.flyers] or [usual] * bool(usual)
    names = [name for name in names if not stage.is_gone(name)]
    if in_space(stage) and not stage.heroes:
        cosmos(stage, dice.sub("space"), (stage.width * 0.5, stage.height * 0.62), stage.unit * 44)
    elif stage.heroes:
        _held(stage, dice, names)
    else:
        stage.quiet = stage.spec.quiet or "top"
        _sky_full(stage, dice.sub("sky"), names)
    weather(stage, flakes=130)
    if stage.spec.occasion in ("birthday", "graduation", "newyear", "wedding"):
        confetti(stage, dice.sub("confetti"))


def _clouds(stage: Stage, dice: Dice) -> None:
    for number in range(stage.many("cloud", 6)):
        y = stage.height * (0.16 + 0.13 * number + dice.between(-0.03, 0.03))
        x = stage.width * dice.pick([0.08, 0.9, 0.24, 0.76])
        stage.add("cloud", x, y, stage.unit * dice.between(20, 36), fade=dice.between(0.25, 0.5), flip=dice.chance(0.5))


def _held(stage: Stage, dice: Dice, names: list[str]) -> None:
    """The hero on a hill with a bunch of balloons, or under whatever flies."""
    stage.quiet = stage.spec.quiet or "top"
    colors = land_colors(stage, 3)
    for number, level in enumerate((0.80, 0.865)):
        line = skyline(dice, stage.width, stage.height * level, stage.height * 0.018, 5)
        stage.ground("ridge", line=line, color=colors[number + 1], haze=0.2 - 0.2 * number)
    foot = stage.level(0.925)
    size = stage.unit * 36
    x = stage.width * (0.5 if len(stage.heroes) == 1 else 0.40)
    held = [name for name in names if name in HELD]
    if motifs()[stage.heroes[0].motif].kind != "animal":
        _flank(stage, dice.sub("flank"), held)
    elif held:
        _bunch(stage, dice, held, (x + size * 0.30, foot - size * 0.42), (stage.width * 0.53, stage.height * 0.45))
    for number, subject in enumerate(reversed(stage.heroes[:3])):
        if number == len(stage.heroes[:3]) - 1:
            stage.stand(subject.motif, x, foot, size, snow=stage.snowy)
        else:
            stage.stand(
                subject.motif,
                stage.width * (0.74 - 0.56 * number),
                foot + stage.unit * 2,
                size * 0.62,
                snow=stage.snowy,
            )
    loose = [name for name in names if name not in HELD]
    for name in loose:
        area = (stage.width * 0.12, stage.height * 0.30, stage.width * 0.88, stage.height * 0.58)
        asked = next((subject.count for subject in stage.flyers if subject.motif == name), 0)
        for place_x, place_y in spots(dice, stage.many(name, asked or max(5, flock(name))), area, stage.unit * 15):
            stage.add(
                name,
                place_x,
                place_y,
                stage.unit * flyer_size(name) * dice.between(0.6, 1.05),
                turn=dice.spread(0, 14),
            )
    _grass(stage, dice.sub("grass"), line)


def _flank(stage: Stage, dice: Dice, names: list[str]) -> None:
    """Balloons at both sides of what cannot hold them."""
    for side in (0.08, 0.70):
        area = (stage.width * side, stage.height * 0.32, stage.width * (side + 0.22), stage.height * 0.72)
        for name in names:
            asked = next((subject.count for subject in stage.flyers if subject.motif == name), 0)
            share = (asked + (side < 0.5)) // 2 if asked else 4
            for x, y in spots(dice, stage.many(name, share), area, stage.unit * 15):
                stage.add(
                    name,
                    x,
                    y,
                    stage.unit * dice.between(17, 23),
                    turn=dice.spread(0, 8),
                    tint=stage.tint_of(name) or dice.pick(stage.palette.bright),
                )


def _grass(stage: Stage, dice: Dice, line: list[list[float]]) -> None:
    count = stage.many("flower", 16)
    for number in range(count):
        x = stage.width * (number + dice.between(0.1, 0.9)) / count
        size = stage.unit * dice.between(7, 13)
        foot = max(height_at(line, x), stage.height * 0.985)
        stage.add(
            dice.pick(["grass", "daisy-stem", "grass", "poppy-stem", "lavender"] if not stage.snowy else ["grass"]),
            x,
            foot - size * 0.42,
            size,
            flip=dice.chance(0.5),
        )


def _bunch(stage: Stage, dice: Dice, names: list[str], hand: tuple[float, float], middle: tuple[float, float]) -> None:
    asked = next((subject.count for subject in stage.flyers if subject.motif == names[0]), 0)
    count = min(26, stage.many(names[0], asked or 11))
    places = []
    for number in range(count):
        reach = stage.unit * 21 * (number / max(1, count - 1)) ** 0.5 * (1 if count > 3 else 0.7)
        angle = number * 2.39996 + 0.6
        places.append((middle[0] + reach * 1.12 * math.cos(angle), middle[1] + reach * 0.95 * math.sin(angle)))
    string = mix(stage.palette.deep, stage.palette.sky[1], 0.35)
    for x, y in places:
        bend = [(x + hand[0]) / 2 + (x - hand[0]) * 0.18, (y + hand[1]) / 2 + stage.unit * 3]
        stage.ground("string", line=[[x, y + stage.unit * 5], bend, list(hand)], color=string, width=1.5)
    for number, (x, y) in sorted(enumerate(places), key=lambda pair: pair[1][1]):
        tint = stage.tint_of(names[0]) or stage.palette.accents[number % 4]
        stage.add(
            names[number % len(names)],
            x,
            y,
            stage.unit * (16 if count > 5 else 22),
            turn=(x - middle[0]) * 0.05,
            tint=tint,
            bare=True,
        )


def _sky_full(stage: Stage, dice: Dice, names: list[str]) -> None:
    """Far ones first, pale and small; near ones large, below the words. A few alone are as large as the sky lets."""
    if stage.flyers and sum(subject.count or 9 for subject in stage.flyers) <= len(FEW):
        _few(stage, dice)
        return
    for depth, (count, scale, fade) in enumerate(((8, 0.42, 0.5), (6, 0.72, 0.2), (4, 1.15, 0.0))):
        top = (0.27, 0.34, 0.40)[depth]
        area = (stage.width * 0.06, stage.height * top, stage.width * 0.94, stage.height * 0.97)
        if depth == 2:
            area = (stage.width * 0.16, stage.height * top, stage.width * 0.84, stage.height * 0.86)
        for name in names:
            asked = next((subject.count for subject in stage.flyers if subject.motif == name), 0)
            wanted = (0, 0, asked)[depth] if asked else count / len(names)
            big = flyer_size(name) > 30
            wanted = stage.many(name, wanted * (0.6 if big else 1.0))
            for x, y in spots(dice, wanted, area, stage.unit * (9, 20, 30)[depth] * (1.25 if big else 1)):
                size = stage.unit * max(15, flyer_size(name)) * scale * dice.between(0.9, 1.15)
                tint = stage.tint_of(name) or (dice.pick(stage.palette.bright) if name in COLORFUL else "")
                stage.add(name, x, y, size, turn=dice.spread(0, 9), tint=tint, fade=fade, flip=dice.chance(0.4))


def _few(stage: Stage, dice: Dice) -> None:
    lean = dice.pick([False, True])
    each = [subject.motif for subject in stage.flyers for _ in range(stage.many(subject.motif, subject.count))]
    for name, (x, y, size) in zip(each, FEW[: len(each)] if len(each) > 1 else ALONE, strict=False):
        across = stage.width * (1 - x if lean else x)
        tint = stage.tint_of(name) or (dice.pick(stage.palette.bright) if name in COLORFUL else "")
        stage.add(name, across, stage.height * y, stage.unit * size, turn=dice.spread(0, 7), tint=tint)


def confetti(stage: Stage, dice: Dice, low: float = 1.0) -> None:
    """Bits of paper, thick at the edges and thin where the words are."""
    for _ in range(stage.many("confetto", 70)):
        x, y = dice.between(0, stage.width), stage.height * dice.between(0, low)
        inside = 0.14 < x / stage.width < 0.86 and 0.08 < y / stage.height < 0.30
        if inside and stage.quiet == "top":
            continue
        stage.add("confetto", x, y, stage.unit * dice.between(1.2, 2.6), turn=dice.between(0, 360))
