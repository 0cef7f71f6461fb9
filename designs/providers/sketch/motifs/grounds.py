"""What covers the whole page or a band of it. These draw in page coordinates (unit 1), not in a box."""

import math

import skia

from designs.providers.sketch.color import argb, lightness, mix, shift
from designs.providers.sketch.media import stroked
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import box, outline, oval, polygon, smooth
from designs.providers.sketch.pen import Pen
from designs.providers.sketch.textures import grained

SHADE_RINGS = 10


def page(p: Pen) -> object:
    return box(-4, -4, p.width + 4, p.height + 4)


def washed(p: Pen, stops: list[str], ends: list[tuple[float, float]], foot: float = 1.0) -> None:
    """The page in a gradient, with the medium's own texture; `foot`: the share below which the rest is covered."""
    shader = skia.GradientShader.MakeLinear(ends, [argb(p.medium.tone(stop)) for stop in stops])
    if p.medium.grain:
        shader = grained(shader, p.texture("wash"), p.medium.wash)
    seen = skia.Rect.MakeLTRB(-4, -4, p.width + 4, p.height * foot + 4)
    p.canvas.drawRect(seen, skia.Paint(Shader=shader, Dither=True))


@motif("sky", "ground")
def sky(p: Pen) -> None:
    """args: low (share of the height where the lower color is reached), foot (what lies below is covered)."""
    top, low = p.palette.sky
    bottom = p.height * float(p.args.get("low", 0.7))
    ends = [(0.0, 0.0), (0.0, bottom)]
    washed(p, [shift(top, -0.01), mix(top, low, 0.42), low], ends, float(p.args.get("foot", 1.0)))


@motif("backdrop", "ground")
def backdrop(p: Pen) -> None:
    """One color from edge to edge, a little lighter where the light falls. args: color."""
    color = str(p.args.get("color") or p.paper)
    washed(p, [shift(color, 0.02), color, shift(color, -0.025)], [(0, 0), (p.width, p.height)])
    p.glow(p.width * 0.5, p.height * 0.42, p.width * 0.8, shift(color, 0.05), 0.10)


@motif("pattern", "ground")
def pattern(p: Pen) -> None:
    """A quiet wallpaper. args: kind (dots, stripes, checks, sprigs), color, step."""
    color, kind, step = str(p.args["color"]), str(p.args["kind"]), float(p.args.get("step", 70))
    rows, columns = int(p.height / step) + 2, int(p.width / step) + 2
    if kind == "stripes":
        for column in range(0, columns, 2):
            p.veil(box(column * step, 0, column * step + step, p.height), color, 0.5)
        return
    for row in range(rows):
        for column in range(columns):
            x, y = column * step + (step / 2 if row % 2 else 0), row * step
            if kind == "dots":
                p.dot(x, y, step * 0.09, color, 0.8)
            elif kind == "checks" and (row + column) % 2:
                p.veil(box(column * step, y, column * step + step, y + step), color, 0.4)
            elif kind == "sprigs":
                for turn in (-50, 0, 50):
                    angle = math.radians(turn - 90)
                    reach = step * 0.17
                    p.line([(x, y), (x + reach * math.cos(angle), y + reach * math.sin(angle))], color, step * 0.035)
                p.dot(x, y - step * 0.24, step * 0.035, color)


@motif("ridge", "ground")
def ridge(p: Pen) -> None:
    """Land from a skyline down to the foot of the page, or to where nearer land covers it (foot, page units).
    args: line [[x, y]..], color, sharp, haze, foot."""
    line, color = [tuple(point) for point in p.args["line"]], p.hue(str(p.args["color"]))
    low = float(p.args.get("foot", p.height + 30))
    foot = [(p.width + 30, low, 1), (-30, low, 1)]
    first, last = (*line[0][:2], 1), (*line[-1][:2], 1)
    path = smooth([first, *line[1:-1], last, *foot]) if not p.args.get("sharp") else polygon([*line, *foot])
    p.medium.fill(p, path, color, float(p.args.get("shade", 0.8)))
    haze = float(p.args.get("haze", 0))
    if haze:
        top = min(point[1] for point in line)
        pale = p.palette.sky[1]
        ends = [(0, top), (0, min(p.height, top + p.height * 0.30))]
        shader = skia.GradientShader.MakeLinear(ends, [argb(pale, 0), argb(pale, haze)])
        p.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))


@motif("peak", "ground")
def peak(p: Pen) -> None:
    """One mountain with snow. args: x, top, foot, half, color, snow."""
    x, top, foot, half = (float(p.args[name]) for name in ("x", "top", "foot", "half"))
    color = p.hue(str(p.args["color"]))
    high = foot - top
    p.medium.fill(p, polygon([(x, top), (x + half, foot), (x - half, foot)]), color, 0.5)
    shaded = [
        (x, top),
        (x + half, foot),
        (x + half * 0.12, foot),
        (x + half * 0.22, top + high * 0.6),
        (x - half * 0.05, top + high * 0.32),
    ]
    p.medium.fill(p, polygon(shaded), shift(color, -0.055), 0.4)
    if p.args.get("snow"):
        cap = [
            (0, 0),
            (0.13, 0.22),
            (0.26, 0.34),
            (0.16, 0.33),
            (0.11, 0.42),
            (0.02, 0.31),
            (-0.08, 0.44),
            (-0.13, 0.32),
            (-0.25, 0.37),
            (-0.12, 0.2),
        ]
        p.medium.fill(
            p, polygon([(x + a * half * 1.25, top + b * high * 0.85) for a, b in cap]), p.hue(p.nat("#f7faff")), 0.3
        )


