"""Animals of house and garden, facing us."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.faces import DARK, cheeks, eyes, nose, smile, whiskers
from designs.providers.sketch.paths import oval
from designs.providers.sketch.pen import Pen


@motif("fox", "animal")
def fox(p: Pen) -> None:
    coat, white, sock = p.own("#e0702f"), p.cream, p.nat("#4a2a24")
    p.blob([(8, 47), (26, 48), (44, 38), (48, 18), (41, 0, 1), (33, 12), (29, 24), (14, 34)], coat)
    p.blob([(47.6, 14), (45, 6), (41, -1, 1), (36, 6.5), (33, 12), (37, 12), (40, 16), (43, 12)], white, 0.5)
    p.sym([(0, -8), (10, -6), (17, 12), (21, 32), (20, 47), (12, 50), (0, 50)], coat)
    p.sym([(0, -2), (8, 0), (9, 14), (5, 28), (0, 34)], white, 0.5)
    for side in (-1, 1):
        p.blob([(side * 3, 24), (side * 11, 26), (side * 10.5, 44), (side * 2.5, 44)], coat, 0.8)
        p.blob([(side * 2.2, 42), (side * 11, 42), (side * 12.5, 50), (side * 1.5, 50)], sock, 0.6)
    for side in (-1, 1):
        p.blob([(side * 24, -27), (side * 24, -51, 1), (side * 7, -36)], coat)
        p.blob([(side * 20.5, -31), (side * 21.5, -45, 1), (side * 11, -35)], sock, 0.4)
    p.sym([(0, -38), (15, -36), (24, -27), (33, -14, 1), (22, -6), (9, 1), (0, 5)], coat)
    for side in (-1, 1):
        p.blob(
            [
                (side * 32.5, -14, 1),
                (side * 20, -16),
                (side * 9, -11),
                (side * 2.5, -1),
                (side * 1, 4.5),
                (side * 9, 1),
                (side * 22, -6),
            ],
            white,
            0.4,
        )
    eyes(p, 11, -18, 2.7)
    p.oval(0, 2, 3.6, 2.8, DARK, 0)
    p.dot(-1.1, 1.2, 0.8, "#ffffff", 0.8)


@motif("wolf", "animal")
def wolf(p: Pen) -> None:
    """A fox's gray cousin."""
    p.tint = p.tint or "#7d8593"
    fox(p)


@motif("cat", "animal")
def cat(p: Pen) -> None:
    coat = p.own(p.dice.pick(["#8a8f9c", "#e5a152", "#4b4652", "#d9c3a3"]))
    stripe, inner = shift(coat, -0.13), p.nat("#f2a9a0")
    p.blob([(14, 46), (30, 47), (40, 38), (38, 24), (43, 15), (48, 22), (48, 40), (36, 51), (16, 51)], coat)
    p.sym([(0, -8), (11, -5), (19, 14), (24, 34), (22, 48), (10, 50), (0, 50)], coat)
    p.sym([(0, 4), (9, 8), (10, 24), (6, 36), (0, 38)], mix(coat, p.cream, 0.75), 0.4)
    for side in (-1, 1):
        p.blob([(side * 2, 28), (side * 10, 28), (side * 11.5, 49), (side * 1.5, 49)], coat, 0.7)
        p.oval(side * 6.5, 47.5, 6, 3.2, mix(coat, p.cream, 0.75), 0.4)
        p.blob([(side * 25, -23), (side * 25, -48, 1), (side * 6, -36)], coat)
        p.blob([(side * 21.5, -28), (side * 22, -42, 1), (side * 10, -35)], inner, 0.4)
    p.sym([(0, -38), (14, -37), (26, -28), (29, -14), (20, 0), (0, 5)], coat)
    for x in (-6, 0, 6):
        p.line([(x, -36), (x * 0.7, -29)], stripe, 2)
    for side in (-1, 1):
        for y in (-17, -11):
            p.line([(side * 28, y), (side * 21, y + 1)], stripe, 1.8)
    p.oval(0, -3.5, 9.5, 6.5, mix(coat, p.cream, 0.8), 0.3)
    eyes(p, 12, -15, 3.3)
    nose(p, -6.5, 2.6, p.nat("#e07a7a"))
    smile(p, -4, 4.2)
    whiskers(p, 11, -4, 19, shift(coat, 0.22))


