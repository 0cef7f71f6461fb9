"""Winter, Christmas, and the other feasts with things of their own."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif, motifs
from designs.providers.sketch.motifs.faces import DARK, scarf
from designs.providers.sketch.motifs.sky import five_points
from designs.providers.sketch.paths import oval, smooth
from designs.providers.sketch.pen import Pen


@motif("snowman", "animal")
def snowman(p: Pen) -> None:
    snow = p.own("#f7fafd")
    for side in (-1, 1):
        p.line([(side * 20, 6), (side * 36, -6), (side * 46, -14)], p.nat("#6b4a36"), 2)
        p.line([(side * 38, -8), (side * 46, -4)], p.nat("#6b4a36"), 1.6)
    p.disc(0, 27, 24, snow)
    p.disc(0, -3, 18, snow)
    for button in (7, 28, 40):
        p.dot(0, button, 2, p.deep)
    p.disc(0, -25, 14.5, snow)
    scarf(p, -13, 16, p.acc(0), p.acc(3))
    p.dot(-5, -29, 1.8, DARK)
    p.dot(5, -29, 1.8, DARK)
    p.blob([(0, -26), (15, -22, 1), (0, -21)], p.nat("#f08a3a"), 0.5)
    for x, y in ((-6, -18.5), (-3, -16.8), (0.5, -16.2), (4, -16.8)):
        p.dot(x, y, 0.9, DARK)
    hat = p.nat("#3a3346")
    p.box(-17, -40, 17, -36, hat, 1.6)
    p.box(-10.5, -52, 10.5, -38, hat, 2)
    p.box(-10.5, -43, 10.5, -39, p.acc(0), 0.5, 0.4)


@motif("worn-scarf", "bit", "scarf")
def worn_scarf(p: Pen) -> None:
    """About a neck: half as wide as the box has sixteenths."""
    color = p.own(p.acc(0))
    scarf(p, -2, 16, color, mix(color, p.paper, 0.7))


@motif("santa-hat", "object", "Santa hat")
def santa_hat(p: Pen) -> None:
    red, white = p.own("#cf2f33"), p.nat("#fdf9f2")
    p.blob([(-34, 30), (-26, -8), (0, -34), (28, -30), (46, -2), (44, 16), (30, -4), (34, 30)], red)
    p.box(-40, 22, 40, 42, white, 9)
    p.disc(44, 16, 10, white)


@motif("bobble-hat", "object", "woolly hat")
def bobble_hat(p: Pen) -> None:
    wool = p.own(p.acc(0))
    p.blob([(-36, 32, 1), (-34, -2), (-18, -24), (0, -29), (18, -24), (34, -2), (36, 32, 1)], wool)
    for y in (-8, 8):
        p.line([(-30 - y * 0.2, y + 4), (0, y), (30 + y * 0.2, y + 4)], mix(wool, p.paper, 0.6), 4)
    p.box(-40, 20, 40, 42, shift(wool, -0.06), 7)
    p.disc(0, -34, 14, mix(wool, p.paper, 0.75))


@motif("christmas-tree", "tree", "Christmas tree")
def christmas_tree(p: Pen) -> None:
    green = p.own(p.nat("#2f6e52"))
    p.box(-5, 40, 5, 50, p.nat("#6b4a36"), 1, 0.5)
    for number, (top, low, half) in enumerate(((4, 43, 34), (-16, 22, 27), (-34, 4, 19))):
        p.sym(
            [
                (0, top, 1),
                (half * 0.5, low - (low - top) * 0.4),
                (half, low, 1),
                (half * 0.62, low - 4),
                (half * 0.3, low + 1),
                (0, low - 3),
            ],
            shift(green, 0.025 * number),
        )
    for y, half in ((-8, 15), (12, 22), (34, 29)):
        p.line([(-half * 0.8, y - 5), (0, y + 3), (half * 0.9, y - 4)], p.palette.glow, 1.1)
    for number, (x, y) in enumerate(
        ((-6, -18), (7, -10), (-13, 2), (3, 4), (15, 14), (-5, 20), (-20, 26), (9, 28), (22, 36), (-12, 38), (3, 40))
    ):
        p.disc(x, y, 3.3, p.acc(number))
        p.dot(x - 1, y - 1, 0.9, "#ffffff", 0.8)
    p.glow(0, -38, 26, p.palette.glow, 0.6)
    with p.at(0, -39, 0.24):
        p.poly(five_points(48, 21), p.nat("#f7c548"))


@motif("bauble", "hanging")
def bauble(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 2)))
    p.box(-7, -34, 7, -24, p.nat("#dcae4a"), 1.5)
    p.line(
        [(5 * math.cos(a * math.tau / 12), -39 + 5 * math.sin(a * math.tau / 12)) for a in range(13)],
        p.nat("#dcae4a"),
        1.8,
    )
    p.disc(0, 10, 36, color)
    with p.inside(oval(0, 10, 36, 36)):
        kind = p.dice.whole(0, 2)
        if kind == 0:
            for y in (-2, 22):
                p.line([(-40, y), (-20, y + 6), (0, y), (20, y + 6), (40, y)], mix(color, p.paper, 0.72), 3)
            for x in (-24, -8, 8, 24):
                p.dot(x, 13, 3, mix(color, p.paper, 0.72))
        elif kind == 1:
            p.box(-40, 2, 40, 20, mix(color, p.paper, 0.72), 0, 0.3)
            for x in (-24, -8, 8, 24):
                p.poly([(x - 5, 11), (x, 5), (x + 5, 11), (x, 17)], color, 0)
        else:
            for x, y in ((0, 10), (-18, -4), (18, -4), (-18, 26), (18, 26), (0, -16), (0, 37)):
                with p.at(x, y, 0.11):
                    p.poly(five_points(48, 14, 4), mix(color, p.paper, 0.8), 0)
    p.veil(oval(-13, -5, 5.5, 9, 32), "#ffffff", 0.5)


@motif("stocking", "hanging")
def stocking(p: Pen) -> None:
    red = p.own(p.acc(0))
    p.blob([(-18, -30, 1), (14, -30, 1), (14, 14), (30, 26), (38, 38), (26, 48), (-2, 46), (-17, 32), (-17, 0)], red)
    p.blob([(20, 21), (38, 36), (27, 48), (14, 47), (18, 34)], p.cream, 0.5)
    p.blob([(-18, 22), (-8, 26), (-4, 40), (-12, 40)], p.cream, 0.5)
    p.box(-23, -42, 19, -24, p.cream, 6)
    with p.at(-2, 2, 0.16):
        p.poly(five_points(48, 21), p.acc(1), 0)


@motif("mitten", "object")
def mitten(p: Pen) -> None:
    red = p.own(p.acc(0))
    p.blob(
        [
            (-20, 26, 1),
            (-22, -16),
            (-12, -42),
            (6, -42),
            (16, -18),
            (16, -4),
            (28, -18),
            (38, -10),
            (30, 10),
            (18, 26, 1),
        ],
        red,
    )
    p.box(-24, 24, 21, 46, p.cream, 5)
    with p.at(-4, -8, 0.34):
        p.tint = p.cream
        motifs()["snowflake"].draw(p)


@motif("sled", "object", "sleigh")
def sled(p: Pen) -> None:
    wood = p.own(p.acc(0))
    p.line([(-46, 14), (-48, 30), (-40, 44), (34, 44), (48, 36), (46, 26)], p.nat("#c99a4a"), 3)
    for x in (-20, 16):
        p.line([(x, 30), (x, 43)], p.nat("#c99a4a"), 2.4)
    p.blob(
        [(-46, -10), (-30, 6), (8, 6), (20, -14), (36, -26), (42, -18), (34, 26), (20, 32), (-26, 32), (-42, 18)],
        wood,
    )
    p.blob([(-16, 8), (-14, -16), (6, -16), (8, 8)], p.acc(2))
    p.box(-7, -18, -1, 8, p.acc(1), 0, 0.3)


@motif("santa", "animal", "Santa Claus")
def santa(p: Pen) -> None:
    red, white, skin = p.own("#cf2f33"), p.nat("#fdf9f2"), p.nat("#f3c6a5")
    p.sym([(0, -6), (17, 0), (29, 26), (28, 44), (0, 47)], red)
    for side in (-1, 1):
        p.box(min(side * 3, side * 17), 42, max(side * 3, side * 17), 50, p.nat("#33313a"), 3, 0.4)
        p.oval(side * 25, 18, 7, 14, red, 0.8, turn=-side * 22)
        p.disc(side * 30, 30, 5.4, p.nat("#3f6b4c"), 0.6)
    p.box(-28, 22, 28, 29, p.nat("#33313a"), 1, 0.4)
    p.box(-6, 20, 6, 31, p.nat("#e8b445"), 1.5, 0.4)
    p.disc(0, -15, 17, skin)
    p.sym([(0, -10), (8, -12), (18, -16), (19, 2), (10, 16), (0, 21)], white)
    for side in (-1, 1):
        p.blob([(0, -9), (side * 8, -12), (side * 13, -6), (side * 5, -4)], shift(white, -0.03), 0.5)
        p.dot(side * 6, -18, 1.9, DARK)
        p.dot(side * 11, -13, 3.2, p.nat("#ef8a7a"), 0.55)
    p.disc(0, -12, 3.4, shift(skin, -0.05), 0.5)
    p.blob([(-17, -26), (-12, -40), (4, -50), (24, -44), (32, -28), (22, -34), (17, -26)], red)
    p.box(-20, -30, 20, -22, white, 4)
    p.disc(32, -26, 5.4, white)


@motif("angel", "flyer")
def angel(p: Pen) -> None:
    for side in (-1, 1):
        p.blob(
            [(side * 6, -4), (side * 24, -26), (side * 46, -22), (side * 40, -4), (side * 28, 10), (side * 10, 12)],
            p.cream,
            0.8,
        )
    p.sym([(0, -12), (9, -8), (18, 20), (28, 46), (0, 50)], p.own(p.acc(3)))
    p.disc(0, -22, 13, p.nat("#f3cba8"))
    p.blob([(-13, -22), (-12, -36), (0, -39), (12, -36), (13, -22), (6, -31), (-6, -31)], p.nat("#8a5a3c"))
    p.line(
        [(11 * math.cos(a * math.tau / 16), -43 + 3.6 * math.sin(a * math.tau / 16)) for a in range(17)],
        p.nat("#f2c14e"),
        1.9,
    )
    for side in (-1, 1):
        p.line([(side * 5 - 2, -22), (side * 5, -20.5), (side * 5 + 2, -22)], DARK, 0.9)
    with p.at(0, 8, 0.16):
        from designs.providers.sketch.motifs.party import heart_shape

        heart_shape(p, p.acc(0))


@motif("bell", "hanging")
def bell(p: Pen) -> None:
    gold = p.own("#e8b445")
    p.disc(0, 40, 7, shift(gold, -0.12))
    p.sym([(0, -40), (12, -37), (22, -20), (25, 12), (38, 34, 1), (0, 37)], gold)
    p.line([(-33, 27), (0, 31), (33, 27)], shift(gold, -0.11), 2)
    for side in (-1, 1):
        p.blob([(0, -40), (side * 16, -52), (side * 24, -38)], p.acc(0))
    p.disc(0, -41, 4.4, shift(p.acc(0), -0.06))


@motif("wreath", "hanging")
def wreath(p: Pen) -> None:
    for number in range(30):
        with p.at(turn=number * 12), p.at(0, -33, 0.26, 62 + (number % 3) * 22):
            p.tint = shift(p.leaf(2), 0.04 * (number % 3))
            motifs()["sprig"].draw(p)
    p.tint = ""
    for number in range(10):
        angle = number * math.tau / 10 + 0.3
        p.disc(33 * math.cos(angle), 33 * math.sin(angle), 3.4, p.acc(number % 2))
    for side in (-1, 1):
        p.blob([(0, 32), (side * 17, 22), (side * 20, 38)], p.acc(0))
        p.poly([(0, 33), (side * 6, 52), (side * 14, 50)], p.acc(0), 0.6)
    p.disc(0, 32, 4.6, shift(p.acc(0), -0.06))


@motif("ghost", "flyer")
def ghost(p: Pen) -> None:
    white = p.own("#f6f3fb")
    p.blob(
        [
            (-28, 44, 1),
            (-30, 0),
            (-20, -34),
            (0, -46),
            (20, -34),
            (30, 0),
            (28, 44, 1),
            (18, 36),
            (9, 47),
            (0, 38),
            (-9, 47),
            (-18, 36),
        ],
        white,
    )
    for side in (-1, 1):
        p.oval(side * 10, -14, 4, 5.6, p.deep, 0)
        p.dot(side * 10 - 1, -16, 1.4, "#ffffff")
        p.dot(side * 17, -5, 3.6, p.nat("#f0837a"), 0.5)
    p.oval(0, 0, 4, 5, p.deep, 0)


@motif("bat", "flyer")
def bat(p: Pen) -> None:
    color = p.own(mix(p.deep, "#9484c4" if p.palette.night else p.nat("#4a3a6b"), 0.85 if p.palette.night else 0.6))
    for side in (-1, 1):
        p.blob(
            [
                (side * 4, -6),
                (side * 22, -24),
                (side * 49, -20, 1),
                (side * 42, 0),
                (side * 40, 14, 1),
                (side * 30, 6),
                (side * 22, 16, 1),
                (side * 14, 8),
                (side * 4, 14),
            ],
            color,
        )
        p.blob([(side * 3, -14), (side * 9, -27, 1), (side * 11, -9)], color, 0.5)
    p.oval(0, 0, 12, 16, shift(color, 0.04))
    for side in (-1, 1):
        p.dot(side * 4.4, -5, 2.6, "#ffd977")
        p.dot(side * 4.4, -5, 1.2, DARK)
        p.poly([(side * 3 - 1.3, 4), (side * 3 + 1.3, 4), (side * 3, 8)], "#ffffff", 0)


@motif("witch-hat", "object", "witch's hat")
def witch_hat(p: Pen) -> None:
    color = p.own(mix(p.deep, p.nat("#4a3570"), 0.6))
    p.blob([(-22, 28), (-12, -10), (-2, -34), (18, -46, 1), (10, -28), (14, 0), (24, 28)], color)
    p.oval(0, 32, 49, 10, shift(color, -0.03))
    p.blob([(-20, 16), (0, 21), (22, 16), (24, 28), (0, 33), (-22, 28)], p.acc(0), 0.6)
    p.line([(-5, 19), (6, 19), (6, 30), (-5, 30), (-5, 19)], p.nat("#f2c14e"), 2.2, sharp=True)


@motif("egg", "object", "Easter egg")
def egg(p: Pen) -> None:
    color = p.own(p.acc(p.dice.whole(0, 3)))
    light = mix(color, p.paper, 0.78)
    outline = smooth([(0, -48), (20, -34), (34, 6), (26, 36), (0, 47), (-26, 36), (-34, 6), (-20, -34)])
    p.fill(outline, color)
    with p.inside(outline):
        p.line(
            [(-40, -18), (-30, -24), (-20, -18), (-10, -24), (0, -18), (10, -24), (20, -18), (30, -24), (40, -18)],
            light,
            3.4,
            sharp=True,
        )
        p.box(-40, -6, 40, 12, p.acc(p.dice.whole(0, 3)), 0, 0.4)
        for x in range(-28, 30, 14):
            p.dot(x, 3, 4, light)
        p.line([(-40, 24), (-26, 30), (-13, 24), (0, 30), (13, 24), (26, 30), (40, 24)], light, 3.4)


@motif("chick", "animal")
def chick(p: Pen) -> None:
    gold = p.own("#f8cf4a")
    for x in (-8, 8):
        p.line([(x, 38), (x, 48)], p.nat("#ee9a3a"), 2)
        p.line([(x - 5, 49), (x, 47), (x + 5, 49)], p.nat("#ee9a3a"), 2)
    p.disc(0, 14, 29, gold)
    p.disc(0, -16, 21, gold)
    for side in (-1, 1):
        p.blob([(side * 24, 4), (side * 37, 14), (side * 28, 26)], shift(gold, -0.06))
        p.dot(side * 8, -20, 2.7, DARK)
        p.dot(side * 8 - 0.8, -21, 0.9, "#ffffff")
        p.dot(side * 14, -12, 3.6, p.nat("#f0837a"), 0.5)
    p.blob([(-5, -14), (0, -17), (5, -14), (0, -8)], p.nat("#f0923a"), 0.4)
    p.line([(0, -36), (-3, -44), (-7, -47)], gold, 2)
    p.line([(0, -36), (3, -46)], gold, 2)
