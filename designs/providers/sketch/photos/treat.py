"""A photo in the colors and the hand of a style. Tones are found at one size and drawn at any, so that a final is its
candidate larger; edges of flat tones are cut at the size that is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import cv2
import numpy as np

from designs.providers.sketch.color import distance, lightness, mix, rgb, shift
from designs.providers.sketch.palettes import Palette
from designs.providers.sketch.photos.shots import Box

SKIN = "#d9a384"


@dataclass(frozen=True)
class Plate:
    """A crop of a photo, ready to be printed: `full` BGR as large as it will be, `small` the same at work size, `tone`
    its light at work size (float32, 0 to 1), faces spread over most of the scale."""

    full: Any
    small: Any
    tone: Any
    palette: Palette

    @property
    def size(self) -> tuple[int, int]:
        return self.full.shape[1], self.full.shape[0]

    @cached_property
    def calm(self) -> Any:
        """`small` without its small unevenness; brush and pen both begin with it, and it takes the most time."""
        return cv2.bilateralFilter(self.small, 5, 36, 7)

    def enlarged(self, field: Any) -> Any:
        return cv2.resize(field, self.size, interpolation=cv2.INTER_CUBIC)


Treatment = Callable[[Plate], Any]


def treated(full: Any, style: str, palette: Palette, faces: Sequence[Box], work_px: int) -> Any:
    """A BGR crop as this style prints it. `faces` are fractions of it; tones and lines are found `work_px` wide."""
    scale = min(1.0, work_px / full.shape[1])
    small = cv2.resize(full, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    plate = Plate(full, small, _tone(small, faces), palette)
    return TREATMENTS.get(style, toned)(plate)


def _tone(small: Any, faces: Sequence[Box]) -> Any:
    gray = cv2.bilateralFilter(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 5, 24, 5)
    height, width = gray.shape
    spots = [
        gray[round(y * height) : round((y + h) * height), round(x * width) : round((x + w) * width)].ravel()
        for x, y, w, h in faces
    ]
    seen = np.concatenate([spot for spot in spots if spot.size] or [gray.ravel()])
    dark, light = (float(value) for value in np.percentile(seen, (4, 96)))
    if spots:  # a face keeps its middle tones; what is darker or lighter about it may run out
        dark, light = min(dark * 0.72, 90.0), max(light * 1.06, 150.0)
    even = cv2.createCLAHE(2.0, (4, 4)).apply(gray).astype(np.float32) / 255  # some drawing in the shade and in the sky
    tone = np.clip((gray.astype(np.float32) - dark) / max(40.0, light - dark), 0, 1)
    return np.clip(tone * 0.78 + even * 0.22, 0, 1)


# Colors


def _bgr(color: str) -> tuple[int, int, int]:
    red, green, blue = rgb(color)
    return blue, green, red


def _ramp(colors: Sequence[str]) -> Any:
    """256 colors from the first to the last, evenly to the eye."""
    steps = []
    for level in range(256):
        place = level / 255 * (len(colors) - 1)
        number = min(int(place), len(colors) - 2)
        steps.append(_bgr(mix(colors[number], colors[number + 1], place - number)))
    return np.array(steps, np.uint8)


def _mapped(tone: Any, colors: Sequence[str]) -> Any:
    """Every tone by its color."""
    return _ramp(colors)[np.clip(tone * 255, 0, 255).astype(np.uint8)]


def _sharp_tone(plate: Plate) -> Any:
    """The tone at full size with the photo's own detail in it."""
    gray = cv2.cvtColor(plate.full, cv2.COLOR_BGR2GRAY)
    calm = cv2.resize(cv2.cvtColor(plate.small, cv2.COLOR_BGR2GRAY), plate.size, interpolation=cv2.INTER_CUBIC)
    return plate.enlarged(plate.tone) + (gray.astype(np.float32) - calm) / 255


def _dark(palette: Palette) -> str:
    return min((palette.deep, palette.sky[0], palette.paper, "#2a2530"), key=lightness)


def _light(palette: Palette) -> str:
    return max((palette.paper, palette.glow, "#f3e9d8"), key=lightness)


def _warm(palette: Palette) -> str:
    """The accent that does skin the least harm."""
    near = min(palette.accents, key=lambda color: distance(color, SKIN))
    return mix(near, SKIN, 0.35)


def _flats(plate: Plate, colors: Sequence[str], cuts: Sequence[float], relief: float = 0.0) -> Any:
    """Areas of one color each, dark to light, with clean edges; `relief` lays each on the one below like paper."""
    tone = plate.enlarged(cv2.GaussianBlur(plate.tone, (0, 0), 1.4))
    soft = 255 * plate.small.shape[1] / plate.size[0] * 0.11  # edges about a pixel wide at any size
    page = np.full((*tone.shape, 3), _bgr(colors[0]), np.uint8)
    for color, cut in zip(colors[1:], cuts, strict=True):
        mask = np.clip((tone - cut) * max(12.0, soft) + 0.5, 0, 1)
        if relief:
            reach = max(1.0, plate.size[0] * 0.006)
            shadow = cv2.GaussianBlur(mask, (0, 0), reach)
            page = blended(page, np.zeros_like(page), relief * shadow * (1 - mask))
        page = _over(page, color, mask)
    return page