@motif("dog", "animal")
def dog(p: Pen) -> None:
    coat = p.own(p.dice.pick(["#c98a4b", "#a5673f", "#e0bd8a", "#6b5a52"]))
    ear, light = shift(coat, -0.16), mix(coat, p.cream, 0.8)
    p.blob([(16, 38), (32, 30), (40, 14), (46, 18), (42, 34), (24, 48)], coat)
    p.sym([(0, -8), (13, -4), (19, 16), (22, 36), (20, 48), (0, 50)], coat)
    p.sym([(0, 0), (10, 4), (10, 24), (5, 36), (0, 38)], light, 0.4)
    for side in (-1, 1):
        p.blob([(side * 2.5, 24), (side * 11, 24), (side * 12, 48), (side * 2, 48)], coat, 0.7)
        p.oval(side * 7.5, 47, 7, 3.8, light, 0.5)
    p.sym([(0, -44), (15, -41), (23, -28), (24, -12), (16, 0), (0, 5)], coat)
    p.sym([(0, -43), (3.5, -38), (4, -22), (10, -12), (11, -2), (0, 4)], light, 0.3)
    for side in (-1, 1):
        p.blob(
            [(side * 14, -41), (side * 24, -40), (side * 34, -24), (side * 33, -4), (side * 26, -2), (side * 21, -16)],
            ear,
        )
    p.blob([(-19, 3), (0, 8), (19, 3), (19, 8), (0, 13.5), (-19, 8)], p.acc(0), 0.5)
    p.disc(0, 13, 3.6, p.acc(1), 0.5)
    eyes(p, 10.5, -21, 2.9)
    p.blob([(-5, -13.5), (5, -13.5), (3.5, -9), (0, -7), (-3.5, -9)], DARK, 0)
    p.blob([(-3, -2.5), (3, -2.5), (2.4, 3.5), (0, 5), (-2.4, 3.5)], p.nat("#ea7f86"), 0.2)
    smile(p, -4.5, 6, 1.1)


@motif("rabbit", "animal")
def rabbit(p: Pen) -> None:
    coat = p.own(p.dice.pick(["#c9b199", "#e9e0d6", "#a89a94", "#d8a77f"]))
    inner, light = p.nat("#f2b3b0"), mix(coat, p.cream, 0.75)
    p.disc(22, 40, 7.5, light, 0.6)
    p.sym([(0, -2), (10, 1), (19, 20), (24, 38), (19, 49), (0, 50)], coat)
    p.sym([(0, 8), (9, 12), (11, 28), (7, 40), (0, 42)], light, 0.3)
    for side in (-1, 1):
        lean = 4 if side > 0 else 0
        p.blob(
            [
                (side * 4, -26),
                (side * 4.5, -44),
                (side * (10 + lean), -52),
                (side * (16 + lean), -44),
                (side * 14, -22),
            ],
            coat,
        )
        p.blob(
            [
                (side * 7.5, -28),
                (side * 8, -42),
                (side * (10.5 + lean), -47),
                (side * (12.8 + lean), -42),
                (side * 11, -27),
            ],
            inner,
            0.3,
        )
    p.sym([(0, -31), (13, -28), (22, -14), (20, 0), (11, 7), (0, 8.5)], coat)
    for side in (-1, 1):
        p.oval(side * 15, 47, 10, 4.5, light, 0.5)
        p.oval(side * 7, 24, 4, 8, coat, 0.7, turn=side * 18)
    cheeks(p, 14.5, -3, 4)
    eyes(p, 10.5, -11, 2.9)
    nose(p, -3.5, 2.4, p.nat("#d9777b"))
    smile(p, -1.2, 3.6)
    p.box(-2.2, 1.2, 2.2, 5.2, "#ffffff", 0.8, 0)


