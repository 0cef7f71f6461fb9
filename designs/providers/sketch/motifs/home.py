"""Houses and what stands in them."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import smooth
from designs.providers.sketch.pen import Pen

LAMPLIGHT = "#ffd977"
BY_NIGHT = 0.52  # of a wall's color goes to the dark: what stays bright drowns the light of its own windows


def lit(p: Pen) -> str:
    """The color of a window: lamplight in the evening and at night, sky by day."""
    lamps = p.palette.is_dark or p.palette.lamps or p.args.get("lit")
    return LAMPLIGHT if lamps else mix(p.palette.sky[0], "#ffffff", 0.35)


def after_dark(p: Pen, color: str) -> str:
    """A wall, a roof or a door as the night leaves it."""
    return mix(color, p.palette.land[1], BY_NIGHT) if p.palette.night else color


def window(p: Pen, x: float, y: float, half: float, high: float, frame: str) -> None:
    light = lit(p)
    if light == LAMPLIGHT:
        p.glow(x, y, half * 4.5, light, 0.5)
    p.box(x - half - 1.2, y - high - 1.2, x + half + 1.2, y + high + 1.2, frame, 0.8, 0.3)
    p.box(x - half, y - high, x + half, y + high, light, 0.4, 0.3)
    p.line([(x, y - high), (x, y + high)], frame, 0.9)
    p.line([(x - half, y), (x + half, y)], frame, 0.9)


def snowy_roof(p: Pen, points: list[tuple[float, float]]) -> None:
    if p.args.get("snow"):
        p.blob(points, p.nat("#f8fbff"), 0.5)


@motif("house", "building")
def house(p: Pen) -> None:
    wall, roof = (after_dark(p, color) for color in (p.own(p.dice.pick([p.cream, p.acc(3), p.acc(1)])), p.acc(0)))
    p.box(18, -38, 28, -12, shift(roof, -0.12), 1)
    p.box(-34, -8, 34, 50, wall, 1)
    p.poly([(0, -46), (44, -5), (-44, -5)], roof)
    snowy_roof(
        p,
        [(0, -50), (14, -36), (44, -7), (30, -12), (18, -18), (0, -34), (-18, -18), (-30, -12), (-44, -7), (-14, -36)],
    )
    p.box(-9, 18, 9, 50, after_dark(p, shift(p.acc(2), -0.06)), 3)
    p.dot(5, 35, 1.3, p.acc(1))
    for side in (-1, 1):
        window(p, side * 22, 14, 6, 7.5, after_dark(p, p.paper))
    p.disc(0, -20, 6, lit(p), 0.3)
    shrubs(p, (14, 22, 30, -14, -22, -30), 47, 5)


def shrubs(p: Pen, places: tuple[float, ...], y: float, radius: float) -> None:
    """Low green along a wall, in flower, or under snow."""
    snow = p.args.get("snow")
    for x in places:
        p.oval(x, y, radius * 1.15, radius, p.leaf(2), 0.7)
        if snow:
            p.oval(x, y - radius * 0.5, radius * 0.95, radius * 0.5, p.nat("#f8fbff"), 0.3)
            continue
        for number, (across, up) in enumerate(((-0.5, -0.2), (0.1, -0.55), (0.6, -0.05))):
            p.dot(x + across * radius, y + up * radius, radius * 0.17, p.acc(number % 2))


@motif("cottage", "building")
def cottage(p: Pen) -> None:
    wall, roof = after_dark(p, p.own(p.cream)), p.nat("#b98a4f")
    p.box(16, -34, 27, -10, p.nat("#a5604a"), 1)
    p.box(-36, 0, 36, 50, wall, 2)
    p.blob([(-47, 8), (-38, -14), (-16, -36), (0, -40), (16, -36), (38, -14), (47, 8), (30, 5), (0, 3), (-30, 5)], roof)
    snowy_roof(
        p,
        [
            (-47, 6),
            (-38, -16),
            (-16, -38),
            (0, -43),
            (16, -38),
            (38, -16),
            (47, 6),
            (34, -4),
            (20, -8),
            (6, -3),
            (-8, -9),
            (-24, -3),
        ],
    )
    p.blob([(-8, 50, 1), (-8, 28), (0, 21), (8, 28), (8, 50, 1)], after_dark(p, p.acc(2)))
    for side in (-1, 1):
        window(p, side * 22, 24, 6.5, 7, p.nat("#8a5f3f"))
    shrubs(p, (-42, -32, -16, 15, 31, 42), 46, 6)


@motif("church", "building")
def church(p: Pen) -> None:
    wall, roof = after_dark(p, p.own(p.cream)), p.nat("#5a6b86")
    p.box(-6, 2, 38, 50, wall, 1)
    p.poly([(-8, 4), (16, -16), (41, 4)], roof)
    p.box(-32, -12, -4, 50, wall, 1)
    p.poly([(-18, -50), (-1, -10), (-35, -10)], roof)
    for x, y in ((-18, 6), (10, 22), (26, 22)):
        p.blob([(x - 4, y + 9, 1), (x - 4, y - 2), (x, y - 8), (x + 4, y - 2), (x + 4, y + 9, 1)], lit(p), 0.3)
    p.blob([(-25, 50, 1), (-25, 34), (-18, 26), (-11, 34), (-11, 50, 1)], p.acc(0))
    snowy_roof(p, [(-8, 3), (16, -19), (42, 3), (26, -2), (16, -8), (4, -2)])


@motif("castle", "building")
def castle(p: Pen) -> None:
    wall, roof = (after_dark(p, color) for color in (p.own(mix(p.acc(3), p.cream, 0.5)), p.acc(0)))
    p.box(-26, 0, 26, 50, wall, 1)
    for x in (-22, -8, 6, 20):
        p.box(x - 4, -6, x + 4, 2, wall, 0.5, 0.5)
    for x, top, half in ((-34, -12, 10), (34, -12, 10), (0, -24, 11)):
        p.box(x - half, top, x + half, 50 if x else 4, shift(wall, 0.02), 1)
        p.poly([(x, top - 26), (x + half + 4, top + 1), (x - half - 4, top + 1)], roof)
        p.poly([(x, top - 34), (x + 10, top - 30), (x, top - 26)], p.acc(1), 0)
        p.line([(x, top - 35), (x, top - 24)], p.deep, 0.8)
        p.blob(
            [(x - 3, top + 18, 1), (x - 3, top + 10), (x, top + 7), (x + 3, top + 10), (x + 3, top + 18, 1)],
            lit(p),
            0,
        )
    p.blob([(-10, 50, 1), (-10, 30), (0, 20), (10, 30), (10, 50, 1)], p.nat("#6b4630"))


@motif("lighthouse", "building")
def lighthouse(p: Pen) -> None:
    red = p.own(p.acc(0))
    p.glow(0, -34, 70, "#ffe59a", 0.5)
    p.poly([(-10, -24), (10, -24), (17, 50), (-17, 50)], p.cream)
    for top, low in ((-12, 4), (20, 36)):
        above, below = 10 + (top + 24) / 74 * 7, 10 + (low + 24) / 74 * 7
        p.poly([(-above, top), (above, top), (below, low), (-below, low)], red)
    p.box(-14, -27, 14, -23, p.deep, 1)
    p.box(-8, -40, 8, -27, "#ffe9a8", 1, 0.3)
    p.line([(0, -40), (0, -27)], p.deep, 1)
    p.blob([(-11, -40, 1), (0, -51), (11, -40, 1)], red)
    p.blob([(-4.5, 50, 1), (-4.5, 42), (0, 38), (4.5, 42), (4.5, 50, 1)], p.deep, 0.4)


@motif("windmill", "building")
def windmill(p: Pen) -> None:
    p.poly([(-13, -14), (13, -14), (22, 50), (-22, 50)], p.own(p.cream))
    p.blob([(-16, -12, 1), (-10, -28), (0, -32), (10, -28), (16, -12, 1)], p.acc(0))
    p.blob([(-6, 50, 1), (-6, 36), (0, 31), (6, 36), (6, 50, 1)], p.acc(2))
    window(p, 0, 8, 4, 5, p.nat("#8a5f3f"))
    with p.at(0, -16, turn=20):
        for number in range(4):
            with p.at(turn=90 * number):
                p.line([(0, 0), (0, -40)], p.nat("#7a563e"), 2)
                p.poly([(1, -8), (11, -10), (11, -39), (1, -39)], p.paper, 0.5)
                for y in (-17, -24, -31):
                    p.line([(1, y), (11, y)], p.nat("#b08a66"), 0.6)
    p.disc(0, -16, 3.6, p.nat("#7a563e"), 0.4)


@motif("barn", "building")
def barn(p: Pen) -> None:
    red = after_dark(p, p.own("#b9423a"))
    p.poly([(-36, 50), (-36, -4), (-26, -26), (0, -42), (26, -26), (36, -4), (36, 50)], red)
    p.line([(-40, -2), (-28, -27), (0, -45), (28, -27), (40, -2)], p.nat("#5d4038"), 5, sharp=True)
    p.box(-15, 12, 15, 50, shift(red, -0.07), 1)
    for corners in (((-15, 12), (15, 50)), ((15, 12), (-15, 50))):
        p.line(list(corners), p.cream, 2.2)
    p.line([(-15, 50), (-15, 12), (15, 12), (15, 50)], p.cream, 2.4, sharp=True)
    p.box(-7, -20, 7, -6, p.cream, 1, 0.4)
    p.box(-5, -18, 5, -7, lit(p), 0.5, 0.3)
    if lit(p) == LAMPLIGHT:
        p.glow(0, -12, 20, LAMPLIGHT, 0.5)


@motif("tent", "building")
def tent(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.glow(0, 30, 60, "#ffd977", 0.3 if p.palette.is_dark else 0)
    p.poly([(0, -30), (46, 50), (-46, 50)], color)
    p.poly([(0, -30), (46, 50), (22, 50)], shift(color, -0.09), 0.5)
    p.poly([(-4, -22), (10, 50), (-22, 50)], "#ffd98c" if p.palette.is_dark else shift(color, -0.2), 0.4)
    p.poly([(-4, -22), (-4, 26), (-22, 50)], shift(color, 0.05), 0.5)
    for side in (-1, 1):
        p.line([(0, -30), (side * 4, -38)], p.nat("#7a563e"), 1.8)


@motif("teddy", "object", "teddy bear")
def teddy(p: Pen) -> None:
    from designs.providers.sketch.motifs import motifs

    tint = p.tint
    p.tint = tint or p.nat("#c99a66")
    motifs()["bear"].draw(p)
    p.tint = tint
    for side in (-1, 1):
        p.blob([(0, 5), (side * 13, -3), (side * 15, 13), (side * 3, 8)], p.acc(0))
    p.disc(0, 5.5, 3.6, shift(p.acc(0), -0.07))


@motif("pram", "object")
def pram(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(-34, -4), (-44, -20), (-50, -20)], p.deep, 2.4)
    p.fill(smooth([(0, 4, 1), (0, -42, 1), (26, -34), (42, -12), (43, 4, 1)]), shift(color, -0.03))
    for end in ((16, -38), (34, -24)):
        p.line([(0, 3), (end[0] * 0.6, end[1] * 0.5), end], shift(color, -0.12), 1.2)
    p.blob([(-36, 4, 1), (43, 4, 1), (36, 24), (16, 32), (-12, 31), (-30, 22)], color)
    p.line([(-35, 6), (0, 7), (42, 6)], p.cream, 3)
    for x in (-18, 24):
        p.line(
            [(x + 8 * math.cos(a * math.tau / 16), 42 + 8 * math.sin(a * math.tau / 16)) for a in range(17)],
            p.deep,
            2.2,
        )
        p.dot(x, 42, 2.2, p.acc(1))
    p.sym([(0, 14, 1), (5, 11), (9, 16), (0, 25)], mix(color, p.paper, 0.75), 0.3)


@motif("bottle", "object", "baby bottle")
def bottle(p: Pen) -> None:
    with p.at(turn=12):
        p.sym([(0, -50), (6, -46), (5, -38), (10, -34), (0, -32)], p.nat("#f0c08a"))
        p.box(-16, -34, 16, -24, p.own(p.acc(0)), 3)
        p.box(-18, -24, 18, 46, p.nat("#eef5f8"), 9, 0.6)
        p.box(-15, 0, 15, 43, p.nat("#fffaf0"), 7, 0.3)
        for y in (-8, 4, 16, 28):
            p.line([(6, y), (14, y)], p.acc(2), 1.4)


@motif("stork", "animal")
def stork(p: Pen) -> None:
    white, black, red = p.cream, p.nat("#33313a"), p.nat("#e8663c")
    for x in (-2, 6):
        p.line([(x, 20), (x + 1, 34), (x - 1, 49)], red, 1.8)
    p.blob([(-14, 8), (6, -6), (28, 2), (44, 16), (30, 24), (2, 26)], white)
    p.blob([(14, 6), (32, 8), (48, 22, 1), (30, 24), (16, 18)], black, 0.7)
    p.blob([(-14, 14), (-20, -10), (-16, -32), (-8, -36), (-7, -18), (0, -2)], white)
    p.disc(-12, -38, 8, white)
    p.blob([(-18, -41), (-48, -33, 1), (-17, -35)], red, 0.5)
    p.dot(-14, -40, 1.5, black)
    p.blob([(-48, -33), (-54, -14), (-46, 0), (-38, -2), (-33, -14), (-40, -24)], p.own(p.acc(0)), 0.8)


@motif("vase", "object", "vase of flowers")
def vase(p: Pen) -> None:
    bouquet_of(p, 0, -6, 0.62)
    color = p.own(p.acc(2))
    p.sym([(0, 4), (11, 4), (9, 12), (19, 26), (18, 42), (11, 50), (0, 50)], color)
    p.line([(-17, 28), (0, 31), (17, 28)], mix(color, p.paper, 0.6), 2)


def bouquet_of(p: Pen, x: float, y: float, scale: float) -> None:
    """Stems that fan out upwards from (x, y), greens behind, blooms before them. args: blooms, tints (one each)."""
    from designs.providers.sketch.motifs import motifs
    from designs.providers.sketch.motifs.flowers import NATURAL

    tint, names = p.tint, p.args.get("blooms") or ("peony", "rose", "anemone", "daisy", "cosmos")
    tints = p.args.get("tints") or ("",) * len(names)
    for number, turn in enumerate((-58, 56, -36, 34, -12, 14, 0)):
        with p.at(x, y, scale * 0.9, turn):
            p.tint = p.leaf(1 + number % 2)
            with p.at(0, -38):
                motifs()[("sprig", "eucalyptus", "fern", "berries")[number % 4]].draw(p)
    spots = (
        (-34, -30, 0.34),
        (33, -32, 0.34),
        (-17, -56, 0.34),
        (19, -55, 0.36),
        (0, -72, 0.3),
        (0, -32, 0.46),
        (-17, -14, 0.3),
        (18, -12, 0.3),
    )
    for number, (across, up, size) in enumerate(spots):
        with p.at(x + across * scale, y + up * scale, size * scale, number * 37):
            name, wanted = names[number % len(names)], tints[number % len(names)]
            p.tint = wanted or ("" if name in NATURAL else tint if tint and number % 3 == 0 else p.acc(number))
            motifs()[name].draw(p)
    p.tint = tint


@motif("bouquet", "object", "bouquet")
def bouquet(p: Pen) -> None:
    bouquet_of(p, 0, 10, 0.78)
    paper = mix(p.acc(3), p.paper, 0.4)
    p.poly([(-24, 2), (24, 2), (8, 50), (-8, 50)], paper)
    p.poly([(-24, 2), (2, 16), (6, 50), (-8, 50)], shift(paper, -0.05), 0.6)
    for side in (-1, 1):
        p.blob([(0, 28), (side * 15, 20), (side * 17, 34)], p.acc(0))
    p.disc(0, 28, 4, shift(p.acc(0), -0.06))


@motif("plant-pot", "object", "pot plant")
def plant_pot(p: Pen) -> None:
    from designs.providers.sketch.motifs.leaves import leaf

    green = p.leaf(2)
    for number, turn in enumerate((-66, 62, -40, 38, -14, 12)):
        with p.at(0, 14, turn=turn):
            leaf(p, 58 - abs(turn) * 0.2, 19, shift(green, 0.04 * (number % 3)))
    pot = p.own(p.nat("#c9704a"))
    p.poly([(-22, 18), (22, 18), (16, 50), (-16, 50)], pot)
    p.box(-25, 10, 25, 20, shift(pot, 0.03), 2)


@motif("book", "object")
def book(p: Pen) -> None:
    cover = p.own(p.acc(0))
    p.blob(
        [
            (-49, -18, 1),
            (-24, -24),
            (0, -16, 1),
            (24, -24),
            (49, -18, 1),
            (49, 30, 1),
            (24, 24),
            (0, 34, 1),
            (-24, 24),
            (-49, 30, 1),
        ],
        cover,
    )
    for side in (-1, 1):
        p.blob(
            [(0, -18, 1), (side * 22, -27), (side * 45, -22, 1), (side * 45, 23, 1), (side * 22, 18), (0, 28, 1)],
            p.cream,
            0.6,
        )
        for y in (-12, -4, 4, 12):
            p.line([(side * 7, y + 2), (side * 22, y - 4), (side * 39, y)], mix(p.cream, p.deep, 0.25), 1.1)


@motif("envelope", "object", "letter")
def envelope(p: Pen) -> None:
    color = p.own(p.acc(3))
    p.box(-44, -26, 44, 32, color, 3)
    p.poly([(-43, -25), (43, -25), (0, 10)], shift(color, -0.05))
    with p.at(0, 6, 0.22):
        from designs.providers.sketch.motifs.party import heart_shape

        heart_shape(p, p.acc(0))


@motif("armchair", "object")
def armchair(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.box(-30, -34, 30, 30, color, 14)
    p.box(-26, 12, 26, 36, shift(color, 0.04), 8)
    for side in (-1, 1):
        p.box(min(side * 24, side * 42), 0, max(side * 24, side * 42), 40, shift(color, -0.03), 8)
        p.box(side * 32 - 2.5, 38, side * 32 + 2.5, 50, p.nat("#7a563e"), 1, 0.4)
    p.box(-13, -12, 13, 14, p.acc(1), 5)


@motif("fireplace", "object")
def fireplace(p: Pen) -> None:
    stone = p.own(p.cream)
    p.box(-42, -30, 42, 50, stone, 2)
    p.box(-48, -38, 48, -28, shift(stone, -0.07), 2)
    p.blob([(-26, 50, 1), (-26, 4), (0, -10), (26, 4), (26, 50, 1)], p.nat("#2d2226"), 0.4)
    p.glow(0, 34, 60, "#ffb04a", 0.6)
    for x, high, color in ((-9, 24, "#f0702a"), (9, 26, "#f0702a"), (0, 38, "#f79a2e"), (0, 22, "#ffd76a")):
        p.blob([(x, 48 - high, 1), (x + 9, 36), (x, 48), (x - 9, 36)], color, 0)
    p.line([(-16, 48), (16, 44)], p.nat("#7a4f35"), 5)
    p.line([(16, 48), (-16, 44)], p.nat("#6b432c"), 5)