@motif("water", "ground")
def water(p: Pen) -> None:
    """A level water from y down. args: y, color, deep, glint (x of the light, optional)."""
    y = float(p.args["y"])
    color, deep = p.hue(str(p.args["color"])), p.hue(str(p.args["deep"]))
    path = box(-10, y, p.width + 10, p.height + 10)
    shader = skia.GradientShader.MakeLinear(
        [(0, y), (0, p.height)],
        [argb(mix(color, p.palette.sky[1], 0.35)), argb(color), argb(deep)],
        [0, 0.35, 1],
    )
    if p.medium.grain:
        shader = grained(shader, p.texture("wash"), p.medium.wash)
    p.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader))
    for _ in range(46):
        depth = p.dice.between(0.02, 1) ** 1.5
        at_y, half = y + depth * (p.height - y), 14 + 70 * depth
        x = p.dice.between(0, p.width)
        p.veil(oval(x, at_y, half, 1.2 + 2.6 * depth), shift(color, 0.1), 0.4)
    if "glint" in p.args:
        for number in range(16):
            depth = (number + 0.6) / 16
            half = (20 + 90 * depth) * p.dice.between(0.5, 1)
            p.veil(
                oval(
                    float(p.args["glint"]) + p.dice.spread(0, 16),
                    y + depth**1.3 * (p.height - y) * 0.7,
                    half,
                    2 + 3 * depth,
                ),
                p.palette.glow,
                0.6 * (1 - depth * 0.7),
            )


@motif("stars", "ground")
def stars(p: Pen) -> None:
    """args: count, low (share of the height they reach down to)."""
    low = float(p.args.get("low", 0.6))
    for _ in range(int(p.args.get("count", 90))):
        x, y = p.dice.between(0, p.width), p.height * low * p.dice.between(0, 1) ** 1.25
        size = p.dice.between(0.9, 2.7)
        p.dot(x, y, size, mix("#ffffff", p.palette.glow, p.dice.between(0, 0.7)), p.dice.between(0.45, 0.95))
        if size > 2.45:
            p.glow(x, y, 17, p.palette.glow, 0.4)


@motif("snowfall", "ground")
def snowfall(p: Pen) -> None:
    """Flakes in three depths. args: count."""
    white = "#ffffff"
    for number in range(int(p.args.get("count", 150))):
        near = number / float(p.args.get("count", 150))
        x, y = p.dice.between(0, p.width), p.dice.between(0, p.height)
        size = 1.6 + 6.4 * near**5 + 2.0 * near
        p.dot(x, y, size, white, 0.5 + 0.4 * p.dice.between(0, 1) - 0.25 * near**6)


@motif("rain", "ground")
def rain(p: Pen) -> None:
    """args: count, wind (how far it is driven aside)."""
    wind = float(p.args.get("wind", 1.0))
    light = lightness(p.palette.sky[1]) < 0.62 or p.palette.night
    color = mix(p.palette.sky[1], "#ffffff", 0.5) if light else mix(p.palette.sky[0], p.deep, 0.38)
    for _ in range(int(p.args.get("count", 110))):
        x, y, length = p.dice.between(0, p.width), p.dice.between(0, p.height), p.dice.between(14, 40)
        p.line([(x, y), (x - length * 0.24 * wind, y + length)], color, 1.6)


@motif("rays", "ground")
def rays(p: Pen) -> None:
    """Bands of light from a point. args: x, y, color, count, strength."""
    x, y, count = float(p.args["x"]), float(p.args["y"]), int(p.args.get("count", 22))
    reach = p.width + p.height
    for number in range(count):
        start, half = math.tau * number / count, math.pi / count * 0.5
        corners = [(x, y)] + [
            (x + reach * math.cos(start + lean), y + reach * math.sin(start + lean)) for lean in (-half, half)
        ]
        p.veil(polygon(corners), str(p.args["color"]), float(p.args.get("strength", 0.3)))


@motif("beams", "ground")
def beams(p: Pen) -> None:
    """Light that falls into water or between trees."""
    for number in range(6):
        x = p.width * (0.05 + 0.18 * number) + p.dice.between(-30, 30)
        half, lean = p.dice.between(18, 55), p.dice.between(-180, -60)
        corners = [
            (x - half, -20),
            (x + half, -20),
            (x + half * 2.6 + lean, p.height * 0.9),
            (x - half * 2.2 + lean, p.height * 0.9),
        ]
        shader = skia.GradientShader.MakeLinear(
            [(0, 0), (0, p.height * 0.85)],
            [argb("#ffffff", 0.17), argb("#ffffff", 0)],
        )
        p.canvas.drawPath(polygon(corners), skia.Paint(AntiAlias=True, Shader=shader))


