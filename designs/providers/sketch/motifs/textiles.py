"""What shops sell to wear, to carry and to rest on: clothes, bags, cushions."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.goods import printed
from designs.providers.sketch.paths import box, smooth
from designs.providers.sketch.pen import Pen


def knitted(p: Pen, left: float, top: float, right: float, low: float, color: str) -> None:
    """Ribs of knitting inside what was clipped."""
    for number in range(int((right - left) / 4) + 1):
        x = left + number * 4
        p.line([(x, top), (x, low)], shift(color, -0.06), 0.8)


@motif("tote", "object", "tote bag")
def tote(p: Pen) -> None:
    color = p.own("#ead9b8")
    for lift, tone in ((4, -0.14), (0, -0.05)):
        p.line([(-17, -14), (-15, -40 + lift), (0, -50 + lift), (15, -40 + lift), (17, -14)], shift(color, tone), 4)
    p.blob([(-36, -16, 1), (36, -16, 1), (40, 46), (36, 50, 1), (-36, 50, 1), (-40, 46)], color)
    p.line([(-35, -11), (35, -11)], shift(color, -0.12), 0.9)
    if printed(p, 0, 18, 50):
        return
    with p.at(0, 18, scale=0.9):
        p.ring(8, lambda number: p.oval(0, -9, 3, 8, p.acc(0 if number % 2 else 2), 0.4))
    p.disc(0, 18, 4, p.acc(1), 0.3)


@motif("backpack", "object")
def backpack(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(-9, -40), (-7, -50), (7, -50), (9, -40)], shift(color, -0.14), 3.4)
    for side in (-1, 1):
        p.box(side * 38 - 7, 2, side * 38 + 7, 44, shift(color, -0.07), 6)
    p.blob([(-34, 46), (-34, -20), (-20, -40), (0, -44), (20, -40), (34, -20), (34, 46), (26, 50), (-26, 50)], color)
    p.box(-24, 8, 24, 45, shift(color, 0.04), 6)
    p.blob([(-28, -10), (-24, -30), (0, -36), (24, -30), (28, -10), (24, 2), (0, 6), (-24, 2)], shift(color, -0.04))
    for x in (-13, 13):
        p.box(x - 3, -14, x + 3, 20, shift("#8a5a35", 0.0), 1.5, 0.4)
        p.dot(x, 12, 1.8, p.acc(1))


@motif("scarf", "object")
def scarf(p: Pen) -> None:
    color = p.own(p.acc(0))
    stripe = mix(color, p.paper, 0.6)
    for x, low, tone in ((13, 42, -0.06), (-11, 50, 0.0)):
        shape = smooth([(x - 12, -14), (x + 12, -14), (x + 13, low - 8, 1), (x - 13, low - 8, 1)])
        p.fill(shape, shift(color, tone))
        with p.inside(shape):
            for y in (low - 16, low - 24):
                p.line([(x - 22, y + 2), (x + 22, y - 2)], stripe, 4)
        for number in range(7):
            edge = x - 12 + number * 4
            p.line([(edge, low - 8), (edge - 0.6, low)], shift(color, tone - 0.05), 1.8)
    # Laid in a ring as about a neck: its far side, the hollow, and the near side with a knot.
    p.blob([(-40, -20), (-28, -40), (0, -46), (28, -40), (40, -20), (24, -10), (-24, -10)], shift(color, -0.08))
    p.oval(0, -27, 24, 9.5, shift(color, -0.26), 0.3)
    p.blob([(-41, -22), (-22, -24), (0, -20), (22, -24), (41, -22), (34, -2), (0, 8), (-34, -2)], color)
    for x in (-26, -13, 13, 26):
        p.line([(x * 1.12, -18), (x, 0)], shift(color, -0.06), 1.4)
    p.blob([(-14, -14), (4, -16), (6, 12), (-10, 16)], shift(color, 0.03))


@motif("t-shirt", "object")
def tshirt(p: Pen) -> None:
    color = p.own(p.acc(3))
    half = [(9, -42, 1), (24, -38), (48, -14, 1), (36, 0, 1), (26, -8, 1), (27, 50, 1)]
    mirrored = [(-x, y, *rest) for x, y, *rest in reversed(half)]
    p.blob([(-9, -42, 1), (0, -35), *half, *mirrored], color)
    p.line([(-10, -42), (0, -33), (10, -42)], shift(color, -0.1), 2.4)
    p.line([(26, -8), (25, 8)], shift(color, -0.09), 1)
    p.line([(-26, -8), (-25, 8)], shift(color, -0.09), 1)
    if printed(p, 0, 6, 34):
        return
    p.disc(0, 4, 12, p.acc(1), 0.4)
    p.line([(-14, 20), (-4, 12), (4, 18), (14, 10)], p.acc(0), 2.2)


@motif("sweater", "object")
def sweater(p: Pen) -> None:
    color = p.own(p.acc(0))
    for side in (-1, 1):
        sleeve = [(side * 20, -34), (side * 36, -22), (side * 47, 30), (side * 35, 36), (side * 24, 2)]
        p.blob(sleeve, shift(color, -0.04))
        p.box(side * 41 - 8, 28, side * 41 + 8, 38, shift(color, -0.12), 2, 0.4)
    p.blob([(-24, -36), (0, -38), (24, -36), (29, 40, 1), (-29, 40, 1)], color)
    if not printed(p, 0, 4, 36):
        with p.inside(box(-29, -6, 29, 8)):
            for number in range(9):
                x = -30 + number * 7.5
                p.line([(x, 6), (x + 3.7, -4), (x + 7.5, 6)], mix(color, p.paper, 0.7), 1.8)
    p.box(-30, 38, 30, 48, shift(color, -0.12), 2, 0.4)
    with p.inside(box(-30, 38, 30, 48, 2)):
        knitted(p, -29, 38, 30, 48, color)
    p.oval(0, -36, 13, 5, shift(color, -0.13), 0.4)


@motif("socks", "object")
def socks(p: Pen) -> None:
    color = p.own(p.acc(0))
    for x, tone in ((14, -0.06), (-10, 0.0)):
        own = shift(color, tone)
        with p.at(x, 0):
            p.blob([(-12, -46, 1), (12, -46, 1), (12, 14), (30, 26), (34, 42), (20, 50), (-4, 46), (-13, 26)], own)
            for y in (-22, -10, 2):
                p.line([(-12, y), (12, y)], mix(own, p.paper, 0.65), 3.4)
            p.box(-14, -50, 14, -36, p.acc(1), 2, 0.5)
            p.blob([(20, 28), (34, 36), (31, 47), (19, 50)], p.acc(1), 0.4)


@motif("mittens", "object")
def mittens(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(-22, 40), (-10, 50), (10, 50), (22, 40)], shift(color, -0.1), 1.6)
    for side in (-1, 1):
        with p.at(side * 21, 0, turn=side * 6, flip=side > 0):
            p.blob([(-16, 26), (-18, -18), (-8, -42), (8, -42), (18, -18), (16, 26)], color)
            p.blob([(-13, 20), (-28, 4), (-26, -14), (-16, -10), (-12, 4)], shift(color, -0.03))
            p.box(-18, 22, 18, 42, p.cream, 4, 0.6)
            p.ring(6, lambda number: p.line([(0, -9), (0, -19)], p.cream, 1.6))


@motif("shoes", "object", "pair of shoes")
def shoes(p: Pen) -> None:
    color = p.own(p.acc(2))
    for x, y, tone in ((8, -8, -0.07), (-6, 8, 0.0)):
        own = shift(color, tone)
        with p.at(x, y, scale=0.92):
            p.blob([(-36, 6), (-34, -22), (-18, -28), (-8, -8), (20, 4), (38, 16), (42, 32), (-36, 32)], own)
            p.blob([(-36, 26, 1), (44, 26, 1), (44, 38), (36, 42), (-34, 42), (-38, 38)], p.cream, 0.5)
            for number in range(4):
                left = -8 + number * 8
                p.line([(left, -8 + number * 4.4), (left + 7, -14 + number * 4.6)], p.cream, 2.2)
            p.oval(-26, -23, 10, 3.4, shift(own, -0.16), 0.3, 14)


@motif("cushion", "object")
def cushion(p: Pen) -> None:
    color = p.own(p.acc(1))
    p.blob(
        [(-46, -36), (-20, -32), (0, -31), (20, -32), (46, -36), (42, 6), (46, 48), (20, 45), (0, 44), (-20, 45),
         (-46, 48), (-42, 6)],
        color,
    )
    if p.args.get("print"):
        p.disc(0, 7, 31, p.cream, 0.3)
        printed(p, 0, 7, 44)
        return
    for x in (-24, 0, 24):
        for y in (-14, 8, 30):
            with p.at(x, y, scale=0.62, turn=(x + y) % 45):
                p.ring(5, lambda number: p.oval(0, -6, 2.6, 6, mix(color, p.paper, 0.6), 0.2))


@motif("blanket", "object", "folded blanket")
def blanket(p: Pen) -> None:
    color = p.own(p.acc(0))
    for number, tone in ((2, -0.08), (1, -0.03), (0, 0.03)):
        top = -22 + number * 23
        p.box(-44, top, 44, top + 26, shift(color, tone), 11)
        p.line([(-34, top + 13), (36, top + 13)], mix(color, p.paper, 0.6), 3)
        p.line([(-34, top + 18), (36, top + 18)], mix(color, p.paper, 0.6), 1)
    for number in range(11):
        x = -38 + number * 7.6
        p.line([(x, 46), (x - 0.8, 52)], mix(color, p.paper, 0.4), 1.8)


@motif("wallet", "object")
def wallet(p: Pen) -> None:
    leather = p.own("#9a6238")
    p.box(-36, -16, 30, 2, p.acc(2), 2, 0.4)
    p.box(-44, -8, 44, 50, leather, 6)
    for y in (-4, 46):
        p.line([(-39, y), (39, y)], mix(leather, p.cream, 0.5), 0.9)
    p.blob([(20, 10), (48, 10), (48, 32), (20, 32)], shift(leather, -0.07), 0.6)
    p.disc(30, 21, 3.6, p.acc(1), 0.4)
