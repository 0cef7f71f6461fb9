"""Pixels out: print files, previews and thumbnails. The same pixels give the same bytes."""

from __future__ import annotations

from functools import lru_cache

import pyvips

from designs.imaging.pictures import Pixels, from_numpy, shrunk, srgb_pixels

PRINT_QUALITY = 94  # above it files grow and paper shows no difference
PREVIEW_QUALITY = 84
PRINT_DPI = 300
MM_PER_INCH = 25.4


def print_jpeg(pixels: Pixels, *, dpi: float = PRINT_DPI) -> bytes:
    """A baseline JPEG, 4:4:4, sRGB profile inside, no EXIF, density `dpi`: what both print services take."""
    image = from_numpy(pixels).copy(xres=dpi / MM_PER_INCH, yres=dpi / MM_PER_INCH)
    # No thinning of chroma: small type in color would get soft edges.
    return bytes(
        image.jpegsave_buffer(
            Q=PRINT_QUALITY, subsample_mode="off", interlace=False, optimize_coding=True, keep="icc", profile="srgb"
        )
    )


def preview_webp(pixels: Pixels, *, max_px: int = 1024) -> bytes:
    """For the screen: longer side at most `max_px`, no profile (browsers take it as sRGB)."""
    image = shrunk(from_numpy(pixels), max_px)
    return bytes(image.webpsave_buffer(Q=PREVIEW_QUALITY, effort=2, smart_subsample=True, keep="none"))


def preview_jpeg(pixels: Pixels, *, max_px: int = 800) -> bytes:
    """As `preview_webp`, for places that take no WebP (mails, some shops)."""
    image = shrunk(from_numpy(pixels), max_px)
    return bytes(image.jpegsave_buffer(Q=PREVIEW_QUALITY, optimize_coding=True, keep="none"))


def thumbnail(data: bytes, *, max_px: int = 512) -> bytes:
    """A small WebP of any picture file. Raises UnreadablePicture."""
    return preview_webp(srgb_pixels(data, max_px=max_px), max_px=max_px)


def lossless_png(pixels: Pixels) -> bytes:
    """A master: every pixel kept, sRGB profile inside."""
    return bytes(from_numpy(pixels).pngsave_buffer(compression=6, keep="icc", profile="srgb"))


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The ICC profile that `print_jpeg` embeds."""
    return bytes(pyvips.Image.profile_load("srgb"))
