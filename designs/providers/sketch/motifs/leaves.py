"""Leaves and sprigs. Sprigs grow from their foot (0, 50) to their tip (0, -50)."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.pen import Pen


def leaf(p: Pen, length: float, width: float, color: str, *, vein: bool = True) -> None:
    """A pointed leaf from the origin upwards."""
    p.blob(
        [
            (0, 0, 1),
            (-width * 0.5, -length * 0.35),
            (-width * 0.36, -length * 0.72),
            (0, -length, 1),
            (width * 0.36, -length * 0.72),
            (width * 0.5, -length * 0.35),
        ],
        color,
        0.9,
    )
    if vein and length * p.unit > 16:
        p.line([(0, -length * 0.06), (0, -length * 0.86)], mix(color, p.paper, 0.32), max(0.5, width * 0.05))


def along(step: float, bend: float) -> tuple[float, float, float]:
    """A point of a curved stem and the way it points there; `step` runs from 0 (foot) to 1 (tip)."""
    x = bend * math.sin(step * math.pi * 0.5) * step
    return x, 50 - 98 * step, bend * 0.9 * step


def branch(p: Pen, color: str, bend: float, width: float = 1.7) -> None:
    p.line([along(step / 6, bend)[:2] for step in range(7)], color, width)


@motif("sprig", "sprig", "leafy sprig")
def sprig(p: Pen) -> None:
    bend, green = p.dice.between(-14, 14), p.own(p.leaf(p.dice.whole(1, 2)))
    branch(p, shift(green, -0.06), bend)
    for number in range(6):
        x, y, turn = along(0.14 + number * 0.14, bend)
        size = 27 - number * 2.2
        for side in (-1, 1):
            with p.at(x, y, turn=turn + side * (58 - number * 3)):
                leaf(p, size, size * 0.46, shift(green, 0.035 * ((number + (side > 0)) % 3 - 1)))
    x, y, turn = along(0.97, bend)
    with p.at(x, y, turn=turn):
        leaf(p, 15, 7, shift(green, 0.04))


@motif("eucalyptus", "sprig")
def eucalyptus(p: Pen) -> None:
    bend, green = p.dice.between(-16, 16), p.own(mix(p.leaf(1), p.paper, 0.14))
    branch(p, shift(green, -0.12), bend, 1.3)
    for number in range(7):
        x, y, turn = along(0.10 + number * 0.135, bend)
        size = 12.5 - number * 1.05
        for side in (-1, 1):
            with p.at(x, y, turn=turn + side * 62):
                p.oval(0, -size * 1.05, size * 0.86, size, shift(green, 0.04 * ((number + (side > 0)) % 3 - 1)), 0.9)
    x, y, _ = along(1, bend)
    p.oval(x, y, 4, 5, green, 0.8)


@motif("fern", "sprig")
def fern(p: Pen) -> None:
    bend, green = p.dice.between(-18, 18), p.own(p.leaf(2))
    branch(p, green, bend, 1.5)
    for number in range(14):
        step = 0.10 + number * 0.064
        x, y, turn = along(step, bend)
        size = 30 * math.sin(min(1, (number + 3) / 8) * math.pi / 2) * (1.05 - step)
        for side in (-1, 1):
            with p.at(x, y, turn=turn + side * 62):
                leaf(p, size, size * 0.3, shift(green, 0.02 * (number % 3)), vein=False)


@motif("olive-branch", "sprig", "olive branch")
def olive_branch(p: Pen) -> None:
    bend, green = p.dice.between(-14, 14), p.own(p.leaf(1))
    branch(p, shift(green, -0.12), bend, 1.4)
    for number in range(8):
        x, y, turn = along(0.08 + number * 0.115, bend)
        side = -1 if number % 2 else 1
        with p.at(x, y, turn=turn + side * 44):
            leaf(p, 28, 8, shift(green, 0.04 * (number % 3 - 1)))
        if number in (2, 5):
            p.oval(x - side * 7, y - 4, 4, 5.4, p.nat("#5f5a3c"), 0.8, turn=side * 20)


@motif("berries", "sprig", "berry twig")
def berries(p: Pen) -> None:
    bend, red = p.dice.between(-12, 12), p.own(p.acc(0))
    twig = mix(p.deep, p.leaf(2), 0.6)
    branch(p, twig, bend, 1.4)
    for number in range(9):
        x, y, _ = along(0.16 + number * 0.1, bend)
        side = -1 if number % 2 else 1
        reach = 15 - number * 0.7
        tip_x, tip_y = x + side * reach, y - reach * 0.7
        p.line([(x, y), (x + side * reach * 0.6, y - reach * 0.25), (tip_x, tip_y)], twig, 0.9)
        p.disc(tip_x, tip_y, 4.6, shift(red, 0.03 * (number % 3 - 1)))
        p.dot(tip_x - 1.4, tip_y - 1.6, 1.1, p.paper, 0.8)
    with p.at(*along(0.3, bend)[:2], turn=64):
        leaf(p, 22, 9, p.leaf(1))
    with p.at(*along(0.45, bend)[:2], turn=-60):
        leaf(p, 20, 8, p.leaf(2))


@motif("holly", "sprig")
def holly(p: Pen) -> None:
    green, red = p.own("#2f6e4b"), p.nat("#cf2f33")
    for turn, tone in ((-64, -0.03), (58, 0.02), (-4, 0.05)):
        with p.at(0, 18, turn=turn):
            p.blob(
                [
                    (0, 0, 1),
                    (-9, -10),
                    (-17, -9, 1),
                    (-13, -24),
                    (-20, -30, 1),
                    (-12, -42),
                    (-13, -52, 1),
                    (-5, -56),
                    (0, -68, 1),
                    (5, -56),
                    (13, -52, 1),
                    (12, -42),
                    (20, -30, 1),
                    (13, -24),
                    (17, -9, 1),
                    (9, -10),
                ],
                shift(green, tone),
            )
            p.line([(0, -4), (0, -58)], shift(green, 0.14), 1.2)
    for x, y in ((-8, 18), (9, 17), (1, 30)):
        p.disc(x, y, 8.5, red)
        p.dot(x - 2.6, y - 3, 2, "#ffffff", 0.85)


@motif("mistletoe", "sprig")
def mistletoe(p: Pen) -> None:
    green = p.own("#7fa46a")
    for turn in (-70, -34, 0, 34, 70):
        with p.at(0, 30, turn=turn):
            p.line([(0, 0), (0, -34)], shift(green, -0.08), 1.4)
            for side in (-1, 1):
                with p.at(0, -32, turn=side * 22):
                    p.blob([(0, 0), (-6, -16), (0, -32), (6, -16)], shift(green, 0.02 * side), 0.9)
    for x, y in ((-7, 6), (8, 8), (0, 18), (-16, 14), (16, 16)):
        p.disc(x, y, 6, p.nat("#fbf7ea"))


@motif("monstera", "sprig", "tropical leaf")
def monstera(p: Pen) -> None:
    green = p.own(p.leaf(2))
    p.line([(0, 50), (0, 30)], green, 2.6)
    half = [
        (0, -50, 1),
        (16, -38),
        (22, -34),
        (10, -24),
        (30, -26),
        (36, -18),
        (12, -8),
        (38, -8),
        (42, 2),
        (14, 8),
        (38, 12),
        (36, 24),
        (14, 20),
        (24, 32),
        (10, 36),
        (0, 28, 1),
    ]
    p.sym(half, green)
    p.line([(0, 28), (0, -44)], shift(green, 0.14), 1.5)
    for y, reach in ((-24, 18), (-8, 26), (8, 27), (20, 20)):
        for side in (-1, 1):
            p.line([(0, y + 8), (side * reach * 0.5, y + 2), (side * reach, y - 3)], shift(green, 0.12), 0.9)


@motif("palm-leaf", "sprig", "palm leaf")
def palm_leaf(p: Pen) -> None:
    bend, green = p.dice.between(-20, 20), p.own(p.leaf(2))
    branch(p, shift(green, 0.08), bend, 1.6)
    for number in range(13):
        step = 0.2 + number * 0.062
        x, y, turn = along(step, bend)
        size = 42 * math.sin((number + 2) / 15 * math.pi) + 6
        for side in (-1, 1):
            with p.at(x, y, turn=turn + side * (70 - number * 3.4)):
                leaf(p, size, 6.5, shift(green, 0.03 * (number % 2)), vein=False)


@motif("autumn-leaf", "leaf", "autumn leaf")
def autumn_leaf(p: Pen) -> None:
    color = p.own(p.dice.pick(["#d9541e", "#e7a325", "#b83a2a", "#c9772a"]))
    half = [
        (0, -50, 1),
        (7, -32),
        (18, -36, 1),
        (15, -18),
        (40, -24, 1),
        (34, -10),
        (46, 2, 1),
        (24, 12),
        (26, 22, 1),
        (6, 20),
        (0, 22),
    ]
    p.line([(0, 14), (2, 34), (0, 50)], shift(color, -0.14), 2.4)
    p.sym(half, color)
    for tip in ((0, -44), (34, -19), (-34, -19), (38, 2), (-38, 2)):
        p.line([(0, 16), (tip[0] * 0.5, 16 + (tip[1] - 16) * 0.45), tip], shift(color, 0.12), 1.2)


@motif("oak-leaf", "leaf", "oak leaf")
def oak_leaf(p: Pen) -> None:
    color = p.own(p.dice.pick(["#a8622d", "#c98a3a", "#8a7a3f"]))
    half = [
        (0, -50),
        (8, -44),
        (14, -32),
        (8, -26),
        (20, -18),
        (22, -8),
        (11, -4),
        (22, 6),
        (20, 17),
        (9, 18),
        (12, 28),
        (0, 36),
    ]
    p.line([(0, 30), (0, 50)], shift(color, -0.14), 2.2)
    p.sym(half, color)
    p.line([(0, 34), (0, -42)], shift(color, 0.13), 1.2)
    for y, reach in ((-22, 11), (-2, 14), (14, 12)):
        for side in (-1, 1):
            p.line([(0, y + 6), (side * reach, y - 4)], shift(color, 0.12), 0.8)


@motif("clover", "leaf", "four-leaf clover")
def clover(p: Pen) -> None:
    green = p.own("#3d9a55")
    p.line([(0, 0), (5, 24), (0, 50)], shift(green, -0.08), 3)
    for number in range(4):
        with p.at(0, -6, turn=90 * number + 45):
            p.blob(
                [(0, 0, 1), (-18, -16), (-20, -34), (-8, -40), (0, -32, 1), (8, -40), (20, -34), (18, -16)],
                shift(green, 0.02 * (number % 2)),
            )
            p.line([(0, -4), (0, -24)], shift(green, 0.14), 1.3)


@motif("grass", "tuft", "grass")
def grass(p: Pen) -> None:
    green = p.own(p.leaf(2))
    for number in range(7):
        lean = (number - 3) * 9 + p.dice.between(-4, 4)
        tall = p.dice.between(40, 92) - abs(number - 3) * 7
        foot = (number - 3) * 4.5
        p.blob(
            [
                (foot - 2.6, 50, 1),
                (foot + lean * 0.25 - 1.4, 50 - tall * 0.55),
                (foot + lean, 50 - tall, 1),
                (foot + lean * 0.4 + 2.4, 50 - tall * 0.5),
                (foot + 2.6, 50, 1),
            ],
            shift(green, 0.035 * (number % 3 - 1)),
            0.7,
        )
