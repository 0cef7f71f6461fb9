"""A piece of a photo onto the canvas, treated in the picture's style, as sharp as the photo and the page allow."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import skia

from designs.providers.sketch.photos.shots import Box, Shot, framed
from designs.providers.sketch.photos.treat import blended, treated

if TYPE_CHECKING:
    from designs.providers.sketch.pen import Pen

WORK_PX = (220, 480)  # at least and at most; between them, a pixel for each unit of the page
MOST_PX = 2400  # of a piece's width; a photo seldom has more to give and memory is not free
SPREAD_PX = 600  # colors are spread over an edge at this width: they are soft, and at full size would take a second
SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def piece(shot: Shot, aspect: float, *, rounded: bool = False) -> dict[str, Any]:
    """The args of a photo in an opening: plain data, kept in the scene."""
    return {"shot": shot, "crop": [round(side, 4) for side in framed(shot, aspect, rounded=rounded)]}


def lay(pen: "Pen", args: Mapping[str, Any], path: Any, box: tuple[float, float, float, float]) -> None:
    """The photo of `args` in `box` (left, top, right, bottom), seen inside the path. Without photos, a plain ground."""
    if pen.photos is None:
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=skia.Color(150, 150, 150)))
        return
    opaque = cv2.cvtColor(_pixels(pen, args, box), cv2.COLOR_BGR2BGRA)
    image = skia.Image.fromarray(opaque, skia.ColorType.kBGRA_8888_ColorType)
    with pen.inside(path):
        pen.canvas.drawImageRect(image.withDefaultMipmaps(), skia.Rect.MakeLTRB(*box), SMOOTH)


def stand(pen: "Pen", args: Mapping[str, Any], box: tuple[float, float, float, float]) -> None:
    """The people of the photo alone, cut out."""
    if pen.photos is None:
        return
    part = _pixels(pen, args, box)
    alpha = pen.photos.alpha(args["shot"], tuple(args["crop"]), (part.shape[1], part.shape[0]))
    people = blended(np.zeros_like(part), _clean(part, alpha), alpha)  # premultiplied, as Skia wants them
    pixels = np.dstack([people, (alpha * 255).astype(np.uint8)])
    info = skia.ImageInfo.Make(
        pixels.shape[1], pixels.shape[0], skia.ColorType.kBGRA_8888_ColorType, skia.AlphaType.kPremul_AlphaType
    )
    image = skia.Image.MakeRasterCopy(skia.Pixmap(info, pixels.data, pixels.shape[1] * 4))
    pen.canvas.drawImageRect(image.withDefaultMipmaps(), skia.Rect.MakeLTRB(*box), SMOOTH)


def _pixels(pen: "Pen", args: Mapping[str, Any], box: tuple[float, float, float, float]) -> Any:
    """The crop as BGR, treated."""
    assert pen.photos is not None
    shot, crop = args["shot"], args["crop"]
    work_px = round(max(WORK_PX[0], min(WORK_PX[1], box[2] - box[0])))
    part = pen.photos.crop(shot.number, tuple(crop), max(work_px, min(MOST_PX, _width_px(pen, box))))
    faces: list[Box] = [
        ((face[0] - crop[0]) / crop[2], (face[1] - crop[1]) / crop[3], face[2] / crop[2], face[3] / crop[3])
        for face in shot.faces
    ]
    return treated(part, pen.medium_name, pen.palette, [_within(face) for face in faces], work_px)


def _within(face: Box) -> Box:
    left, top = max(0.0, face[0]), max(0.0, face[1])
    return left, top, max(0.0, min(1.0, face[0] + face[2]) - left), max(0.0, min(1.0, face[1] + face[3]) - top)


def _width_px(pen: "Pen", box: tuple[float, float, float, float]) -> int:
    matrix = pen.canvas.getTotalMatrix()
    scale = math.hypot(matrix.getScaleX(), matrix.getSkewY())
    return max(8, math.ceil((box[2] - box[0]) * scale))


def _clean(bgr: Any, alpha: Any) -> Any:
    """The edge takes the color of what lies inside it, so that no rim of the old background is left."""
    size, scale = (bgr.shape[1], bgr.shape[0]), min(1.0, SPREAD_PX / bgr.shape[1])
    small, near = (cv2.resize(field, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for field in (bgr, alpha))
    inner = cv2.erode((near > 0.97).astype(np.float32), np.ones((3, 3), np.uint8))
    reach = max(1.5, small.shape[1] / 130)
    weight = cv2.GaussianBlur(inner, (0, 0), reach) + 1e-4
    spread = cv2.GaussianBlur(small * inner[..., None], (0, 0), reach) / weight[..., None]
    edge = np.clip((0.995 - alpha) * 3, 0, 1) * cv2.resize((weight > 0.01).astype(np.float32), size)
    return blended(bgr, cv2.resize(np.clip(spread, 0, 255).astype(np.uint8), size), edge)
