"""People, as a modern storybook has them: large heads, simple clothes, two dots and a smile; no two look alike."""

from designs.providers.sketch.color import distance, mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.motifs.faces import DARK
from designs.providers.sketch.motifs.figure import ADULT, CHILD, Build, Figure, torso
from designs.providers.sketch.pen import Pen

DENIM, SUIT, IVORY = "#4a5f86", "#333847", "#fbf5ec"


@motif("girl", "animal")
def girl(p: Pen) -> None:
    f = Figure(p, CHILD)
    way = f.style
    if way == 0:  # two plaits or puffs
        for side in (-1, 1):
            if f.curly:
                f.ball(side * 0.92, -0.72, 0.46)
            else:
                for number in range(4):
                    f.ball(side * (1.06 + 0.05 * number), 0.20 + 0.34 * number, 0.23 - 0.015 * number)
                f.ball(side * 1.06, 0.26, 0.13, p.acc(2), 0.2)
    elif way == 1:  # a pony tail
        f.curve([(0.70, -0.72), (1.36, -0.80), (1.66, -0.10), (1.40, 0.75), (1.20, 0.10), (0.80, -0.15)])
        f.ball(0.92, -0.58, 0.17, p.acc(2), 0.2)
    else:  # open, to the shoulders
        low = 1.12 if way == 2 else 0.72
        f.curve([(0, -1.12), (0.85, -0.82), (1.20, 0.0), (1.22, low), (0.6, low + 0.12), (-0.6, low + 0.12),
                 (-1.22, low), (-1.20, 0.0), (-0.85, -0.82)])  # fmt: skip
    f.legs(mix(p.paper, f.cloth, 0.12), bare=0.55, shoe="#8c3f3f")
    f.dress(f.cloth, 33, waist=False)
    if p.dice.sub("dots").chance(0.5):
        f.dots(mix(f.cloth, p.paper, 0.75), 33)
    f.arms(f.cloth, long=p.dice.sub("sleeves").chance(0.4))
    f.head()
    f.fringe()
    if way == 2:
        f.curve([(0.35, -1.02), (0.72, -1.30), (0.86, -0.92), (1.02, -0.62), (0.62, -0.72)], p.acc(2), 0.3)


@motif("boy", "animal")
def boy(p: Pen) -> None:
    f = Figure(p, CHILD)
    shorts = p.dice.sub("shorts").chance(0.5)
    trousers = p.nat(mix(DENIM, p.deep, 0.2))
    f.legs(trousers, bare=0.52 if shorts else 0.0, shoe="#e9e2d8" if shorts else "#6b4a36")
    f.top(f.cloth)
    b = f.build
    if p.dice.sub("stripes").chance(0.5):
        stripe = mix(f.cloth, p.paper, 0.78)
        with p.inside(torso(b)):
            for y in (b.neck_y + 6, b.neck_y + 12, b.neck_y + 18):
                p.box(-20, y, 20, y + 2.6, stripe, 0, 0)
    f.arms(f.cloth, long=not shorts)
    f.head()
    f.fringe()
    if not f.curly:
        f.curve([(-0.15, -1.05), (0.10, -1.34), (0.34, -1.08)])


@motif("child", "animal")
def child(p: Pen) -> None:
    (girl if p.dice.sub("who").chance(0.5) else boy)(p)


def _long_hair(f: Figure) -> None:
    if f.style == 0:  # a knot
        f.ball(0, -1.22, 0.46)
        return
    low = (0.0, 1.35, 0.62, 1.02)[f.style]
    wide = 1.26 if f.curly else 1.16
    f.curve([(0, -1.14), (0.85, -0.85), (wide, 0.0), (wide + 0.04, low), (0.6, low + 0.14), (-0.6, low + 0.14),
             (-wide - 0.04, low), (-wide, 0.0), (-0.85, -0.85)])  # fmt: skip


@motif("woman", "animal")
def woman(p: Pen) -> None:
    f = Figure(p, ADULT)
    _long_hair(f)
    hem = 31.0 if p.dice.sub("hem").chance(0.5) else 38.0
    f.legs(f.skin, shoe="#5a3a3a")
    f.dress(f.cloth, hem)
    if p.dice.sub("dots").chance(0.4):
        f.dots(mix(f.cloth, p.paper, 0.75), hem)
    f.arms(f.cloth, long=p.dice.sub("sleeves").chance(0.6))
    f.head()
    f.fringe()


@motif("man", "animal")
def man(p: Pen) -> None:
    f = Figure(p, ADULT)
    f.legs(p.nat(mix(DENIM, p.deep, 0.35)), shoe="#5b4030")
    f.top(f.cloth)
    f.arms(f.cloth)
    f.head()
    if p.dice.sub("beard").chance(0.45):
        _beard(f, f.hair)
    f.fringe()


