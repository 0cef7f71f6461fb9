"""Looks: what a style makes of every palette before anything is drawn, so that two styles never share their colors."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from designs.providers.sketch.color import distance, from_lab, lab, lightness, mix, shift
from designs.providers.sketch.palettes import Palette, Recoloring

CREAM, KRAFT, SOOT = "#f6eedb", "#cfa877", "#1f1d26"
BLUES = ("#0e2a52", "#245489", "#6f9fc6", "#c5dcea", "#f7f8f2")
GOLDS = ("#5c3d14", "#a8741f", "#d9a73c", "#f3d98b", "#fff6d6")
ATOMIC = ("#e07a3f", "#2a6f77", "#f0c25a", "#c94f4f", "#8a9a5b", "#3d405b", "#7fb0a8", "#f5efe0", "#b8845a", "#e8b7a0")
HOURS = {"dusk": ("#7d5388", "#ff9f66", 0.6), "dawn": ("#b9a9d6", "#ffcdb0", 0.62)}  # top, low, how strongly
RISO = ("#f9f4e8", "#ff5f52", "#2c4a9e", "#ffc940", "#ffb3a4", "#9fb2dc", "#1d2a5c", "#3f8f8a")


def nearest(color: str, inks: Sequence[str]) -> str:
    return min(inks, key=lambda ink: distance(ink, color))


@lru_cache(maxsize=4096)
def along(color: str, ramp: tuple[str, ...], lift: float = 0.0) -> str:
    """The color of a ramp, dark to light, that is as light as this one."""
    place = min(0.999, max(0.0, (lightness(color) + lift - 0.2) / 0.75)) * (len(ramp) - 1)
    return mix(ramp[int(place)], ramp[int(place) + 1], place - int(place))


@lru_cache(maxsize=4096)
def vivid(color: str) -> str:
    """Stronger where there is a hue; grays stay gray."""
    light, across, along_b = lab(color)
    return from_lab((min(0.93, light), across * 1.35, along_b * 1.35))


def _set(palette: Palette, dye: Callable[[str], str]) -> Palette:
    """Every color of a palette through one function."""
    return replace(
        palette,
        paper=dye(palette.paper),
        deep=dye(palette.deep),
        sky=(dye(palette.sky[0]), dye(palette.sky[1])),
        land=(dye(palette.land[0]), dye(palette.land[1]), dye(palette.land[2])),
        accents=tuple(map(dye, palette.accents)),  # type: ignore[arg-type]  # always four
    )


def at_hour(palette: Palette, time: str) -> Palette:
    """Evening or morning light over a palette of the day; those made for the hour stay as they are."""
    if time not in HOURS or time in palette.tags or palette.night:
        return palette
    top, low, share = HOURS[time]
    sky = (mix(palette.sky[0], top, share), mix(palette.sky[1], low, share + 0.1))
    far, middle, near = palette.land
    return replace(palette, sky=sky, land=(mix(far, low, 0.3), mix(middle, top, 0.18), mix(near, top, 0.2)))


SLATE = "#3d4a5f"


def in_storm(palette: Palette) -> Palette:
    """Under heavy clouds: slate above, a pale streak at the horizon, land and sea without the sun."""
    if palette.night:
        return palette
    sky = (mix(palette.sky[0], SLATE, 0.78), mix(palette.sky[1], "#93a3b3", 0.62))
    far, middle, near = (mix(shift(color, -0.06, 0.75), SLATE, 0.30) for color in palette.land)
    return replace(palette, sky=sky, land=(far, middle, near))


FAMILIES = (("#fbf4e6", "#22304a", "#e2733d", "#f0b64a"), ("#f7f5ee", "#2b2a44", "#d9567a", "#f2c260"),
            ("#f4f7f2", "#163a3f", "#e0803f", "#f4c95d"), ("#fcf3ec", "#3a2233", "#c9503f", "#e9ad4b"))  # fmt: skip
KINSHIP = 0.5  # of paper and dark; skies and land keep their season


def of_family(palette: Palette, style: str) -> Palette:
    """Twelve months that hang on one wall: all pages of a style share their paper, their dark and two accents."""
    paper, deep, first, second = FAMILIES[sum(style.encode()) % len(FAMILIES)]
    accents = palette.accents
    return replace(
        palette,
        paper=mix(palette.paper, paper, KINSHIP),
        deep=mix(palette.deep, deep, KINSHIP),
        sky=(mix(palette.sky[0], paper, 0.10), mix(palette.sky[1], paper, 0.28)),
        accents=(mix(accents[0], first, KINSHIP), mix(accents[1], second, KINSHIP), accents[2], accents[3]),
    )


def minimal(palette: Palette) -> Palette:
    if palette.night:
        top = mix(palette.sky[0], palette.deep, 0.4)
        return replace(palette, sky=(top, shift(top, 0.02)))
    plain = mix(palette.paper, palette.sky[1], 0.22)
    land = [mix(color, palette.paper, share) for color, share in zip(palette.land, (0.66, 0.5, 0.3), strict=True)]
    return replace(palette, sky=(plain, plain), land=(land[0], land[1], land[2]), paper=mix(palette.paper, plain, 0.5))


def ink(palette: Palette) -> Palette:
    """White paper, black line, the first accent; everything else is a thin gray wash."""
    if palette.night:
        return replace(_set(palette, lambda color: shift(color, 0.0, 0.35)), accents=palette.accents)
    paper, deep = mix(palette.paper, "#fdfbf6", 0.7), mix(palette.deep, SOOT, 0.75)
    shares = (0.78, 0.6, 0.4)
    land = [mix(shift(color, 0.02, 0.4), paper, share) for color, share in zip(palette.land, shares, strict=True)]
    washes = [shift(color, 0, 0.45) for color in palette.accents[1:]]
    return replace(
        palette,
        paper=paper,
        deep=deep,
        sky=(mix(shift(palette.sky[0], 0, 0.6), paper, 0.72), paper),
        land=(land[0], land[1], land[2]),
        accents=(palette.accents[0], washes[0], washes[1], washes[2]),
    )


def linocut(palette: Palette) -> Palette:
    """Cream paper, one dark block, one strong color; the sky is a thin pull of the color block."""
    strong = palette.bright[0]
    dark = shift(palette.deep, -0.02)
    if palette.night:
        return replace(palette, paper=CREAM, sky=(mix(dark, strong, 0.12), mix(dark, strong, 0.35)))
    return replace(
        palette,
        paper=CREAM,
        deep=dark,
        sky=(mix(CREAM, strong, 0.30), mix(CREAM, strong, 0.08)),
        land=(mix(CREAM, palette.land[2], 0.35), palette.land[2], dark),
        accents=(strong, mix(strong, CREAM, 0.45), palette.land[2], strong),
    )


def mid_century(palette: Palette) -> Palette:
    """Every color gives way to its nearest in the poster paints of the fifties."""
    if palette.night:
        return replace(palette, accents=_set(palette, lambda color: nearest(color, ATOMIC)).accents)
    inks = [color for color in ATOMIC if distance(color, nearest(palette.sky[0], ATOMIC)) > 0.08]
    land = [nearest(color, inks) for color in palette.land]
    sky = mix(nearest(palette.sky[0], ATOMIC), CREAM, 0.35)
    accents = [mix(nearest(color, ATOMIC), color, 0.2) for color in palette.accents]
    return replace(
        palette,
        paper=CREAM,
        sky=(sky, mix(sky, CREAM, 0.35)),
        land=(mix(land[0], CREAM, 0.35), mix(land[1], CREAM, 0.08), land[2]),
        accents=(accents[0], accents[1], accents[2], accents[3]),
    )


def cyanotype(palette: Palette) -> Palette:
    """A sun print: everything is Prussian blue, the page dark, what lay on it pale."""
    return replace(
        _set(palette, lambda color: along(color, BLUES)),
        paper=BLUES[4],
        deep=BLUES[0],
        sky=(mix(BLUES[0], BLUES[1], 0.55), mix(BLUES[1], BLUES[2], 0.15)),
        land=(BLUES[2], mix(BLUES[1], BLUES[2], 0.4), mix(BLUES[0], BLUES[1], 0.7)),
        accents=(BLUES[4], BLUES[3], "#dce9ee", BLUES[2]),
        glow=BLUES[4],
    )


def gold_foil(palette: Palette) -> Palette:
    """Gold on a dark ground that keeps the palette's own hue."""
    ground = from_lab((0.24, *(value * 0.7 for value in lab(palette.land[2])[1:])))
    return replace(
        palette,
        paper=shift(ground, 0.03),  # pages and panels are dark; what is white in nature stays light
        deep=shift(ground, -0.06),
        sky=(ground, shift(ground, 0.05)),
        land=(mix(ground, GOLDS[1], 0.35), mix(ground, GOLDS[1], 0.22), mix(ground, GOLDS[0], 0.15)),
        accents=(GOLDS[2], GOLDS[3], mix(palette.accents[0], GOLDS[2], 0.35), GOLDS[1]),
        glow=GOLDS[3],
    )


