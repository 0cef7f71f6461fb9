"""A medallion: a small world in a circle, an arch or an oval, on a patterned ground, dressed with sprays."""

import math

from designs.providers.sketch.color import lightness, mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.botanical import cluster
from designs.providers.sketch.composers.floating import confetti
from designs.providers.sketch.composers.landscape import flock, flyer_size, land_colors, line_up, thunder, weather
from designs.providers.sketch.composers.sea import deep, is_sandy, sand, waters
from designs.providers.sketch.composers.skyline import downtown
from designs.providers.sketch.composers.space import cosmos, in_space
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.stage import Stage, height_at, skyline, spots

# Where few things fly: across and down from the middle, in radii, and how large.
FEW = ((-0.12, -0.02, 40.0), (0.46, -0.44, 19.0), (-0.52, -0.50, 15.0))
LEAST_LIGHT = 0.33  # of a page at night: it is printed, and darker pages look like a mistake


@composer("medallion")
def medallion(stage: Stage) -> None:
    dice = stage.dice.sub("medallion")
    stage.quiet = stage.spec.quiet or "top"
    _ground(stage, dice)
    x, y, radius = (
        stage.width * 0.5,
        stage.height * (0.5 if stage.is_calendar else 0.56 if stage.wide else 0.60),
        stage.unit * 38,
    )
    shape = _shape(dice.pick(["circle", "arch", "oval", "circle"]), x, y, radius, stage)
    rim = stage.palette.bright[dice.whole(0, 1) % len(stage.palette.bright)]
    stage.ground(
        "panel",
        color=mix(stage.palette.paper, rim, 0.06 if not stage.night else 0.3),
        **_grown(shape, stage.unit * 3.2),
    )
    with stage.window(**shape):
        _world(stage, dice, y, radius)
    stage.ground("frame", color=rim, width=stage.unit * 1.1, **shape)
    stage.ground(
        "frame",
        color=mix(rim, stage.palette.paper, 0.4),
        width=stage.unit * 0.35,
        **_grown(shape, stage.unit * 2.0),
    )
    _dress(stage, dice, x, y, radius)


def _shape(kind: str, x: float, y: float, radius: float, stage: Stage) -> dict[str, list[float]]:
    tall = min(radius * 1.14, stage.height * 0.36)
    if kind == "arch":
        return {"arch": [x - radius * 0.92, y - tall, x + radius * 0.92, y + tall * 0.98]}
    return {"oval": [x, y, radius if kind == "circle" else radius * 0.94, radius if kind == "circle" else tall]}


def _grown(shape: dict[str, list[float]], by: float) -> dict[str, list[float]]:
    if "oval" in shape:
        x, y, rx, ry = shape["oval"]
        return {"oval": [x, y, rx + by, ry + by]}
    left, top, right, bottom = shape["arch"]
    return {"arch": [left - by, top - by, right + by, bottom + by]}


def _ground(stage: Stage, dice: Dice) -> None:
    soft = stage.dark_page or dice.chance(0.35)
    color = (
        mix(mix(stage.palette.sky[0], stage.palette.sky[1], 0.35), stage.palette.bright[0], 0.16)
        if stage.dark_page
        else mix(
            dice.pick(stage.palette.accents),
            stage.palette.paper,
            0.72,
        )
    )
    if not soft:
        color = mix(stage.palette.sky[0], stage.palette.paper, 0.45)
    if stage.dark_page:
        color = shift(color, max(0.0, LEAST_LIGHT - lightness(color)))
    stage.behind_words = color
    stage.ground("backdrop", color=color)
    stage.ground(
        "pattern",
        kind=dice.pick(["dots", "sprigs", "stripes", "dots"]),
        color=shift(color, 0.035 if stage.dark_page else -0.03),
        step=stage.unit * dice.between(5.5, 8),
    )