def _beard(f: Figure, color: str) -> None:
    f.curve([(-1.0, 0.02), (-0.72, 0.34), (-0.30, 0.34), (0, 0.38), (0.30, 0.34), (0.72, 0.34), (1.0, 0.02),
             (0.92, 0.66), (0.45, 1.08), (0, 1.16), (-0.45, 1.08), (-0.92, 0.66)], color, 0.5)  # fmt: skip
    r, y = f.build.head, f.build.head_y
    lips = [(-r * 0.18, y + r * 0.56), (0, y + r * 0.64), (r * 0.18, y + r * 0.56)]
    f.p.line(lips, mix(f.skin, "#ffffff", 0.2), r * 0.08)


@motif("grandma", "animal", "grandmother")
def grandma(p: Pen) -> None:
    f = Figure(p, ADULT, old=True)
    f.ball(0, -1.22, 0.50)
    f.legs(mix(f.skin, "#b9a6a0", 0.4), shoe="#6a4a4a")
    f.dress(mix(f.cloth, p.deep, 0.25), 37)
    if p.dice.sub("dots").chance(0.5):
        f.dots(mix(f.cloth, p.paper, 0.75), 37)
    b, warm = f.build, p.acc(p.dice.sub("cardigan").whole(0, 3))
    cardigan = warm if distance(warm, f.cloth) > 0.08 else mix(f.cloth, p.paper, 0.45)
    for side in (-1, 1):
        p.blob([(side * 3, b.neck_y), (side * b.half, b.neck_y + 3), (side * b.half * 1.02, b.hip_y - 2),
                (side * 5, b.hip_y), (side * 4.4, b.neck_y + 14)], cardigan)  # fmt: skip
    f.arms(cardigan)
    f.head()
    f.curve([(-1.06, 0.12), (-1.0, -0.58), (-0.5, -1.06), (0, -1.14), (0.5, -1.06), (1.0, -0.58), (1.06, 0.12),
             (0.84, -0.16), (0.5, -0.52), (0, -0.66), (-0.5, -0.52), (-0.84, -0.16)])  # fmt: skip
    f.glasses()


@motif("grandpa", "animal", "grandfather")
def grandpa(p: Pen) -> None:
    f = Figure(p, ADULT, old=True)
    f.legs(p.nat(p.dice.sub("trousers").pick(["#6f6256", "#4f5a6e", "#7d5a44", "#5f6b58"])), shoe="#4a3a30")
    f.top(p.cream)
    b = f.build
    for side in (-1, 1):
        p.blob([(side * 1.5, b.neck_y + 6), (side * b.half * 0.7, b.neck_y), (side * b.half, b.neck_y + 4),
                (side * b.half, b.hip_y + 2), (side * 1.5, b.hip_y + 2)], f.cloth)  # fmt: skip
    f.arms(p.cream)
    f.head()
    for side in (-1, 1):
        temple = ((0.80, -0.62), (1.14, -0.30), (1.14, 0.22), (0.92, 0.10), (0.84, -0.2))
        f.curve([(side * x, y) for x, y in temple])
    if p.dice.sub("beard").chance(0.4):
        _beard(f, f.hair)
    f.curve([(0, 0.34), (0.42, 0.38), (0.50, 0.62), (0.16, 0.54), (0, 0.50), (-0.16, 0.54), (-0.50, 0.62),
             (-0.42, 0.38)])  # fmt: skip
    f.glasses()


@motif("baby", "animal")
def baby(p: Pen) -> None:
    f = Figure(p, Build(-12.0, 22.0, 11.0, 13.0, 36.0, 18.0))
    suit = f.cloth if p.medium.joins else mix(f.cloth, p.paper, 0.35)  # a block print has no pale tones
    for side in (-1, 1):
        f.limb([(side * 10, 40), (side * 22, 43), (side * 27, 38)], suit, 12)
        p.oval(side * 28, 37, 5.5, 6.5, mix(suit, p.paper, 0.4), 0.4)
    p.sym([(0, 10), (10, 12), (15, 26), (16, 42), (8, 49), (0, 50)], suit)
    for side in (-1, 1):
        f.limb([(side * 11, 17), (side * 18, 26), (side * 14, 33)], suit, 8)
        p.disc(side * 13, 34, 4.2, f.skin, 0.4)
    f.head()
    f.curve([(-0.16, -0.96), (-0.10, -1.16), (0.16, -1.22), (0.30, -1.06), (0.12, -1.04), (0.16, -0.90)])


