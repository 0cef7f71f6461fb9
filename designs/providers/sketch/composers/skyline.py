"""City skyline: blocks in haze, a street of gabled houses, the subjects on the pavement."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.composers.landscape import fly, heavens, line_up, weather
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage

LANDMARKS = frozenset({"eiffel", "bridge", "castle", "church"})


@composer("skyline")
def city(stage: Stage) -> None:
    dice = stage.dice.sub("city")
    stage.quiet = stage.spec.quiet or "top"
    heavens(stage, low=0.75)
    for depth, (level, low, high, fade) in enumerate(((0.66, 26, 44, 0.55), (0.74, 24, 40, 0.28))):
        blocks(stage, dice, level, low, high, fade, depth)
    for subject in stage.heroes:
        if subject.motif in LANDMARKS:
            size = stage.unit * (78 if subject.motif == "eiffel" else 66)  # thin: it has to rise above the roofs
            stage.stand(subject.motif, stage.width * 0.66, stage.height * 0.86, size, fade=0.05, bare=True)
    _street(stage, dice)
    fly(stage)
    _pavement(stage)
    if any(subject.motif not in LANDMARKS for subject in stage.heroes):
        line_up(stage, stage.level(0.965), scale=0.8)
    weather(stage, flakes=170)


def _pavement(stage: Stage) -> None:
    """Pavement and street from edge to edge, lamps and trees on them."""
    stone = mix(stage.palette.land[2], stage.palette.deep, 0.25) if not stage.snowy else "#e9f0f8"
    for level, color in ((0.87, shift(stone, 0.06)), (0.925, stone)):
        top, low = stage.height * level, stage.height + 20
        points = [[-20, top], [stage.width + 20, top], [stage.width + 20, low], [-20, low]]
        stage.ground("shape", points=points, color=color)
    for x in (0.1, 0.9):
        stage.stand("lamp", stage.width * x, stage.height * 0.925, stage.unit * 38)
    tree = "pine" if stage.snowy else "round-tree"
    for x in (0.24, 0.78):
        stage.stand(tree, stage.width * x, stage.height * 0.905, stage.unit * 20, snow=stage.snowy)


def blocks(stage: Stage, dice: Dice, level: float, low: float, high: float, fade: float, depth: int) -> None:
    count = 9 - depth
    for number in range(count + 1):
        x = stage.width * (number + dice.between(-0.2, 0.2)) / count
        size = stage.unit * dice.between(low, high) * (1.35 if number in (2, count - 2) else 1)
        tint = mix(stage.palette.land[1], stage.palette.accents[(number + depth) % 4], 0.3)
        stage.add(
            "tower",
            x,
            stage.height * level + stage.unit * 22 - size * 0.5,
            size,
            tint=tint,
            fade=fade,
            half=dice.between(14, 22),
            floors=dice.whole(7, 12),
            kind=dice.whole(0, 4),
        )


def downtown(stage: Stage, dice: Dice, street: float, radius: float) -> None:
    """Towers in two rows in a small world that is 2 * radius wide; `street` is where they stand."""
    for depth in range(2):
        for number in range(9):
            size = radius * dice.between(0.55, 1.05) * (1.0 - 0.22 * depth)
            stage.add(
                "tower",
                stage.width * (0.1 + 0.1 * number + dice.between(-0.02, 0.02)),
                street + radius * 0.06 * depth - size * 0.5,
                size,
                tint=mix(stage.palette.land[1 + depth], stage.palette.accents[(number + depth) % 4], 0.25),
                fade=0.35 - 0.25 * depth,
                half=dice.between(15, 24),
                floors=dice.whole(6, 10),
                kind=dice.whole(0, 4),
            )


def _street(stage: Stage, dice: Dice) -> None:
    count = 6
    tones = dice.shuffled(
        [
            *stage.palette.accents,
            mix(stage.palette.paper, stage.palette.accents[1], 0.3),
            mix(stage.palette.accents[0], stage.palette.paper, 0.4),
        ]
    )
    for number in range(count + 1):
        x = stage.width * (number + 0.02) / count
        size = stage.width / count / 0.43 * dice.between(0.98, 1.12)
        tint = mix(tones[number % len(tones)], stage.palette.land[1], 0.45 if stage.night else 0.12)
        stage.add(
            "townhouse",
            x,
            stage.height * 0.882 - size * 0.5,
            size,
            tint=tint,
            gable=dice.whole(0, 2),
            snow=stage.snowy,
        )
