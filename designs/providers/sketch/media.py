"""Media: how one shape is painted. A style is a medium, a finish (see finish.py) and the composers it likes."""

from typing import TYPE_CHECKING, Any

import skia

from designs.providers.sketch.color import argb, lightness, mix, shift
from designs.providers.sketch.textures import grained, masked

if TYPE_CHECKING:
    from designs.providers.sketch.pen import Pen

BROAD = 46.0
RINGS = 6
PAGE_WIDE = 620.0  # hills and panels; a line about them would look like a mistake


def linear(bounds: Any, stops: list[str], lean: float = 0.35) -> Any:
    """A gradient from the upper left, where the light is, to the lower right of the bounds."""
    left, top = bounds.left() + bounds.width() * lean, bounds.top()
    right, bottom = bounds.right() - bounds.width() * lean * 0.5, bounds.bottom()
    return skia.GradientShader.MakeLinear([(left, top), (right, bottom)], [argb(stop) for stop in stops])


class Medium:
    """Gouache: a soft light over every shape and a little grain. The other media change parts of it."""

    grain = 0.08
    wash = 0.045
    depth = 0.09
    speckle = 0.22
    joins = False  # whether what stands close together is drawn as one shape

    def dye(self, color: str) -> str:
        """What this medium has for a color, down to the smallest dot."""
        return color

    def tone(self, color: str) -> str:
        return color

    def fill(self, pen: "Pen", path: Any, color: str, shade: float) -> None:
        color = self.tone(color)
        bounds = path.getBounds()
        extent = max(bounds.width(), bounds.height()) * pen.unit
        if extent < pen.fine or shade <= 0:
            self.flat(pen, path, color)
            return
        self.body(pen, path, color, shade, extent)

    def flat(self, pen: "Pen", path: Any, color: str, alpha: float = 1.0) -> None:
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(color, alpha)))

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        deep = self.shadow_of(color, pen, shade)
        gradient = linear(path.getBounds(), [shift(color, self.depth * 0.55 * shade, 1, 0.012 * shade), color, deep])
        paint = skia.Paint(AntiAlias=True, Shader=self.grained(pen, gradient))
        pen.canvas.drawPath(path, paint)
        if extent > BROAD and self.speckle:
            self.sprayed(pen, path, shift(deep, -0.07), self.speckle * shade)

    def shadow_of(self, color: str, pen: "Pen", shade: float) -> str:
        # White things would turn gray: what is light gets a lighter shadow.
        shade *= 1.0 if lightness(color) < 0.86 else 0.55
        return mix(shift(color, -self.depth * shade, 1.06), pen.palette.deep, 0.09 * shade)

    def grained(self, pen: "Pen", shader: Any) -> Any:
        return grained(shader, pen.texture("grain"), self.grain) if self.grain else shader

    def sprayed(self, pen: "Pen", path: Any, color: str, strength: float) -> None:
        """Speckles of shadow that gather at the lower right edge."""
        b = path.getBounds()
        ends = [(b.left() + b.width() * 0.3, b.top() + b.height() * 0.25), (b.right(), b.bottom())]
        fading = skia.GradientShader.MakeLinear(ends, [argb(color, 0), argb(color, strength)])
        shader = masked(fading, pen.texture("speckle"))
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))

    def stroke(self, pen: "Pen", path: Any, color: str, width: float) -> None:
        pen.canvas.drawPath(path, stroked(self.tone(color), width))


def stroked(color: str, width: float, alpha: float = 1.0) -> Any:
    return skia.Paint(
        AntiAlias=True,
        Color=argb(color, alpha),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap,
        StrokeJoin=skia.Paint.kRound_Join,
    )