@motif("mother-and-baby", "animal", "mother with her baby")
def mother_and_baby(p: Pen) -> None:
    f = Figure(p, ADULT)
    _long_hair(f)
    f.legs(f.skin, shoe="#5a3a3a")
    f.dress(f.cloth, 38)
    f.head()
    f.fringe()
    blanket = mix(p.acc(3), p.paper, 0.35) if distance(p.acc(3), f.cloth) > 0.1 else mix(f.cloth, p.paper, 0.65)
    b = f.build
    f.limb([(b.half - 1.6, b.neck_y + 3.5), (b.half + 6, b.neck_y + 15), (4, b.neck_y + 24)], f.cloth, b.half * 0.56)
    p.blob([(-15, 2), (-8, -6), (4, -3), (15, 4), (16, 10), (4, 14), (-10, 11)], blanket)
    with p.at(-10.5, -1.5, 1, -24):
        p.disc(0, 0, 7.4, blanket, 0.4)
        p.disc(0.6, 0.8, 5.6, f.skin, 0.4)
        for side in (-1, 1):
            p.line([(side * 2.1 - 0.9, 1.4), (side * 2.1 + 0.6, 2.0), (side * 2.1 + 1.7, 1.4)], DARK, 0.55)
        p.line([(-0.6, 4), (0.6, 4.5), (1.8, 4)], DARK, 0.5)
    under = [(-b.half + 1.6, b.neck_y + 3.5), (-b.half - 6, b.neck_y + 16), (-3, b.neck_y + 28), (6, b.neck_y + 28)]
    f.limb(under, f.cloth, b.half * 0.56)
    p.disc(8, b.neck_y + 28, 3, f.skin, 0.3)


@motif("dancers", "animal", "dancing couple")
def dancers(p: Pen) -> None:
    """Two who hold hands and lean into the turn."""
    for side in (1, -1):
        with p.at(-side * 19, 0, 1, side * 5):
            f = Figure(p, ADULT, who=f"dancer {side}")
            f.hands = {side: "over", -side: "up"}
            if side == 1:
                _long_hair(f)
                f.legs(f.skin, shoe="#8c3f3f")
                f.dress(f.cloth, 36)
            else:
                f.cloth = p.paper if f.cloth == p.paper else mix(p.acc(2), p.deep, 0.25)
                f.legs(p.nat(mix(SUIT, p.deep, 0.3)), shoe="#3a2c28")
                f.top(f.cloth)
            f.arms(f.cloth)
            f.head()
            f.fringe()


@motif("bride", "animal")
def bride(p: Pen) -> None:
    f = Figure(p, ADULT)
    white, veil = p.own(IVORY), mix(p.cream, p.paper, 0.5)
    f.curve([(0, -1.22), (0.9, -0.9), (1.5, 0.6), (1.9, 2.6), (1.2, 4.2), (-1.2, 4.2), (-1.9, 2.6), (-1.5, 0.6),
             (-0.9, -0.9)], shift(veil, -0.015), 0.5)  # fmt: skip
    _long_hair(f)
    p.sym([(0, -19), (5.5, -18.5), (10, -14), (7.6, 2), (17, 26), (26, 48, 1), (12, 50), (0, 50)], white)
    f.hands = {-1: "busy", 1: "busy"}
    f.arms(white, long=False)
    f.head()
    f.fringe()
    for number, x in enumerate((-0.7, -0.36, 0, 0.36, 0.7)):
        f.ball(x, -0.98 + 0.4 * x * x, 0.15, (p.acc(0), mix(p.acc(1), p.paper, 0.3))[number % 2], 0.2)
    _posy(p, 0, 5)


def _posy(p: Pen, x: float, y: float) -> None:
    for turn in (-28, 0, 28):
        with p.at(x, y, 1, turn):
            p.oval(0, 8, 2.2, 7, p.leaf(1), 0.4)
    for number, (right, down) in enumerate(((-6, 1), (6, 1), (0, -4), (-3, 4), (4, 5), (0, 1))):
        p.disc(x + right, y + down, 4.1, (p.acc(0), mix(p.acc(3), p.paper, 0.3), p.acc(1))[number % 3], 0.4)
        p.dot(x + right, y + down, 1.3, mix(p.acc(1), p.paper, 0.5))


@motif("groom", "animal")
def groom(p: Pen) -> None:
    f = Figure(p, ADULT)
    suit = p.own(mix(SUIT, p.deep, 0.3))
    f.legs(suit, shoe="#2b2528")
    f.top(suit)
    b = f.build
    p.poly([(-4.5, b.neck_y - 1), (4.5, b.neck_y - 1), (0, b.neck_y + 15)], p.nat("#fdfaf4"), 0.2)
    f.arms(suit)
    f.head()
    f.fringe()
    for side in (-1, 1):
        p.poly([(0, b.neck_y + 2.2), (side * 5, b.neck_y - 0.6), (side * 5, b.neck_y + 5)], p.acc(0), 0.2)
    p.disc(-b.half * 0.62, b.neck_y + 9, 2.4, p.acc(0), 0.2)