def risograph(palette: Palette) -> Palette:
    if palette.night:
        return replace(_set(palette, lambda color: nearest(color, RISO)), sky=(RISO[6], RISO[2]), paper=RISO[0])
    return replace(
        palette, paper=RISO[0], deep=RISO[6], sky=(RISO[4], RISO[0]), land=(RISO[5], RISO[3], RISO[2]),
        accents=(RISO[1], RISO[3], RISO[2], RISO[4]),
    )  # fmt: skip


def kraft(palette: Palette) -> Palette:
    """Brown wrapping paper under white and a few muted colors."""
    dim = _set(palette, lambda color: mix(shift(color, -0.02, 0.85), KRAFT, 0.16))
    paper = "#f4e6cf"
    if palette.night:
        return replace(dim, sky=("#4a3524", "#6e5138"), deep="#2c1f15", paper=paper)
    return replace(
        dim,
        paper=paper,
        deep="#2f2118",
        sky=(KRAFT, mix(KRAFT, paper, 0.18)),
        land=(mix(dim.land[0], KRAFT, 0.55), mix(dim.land[1], KRAFT, 0.4), mix(dim.land[2], KRAFT, 0.15)),
    )


def pastel(palette: Palette) -> Palette:
    if palette.night:
        return _set(palette, lambda color: shift(color, 0.08, 0.75))
    chalk = _set(palette, lambda color: mix(shift(color, 0.04, 0.8), "#fff7f2", 0.3))
    return replace(chalk, deep=shift(palette.deep, 0.1))


