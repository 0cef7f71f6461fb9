"""A Scene to pixels: Skia draws the same vectors afresh at every size."""

import struct
import zlib
from typing import Any

import cv2
import numpy as np
import skia

from designs.imaging.encode import lossless_png
from designs.providers.sketch.color import argb
from designs.providers.sketch.dice import Dice
from designs.providers.sketch.finish import finish
from designs.providers.sketch.motifs import motifs
from designs.providers.sketch.paths import outline
from designs.providers.sketch.pen import Pen
from designs.providers.sketch.photos.gallery import Gallery
from designs.providers.sketch.prints import MEDIA
from designs.providers.sketch.scene import VERSION, Item, Scene

FINE, FINE_PX = 9.0, 2.5  # shapes smaller than this, in canvas units and in pixels, are flat
AFTER_HEADER = 8 + 25  # the signature and the IHDR chunk, which comes first


def draw(scene: Scene, width_px: int, height_px: int, photos: Gallery | None = None) -> Any:
    """The picture as a BGR array of height_px x width_px x 3 bytes. `photos` are those that the scene shows."""
    page = np.zeros((height_px, width_px, 4), np.uint8)
    # Skia draws straight into the array: to read a picture out again would copy it twice.
    info = skia.ImageInfo.Make(width_px, height_px, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, page, page.strides[0])
    canvas = surface.getCanvas()
    canvas.clear(argb(scene.palette.paper))
    canvas.scale(width_px / scene.width, height_px / scene.height)
    for item in scene.items:
        _place(canvas, scene, item, photos)
    finish(canvas, scene)
    return cv2.cvtColor(page, cv2.COLOR_BGRA2BGR)


def _place(canvas: Any, scene: Scene, item: Item, photos: Gallery | None) -> None:
    if item.motif == "window":
        _window(canvas, scene, item, photos)
        return
    motif = motifs()[item.motif]
    unit = 1.0 if motif.kind == "ground" else item.size / 100
    pen = Pen(
        canvas,
        MEDIA[scene.style],
        scene.palette,
        unit=1.0,
        dice=Dice(item.seed),
        tint=item.tint,
        fade=item.fade,
        args=item.args,
        size=(scene.width, scene.height),
        photos=photos,
        style=scene.style,
        fine=max(FINE, FINE_PX * scene.width / canvas.getBaseLayerSize().width()),
    )
    with pen.at(item.x, item.y, unit, item.turn, flip=item.flip):
        motif.draw(pen)


def _window(canvas: Any, scene: Scene, item: Item, photos: Gallery | None) -> None:
    canvas.save()
    canvas.clipPath(outline(item.args), True)
    for child in item.children:
        _place(canvas, scene, child, photos)
    canvas.restore()


def encode(pixels: Any) -> bytes:
    """PNG, lossless; a text chunk names the version that drew it."""
    data = lossless_png(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    return data[:AFTER_HEADER] + _text("Software", f"Cardmaker {VERSION}") + data[AFTER_HEADER:]


def _text(keyword: str, text: str) -> bytes:
    """A tEXt chunk: length, kind, latin-1 body, checksum of kind and body (PNG 3rd edition, 11.3.3)."""
    body = b"tEXt" + keyword.encode("latin-1") + b"\0" + text.encode("latin-1")
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
