"""City houses and landmarks of no city in particular."""

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.home import LAMPLIGHT, after_dark, lit
from designs.providers.sketch.pen import Pen


@motif("tower", "city", "tower block")
def tower(p: Pen) -> None:
    """A city house. args: half (half width), floors, kind (roof 0-4), color."""
    half, kind = float(p.args.get("half", 22)), int(p.args.get("kind", 0))
    wall = after_dark(p, p.own(p.acc(0))) if not p.fade else p.own(p.acc(0))
    trim = shift(wall, 0.07)
    p.box(-half, -34, half, 50, wall, 0)
    if kind == 0:
        p.box(-half - 1.5, -37, half + 1.5, -32, trim, 0.5, 0.5)
        p.box(-half * 0.5, -42, half * 0.1, -37, shift(wall, -0.05), 0.4, 0.5)
    elif kind == 1:
        p.poly([(-half - 2, -33), (half + 2, -33), (0, -50)], shift(wall, -0.1))
    elif kind == 2:
        p.box(-half * 0.66, -43, half * 0.66, -34, shift(wall, 0.02), 0, 0.8)
        p.box(-half * 0.34, -48, half * 0.34, -43, shift(wall, 0.04), 0, 0.8)
        p.line([(0, -48), (0, -58)], trim, 1)
    elif kind == 3:
        p.blob([(-half, -33, 1), (-half * 0.8, -44), (0, -50), (half * 0.8, -44), (half, -33, 1)], shift(wall, -0.06))
    else:
        p.poly([(-half, -33), (half, -33), (half, -46)], shift(wall, -0.05))
    _windows(p, half)


def _windows(p: Pen, half: float) -> None:
    floors = int(p.args.get("floors", 6))
    across = max(2, round(half / 5.5))
    light, dim = lit(p), mix(p.tint or p.acc(0), p.palette.deep, 0.35)
    step_x, step_y = half * 2 / (across + 0.5), 78 / floors
    for row in range(floors):
        for column in range(across):
            x, y = -half + step_x * (column + 0.75), -26 + step_y * row
            on = p.dice.chance(0.62 if p.palette.is_dark else 0.8)
            high = step_y * 0.27
            if on and light == LAMPLIGHT and not p.fade:
                p.glow(x, y, step_y * 0.8, light, 0.22)
            p.box(x - step_x * 0.26, y - high, x + step_x * 0.26, y + high, light if on else dim, 0.5, 0)


@motif("townhouse", "city")
def townhouse(p: Pen) -> None:
    """A narrow house with a gable over a shop. args: gable 0-2."""
    wall, trim = after_dark(p, p.own(p.acc(0))), after_dark(p, p.cream)
    p.box(-22, -22, 22, 50, wall, 0)
    _gable(p, wall)
    for y in (-12, 8):
        for x in (-12, 0, 12):
            _pane(p, x, y, trim)
    p.disc(0, -29, 4, lit(p), 0)
    _shop(p)
    if p.args.get("snow"):
        p.box(-23, -24, 23, -20, p.nat("#f8fbff"), 2, 0.3)


def _gable(p: Pen, wall: str) -> None:
    """Stepped, pointed or bell-shaped."""
    gable = int(p.args.get("gable", 0))
    if gable == 0:
        steps = [(22, -21), (22, -30), (13, -30), (13, -39), (5, -39), (5, -47)]
        p.poly([*((-x, y) for x, y in steps), *reversed(steps)], wall)
    elif gable == 1:
        p.poly([(-25, -21), (0, -50), (25, -21)], after_dark(p, shift(p.acc(1), -0.12)))
    else:
        half = [(22, -21, 1), (18, -32), (10, -34), (6, -46)]
        p.blob([*((-x, y, *corner) for x, y, *corner in half), (0, -49), *reversed(half)], shift(wall, 0.03))


def _pane(p: Pen, x: float, y: float, trim: str) -> None:
    """One of the windows; at night somebody has gone to bed behind every fourth."""
    light = lit(p) if lit(p) != LAMPLIGHT or p.dice.chance(0.75) else mix(trim, p.palette.deep, 0.55)
    if light == LAMPLIGHT:
        p.glow(x, y, 13, light, 0.34)
    p.box(x - 4, y - 7, x + 4, y + 7, trim, 0.6, 0)
    p.box(x - 3, y - 6, x + 3, y + 6, light, 0.4, 0)
    p.line([(x, y - 6), (x, y + 6)], trim, 0.6)