class Watercolor(Medium):
    """Washes with dark edges, pigment that settles unevenly, and a hand that is not quite steady."""

    wash = 0.13

    def tone(self, color: str) -> str:
        return shift(color, 0.035, 0.92)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        wobble = pen.wobble(min(2.4, extent / 40))
        light = mix(shift(color, 0.07), pen.palette.paper, 0.22)
        gradient = linear(path.getBounds(), [light, color, shift(color, -0.035 * shade, 1.08)])
        pigment = grained(gradient, pen.texture("wash"), 0.24)
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=pigment, PathEffect=wobble))
        edge = stroked(shift(color, -0.11, 1.15), min(2.0, 0.6 + extent / 160) / pen.unit, 0.42)
        edge.setPathEffect(wobble)
        pen.canvas.drawPath(path, edge)

    def flat(self, pen: "Pen", path: Any, color: str, alpha: float = 1.0) -> None:
        super().flat(pen, path, color, alpha * 0.94)


class Botanical(Watercolor):
    """Watercolor under a fine pencil line, as in an old plant book."""

    def tone(self, color: str) -> str:
        return shift(color, 0.03, 0.82, 0.006)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        super().body(pen, path, color, shade, extent)
        pencil = stroked(mix(color, pen.palette.deep, 0.72), 0.85 / pen.unit, 0.75)
        pencil.setPathEffect(pen.wobble(1.1))
        pen.canvas.drawPath(path, pencil)


class PaperCut(Medium):
    """Sheets of colored paper, each with its shadow on the next."""

    grain = 0.12
    depth = 0.03
    speckle = 0.0

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        lift = min(7.0, 1.2 + extent / 45) / pen.unit
        if extent < PAGE_WIDE:
            self._lifted(pen, path, lift, ((1.0, 0.20), (0.35, 0.22)) if extent > BROAD else ((0.8, 0.30),))
        else:
            self._ringed(pen, path, lift)
        super().body(pen, path, color, 0.6, extent)
        pen.canvas.drawPath(path, stroked(shift(color, 0.07), 0.5 / pen.unit, 0.6))

    def _ringed(self, pen: "Pen", path: Any, lift: float) -> None:
        """The shadow of a hill or a page, in rings along its edge: to blur so large a shape takes long."""
        pen.canvas.save()
        pen.shift(lift * 0.44, lift * 0.72)
        for ring in range(1, RINGS + 1):
            pen.canvas.drawPath(path, stroked(pen.palette.deep, lift * 2.6 * ring / RINGS, 0.30 / RINGS))
        pen.canvas.restore()

    def _lifted(self, pen: "Pen", path: Any, lift: float, shadows: tuple[tuple[float, float], ...]) -> None:
        for reach, alpha in shadows:
            soft = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, lift * reach)
            shadow = skia.Paint(AntiAlias=True, Color=argb(pen.palette.deep, alpha), MaskFilter=soft)
            pen.canvas.save()
            pen.shift(lift * 0.55 * reach, lift * 0.9 * reach)
            pen.canvas.drawPath(path, shadow)
            pen.canvas.restore()


class Linocut(Medium):
    """A few inks on cream paper; light is what the gouge took away."""

    joins = True

    def tone(self, color: str) -> str:
        return color

    def fill(self, pen: "Pen", path: Any, color: str, shade: float) -> None:
        bounds = path.getBounds()
        extent = max(bounds.width(), bounds.height()) * pen.unit
        ink = pen.nearest_ink(color)
        rough = pen.wobble(min(1.3, extent / 50), 5.0)
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(ink), PathEffect=rough))
        if extent > 22 and ink != pen.palette.paper and shade > 0:
            self._carve(pen, path, ink)
        if extent > pen.fine:
            cut = stroked(pen.palette.paper, 1.5 / pen.unit, 0.9)
            cut.setPathEffect(rough)
            pen.canvas.drawPath(path, cut)

    def _carve(self, pen: "Pen", path: Any, ink: str) -> None:
        b = path.getBounds()
        ends = [(b.left(), b.top()), (b.left() + b.width() * 0.85, b.bottom())]
        paper = pen.palette.paper
        fading = skia.GradientShader.MakeLinear(ends, [argb(paper, 0.85), argb(paper, 0.12), argb(paper, 0)])
        shader = masked(fading, pen.texture("carved"))
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))

    def stroke(self, pen: "Pen", path: Any, color: str, width: float) -> None:
        pen.canvas.drawPath(path, stroked(pen.nearest_ink(color), width))


