"""Animals of the pond, the yard and the fairy tale."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.faces import DARK, cheeks, eyes, smile
from designs.providers.sketch.pen import Pen


@motif("dinosaur", "animal")
def dinosaur(p: Pen) -> None:
    skin = p.own("#6fae6a")
    belly = mix(skin, p.cream, 0.65)
    for x, y, size, turn in (
        (-1, -31, 6, 20),
        (8, -20, 7, 40),
        (14, -7, 8, 55),
        (20, 8, 8, 58),
        (29, 20, 7, 62),
        (38, 27, 6, 60),
    ):
        with p.at(x, y, turn=turn):
            p.blob([(-size * 0.8, 3), (0, -size * 1.3, 1), (size * 0.8, 3)], p.acc(1), 0.5)
    p.blob(
        [
            (-10, -4),
            (6, -8),
            (18, 10),
            (34, 26),
            (50, 34, 1),
            (36, 42),
            (22, 42),
            (14, 50),
            (-20, 50),
            (-24, 30),
            (-18, 10),
        ],
        skin,
    )
    p.blob([(-12, 8), (-4, 12), (0, 28), (-4, 44), (-18, 46), (-22, 28)], belly, 0.4)
    p.blob([(-40, -18), (-36, -36), (-18, -46), (0, -40), (8, -24), (4, -2), (-6, 8), (-20, 4), (-36, -4)], skin)
    p.blob([(-26, 14), (-36, 18), (-38, 24), (-30, 24), (-20, 22)], shift(skin, -0.05), 0.7)
    for x in (-14, 10):
        p.blob([(x - 8, 34), (x + 7, 34), (x + 7, 50), (x - 11, 50)], shift(skin, -0.03), 0.7)
    p.dot(-16, -27, 3.6, DARK)
    p.dot(-17, -28.2, 1.2, "#ffffff")
    p.dot(-12, -15, 4, p.nat("#f0837a"), 0.5)
    p.dot(-36, -20, 1.2, DARK)
    p.line([(-36, -11), (-28, -8), (-20, -10)], DARK, 1.3)


@motif("unicorn", "animal")
def unicorn(p: Pen) -> None:
    white = p.own("#fbf4f2")
    manes = (p.acc(0), p.acc(1), p.acc(2), p.acc(3))
    for number, (x, y) in enumerate(((40, 8), (46, 20), (42, 33))):
        p.blob([(32, 4 + number * 3), (x, y - 4), (x + 4, y + 12), (x - 6, y + 8)], manes[number], 0.6)
    for x in (-16, -5, 21, 31):
        p.blob([(x - 4.5, 14), (x + 5, 14), (x + 3.4, 44), (x - 3.2, 44)], shift(white, -0.03), 0.6)
        p.box(x - 3.8, 43, x + 4.2, 50, p.nat("#e3b04b"), 1.2, 0.3)
    p.blob([(-22, -2), (0, -6), (22, -7), (36, -1), (38, 14), (28, 23), (0, 23), (-18, 22), (-24, 10)], white)
    p.blob([(-24, 10), (-26, -10), (-22, -30), (-12, -38), (-4, -30), (-4, -14), (4, -2), (-8, 14)], white, 0.8)
    for number, (x, y, radius) in enumerate(((-6, -38, 8), (0, -27, 8.5), (3, -15, 8.5), (5, -4, 7.5))):
        p.disc(x, y, radius, manes[number], 0.7)
    p.blob([(-14, -42), (-20, -37), (-34, -28), (-43, -17), (-39, -9), (-29, -12), (-19, -17), (-9, -28)], white)
    p.blob([(-17, -37), (-14, -49, 1), (-8, -39)], white, 0.6)
    p.disc(-12, -42, 5.5, manes[1], 0.6)
    p.poly([(-25, -37), (-34, -58), (-19, -40)], p.nat("#e8b93f"), 1)
    p.line([(-27, -44), (-22.5, -42.5)], p.cream, 1)
    p.line([(-30, -50), (-26.5, -48.5)], p.cream, 1)
    p.dot(-23, -27, 2.4, DARK)
    p.dot(-23.7, -27.8, 0.8, "#ffffff")
    p.dot(-22, -20, 3, p.nat("#f0837a"), 0.5)
    p.dot(-39, -15, 1.1, p.nat("#c98f8f"))


@motif("duck", "animal")
def duck(p: Pen) -> None:
    coat = p.own("#f6d04d")
    for x in (-4, 10):
        p.blob([(x - 8, 50), (x, 44), (x + 7, 50)], p.nat("#ee8f2e"), 0.4)
    p.blob([(-34, 12), (-22, 2), (4, 6), (26, 4), (47, -8, 1), (44, 16), (30, 38), (4, 46), (-22, 42), (-35, 28)], coat)
    p.blob([(-2, 14), (18, 12), (34, 16), (24, 30), (6, 30)], shift(coat, -0.05))
    p.disc(-17, -18, 22, coat)
    p.blob([(-36, -20), (-50, -16), (-49, -10), (-36, -8), (-30, -13)], p.nat("#ee8f2e"), 0.6)
    p.line([(-48, -13), (-36, -13)], p.nat("#c96f1e"), 1.1)
    p.dot(-24, -24, 3.2, DARK)
    p.dot(-25, -25.2, 1.1, "#ffffff")
    p.dot(-19, -13, 4, p.nat("#f0837a"), 0.5)


@motif("swan", "animal")
def swan(p: Pen) -> None:
    white = p.own("#fdfaf5")
    p.blob(
        [(-30, 20), (-22, 10), (4, 12), (24, 2), (48, -8, 1), (46, 18), (34, 38), (6, 46), (-24, 42), (-34, 32)],
        white,
    )
    p.blob([(-6, 20), (14, 10), (40, 4), (34, 24), (14, 34), (-2, 32)], shift(white, -0.04))
    p.line([(-24, 28), (-30, 8), (-16, -8), (-10, -24), (-20, -36), (-30, -32)], white, 11)
    p.disc(-27, -33, 8, white, 0.6)
    p.blob([(-33, -35), (-47, -29, 1), (-32, -28)], p.nat("#ee8233"), 0.4)
    p.blob([(-34, -36), (-30, -36), (-31, -31), (-36, -32)], DARK, 0)
    p.dot(-27, -35, 1.5, DARK)


@motif("flamingo", "animal")
def flamingo(p: Pen) -> None:
    pink = p.own("#f58fa3")
    p.line([(6, 22), (7, 36), (5, 49)], shift(pink, -0.10), 1.9)
    p.line([(10, 22), (20, 32), (8, 36)], shift(pink, -0.10), 1.9)
    p.blob([(-14, 6), (2, -8), (22, -6), (40, 8), (30, 20), (6, 26), (-12, 20)], pink)
    p.blob([(2, 0), (18, -2), (36, 8), (22, 16), (6, 14)], shift(pink, -0.06))
    p.line([(-9, 12), (-18, -4), (-6, -18), (-6, -34), (-18, -40)], pink, 6.5)
    p.disc(-18, -39, 6.5, pink, 0.5)
    p.blob([(-23, -42), (-34, -36), (-33, -26, 1), (-27, -33), (-20, -34)], p.cream, 0.4)
    p.blob([(-33, -34), (-33, -25, 1), (-28, -32)], DARK, 0)
    p.dot(-18, -41, 1.4, DARK)


@motif("frog", "animal")
def frog(p: Pen) -> None:
    green = p.own("#79b55a")
    light = mix(green, p.cream, 0.65)
    for side in (-1, 1):
        p.oval(side * 28, 32, 15, 15, shift(green, -0.03), 0.8, turn=side * 20)
        p.oval(side * 26, 46, 16, 4.4, shift(green, -0.05), 0.5)
        p.disc(side * 18, -20, 12, green)
    p.sym([(0, -16), (20, -14), (33, 4), (30, 30), (18, 46), (0, 48)], green)
    p.sym([(0, 16), (18, 14), (20, 32), (10, 44), (0, 45)], light, 0.4)
    for side in (-1, 1):
        p.disc(side * 18, -21, 8, "#ffffff", 0)
        p.dot(side * 17, -20, 4.6, DARK)
        p.dot(side * 17 - 1.6, -22, 1.5, "#ffffff")
        p.oval(side * 9, 46, 7, 3.6, green, 0.5)
    cheeks(p, 24, 4, 4.6)
    p.line([(-17, 4), (-8, 10), (0, 11), (8, 10), (17, 4)], DARK, 1.5)


@motif("pig", "animal")
def pig(p: Pen) -> None:
    pink = p.own("#f3aeb0")
    p.line([(26, 26), (36, 22), (36, 14), (30, 16)], shift(pink, -0.08), 2.2)
    p.sym([(0, -4), (18, 0), (29, 22), (26, 44), (0, 50)], pink)
    for side in (-1, 1):
        p.blob([(side * 3, 36), (side * 15, 36), (side * 15, 50), (side * 3, 50)], shift(pink, -0.03), 0.6)
        p.blob([(side * 8, -36), (side * 28, -46, 1), (side * 27, -24)], shift(pink, -0.05))
    p.sym([(0, -42), (17, -39), (28, -22), (24, -4), (12, 6), (0, 7)], pink)
    p.oval(0, -8, 12, 9, shift(pink, -0.07), 0.5)
    for side in (-1, 1):
        p.oval(side * 4.4, -8, 2, 3, shift(pink, -0.25), 0)
    eyes(p, 13, -22, 2.8)
    cheeks(p, 19, -10, 4.4)
    smile(p, 2, 3.4, 1)


@motif("cow", "animal")
def cow(p: Pen) -> None:
    white, patch = p.own("#f8f3ea"), p.nat("#4b4347")
    p.sym([(0, -6), (18, 0), (28, 22), (26, 44), (0, 50)], white)
    p.blob([(10, 4), (24, 12), (27, 28), (16, 30), (8, 18)], patch, 0.6)
    p.blob([(-24, 24), (-12, 26), (-14, 40), (-26, 40)], patch, 0.6)
    for side in (-1, 1):
        p.box(min(side * 4, side * 14), 36, max(side * 4, side * 14), 46, white, 2, 0.5)
        p.box(min(side * 4, side * 14), 44, max(side * 4, side * 14), 50, patch, 1.5, 0.4)
        p.line([(side * 11, -38), (side * 17, -46), (side * 15, -52)], p.nat("#d9c6a0"), 3.6)
        p.blob(
            [(side * 18, -34), (side * 32, -40), (side * 41, -30), (side * 30, -22), (side * 19, -24)],
            patch if side > 0 else white,
        )
    p.sym([(0, -42), (16, -39), (22, -22), (17, -4), (0, 4)], white)
    p.blob([(6, -41), (17, -38), (22, -22), (14, -12), (6, -22)], patch, 0.5)
    p.oval(0, -2, 16, 10, p.nat("#f3b9b4"), 0.6)
    for side in (-1, 1):
        p.oval(side * 6, -3, 2, 2.8, p.nat("#b9716f"), 0)
    p.dot(-10, -22, 2.8, DARK)
    p.dot(-11, -23, 0.9, "#ffffff")
    p.dot(11, -22, 2.8, "#ffffff")
    p.dot(11, -22, 1.9, DARK)
    smile(p, 3, 4, 1)
