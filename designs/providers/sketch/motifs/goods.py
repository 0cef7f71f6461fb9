"""What shops sell: tableware, things for the desk and the shelf, jewelry, toys."""

import math

from designs.providers.sketch.color import mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.food import flame
from designs.providers.sketch.paths import box, oval
from designs.providers.sketch.pen import Pen


def label(p: Pen, left: float, top: float, right: float, low: float) -> None:
    """A paper label with lines that stand for words: words themselves are never drawn."""
    p.box(left, top, right, low, p.cream, 1.5, 0.3)
    wide, ink = right - left, mix(p.deep, p.cream, 0.35)
    for share, y in ((0.7, 0.32), (0.46, 0.52), (0.58, 0.72)):
        half, height = wide * share / 2, top + (low - top) * y
        middle = (left + right) / 2
        p.line([(middle - half, height), (middle + half, height)], ink, 1.3)


def sheen(p: Pen, x: float, y: float, rx: float, ry: float, turn: float = 0) -> None:
    p.veil(oval(x, y, rx, ry, turn), "#ffffff", 0.35)


def printed(p: Pen, x: float, y: float, size: float) -> bool:
    """The motif that was asked for, `size` across, in the middle of what bears it. args: print, print_tint."""
    from designs.providers.sketch.motifs import motifs

    name = str(p.args.get("print", ""))
    if not name:
        return False
    tint, p.tint = p.tint, str(p.args.get("print_tint", ""))
    with p.at(x, y, size / 100):
        motifs()[name].draw(p)
    p.tint = tint
    return True


@motif("mug", "object")
def mug(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(26, -22), (46, -20), (46, 16), (26, 22)], shift(color, -0.02), 7)
    p.box(-32, -40, 28, 50, color, 6)
    p.oval(-2, -40, 30, 6.5, shift(color, 0.06), 0.4)
    p.oval(-2, -39, 26, 4.8, shift(color, -0.16), 0.3)
    if p.args.get("print"):
        p.disc(-1, 8, 25, p.cream, 0.2)
        printed(p, -1, 7, 36)
    else:
        p.line([(-32, 30), (28, 30)], mix(color, p.paper, 0.5), 1.6)
        p.line([(-32, 34), (28, 34)], mix(color, p.paper, 0.5), 0.8)
    sheen(p, -28 if p.args.get("print") else -21, 0, 3.4, 24)


@motif("plate", "object")
def plate(p: Pen) -> None:
    """Leaning upright, so that its face is seen."""
    color = p.own(mix(p.acc(2), p.cream, 0.6))
    p.disc(0, 4, 46, color)
    p.disc(0, 4, 41, shift(color, 0.03), 0.3)
    p.disc(0, 4, 28, shift(color, -0.03), 0.5)
    p.disc(0, 4, 26, shift(color, 0.04), 0.3)
    printed(p, 0, 4, 38)
    for number in range(24):
        turn = math.tau * number / 24
        p.dot(37 * math.cos(turn), 4 + 37 * math.sin(turn), 1.5, p.acc(0))


