"""The scene behind photos: the place of the words, with room in the middle."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.composers.landscape import heavens, hills, weather
from designs.providers.sketch.composers.sea import below, open_sea
from designs.providers.sketch.composers.skyline import blocks
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.stage import Stage
from designs.providers.sketch.taste import AT_SEA

INDOORS = frozenset({"room", "kitchen"})


def backdrop(stage: Stage, dice: Dice) -> list[list[float]]:
    """Paint the page and answer the line of the near ground."""
    if stage.spec.place == "underwater":
        below(stage, dice)
        return _level(stage, 0.86)
    if stage.spec.place in AT_SEA:
        open_sea(stage, dice)
        return _level(stage, 0.89)
    if stage.spec.place in INDOORS:
        return _room(stage, dice)
    heavens(stage, foot=1.0 if stage.spec.place == "city" else 0.66)
    if stage.spec.place == "city":
        for depth, (level, low, high, fade) in enumerate(((0.64, 26, 44, 0.55), (0.72, 24, 40, 0.28))):
            blocks(stage, dice, level, low, high, fade, depth)
        line = _level(stage, 0.84)
        stage.ground("ridge", line=line, color=mix(stage.palette.land[2], stage.palette.deep, 0.2), shade=0.5)
        return line
    return hills(stage)[-1]


def front(stage: Stage) -> None:
    """Snow, rain and leaves fall before everything."""
    if stage.spec.place not in INDOORS | {"underwater"}:
        weather(stage)


def _level(stage: Stage, share: float) -> list[list[float]]:
    y = stage.height * share
    return [[-30, y], [stage.width * 0.5, y - stage.unit], [stage.width + 30, y]]


def _room(stage: Stage, dice: Dice) -> list[list[float]]:
    wall = mix(dice.pick(stage.palette.accents), stage.palette.paper, 0.62)
    if stage.night:
        wall = mix(stage.palette.deep, stage.palette.sky[0], 0.5)
    stage.behind_words = wall
    stage.ground("backdrop", color=wall)
    kind = dice.pick(["stripes", "sprigs", "dots"])
    stage.ground("pattern", kind=kind, color=shift(wall, 0.03), step=stage.unit * 6.5)
    line = _level(stage, 0.86)
    stage.ground("ridge", line=line, color=mix("#b98a5c", stage.palette.land[2], 0.3), shade=0.5)
    return line
