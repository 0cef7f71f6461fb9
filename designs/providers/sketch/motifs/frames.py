"""What holds a photo. These draw in page units about their own middle. args: shot and crop (see photos.print.piece),
w and h, the size of the opening."""

import math

import skia

from designs.providers.sketch.color import argb, mix, shift
from designs.providers.sketch.motifs import motif
from designs.providers.sketch.paths import Point, box, oval, polygon, smooth
from designs.providers.sketch.pen import Pen
from designs.providers.sketch.photos.print import lay, stand

WOOD, BRASS, GOLD = "#a8713f", "#b98a3a", "#d9ab4c"


def half(p: Pen) -> tuple[float, float]:
    return float(p.args["w"]) / 2, float(p.args["h"]) / 2


def raised(p: Pen, path: object, lift: float = 1.0) -> None:
    """Its shadow on what lies behind."""
    reach = max(*half(p)) * 0.05 * lift
    for share, alpha in ((1.0, 0.24), (0.35, 0.20)):
        with p.at(reach * 0.3 * share, reach * 0.75 * share):
            p.veil(path, mix(p.deep, "#000000", 0.25), alpha, blur=reach * share)


def card_white(p: Pen) -> str:
    return mix("#fdfaf3", p.palette.glow, 0.05) if not p.palette.night else "#efe9df"


@motif("polaroid", "ground")
def polaroid(p: Pen) -> None:
    """An instant picture with its wide foot. args: peg (hung from a string) or tape."""
    a, b = half(p)
    rim = min(a, b) * 0.13
    card = box(-a - rim, -b - rim, a + rim, b + rim * 3.4, rim * 0.16)
    raised(p, card)
    p.fill(card, card_white(p), 0.25)
    lay(p, p.args, box(-a, -b, a, b, rim * 0.06), (-a, -b, a, b))
    p.canvas.drawPath(box(-a, -b, a, b), _line(p.deep, 0.16, rim * 0.05))
    if p.args.get("peg"):
        p.box(-rim * 0.26, -b - rim * 1.75, rim * 0.26, -b - rim * 0.35, p.nat("#c99a5f"), rim * 0.08, 0.6)
        p.box(-rim * 0.30, -b - rim * 1.15, rim * 0.30, -b - rim * 0.95, p.nat("#8d8a86"), 0, 0.2)
    elif p.args.get("tape"):
        with p.at(0, -b - rim, 1, float(p.args["tape"])):
            p.veil(box(-rim * 1.9, -rim * 0.55, rim * 1.9, rim * 0.55), mix(p.acc(1), p.paper, 0.45), 0.82)


@motif("stamp", "ground")
def stamp(p: Pen) -> None:
    """A postage stamp with its perforation."""
    a, b = half(p)
    rim = min(a, b) * 0.11
    path = _perforated(a + rim, b + rim, rim * 0.42)
    raised(p, path, 0.7)
    p.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(p.hue(card_white(p)))))
    lay(p, p.args, box(-a, -b, a, b), (-a, -b, a, b))
    p.canvas.drawPath(box(-a, -b, a, b), _line(p.hue(p.acc(0)), 0.9, rim * 0.14))


def _perforated(a: float, b: float, tooth: float) -> object:
    """A box whose edges are half circles bitten out."""
    path = box(-a, -b, a, b)
    holes = skia.Path()
    for length, upright in ((a, False), (b, True)):
        count = max(6, round(length * 2 / (tooth * 2.9)))
        for number in range(count):
            at = -length + (number + 0.5) * 2 * length / count
            for side in (-1, 1):
                holes.addCircle(*((side * a, at) if upright else (at, side * b)), tooth)
    return skia.Op(path, holes, skia.PathOp.kDifference_PathOp)


@motif("torn", "ground")
def torn(p: Pen) -> None:
    """A print torn by hand: white fibers at an uneven edge."""
    a, b = half(p)
    rim = min(a, b) * 0.06
    ragged = [_ragged(p, a + grow, b + grow, rim * 0.5) for grow in (rim * 1.1, 0.0)]
    raised(p, ragged[0], 0.8)
    p.canvas.drawPath(ragged[0], skia.Paint(AntiAlias=True, Color=argb(p.hue(card_white(p)))))
    lay(p, p.args, ragged[1], (-a - rim, -b - rim, a + rim, b + rim))
    with p.at(0, -b - rim * 0.4, 1, p.dice.spread(0, 6)):
        p.veil(box(-rim * 3.6, -rim * 1.2, rim * 3.6, rim * 1.2), mix(p.acc(0), p.paper, 0.4), 0.85)