@motif("bokeh", "ground")
def bokeh(p: Pen) -> None:
    """Lights out of focus. args: count, top, low (shares of the height)."""
    top, low = float(p.args.get("top", 0)), float(p.args.get("low", 1))
    for number in range(int(p.args.get("count", 34))):
        x, y = p.dice.between(0, p.width), p.height * p.dice.between(top, low)
        radius = p.dice.between(14, 52)
        color = [*p.palette.accents, p.palette.glow][number % 5]
        paint = skia.Paint(
            AntiAlias=True,
            Color=argb(color, p.dice.between(0.10, 0.30)),
            BlendMode=skia.BlendMode.kScreen,
        )
        p.canvas.drawCircle(x, y, radius, paint)
        rim = skia.Paint(AntiAlias=True, Color=argb(color, 0.16), Style=skia.Paint.kStroke_Style, StrokeWidth=1.6)
        p.canvas.drawCircle(x, y, radius, rim)


@motif("panel", "ground")
def panel(p: Pen) -> None:
    """A flat sheet with a soft shadow. args: a shape (see paths.outline), color, lift."""
    color, path = str(p.args["color"]), outline(p.args)
    if p.args.get("lift", 1):
        p.canvas.save()
        p.canvas.translate(4, 9)
        p.veil(path, p.deep, 0.20, blur=12)
        p.canvas.restore()
    p.medium.fill(p, path, color, 0.35)


@motif("hoop", "ground")
def hoop(p: Pen) -> None:
    """A thin ring. args: x, y, rx, ry, color, width."""
    a = p.args
    points = [
        (a["x"] + a["rx"] * math.cos(n * math.tau / 60), a["y"] + a["ry"] * math.sin(n * math.tau / 60))
        for n in range(61)
    ]
    p.line(points, str(a["color"]), float(a["width"]))


@motif("string", "ground")
def string(p: Pen) -> None:
    """A line through points. args: line, color, width."""
    p.line([tuple(point) for point in p.args["line"]], p.hue(str(p.args["color"])), float(p.args["width"]))


@motif("shape", "ground")
def shape(p: Pen) -> None:
    """A polygon or (smooth) blob in page coordinates. args: points, color, smooth, shade."""
    points = [tuple(point) for point in p.args["points"]]
    path = smooth(points) if p.args.get("smooth") else polygon(points)
    p.medium.fill(p, path, str(p.args["color"]), float(p.args.get("shade", 0.6)))


@motif("bulb", "flyer", "light bulb")
def bulb(p: Pen) -> None:
    color = p.own(p.palette.glow)
    p.glow(0, 14, 120, color, 0.55)
    p.box(-13, -34, 13, -12, p.deep, 3, 0.3)
    p.sym([(0, -14), (16, -8), (26, 14), (18, 38), (0, 48)], mix(color, "#ffffff", 0.2), 0.6)
    p.veil(oval(-8, 10, 4, 9, 14), "#ffffff", 0.6)


@motif("pool-shadow", "ground")
def pool_shadow(p: Pen) -> None:
    """The soft dark under something that stands. args: x, y, half."""
    a = p.args
    p.shadow(float(a["x"]), float(a["y"]), float(a["half"]), float(a["half"]) * 0.16, float(a.get("alpha", 0.3)))


@motif("frame", "ground")
def frame(p: Pen) -> None:
    """A line along a shape. args: a shape (see paths.outline), color, width."""
    p.medium.stroke(p, outline(p.args), str(p.args["color"]), float(p.args["width"]))


@motif("sheet", "ground")
def sheet(p: Pen) -> None:
    """A sheet as large as the page with a hole, and its shadow into the hole. args: points, color, lift."""
    path = box(-60, -60, p.width + 60, p.height + 60)
    hole = smooth([tuple(point) for point in p.args["points"]])
    path.addPath(hole)
    path.setFillType(skia.PathFillType.kEvenOdd)
    lift = float(p.args.get("lift", 12))
    # The shadow is seen in the hole alone. Thin rings laid over one another: to blur took most of the picture's time.
    shade = mix(p.deep, "#000000", 0.2)
    with p.inside(hole), p.at(lift * 0.3, lift * 0.8):
        p.veil(path, shade, 0.14)
        for ring in range(SHADE_RINGS):
            width = lift * 3.4 * ((ring + 1) / SHADE_RINGS) ** 1.4
            p.canvas.drawPath(hole, stroked(shade, width, 0.034))
    color = str(p.args["color"])
    shader = skia.GradientShader.MakeLinear(
        [(0, 0), (p.width, p.height)],
        [argb(shift(color, 0.03)), argb(shift(color, -0.03))],
    )
    p.canvas.drawPath(path, skia.Paint(AntiAlias=True, Shader=shader, Dither=True))
    edge = skia.Paint(
        AntiAlias=True,
        Color=argb(shift(color, 0.08), 0.7),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=1.4,
    )
    p.canvas.drawPath(path, edge)
