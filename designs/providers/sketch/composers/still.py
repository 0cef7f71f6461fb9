"""Still: one product, large and whole, on a surface in a light, with a season about it and nothing before it."""

import math
from typing import Any

from designs.providers.sketch.color import lightness, mix, shift
from designs.providers.sketch.composers import composer
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.goods import Showing, colors_of, print_of, showing_of
from designs.providers.sketch.scene import Subject
from designs.providers.sketch.stage import Stage

WHITE, SHADED = "#f8f7f4", "#e6e3dd"  # the second one for what is white itself
PALE = 0.9
# What lies or stands about the product: at the back and the sides, small.
PROPS = {
    "spring": ("cherry-blossom", "daisy", "sprig"),
    "summer": ("lemon", "daisy", "olive-branch"),
    "autumn": ("pumpkin", "autumn-leaf", "oak-leaf"),
    "winter": ("fern", "snowflake", "holly"),
    "christmas": ("bauble", "holly", "gift"),
    "hearts": ("rose", "heart", "peony"),
}
STANDING = frozenset({"pumpkin", "gift", "lemon"})
SIZES = {"close": 84.0, "low": 74.0, "above": 58.0, "used": 54.0}
USUAL_SIZE = 62.0
COMPANY = ("book", "plant-pot", "cup")
GOLD = "#d9b25c"


@composer("still")
def still(stage: Stage) -> None:
    dice, showing = stage.dice.sub("still"), showing_of(stage.spec.prompt)
    stage.quiet = stage.spec.quiet or "top"
    flat = showing.angle == "above"
    level = stage.height * (0.8 if showing.angle == "low" else 0.68)
    BACKDROPS.get(showing.background, sweep)(stage, dice, level, flat)
    _light(stage, showing, flat)
    foot = stage.height * (0.5 + SIZES.get(showing.angle, USUAL_SIZE) / 200 if flat else 0.86)
    _props(stage, dice, showing, flat)
    _product(stage, dice, showing, foot, flat)
    _market(stage, showing)


