"""Night with lights: garlands of bulbs, windows, lanterns on the water, fireworks."""

from designs.providers.sketch.color import mix
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import line_up, weather
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage, height_at, skyline, spots


@composer("nightlights")
def nightlights(stage: Stage) -> None:
    dice = stage.dice.sub("nightlights")
    stage.palette = stage.palette.at_night()
    stage.behind_words = stage.palette.sky[0]
    stage.quiet = stage.spec.quiet or "top"
    stage.ground("sky", low=0.85)
    stage.ground("stars", count=stage.many("stars", stage.many("star", 150)), low=0.8)
    names = {subject.motif for subject in stage.flyers}
    if "firework" in names:
        _fireworks(stage, dice)
    elif names & {"sky-lantern", "lantern"}:
        _lanterns(stage, dice, "sky-lantern" if "sky-lantern" in names else "lantern")
    else:
        _village(stage, dice, names)
    weather(stage)


def _village(stage: Stage, dice: Dice, names: set[str]) -> None:
    """A street of lit houses, bulbs strung above it, the subjects before it."""
    stage.add(
        dice.pick(["moon", "crescent"]),
        stage.width * dice.pick([0.2, 0.8]),
        stage.height * 0.49,  # below the bulbs, above the roofs
        stage.unit * 16,
    )
    back = skyline(dice, stage.width, stage.height * 0.66, stage.height * 0.02, 5)
    snow = "#6f83b8" if stage.snowy else stage.palette.land[1]
    stage.ground("ridge", line=back, color=mix(stage.palette.land[0], snow, 0.3), haze=0.3)
    count = 7
    for number in range(count):
        x = stage.width * (number + 0.5 + dice.between(-0.12, 0.12)) / count
        name = dice.pick(["house", "cottage", "townhouse", "townhouse", "pine"]) if number != 3 else "church"
        size = stage.unit * dice.between(20, 26) * (1.25 if name in ("pine", "church") else 1)
        stage.stand(
            name,
            x,
            height_at(back, x) + stage.unit * 5,
            size,
            fade=0.12,
            snow=stage.snowy,
            bare=True,
            gable=dice.whole(0, 2),
            lit=True,
            tint=mix(dice.pick(stage.palette.accents), stage.palette.land[1], 0.45) if name == "townhouse" else "",
        )
    front = skyline(dice, stage.width, stage.height * 0.775, stage.height * 0.018, 5)
    stage.ground("ridge", line=front, color=mix(stage.palette.land[2], snow, 0.45 if stage.snowy else 0.1))
    string_lights(stage, dice)
    for x in (0.08, 0.92):
        stage.stand("lamp", stage.width * x, stage.height * 0.92, stage.unit * 40, bare=True)
    line_up(stage, stage.level(0.93), scale=0.86)
    for name in sorted(names - {"bulb"}):
        area = (stage.width * 0.12, stage.height * 0.30, stage.width * 0.88, stage.height * 0.56)
        for x, y in spots(dice, stage.many(name, 5), area, stage.unit * 16):
            stage.add(name, x, y, stage.unit * dice.between(9, 14), turn=dice.spread(0, 12))
    stage.ground("bokeh", count=16, top=0.62, low=1.02)


def string_lights(stage: Stage, dice: Dice) -> None:
    """Two strings with bulbs, one at the top edge and one below the words."""
    colors = [stage.palette.glow, stage.palette.accents[0], stage.palette.glow, stage.palette.accents[1]]
    for top, sag, count in ((0.015, 0.055, 9), (0.33, 0.075, 10)):
        points = []
        for step in range(count * 2 + 1):
            share = step / (count * 2)
            swing = 1 - (2 * ((share * 2) % 1) - 1) ** 2
            points.append([stage.width * share, stage.height * (top + sag * swing)])
        stage.ground("string", line=points, color=mix(stage.palette.deep, stage.palette.sky[1], 0.25), width=2.4)
        for number, (x, y) in enumerate(points[1::2]):
            if not stage.is_gone("bulb"):
                stage.add(
                    "bulb",
                    x,
                    y + stage.unit * 1.7,
                    stage.unit * 4.6,
                    tint=colors[number % 4],
                    turn=dice.spread(0, 8),
                )


def _fireworks(stage: Stage, dice: Dice) -> None:
    area = (stage.width * 0.16, stage.height * 0.32, stage.width * 0.84, stage.height * 0.62)
    colors = stage.palette.bright
    for number, (x, y) in enumerate(spots(dice, stage.many("firework", 8), area, stage.unit * 21)):
        stage.add(
            "firework",
            x,
            y,
            stage.unit * (44 if number == 0 else dice.between(18, 34)),
            tint=colors[number % len(colors)],
            turn=dice.between(0, 60),
        )
    for depth, level in enumerate((0.74, 0.80)):
        for number in range(9):
            x = stage.width * (number + dice.between(0.1, 0.9)) / 9
            size = stage.unit * dice.between(22, 42) * (0.9 if depth else 1.15)
            stage.add(
                "tower",
                x,
                stage.height * level + size * (0.1 - 0.0),
                size,
                tint=mix(stage.palette.land[1 + depth], stage.palette.accents[number % 4], 0.10),
                fade=0.25 - 0.2 * depth,
                half=dice.between(13, 24),
                floors=dice.whole(6, 10),
                kind=dice.whole(0, 4),
            )
    stage.ground(
        "water",
        y=round(stage.height * 0.86, 1),
        color=stage.palette.land[1],
        deep=stage.palette.deep,
        glint=stage.width * 0.5,
    )
    line_up(stage, stage.level(0.955), scale=0.62)


def _lanterns(stage: Stage, dice: Dice, name: str) -> None:
    far = skyline(dice, stage.width, stage.height * 0.70, stage.height * 0.035, 6)
    stage.ground("ridge", line=far, color=stage.palette.land[1], haze=0.4)
    stage.ground(
        "water",
        y=round(stage.height * 0.76, 1),
        color=stage.palette.land[1],
        deep=stage.palette.land[2],
        glint=stage.width * 0.5,
    )
    for count, scale, fade, top in ((14, 0.3, 0.35, 0.24), (8, 0.6, 0.12, 0.28), (4, 1.1, 0.0, 0.36)):
        area = (stage.width * 0.08, stage.height * top, stage.width * 0.92, stage.height * 0.70)
        for x, y in spots(dice, stage.many(name, count), area, stage.unit * 24 * scale):
            tint = stage.tint_of(name) or (dice.pick(stage.palette.bright) if name == "lantern" else "")
            stage.add(name, x, y, stage.unit * 20 * scale, turn=dice.spread(0, 8), fade=fade, tint=tint)
    near = skyline(dice, stage.width, stage.height * 0.90, stage.height * 0.012, 4)
    stage.ground("ridge", line=near, color=stage.palette.deep)
    line_up(stage, stage.level(0.965), scale=0.7)