class MidCentury(Medium):
    """Flat muted shapes and a dry brush."""

    grain = 0.0
    depth = 0.02
    speckle = 0.55

    def tone(self, color: str) -> str:
        return shift(color, 0.0, 0.86, 0.012)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        self.flat(pen, path, color)
        if extent > 20:
            self.sprayed(pen, path, shift(color, -0.17, 1.05), 0.75 * shade)
        if 20 < extent < PAGE_WIDE:
            self._off_register(pen, path, extent)

    def _off_register(self, pen: "Pen", path: Any, extent: float) -> None:
        """A thin black line that was printed a little beside its color."""
        pen.canvas.save()
        pen.shift(-2.4 / pen.unit, -1.8 / pen.unit)
        pen.canvas.drawPath(path, stroked(pen.palette.deep, min(1.7, 0.7 + extent / 220) / pen.unit, 0.8))
        pen.canvas.restore()


class Geometric(Medium):
    """Facets: every form has a lit side and a shaded side that meet in a clean edge."""

    grain = 0.05

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        self.flat(pen, path, shift(color, 0.02))
        b = path.getBounds()
        middle = b.centerX() + b.width() * 0.04
        pen.canvas.save()
        pen.canvas.clipPath(path, True)
        wedge = skia.Path.Polygon(
            [
                (middle + b.width() * 0.1, b.top()),
                (b.right(), b.top()),
                (b.right(), b.bottom()),
                (middle - b.width() * 0.1, b.bottom()),
            ],
            True,
        )
        darker = self.shadow_of(shift(color, -0.03 * shade), pen, shade)
        pen.canvas.drawPath(wedge, skia.Paint(AntiAlias=True, Color=argb(darker)))
        pen.canvas.restore()


class NightGlow(Medium):
    """Dark shapes with light along their edges."""

    def tone(self, color: str) -> str:
        return shift(color, -0.05, 1.1)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        deep = mix(shift(color, -0.16), pen.palette.deep, 0.30)
        halo = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, min(16.0, 2 + extent / 14) / pen.unit)
        bright = skia.Paint(AntiAlias=True, Color=argb(shift(color, 0.12, 1.2), 0.26), MaskFilter=halo)
        bright.setBlendMode(skia.BlendMode.kScreen)
        pen.canvas.drawPath(path, bright)
        gradient = linear(path.getBounds(), [shift(color, 0.06, 1.1), color, deep])
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=self.grained(pen, gradient)))
        pen.canvas.drawPath(path, stroked(shift(color, 0.20, 1.1), min(1.6, 0.5 + extent / 150) / pen.unit, 0.55))


class Minimal(Medium):
    """Flat shapes, clean edges, room around them."""

    grain = 0.0
    speckle = 0.0

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        soft = linear(path.getBounds(), [shift(color, 0.02), shift(color, -0.025 * shade)])
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=soft))


class Ink(Medium):
    """A brush line in black, with one loose wash of color that does not quite meet it."""

    wash = 0.10

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        under = mix(pen.palette.paper, color, 0.12)
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(under)))
        off = min(2.4, extent / 30) / pen.unit
        pen.canvas.save()
        pen.shift(off, off * 0.6)
        wash = grained(linear(path.getBounds(), [shift(color, 0.08), color]), pen.texture("wash"), 0.24)
        paint = skia.Paint(AntiAlias=True, Shader=wash, PathEffect=pen.wobble(min(3.0, extent / 30)))
        paint.setAlphaf(0.5 + 0.35 * (1 - lightness(color)))
        pen.canvas.drawPath(path, paint)
        pen.canvas.restore()
        outline = stroked(pen.palette.deep, min(2.3, 0.9 + extent / 150) / pen.unit, 0.92)
        outline.setPathEffect(pen.wobble(min(1.2, extent / 60)))
        pen.canvas.drawPath(path, outline)


MEDIA: dict[str, Medium] = {
    "storybook": Medium(),
    "watercolor": Watercolor(),
    "botanical": Botanical(),
    "paper-cut": PaperCut(),
    "linocut": Linocut(),
    "mid-century": MidCentury(),
    "geometric": Geometric(),
    "night-glow": NightGlow(),
    "minimal": Minimal(),
    "ink": Ink(),
}