def stained_glass(palette: Palette) -> Palette:
    rich = _set(palette, lambda color: shift(vivid(color), -0.03))
    return replace(rich, deep=SOOT, paper=mix(palette.paper, palette.accents[1], 0.12))


def folk(palette: Palette) -> Palette:
    """Painted on a dark chest: the palette's deepest color is the ground, the rest is bright."""
    ground = shift(mix(palette.deep, palette.land[2], 0.35), 0.0, 1.15)
    return replace(
        _set(palette, vivid),
        paper=CREAM,
        deep=shift(ground, -0.05),
        sky=(ground, shift(ground, 0.04)),
        land=(mix(ground, palette.accents[2], 0.4), mix(ground, palette.land[1], 0.5), shift(ground, 0.03)),
    )


def crayon(palette: Palette) -> Palette:
    """Wax on white paper; at night on blue paper."""
    if palette.night:
        return palette
    white = "#fffdf8"
    sky, deep = (mix(palette.sky[0], white, 0.5), white), mix(palette.deep, SOOT, 0.3)
    return replace(_set(palette, vivid), paper=white, sky=sky, deep=deep)


def pop(palette: Palette) -> Palette:
    bold = _set(palette, vivid)
    return replace(bold, paper="#fffaf0", deep=SOOT, sky=(bold.sky[0], mix(bold.sky[1], "#ffffff", 0.15)))


def botanical(palette: Palette) -> Palette:
    """The cream page of an old plant book."""
    if palette.night:
        return palette
    page = mix(palette.paper, "#f4ecd8", 0.6)
    far, middle, near = (shift(color, 0.0, 0.9) for color in palette.land)
    return replace(
        palette, paper=page, sky=(mix(palette.sky[0], page, 0.6), page), land=(mix(far, page, 0.35), middle, near)
    )


def paper_cut(palette: Palette) -> Palette:
    """Colored paper comes in strong colors, the sheet behind a shade darker."""
    strong = palette.recolored(Recoloring(-0.015, 1.18))
    return replace(strong, sky=(shift(strong.sky[0], -0.05), shift(strong.sky[1], -0.02)))


LOOKS: dict[str, Callable[[Palette], Palette]] = {
    "minimal": minimal,
    "ink": ink,
    "linocut": linocut,
    "botanical": botanical,
    "paper-cut": paper_cut,
    "mid-century": mid_century,
    "cyanotype": cyanotype,
    "gold-foil": gold_foil,
    "risograph": risograph,
    "kraft": kraft,
    "pastel": pastel,
    "stained-glass": stained_glass,
    "folk": folk,
    "crayon": crayon,
    "pop": pop,
    "geometric": lambda palette: palette.recolored(Recoloring(0.0, 1.12)),
}


def looked(style: str, palette: Palette) -> Palette:
    """The palette as this style prints it."""
    return LOOKS[style](palette) if style in LOOKS else palette
