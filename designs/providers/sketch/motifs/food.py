"""Things to eat and drink."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import box, oval, smooth
from designs.providers.sketch.pen import Pen


def flame(p: Pen, x: float, y: float, size: float) -> None:
    """A flame standing on (x, y)."""
    p.glow(x, y - size * 0.5, size * 2.6, "#ffd77a", 0.5)
    p.blob(
        [(x, y - size * 1.5, 1), (x + size * 0.45, y - size * 0.45), (x, y), (x - size * 0.45, y - size * 0.45)],
        "#ffab2e",
        0,
    )
    p.blob(
        [(x, y - size * 0.95, 1), (x + size * 0.22, y - size * 0.3), (x, y), (x - size * 0.22, y - size * 0.3)],
        "#fff3c4",
        0,
    )


def icing(p: Pen, half: float, top: float, drop: float, color: str) -> None:
    """Icing that runs down from a flat top, `half` wide to each side."""
    points: list[tuple[float, float]] = [(-half, top), (half, top)]
    count = 6
    for number in range(count * 2 + 1):
        x = half - half * number / count
        points.append((x, top + (drop * (0.55 + 0.45 * math.sin(number * 2.3) ** 2) if number % 2 else drop * 0.35)))
    p.blob(points, color, 0.7)


def tier(p: Pen, half: float, top: float, low: float, cake: str, cream: str) -> None:
    p.box(-half, top, half, low, cake, 5)
    p.line([(-half + 2, low - 2.5), (0, low - 1.5), (half - 2, low - 2.5)], cream, 3.6)
    icing(p, half + 0.5, top, (low - top) * 0.62, cream)


@motif("cake", "food", "birthday cake")
def cake(p: Pen) -> None:
    base, cream = p.own(p.acc(0)), p.nat("#fff6ea")
    p.oval(0, 45, 47, 5, mix(p.deep, p.paper, 0.72), 0.5)
    p.box(-6, 45, 6, 50, mix(p.deep, p.paper, 0.6), 1, 0.4)
    tier(p, 38, 14, 44, base, cream)
    tier(p, 26, -14, 15, mix(base, p.acc(1), 0.55), cream)
    for number in range(7):
        p.dot(-30 + number * 10, 33 + 1.5 * (number % 2), 2.2, p.acc(number))
    for number in range(5):
        p.dot(-18 + number * 9, 7 + 1.5 * (number % 2), 1.9, p.acc(number + 1))
    for number, x in enumerate((-14, 0, 14)):
        p.box(x - 2, -32, x + 2, -13, p.acc(number + 1), 1, 0.3)
        flame(p, x, -33, 7)
    for x in (-21, -7, 7, 21):
        p.disc(x, -14.5, 3.6, p.acc(0), 0.6)


@motif("wedding-cake", "food", "wedding cake")
def wedding_cake(p: Pen) -> None:
    from designs.providers.sketch.motifs import motifs

    cream = p.own("#fdf6ec")
    p.oval(0, 47, 44, 4, p.acc(0), 0.5)
    for half, top, low in ((38, 20, 46), (27, -6, 20), (17, -28, -6)):
        p.box(-half, top, half, low, cream, 3)
        p.line([(-half + 1, low - 2), (half - 1, low - 2)], mix(cream, p.acc(0), 0.35), 2.2)
    for x, y, size, name in (
        (-12, -30, 0.2, "rose"),
        (6, -34, 0.24, "peony"),
        (18, -27, 0.15, "rose"),
        (26, -2, 0.18, "peony"),
        (20, 6, 0.13, "daisy"),
        (-30, 24, 0.2, "rose"),
        (-22, 30, 0.15, "daisy"),
        (-37, 32, 0.14, "peony"),
    ):
        p.tint = p.acc(int(abs(x)))
        with p.at(x - 7, y + 3, size * 0.9, -60):
            p.tint = p.leaf(1)
            motifs()["sprig"].draw(p)
        p.tint = p.acc(int(abs(y)) % 2)
        with p.at(x, y, size, x * 3):
            motifs()[name].draw(p)
    p.tint = ""


@motif("cupcake", "food")
def cupcake(p: Pen) -> None:
    cup, cream = p.acc(1), p.own(p.acc(0))
    p.blob([(-27, 8, 1), (-20, 49, 1), (0, 51), (20, 49, 1), (27, 8, 1)], cup)
    for x in (-16, -8, 0, 8, 16):
        p.line([(x * 1.3, 10), (x, 48)], shift(cup, -0.09), 1.5)
    for y, half, high in ((6, 33, 11), (-8, 26, 10.5), (-21, 17, 9.5)):
        p.oval(0, y, half, high, shift(cream, 0.015 * (8 - y) / 6))
    p.blob([(-8, -26), (0, -40, 1), (9, -26)], shift(cream, 0.07))
    for x, y, turn in (
        (-18, 4, 30),
        (-4, -4, 80),
        (14, 2, 130),
        (6, -17, 20),
        (-9, -19, 150),
        (22, 9, 60),
        (-2, 9, 110),
    ):
        with p.at(x, y, turn=turn):
            p.box(-3.4, -1.1, 3.4, 1.1, p.acc(int(x) % 4), 1, 0)
    p.disc(0, -40, 7, p.nat("#d3283f"))
    p.dot(-2, -42.4, 1.9, "#ffffff", 0.8)
    p.line([(0, -46), (4, -50), (9, -51)], p.nat("#5d7a3c"), 1.2)


@motif("candle", "object")
def candle(p: Pen) -> None:
    wax = p.own(p.cream)
    p.glow(0, -36, 70, p.palette.glow, 0.45)
    p.box(-13, -22, 13, 46, wax, 3)
    p.blob([(-13, -21), (13, -21), (13, -8), (8, 2), (5, -9), (-3, -10), (-7, 6), (-12, -6)], shift(wax, 0.04), 0.5)
    p.line([(0, -22), (0, -30)], p.deep, 1.6)
    flame(p, 0, -28, 13)
    p.oval(0, 46, 26, 5, p.acc(1))


@motif("ice-cream", "food", "ice cream")
def ice_cream(p: Pen) -> None:
    cone = p.nat("#e3ab62")
    p.poly([(-21, 2), (21, 2), (0, 51)], cone)
    with p.inside(smooth([(-21, 2, 1), (21, 2, 1), (0, 51, 1)])):
        for lean in range(-40, 50, 11):
            p.line([(lean, 0), (lean + 26, 52)], shift(cone, -0.11), 1.1)
            p.line([(lean, 0), (lean - 26, 52)], shift(cone, -0.11), 1.1)
    p.disc(-12, -9, 16, p.nat("#fbe6c3"))
    p.disc(13, -9, 16, p.acc(1))
    p.disc(0, -27, 17, p.own(p.acc(0)))
    p.blob(
        [(-26, -1), (-14, 3), (-4, 1), (8, 4), (18, 1), (27, -2), (20, 8), (10, 5), (0, 9), (-12, 6), (-20, 8)],
        p.acc(1),
        0.4,
    )
    p.disc(4, -45, 5.5, p.nat("#d3283f"))


@motif("cup", "object", "cup of tea")
def cup(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(27, 2), (44, 0), (44, 20), (24, 26)], color, 5.4)
    p.blob([(-32, -8, 1), (-30, 16), (-18, 34), (0, 37), (18, 34), (30, 16), (32, -8, 1)], color)
    p.oval(0, -8, 32, 6.6, shift(color, 0.05), 0.5)
    p.oval(0, -7.4, 28, 4.8, p.nat("#8a5a35"), 0.4)
    p.oval(0, 41, 40, 6, shift(color, 0.03))
    for x, lean in ((-10, 3), (4, -3), (16, 3)):
        p.line(
            [(x, -20), (x + lean, -29), (x - lean, -38), (x + lean * 0.6, -47)],
            mix(p.palette.sky[1], "#ffffff", 0.7),
            1.9,
        )
    for x, y, size in ((-12, 14, 5), (4, 20, 4), (14, 8, 4)):
        p.disc(x, y, size, mix(color, p.paper, 0.65), 0.2)


@motif("teapot", "object")
def teapot(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(-26, 4), (-46, -2), (-46, 26), (-24, 28)], shift(color, -0.03), 5)
    p.blob([(22, 24), (36, 16), (38, -4), (50, -14), (46, -18), (34, -14), (26, -2)], shift(color, -0.02))
    p.sym([(0, -16), (18, -12), (31, 8), (27, 34), (12, 43), (0, 44)], color)
    p.sym([(0, -25), (13, -22), (18, -12), (0, -9)], shift(color, 0.05))
    p.disc(0, -28, 5, p.acc(1))
    p.line([(-29, 8), (-15, 13), (0, 15), (15, 13), (29, 8)], mix(color, p.paper, 0.6), 1.8)
    p.box(-17, 42, 17, 48, shift(color, -0.07), 2)


@motif("apple", "food")
def apple(p: Pen) -> None:
    red = p.own("#d8392f")
    p.sym([(0, -22), (12, -32), (30, -26), (38, -4), (29, 28), (14, 44), (0, 40)], red)
    p.line([(0, -22), (2, -36), (7, -44)], p.nat("#6b4a2e"), 3)
    p.blob([(4, -33), (14, -46), (32, -46), (24, -34)], p.nat("#6f9a45"))
    p.veil(oval(-20, -8, 5, 11, 18), "#ffffff", 0.35)


@motif("strawberry", "food")
def strawberry(p: Pen) -> None:
    red = p.own("#df3446")
    p.sym([(0, -24), (20, -28), (34, -14), (28, 14), (12, 40), (0, 47)], red)
    for x, y in (
        (0, -8),
        (-14, -12),
        (14, -12),
        (-20, 2),
        (20, 2),
        (-8, 8),
        (8, 8),
        (-13, 20),
        (13, 20),
        (0, 24),
        (-5, 35),
        (6, 35),
    ):
        p.oval(x, y, 1.5, 2.4, p.nat("#ffe2a0"), 0)
    for turn in (-80, -42, 0, 42, 80):
        with p.at(0, -24, turn=turn):
            p.blob([(0, 3), (-5, -9), (0, -22, 1), (5, -9)], p.nat("#5f9a4a"), 0.6)


@motif("lemon", "food")
def lemon(p: Pen) -> None:
    gold = p.own("#f6cf3f")
    with p.at(turn=-24):
        p.blob(
            [(-44, 0), (-34, -12), (-12, -27), (14, -26), (34, -12), (46, 0), (34, 14), (12, 27), (-14, 26), (-34, 12)],
            gold,
        )
        p.veil(oval(-10, -11, 12, 5, -10), "#ffffff", 0.4)
    p.blob([(28, -24), (34, -44), (48, -46, 1), (44, -30)], p.nat("#6f9a45"))


@motif("orange", "food")
def orange(p: Pen) -> None:
    color = p.own("#f3922d")
    p.disc(0, 4, 40, color)
    for number in range(22):
        angle, reach = number * 2.4, 34 * math.sqrt((number + 1) / 24)
        p.dot(reach * math.cos(angle), 4 + reach * math.sin(angle), 0.9, shift(color, -0.09))
    p.blob([(2, -34), (14, -48), (34, -48), (22, -34)], p.nat("#5f9a4a"))
    p.disc(0, -34, 3.4, p.nat("#5f7a3c"), 0.4)


@motif("cherries", "food")
def cherries(p: Pen) -> None:
    red, green = p.own("#c9253f"), p.nat("#5f8a3f")
    p.line([(-18, 12), (-8, -20), (8, -42)], green, 2.4)
    p.line([(20, 18), (18, -12), (8, -42)], green, 2.4)
    p.blob([(8, -42), (24, -50), (44, -40), (28, -32)], green)
    for x, y in ((-20, 26), (20, 31)):
        p.disc(x, y, 18, red)
        p.veil(oval(x - 6, y - 7, 3.4, 5.4, 30), "#ffffff", 0.55)


@motif("bread", "food", "gingerbread man")
def gingerbread(p: Pen) -> None:
    dough, cream = p.own("#b9773f"), p.nat("#fff6ea")
    p.sym(
        [
            (0, -48),
            (13, -43),
            (17, -30),
            (11, -18),
            (20, -14),
            (36, -18),
            (42, -9),
            (36, -1),
            (18, 4),
            (18, 18),
            (28, 38),
            (22, 48),
            (12, 46),
            (0, 26),
        ],
        dough,
    )
    for side in (-1, 1):
        p.dot(side * 6, -33, 2.2, p.nat("#3a2620"))
        p.line([(side * 33, -15), (side * 36, -9), (side * 31, -4)], cream, 1.9)
        p.line([(side * 15, 41), (side * 20, 36), (side * 26, 38)], cream, 1.9)
        p.dot(side * 10, -26, 2.8, p.nat("#ef8a78"), 0.6)
    p.line([(-6, -26), (0, -22), (6, -26)], cream, 1.8)
    for y, number in ((-9, 0), (2, 1), (13, 2)):
        p.disc(0, y, 2.8, p.acc(number), 0.3)


@motif("candy-cane", "object", "candy cane")
def candy_cane(p: Pen) -> None:
    red = p.own("#d4313a")
    hook = [(10, 48), (8, 10), (6, -18), (-2, -38), (-18, -40), (-25, -24)]
    p.line(hook, p.nat("#fffaf2"), 15)
    for number in range(8):
        y = 44 - number * 9
        if number < 6:
            p.line([(2.5 + (9 - y * 0.02), y + 4), (1 + 2, y - 4)], red, 4.4)
    for spot in (((8, -30), (-2, -24)), ((-4, -47), (-6, -33)), ((-26, -40), (-14, -33))):
        p.line(list(spot), red, 4.4)


@motif("wine", "object", "bottle and glass")
def wine(p: Pen) -> None:
    p.blob(
        [
            (-26, -46, 1),
            (-14, -46, 1),
            (-14, -26),
            (-8, -14),
            (-7, 44),
            (-12, 50),
            (-28, 50),
            (-33, 44),
            (-32, -14),
            (-26, -26),
        ],
        p.own(p.nat("#3f5f45")),
    )
    p.box(-32, 4, -8, 30, p.cream, 1)
    p.box(-27, -49, -13, -38, p.acc(0), 1)
    p.line([(20, 14), (20, 46)], p.nat("#eef4f6"), 2.4)
    p.oval(20, 48, 13, 2.6, p.nat("#eef4f6"), 0.3)
    p.fill(smooth([(6, -26, 1), (34, -26, 1), (36, -4), (20, 15), (4, -4)]), p.nat("#eef4f6"), 0.4)
    p.fill(smooth([(5, -12), (35, -12), (34, 0), (20, 13), (6, 0)]), p.nat("#9c2440"))


@motif("picnic", "object", "picnic basket")
def picnic(p: Pen) -> None:
    wicker = p.own("#c58d4f")
    p.line([(-32, 4), (-26, -36), (0, -46), (26, -36), (32, 4)], shift(wicker, -0.08), 4)
    with p.inside(box(-40, 2, 40, 48, 6)):
        p.box(-40, 2, 40, 48, wicker, 4)
        for row in range(6):
            for column in range(9):
                p.line(
                    [
                        (-40 + column * 10 + 5 * (row % 2), 10 + row * 8),
                        (-34 + column * 10 + 5 * (row % 2), 10 + row * 8),
                    ],
                    shift(wicker, -0.12),
                    2,
                )
    p.blob([(-42, -4), (42, -4), (40, 10), (24, 26, 1), (6, 10), (-40, 9)], p.acc(0))
    for x in (-28, -10, 8, 26):
        p.dot(x, 3, 2.6, p.paper)
