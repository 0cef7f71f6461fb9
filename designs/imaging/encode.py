"""Pixels out: print files, previews and thumbnails. The same pixels give the same bytes."""

from __future__ import annotations

from functools import lru_cache

import pyvips

from designs.imaging.pictures import Pixels, from_numpy, shrunk, srgb_pixels

PRINT_QUALITY = 94  # above it files grow and paper shows no difference
PREVIEW_QUALITY = 84
SCREEN_QUALITY = 92  # at 84, or with thinned chroma, a preview differs visibly (under 40 dB) from the print file
PRINT_DPI = 300
START_OF_IMAGE, JFIF_MARKER, DOTS_PER_INCH, NO_THUMBNAIL = b"\xff\xd8", b"\xff\xe0", b"\1", b"\0\0"


def print_jpeg(pixels: Pixels, *, dpi: int = PRINT_DPI) -> bytes:
    """A baseline JPEG, 4:4:4, sRGB profile inside, no EXIF, density `dpi`: what both print services take."""
    # No thinning of chroma: small type in color would get soft edges. Fitted Huffman tables would save 7 % of the file
    # and take three times as long to write.
    written = from_numpy(pixels).jpegsave_buffer(
        Q=PRINT_QUALITY, subsample_mode="off", interlace=False, keep="icc", profile="srgb"
    )
    return tagged_with_dpi(bytes(written), dpi)


def tagged_with_dpi(jpeg: bytes, dpi: int) -> bytes:
    """Put a JFIF header with this density first: libvips leaves it out together with the EXIF that is not wanted."""
    rest = jpeg[2:]
    if rest.startswith(JFIF_MARKER):
        rest = rest[2 + int.from_bytes(rest[2:4], "big") :]
    header = b"JFIF\0\1\2" + DOTS_PER_INCH + dpi.to_bytes(2, "big") * 2 + NO_THUMBNAIL
    return START_OF_IMAGE + JFIF_MARKER + (len(header) + 2).to_bytes(2, "big") + header + rest


def screen_jpeg(pixels: Pixels) -> bytes:
    """What people judge a page by, and what their previews are drawn from: true to the print file, and quick."""
    return bytes(from_numpy(pixels).jpegsave_buffer(Q=SCREEN_QUALITY, subsample_mode="off", keep="none"))


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
    # Differences to the pixel on the left pack better at level 2 than bare pixels do at 6, in a third of the time.
    written = from_numpy(pixels).pngsave_buffer(compression=2, filter="sub", keep="icc", profile="srgb")
    return bytes(written)


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The ICC profile that `print_jpeg` embeds."""
    return bytes(pyvips.Image.profile_load("srgb"))