@motif("mouse", "animal")
def mouse(p: Pen) -> None:
    coat = p.own("#a7a1ad")
    inner, light = p.nat("#f3b6b4"), mix(coat, p.cream, 0.75)
    p.line([(18, 46), (34, 47), (42, 36), (38, 22), (46, 14)], inner, 2.6)
    p.sym([(0, -2), (12, 4), (21, 26), (20, 46), (0, 50)], coat)
    p.sym([(0, 8), (9, 14), (11, 32), (0, 44)], light, 0.3)
    for side in (-1, 1):
        p.disc(side * 21, -30, 15, coat)
        p.disc(side * 21, -29, 10, inner, 0.4)
        p.oval(side * 11, 48, 8, 3.4, inner, 0.4)
        p.oval(side * 6, 22, 3.6, 7, coat, 0.6, turn=side * 25)
    p.sym([(0, -32), (14, -28), (20, -12), (12, 2), (0, 8)], coat)
    eyes(p, 8.5, -12, 2.7)
    cheeks(p, 13, -3, 3.4)
    p.disc(0, 3.5, 3, p.nat("#e0777f"), 0.3)
    whiskers(p, 6, 3, 16, light)


@motif("bird", "animal", "little bird")
def bird(p: Pen) -> None:
    coat = p.own(p.dice.pick([p.acc(0), p.acc(2), "#4f8fc0"]))
    breast, wing = mix(coat, p.cream, 0.72), shift(coat, -0.11)
    for x in (-3, 6):
        p.line([(x, 36), (x + 1, 48)], p.nat("#c9803a"), 1.8)
        p.line([(x - 4, 49), (x + 1, 47), (x + 6, 49)], p.nat("#c9803a"), 1.6)
    p.blob([(20, 10), (34, 4), (49, -8, 1), (47, 6), (38, 20), (22, 26)], wing)
    p.blob(
        [(-26, -24), (-14, -36), (2, -33), (14, -18), (30, 6), (24, 28), (6, 39), (-16, 33), (-29, 10), (-31, -10)],
        coat,
    )
    p.blob([(-29, -4), (-18, -2), (-6, 14), (2, 36), (-14, 33), (-27, 16)], breast, 0.5)
    p.blob([(-4, -4), (12, -8), (32, 10), (38, 20, 1), (18, 22), (2, 16)], wing)
    for step in (0, 6):
        p.line(
            [(6 + step, 4 + step), (16 + step, 10 + step * 0.7), (26 + step * 0.8, 14 + step * 0.6)],
            shift(wing, 0.10),
            1.2,
        )
    p.blob([(-30, -19), (-43, -12, 1), (-30, -9)], p.nat("#efa13a"), 0.5)
    p.dot(-19, -19, 3.1, DARK)
    p.dot(-20, -20, 1.1, "#ffffff")
    p.dot(-15, -10, 3.4, p.nat("#f0837a"), 0.35)


