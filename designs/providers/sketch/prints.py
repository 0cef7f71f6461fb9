"""More media: prints, chalk, foil and glass. Together with media.py these are all the ways a shape is painted."""

from typing import TYPE_CHECKING, Any

import skia

from designs.providers.sketch import media
from designs.providers.sketch.color import argb, lightness, mix, shift
from designs.providers.sketch.looks import BLUES, GOLDS, KRAFT, RISO, along, nearest, vivid
from designs.providers.sketch.media import Medium, linear, stroked
from designs.providers.sketch.textures import grained, masked

if TYPE_CHECKING:
    from designs.providers.sketch.pen import Pen


def outlined(pen: "Pen", path: Any, color: str, width: float, alpha: float = 1.0, wobble: float = 0.0) -> None:
    """A line along the edge, `width` canvas units wide."""
    paint = stroked(color, width / pen.unit, alpha)
    if wobble:
        paint.setPathEffect(pen.wobble(wobble))
    pen.canvas.drawPath(path, paint)


class Cyanotype(Medium):
    """One blue: pale shapes on a dark page, their edges blurred by the sun."""

    wash = 0.20
    speckle = 0.0

    def dye(self, color: str) -> str:
        return along(color, BLUES, 0.06)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        light = linear(path.getBounds(), [shift(color, 0.05), color, shift(color, -0.06 * shade)])
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=grained(light, pen.texture("wash"), 0.18)))
        outlined(pen, path, BLUES[4], min(1.5, 0.5 + extent / 170), 0.75)


class GoldFoil(Medium):
    """Foil that catches the light in bands, a thin bright edge."""

    wash = 0.10
    speckle = 0.0

    def dye(self, color: str) -> str:
        return mix(color, along(color, GOLDS), 0.78) if lightness(color) > 0.3 else color

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        bands = [shift(color, 0.07), shift(color, -0.05), shift(color, 0.10), shift(color, -0.08 * shade)]
        foil = grained(linear(path.getBounds(), bands, 0.1), pen.texture("grain"), 0.10)
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=foil))
        outlined(pen, path, GOLDS[3], min(1.4, 0.5 + extent / 180), 0.65)


class Risograph(Medium):
    """Few inks, a coarse screen, and plates that do not quite meet."""

    grain = 0.16
    speckle = 0.6

    def dye(self, color: str) -> str:
        return nearest(color, RISO)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        self.flat(pen, path, color)
        if extent > 18:
            self.sprayed(pen, path, nearest(shift(color, -0.22, 1.1), RISO[1:]), 0.9 * shade)
            pen.canvas.save()
            pen.shift(2.2 / pen.unit, -1.6 / pen.unit)
            outlined(pen, path, RISO[6], min(1.6, 0.6 + extent / 140), 0.55)
            pen.canvas.restore()


class Kraft(Medium):
    """Opaque paint on brown paper, under a white pencil."""

    grain = 0.14
    wash = 0.08
    speckle = 0.35

    def dye(self, color: str) -> str:
        return mix(shift(color, 0.0, 0.82), KRAFT, 0.10)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        super().body(pen, path, color, shade * 0.7, extent)
        outlined(pen, path, "#fff8ea", min(2.0, 0.7 + extent / 140), 0.85, wobble=0.9)


class Pastel(Medium):
    """Soft chalk: a rough edge and the tooth of the paper all over."""

    wash = 0.10

    def dye(self, color: str) -> str:
        return shift(color, 0.045, 0.80)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        chalk = grained(linear(path.getBounds(), [shift(color, 0.05), color, shift(color, -0.05 * shade)]),
                        pen.texture("paper"), 0.34)  # fmt: skip
        rough = pen.wobble(min(1.8, extent / 45), 4.0)
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=chalk, PathEffect=rough))
        if extent > media.BROAD:
            self.sprayed(pen, path, shift(color, 0.10), 0.5 * shade)


class StainedGlass(Medium):
    """Glowing panes between lines of lead."""

    grain = 0.05
    wash = 0.10
    speckle = 0.0

    def dye(self, color: str) -> str:
        return vivid(color)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        b = path.getBounds()
        center = (b.left() + b.width() * 0.42, b.top() + b.height() * 0.38)
        stops = [argb(shift(color, 0.12, 0.95)), argb(color), argb(shift(color, -0.10, 1.1))]
        pane = skia.GradientShader.MakeRadial(center, max(b.width(), b.height(), 0.1) * 0.72, stops, [0.0, 0.5, 1.0])
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=grained(pane, pen.texture("wash"), 0.14)))
        outlined(pen, path, pen.palette.deep, min(5.0, 1.2 + extent / 60))


class Folk(Medium):
    """Flat bright paint with a second, lighter stroke inside the edge."""

    grain = 0.06
    speckle = 0.0

    def dye(self, color: str) -> str:
        return vivid(color)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        self.flat(pen, path, color)
        if extent < 26:
            return
        with pen.inside(path):
            outlined(pen, path, mix(color, "#fff4dc", 0.55), min(9.0, 2.0 + extent / 28), 0.9)
            outlined(pen, path, color, min(4.0, 0.9 + extent / 60))


class Crayon(Medium):
    """Wax strokes that leave some paper, and a line of the same wax around them."""

    wash = 0.12

    def dye(self, color: str) -> str:
        return vivid(color)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        rough = pen.wobble(min(2.6, extent / 30), 7.0)
        under = skia.Paint(AntiAlias=True, Color=argb(mix(color, pen.palette.paper, 0.38)), PathEffect=rough)
        pen.canvas.drawPath(path, under)
        plain = skia.GradientShader.MakeLinear([(0, 0), (1, 1)], [argb(color), argb(color)])
        wax = skia.Paint(AntiAlias=True, Shader=masked(plain, pen.texture("wax")), PathEffect=rough)
        pen.canvas.drawPath(path, wax)
        outlined(pen, path, shift(color, -0.12, 1.05), min(3.4, 1.1 + extent / 90), 0.8, wobble=min(1.8, extent / 40))


class Pop(Medium):
    """A comic: bold black line, flat color, dots for the shade."""

    grain = 0.0
    speckle = 0.0

    def dye(self, color: str) -> str:
        return vivid(color)

    def body(self, pen: "Pen", path: Any, color: str, shade: float, extent: float) -> None:
        self.flat(pen, path, color)
        if extent > 30:
            b = path.getBounds()
            ends = [(b.left() + b.width() * 0.35, b.top() + b.height() * 0.2), (b.right(), b.bottom())]
            dark = shift(color, -0.13, 1.1)
            fading = skia.GradientShader.MakeLinear(ends, [argb(dark, 0), argb(dark, 0.95 * min(1.0, shade))])
            pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=masked(fading, pen.texture("dots"))))
        outlined(pen, path, pen.palette.deep, min(3.6, 1.0 + extent / 80))


MEDIA: dict[str, Medium] = {
    **media.MEDIA,
    "cyanotype": Cyanotype(),
    "gold-foil": GoldFoil(),
    "risograph": Risograph(),
    "kraft": Kraft(),
    "pastel": Pastel(),
    "stained-glass": StainedGlass(),
    "folk": Folk(),
    "crayon": Crayon(),
    "pop": Pop(),
}