def _ragged(p: Pen, a: float, b: float, by: float) -> object:
    points: list[Point] = []
    for corner, along in (((-a, -b), (1, 0)), ((a, -b), (0, 1)), ((a, b), (-1, 0)), ((-a, b), (0, -1))):
        length = 2 * (a if along[0] else b)
        steps = max(8, int(length / (by * 3)))
        for step in range(steps):
            at = length * step / steps
            out = p.dice.between(-by, by)
            x, y = corner[0] + along[0] * at, corner[1] + along[1] * at
            points.append((x + abs(along[1]) * out, y + abs(along[0]) * out))
    return polygon(points)


@motif("locket", "ground")
def locket(p: Pen) -> None:
    """An oval in a beaded rim."""
    a, b = half(p)
    rim = min(a, b) * 0.11
    raised(p, oval(0, 0, a + rim, b + rim))
    gold = mix(GOLD, p.acc(0), 0.25)
    p.oval(0, 0, a + rim, b + rim, gold, 0.9)
    p.oval(0, 0, a + rim * 0.45, b + rim * 0.45, card_white(p), 0.2)
    lay(p, p.args, oval(0, 0, a, b), (-a, -b, a, b))
    count = 44
    for number in range(count):
        angle = math.tau * number / count
        x, y = (a + rim * 0.74) * math.cos(angle), (b + rim * 0.74) * math.sin(angle)
        p.dot(x, y, rim * 0.13, mix(gold, "#ffffff", 0.6))
    p.canvas.drawPath(oval(0, 0, a, b), _line(p.deep, 0.25, rim * 0.06))


@motif("porthole", "ground")
def porthole(p: Pen) -> None:
    """A ship's window: brass and rivets."""
    a, b = half(p)
    rim = min(a, b) * 0.17
    raised(p, oval(0, 0, a + rim, b + rim))
    brass = p.nat(mix(BRASS, p.acc(1), 0.2))
    p.oval(0, 0, a + rim, b + rim, brass, 1.0)
    p.oval(0, 0, a + rim * 0.3, b + rim * 0.3, shift(brass, -0.1), 0.6)
    lay(p, p.args, oval(0, 0, a, b), (-a, -b, a, b))
    for number in range(12):
        angle = math.tau * (number + 0.5) / 12
        x, y = (a + rim * 0.64) * math.cos(angle), (b + rim * 0.64) * math.sin(angle)
        p.disc(x, y, rim * 0.17, mix(brass, "#ffffff", 0.4), 1)
    _gloss(p, a, b)


@motif("casement", "ground")
def casement(p: Pen) -> None:
    """A window of a house, open: shutters, a sill, snow or flowers on it. args: snow."""
    a, b = half(p)
    rim = min(a, b) * 0.12
    wood, leaf = p.nat(mix(WOOD, p.acc(3), 0.2)), p.own(p.acc(0))
    for side in (-1, 1):
        inner, outer = side * (a + rim * 0.9), side * (a + rim * 0.9 + a * 0.46)
        p.box(min(inner, outer), -b - rim * 0.6, max(inner, outer), b + rim * 0.6, leaf, rim * 0.2)
        middle = (inner + outer) / 2
        for number in range(11):
            y = -b * 0.86 + number * b * 0.172
            p.line([(middle - a * 0.16, y), (middle + a * 0.16, y)], shift(leaf, -0.08), rim * 0.14)
    raised(p, box(-a - rim, -b - rim, a + rim, b + rim))
    p.box(-a - rim, -b - rim, a + rim, b + rim, wood, rim * 0.25)
    p.box(-a - rim * 0.3, -b - rim * 0.3, a + rim * 0.3, b + rim * 0.3, shift(wood, -0.08), rim * 0.1, 0.5)
    lay(p, p.args, box(-a, -b, a, b), (-a, -b, a, b))
    p.box(-a - rim * 2.2, b + rim * 0.5, a + rim * 2.2, b + rim * 1.7, shift(wood, 0.04), rim * 0.2)
    if p.args.get("snow"):
        _snowcap(p, a + rim * 2.2, b + rim * 0.6, rim)
        _snowcap(p, a + rim * 1.1, -b - rim * 0.9, rim * 0.8)


def _snowcap(p: Pen, reach: float, y: float, rim: float) -> None:
    bumps = [(-reach + reach * number / 5, y - rim * (0.35 + 0.4 * ((number * 7) % 3) / 2)) for number in range(11)]
    p.blob([(-reach * 1.02, y), *bumps, (reach * 1.02, y), (0, y + rim * 0.35)], p.nat("#f6f9fd"), 0.4)


@motif("gilt", "ground")
def gilt(p: Pen) -> None:
    """A picture frame with a mat."""
    a, b = half(p)
    rim = min(a, b) * 0.16
    raised(p, box(-a - rim * 1.6, -b - rim * 1.6, a + rim * 1.6, b + rim * 1.6))
    frame = p.own(mix(p.acc(0), GOLD, 0.35))
    p.box(-a - rim * 1.6, -b - rim * 1.6, a + rim * 1.6, b + rim * 1.6, frame, rim * 0.2)
    p.box(-a - rim * 1.1, -b - rim * 1.1, a + rim * 1.1, b + rim * 1.1, shift(frame, -0.07), rim * 0.1, 0.5)
    p.box(-a - rim, -b - rim, a + rim, b + rim, card_white(p), 0, 0.25)
    lay(p, p.args, box(-a, -b, a, b), (-a, -b, a, b))
    p.canvas.drawPath(box(-a, -b, a, b), _line(p.deep, 0.3, rim * 0.06))


