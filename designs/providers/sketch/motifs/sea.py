"""Under, on and beside the water."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.faces import DARK
from designs.providers.sketch.motifs.sky import five_points
from designs.providers.sketch.pen import Pen

LAMP = "#ffd977"


@motif("whale", "swimmer")
def whale(p: Pen) -> None:
    skin = p.own("#4f7fae")
    belly = mix(skin, p.cream, 0.72)
    p.blob(
        [(26, 8), (36, -4), (33, -24), (40, -30), (46, -18), (50, -30), (50, -12), (44, 6), (32, 26), (20, 28)],
        skin,
    )
    p.blob(
        [(-46, 8), (-40, -14), (-20, -24), (6, -22), (28, -2), (38, 4), (32, 24), (8, 38), (-24, 38), (-42, 28)],
        skin,
    )
    p.blob([(-45, 14), (-30, 20), (-8, 22), (16, 20), (30, 22), (8, 37), (-24, 37), (-41, 28)], belly, 0.5)
    for x in (-30, -21, -12, -3, 6):
        p.line([(x, 21), (x + 3, 28), (x + 2, 35)], mix(skin, belly, 0.5), 1.1)
    p.blob([(-8, 20), (6, 24), (10, 40), (-2, 44), (-10, 30)], shift(skin, -0.06))
    p.dot(-28, 6, 2.6, DARK)
    p.dot(-29, 5, 0.9, "#ffffff")
    p.dot(-25, 13, 4, p.nat("#f0837a"), 0.4)
    water = mix(p.palette.sky[1], "#ffffff", 0.55)
    for side in (-1, 1):
        p.line([(-14, -25), (-14 + side * 2, -38), (-14 + side * 10, -46), (-14 + side * 17, -40)], water, 2.6)
        p.oval(-14 + side * 18, -33, 2, 3, water, 0)


@motif("fish", "swimmer")
def fish(p: Pen) -> None:
    color = p.own(p.dice.pick([p.acc(0), p.acc(1), p.acc(2)]))
    second = p.acc(1) if color != p.acc(1) else p.acc(3)
    p.blob([(22, 0), (34, -18), (49, -26), (44, 0), (49, 26), (34, 18)], second)
    p.blob([(-14, -22), (4, -38), (20, -26), (14, -18)], second)
    p.blob([(-46, 2), (-30, -20), (-4, -27), (20, -14), (30, 0), (20, 14), (-4, 26), (-30, 22)], color)
    for x in (-6, 9):
        p.line([(x, -22), (x + 6, 0), (x, 21)], mix(color, p.paper, 0.7), 4.4)
    p.blob([(-14, 6), (0, 10), (-2, 20), (-14, 14)], second, 0.6)
    p.dot(-28, -4, 5, "#ffffff")
    p.dot(-29, -4, 3, DARK)
    p.line([(-44, 8), (-39, 11), (-35, 9)], DARK, 1.3)


@motif("turtle", "swimmer")
def turtle(p: Pen) -> None:
    skin, shell = p.own("#7fb069"), p.nat("#8a6a3f")
    for x, y, turn in ((-20, 26, 34), (18, 28, -24)):
        p.oval(x, y, 8, 17, skin, 0.8, turn=turn)
    p.poly([(34, 14), (48, 20), (34, 22)], skin)
    p.blob([(-26, 6), (-34, -8), (-46, -8), (-49, 4), (-42, 14), (-28, 18)], skin)
    p.blob([(-32, 18), (-26, -12), (0, -26), (24, -14), (36, 16), (20, 24), (-16, 25)], shell)
    for x, y, size in ((-12, -4, 9), (10, -4, 9), (-1, 10, 8), (-22, 10, 6), (22, 11, 6)):
        p.poly(
            [(x + size * math.cos(a), y + size * 0.8 * math.sin(a)) for a in (0, 1.05, 2.1, 3.14, 4.19, 5.24)],
            shift(shell, 0.08),
            0.5,
        )
    p.dot(-41, 0, 2.4, DARK)
    p.line([(-47, 8), (-43, 9), (-40, 7)], DARK, 1)


@motif("octopus", "swimmer")
def octopus(p: Pen) -> None:
    color = p.own(p.acc(2))
    for number, x in enumerate((-38, -25, -10, 10, 25, 38)):
        lean = x * 0.5
        p.line([(lean * 0.8, 8), (x * 0.9, 24), (x, 38), (x + (7 if number % 2 else -7), 46)], shift(color, -0.04), 8.5)
    p.sym([(0, -46), (20, -40), (30, -18), (24, 6), (18, 18), (0, 20)], color)
    for side in (-1, 1):
        p.dot(side * 10, -8, 5, "#ffffff")
        p.dot(side * 9.4, -7.4, 3, DARK)
        p.dot(side * 17, 2, 4, p.nat("#f0837a"), 0.5)
    p.line([(-5, 4), (0, 8), (5, 4)], DARK, 1.4)
    for x, y, radius in ((-14, -30, 3.4), (8, -36, 2.6), (15, -26, 2)):
        p.dot(x, y, radius, shift(color, 0.09))


@motif("jellyfish", "swimmer")
def jellyfish(p: Pen) -> None:
    color = p.own(p.acc(3))
    for x in (-20, -10, 0, 10, 20):
        p.line([(x, -4), (x + 5, 14), (x - 4, 30), (x + 3, 48)], mix(color, p.paper, 0.25), 1.8)
    p.blob(
        [
            (-32, -2, 1),
            (-30, -26),
            (-14, -44),
            (14, -44),
            (30, -26),
            (32, -2, 1),
            (21, -7),
            (11, 0),
            (0, -6),
            (-11, 0),
            (-21, -7),
        ],
        color,
    )
    for x, y in ((-12, -26), (6, -32), (14, -18)):
        p.dot(x, y, 3, mix(color, "#ffffff", 0.4))


@motif("starfish", "plant")
def starfish(p: Pen) -> None:
    color = p.own(p.nat("#f08a5a"))
    p.blob(five_points(46, 20), color)
    for x, y in five_points(30, 10)[::2]:
        p.dot(x, y, 2.4, shift(color, 0.1))
        p.dot(x * 0.55, y * 0.55, 2, shift(color, 0.1))


@motif("shell", "plant")
def shell(p: Pen) -> None:
    color = p.own(p.nat("#f3c3a8"))
    p.blob(
        [
            (-9, 40),
            (-30, 22),
            (-44, -4),
            (-30, -20),
            (-20, -34),
            (0, -40),
            (20, -34),
            (30, -20),
            (44, -4),
            (30, 22),
            (9, 40),
            (12, 48, 1),
            (-12, 48, 1),
        ],
        color,
    )
    for x, y in ((-32, -8), (-19, -26), (0, -34), (19, -26), (32, -8)):
        p.line([(x * 0.16, 38), (x * 0.6, 8 + y * 0.2), (x, y)], shift(color, -0.1), 1.6)


@motif("coral", "plant")
def coral(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 2)))

    def grow(x: float, y: float, length: float, turn: float, depth: int) -> None:
        with p.at(x, y, turn=turn):
            p.line([(0, 0), (2, -length * 0.5), (0, -length)], color, 3 + depth * 2.2)
            if depth:
                for lean in (-32, 26):
                    grow(0, -length * p.dice.between(0.75, 1), length * 0.68, lean + p.dice.between(-10, 10), depth - 1)

    grow(0, 50, 36, 0, 3)


@motif("seaweed", "plant")
def seaweed(p: Pen) -> None:
    green = p.own(mix(p.leaf(2), p.nat("#2f8a6a"), 0.5))
    for number, x in enumerate((-16, 2, 18)):
        tall, sway = p.dice.between(60, 98), p.dice.pick([-1, 1])
        points = [(x + sway * 7 * math.sin(step * 1.3), 50 - tall * step / 6) for step in range(7)]
        right = [(a + 4.6 * (1 - step / 6.5), b) for step, (a, b) in enumerate(points)]
        p.blob(
            [*[(a - 4.6 * (1 - step / 6.5), b) for step, (a, b) in enumerate(points)], *reversed(right)],
            shift(green, 0.04 * number),
            0.8,
        )


@motif("sailboat", "vessel", "sailing boat")
def sailboat(p: Pen) -> None:
    hull, sail = p.own(p.acc(0)), p.cream
    p.line([(0, 26), (0, -48)], p.nat("#8a5f3f"), 2.2)
    p.blob([(3, -44, 1), (20, -18), (34, 18, 1), (3, 20, 1)], sail)
    p.blob([(-3, -36, 1), (-14, -8), (-26, 18, 1), (-3, 20, 1)], shift(p.acc(1), 0.02))
    p.poly([(0, -49), (12, -45), (0, -41)], p.acc(0), 0)
    p.blob([(-38, 26, 1), (40, 26, 1), (28, 46), (0, 48), (-26, 46)], hull)
    p.line([(-34, 33), (0, 34), (35, 33)], mix(hull, p.paper, 0.75), 2)


@motif("ship", "vessel")
def ship(p: Pen) -> None:
    hull = p.own(p.acc(0))
    p.box(8, -40, 20, -6, p.acc(1), 1)
    p.box(8, -32, 20, -26, p.paper, 0, 0)
    for x, y, radius in ((20, -45, 5), (28, -49, 6)):
        p.disc(x, y, radius, mix(p.palette.sky[1], "#ffffff", 0.5), 0.4)
    p.box(-26, -8, 30, 12, p.cream, 3)
    for x in (-16, -2, 12):
        p.disc(x + 4, 2, 4, p.palette.land[2], 0.3)
    p.blob([(-46, 10, 1), (46, 10, 1), (36, 44), (0, 48), (-34, 44)], hull)
    p.line([(-42, 20), (0, 21), (42, 20)], p.cream, 2.6)


@motif("galleon", "vessel", "tall ship")
def galleon(p: Pen) -> None:
    """Three masts under sail, high astern."""
    hull, rope = p.own(p.nat("#8a5534")), p.nat("#6b4630")
    for x, top in ((-25, -34), (2, -48), (27, -36)):
        p.line([(x, 22), (x, top)], rope, 2.2)
        p.poly([(x, top - 4), (x + 11, top - 1), (x, top + 2)], p.acc(0), 0)
    p.line([(40, 18), (56, 4)], rope, 2)
    p.blob([(38, 12, 1), (54, 5, 1), (30, -26, 1), (34, -4)], shift(p.cream, -0.03), 0.6)
    for x, sails in ((-25, ((-29, -12, 9), (-9, 12, 12))), (27, ((-31, -14, 9), (-11, 10, 12))),
                     (2, ((-43, -26, 9), (-23, -6, 13), (-3, 16, 16)))):  # fmt: skip
        for top, low, half in sails:
            _square_sail(p, x, top, low, half)
    p.blob([(-48, 6, 1), (-30, 6, 1), (-28, 18, 1), (26, 18, 1), (46, 12, 1), (36, 40), (20, 48), (-22, 48), (-40, 36)],
           hull)  # fmt: skip
    p.line([(-44, 20), (-10, 26), (38, 21)], mix(hull, p.paper, 0.55), 2)
    for x in (-30, -17, -4, 9, 22):
        p.box(x - 2.6, 30, x + 2.6, 35, p.nat("#3d2a20"), 0.6, 0)
    p.box(-44, 9, -32, 14, LAMP if p.palette.is_dark else shift(hull, -0.12), 0.6, 0)


def _square_sail(p: Pen, x: float, top: float, low: float, half: float) -> None:
    """Full of wind: it bellies towards the bow."""
    p.blob([(x - half * 0.8, top, 1), (x + half * 0.8, top, 1), (x + half * 1.25, (top + low) / 2),
            (x + half, low, 1), (x + 1, low - 3), (x - half, low, 1), (x - half * 0.72, (top + low) / 2)],
           p.cream, 0.8)  # fmt: skip
    p.line([(x - half * 0.9, top), (x + half * 0.9, top)], p.nat("#6b4630"), 1.4)


@motif("anchor", "object")
def anchor(p: Pen) -> None:
    color = p.own(p.deep)
    p.line([(0, -30), (0, 42)], color, 6)
    p.line([(-20, -18), (20, -18)], color, 6)
    p.line([(-40, 14), (-32, 34), (0, 46), (32, 34), (40, 14)], color, 6)
    for side in (-1, 1):
        p.poly([(side * 48, 20), (side * 40, 2), (side * 28, 18)], color, 0.5)
    p.line([(9 * math.cos(a * math.tau / 16), -39 + 9 * math.sin(a * math.tau / 16)) for a in range(17)], color, 4)


@motif("mermaid-tail", "swimmer", "mermaid tail")
def mermaid_tail(p: Pen) -> None:
    color = p.own(p.acc(3))
    p.blob([(-18, 46), (-14, 18), (0, -6), (10, -24), (16, -22), (18, 0), (16, 26), (10, 48)], color)
    p.blob(
        [(12, -20), (0, -30), (-6, -48, 1), (12, -42), (20, -32), (34, -46), (48, -40, 1), (36, -24), (18, -18)],
        shift(color, 0.06),
    )
    for row in range(6):
        for column in range(3):
            x = -6 + column * 8 + (row % 2) * 4 + max(0, 3 - row) * 2
            p.line([(x - 4, 4 + row * 7), (x, 8 + row * 7), (x + 4, 4 + row * 7)], shift(color, -0.1), 1)
