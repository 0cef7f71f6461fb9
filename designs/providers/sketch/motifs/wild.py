"""Animals of forest, farm and far away."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.faces import DARK, cheeks, eyes, nose, smile
from designs.providers.sketch.pen import Pen


@motif("bear", "animal")
def bear(p: Pen) -> None:
    coat = p.own("#8a5a3c")
    light = mix(coat, p.cream, 0.6)
    for side in (-1, 1):
        p.disc(side * 20, -37, 10, coat)
        p.disc(side * 20, -36, 5.5, light, 0.4)
    p.sym([(0, -6), (17, -2), (28, 20), (29, 40), (18, 49), (0, 50)], coat)
    p.sym([(0, 8), (13, 12), (17, 28), (12, 42), (0, 45)], light, 0.4)
    for side in (-1, 1):
        p.oval(side * 24, 20, 7, 15, coat, 0.8, turn=side * -18)
        p.oval(side * 17, 45, 10.5, 6.5, shift(coat, -0.04), 0.7)
        p.oval(side * 17, 45, 5, 3.4, light, 0.3)
    p.sym([(0, -44), (17, -41), (28, -25), (26, -8), (14, 3), (0, 5)], coat)
    p.oval(0, -9, 12, 9.5, light, 0.5)
    eyes(p, 11, -23, 2.7)
    p.oval(0, -13, 4.6, 3.4, DARK, 0)
    smile(p, -7.5, 4.6, 1.1)
    cheeks(p, 18, -12, 4, alpha=0.3)


@motif("panda", "animal")
def panda(p: Pen) -> None:
    white, black = p.nat("#f6f2ea"), p.own("#33313a")
    for side in (-1, 1):
        p.disc(side * 22, -36, 10, black)
    p.sym([(0, -4), (18, 0), (28, 22), (28, 42), (0, 50)], white)
    p.sym([(0, -2), (20, 2), (27, 16), (0, 13)], black, 0.6)
    for side in (-1, 1):
        p.oval(side * 25, 18, 7.5, 16, black, 0.8, turn=side * -16)
        p.oval(side * 17, 44, 11, 7, black, 0.7)
    p.sym([(0, -42), (18, -39), (29, -23), (27, -6), (14, 5), (0, 7)], white)
    for side in (-1, 1):
        p.oval(side * 12, -18, 6.4, 8.4, black, 0.3, turn=side * 28)
        p.dot(side * 11, -18, 2.6, "#ffffff")
        p.dot(side * 11, -18, 1.8, DARK)
    p.oval(0, -7.5, 3.8, 2.7, DARK, 0)
    smile(p, -4, 4.2, 1)
    cheeks(p, 19, -6, 4, alpha=0.4)


@motif("owl", "animal")
def owl(p: Pen) -> None:
    coat = p.own("#8f6a4c")
    light, wing = mix(coat, p.cream, 0.65), shift(coat, -0.08)
    p.blob(
        [
            (-26, -36),
            (-24, -50, 1),
            (-10, -41),
            (0, -39),
            (10, -41),
            (24, -50, 1),
            (26, -36),
            (32, -10),
            (31, 22),
            (22, 42),
            (0, 48),
            (-22, 42),
            (-31, 22),
            (-32, -10),
        ],
        coat,
    )
    p.sym([(0, -6), (17, 0), (20, 20), (14, 38), (0, 43)], light, 0.5)
    for row, (y, count) in enumerate(((8, 3), (17, 4), (26, 3), (34, 2))):
        for number in range(count):
            x = (number - (count - 1) / 2) * 8
            p.line([(x - 3, y), (x, y + 3.4), (x + 3, y)], shift(coat, 0.02 * row), 1.5)
    for side in (-1, 1):
        p.blob([(side * 30, -12), (side * 38, 10), (side * 33, 32), (side * 22, 40, 1), (side * 21, 14)], wing)
        p.disc(side * 13, -22, 14, light, 0.6)
        p.disc(side * 12.5, -21.5, 9.6, p.nat("#f3b53a"), 0.3)
        p.dot(side * 12, -21.5, 6, DARK)
        p.dot(side * 12 - 2, -24, 2, "#ffffff")
        for toe in (5, 10, 15):
            p.oval(side * toe, 47, 2, 3.4, p.nat("#e0963a"), 0)
    p.blob([(-4, -17), (4, -17), (0, -7, 1)], p.nat("#eda03c"), 0.4)


@motif("deer", "animal")
def deer(p: Pen) -> None:
    coat = p.own("#b87a4b")
    light, antler = mix(coat, p.cream, 0.7), p.nat("#7a573d")
    for side in (-1, 1):
        p.line([(side * 6, -30), (side * 12, -40), (side * 21, -47), (side * 22, -52)], antler, 2.4)
        p.line([(side * 12, -40), (side * 11, -51)], antler, 2)
        p.line([(side * 17, -44), (side * 27, -46)], antler, 2)
    p.sym([(0, -2), (8, 0), (15, 18), (18, 34), (14, 46), (0, 47)], coat)
    p.sym([(0, 4), (6, 6), (7, 20), (4, 30), (0, 32)], light, 0.4)
    for side in (-1, 1):
        for spot in ((13, 24), (10.5, 33), (14.5, 35)):
            p.dot(side * spot[0], spot[1], 1.3, light, 0.9)
        p.blob([(side * 2, 28), (side * 7.5, 28), (side * 7, 44), (side * 2.5, 44)], coat, 0.7)
        p.box(min(side * 2, side * 7.6), 43, max(side * 2, side * 7.6), 50, antler, 1.4, 0.4)
        p.blob([(side * 10, -24), (side * 20, -34), (side * 33, -31), (side * 24, -19), (side * 12, -17)], coat)
        p.blob([(side * 14, -24), (side * 21, -29), (side * 28, -29), (side * 22, -22)], light, 0.3)
    p.sym([(0, -33), (10, -30), (14.5, -19), (10.5, -4), (6, 5), (0, 7.5)], coat)
    p.sym([(0, -9), (5, -6), (7, 1), (0, 7)], light, 0.3)
    eyes(p, 9, -15.5, 2.6)
    p.oval(0, 1.5, 3.8, 2.7, DARK, 0)


@motif("reindeer", "animal")
def reindeer(p: Pen) -> None:
    deer(p)
    p.glow(0, 1, 14, p.nat("#ff5040"), 0.6)
    p.disc(0, 1, 4.6, p.nat("#d9302f"), 0.6)
    p.blob([(-12, 6), (0, 10), (12, 6), (12, 12), (0, 16), (-12, 12)], p.acc(0), 0.6)
    p.disc(0, 16, 3.4, p.nat("#f0b83a"), 0.5)


@motif("squirrel", "animal")
def squirrel(p: Pen) -> None:
    coat = p.own("#b8613a")
    light = mix(coat, p.cream, 0.7)
    p.blob(
        [
            (6, 49),
            (28, 49),
            (45, 36),
            (49, 10),
            (44, -18),
            (32, -32),
            (18, -30),
            (14, -18),
            (24, -8),
            (24, 12),
            (14, 30),
        ],
        coat,
    )
    p.line([(12, 42), (30, 34), (37, 12), (33, -12), (24, -22)], shift(coat, 0.09), 5)
    p.blob([(-14, -2), (4, 0), (16, 18), (18, 38), (8, 49), (-22, 49), (-24, 24)], coat)
    p.blob([(-18, 6), (-6, 8), (-2, 26), (-6, 42), (-20, 44), (-23, 24)], light, 0.4)
    p.oval(4, 44, 14, 7, shift(coat, -0.03), 0.8)
    for x, lean in ((-20, -8), (-2, 8)):
        p.blob([(x - 5, -26), (x + lean * 0.4, -42, 1), (x + 5, -26)], coat)
    p.blob([(-12, -32), (6, -26), (9, -10), (-4, 2), (-20, 3), (-32, -6), (-28, -22)], coat)
    p.blob([(-31, -8), (-24, -10), (-14, -4), (-16, 2), (-26, 1)], light, 0.3)
    p.oval(-24, 20, 8, 6, p.nat("#a8733f"), 0.6)
    p.blob([(-32, 16), (-24, 11), (-16, 16), (-24, 18)], p.nat("#6b4228"), 0.5)
    p.oval(-16, 21, 5, 4, coat, 0.6)
    p.dot(-14, -15, 3, DARK)
    p.dot(-15, -16, 1, "#ffffff")
    p.dot(-32, -7, 2.5, DARK)
    p.dot(-9, -6, 3.6, p.nat("#f0837a"), 0.4)


@motif("penguin", "animal")
def penguin(p: Pen) -> None:
    black, white, beak = p.own("#2e3a52"), p.cream, p.nat("#f2a23a")
    for side in (-1, 1):
        p.oval(side * 12, 47, 10, 3.6, beak, 0.6)
        p.blob([(side * 24, -8), (side * 38, 14), (side * 37, 28), (side * 26, 16)], shift(black, -0.04))
    p.sym([(0, -47), (16, -44), (24, -26), (29, 4), (28, 32), (16, 47), (0, 48)], black)
    p.sym([(0, -8), (14, -4), (21, 14), (19, 34), (0, 45)], white, 0.6)
    for side in (-1, 1):
        p.oval(side * 8.5, -22, 10.5, 12.5, white, 0.3)
    p.sym([(0, -24), (9, -18), (9, -8), (0, -6)], white, 0)
    eyes(p, 9, -24, 2.9)
    cheeks(p, 14, -15, 3.6)
    p.blob([(-6, -18), (0, -20), (6, -18), (0, -11)], beak, 0.5)


@motif("elephant", "animal")
def elephant(p: Pen) -> None:
    coat = p.own("#9aa3b5")
    inner = p.nat("#e9b3b5")
    p.sym([(0, -8), (20, -2), (30, 22), (28, 48), (0, 49)], coat)
    for side in (-1, 1):
        p.blob([(side * 8, 26), (side * 26, 26), (side * 27, 50), (side * 8, 50)], shift(coat, -0.02), 0.8)
        for toe in (11.5, 17, 22.5):
            p.oval(side * toe, 48, 2.2, 1.8, p.cream, 0)
        p.blob(
            [(side * 16, -38), (side * 36, -44), (side * 49, -26), (side * 44, -4), (side * 30, 6), (side * 17, -8)],
            coat,
        )
        p.blob(
            [(side * 21, -32), (side * 36, -37), (side * 43, -24), (side * 38, -8), (side * 29, -2), (side * 21, -12)],
            inner,
            0.4,
        )
    p.sym([(0, -46), (17, -42), (25, -24), (19, -4), (0, 2)], coat)
    p.blob(
        [(-7, -14), (7, -14), (8, 6), (6, 20), (10, 29), (20, 28), (22, 34), (12, 39), (0, 34), (-5, 20)],
        shift(coat, 0.03),
    )
    for y in (-2, 5, 12, 19):
        p.line([(-4.5, y), (1, y + 1.6), (5.5, y)], shift(coat, -0.09), 1)
    eyes(p, 12.5, -20, 2.7)
    cheeks(p, 15, -11, 3.8)


@motif("lion", "animal")
def lion(p: Pen) -> None:
    coat, mane = p.own("#e8ad4f"), p.nat("#b8622d")
    p.line([(18, 44), (36, 42), (42, 26)], coat, 3.4)
    p.disc(42, 22, 6, mane)
    p.sym([(0, 0), (14, 4), (21, 26), (20, 46), (0, 50)], coat)
    for side in (-1, 1):
        p.blob([(side * 2, 28), (side * 10, 28), (side * 11, 48), (side * 2, 48)], coat, 0.7)
        p.oval(side * 7, 47.5, 6.5, 3.2, shift(coat, 0.05), 0.5)
    with p.at(0, -16):
        p.ring(13, lambda _: p.oval(0, -26, 8.5, 11, mane, 0.8))
        p.disc(0, 0, 27, mane, 0.4)
    for side in (-1, 1):
        p.disc(side * 19, -33, 7, coat, 0.6)
    p.sym([(0, -38), (14, -35), (21, -20), (18, -4), (9, 4), (0, 5)], coat)
    p.oval(0, -4, 10, 7, mix(coat, p.cream, 0.65), 0.3)
    eyes(p, 9.5, -18, 2.7)
    nose(p, -8.5, 3.6, p.nat("#7a3f36"))
    smile(p, -4.5, 4.4, 1.1)


@motif("giraffe", "animal")
def giraffe(p: Pen) -> None:
    coat, spot = p.own("#eebd5f"), p.nat("#b56f34")
    p.line([(27, 18), (33, 26), (32, 36)], shift(coat, -0.06), 1.8)
    p.disc(32, 37, 2.6, spot, 0.4)
    for x, tone in ((2, -0.07), (24, -0.07), (-6, 0.0), (17, 0.0)):
        p.box(x - 2.8, 26, x + 2.8, 50, shift(coat, tone), 2, 0.5)
        p.box(x - 3, 46.5, x + 3, 50, p.nat("#6b3f28"), 1, 0.3)
    p.blob([(-8, 20), (-6, -12), (6, -12), (7, 10), (18, 12), (28, 18), (27, 32), (14, 37), (-4, 36)], coat)
    for x, y, radius in ((-2, -6, 3), (3, 3, 3.4), (-3, 12, 3.6), (4, 21, 4), (14, 19, 3.8), (22, 24, 3.6),
                         (-2, 30, 3.4), (12, 30, 4)):  # fmt: skip
        p.oval(x, y, radius, radius * 0.85, spot, 0.3, turn=x * 8)
    with p.at(0, -11.8, 0.72):  # the crown of the head stays where hats look for it
        _giraffes_head(p, coat)


def _giraffes_head(p: Pen, coat: str) -> None:
    for side in (-1, 1):
        p.line([(side * 6, -38), (side * 8, -48)], coat, 2.6)
        p.disc(side * 8, -49, 3, p.nat("#6b3f28"), 0.4)
        p.blob([(side * 11, -33), (side * 26, -38), (side * 25, -28), (side * 13, -26)], coat)
    p.sym([(0, -42), (11, -40), (15, -28), (11, -14), (12, -2), (0, 3)], coat)
    p.oval(0, -4, 12.5, 8.5, mix(coat, p.cream, 0.6), 0.4)
    eyes(p, 9.5, -26, 2.7)
    for side in (-1, 1):
        p.dot(side * 4, -6, 1.3, p.nat("#8a5530"))
    smile(p, -1, 4.4, 1)


@motif("sheep", "animal")
def sheep(p: Pen) -> None:
    wool, face = p.own("#f6f0e6"), p.nat("#4b4450")
    for x in (-18, -9, 10, 19):
        p.box(x - 2.6, 28, x + 2.6, 50, face, 2, 0.5)
    bumps = [(-26, 2), (-20, -14), (-4, -20), (14, -18), (28, -8), (34, 8), (28, 24), (12, 30), (-6, 31), (-22, 24)]
    for x, y in bumps:
        p.disc(x, y, 12.5, wool, 0.7)
    p.oval(4, 6, 30, 24, wool, 0.35)
    p.blob([(-38, -20), (-26, -26), (-16, -18), (-18, 2), (-28, 10), (-38, 2)], face)
    for x, turn in ((-42, 24), (-13, -24)):
        p.oval(x, -14, 7, 3.4, face, 0.5, turn=turn)
    for x, y, radius in ((-34, -25, 6), (-26, -28, 7), (-18, -25, 6)):
        p.disc(x, y, radius, wool, 0.5)
    for x in (-33, -23):
        p.dot(x, -10, 2.8, "#ffffff")
        p.dot(x, -10, 1.7, DARK)
    p.line([(-31, 2), (-28, 4), (-25, 2)], p.cream, 1)


@motif("horse", "animal")
def horse(p: Pen) -> None:
    coat, mane = p.own("#9c6240"), p.nat("#4a2e25")
    p.blob([(34, 0), (44, 6), (49, 28), (44, 38, 1), (38, 24), (32, 12)], mane)
    for x, back in ((-16, 0), (-6, 2), (22, 0), (31, 2)):
        p.blob([(x - 4.5, 14), (x + 5, 14), (x + 3.2, 44), (x - 3, 44)], shift(coat, -0.05 * back), 0.7)
        p.box(x - 3.6, 43, x + 4, 50, mane, 1.2, 0.3)
    p.blob([(-22, -2), (0, -6), (22, -7), (36, -1), (38, 14), (28, 22), (0, 22), (-18, 22), (-24, 10)], coat)
    p.blob([(-24, 10), (-26, -10), (-22, -30), (-12, -40), (-4, -30), (-4, -14), (4, -2), (-8, 14)], coat, 0.8)
    p.blob([(-12, -44), (-2, -40), (4, -22), (8, -4), (2, -4), (-5, -16), (-9, -30)], mane)
    p.blob([(-14, -44), (-18, -38), (-34, -28), (-44, -16), (-40, -8), (-30, -12), (-20, -18), (-10, -30)], coat)
    p.blob([(-17, -38), (-15, -50, 1), (-9, -40)], coat, 0.6)
    p.dot(-22, -29, 2.3, DARK)
    p.dot(-39, -14, 1.3, mane)


@motif("koala", "animal")
def koala(p: Pen) -> None:
    coat = p.own("#9aa0aa")
    light = p.nat("#f1ece6")
    for side in (-1, 1):
        p.disc(side * 27, -30, 14, coat)
        p.disc(side * 27, -29, 8.5, light, 0.4)
    p.sym([(0, -2), (16, 2), (25, 24), (22, 46), (0, 50)], coat)
    p.sym([(0, 8), (11, 12), (13, 30), (0, 42)], light, 0.4)
    for side in (-1, 1):
        p.oval(side * 20, 20, 6, 13, coat, 0.8, turn=side * -22)
        p.oval(side * 14, 46, 9.5, 4.6, shift(coat, -0.05), 0.6)
    p.sym([(0, -40), (17, -37), (26, -22), (23, -4), (12, 5), (0, 6)], coat)
    eyes(p, 12.5, -18, 2.8)
    p.oval(0, -12, 5.6, 8.5, DARK, 0.3)
    cheeks(p, 16, -6, 4)
    smile(p, 0, 3.6, 1)
