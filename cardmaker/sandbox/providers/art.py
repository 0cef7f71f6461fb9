"""Pictures of our own for the stand-ins: a wash of color with shapes, by prompt and seed, of the size asked for."""

import hashlib
import io
import random

from PIL import Image, ImageDraw

SMALL_PX = 48
SHAPES = 7


def picture(prompt: str, seed: int, width_px: int, height_px: int, *, form: str = "png") -> bytes:
    """PNG, JPEG or WebP. The same words and seed give the same bytes."""
    dice = random.Random(hashlib.sha256(f"{prompt}|{seed}".encode()).digest())  # noqa: S311 - color, not secrecy
    small = Image.new("RGB", (SMALL_PX, SMALL_PX))
    corners = [_color(dice) for _ in range(4)]
    small.putdata([_mixed(corners, x / SMALL_PX, y / SMALL_PX) for y in range(SMALL_PX) for x in range(SMALL_PX)])
    whole = small.resize((width_px, height_px), Image.Resampling.BILINEAR)
    _shapes(ImageDraw.Draw(whole), dice, width_px, height_px)
    return encoded(whole, form)


def encoded(image: Image.Image, form: str) -> bytes:
    buffer = io.BytesIO()
    if form in ("jpeg", "jpg"):
        image.save(buffer, "JPEG", quality=90)
    elif form == "webp":
        image.save(buffer, "WEBP", quality=85, method=0)
    else:
        image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def enlarged(data: bytes, factor: int, *, form: str) -> bytes:
    """The same picture with `factor` times as many pixels a side. Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as image:
        size = (image.width * factor, image.height * factor)
        return encoded(image.convert("RGB").resize(size, Image.Resampling.BICUBIC), form)


def _shapes(draw: ImageDraw.ImageDraw, dice: random.Random, width_px: int, height_px: int) -> None:
    side = min(width_px, height_px)
    for number in range(SHAPES):
        size = side * dice.uniform(0.05, 0.3)
        x, y = dice.uniform(0, width_px), dice.uniform(0, height_px)
        box = (x - size, y - size, x + size, y + size)
        if number % 3 == 0:
            draw.rectangle(box, fill=_color(dice))
        else:
            draw.ellipse(box, fill=_color(dice))


def _color(dice: random.Random) -> tuple[int, int, int]:
    return dice.randrange(40, 250), dice.randrange(40, 250), dice.randrange(40, 250)


def _mixed(corners: list[tuple[int, int, int]], x: float, y: float) -> tuple[int, ...]:
    weights = ((1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y)
    return tuple(
        round(sum(weight * corner[band] for weight, corner in zip(weights, corners, strict=True))) for band in range(3)
    )


def size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(data)) as image:
        return image.width, image.height
