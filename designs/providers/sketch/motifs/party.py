"""Birthdays, weddings, and everything that is hung up for them."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.sky import five_points
from designs.providers.sketch.paths import oval, smooth
from designs.providers.sketch.pen import Pen


@motif("balloon", "flyer")
def balloon(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 3)))
    if not p.args.get("bare"):
        p.line([(0, 26), (3, 34), (-2, 42), (2, 50)], mix(p.deep, color, 0.3), 0.9)
    p.poly([(0, 20), (-4.5, 27), (4.5, 27)], shift(color, -0.08), 0)
    p.sym([(0, -50), (17, -46), (29, -28), (28, -8), (14, 14), (0, 22)], color)
    p.veil(oval(-12, -30, 5, 10, 24), "#ffffff", 0.5)


@motif("heart-balloon", "flyer", "heart balloon")
def heart_balloon(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(0, 26), (3, 36), (-2, 44), (1, 50)], mix(p.deep, color, 0.3), 0.9)
    with p.at(0, -10, 0.78):
        heart_shape(p, color)
    p.veil(oval(-17, -26, 4, 7, 34), "#ffffff", 0.5)


def heart_shape(p: Pen, color: str) -> None:
    p.sym([(0, -26, 1), (14, -42), (34, -42), (46, -24), (38, 4), (18, 28), (0, 46, 1)], color)


@motif("heart", "flyer")
def heart(p: Pen) -> None:
    color = p.own(p.dice.pick([p.acc(0), p.acc(1)]))
    heart_shape(p, color)
    p.veil(oval(-26, -22, 5, 9, 34), "#ffffff", 0.35)


@motif("flower-heart", "hero-sky", "heart of flowers")
def flower_heart(p: Pen) -> None:
    from designs.providers.sketch.motifs import motifs

    shapes = ("rose", "peony", "anemone", "cosmos", "daisy")
    outline = smooth(
        [
            (0, -26),
            (14, -42),
            (34, -42),
            (46, -24),
            (38, 4),
            (18, 28),
            (0, 46),
            (-18, 28),
            (-38, 4),
            (-46, -24),
            (-34, -42),
            (-14, -42),
        ]
    )
    for number in range(150):
        x, y = p.dice.between(-46, 46), p.dice.between(-44, 46)
        if not outline.contains(x, y):
            continue
        with p.at(x, y, p.dice.between(0.10, 0.19), p.dice.between(0, 360)):
            p.tint = p.acc(number) if number % 5 else p.leaf(1)
            motifs()[shapes[number % 5] if number % 5 else "sprig"].draw(p)
    p.tint = ""


@motif("gift", "object", "present")
def gift(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 2)))
    ribbon = p.acc(1) if color != p.acc(1) else p.acc(3)
    p.box(-36, -8, 36, 50, color, 3)
    p.box(-7, -8, 7, 50, ribbon, 0, 0.6)
    for x in (-24, 24):
        for y in (8, 24, 40):
            p.dot(x, y, 2.6, mix(color, p.paper, 0.5))
    p.box(-41, -20, 41, -4, shift(color, 0.03), 3)
    p.box(-7, -20, 7, -4, shift(ribbon, 0.02), 0, 0.4)
    for side in (-1, 1):
        p.blob([(0, -20), (side * 10, -40), (side * 30, -46), (side * 32, -30), (side * 16, -22)], ribbon)
        p.blob([(side * 8, -25), (side * 14, -35), (side * 25, -39), (side * 25, -31)], shift(ribbon, -0.12), 0.3)
    p.disc(0, -22, 6, shift(ribbon, 0.03))


@motif("bunting", "hanging")
def bunting(p: Pen) -> None:
    """A string of flags across the box, hanging in the middle."""
    points = [(-50 + 100 * step / 10, 14 - 14 * (1 - ((step - 5) / 5) ** 2) * -1 - 14) for step in range(11)]
    p.line(points, p.deep, 0.6)
    for number in range(10):
        left, right = points[number], points[number + 1]
        middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + 12)
        p.poly([left, right, middle], p.acc(number), 0.6)


@motif("party-hat", "object", "party hat")
def party_hat(p: Pen) -> None:
    color = p.own(p.acc(0))
    cone = [(0, -36), (30, 48), (0, 52), (-30, 48)]
    p.poly([(0, -36), (30, 47), (15, 50), (0, 51), (-15, 50), (-30, 47)], color)
    with p.inside(smooth([(*spot, 1) for spot in cone])):
        for y, tone in ((-8, 1), (16, 2), (40, 1)):
            p.line([(-34, y + 8), (0, y), (34, y - 8)], p.acc(tone), 6)
    for number in range(10):
        with p.at(0, -38, turn=number * 36):
            p.blob([(-3, 0), (0, -13, 1), (3, 0)], p.acc(1), 0.3)


@motif("confetto", "bit", "confetti")
def confetto(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 3)))
    shape = p.dice.whole(0, 4)
    if shape == 0:
        p.disc(0, 0, 30, color, 0)
    elif shape == 1:
        p.box(-40, -16, 40, 16, color, 6, 0)
    elif shape == 2:
        p.line([(-40, 12), (-20, -14), (0, 12), (20, -14), (40, 12)], color, 13)
    elif shape == 3:
        p.poly(five_points(44, 20), color, 0)
    else:
        p.poly([(0, -36), (34, 26), (-34, 26)], color, 0)


@motif("glasses", "object", "champagne glasses")
def glasses(p: Pen) -> None:
    glass, wine = p.nat("#eef4f6"), p.own("#f3cd75")
    for side in (-1, 1):
        with p.at(side * 17, 0, turn=side * 13):
            p.line([(0, 18), (0, 44)], glass, 2.4)
            p.oval(0, 46, 12, 2.6, glass, 0.3)
            p.sym([(0, -44), (9, -44), (11, -20), (8, 8), (0, 19)], glass, 0.4)
            p.sym([(0, -26), (10.4, -26), (10, -10), (7, 8), (0, 17)], wine)
            for x, y in ((-4, -2), (3, -12), (-1, -19), (4, 4), (0, 9)):
                p.dot(x, y, 1.2, "#ffffff", 0.75)
    for x, y, size in ((0, -46, 0.12), (-12, -50, 0.07), (13, -51, 0.08)):
        with p.at(x, y, size):
            p.poly(five_points(48, 18, 4), p.acc(1), 0)


@motif("rings", "object", "wedding rings")
def rings(p: Pen) -> None:
    gold = p.own("#e3b04b")
    for x, tone in ((-15, 0), (15, -0.04)):
        points = [(x + 27 * math.cos(a * math.tau / 20), 12 + 27 * math.sin(a * math.tau / 20)) for a in range(21)]
        p.line(points, shift(gold, tone - 0.12), 7.5)
        p.line([(a, b - 0.8) for a, b in points], shift(gold, tone), 5.4)
    p.poly([(-27, -26), (-15, -14), (-3, -26), (-9, -34), (-21, -34)], p.nat("#dff1f7"), 1)
    p.poly([(-20, -26), (-15, -14), (-10, -26)], "#ffffff", 0)
    for x, y in ((24, -30), (-36, -40), (8, -42)):
        with p.at(x, y, 0.12):
            p.poly(five_points(48, 12, 4), p.palette.glow, 0)


@motif("crown", "object")
def crown(p: Pen) -> None:
    gold = p.own("#efb93c")
    p.poly([(-40, -22), (-20, 6), (0, -34), (20, 6), (40, -22), (34, 34), (-34, 34)], gold)
    p.box(-36, 26, 36, 40, shift(gold, -0.06), 4)
    for x, y, color in (
        (-40, -25, p.acc(0)),
        (0, -37, p.acc(2)),
        (40, -25, p.acc(0)),
        (-18, 33, p.acc(2)),
        (0, 33, p.acc(0)),
        (18, 33, p.acc(2)),
    ):
        p.disc(x, y, 5, color)


@motif("mortarboard", "object", "graduation cap")
def mortarboard(p: Pen) -> None:
    cap = p.own(mix(p.deep, p.nat("#22305c"), 0.4))
    p.blob([(-26, 2, 1), (-27, 24), (0, 34), (27, 24), (26, 2, 1)], shift(cap, -0.04))
    p.poly([(0, -34), (50, -12), (0, 12), (-50, -12)], cap)
    p.poly([(0, -31), (43, -12), (0, 8), (-43, -12)], shift(cap, 0.05), 0.5)
    gold = p.acc(1)
    p.line([(0, -12), (24, -6), (38, 4), (39, 22)], gold, 2)
    p.disc(0, -12, 3.6, gold)
    p.blob([(36, 20), (42, 20), (45, 42), (33, 42)], gold)


@motif("scroll", "object", "diploma")
def scroll(p: Pen) -> None:
    with p.at(turn=-16):
        p.box(-44, -13, 44, 13, p.nat("#fbf1da"), 6)
        for side in (-1, 1):
            p.oval(side * 44, 0, 5, 13.5, p.nat("#ead8b2"))
        p.box(-6, -14, 6, 14, p.acc(0), 1)
        for side in (-1, 1):
            p.blob([(0, 4), (side * 14, -6), (side * 18, 6)], p.acc(0))
            p.blob([(0, 6), (side * 6, 28), (side * 14, 24)], p.acc(0))


@motif("lantern", "flyer", "paper lantern")
def lantern(p: Pen) -> None:
    red = p.tint or "#d9392f"
    p.glow(0, -4, 66, p.palette.glow, 0.5)
    p.line([(0, -50), (0, -34)], p.deep, 1)
    p.line([(0, 30), (0, 50)], p.nat("#e8b445"), 2.2)
    p.sym([(0, -31), (18, -29), (36, -12), (36, 8), (18, 25), (0, 27)], mix(red, p.palette.glow, 0.12))
    for reach in (11, 24):
        for side in (-1, 1):
            p.line([(side * reach * 0.6, -30), (side * reach, -2), (side * reach * 0.6, 26)], shift(red, -0.08), 1.1)
    for y in (-33, 28):
        p.box(-13, y - 3.5, 13, y + 3.5, p.nat("#e8b445"), 1.4)
    if p.palette.is_dark:
        p.veil(oval(0, 2, 17, 18), "#ffe2a0", 0.55, blur=8)


@motif("sky-lantern", "flyer", "sky lantern")
def sky_lantern(p: Pen) -> None:
    color = p.tint or "#f6a94c"
    p.glow(0, 0, 80, p.palette.glow, 0.5)
    p.blob([(-22, 40, 1), (-30, 0), (-24, -36), (0, -46), (24, -36), (30, 0), (22, 40, 1), (0, 44)], color)
    p.veil(oval(0, 24, 17, 18), "#fff2bf", 0.6, blur=7)
    p.oval(0, 41, 22, 4.4, shift(color, -0.14), 0.4)


@motif("diya", "object", "oil lamp")
def diya(p: Pen) -> None:
    clay = p.own("#c8663a")
    p.glow(0, -22, 60, p.palette.glow, 0.6)
    p.sym([(0, -48, 1), (8, -28), (7, -14), (0, -8)], "#ffb52e", 0.4)
    p.sym([(0, -34, 1), (3.4, -22), (0, -10)], "#fff2c0", 0)
    p.blob([(-46, -4, 1), (-24, -8), (0, -9), (24, -8), (46, -4, 1), (34, 26), (14, 40), (-14, 40), (-34, 26)], clay)
    p.oval(0, -5, 38, 6, shift(clay, -0.12), 0.4)
    for number in range(7):
        p.dot(-27 + number * 9, 8 + 4 * math.sin(number / 6 * math.pi), 2.4, p.acc(1))
    p.line([(-30, 18), (0, 27), (30, 18)], p.acc(1), 1.6)


@motif("menorah", "object")
def menorah(p: Pen) -> None:
    gold = p.own("#dba83f")
    for reach in (12, 24, 36, 48):
        p.line([(-reach, -12), (-reach * 0.92, 6), (0, 20 + reach * 0.1), (reach * 0.92, 6), (reach, -12)], gold, 3)
    p.line([(0, -20), (0, 46)], gold, 4)
    p.blob([(-22, 50, 1), (-10, 44), (10, 44), (22, 50, 1)], gold)
    for number in range(-4, 5):
        top = -20 if number == 0 else -12
        p.box(number * 12 - 2.4, top - 14, number * 12 + 2.4, top, p.acc(0), 1, 0.3)
        p.glow(number * 12, top - 20, 16, "#ffd77a", 0.55)
        p.blob(
            [
                (number * 12, top - 28, 1),
                (number * 12 + 3, top - 18),
                (number * 12, top - 14),
                (number * 12 - 3, top - 18),
            ],
            "#ffc341",
            0,
        )


@motif("dreidel", "object")
def dreidel(p: Pen) -> None:
    color = p.own(p.acc(0))
    with p.at(turn=14):
        p.box(-4, -48, 4, -24, shift(color, -0.06), 2)
        p.poly([(-28, -26), (28, -26), (28, 14), (0, 48), (-28, 14)], color)
        p.poly([(-28, -26), (0, -20), (0, 48), (-28, 14)], shift(color, 0.06), 0.4)
        with p.at(14, -4, 0.3):
            p.poly(five_points(40, 23, 6), p.acc(1), 0.2)
