"""Space, for the composers that can show it: planets behind, stars between them, whoever flies before them."""

import math

from designs.providers.sketch.composers.landscape import flyer_size
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.stage import Stage, spots

# Planets after the first: how far across (away from whoever flies), how far down, how large, how pale. In reaches.
FARTHER = ((-0.66, -0.60, 0.26, 0.35), (0.62, 0.50, 0.22, 0.4), (-0.70, 0.30, 0.18, 0.5))
SMALL = frozenset({"star", "twinkle", "shooting-star"})


def in_space(stage: Stage) -> bool:
    return stage.spec.place == "space"


def cosmos(stage: Stage, dice: Dice, middle: tuple[float, float], reach: float) -> None:
    """A world about `middle`, `reach` canvas units to every side."""
    flying = [subject for subject in stage.flyers if subject.motif not in SMALL]
    side = dice.pick([-1, 1])
    _planets(stage, middle, reach, side, alone=not flying)
    _stars(stage, dice, middle, reach)
    for number, subject in enumerate(flying[:2]):
        across, down = ((-0.16, 0.16), (0.5, 0.42))[number]
        size = reach * (0.95 if number == 0 else 0.5) * max(1.0, flyer_size(subject.motif) / 30)
        for copy in range(max(1, min(3, stage.how_many(subject, 1)))):
            x, y = middle[0] + side * reach * (across + 0.42 * copy), middle[1] + reach * (down + 0.2 * copy)
            stage.add(subject.motif, x, y, size * (1 - 0.35 * copy), flip=side < 0)


def _planets(stage: Stage, middle: tuple[float, float], reach: float, side: int, *, alone: bool) -> None:
    """The first one large, beside whoever flies, or in the middle; never where it would cover somebody."""
    asked = next((subject for subject in stage.cast("hero-sky") if subject.motif == "planet"), Subject("planet"))
    x, y = (middle[0], middle[1]) if alone else (middle[0] + side * reach * 0.5, middle[1] - reach * 0.44)
    stage.add("planet", x, y, reach * (1.0 if alone else 0.62))
    for across, down, size, fade in FARTHER[: min(3, max(1, stage.how_many(asked, 2) - 1))]:
        stage.add("planet", middle[0] + side * reach * across, middle[1] + reach * down, reach * size, fade=fade)


def _stars(stage: Stage, dice: Dice, middle: tuple[float, float], reach: float) -> None:
    """Where neither the first planet nor the one who flies is."""
    for subject in stage.flyers:
        if subject.motif not in SMALL:
            continue
        area = (middle[0] - reach * 0.85, middle[1] - reach * 0.8, middle[0] + reach * 0.85, middle[1] + reach * 0.75)
        for x, y in spots(dice, stage.how_many(subject, 9) * 2, area, reach * 0.2):
            away = math.hypot(x - middle[0], y - middle[1]) > reach * 0.48
            if away and abs(x - middle[0]) < reach * 0.8:
                stage.add(subject.motif, x, y, reach * dice.between(0.10, 0.16), turn=dice.spread(0, 20))