def _lines(plate: Plate, strength: float = 1.0) -> Any:
    """Where a pen would draw: 1 on the line, 0 beside it."""
    gray = cv2.cvtColor(plate.calm, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255
    fine, broad = cv2.GaussianBlur(gray, (0, 0), 1.1), cv2.GaussianBlur(gray, (0, 0), 2.1)
    edge = plate.enlarged(broad - fine)
    return np.clip((edge - 0.008) * 75 * strength, 0, 1)


def _over(page: Any, color: str, mask: Any) -> Any:
    return blended(page, np.full_like(page, _bgr(color)), mask)


def blended(below: Any, above: Any, mask: Any) -> Any:
    """Two BGR pictures, the second as far as the mask (0 to 1) says."""
    mask = mask.astype(np.float32)
    return cv2.blendLinear(below, above, 1 - mask, mask)


def _painted(plate: Plate, strength: float) -> Any:
    """The photo as brush would leave it: calm areas, its own detail only a little."""
    large = cv2.resize(cv2.bilateralFilter(plate.calm, 5, 34, 7), plate.size, interpolation=cv2.INTER_CUBIC)
    return cv2.addWeighted(large, strength, plate.full, 1 - strength, 0)


# Treatments


def toned(plate: Plate) -> Any:
    """Calm paint in the light of the scene: shadows lean to its dark, lights to its paper."""
    palette = plate.palette
    glow = _mapped(_sharp_tone(plate), (_dark(palette), _warm(palette), _light(palette)))
    return cv2.addWeighted(_painted(plate, 0.55), 0.74, glow, 0.26, 0)


def watercolor(plate: Plate) -> Any:
    """Washes that let the paper through, a pencil line under them."""
    wash = _painted(plate, 0.85)
    paper = np.full_like(wash, _bgr(_light(plate.palette)))
    washed = cv2.addWeighted(wash, 0.80, paper, 0.24, 0)
    page = blended(washed, paper, np.clip(plate.enlarged(plate.tone) * 1.4 - 0.75, 0, 0.6))
    return _over(page, plate.palette.deep, _lines(plate) * 0.34)


def paper_cut(plate: Plate) -> Any:
    palette = plate.palette
    warm, dark, light = _warm(palette), _dark(palette), _light(palette)
    colors = (dark, mix(dark, warm, 0.45), warm, mix(warm, light, 0.5), light)
    return _flats(plate, colors, (0.16, 0.36, 0.58, 0.80), relief=0.34)


def linocut(plate: Plate) -> Any:
    """Two inks; the middle tones are what the gouge left."""
    palette = plate.palette
    width = plate.size[0]
    down, across = np.mgrid[0 : plate.size[1], 0:width].astype(np.float32) / width
    bend = plate.enlarged(plate.tone)
    cuts = np.sin((down * 0.86 + across * 0.5 + bend * 0.03) * 2 * np.pi * 62) * 0.5 + 0.5
    strong = mix(palette.bright[0], palette.paper, 0.25)
    page = _flats(plate, (palette.deep, strong, palette.paper), (0.30, 0.62))
    tone = plate.enlarged(cv2.GaussianBlur(plate.tone, (0, 0), 2.0))
    band = np.clip(1 - np.abs(tone - 0.46) / 0.16, 0, 1)
    return _over(page, palette.paper, np.clip((cuts * band - 0.42) * 7, 0, 1))


def mid_century(plate: Plate) -> Any:
    palette = plate.palette
    colors = (palette.deep, mix(_warm(palette), palette.deep, 0.35), mix(_warm(palette), palette.paper, 0.35))
    page = _flats(plate, (*colors, palette.paper), (0.22, 0.45, 0.74))
    return _over(page, palette.deep, _lines(plate) * 0.6)


def geometric(plate: Plate) -> Any:
    palette = plate.palette
    warm = _warm(palette)
    colors = (_dark(palette), mix(palette.accents[2], palette.deep, 0.35), warm, mix(warm, palette.paper, 0.45))
    return _flats(plate, (*colors, _light(palette)), (0.18, 0.36, 0.60, 0.82))


def ink(plate: Plate) -> Any:
    """A pen line and two thin washes on white."""
    palette = plate.palette
    paper = _light(palette)
    gray = mix(palette.deep, paper, 0.62)
    page = _flats(plate, (mix(palette.deep, paper, 0.12), gray, mix(gray, paper, 0.6), paper), (0.13, 0.34, 0.56))
    return _over(page, _dark(palette), _lines(plate, 1.5))


def cyanotype(plate: Plate) -> Any:
    palette = plate.palette
    return _mapped(_sharp_tone(plate), (palette.deep, palette.sky[1], palette.accents[3], palette.paper))


def gold_foil(plate: Plate) -> Any:
    palette = plate.palette
    bronze = mix(palette.sky[1], palette.accents[3], 0.4)
    return _mapped(_sharp_tone(plate), (palette.deep, bronze, *palette.accents[:2]))


def risograph(plate: Plate) -> Any:
    """Two drums: a flat of the first color, a screen of the second."""
    palette = plate.palette
    colors = (palette.deep, mix(palette.accents[2], palette.accents[0], 0.3), palette.accents[0])
    pale = mix(palette.accents[3], palette.paper, 0.4)
    page = _flats(plate, (*colors, pale, palette.paper), (0.14, 0.30, 0.52, 0.76))
    return _over(page, palette.accents[0], _screen(plate, 70, 0.78) * 0.8)


def kraft(plate: Plate) -> Any:
    """Dark chalk and white chalk on brown."""
    palette = plate.palette
    brown = palette.sky[0]
    return _mapped(_sharp_tone(plate), (palette.deep, mix(brown, palette.deep, 0.3), brown, palette.paper))


def pastel(plate: Plate) -> Any:
    palette = plate.palette
    page = cv2.addWeighted(_painted(plate, 0.85), 0.68, _mapped(plate.enlarged(plate.tone), (
        shift(palette.deep, 0.12), _warm(palette), palette.paper)), 0.32, 0)  # fmt: skip
    return cv2.addWeighted(page, 0.86, np.full_like(page, 255), 0.14, 0)


def stained_glass(plate: Plate) -> Any:
    page = cv2.addWeighted(geometric(plate), 0.45, _painted(plate, 0.95), 0.55, 0)
    return _over(page, plate.palette.deep, _lines(plate, 2.0))


def folk(plate: Plate) -> Any:
    palette = plate.palette
    warm = _warm(palette)
    colors = (palette.deep, mix(warm, palette.deep, 0.45), warm, mix(warm, palette.paper, 0.6), palette.paper)
    return _flats(plate, colors, (0.16, 0.34, 0.58, 0.84))


def crayon(plate: Plate) -> Any:
    page = _painted(plate, 0.9)
    page = cv2.addWeighted(page, 0.74, np.full_like(page, 250), 0.26, 0)
    return _over(page, shift(plate.palette.deep, 0.06), _lines(plate, 1.4) * 0.85)


def pop(plate: Plate) -> Any:
    """A comic: flat color, a bold line, dots in the shade."""
    palette = plate.palette
    warm = _warm(palette)
    colors = (palette.deep, palette.accents[0], mix(warm, palette.paper, 0.2), mix(warm, palette.paper, 0.62))
    page = _flats(plate, (*colors, palette.paper), (0.12, 0.26, 0.52, 0.82))
    dotted = _over(page, palette.accents[0], _screen(plate, 60, 0.62) * 0.75)
    return _over(dotted, palette.deep, _lines(plate, 2.2))


def minimal(plate: Plate) -> Any:
    """Black and white, printed in the palette's own black and white."""
    palette = plate.palette
    duo = _mapped(_sharp_tone(plate), (_dark(palette), mix(_dark(palette), palette.paper, 0.45), _light(palette)))
    return cv2.addWeighted(duo, 0.8, plate.full, 0.2, 0)


def night_glow(plate: Plate) -> Any:
    """By lamplight: warm where light falls, blue in the shade."""
    palette = plate.palette
    lamp = _mapped(_sharp_tone(plate), (shift(palette.sky[0], -0.08), mix(palette.sky[1], SKIN, 0.55), palette.glow))
    return cv2.addWeighted(_painted(plate, 0.4), 0.45, lamp, 0.55, 0)


def _screen(plate: Plate, count: int, until: float) -> Any:
    """Round dots, larger where it is darker, none above `until`."""
    width = plate.size[0]
    down, across = np.mgrid[0 : plate.size[1], 0:width].astype(np.float32) * (np.pi * count / width)
    wave = (np.cos(across + down) * np.cos(across - down) + 1) / 2
    tone = plate.enlarged(cv2.GaussianBlur(plate.tone, (0, 0), 3.0))
    return np.clip((wave - np.clip(tone / until, 0, 1)) * width / count / 3, 0, 1) * (tone < until)


TREATMENTS: dict[str, Treatment] = {
    "watercolor": watercolor, "botanical": watercolor, "paper-cut": paper_cut, "linocut": linocut,
    "mid-century": mid_century, "geometric": geometric, "ink": ink, "cyanotype": cyanotype, "gold-foil": gold_foil,
    "risograph": risograph, "kraft": kraft, "pastel": pastel, "stained-glass": stained_glass, "folk": folk,
    "crayon": crayon, "pop": pop, "minimal": minimal, "night-glow": night_glow,
}  # fmt: skip