@motif("robin", "animal")
def robin(p: Pen) -> None:
    coat, red = p.nat("#8a6f5a"), p.own("#d8482f")
    for x in (-3, 6):
        p.line([(x, 36), (x, 48)], p.nat("#5a4038"), 1.7)
        p.line([(x - 4, 49), (x, 47.5), (x + 4, 49)], p.nat("#5a4038"), 1.5)
    p.blob([(20, 12), (36, 16), (49, 10, 1), (45, 22), (22, 28)], shift(coat, -0.08))
    p.blob(
        [(-24, -26), (-10, -36), (6, -32), (18, -14), (31, 8), (26, 28), (6, 39), (-16, 34), (-30, 12), (-31, -10)],
        coat,
    )
    p.blob([(-22, 20), (-8, 22), (10, 30), (16, 34), (2, 39), (-14, 35)], p.cream, 0.4)
    p.blob([(-27, -24), (-14, -27), (-4, -12), (4, 8), (-2, 24), (-16, 26), (-29, 12), (-32, -8)], red)
    p.blob([(0, -6), (14, -8), (32, 10), (40, 22, 1), (18, 22), (4, 14)], shift(coat, -0.10))
    p.line([(12, 6), (22, 12), (32, 18)], shift(coat, 0.04), 1.2)
    p.blob([(-30, -20), (-41, -14, 1), (-30, -11)], p.nat("#4a3a35"), 0.3)
    p.dot(-16, -22, 3.1, DARK)
    p.dot(-17, -23, 1.1, "#ffffff")


@motif("butterfly", "flyer")
def butterfly(p: Pen) -> None:
    wing = p.own(p.dice.pick([p.acc(0), p.acc(1), p.acc(2)]))
    second = p.acc(1) if wing != p.acc(1) else p.acc(0)
    for side in (-1, 1):
        p.blob([(side * 2, 2), (side * 24, 4), (side * 36, 20), (side * 26, 40), (side * 10, 30)], shift(second, -0.02))
        p.blob(
            [(side * 2, -2), (side * 12, -30), (side * 36, -44), (side * 48, -28), (side * 38, -2), (side * 16, 6)],
            wing,
        )
        p.blob(
            [(side * 12, -8), (side * 22, -26), (side * 37, -34), (side * 39, -22), (side * 28, -8)],
            mix(wing, p.paper, 0.42),
            0.5,
        )
        p.dot(side * 22, 22, 5, mix(second, p.paper, 0.6))
        p.dot(side * 41, -16, 2.2, p.paper)
        p.line([(side * 1, -22), (side * 5, -36), (side * 12, -43)], p.deep, 1.1)
        p.dot(side * 12, -43, 1.7, p.deep)
    p.sym([(0, -25), (3, -22), (3.4, -4), (2.6, 24), (0, 34)], p.deep, 0.5)


@motif("dragonfly", "flyer")
def dragonfly(p: Pen) -> None:
    body, wing = p.own(mix(p.acc(0), p.leaf(2), 0.3)), mix(p.palette.sky[1], "#ffffff", 0.55)
    with p.at(turn=24):
        for side in (-1, 1):
            for lean, long in ((-24, 46), (14, 41)):
                with p.at(side * 2, -20, turn=side * (90 + lean)):
                    p.blob([(-2, 0), (-8, -long * 0.6), (-4, -long), (4, -long), (7, -long * 0.5), (2, 0)], wing, 0.5)
                    p.line([(0, -4), (0, -long * 0.92)], mix(wing, body, 0.6), 0.8)
                    p.dot(3.4, -long * 0.9, 1.4, body)
        for number in range(7):
            y = -12 + number * 9
            p.oval(0, y, 3.4 - 0.25 * number, 5.4, shift(body, -0.03 * (number % 2)), 0.5)
        p.oval(0, -21, 6, 9, body)
        p.disc(0, -33, 6, shift(body, -0.05))
        p.pair(lambda side: p.disc(side * 4.4, -35, 3.4, DARK, 0.4))