@motif("bowl", "object")
def bowl(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.blob([(-46, -8, 1), (-40, 22), (-18, 44), (18, 44), (40, 22), (46, -8, 1)], color)
    p.oval(0, -8, 46, 9, shift(color, 0.07), 0.4)
    p.oval(0, -7, 41, 6.8, shift(color, -0.14), 0.4)
    p.box(-16, 43, 16, 50, shift(color, -0.07), 2)
    p.line([(-44, 4), (0, 14), (44, 4)], mix(color, p.paper, 0.55), 2)
    sheen(p, -30, 14, 3, 13, -24)


@motif("jug", "object")
def jug(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.line([(22, -26), (42, -18), (38, 18), (26, 24)], shift(color, -0.02), 6)
    p.sym([(0, -46), (17, -46), (15, -28), (30, 6), (26, 42), (14, 50), (0, 50)], color)
    p.blob([(-17, -46), (-28, -50), (-20, -36), (-14, -34)], shift(color, 0.02), 0.6)
    p.oval(-1, -46, 17, 3.6, shift(color, -0.12), 0.3)
    p.line([(-29, 12), (0, 20), (29, 12)], mix(color, p.paper, 0.6), 2)
    sheen(p, -19, 14, 3, 16, 6)


@motif("jar", "object", "candle in a glass")
def jar(p: Pen) -> None:
    wax, glass = p.own(p.cream), mix(p.palette.sky[1], "#ffffff", 0.6)
    p.glow(0, -22, 60, p.palette.glow, 0.4)
    p.box(-32, -34, 32, 50, glass, 5, 0.4)
    p.box(-28, -10, 28, 46, wax, 4, 0.6)
    p.oval(0, -10, 28, 5, shift(wax, 0.05), 0.3)
    p.line([(0, -11), (0, -17)], p.deep, 1.4)
    flame(p, 0, -15, 10)
    label(p, -19, 6, 19, 34)
    p.oval(0, -34, 32, 5, mix(glass, "#ffffff", 0.4), 0.3)
    sheen(p, -26, 8, 2.2, 30)


@motif("preserve", "object", "jar of honey")
def preserve(p: Pen) -> None:
    """A glass of something golden under a cloth."""
    amber, glass = p.own("#e2992b"), mix(p.palette.sky[1], "#ffffff", 0.6)
    p.blob([(-27, -22, 1), (27, -22, 1), (33, -10), (33, 44), (27, 50), (-27, 50), (-33, 44), (-33, -10)], glass, 0.4)
    p.blob([(-28, -12, 1), (28, -12, 1), (30, -4), (30, 42), (25, 47), (-25, 47), (-30, 42), (-30, -4)], amber, 0.9)
    p.oval(0, -12, 28, 4, shift(amber, 0.07), 0.3)
    label(p, -19, 4, 19, 30)
    cloth = p.acc(0)
    p.blob([(-29, -24, 1), (-25, -40), (0, -46), (25, -40), (29, -24, 1), (38, -15), (22, -19), (8, -14), (-8, -19),
            (-22, -14), (-38, -17)], cloth)  # fmt: skip
    for x, y in ((-16, -34), (0, -39), (16, -34), (-24, -24), (-8, -28), (9, -28), (24, -24)):
        p.dot(x, y, 2.2, p.cream)
    p.line([(-29, -23), (0, -20), (29, -23)], shift(cloth, -0.14), 2.2)
    sheen(p, -24, 16, 2.4, 22)


@motif("flask", "object", "bottle")
def flask(p: Pen) -> None:
    color = p.own(p.acc(2))
    p.sym([(0, -40), (8, -40), (8, -26), (22, -12), (22, 44), (18, 50), (0, 50)], color)
    p.box(-9, -50, 9, -38, shift(p.acc(1), -0.04), 2)
    label(p, -18, 4, 18, 34)
    sheen(p, -16, 16, 2.2, 24)


@motif("soap", "object")
def soap(p: Pen) -> None:
    color = p.own(p.acc(3))
    p.box(-40, 18, 40, 50, shift(color, -0.05), 5)
    p.box(-36, -8, 38, 22, color, 6)
    p.box(-14, -10, 14, 24, p.cream, 0, 0.4)
    p.line([(-14, -10), (-14, 24)], p.acc(0), 1.2)
    p.line([(14, -10), (14, 24)], p.acc(0), 1.2)
    with p.at(0, 6):
        p.ring(6, lambda number: p.oval(0, -6, 2.6, 5, p.acc(0), 0.3))
    p.disc(0, 6, 2.2, p.acc(1), 0.2)


@motif("board", "object", "cutting board")
def board(p: Pen) -> None:
    wood = p.own("#c79660")
    p.box(-32, -30, 32, 50, wood, 8)
    p.box(-8, -50, 8, -26, wood, 7)
    p.disc(0, -42, 3.4, shift(wood, -0.3), 0.2)
    with p.inside(box(-32, -30, 32, 50, 8)):
        for x in (-24, -13, 2, 12, 24):
            p.line([(x, -32), (x + 3, -4), (x - 2, 22), (x + 2, 52)], shift(wood, -0.07), 1.1)
    sheen(p, -24, 6, 1.6, 30)


@motif("notebook", "object")
def notebook(p: Pen) -> None:
    color = p.own(p.acc(0))
    with p.at(turn=-5):
        p.box(-31, -43, 36, 49, p.cream, 3, 0.4)
        for y in (-38, -34, 43, 46):
            p.line([(33, y), (35.5, y)], shift(p.cream, -0.12), 0.6)
        p.box(-35, -45, 32, 47, color, 4)
        p.box(-35, -45, -26, 47, shift(color, -0.09), 3, 0.4)
        p.box(19, -45, 23, 47, shift(p.acc(1), -0.02), 0, 0.3)
        if p.args.get("print"):
            p.disc(-3, -4, 20, p.cream, 0.2)
            printed(p, -3, -4, 29)
            return
        p.box(-14, -26, 12, -10, p.cream, 2, 0.3)
        for y in (-21, -16):
            p.line([(-9, y), (7, y)], mix(p.deep, p.cream, 0.4), 1.1)


@motif("desk-lamp", "object", "lamp")
def desk_lamp(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.glow(0, -2, 66, p.palette.glow, 0.42)
    p.box(-2.4, -6, 2.4, 44, p.acc(1), 1, 0.5)
    p.blob([(-20, 50, 1), (-16, 43), (0, 40), (16, 43), (20, 50, 1)], shift(p.acc(1), -0.05))
    p.blob([(-17, -48, 1), (17, -48, 1), (34, -4, 1), (-34, -4, 1)], color, 0.8)
    p.oval(0, -4, 34, 4.4, mix(p.palette.glow, "#ffffff", 0.4), 0.2)
    p.oval(0, -48, 17, 2.4, shift(color, -0.1), 0.2)


@motif("wall-clock", "object", "clock")
def wall_clock(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.disc(0, 3, 47, color)
    p.disc(0, 3, 39, p.cream, 0.4)
    with p.at(0, 3):
        p.ring(12, lambda hour: p.line([(0, -34), (0, -30 if hour % 3 else -27)], p.deep, 1.4 if hour % 3 else 2.4))
        p.line([(0, 0), (-13, -13)], p.deep, 3)
        p.line([(0, 0), (17, -17)], p.deep, 2)
    p.disc(0, 3, 3, p.acc(1), 0.3)


@motif("poster", "object", "framed print")
def poster(p: Pen) -> None:
    color = p.own("#8a6544")
    p.box(-36, -48, 36, 50, color, 1)
    p.box(-31, -43, 31, 45, p.cream, 0, 0.2)
    p.box(-23, -34, 23, 36, mix(p.palette.sky[1], p.palette.paper, 0.2), 0, 0.3)
    if printed(p, 0, 2, 42):
        return
    with p.inside(box(-23, -34, 23, 36)):
        p.disc(8, -12, 10, p.palette.glow, 0.4)
        p.blob([(-30, 12), (-10, -4), (6, 10), (30, 0), (30, 40), (-30, 40)], p.leaf(1), 0.6)
        p.blob([(-30, 26), (0, 14), (30, 24), (30, 40), (-30, 40)], p.leaf(2), 0.6)


@motif("planter", "object", "plant in a pot")
def planter(p: Pen) -> None:
    color = p.own("#c9734d")
    for number in range(9):
        lean = (number - 4) * 15
        with p.at(0, 10, turn=lean):
            p.blob([(0, 2, 1), (-7, -24), (0, -54 + abs(number - 4) * 4, 1), (7, -24)], p.leaf(number % 3), 0.7)
    p.blob([(-30, 8, 1), (30, 8, 1), (23, 50, 1), (-23, 50, 1)], color)
    p.box(-33, 2, 33, 14, shift(color, 0.03), 2)


@motif("necklace", "object")
def necklace(p: Pen) -> None:
    """On a bust of linen."""
    gold = p.own("#d3a543")
    p.sym([(0, -50), (10, -50), (11, -30), (36, -14), (42, 24), (32, 50), (0, 50)], mix(p.cream, p.palette.paper, 0.4))
    p.line([(-13, -30), (-16, -4), (0, 16), (16, -4), (13, -30)], gold, 1.7)
    p.sym([(0, 14), (7, 22), (5, 30), (0, 34)], p.acc(0), 0.6)
    p.disc(0, 15, 2.4, gold, 0.3)
    sheen(p, -2.4, 22, 1, 3)


@motif("ring-box", "object", "ring in a box")
def ring_box(p: Pen) -> None:
    gold, velvet = p.own("#d3a543"), shift(p.acc(0), -0.08)
    p.box(-38, -46, 38, 4, shift(velvet, -0.05), 6)
    p.box(-32, -40, 32, 4, p.cream, 4, 0.3)
    p.box(-40, 6, 40, 50, velvet, 6)
    p.box(-34, 2, 34, 14, shift(p.cream, -0.06), 3, 0.4)
    ring = [(17 * math.cos(turn / 20 * math.tau), -10 + 17 * math.sin(turn / 20 * math.tau)) for turn in range(21)]
    p.line(ring, gold, 3.6)
    p.poly([(-8, -32), (-4, -38), (4, -38), (8, -32), (0, -23)], mix(p.palette.sky[0], "#bfe3f5", 0.6), 0.8)


@motif("puzzle", "object", "jigsaw puzzle")
def puzzle(p: Pen) -> None:
    colors = [p.own(p.acc(0)), p.acc(1), p.acc(2), p.acc(3)]
    for number, (x, y) in enumerate(((-23, -18), (23, -18), (-23, 28), (23, 28))):
        p.box(x - 22, y - 22, x + 22, y + 22, colors[number], 3, 0.6)
    p.disc(0, -18, 7, colors[0], 0.3)
    p.disc(0, 28, 7, colors[3], 0.3)
    p.disc(-23, 5, 7, colors[2], 0.3)
    p.disc(23, 5, 7, colors[1], 0.3)


@motif("rattle", "object", "wooden toy")
def rattle(p: Pen) -> None:
    """Rings on a peg, as small hands like them."""
    wood = p.own("#d7ab72")
    p.box(-34, 40, 34, 50, wood, 5)
    for number, color in enumerate((p.acc(2), p.acc(1), p.acc(0), p.acc(3))):
        half, top = 31 - number * 5, 24 - number * 16
        p.box(-half, top, half, top + 15, color, 7.5)
    p.disc(0, -36, 10, wood, 0.7)


@motif("phone-case", "object", "phone case")
def phone_case(p: Pen) -> None:
    color = p.own(p.acc(3))
    p.box(-25, -50, 25, 50, color, 9)
    p.box(-19, -44, 1, -20, shift(color, -0.14), 6, 0.4)
    for x, y in ((-14, -38), (-5, -38), (-14, -27)):
        p.disc(x, y, 3.2, p.deep, 0.3)
    if printed(p, 0, 16, 44):
        return
    with p.at(2, 18, scale=1.1):
        p.ring(9, lambda number: p.oval(0, -11, 3.2, 8, p.acc(number % 3), 0.4))
        p.disc(0, 0, 4.4, p.acc(1), 0.3)


@motif("headphones", "object")
def headphones(p: Pen) -> None:
    color = p.own(p.acc(0))
    p.line([(-34, 16), (-34, -22), (0, -46), (34, -22), (34, 16)], shift(color, -0.05), 6)
    for side in (-1, 1):
        p.box(side * 32 - 11, 4, side * 32 + 11, 48, color, 9)
        p.box(side * 24 - 5, 8, side * 24 + 5, 44, p.deep, 5, 0.5)


@motif("chair", "object")
def chair(p: Pen) -> None:
    wood, seat = p.own("#b98450"), p.acc(2)
    for side in (-1, 1):
        p.line([(side * 25, 8), (side * 32, 50)], shift(wood, -0.06), 4.4)
        p.line([(side * 15, 8), (side * 17, 42)], shift(wood, -0.14), 3.4)
    p.blob([(-28, -8), (-27, -44), (0, -50), (27, -44), (28, -8), (0, -12)], wood)
    for x in (-13, 0, 13):
        p.line([(x, -38), (x, -12)], shift(wood, -0.12), 2.2)
    p.blob([(-34, 2), (0, -6), (34, 2), (32, 14), (0, 18), (-32, 14)], seat)


@motif("carton", "object", "box with a label")
def carton(p: Pen) -> None:
    """What we have no drawing of: its box, neat and honest."""
    color = p.own("#cfa271")
    p.poly([(-40, -22), (0, -38), (40, -22), (0, -6)], shift(color, 0.05), 0.4)
    p.poly([(-40, -22), (0, -6), (0, 50), (-40, 32)], color, 0.6)
    p.poly([(40, -22), (0, -6), (0, 50), (40, 32)], shift(color, -0.09), 0.6)
    p.poly([(-14, -32.5), (-6, -35.6), (34, -19.6), (26, -16.4)], mix(color, p.cream, 0.6), 0.2)
    with p.at(-20, 18, scale=0.62):
        label(p, -20, -14, 20, 20)