def _world(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    if stage.spec.place in ("room", "kitchen"):
        _indoors(stage, dice, y, radius)
        return
    if stage.spec.place == "underwater":
        low, near, foot = ((y + radius * share) / stage.height for share in (0.60, 0.78, 0.86))
        deep(stage, dice, (low, near), foot)
        return
    stage.ground("sky", low=(y + radius * 0.5) / stage.height)
    kinds = {motifs()[subject.motif].kind for subject in stage.spec.subjects}
    if stage.night:
        stage.ground("stars", count=stage.many("stars", 150), low=0.9)
        if all(subject.motif != "firework" for subject in stage.flyers) and not in_space(stage):
            stage.add("moon", stage.width * 0.5, y - radius * 0.16, stage.unit * 44)  # those before it stand out
    else:
        side = dice.pick([0.3, 0.7])
        if stage.stormy:
            thunder(stage, sway=0.55)
        elif not stage.rainy:
            stage.add("sun", stage.width * side, y - radius * 0.42, stage.unit * 20)
        for number in range(0 if stage.stormy else stage.many("cloud", 3)):
            stage.add(
                "cloud",
                stage.width * (0.22 + 0.27 * number),
                y - radius * dice.between(0.3, 0.85),
                stage.unit * dice.between(10, 17),
                fade=0.2,
            )
    if in_space(stage):
        _moonscape(stage, dice, y, radius)
    elif stage.spec.place == "city":
        _downtown(stage, dice, y, radius)
    elif kinds & {"swimmer", "vessel"}:
        _afloat(stage, dice, y, radius)
    else:
        _ashore(stage, dice, y, radius)
    if not in_space(stage):
        _aloft(stage, dice, y, radius)
    weather(stage, flakes=170, leaves=12, top=0.4)


def _aloft(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    """What flies, above the heads of those who stand; two or three alone fill the sky."""
    if not stage.heroes and stage.flyers and sum(subject.count or 9 for subject in stage.flyers) <= len(FEW):
        each = [subject.motif for subject in stage.flyers for _ in range(stage.many(subject.motif, subject.count))]
        for name, (across, down, size) in zip(each, FEW, strict=False):
            x, scale = stage.width * 0.5 + radius * across * (len(each) > 1), 1.0 if len(each) > 1 else 1.2
            stage.add(name, x, y + radius * down, stage.unit * size * scale, turn=dice.spread(0, 8))
        return
    for subject in stage.flyers:
        low = y + radius * (0.2 if not stage.heroes else -0.42)  # above the heads
        area = (stage.width * 0.26, y - radius * 0.85, stage.width * 0.74, low)
        alone = not stage.heroes and len(stage.flyers) == 1
        count = stage.how_many(subject, 1 if flyer_size(subject.motif) > 24 and alone else flock(subject.motif))
        for number, (at_x, at_y) in enumerate(spots(dice, count, area, stage.unit * 13)):
            grand = alone and number == 0
            stage.add(
                subject.motif,
                stage.width * 0.5 if grand else at_x,
                y - radius * 0.12 if grand else at_y,
                stage.unit * flyer_size(subject.motif) * (1.35 if grand else dice.between(0.45, 0.75)),
                turn=dice.spread(0, 10),
            )


def _indoors(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    wall = mix(dice.pick(stage.palette.accents), stage.palette.paper, 0.6)
    stage.ground("backdrop", color=wall)
    stage.ground("pattern", kind=dice.pick(["stripes", "sprigs"]), color=shift(wall, 0.04), step=stage.unit * 5)
    floor = mix("#b98a5c", stage.palette.land[2], 0.25)
    stage.ground(
        "shape",
        points=[[0, y + radius * 0.5], [stage.width, y + radius * 0.5], [stage.width, stage.height], [0, stage.height]],
        color=floor,
    )
    line_up(stage, y + radius * 0.80, spread=0.62, scale=1.16 if len(stage.heroes) < 2 else 0.95)


def _ashore(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    colors = land_colors(stage, 3)
    if stage.night:  # moonlight on the hills
        colors = [mix(shift(color, 0.05), stage.palette.sky[1], 0.22) for color in colors]
    names = {subject.motif for subject in stage.heroes}
    by_the_sea = "lighthouse" in names or stage.spec.place in ("sea", "beach", "island")
    if by_the_sea:
        far, middle, _ = waters(stage)
        stage.ground("water", y=round(y + radius * 0.08, 1), color=far, deep=middle)
        if not stage.heroes:
            stage.add("sailboat", stage.width * 0.54, y + radius * 0.12, stage.unit * 26)
    for number, level in enumerate((0.10, 0.30, 0.50)):
        if by_the_sea and number < 2:
            continue
        line = skyline(dice, stage.width, y + radius * level, radius * 0.09, 7)
        color = sand(stage) if is_sandy(stage) else colors[number]
        stage.ground("ridge", line=line, color=color, haze=0.3 - 0.12 * number)
        if number < 2:
            for _ in range(stage.many("tree", 6 - number * 2)):
                x = stage.width * dice.pick([dice.between(0.12, 0.34), dice.between(0.66, 0.88)])
                stage.stand(
                    dice.pick(["pine", "round-tree"]) if not stage.snowy else "pine",
                    x,
                    height_at(line, x) + 6,
                    stage.unit * dice.between(10, 17),
                    fade=0.3 - 0.2 * number,
                    snow=stage.snowy,
                    bare=True,
                )
    line_up(stage, y + radius * 0.80, spread=0.62, scale=1.16 if len(stage.heroes) < 2 else 0.95)
    hero_sky = stage.cast("hero-sky")
    if hero_sky:
        stage.add(
            hero_sky[0].motif,
            stage.width * 0.5,
            y - radius * 0.2,
            stage.unit * (60 if hero_sky[0].motif == "rainbow" else 38),
        )


def _moonscape(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    """Planets over bare hills; somebody may stand on them."""
    cosmos(stage, dice, (stage.width * 0.5, y - radius * 0.08), radius * 0.95)
    for number, level in enumerate((0.62, 0.76)):
        line = skyline(dice, stage.width, y + radius * level, radius * 0.05, 6)
        stage.ground("ridge", line=line, color=mix(stage.palette.land[number], stage.palette.bright[0], 0.22), haze=0.1)
    line_up(stage, y + radius * 0.84, spread=0.62)


def _downtown(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    """Towers in two rows, a street before them, wider where somebody stands in it."""
    street = 0.52 if stage.heroes else 0.80
    downtown(stage, dice, y + radius * street, radius)
    curb = [[-20, y + radius * street], [stage.width + 20, y + radius * street]]
    below_it = [[stage.width + 20, stage.height + 20], [-20, stage.height + 20]]
    stage.ground("shape", points=[*curb, *below_it], color=mix(stage.palette.land[2], stage.palette.deep, 0.3))
    line_up(stage, y + radius * 0.80, spread=0.62, scale=1.16 if len(stage.heroes) < 2 else 0.95)


def _afloat(stage: Stage, dice: Dice, y: float, radius: float) -> None:
    sea, deep = stage.palette.land[1], stage.palette.land[2]
    stage.ground("water", y=round(y + radius * 0.12, 1), color=sea, deep=deep)
    for subject in stage.heroes[:1]:
        stage.stand(subject.motif, stage.width * 0.70, y + radius * 0.30, stage.unit * 34, bare=True)
    for number, subject in enumerate(stage.cast("swimmer", "vessel")[:2]):
        x = stage.width * (0.72 if number else 0.42 if stage.heroes else 0.5)
        size = stage.unit * (22 if number else 36 if stage.heroes else 46)
        stage.add(subject.motif, x, y + radius * (0.3 if number else 0.12), size)
    for number in range(3):
        line = [
            [x, y + radius * (0.42 + 0.18 * number) + (-1) ** step * radius * 0.03]
            for step, x in enumerate(range(-40, int(stage.width) + 80, 60))
        ]
        stage.ground("ridge", line=line, color=mix(sea, deep, 0.3 * number + 0.1))


def _dress(stage: Stage, dice: Dice, x: float, y: float, radius: float) -> None:
    """Sprays at the foot of the medallion; confetti where there is a party; nothing where less is more."""
    if stage.spec.style == "minimal" or in_space(stage):
        return
    if stage.spec.occasion in ("birthday", "graduation", "newyear"):
        confetti(stage, dice)
        return
    lean, crowded = dice.pick([-1, 1]), len(stage.heroes) > 1
    for side, scale in ((lean, 0.72 if crowded else 0.95), (-lean, 0.6 if crowded else 0.7)):
        angle = math.radians(142 * side)
        cluster(
            stage,
            dice,
            x + radius * 0.98 * math.sin(angle),
            y - radius * 1.02 * math.cos(angle),
            stage.unit * 19 * scale,
            142 * side,
            260,
        )