@motif("photo-bauble", "ground")
def photo_bauble(p: Pen) -> None:
    """A glass ball with a picture in it."""
    a, b = half(p)
    rim = a * 0.09
    color = p.own(p.acc(0))
    p.box(-a * 0.16, -b - rim * 2.7, a * 0.16, -b - rim * 0.5, p.nat(GOLD), rim * 0.3)
    p.canvas.drawPath(oval(0, -b - rim * 3.4, rim * 0.9, rim * 0.9), _line(p.nat(GOLD), 1.0, rim * 0.4))
    raised(p, oval(0, 0, a + rim, b + rim))
    p.oval(0, 0, a + rim, b + rim, color, 1.0)
    lay(p, p.args, oval(0, 0, a, b), (-a, -b, a, b))
    p.canvas.drawPath(oval(0, 0, a, b), _line(mix(color, p.paper, 0.6), 0.9, rim * 0.3))
    _gloss(p, a, b)


@motif("photo-balloon", "ground")
def photo_balloon(p: Pen) -> None:
    """A hot-air balloon with a picture on its envelope. The opening is round; args: tint of the stripes."""
    a, _ = half(p)
    first, second = str(p.args.get("color") or p.acc(0)), mix(p.paper, p.acc(1), 0.35)
    with p.at(0, 0, a / 21.0):
        outline = smooth([(0, -43), (26, -38), (39, -18), (37, 6), (22, 27), (9, 41), (-9, 41), (-22, 27), (-37, 6),
                          (-39, -18), (-26, -38)])  # fmt: skip
        p.fill(outline, first)
        with p.inside(outline):
            for half_w, color in ((29, second), (19, first), (9, second)):
                p.sym([(0, -46), (half_w * 0.75, -38), (half_w * 1.2, -14), (half_w * 1.05, 8), (half_w * 0.6, 28),
                       (half_w * 0.22, 44)], color, 0.6)  # fmt: skip
        for x in (-8, 8):
            p.line([(x, 41), (x * 0.9, 52)], p.nat("#7a563e"), 0.8)
        p.box(-10, 51, 10, 64, p.nat(WOOD), 3)
        for y in (54.5, 58):
            p.line([(-10, y), (10, y)], p.nat("#7a4f2c"), 0.9)
    p.oval(0, -a * 0.1, a * 1.09, a * 1.09, card_white(p), 0.3)
    lay(p, p.args, oval(0, -a * 0.1, a, a), (-a, -a * 1.1, a, a * 0.9))
    p.canvas.drawPath(oval(0, -a * 0.1, a, a), _line(p.deep, 0.25, a * 0.015))


@motif("patch-photo", "ground")
def patch_photo(p: Pen) -> None:
    """A patch of a quilt, sewn on."""
    a, b = half(p)
    lay(p, p.args, box(-a, -b, a, b, a * 0.04), (-a, -b, a, b))
    seam = _line(card_white(p), 0.9, a * 0.022)
    seam.setPathEffect(skia.DashPathEffect.Make([a * 0.09, a * 0.06], 0))
    p.canvas.drawPath(box(-a * 0.94, -b * 0.94, a * 0.94, b * 0.94, a * 0.03), seam)


@motif("cutout", "ground")
def cutout(p: Pen) -> None:
    """The people of a photo, in the scene; w and h are those of the crop. args: shade (their shadow on the ground)."""
    a, b = half(p)
    if p.args.get("shade"):
        p.shadow(0, b * 0.985, a * 0.62, b * 0.05, 0.34)
    stand(p, p.args, (-a, -b, a, b))


def _gloss(p: Pen, a: float, b: float) -> None:
    """Light on glass, at the edge, where no face is."""
    with p.inside(oval(0, 0, a, b)):
        p.veil(oval(-a * 0.62, -b * 0.60, a * 0.11, b * 0.24, 42), "#ffffff", 0.5, blur=a * 0.02)
        ring = skia.GradientShader.MakeRadial((0, 0), max(a, b), [argb(p.deep, 0), argb(p.deep, 0), argb(p.deep, 0.34)],
                                              [0.0, 0.8, 1.0])  # fmt: skip
        p.canvas.drawPath(oval(0, 0, a, b), skia.Paint(AntiAlias=True, Shader=ring))


def _line(color: str, alpha: float, width: float) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=argb(color, alpha), Style=skia.Paint.kStroke_Style, StrokeWidth=width)
