"""The figure under every person: skin, hair and clothes by its own dice, and the parts it is put together from."""

from collections.abc import Sequence
from dataclasses import dataclass

import skia

from designs.providers.sketch.color import distance, mix, shift
from designs.providers.sketch.motifs.faces import DARK
from designs.providers.sketch.paths import Point, mirrored, oval, smooth
from designs.providers.sketch.pen import Pen

SKINS = ("#f6d3b8", "#efc19c", "#dba47a", "#b97f56", "#8f5a3a", "#6b4129")
HAIRS = ("#2b2228", "#3d2a22", "#5e3a26", "#8a5430", "#b9743a", "#d9ab5c")
SILVER = "#d5d3d6"


@dataclass(frozen=True, slots=True)
class Build:
    """Where a body's parts are: head (middle, radius), shoulders (height, half width), hips, how wide a skirt is."""

    head_y: float
    head: float
    neck_y: float
    half: float
    hip_y: float
    skirt: float


# Where elbow and hand are, from the shoulder: outwards and down.
POSES = {
    "down": ((4.2, 14.0), (6.0, 25.0)),
    "busy": ((4.5, 15.0), (-3.5, 21.0)),  # about what is held before the belly
    "up": ((8.5, 3.0), (12.0, -10.0)),
    "over": ((5.0, 12.0), (11.5, 14.0)),  # reaching for somebody's hand
}
ADULT = Build(-32.5, 13.5, -18.0, 11.0, 13.0, 19.0)
CHILD = Build(-25.0, 17.0, -7.0, 9.5, 18.0, 18.0)


