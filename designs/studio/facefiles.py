"""Each font's name set in itself: a choice of lettering for people, at 3 KB instead of a whole font file each."""

import io

import skia

from designs.fonts import FONTS
from designs.imaging.shaping import outline

RECIPE = 1
HEIGHT_PX, EM_PX, BASELINE_PX, PADDING_PX = 90, 46, 58, 6
INK = skia.Color(28, 39, 66)


def title(font_code: str) -> str:
    """Raises KeyError for an unknown font."""
    return FONTS[font_code].title


def render(font_code: str, text: str) -> bytes:
    """A transparent WebP, 90 px high (to be shown at a third), as wide as the name needs."""
    em_px = EM_PX * FONTS[font_code].scale
    path = skia.Path(outline(text, font_code).path)
    path.transform(skia.Matrix.Scale(em_px, em_px))
    bounds = path.computeTightBounds()
    path.offset(PADDING_PX - bounds.left(), BASELINE_PX)
    surface = skia.Surface(round(bounds.width()) + 2 * PADDING_PX, HEIGHT_PX)
    surface.getCanvas().drawPath(path, skia.Paint(Color=INK, AntiAlias=True))
    written = io.BytesIO()
    surface.makeImageSnapshot().save(written, skia.kWEBP)
    return written.getvalue()
