"""Things that carry us."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import oval, smooth
from designs.providers.sketch.pen import Pen


def circle(p: Pen, x: float, y: float, radius: float, color: str, width: float) -> None:
    p.line(
        [(x + radius * math.cos(a * math.tau / 24), y + radius * math.sin(a * math.tau / 24)) for a in range(25)],
        color,
        width,
    )


def tire(p: Pen, x: float, y: float, radius: float) -> None:
    p.disc(x, y, radius, p.nat("#33313a"), 0.5)
    p.disc(x, y, radius * 0.55, p.nat("#e9e4da"), 0.4)
    p.disc(x, y, radius * 0.2, p.nat("#8a8792"), 0)


@motif("hot-air-balloon", "flyer", "hot-air balloon")
def hot_air_balloon(p: Pen) -> None:
    """args: ridden, whether somebody is in the basket, who has to be seen: it is larger then."""
    ridden = bool(p.args.get("ridden"))
    with p.at(0, -17 if ridden else 0, 0.66 if ridden else 1):
        _envelope(p)
    half, top = (15, 26) if ridden else (8, 37)
    for x in (-0.9, 0.9) if ridden else (-0.9, 0, 0.9):
        p.line([(x * (10 if ridden else 7.8), 0 if ridden else 26), (x * half, top)], p.nat("#7a563e"), 0.9)
    p.box(-half, top, half, 50, p.nat("#a8713f"), 2.5)
    for y in (0.4, 0.75):
        p.line([(-half, top + (50 - top) * y), (half, top + (50 - top) * y)], p.nat("#7a4f2c"), 1.2)


def _envelope(p: Pen) -> None:
    first = p.own(p.acc(0))
    stripes = (first, p.acc(1), first, p.acc(3), first)
    outline = smooth(
        [
            (0, -50),
            (22, -45),
            (36, -26),
            (35, -6),
            (22, 12),
            (9, 26),
            (-9, 26),
            (-22, 12),
            (-35, -6),
            (-36, -26),
            (-22, -45),
        ]
    )
    p.fill(outline, first)
    with p.inside(outline):
        for number, half in ((3, 30), (2, 19), (1, 8)):
            edge = [
                (0, -54),
                (half * 0.75, -44),
                (half * 1.18, -22),
                (half * 1.1, -4),
                (half * 0.7, 12),
                (half * 0.25, 28),
            ]
            p.sym(edge, stripes[number], 0.6)
        p.line([(-40, -6), (0, 0), (40, -6)], mix(p.deep, first, 0.6), 1.6)
        for x in (-28, -14, 0, 14, 28):
            p.disc(x, -3 + 4 * (1 - abs(x) / 30), 4, p.paper, 0.2)
        p.veil(oval(-20, -26, 7, 15, 18), "#ffffff", 0.22)


@motif("car", "vehicle")
def car(p: Pen) -> None:
    color = p.own(p.acc(0))
    glass = mix(p.palette.sky[0], "#ffffff", 0.5)
    p.blob([(-28, 8, 1), (-20, -16), (-6, -22), (14, -21), (26, -8), (32, 8, 1)], color)
    p.blob([(-22, 6, 1), (-16, -11), (-6, -16), (0, -16, 1), (0, 6, 1)], glass, 0.4)
    p.blob([(4, 6, 1), (4, -16, 1), (13, -15), (21, -6), (25, 6, 1)], glass, 0.4)
    p.blob([(-48, 28), (-46, 12), (-30, 5), (0, 5), (32, 5), (47, 12), (49, 28), (42, 33), (-42, 33)], color)
    p.line([(-46, 22), (0, 22), (47, 22)], mix(color, p.paper, 0.7), 1.8)
    p.disc(-44, 17, 3.6, "#ffe9a8", 0)
    p.box(-50, 27, -40, 32, p.nat("#d9d5cc"), 2, 0)
    p.box(40, 27, 50, 32, p.nat("#d9d5cc"), 2, 0)
    for x in (-27, 27):
        tire(p, x, 34, 11.5)


@motif("van", "vehicle", "camper van")
def van(p: Pen) -> None:
    color = p.own(p.acc(0))
    glass = mix(p.palette.sky[0], "#ffffff", 0.5)
    p.blob([(-46, 34, 1), (-47, 2), (-40, -26), (-30, -34), (34, -34), (44, -26), (47, 4), (47, 34, 1)], p.cream)
    p.blob([(-47, 34, 1), (-47, 4, 1), (-30, -2), (0, -1), (47, 4, 1), (47, 34, 1)], color)
    for left, right in ((-38, -22), (-17, 3), (8, 26), (30, 42)):
        p.box(left, -26, right, -8, glass, 3, 0.4)
    p.box(-30, -44, 30, -36, p.acc(1), 3)
    p.line([(-24, -36), (-24, -33)], p.deep, 1.5)
    p.line([(24, -36), (24, -33)], p.deep, 1.5)
    p.disc(-43, 16, 4.6, "#ffe9a8", 0)
    p.box(-49, 30, 49, 35, p.nat("#e3dfd5"), 2, 0.3)
    for x in (-27, 28):
        tire(p, x, 37, 12)


@motif("bicycle", "vehicle")
def bicycle(p: Pen) -> None:
    color = p.own(p.acc(0))
    dark = p.nat("#3d3743")
    for x in (-28, 28):
        circle(p, x, 28, 20, dark, 2.8)
        circle(p, x, 28, 17.4, p.cream, 1)
        for spoke in range(8):
            angle = spoke * math.pi / 8
            p.line(
                [
                    (x - 17 * math.cos(angle), 28 - 17 * math.sin(angle)),
                    (x + 17 * math.cos(angle), 28 + 17 * math.sin(angle)),
                ],
                mix(dark, p.paper, 0.55),
                0.4,
            )
    p.line([(-28, 28), (-10, -6), (16, -6), (0, 28), (-28, 28)], color, 3.2, sharp=True)
    p.line([(-14, -14), (0, 28)], color, 3.2)
    p.line([(28, 28), (16, -6), (12, -20)], color, 3.2)
    p.line([(12, -20), (22, -24), (26, -18)], dark, 2.6)
    p.blob([(-24, -17), (-8, -19), (-6, -14), (-20, -12)], p.nat("#7a4f35"))
    p.disc(0, 28, 4.4, dark, 0.4)
    p.blob([(16, -18, 1), (40, -18, 1), (37, 0), (20, 0)], p.nat("#c58d4f"))
    for x, y, name in ((20, -23, 0), (28, -27, 1), (35, -22, 2)):
        for petal in range(5):
            angle = petal * math.tau / 5
            p.dot(x + 3.4 * math.cos(angle), y + 3.4 * math.sin(angle), 2.8, p.acc(name))
        p.dot(x, y, 2, p.nat("#f7cf5f"))


@motif("train", "vehicle")
def train(p: Pen) -> None:
    color = p.own(p.acc(0))
    for x, y, radius in ((-30, -40, 6), (-20, -46, 8), (-5, -49, 7)):
        p.disc(x, y, radius, mix(p.palette.sky[1], "#ffffff", 0.6), 0.4)
    p.poly([(-36, -14), (-24, -14), (-21, -34), (-39, -34)], p.deep)
    p.box(-46, -14, 12, 22, color, 10)
    p.box(8, -32, 42, 24, shift(color, -0.04), 2)
    p.box(4, -38, 47, -30, p.acc(1), 3)
    p.box(15, -24, 34, -4, "#ffe6a0", 2, 0.3)
    for x in (-28, -10):
        p.box(x - 2, -14, x + 2, 22, p.acc(1), 0, 0.3)
    p.box(-49, 20, 48, 28, p.deep, 2)
    for x, radius in ((-34, 10), (-12, 10), (24, 14)):
        y = 48 - radius
        p.disc(x, y, radius, p.acc(2))
        p.disc(x, y, radius * 0.35, p.cream, 0.3)
    p.disc(-46, 2, 4, "#ffe9a8", 0)


@motif("plane", "flyer", "aeroplane")
def plane(p: Pen) -> None:
    color = p.own(p.acc(0))
    with p.at(turn=-12):
        p.blob([(28, -6), (38, -28), (49, -28), (44, 2)], shift(color, -0.04))
        p.blob([(-48, 4), (-36, -10), (0, -12), (36, -8), (49, 0), (36, 8), (-10, 14), (-40, 13)], p.cream)
        p.blob([(-44, 8), (-10, 6), (36, 4), (46, 2), (36, 8), (-10, 14), (-38, 13)], color, 0.6)
        for x in (-18, -8, 2, 12, 22):
            p.dot(x, -3, 2.6, mix(p.palette.land[2], "#ffffff", 0.2))
        p.blob([(-38, -6), (-30, -9), (-28, -2), (-40, 0)], mix(p.palette.sky[0], "#ffffff", 0.3), 0.2)
        p.blob([(-8, 4), (10, 4), (34, 34), (22, 36)], shift(color, -0.03))


@motif("rocket", "flyer")
def rocket(p: Pen) -> None:
    color = p.own(p.acc(0))
    with p.at(turn=24):
        p.glow(0, 44, 36, "#ffb04a", 0.6)
        p.blob([(-9, 28), (0, 52, 1), (9, 28)], "#ffb04a", 0)
        p.blob([(-5, 28), (0, 42, 1), (5, 28)], "#fff0b8", 0)
        for side in (-1, 1):
            p.blob([(side * 12, 8), (side * 28, 24), (side * 27, 38, 1), (side * 10, 28)], color)
        p.sym([(0, -50, 1), (13, -28), (16, 0), (10, 30), (0, 30)], p.cream)
        p.sym([(0, -50, 1), (9, -36), (12.6, -26), (0, -22)], color)
        p.disc(0, -6, 8, p.acc(1))
        p.disc(0, -6, 5.4, mix(p.palette.sky[0], "#ffffff", 0.4), 0.4)
        p.box(-3, 14, 3, 34, shift(color, -0.05), 2)


@motif("tractor", "vehicle")
def tractor(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.box(-40, -4, 8, 20, color, 4)
    p.box(2, -40, 36, 20, shift(color, -0.03), 3)
    p.box(8, -32, 30, -8, mix(p.palette.sky[0], "#ffffff", 0.5), 2, 0.3)
    p.box(-2, -46, 40, -38, shift(color, -0.08), 2)
    p.line([(-24, -4), (-24, -28)], p.deep, 3.6)
    for y in (2, 9):
        p.line([(-36, y), (-20, y)], shift(color, -0.14), 1.6)
    tire(p, 22, 26, 24)
    tire(p, -30, 34, 15)


@motif("scooter", "vehicle")
def scooter(p: Pen) -> None:
    color = p.own(p.acc(2))
    for x in (-30, 28):
        tire(p, x, 37, 12)
    p.blob([(2, 24), (10, 6), (30, 4), (44, 18), (46, 30), (26, 34), (0, 34), (-18, 34), (-20, 28)], color)
    p.blob([(-34, 36), (-34, 10), (-24, -22), (-18, -22), (-20, 8), (-14, 28), (-20, 34)], color)
    p.line([(-20, -22), (-22, -34), (-12, -38)], p.deep, 2.6)
    p.disc(-25, -23, 5, "#ffe9a8", 0.3)
    p.blob([(4, 4), (14, -4), (38, -2), (42, 4), (20, 8)], p.nat("#7a4f35"))
    p.blob([(-40, 30), (-32, 20), (-18, 26), (-22, 32)], shift(color, -0.06))