class Figure:
    """One person under the pen: what was diced for him, and the parts he is put together from, back to front."""

    def __init__(self, p: Pen, build: Build, *, old: bool = False, who: str = "person") -> None:
        self.p, self.build = p, build
        dice = p.dice.sub(who)
        tone = dice.whole(0, len(SKINS) - 1)
        self.skin = p.nat(SKINS[tone])
        dark = tone > 3  # dark skin and fair hair seldom go together
        self.hair = p.nat(SILVER if old else HAIRS[dice.whole(0, 1 if dark else len(HAIRS) - 1)])
        self.curly = tone > 2 and dice.chance(0.6)
        self.style = dice.whole(0, 3)
        self.cloth = self._cloth(dice.whole(0, 3))
        pose = "busy" if p.args.get("busy") else "down"
        self.hands = {-1: pose, 1: pose}

    def _cloth(self, first: int) -> str:
        """What was asked for, else an accent that does not melt into the skin or the hair."""
        if self.p.tint:
            return self.p.own(self.p.tint)
        accents = [self.p.acc(first + number) for number in range(4)]
        return next((color for color in accents if distance(color, self.skin) > 0.13), accents[0])

    # Limbs

    def limb(self, points: Sequence[Point], color: str, width: float, shade: float = 0.7) -> None:
        """An arm or a leg: a line as a form, so that every medium shades and outlines it."""
        pen = skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=width, StrokeCap=skia.Paint.kRound_Cap,
                         StrokeJoin=skia.Paint.kRound_Join)  # fmt: skip
        whole = skia.Path()
        pen.getFillPath(smooth(points, closed=False), whole)
        self.p.fill(skia.Simplify(whole), color, shade)

    def legs(self, color: str, *, bare: float = 0.0, shoe: str = "#4a3a3a") -> None:
        """Trousers or stockings down to the shoes; `bare`: the share of a leg below a hem."""
        b = self.build
        for side in (-1, 1):
            x = side * b.half * 0.46
            knee = 45 - (45 - b.hip_y) * bare
            if bare:
                self.limb([(x, knee - 3), (x, 45)], self.skin, b.half * 0.48)
            self.limb([(x * 0.9, b.hip_y - 2), (x, knee)], color, b.half * 0.78)
            self.p.blob([(x - 4, 45), (x + 4, 45), (x + 4.6 + side, 50), (x - 4.6 + side, 50)], self.p.nat(shoe), 0.4)

    def arms(self, sleeve: str, *, long: bool = True) -> None:
        b = self.build
        for side in (-1, 1):
            shoulder = (side * (b.half - 1.6), b.neck_y + 3.5)
            elbow, hand = ((side * (b.half + x), b.neck_y + y) for x, y in POSES[self.hands[side]])
            self.limb([shoulder, elbow, hand], self.skin, b.half * 0.40)
            self.limb([shoulder, elbow, hand] if long else [shoulder, _between(shoulder, elbow, 0.55)],
                      sleeve, b.half * 0.56)  # fmt: skip
            self.p.disc(*_between(elbow, hand, 1.12), b.half * 0.27, self.skin, 0.3)

    # Clothes

    def top(self, color: str) -> None:
        """A shirt from the neck to the hips."""
        self.p.fill(torso(self.build), color)

    def dress(self, color: str, hem: float, *, waist: bool = True) -> None:
        b = self.build
        narrow = b.half * (0.72 if waist else 0.95)
        middle = b.neck_y + (b.hip_y - b.neck_y) * 0.62
        self.p.sym([(0, b.neck_y - 1), (b.half * 0.5, b.neck_y - 0.5), (b.half * 0.96, b.neck_y + 3), (narrow, middle),
                    (b.skirt * 0.80, (middle + hem) / 2 + 2), (b.skirt, hem, 1), (b.skirt * 0.5, hem + 1.8),
                    (0, hem + 2.2)], color)  # fmt: skip

    def dots(self, color: str, hem: float) -> None:
        """A pattern on a skirt."""
        for row, count in ((0.35, 3), (0.62, 4), (0.88, 5)):
            y = self.build.hip_y - 6 + (hem - self.build.hip_y + 6) * row
            for number in range(count):
                x = (number - (count - 1) / 2) * 6.2
                self.p.dot(x, y, 1.25, color, 0.9)

    # The head

    def head(self, *, asleep: bool = False) -> None:
        p, b = self.p, self.build
        r, y = b.head, b.head_y
        self.limb([(0, y + r * 0.7), (0, b.neck_y + 1)], shift(self.skin, -0.03), r * 0.52, 0.3)
        for side in (-1, 1):
            p.disc(side * r * 0.98, y + r * 0.16, r * 0.20, self.skin, 0.3)
        p.oval(0, y, r, r * 0.98, self.skin, 0.6)
        for side in (-1, 1):
            x = side * r * 0.40
            if asleep:
                p.line([(x - r * 0.14, y + r * 0.18), (x, y + r * 0.27), (x + r * 0.14, y + r * 0.18)], DARK, r * 0.075)
            else:
                p.dot(x, y + r * 0.18, r * 0.098, DARK)
            p.dot(side * r * 0.62, y + r * 0.44, r * 0.17, p.nat("#ee7f72"), 0.38)
        p.line([(-r * 0.20, y + r * 0.50), (0, y + r * 0.60), (r * 0.20, y + r * 0.50)], mix(DARK, self.skin, 0.15),
               r * 0.075)  # fmt: skip

    def curve(self, points: Sequence[Point], color: str = "", shade: float = 0.7) -> None:
        """A shape about the head, in radii from its middle."""
        b = self.build
        placed = [(x * b.head, b.head_y + y * b.head, *corner) for x, y, *corner in points]
        self.p.blob(placed, color or self.hair, shade)

    def ball(self, x: float, y: float, radius: float, color: str = "", shade: float = 0.6) -> None:
        b = self.build
        self.p.disc(x * b.head, b.head_y + y * b.head, radius * b.head, color or self.hair, shade)

    def fringe(self) -> None:
        """Hair over the brow, parted in one of three ways."""
        if self.curly:
            b = self.build
            curls = [(-0.88, -0.38, 0.30), (-0.62, -0.74, 0.34), (-0.2, -0.94, 0.36), (0.25, -0.93, 0.36),
                     (0.64, -0.72, 0.34), (0.88, -0.36, 0.30)]  # fmt: skip
            self.p.bunch([(x * b.head, b.head_y + y * b.head, r * b.head) for x, y, r in curls], self.hair)
            return
        brow = {0: [(0.55, -0.46), (0.0, -0.62), (-0.55, -0.44)], 1: [(0.62, -0.36), (-0.1, -0.58), (-0.62, -0.18)],
                2: [(0.62, -0.22), (0.02, -0.34), (-0.60, -0.22)],
                3: [(0.66, -0.15), (0.15, -0.62), (-0.56, -0.40)]}[self.style]  # fmt: skip
        self.curve([(-1.06, 0.10), (-0.98, -0.62), (-0.5, -1.08), (0.1, -1.16), (0.62, -1.02), (1.0, -0.58),
                    (1.06, 0.10), (0.90, -0.12), *brow, (-0.90, -0.12)])  # fmt: skip

    def glasses(self) -> None:
        b = self.build
        rim = self.p.nat("#5a4a4a")
        for side in (-1, 1):
            ring = oval(side * b.head * 0.40, b.head_y + b.head * 0.18, b.head * 0.27, b.head * 0.25)
            self.p.medium.stroke(self.p, ring, self.p.hue(rim), b.head * 0.07)
        self.p.line([(-b.head * 0.13, b.head_y + b.head * 0.14), (b.head * 0.13, b.head_y + b.head * 0.14)], rim,
                    b.head * 0.07)  # fmt: skip


def _between(one: Point, other: Point, share: float) -> tuple[float, float]:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def torso(b: Build) -> object:
    return smooth(mirrored([(0, b.neck_y - 1), (b.half * 0.5, b.neck_y - 0.5), (b.half, b.neck_y + 3),
                            (b.half * 0.95, b.hip_y - 8), (b.half, b.hip_y + 2, 1), (0, b.hip_y + 3)]))  # fmt: skip