def white(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    """A seamless sheet of paper, as photographers use it."""
    tint = stage.spec.subjects[0].tint
    stage.behind_words = SHADED if tint and lightness(tint) > PALE else WHITE
    stage.ground("backdrop", color=stage.behind_words)


def sweep(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    """A sheet of colored paper that bends where the wall meets the table."""
    color = mix(dice.pick(stage.palette.accents), stage.palette.paper, 0.5)
    stage.behind_words = color
    stage.ground("backdrop", color=color)
    if not flat:
        bend = [[-30, level, 1], [stage.width * 0.5, level + stage.unit * 1.5], [stage.width + 30, level, 1]]
        low = stage.height + 30
        points = [*bend, [stage.width + 30, low, 1], [-30, low, 1]]
        stage.ground("shape", points=points, color=shift(color, 0.035), smooth=True, shade=0.25)


def wooden(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    wood = dice.pick(["#c9a06c", "#b88655", "#d8b98d"])
    wall = mix(dice.pick(stage.palette.accents), stage.palette.paper, 0.72)
    _wall(stage, wall)
    _top(stage, wood, level, flat)
    top = -10 if flat else level
    for number in range(1, 6):
        if flat:
            x = stage.width * number / 6
            stage.ground("string", line=[[x, -20], [x, stage.height + 20]], color=shift(wood, -0.09), width=2.2)
        else:
            y = top + (stage.height - top) * (number / 6) ** 1.5
            stage.ground("string", line=[[-20, y], [stage.width + 20, y]], color=shift(wood, -0.09), width=2.0)
    _grain(stage, dice, wood, top)


def marble(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    stone = "#efeeec"
    _wall(stage, mix(stage.palette.sky[1], stage.palette.paper, 0.6))
    _top(stage, stone, level, flat)
    top = -10 if flat else level
    for _ in range(9):
        x, y = dice.between(-0.1, 1.0) * stage.width, dice.between(top, stage.height)
        line = [[x, y]]
        for _step in range(4):
            x, y = x + stage.unit * dice.between(6, 14), y + stage.unit * dice.between(-3, 5)
            if y > top + 4:
                line.append([round(x, 1), round(y, 1)])
        if len(line) > 2:
            stage.ground("string", line=line, color=shift(stone, -0.07), width=dice.between(1.0, 3.2))


def linen(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    cloth = mix(dice.pick(stage.palette.accents), "#efe6d6", 0.8)
    _wall(stage, mix(cloth, stage.palette.sky[1], 0.3))
    _top(stage, cloth, level, flat)
    top = -10 if flat else level
    for number in range(7):
        y = top + (stage.height - top) * (number + 0.6) / 7
        rise = stage.unit * dice.between(1.0, 3.0)
        line = [[-20, y], [stage.width * 0.3, y - rise], [stage.width * 0.7, y + rise], [stage.width + 20, y]]
        stage.ground("string", line=line, color=shift(cloth, -0.05), width=dice.between(3, 9))


def garden(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    green = mix(stage.palette.land[1], "#8fae74", 0.5)
    stage.behind_words = mix(green, stage.palette.paper, 0.35)
    stage.ground("backdrop", color=stage.behind_words)
    stage.ground("bokeh", count=26, top=0.0, low=0.75)
    for number in range(12):
        side = -1 if number % 2 else 1
        x = stage.width * (0.5 + side * dice.between(0.32, 0.52))
        size, turn = stage.unit * dice.between(22, 34), -side * dice.between(10, 40)
        tint = mix(stage.palette.land[number % 3], green, 0.4)
        stage.add("eucalyptus", x, stage.height * dice.between(0.3, 0.8), size, turn=turn, tint=tint)
    _top(stage, mix("#a9906b", green, 0.2), max(level, stage.height * 0.74), flat=False)


def kitchen(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    tile = mix(stage.palette.sky[1], "#ffffff", 0.6)
    _wall(stage, tile)
    step = stage.unit * 11
    for row in range(int(stage.height / step) + 1):
        y = row * step
        stage.ground("string", line=[[-20, y], [stage.width + 20, y]], color=shift(tile, -0.05), width=2.4)
        for column in range(int(stage.width / step / 1.6) + 2):
            x = (column + (0.5 if row % 2 else 0)) * step * 1.6
            stage.ground("string", line=[[x, y], [x, y + step]], color=shift(tile, -0.05), width=2.4)
    _top(stage, "#cfaa78", level, flat)
    if not flat:
        stage.stand("plant-pot", stage.width * 0.13, level + stage.height * 0.035, stage.unit * 21)
        stage.stand("jug", stage.width * 0.88, level + stage.height * 0.03, stage.unit * 22)


def windowsill(stage: Stage, dice: Dice, level: float, flat: bool) -> None:
    wall = mix(dice.pick(stage.palette.accents), stage.palette.paper, 0.7)
    _wall(stage, wall)
    left, right, top = stage.width * 0.14, stage.width * 0.86, stage.height * 0.04
    sky = mix(stage.palette.sky[1], "#ffffff", 0.35)
    _pane(stage, left, top, right, level, shift(wall, 0.12), sky)
    middle = (left + right) / 2
    for line in ([[middle, top], [middle, level]], [[left, (top + level) * 0.45], [right, (top + level) * 0.45]]):
        stage.ground("string", line=line, color=mix("#ffffff", wall, 0.12), width=stage.unit * 1.6)
    _top(stage, mix("#ffffff", wall, 0.15), level, flat=False)


BACKDROPS = {
    "white": white,
    "pastel": sweep,
    "wooden": wooden,
    "marble": marble,
    "linen": linen,
    "garden": garden,
    "kitchen": kitchen,
    "windowsill": windowsill,
}


def _wall(stage: Stage, color: str) -> None:
    stage.behind_words = color
    stage.ground("backdrop", color=color)


def _top(stage: Stage, color: str, level: float, flat: bool) -> None:
    """The surface: the whole page from above, else from the level down, with a soft edge at the back."""
    if flat:
        stage.ground("backdrop", color=color)
        return
    right, low = stage.width + 30, stage.height + 30
    stage.ground("shape", points=[[-30, level], [right, level], [right, low], [-30, low]], color=color, shade=0.5)
    edge = shift(color, 0.06)
    stage.ground("string", line=[[-20, level + 2], [right, level + 2]], color=edge, width=stage.unit * 0.5)


def _pane(stage: Stage, left: float, top: float, right: float, low: float, frame: str, sky: str) -> None:
    for grow, color in ((stage.unit * 2.2, mix("#ffffff", frame, 0.2)), (0.0, sky)):
        points = [[left - grow, top - grow], [right + grow, top - grow], [right + grow, low], [left - grow, low]]
        stage.ground("shape", points=points, color=color, shade=0.15)


def _grain(stage: Stage, dice: Dice, wood: str, top: float) -> None:
    for _ in range(14):
        x, y = dice.between(0, 0.8) * stage.width, dice.between(top, stage.height)
        length = stage.unit * dice.between(9, 26)
        line = [[x, y], [x + length / 2, y - stage.unit * 0.3], [x + length, y + stage.unit * 0.2]]
        stage.ground("string", line=line, color=shift(wood, -0.05), width=dice.between(1.0, 1.8))


def _light(stage: Stage, showing: Showing, flat: bool) -> None:
    if showing.light == "morning":
        stage.ground("beams")
    if showing.light == "candlelight" and not flat:
        for x in (0.12, 0.9):
            stage.stand("candle", stage.width * x, stage.height * 0.76, stage.unit * 24, tint="#f6ead2")


def _props(stage: Stage, dice: Dice, showing: Showing, flat: bool) -> None:
    """Behind and beside the product, lower than it: a half ring from the left side over the back to the right."""
    names = PROPS.get(showing.season, ())
    if not names:
        return
    count = 14 if flat else 12
    for number in range(count):
        share = (number + 0.5) / count
        name = names[number % len(names)]
        size = stage.unit * dice.between(11, 16) * (1.25 if name in STANDING else 1.0)
        if flat:
            angle = math.tau * share + dice.spread(0, 0.1)
            x = stage.width * 0.5 + stage.width * 0.42 * math.cos(angle)
            y = stage.height * 0.5 + stage.height * 0.42 * math.sin(angle)
            stage.add(name, x, y, size, turn=dice.between(0, 360))
        else:
            _beside(stage, dice, name, share, size)
    if showing.season == "winter":
        stage.ground("snowfall", count=46)


def _beside(stage: Stage, dice: Dice, name: str, share: float, size: float) -> None:
    side = share * 2 - 1  # from the left edge to the right
    if abs(side) < 0.42:
        return
    x = stage.width * (0.5 + side * 0.47)
    foot = stage.height * (0.79 + 0.12 * abs(side) ** 2 + dice.between(-0.015, 0.02))
    if name in STANDING:
        stage.stand(name, x, foot, size)
    else:
        stage.add(name, x, foot - size * 0.3, size, turn=dice.spread(0, 50))


def _product(stage: Stage, dice: Dice, showing: Showing, foot: float, flat: bool) -> None:
    product = stage.spec.subjects[0]
    size = stage.unit * SIZES.get(showing.angle, USUAL_SIZE)
    if product.count > 1:
        _set(stage, product, foot - (stage.height * 0.16 if flat else 0), size)
        return
    borne = _print(stage)
    x = stage.width * (0.46 if showing.angle == "turned" else 0.5)
    if showing.angle == "used":
        for number, name in enumerate(name for name in COMPANY[:2] if name != product.motif):
            stage.stand(name, stage.width * (0.17, 0.84)[number], foot - stage.height * 0.03, stage.unit * 24)
    if showing.angle == "close":
        foot = stage.height * 0.95
    if flat:
        stage.ground("pool-shadow", x=x + stage.unit * 2, y=foot - size * 0.42, half=size * 0.62, alpha=0.2)
        turn = dice.pick([-14, -9, 9, 14])
        stage.add(product.motif, x, foot - size * 0.5, size, turn=turn, tint=product.tint, **borne)
        return
    stage.ground("pool-shadow", x=x + stage.unit * 5, y=foot, half=size * 0.62, alpha=0.16)
    turned = {"turn": dice.pick([-4, 4]), "flip": dice.chance(0.5)} if showing.angle == "turned" else {}
    stage.stand(product.motif, x, foot, size, tint=product.tint, **turned, **borne)
    if showing.market == "wrapped":
        stage.add("gift", x + size * 0.62, foot - size * 0.12, size * 0.3)


def _set(stage: Stage, product: Subject, foot: float, size: float) -> None:
    """Several side by side, each in the next of the colors that were named, those at the ends a little nearer."""
    colors = colors_of(stage.spec.prompt) or [product.tint]
    each = size * (0.74, 0.58, 0.46)[product.count - 2]
    for number in sorted(range(product.count), key=lambda number: -abs(number - (product.count - 1) / 2)):
        away = number - (product.count - 1) / 2
        x, y = stage.width * 0.5 + away * each * 0.82, foot - stage.height * (0.05 - 0.015 * abs(away))
        stage.stand(product.motif, x, y, each, tint=colors[number % len(colors)], **_print(stage))


def _print(stage: Stage) -> dict[str, Any]:
    """args of a product that something is printed on."""
    borne = print_of(stage.spec.prompt)
    return {"print": borne.motif, "print_tint": borne.tint} if borne else {}


def _market(stage: Stage, showing: Showing) -> None:
    if showing.market == "elegant":
        edge = stage.unit * 3.2
        frame = {"box": [edge, edge, stage.width - edge, stage.height - edge, 0]}
        stage.ground("frame", **frame, color=GOLD, width=stage.unit * 0.5)
    if showing.market == "cheerful":
        for x in (0.25, 0.75):
            stage.add("bunting", stage.width * x, -stage.height * 0.012, stage.width * 0.52, grow=False)
