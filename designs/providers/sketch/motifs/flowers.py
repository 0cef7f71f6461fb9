"""Flowers. Bloom motifs fill their box and face us; stem motifs (kind "stem") stand on the ground."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.pen import Pen

# Flowers that everybody knows by their color.
NATURAL = frozenset({"daisy", "sunflower", "poinsettia", "poppy", "cherry-blossom"})


def petals(
    p: Pen,
    count: int,
    length: float,
    width: float,
    color: str,
    *,
    start: float = 0,
    inner: float = 4,
    notch: float = 0,
) -> None:
    """A ring of petals around the origin, `length` long from the center."""

    def petal(number: int) -> None:
        tone = shift(color, 0.03 if number % 2 else -0.01)
        tip = [(-width * 0.28, -length), (0, -length + notch), (width * 0.28, -length)] if notch else [(0, -length)]
        p.blob(
            [
                (0, -inner),
                (-width * 0.42, -length * 0.55),
                (-width * 0.38, -length * 0.85),
                *tip,
                (width * 0.38, -length * 0.85),
                (width * 0.42, -length * 0.55),
            ],
            tone,
        )

    p.ring(count, petal, start)


def seeds(p: Pen, radius: float, count: int, color: str, size: float) -> None:
    """Dots in the spiral that sunflowers use."""
    for number in range(count):
        reach, angle = radius * math.sqrt((number + 0.5) / count), number * 2.39996
        p.dot(reach * math.cos(angle), reach * math.sin(angle), size, color)


@motif("daisy", "bloom")
def daisy(p: Pen) -> None:
    white, gold = p.own("#fbf6ea"), p.nat("#f2b632")
    petals(p, 15, 47, 19, white)
    p.disc(0, 0, 14, gold)
    seeds(p, 12, 22, shift(gold, -0.13), 1.0)


@motif("sunflower", "bloom")
def sunflower(p: Pen) -> None:
    gold, heart = p.own("#f4b223"), p.nat("#5a3623")
    petals(p, 16, 49, 20, shift(gold, -0.08), start=11)
    petals(p, 16, 45, 19, gold)
    p.disc(0, 0, 20, heart)
    seeds(p, 18, 60, shift(heart, 0.15), 0.9)


@motif("rose", "bloom")
def rose(p: Pen) -> None:
    red = p.own("#d8394f")
    for number in range(5):
        with p.at(turn=72 * number):
            p.blob([(-6, -6), (-30, -22), (-24, -44), (0, -49), (24, -44), (30, -22), (6, -6)], shift(red, -0.05))
    for number in range(5):
        with p.at(turn=72 * number + 36):
            p.blob([(-4, -4), (-22, -16), (-17, -33), (0, -37), (17, -33), (22, -16), (4, -4)], shift(red, -0.01))
    p.disc(0, 0, 22, shift(red, 0.03))
    for radius, turn, tone in ((18, 20, -0.06), (12.5, 160, 0.05), (7.5, 290, -0.08)):
        with p.at(turn=turn):
            p.blob(
                [
                    (-radius, 2),
                    (-radius * 0.7, -radius * 0.8),
                    (radius * 0.4, -radius),
                    (radius, 0),
                    (radius * 0.4, radius * 0.55),
                    (-radius * 0.5, radius * 0.7),
                ],
                shift(red, tone),
            )
    p.line([(-3.5, 2), (-2, -3), (3, -2), (2.5, 3), (-1, 3.5)], shift(red, -0.16), 1.4)


@motif("peony", "bloom")
def peony(p: Pen) -> None:
    pink = p.own(p.acc(1))
    for count, length, width, tone, start in (
        (9, 49, 34, -0.06, 0),
        (8, 40, 31, -0.01, 20),
        (7, 30, 26, 0.035, 5),
        (5, 20, 20, 0.075, 30),
    ):
        petals(p, count, length, width, shift(pink, tone), start=start, inner=2, notch=4)
    p.disc(0, 0, 7, mix(pink, p.nat("#f7cf5f"), 0.7), 0.5)
    seeds(p, 6, 10, p.nat("#d98f2d"), 0.8)


@motif("poppy", "bloom")
def poppy(p: Pen) -> None:
    red = p.own("#e2452f")
    for number, turn in enumerate((45, 225, 135, 315)):
        with p.at(turn=turn):
            p.blob(
                [(-7, -2), (-34, -18), (-27, -42), (0, -48), (27, -42), (34, -18), (7, -2)],
                shift(red, 0.04 if number > 1 else -0.03),
            )
    p.disc(0, 0, 10, p.nat("#2d2430"), 0.6)
    for number in range(16):
        angle = number * math.tau / 16
        p.line(
            [(9 * math.cos(angle), 9 * math.sin(angle)), (15 * math.cos(angle), 15 * math.sin(angle))],
            p.nat("#2d2430"),
            0.9,
        )
        p.dot(16 * math.cos(angle), 16 * math.sin(angle), 1.3, p.nat("#2d2430"))
    p.disc(0, 0, 5, p.nat("#9fb06a"), 0.5)


@motif("cherry-blossom", "bloom")
def cherry_blossom(p: Pen) -> None:
    pink = p.own("#f7b6c2")
    petals(p, 5, 47, 42, pink, inner=3, notch=8)
    for number in range(15):
        angle = number * math.tau / 15 + 0.2
        reach = 15 if number % 2 else 20
        p.line(
            [(3 * math.cos(angle), 3 * math.sin(angle)), (reach * math.cos(angle), reach * math.sin(angle))],
            shift(pink, -0.2, 1.4),
            0.7,
        )
        p.dot(reach * math.cos(angle), reach * math.sin(angle), 1.5, p.nat("#e7a12f"))
    p.disc(0, 0, 4.5, shift(pink, -0.2, 1.5), 0.4)


@motif("anemone", "bloom")
def anemone(p: Pen) -> None:
    color = p.own(p.acc(0))
    petals(p, 7, 48, 36, shift(color, -0.03), start=25)
    petals(p, 6, 42, 33, shift(color, 0.05))
    p.disc(0, 0, 9, p.deep, 0.6)
    for number in range(20):
        angle = number * math.tau / 20
        p.dot(14.5 * math.cos(angle), 14.5 * math.sin(angle), 1.5, p.deep)


@motif("cosmos", "bloom")
def cosmos(p: Pen) -> None:
    color = p.own(p.acc(2))
    petals(p, 8, 48, 30, color, notch=4)
    petals(p, 8, 24, 12, shift(color, -0.07), start=0, inner=2)
    p.disc(0, 0, 9.5, p.nat("#f4bd3a"))
    seeds(p, 8, 14, p.nat("#c98420"), 0.9)


@motif("poinsettia", "bloom")
def poinsettia(p: Pen) -> None:
    red = p.own("#cf2f33")
    for count, length, width, tone, start, color in (
        (6, 50, 24, -0.03, 30, p.nat("#2f6b4a")),
        (6, 47, 27, -0.03, 0, red),
        (6, 34, 20, 0.04, 30, red),
    ):
        petals(p, count, length, width, shift(color, tone), start=start, inner=1)
    for number in range(6):
        angle = number * math.tau / 6
        p.disc(4 * math.cos(angle), 4 * math.sin(angle), 2.8, p.nat("#f0bf3f"), 0.4)


def stem(p: Pen, color: str, top: float = -20, bend: float = 4, width: float = 2.2) -> None:
    p.line([(bend * 0.2, 50), (bend, 20), (0, top)], color, width)


def blade(p: Pen, side: int, color: str, base: float = 46, reach: float = 22, rise: float = 40) -> None:
    """A long leaf from the foot of a stem."""
    p.blob(
        [
            (0, base),
            (side * reach * 0.5, base - rise * 0.45),
            (side * reach, base - rise, 1),
            (side * reach * 0.85, base - rise * 0.4),
        ],
        color,
        0.8,
    )


@motif("tulip", "stem")
def tulip(p: Pen) -> None:
    color, green = p.own(p.dice.pick([p.acc(0), p.acc(1), p.acc(2)])), p.leaf(2)
    stem(p, green)
    blade(p, -1, p.leaf(1))
    blade(p, 1, green, rise=32)
    p.blob(
        [(0, -10), (-15, -16), (-17, -34), (-12, -49, 1), (0, -38), (12, -49, 1), (17, -34), (15, -16)],
        shift(color, -0.05),
    )
    p.blob([(0, -9), (-9, -18), (-10, -34), (0, -50, 1), (10, -34), (9, -18)], shift(color, 0.04))


@motif("daisy-stem", "stem", "daisy")
def daisy_stem(p: Pen) -> None:
    stem(p, p.leaf(2), bend=-4, width=1.8)
    for side, y in ((-1, 24), (1, 32)):
        p.blob([(0, y + 8), (side * 9, y), (side * 16, y - 8, 1), (side * 12, y + 4)], p.leaf(1), 0.7)
    with p.at(0, -26, 0.5):
        daisy(p)


@motif("poppy-stem", "stem", "poppy")
def poppy_stem(p: Pen) -> None:
    stem(p, p.leaf(2), bend=5, width=1.6)
    blade(p, 1, p.leaf(1), reach=14, rise=26)
    with p.at(0, -27, 0.47):
        poppy(p)


@motif("sunflower-stem", "stem", "sunflower")
def sunflower_stem(p: Pen) -> None:
    stem(p, p.leaf(2), bend=3, width=3)
    for side, y in ((-1, 14), (1, 24)):
        p.blob([(0, y + 10), (side * 10, y - 4), (side * 25, y - 8, 1), (side * 20, y + 8)], p.leaf(1), 0.9)
    with p.at(0, -24, 0.56):
        sunflower(p)


@motif("lavender", "stem")
def lavender(p: Pen) -> None:
    color, green = p.own("#8f78c8"), p.leaf(2)
    for lean, height in ((-13, -30), (12, -34), (0, -47)):
        p.line([(0, 50), (lean * 0.4, 10), (lean, height)], green, 1.3)
        for step in range(9):
            y = height + step * 4.6
            x = lean * (1 - (y - height) / (50 - height) * 0.7)
            wide = 2.2 + 2.2 * math.sin(min(1, step / 6) * math.pi * 0.9)
            for side in (-1, 1):
                p.oval(x + side * wide, y + 2, 3.1, 2.7, shift(color, 0.04 * (step % 2)), 0.4, turn=side * 35)


@motif("bluebell", "stem")
def bluebell(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(-4, 50), (-8, 6), (2, -30), (20, -38)], p.leaf(2), 1.7)
    blade(p, -1, p.leaf(1), reach=14, rise=34)
    for x, y in ((20, -38), (8, -32), (-3, -18), (-7, -2)):
        side = 1
        p.blob(
            [
                (x, y),
                (x + 7 * side, y + 6),
                (x + 9, y + 17, 1),
                (x + 5, y + 14),
                (x + 1, y + 18, 1),
                (x - 2, y + 14),
                (x - 6, y + 17, 1),
                (x - 5, y + 6),
            ],
            color,
            0.8,
        )


@motif("dandelion", "stem")
def dandelion(p: Pen) -> None:
    p.line([(0, 50), (-3, 20), (0, -20)], p.leaf(2), 1.4)
    blade(p, 1, p.leaf(1), reach=16, rise=18)
    pale = p.nat("#fdfaf2")
    for number in range(34):
        reach, angle = 24 * math.sqrt((number + 4) / 38), number * 2.39996
        x, y = reach * math.cos(angle), -24 + reach * math.sin(angle)
        p.line([(0, -22), (x, y)], pale, 0.35)
        p.dot(x, y, 1.4, pale, 0.9)
    p.dot(0, -22, 3, p.nat("#b3935f"))


@motif("wheat", "stem")
def wheat(p: Pen) -> None:
    gold = p.own("#dba94a")
    for lean in (-10, 0, 10):
        p.line([(0, 50), (lean * 0.3, 10), (lean, -20)], shift(gold, -0.1), 1.3)
        for step in range(6):
            for side in (-1, 1):
                p.oval(lean + side * 3.2, -18 - step * 5, 2.2, 4.4, shift(gold, 0.02 * step), 0.5, turn=side * 24)
        p.oval(lean, -48, 2.1, 4.4, gold, 0.5)


@motif("cotton", "stem")
def cotton(p: Pen) -> None:
    p.line([(0, 50), (4, 10), (0, -24)], p.nat("#8a6a50"), 1.8)
    p.line([(3, 14), (16, -4)], p.nat("#8a6a50"), 1.5)
    for x, y, radius in ((0, -28, 9), (18, -8, 7)):
        for turn in (0, 90, 180, 270):
            with p.at(x, y, turn=turn + 45):
                p.disc(0, -radius * 0.6, radius, p.own("#fbf8f1"), 0.5)
