"""Trees and what grows under them."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.flowers import petals
from designs.providers.sketch.pen import Pen


def snow_on(p: Pen) -> bool:
    return bool(p.args.get("snow"))


@motif("pine", "tree", "fir tree")
def pine(p: Pen) -> None:
    green = p.own(mix(p.leaf(2), p.nat("#2f6b52"), 0.35))
    p.box(-3.5, 38, 3.5, 50, p.nat("#6b4a36"), 1, 0.6)
    for number, (top, low, half) in enumerate(((4, 42, 31), (-16, 22, 25), (-34, 4, 19), (-50, -14, 13))):
        edge = [
            (0, top, 1),
            (half * 0.5, low - (low - top) * 0.42),
            (half, low, 1),
            (half * 0.5, low - 4),
            (0, low + 1),
        ]
        p.sym(edge, shift(green, 0.022 * number - 0.02))
        if snow_on(p):
            p.sym(
                [
                    (0, top, 1),
                    (half * 0.46, low - (low - top) * 0.45),
                    (half * 0.62, low - (low - top) * 0.28),
                    (half * 0.3, low - (low - top) * 0.42),
                    (0, low - (low - top) * 0.26),
                ],
                p.nat("#f7fbff"),
                0.5,
            )


@motif("round-tree", "tree", "tree")
def round_tree(p: Pen) -> None:
    crown = p.own(p.leaf(p.dice.whole(1, 2)))
    trunk = p.nat("#7a563e")
    p.blob([(-4, 50, 1), (-3, 20), (-2, -4), (2, -4), (3, 20), (4, 50, 1)], trunk)
    for side in (-1, 1):
        p.line([(0, 20), (side * 8, 8), (side * 14, -4)], trunk, 2)
    p.bunch(((-17, 0, 17), (17, -1, 17), (-9, -18, 18), (10, -19, 18), (0, -31, 17), (0, -8, 18)), crown)
    for x, y in ((-12, -26), (6, -36), (14, -14), (-20, -6), (0, -16)):
        p.line([(x - 4, y + 1), (x, y - 2.4), (x + 4, y + 1)], shift(crown, 0.10), 1.2)
    if snow_on(p):
        p.blob(
            [(-20, -30), (-10, -46), (0, -49), (12, -46), (22, -30), (10, -36), (0, -34), (-10, -37)],
            p.nat("#f7fbff"),
            0.5,
        )


@motif("poplar", "tree", "poplar")
def poplar(p: Pen) -> None:
    crown = p.own(p.leaf(2))
    p.box(-2.2, 30, 2.2, 50, p.nat("#7a563e"), 0.6, 0.5)
    p.sym([(0, -50), (8, -36), (13, -6), (12, 22), (7, 36), (0, 40)], crown)
    p.line([(0, 30), (0, -30)], shift(crown, 0.09), 1)
    for y in (-16, 0, 16):
        for side in (-1, 1):
            p.line([(0, y + 8), (side * 6, y)], shift(crown, 0.09), 0.8)


@motif("birch", "tree", "birch")
def birch(p: Pen) -> None:
    crown, bark = p.own(p.leaf(1)), p.nat("#f3eee4")
    p.blob([(-3, 50, 1), (-2.4, 0), (-1, -36), (1, -36), (2.6, 0), (3.4, 50, 1)], bark, 0.7)
    for mark in range(-20, 46, 9):
        side = -1 if mark % 2 else 1
        p.line([(side * 2.4, mark), (side * 0.2, mark + 0.8)], p.nat("#4a4448"), 1)
    for side in (-1, 1):
        p.line([(0, 8), (side * 9, -8), (side * 14, -24)], bark, 1.3)
    spots = [(p.dice.spread(0, 21), p.dice.between(-48, 2)) for _ in range(46)]
    for number, (x, y) in enumerate(spots):
        pull = 1 - abs(y + 22) / 46
        p.oval(x * (0.55 + 0.45 * pull), y, 4.6, 3.6, shift(crown, 0.04 * (number % 4 - 1.5)), 0.5, turn=number * 40)


@motif("bare-tree", "tree", "bare tree")
def bare_tree(p: Pen) -> None:
    bark = p.own(mix(p.deep, p.nat("#6a4c3c"), 0.5))

    def twig(x: float, y: float, length: float, turn: float, depth: int) -> None:
        with p.at(x, y, turn=turn):
            p.line([(0, 0), (length * 0.05, -length * 0.5), (0, -length)], bark, 0.7 + depth * 1.15)
            if depth:
                for lean in (-34, 4, 33):
                    twig(0, -length * p.dice.between(0.7, 1), length * 0.68, lean + p.dice.between(-9, 9), depth - 1)

    twig(0, 50, 36, 0, 3)


@motif("blossom-tree", "tree", "cherry tree")
def blossom_tree(p: Pen) -> None:
    pink, bark = p.own("#f4b1c0"), p.nat("#6a4a42")
    p.blob([(-6, 50, 1), (-3, 24), (-6, 2), (-1, -2), (3, 6), (4, 24), (7, 50, 1)], bark)
    for side in (-1, 1):
        p.line([(0, 18), (side * 13, 2), (side * 26, -8)], bark, 3)
    for x, y, radius in (
        (-30, -8, 15),
        (29, -8, 15),
        (-17, -24, 18),
        (18, -25, 18),
        (0, -32, 18),
        (0, -12, 17),
        (-14, -4, 13),
        (15, -3, 13),
    ):
        p.disc(x, y, radius, shift(pink, -0.02 * (y / 20)), 0.6)
    for number in range(26):
        with p.at(p.dice.spread(0, 36), p.dice.between(-44, 4), 0.075, number * 31):
            petals(p, 5, 50, 44, mix(pink, "#ffffff", 0.5))
            p.disc(0, 0, 12, shift(pink, -0.2, 1.4))


@motif("palm", "tree", "palm tree")
def palm(p: Pen) -> None:
    green, bark = p.own(mix(p.leaf(2), p.nat("#2f8a5c"), 0.4)), p.nat("#a57850")
    trunk = [(10, 50, 1), (2, 22), (-2, -8), (2, -28), (5, -27), (4, -8), (9, 20), (18, 50, 1)]
    p.blob(trunk, bark)
    for y in range(-20, 46, 8):
        p.line([(0.4 + max(0, y) * 0.2, y), (6 + max(0, y) * 0.18, y - 1)], shift(bark, -0.12), 1.1)
    for turn, length in ((-112, 34), (-76, 40), (-40, 38), (-4, 30), (34, 38), (70, 42), (108, 34)):
        with p.at(3, -29, turn=turn):
            p.blob(
                [
                    (0, 2),
                    (-7, -length * 0.35),
                    (-4, -length * 0.75),
                    (4, -length, 1),
                    (2, -length * 0.6),
                    (4, -length * 0.2),
                ],
                shift(green, 0.03 if turn > 0 else -0.01),
            )
    for x, y in ((-1, -24), (6, -24), (3, -20)):
        p.disc(x, y, 3.6, p.nat("#7a4a2c"), 0.7)


@motif("cactus", "plant")
def cactus(p: Pen) -> None:
    green = p.own(p.nat("#5a9a76"))
    for side, foot, top in ((-1, 16, -14), (1, 6, -26)):
        p.fill(_arm(side, foot, top), green, 0.9)
    p.box(-10, -46, 10, 50, green, 10)
    for x in (-5, 0, 5):
        p.line([(x, -38), (x, 46)], shift(green, 0.10), 0.9)
    with p.at(0, -47, 0.2):
        petals(p, 6, 46, 36, p.acc(0))
        p.disc(0, 0, 12, p.acc(1))


def _arm(side: int, foot: float, top: float) -> object:
    from designs.providers.sketch.paths import smooth

    return smooth(
        [
            (side * 6, foot + 7),
            (side * 28, foot + 6),
            (side * 34, foot - 4),
            (side * 34, top),
            (side * 27, top - 6),
            (side * 21, top),
            (side * 20, foot - 6),
            (side * 6, foot - 5),
        ]
    )


@motif("mushroom", "plant")
def mushroom(p: Pen) -> None:
    red, stalk = p.own("#d8402f"), p.nat("#f6ead6")
    p.blob([(-9, 2), (-8, 28), (-13, 46), (0, 50), (13, 46), (8, 28), (9, 2)], stalk)
    p.blob([(-14, 10), (0, 16), (14, 10), (9, 5), (-9, 5)], shift(stalk, -0.07), 0.6)
    p.blob(
        [(-42, 4), (-36, -22), (-16, -42), (0, -46), (16, -42), (36, -22), (42, 4), (24, 10), (0, 12), (-24, 10)],
        red,
    )
    for x, y, rx, ry in (
        (-20, -16, 7, 6.4),
        (4, -30, 7, 6),
        (22, -14, 6, 6),
        (0, -6, 6, 4.6),
        (-31, 1, 4.4, 3.4),
        (33, 1, 4, 3.2),
        (-8, -37, 3.4, 2.4),
    ):
        p.oval(x, y, rx, ry, stalk, 0.3)


@motif("bush", "plant")
def bush(p: Pen) -> None:
    green = p.own(p.leaf(p.dice.whole(1, 2)))
    for x, y, radius in ((-28, 34, 17), (27, 35, 16), (-12, 24, 20), (13, 23, 21), (0, 36, 18)):
        p.disc(x, y, radius, shift(green, -0.01 * (y - 30)), 0.8)
    if snow_on(p):
        p.blob([(-30, 18), (-12, 6), (12, 3), (32, 18), (14, 14), (-10, 16)], p.nat("#f7fbff"), 0.4)


@motif("pumpkin", "plant")
def pumpkin(p: Pen) -> None:
    orange = p.own("#ec7a23")
    p.blob([(-4, -20), (-7, -36), (2, -46), (9, -42), (3, -34), (5, -20)], p.nat("#5f7a3c"))
    for x, rx, tone in ((-28, 20, -0.06), (28, 20, -0.08), (-15, 20, 0), (15, 20, -0.02), (0, 19, 0.045)):
        p.oval(x, 14, rx, 35 - abs(x) * 0.18, shift(orange, tone))
    p.blob([(6, -20), (18, -30), (34, -26), (24, -16)], p.nat("#6f9447"), 0.7)


@motif("jack-o-lantern", "plant", "carved pumpkin")
def jack_o_lantern(p: Pen) -> None:
    pumpkin(p)
    light = "#ffd45a"
    p.glow(0, 14, 46, light, 0.45)
    for side in (-1, 1):
        p.poly([(side * 8, 8), (side * 24, 8), (side * 17, -8)], light, 0)
    p.poly([(-4, 17), (4, 17), (0, 10)], light, 0)
    p.blob(
        [
            (-27, 20, 1),
            (-16, 25),
            (-10, 22, 1),
            (-6, 28, 1),
            (2, 28, 1),
            (5, 23, 1),
            (14, 25),
            (27, 20, 1),
            (20, 34),
            (10, 40, 1),
            (8, 34, 1),
            (0, 35, 1),
            (-2, 41, 1),
            (-20, 33),
        ],
        light,
        0,
    )
