"""What is in the sky or falls from it."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import oval, smooth
from designs.providers.sketch.pen import Pen


@motif("sun", "sky")
def sun(p: Pen) -> None:
    gold = p.own(mix(p.palette.glow, p.nat("#ffc14a"), 0.5))
    p.glow(0, 0, 130, p.palette.glow, 0.55)
    p.disc(0, 0, 34, gold, 0.4)


@motif("smiling-sun", "hero-sky", "sun")
def smiling_sun(p: Pen) -> None:
    gold = p.own("#f9bd36")
    p.ring(14, lambda number: p.blob([(-6, -33), (0, -50 + 6 * (number % 2), 1), (6, -33)], shift(gold, -0.05), 0.5))
    p.disc(0, 0, 33, gold)
    for side in (-1, 1):
        p.line([(side * 16, -4), (side * 11, -9), (side * 6, -4)], p.nat("#8a4b1f"), 2.2)
        p.dot(side * 17, 6, 5, p.nat("#f07a4a"), 0.5)
    p.line([(-8, 8), (0, 14), (8, 8)], p.nat("#8a4b1f"), 2.2)


@motif("moon", "sky")
def moon(p: Pen) -> None:
    pale = p.tint or mix("#fff3cf", p.palette.glow, 0.3)
    p.glow(0, 0, 120, pale, 0.42)
    p.disc(0, 0, 32, pale, 0.5)
    for x, y, radius in ((-10, -8, 6), (9, 6, 8), (12, -14, 3.4), (-8, 14, 4)):
        p.disc(x, y, radius, shift(pale, -0.05), 0.3)


@motif("crescent", "sky", "crescent moon")
def crescent(p: Pen) -> None:
    pale = p.tint or mix("#fff0c4", p.palette.glow, 0.35)
    p.glow(-4, 0, 110, pale, 0.42)
    p.blob([(12, -38, 1), (-16, -30), (-32, 0), (-16, 30), (12, 38, 1), (-4, 22), (-10, 0), (-4, -22)], pale, 0.5)


def five_points(radius: float, inner: float, points: int = 5) -> list[tuple[float, float]]:
    spots = []
    for number in range(points * 2):
        reach, angle = (inner if number % 2 else radius), math.pi * number / points - math.pi / 2
        spots.append((reach * math.cos(angle), reach * math.sin(angle)))
    return spots


@motif("star", "flyer")
def star(p: Pen) -> None:
    gold = p.tint or "#f7c548"  # not p.nat: it shines, and night does not dim it
    p.glow(0, 0, 70, gold, 0.25)
    p.poly(five_points(48, 21), gold)


@motif("twinkle", "flyer", "star")
def twinkle(p: Pen) -> None:
    light = p.own(p.palette.glow)
    p.glow(0, 0, 60, light, 0.4)
    p.blob([(0, -48, 1), (5, -5), (48, 0, 1), (5, 5), (0, 48, 1), (-5, 5), (-48, 0, 1), (-5, -5)], light, 0)


@motif("shooting-star", "flyer", "shooting star")
def shooting_star(p: Pen) -> None:
    gold = p.tint or "#f7c548"
    for lean, reach in ((-9, 70), (0, 92), (9, 66)):
        p.veil(
            smooth([(18 - 4, -18 + lean), (18 - reach * 0.8, -18 + reach * 0.5 + lean, 1), (20, -14 + lean)]),
            gold,
            0.5,
        )
    with p.at(24, -22, 0.5, 15):
        p.poly(five_points(48, 21), gold)


@motif("lightning", "sky")
def lightning(p: Pen) -> None:
    light = p.own("#fff0a8")
    p.glow(0, 0, 70, light, 0.45)
    p.poly([(6, -50), (-16, 4), (-2, 2), (-14, 50), (18, -12), (4, -9), (20, -50)], light, 0.3)


@motif("cloud", "sky")
def cloud(p: Pen) -> None:
    white = p.own(mix(p.palette.sky[1], p.palette.paper, 0.75))
    if p.palette.night:
        white = mix(p.palette.sky[1], p.palette.sky[0], 0.25)
    p.blob(
        [
            (-48, 16),
            (-44, 2),
            (-30, -4),
            (-24, -18),
            (-6, -24),
            (8, -16),
            (20, -18),
            (30, -6),
            (44, -2),
            (49, 12),
            (40, 19),
            (0, 20),
            (-40, 20),
        ],
        white,
        0.55,
    )


@motif("rainbow", "hero-sky")
def rainbow(p: Pen) -> None:
    colors = [p.nat(color) for color in ("#ec6a5e", "#f4a04a", "#f7d45c", "#79c07d", "#5a9fd8", "#9a7fd0")]
    for number, color in enumerate(colors):
        reach = 49 - number * 5.6
        points = [
            (reach * math.cos(math.pi * step / 12), 22 - reach * math.sin(math.pi * step / 12)) for step in range(13)
        ]
        p.line(points, color, 5.8)
    for side in (-1, 1):
        with p.at(side * 34, 26, 0.42):
            p.tint = ""
            cloud(p)


@motif("snowflake", "flyer")
def snowflake(p: Pen) -> None:
    white = p.own("#ffffff" if p.palette.is_dark else mix(p.palette.land[2], p.palette.paper, 0.4))
    style = p.dice.whole(0, 2)

    def arm(_: int) -> None:
        p.line([(0, 0), (0, -46)], white, 3.2)
        for y, reach in ((-18, 10), (-31, 13)) if style else ((-24, 15),):
            for side in (-1, 1):
                p.line([(0, y), (side * reach * 0.8, y - reach * 0.72)], white, 2.8)
        if style == 2:
            p.dot(0, -47, 3.4, white)

    p.ring(6, arm)
    p.disc(0, 0, 5, white, 0)


@motif("raindrop", "flyer")
def raindrop(p: Pen) -> None:
    p.sym([(0, -46, 1), (14, -10), (24, 14), (15, 38), (0, 44)], p.own("#6fa8d8"))
    p.veil(oval(-9, 18, 4, 9, 18), "#ffffff", 0.5)


@motif("planet", "hero-sky")
def planet(p: Pen) -> None:
    color, ring = p.own(p.acc(0)), p.acc(1)
    with p.at(turn=-18):
        p.line([(math.cos(a / 12 * math.pi) * 49, -math.sin(a / 12 * math.pi) * 12) for a in range(13)], ring, 4)
        p.disc(0, 0, 30, color)
        with p.inside(oval(0, 0, 30, 30)):
            for y, high in ((-16, 5), (-2, 7), (15, 5)):
                p.oval(0, y, 34, high, shift(color, 0.07), 0.3)
        p.line([(math.cos(a / 12 * math.pi) * 49, math.sin(a / 12 * math.pi) * 12) for a in range(13)], ring, 4)


@motif("firework", "flyer")
def firework(p: Pen) -> None:
    colors = [p.own(p.acc(0)), p.acc(1), p.palette.glow]
    p.glow(0, 0, 60, colors[0], 0.35)
    for ring, (reach, count) in enumerate(((46, 18), (31, 12), (17, 8))):
        for number in range(count):
            angle = math.tau * (number + 0.3 * ring) / count
            x, y = math.cos(angle), math.sin(angle)
            color = colors[ring]
            p.line(
                [
                    (x * reach * 0.55, y * reach * 0.55),
                    (x * reach * 0.8, y * reach * 0.8 + 0.8),
                    (x * reach, y * reach + 2.4),
                ],
                color,
                1.5 - ring * 0.2,
            )
            p.dot(x * reach, y * reach + 2.4, 1.9 - ring * 0.3, mix(color, "#ffffff", 0.4))


@motif("kite", "flyer")
def kite(p: Pen) -> None:
    one, two = p.own(p.acc(0)), p.acc(1)
    p.line([(0, 20), (8, 30), (-4, 38), (6, 50)], p.deep, 0.9)
    for y in (30, 38, 45):
        p.poly([(0, y), (-5, y - 3), (-5, y + 3)], two, 0.3)
        p.poly([(0, y), (5, y - 3), (5, y + 3)], one, 0.3)
    for number, corners in enumerate(
        (
            ((0, -48), (28, -16), (0, -16)),
            ((0, -48), (-28, -16), (0, -16)),
            ((0, 22), (28, -16), (0, -16)),
            ((0, 22), (-28, -16), (0, -16)),
        )
    ):
        p.poly(list(corners), one if number in (0, 3) else two, 0.6)
