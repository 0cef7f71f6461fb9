"""Other things people love."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import oval
from designs.providers.sketch.pen import Pen


@motif("guitar", "object")
def guitar(p: Pen) -> None:
    wood = p.own("#c9803f")
    with p.at(turn=24):
        p.box(-4, -42, 4, 4, p.nat("#5a3a2a"), 1)
        p.box(-6, -52, 6, -40, p.nat("#7a4f35"), 2)
        p.sym([(0, -8), (13, -7), (17, 4), (13, 14), (22, 26), (20, 42), (0, 50)], wood)
        p.disc(0, 14, 7.4, p.nat("#4a2c20"), 0.4)
        p.box(-8, 32, 8, 36, p.nat("#5a3a2a"), 1)
        for x in (-2, 0, 2):
            p.line([(x, -46), (x, 33)], p.cream, 0.5)


@motif("camera", "object")
def camera(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.box(-44, -20, 44, 34, color, 6)
    p.blob([(-18, -20, 1), (-12, -32), (12, -32), (18, -20, 1)], shift(color, 0.02))
    p.box(-44, -8, 44, 2, mix(color, p.deep, 0.5), 0, 0.4)
    p.disc(0, 8, 21, p.nat("#33313a"))
    p.disc(0, 8, 15, mix(p.palette.sky[0], p.deep, 0.5))
    p.dot(-5, 3, 4, "#ffffff", 0.6)
    p.box(26, -28, 38, -20, p.acc(0), 2, 0.4)


@motif("umbrella", "object")
def umbrella(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(0, -34), (0, 38), (5, 47), (13, 44), (14, 38)], p.nat("#7a563e"), 3)
    p.blob(
        [
            (-48, 4, 1),
            (-38, -24),
            (-14, -40),
            (0, -42),
            (14, -40),
            (38, -24),
            (48, 4, 1),
            (32, -3),
            (16, 3, 1),
            (0, -3),
            (-16, 3, 1),
            (-32, -3),
        ],
        color,
    )
    p.blob([(-16, 3, 1), (-14, -20), (0, -42, 1), (14, -20), (16, 3, 1), (0, -3)], mix(color, p.paper, 0.45), 0.6)
    p.line([(0, -42), (0, -49)], p.nat("#7a563e"), 2.4)


@motif("watering-can", "object", "watering can")
def watering_can(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(-22, -10), (-40, -14), (-46, 8), (-26, 26)], color, 4)
    p.poly([(20, 22), (44, -16), (38, -20), (14, 4)], color)
    p.poly([(36, -26), (50, -16), (44, -10), (34, -20)], shift(color, -0.07))
    p.box(-28, -12, 22, 44, color, 4)
    p.line([(-22, -12), (-14, -30), (8, -30), (16, -12)], color, 4)
    for y in (2, 34):
        p.line([(-27, y), (21, y)], mix(color, p.paper, 0.5), 2)


@motif("key", "object")
def key(p: Pen) -> None:
    gold = p.own("#dba83f")
    with p.at(turn=-36):
        p.line([(14 * math.cos(a * math.tau / 20), -28 + 14 * math.sin(a * math.tau / 20)) for a in range(21)], gold, 6)
        p.line([(0, -13), (0, 46)], gold, 6)
        for y in (30, 42):
            p.line([(0, y), (14, y)], gold, 6)


@motif("suitcase", "object")
def suitcase(p: Pen) -> None:
    color = p.own("#b9743f")
    p.line([(-13, -22), (-13, -34), (13, -34), (13, -22)], shift(color, -0.14), 4, sharp=True)
    p.box(-44, -22, 44, 44, color, 7)
    for x in (-28, 28):
        p.box(x - 5, -22, x + 5, 44, shift(color, -0.09), 0, 0.4)
    p.disc(-6, 8, 9, p.acc(0), 0.5)
    p.box(4, 14, 20, 30, p.acc(2), 2, 0.5)


@motif("globe", "object")
def globe(p: Pen) -> None:
    sea = p.own(p.nat("#5aa6d0"))
    p.disc(0, 0, 46, sea)
    with p.inside(oval(0, 0, 46, 46)):
        land = p.nat("#7fb56a")
        p.blob([(-40, -26), (-18, -40), (4, -32), (-4, -16), (-18, -10), (-16, 4), (-30, 2), (-42, -8)], land)
        p.blob([(-20, 8), (-4, 10), (2, 22), (-8, 42), (-16, 30)], land)
        p.blob([(14, -30), (34, -34), (48, -14), (44, 10), (32, 24), (24, 4), (12, -8)], land)


@motif("paintbrush", "object", "paint palette")
def paintbrush(p: Pen) -> None:
    p.blob(
        [(-44, 4), (-30, -26), (4, -36), (38, -22), (44, 4), (30, 14), (14, 12), (10, 24), (-10, 36), (-34, 28)],
        p.nat("#d9b183"),
    )
    p.oval(20, 0, 6, 5, p.palette.sky[1], 0)
    for number, (x, y) in enumerate(((-28, 2), (-18, -16), (2, -24), (22, -18), (-22, 20))):
        p.disc(x, y, 7, p.acc(number) if number < 4 else p.leaf(1), 0.7)
    with p.at(24, 10, turn=40):
        p.line([(0, -44), (0, 22)], p.own(p.nat("#8a4f35")), 4)
        p.box(-3.4, 18, 3.4, 26, p.nat("#d9d5cc"), 0.5, 0.3)
        p.blob([(-4, 26), (4, 26), (3, 36), (0, 44, 1), (-3, 36)], p.acc(0))


@motif("ball", "object", "football")
def ball(p: Pen) -> None:
    p.disc(0, 8, 42, p.cream)
    dark = p.own(p.deep)
    with p.inside(oval(0, 8, 42, 42)):
        p.poly([(13 * math.sin(a * math.tau / 5), 8 - 13 * math.cos(a * math.tau / 5)) for a in range(5)], dark, 0.5)
        for number in range(5):
            angle = number * math.tau / 5
            x, y = math.sin(angle), -math.cos(angle)
            p.line([(13 * x, 8 + 13 * y), (28 * x, 8 + 28 * y)], dark, 2)
            with p.at(41 * x, 8 + 41 * y, turn=math.degrees(angle)):
                p.poly([(-13, 8), (-8, 14), (8, 14), (13, 8), (10, -10), (-10, -10)], dark, 0.5)


@motif("yarn", "object", "ball of wool")
def yarn(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(20, 40), (36, 46), (49, 40)], color, 2)
    p.disc(0, 12, 36, color)
    for turn in (-40, 20, 80):
        with p.at(0, 12, turn=turn):
            for bend in (-18, -8, 2, 12, 22):
                p.line([(-26, bend), (0, bend - 8), (26, bend)], shift(color, 0.08 if bend % 4 else -0.07), 1.5)
    p.line([(-36, -46), (18, 8)], p.nat("#d9b183"), 3.4)
    p.line([(36, -46), (-14, 8)], p.nat("#d9b183"), 3.4)


@motif("hat", "object", "sun hat")
def hat(p: Pen) -> None:
    straw = p.own("#e3bd77")
    p.oval(0, 22, 50, 15, straw)
    p.blob([(-26, 20), (-24, -12), (-10, -26), (10, -26), (24, -12), (26, 20), (0, 26)], shift(straw, 0.02))
    p.blob([(-26, 10), (0, 16), (26, 10), (26, 20), (0, 26), (-26, 20)], p.acc(0), 0.6)


@motif("music", "object", "music notes")
def music(p: Pen) -> None:
    color = p.own(p.deep)
    for x, y in ((-22, 34), (24, 26)):
        p.oval(x, y, 14, 10.5, color, 0.7, turn=-18)
    p.line([(-9.6, 31), (-9.6, -34)], color, 3.6)
    p.line([(36.4, 23), (36.4, -42)], color, 3.6)
    p.poly([(-11.4, -36), (38.2, -46), (38.2, -30), (-11.4, -20)], color)