def _shop(p: Pen) -> None:
    """Door, shop window and awning."""
    p.box(-17, 24, -5, 50, after_dark(p, shift(p.acc(2), -0.05)), 1, 0.5)
    if lit(p) == LAMPLIGHT:
        p.glow(8, 34, 26, LAMPLIGHT, 0.45)
    p.box(0, 26, 17, 40, lit(p), 0.6, 0.2)
    p.poly([(-2, 20), (19, 20), (21, 27), (-4, 27)], after_dark(p, p.acc(1)), 0.4)


@motif("eiffel", "building", "iron tower")
def eiffel(p: Pen) -> None:
    iron = p.own(mix(p.deep, p.acc(1), 0.35))
    p.blob(
        [
            (-2, -50, 1),
            (2, -50, 1),
            (5, -14),
            (12, 14),
            (30, 50, 1),
            (17, 50, 1),
            (11, 36),
            (0, 30),
            (-11, 36),
            (-17, 50, 1),
            (-30, 50, 1),
            (-12, 14),
            (-5, -14),
        ],
        iron,
    )
    for y, half in ((-12, 7), (16, 15)):
        p.box(-half, y, half, y + 3.4, shift(iron, -0.07), 0.5, 0.3)
    for top, low in ((-8, 4), (4, 15), (20, 30)):
        wide = 4 + (low + 14) * 0.28
        p.line([(-wide * 0.7, top), (wide, low)], shift(iron, 0.13), 0.9)
        p.line([(wide * 0.7, top), (-wide, low)], shift(iron, 0.13), 0.9)
    p.line([(0, -49), (0, -58)], iron, 1.2)


@motif("bridge", "building")
def bridge(p: Pen) -> None:
    red = p.own(p.acc(0))
    for x in (-24, 24):
        p.box(x - 3.5, -44, x + 3.5, 44, red, 1)
        p.box(x - 5, -46, x + 5, -40, shift(red, 0.04), 1, 0.4)
    p.line([(-60, -2), (-42, -18), (-24, -42), (-12, -10), (0, 0), (12, -10), (24, -42), (42, -18), (60, -2)], red, 1.8)
    for x in range(-44, 48, 7):
        top = 2 - 42 * min(1, abs(abs(x) - 24) ** -0.35 * 0.55) if abs(x) != 24 else 0
        p.line([(x, top), (x, 14)], shift(red, 0.05), 0.7)
    p.box(-60, 12, 60, 18, shift(red, -0.06), 1)


@motif("lamp", "object", "street lamp")
def lamp(p: Pen) -> None:
    iron = p.own(mix(p.deep, p.nat("#333844"), 0.5))
    p.glow(0, -34, 70, "#ffdf94", 0.55)
    p.line([(0, -20), (0, 46)], iron, 3)
    p.box(-8, 44, 8, 50, iron, 1.5, 0.4)
    p.poly([(-7, -22), (7, -22), (10, -40), (-10, -40)], "#ffe9a8", 0)
    p.blob([(-13, -40, 1), (0, -50), (13, -40, 1)], iron)
    p.line([(-9, -12), (9, -12)], iron, 2.2)


@motif("bench", "object")
def bench(p: Pen) -> None:
    wood = p.own("#a8713f")
    for y in (0, 9, 20):
        p.box(-44, y, 44, y + 6, wood, 2)
    for x in (-34, 34):
        p.line([(x, -2), (x, 48)], p.deep, 3)


@motif("signpost", "object")
def signpost(p: Pen) -> None:
    wood = p.own("#a8713f")
    p.box(-3.5, -46, 3.5, 50, shift(wood, -0.08), 1)
    p.poly([(-30, -36), (28, -36), (40, -27), (28, -18), (-30, -18)], wood)
    p.poly([(30, -10), (-28, -10), (-40, -1), (-28, 8), (30, 8)], shift(wood, 0.05))