@motif("bee", "flyer")
def bee(p: Pen) -> None:
    gold, dark = p.own("#f5b82e"), p.nat("#3a2a28")
    for lean, turn in ((-8, -24), (8, 12)):
        p.veil(oval(lean, -26, 11, 20, turn), p.nat("#eaf4fb"), 0.88)
    p.blob([(-40, 2), (-28, -16), (0, -20), (26, -14), (40, 4, 1), (26, 20), (0, 24), (-28, 18)], gold)
    for x, half in ((-6, 21.5), (10, 20), (24, 14)):
        p.blob(
            [(x - 4, -half), (x + 4, -half + 1), (x + 6, 2), (x + 4, half + 2), (x - 4, half + 2.5), (x - 2, 2)],
            dark,
            0.5,
        )
    p.disc(-30, 1, 14.5, mix(gold, dark, 0.12))
    for x in (-36, -27):
        p.line([(x, -12), (x - 4, -22), (x - 10, -25)], dark, 1.5)
        p.dot(x - 10, -25, 2, dark)
    p.dot(-36, -1, 2.8, DARK)
    p.dot(-37, -2, 0.9, "#ffffff")
    p.line([(-40, 6), (-36, 9), (-31, 7)], DARK, 1.1)


@motif("ladybird", "flyer")
def ladybird(p: Pen) -> None:
    red = p.own("#d8382f")
    p.disc(0, -28, 16, p.deep, 0.5)
    for side in (-1, 1):
        p.line([(side * 6, -40), (side * 12, -49)], p.deep, 1.8)
        p.dot(side * 8, -34, 3.4, p.cream)
    p.oval(0, 8, 36, 38, red)
    p.line([(0, -30), (0, 46)], p.deep, 2)
    for x, y, radius in ((14, -12, 6), (20, 14, 7), (8, 32, 5)):
        p.dot(x, y, radius, p.deep)
        p.dot(-x, y, radius, p.deep)


@motif("snail", "animal")
def snail(p: Pen) -> None:
    shell, body = p.own("#d98a5a"), p.nat("#d9c29a")
    p.blob([(-46, 48), (-44, 36), (-36, 22), (-34, 2), (-24, 2), (-22, 26), (-8, 36), (30, 38), (48, 48, 1)], body)
    for x in (-34, -25):
        p.line([(x, 4), (x - 3, -12)], body, 2.4)
        p.dot(x - 3, -13, 2.6, DARK)
    p.disc(10, 10, 30, shell)
    spiral = [(10 + (26 - 2.2 * n) * math.cos(n * 0.75), 10 + (26 - 2.2 * n) * math.sin(n * 0.75)) for n in range(12)]
    p.line(spiral, shift(shell, -0.16), 3)
    p.line([(-33, 16), (-29, 19), (-25, 16)], DARK, 1.2)


@motif("hedgehog", "animal")
def hedgehog(p: Pen) -> None:
    spines, face = p.own("#6e5142"), p.nat("#e8cba4")
    edge = []
    for number in range(25):
        angle = 3.35 + number * 3.5 / 24
        reach = 44 if number % 2 else 36
        edge.append((5 + reach * 0.98 * math.cos(angle), 20 + reach * 1.08 * math.sin(angle), 1))
    p.blob([*edge, (38, 46), (0, 48), (-30, 44)], spines)
    for row, count in ((34, 9), (25, 7), (15, 5)):
        for number in range(count):
            angle = 3.6 + number * 2.9 / count
            x, y = 6 + row * math.cos(angle), 20 + row * math.sin(angle)
            p.line([(x, y), (x + 4 * math.cos(angle), y + 4 * math.sin(angle))], shift(spines, 0.16), 1.3)
    p.blob([(-14, 8), (-26, 16), (-46, 28), (-48, 33), (-34, 44), (-8, 48), (20, 48), (18, 38), (0, 30)], face)
    for x in (-18, 4, 20):
        p.oval(x, 47.5, 5.5, 3, shift(face, -0.08), 0.4)
    p.disc(-11, 11, 6, face, 0.6)
    p.disc(-47, 30, 3.6, DARK, 0)
    p.dot(-28, 24, 2.6, DARK)
    p.dot(-29, 23, 0.9, "#ffffff")
    p.dot(-21, 33, 4, p.nat("#f0837a"), 0.45)
    p.line([(-40, 38), (-35, 40), (-31, 38)], DARK, 1)
