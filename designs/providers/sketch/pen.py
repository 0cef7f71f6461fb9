"""The pen a motif draws with: shapes in the motif's own box, colors by name, a medium that paints them."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import skia

from designs.providers.sketch import paths
from designs.providers.sketch.color import argb, distance, lab, lightness, mix, shift
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.media import Medium
from designs.providers.sketch.palettes import Palette
from designs.providers.sketch.paths import Point
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.textures import tile

# canvas units a texel
TEXELS = {"grain": 0.8, "speckle": 0.95, "wash": 1.3, "paper": 0.9, "carved": 0.8, "wax": 0.9, "dots": 0.75}


class Pen:
    """A motif's box runs from -50 to 50 both ways, y down; what stands, stands on y = 50.

    `unit` is how many canvas units one unit of the box is. `night` dims natural colors; `fade` (0 to 1) moves every
    color into the haze of the distance.
    """

    def __init__(
        self,
        canvas: Any,
        medium: Medium,
        palette: Palette,
        *,
        unit: float = 1.0,
        dice: Dice,
        tint: str = "",
        fade: float = 0.0,
        args: Mapping[str, Any] | None = None,
        size: tuple[float, float] = (1000, 1400),
        photos: Gallery | None = None,
        style: str = "",
        fine: float = 9.0,
    ) -> None:
        self.canvas, self.medium, self.palette = canvas, medium, palette
        self.unit, self.dice, self.tint, self.fade = unit, dice, tint, fade
        self.args = dict(args or {})
        self.width, self.height = size
        self.photos, self.medium_name = photos, style
        self.fine = fine  # canvas units; shading on anything smaller is not seen and costs the most
        self._textures: dict[tuple[str, float], Any] = {}
        self._wobbles: dict[tuple[float, float, float], Any] = {}
        self._seed = dice.seed() % 100_000

    # Colors

    def own(self, natural: str) -> str:
        """The color that was asked for, or else the natural one."""
        if self.tint and self.palette.night and lightness(self.tint) < 0.36:
            return shift(self.tint, 0.12)  # a black cat at night is still to be seen
        return self.tint or self.nat(natural)

    def nat(self, color: str) -> str:
        """A color from nature, brought a little towards the palette and into the hour of the day."""
        tuned = mix(color, self.palette.glow, 0.04)
        return mix(shift(tuned, -0.10, 0.9), self.palette.sky[1], 0.14) if self.palette.night else tuned

    def acc(self, number: int) -> str:
        return self.palette.accents[number % 4]

    def leaf(self, number: int = 1) -> str:
        """Greens (or what passes for green in this palette), 0 pale, 1 middle, 2 dark."""
        return self.palette.land[number % 3]

    @property
    def paper(self) -> str:
        return self.palette.paper

    @property
    def deep(self) -> str:
        return self.palette.deep

    @property
    def cream(self) -> str:
        return self.nat("#fbf3e4")

    def hue(self, color: str) -> str:
        """What really goes onto the canvas: faded by distance."""
        color = self.medium.dye(color)
        return mix(color, self.palette.sky[1], self.fade) if self.fade else color

    def nearest_ink(self, color: str) -> str:
        """For prints from few blocks: paper, dark, or one strong color."""
        light, across, along = lab(color)
        if light > 0.88:
            return self.palette.paper
        if light < 0.36:
            return self.palette.deep
        if math.hypot(across, along) > 0.045:
            return shift(color, -0.03, 1.12)
        return min(
            (self.palette.deep, *self.palette.bright[:3], *self.palette.land[1:]),
            key=lambda ink: distance(ink, color),
        )

    # Shapes

    def fill(self, path: Any, color: str, shade: float = 1.0) -> None:
        self.medium.fill(self, path, self.hue(color), shade)

    def blob(self, points: Sequence[Point], color: str, shade: float = 1.0) -> None:
        self.fill(paths.smooth(points), color, shade)

    def sym(self, half: Sequence[Point], color: str, shade: float = 1.0) -> None:
        """A smooth shape, given by its right half from top to bottom."""
        self.fill(paths.smooth(paths.mirrored(half)), color, shade)

    def poly(self, points: Sequence[Point], color: str, shade: float = 1.0) -> None:
        self.fill(paths.polygon(points), color, shade)

    def oval(self, x: float, y: float, rx: float, ry: float, color: str, shade: float = 1.0, turn: float = 0) -> None:
        self.fill(paths.oval(x, y, rx, ry, turn), color, shade)

    def disc(self, x: float, y: float, radius: float, color: str, shade: float = 1.0) -> None:
        self.fill(paths.oval(x, y, radius, radius), color, shade)

    def bunch(self, discs: Sequence[tuple[float, float, float]], color: str) -> None:
        """Round things that make one form together (x, y, radius), the upper ones lighter. A block print cuts them as
        one, or their outlines would run through the form."""
        if self.medium.joins:
            whole = skia.Path()
            for x, y, radius in discs:
                whole.addCircle(x, y, radius)
            self.fill(skia.Simplify(whole), color, 0.8)
            return
        for x, y, radius in discs:
            self.disc(x, y, radius, shift(color, -0.0012 * y), 0.8)

    def box(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        color: str,
        r: float = 0,
        shade: float = 1,
    ) -> None:
        self.fill(paths.box(left, top, right, bottom, r), color, shade)

    def line(self, points: Sequence[Point], color: str, width: float, *, sharp: bool = False) -> None:
        path = paths.polygon(points, closed=False) if sharp else paths.smooth(points, closed=False)
        self.medium.stroke(self, path, self.hue(color), width)

    def dot(self, x: float, y: float, radius: float, color: str, alpha: float = 1.0) -> None:
        """A small flat mark in every medium: eyes, buttons, seeds."""
        self.canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=argb(self.hue(color), alpha)))

    def veil(self, path: Any, color: str, alpha: float, blur: float = 0) -> None:
        """A see-through flat layer, soft at the edge when `blur` (in units of the box) is given."""
        paint = skia.Paint(AntiAlias=True, Color=argb(self.hue(color), alpha))
        if blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        self.canvas.drawPath(path, paint)

    def glow(self, x: float, y: float, radius: float, color: str, strength: float = 0.8) -> None:
        """Light around a point; it adds to what is there."""
        stops = [argb(color, strength), argb(color, strength * 0.35), argb(color, 0)]
        shader = skia.GradientShader.MakeRadial((x, y), radius, stops, [0.0, 0.4, 1.0])
        paint = skia.Paint(AntiAlias=True, Shader=shader, BlendMode=skia.BlendMode.kScreen)
        self.canvas.drawCircle(x, y, radius, paint)

    def shadow(self, x: float, y: float, rx: float, ry: float, alpha: float = 0.28) -> None:
        """The soft dark under something that stands."""
        self.veil(paths.oval(x, y, rx, ry), shift(self.deep, 0.02), alpha * (1 - self.fade), blur=ry * 0.6)

    def pair(self, draw: Callable[[int], None]) -> None:
        """Draw for the left side (-1) and for the right (1)."""
        draw(-1)
        draw(1)

    def ring(self, count: int, draw: Callable[[int], None], start: float = 0.0) -> None:
        """Draw `count` times around the origin, turned evenly; the shape points up at the first."""
        for number in range(count):
            with self.at(turn=start + 360 * number / count):
                draw(number)

    @contextmanager
    def at(
        self,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        turn: float = 0,
        *,
        flip: bool = False,
    ) -> Iterator["Pen"]:
        """Move, scale and turn everything drawn inside the block."""
        self.canvas.save()
        unit = self.unit
        self.canvas.translate(x, y)
        if turn:
            self.canvas.rotate(turn)
        if scale != 1 or flip:
            self.canvas.scale(-scale if flip else scale, scale)
        self.unit = unit * abs(scale)
        try:
            yield self
        finally:
            self.unit = unit
            self.canvas.restore()

    @contextmanager
    def inside(self, path: Any) -> Iterator["Pen"]:
        """Everything drawn in the block is cut to the path."""
        self.canvas.save()
        self.canvas.clipPath(path, True)
        try:
            yield self
        finally:
            self.canvas.restore()

    # For media

    def shift(self, right: float, down: float) -> None:
        """Move on the page, whatever way the motif is turned."""
        matrix = self.canvas.getTotalMatrix()
        angle = math.atan2(matrix.getSkewY(), matrix.getScaleX())
        sign = -1 if matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY() < 0 else 1
        across = right * math.cos(angle) + down * math.sin(angle)
        along = -right * math.sin(angle) + down * math.cos(angle)
        self.canvas.translate(across, along * sign)

    def texture(self, name: str) -> Any:
        """The tile at its fixed size on the page."""
        texel = round(TEXELS[name] / self.unit, 4)
        if (name, texel) not in self._textures:
            self._textures[name, texel] = tile(name, texel)
        return self._textures[name, texel]

    def wobble(self, by: float, every: float = 9.0) -> Any:
        """An outline drawn by hand: it leaves its course by `by` canvas units every `every`."""
        known = (round(by, 1), every, round(self.unit, 4))
        if known not in self._wobbles:
            step, reach = every / self.unit, by / self.unit
            uneven = skia.DiscretePathEffect.Make(step, reach, self._seed)
            self._wobbles[known] = skia.PathEffect.MakeCompose(skia.CornerPathEffect.Make(step), uneven)
        return self._wobbles[known]
