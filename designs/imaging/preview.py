"""What people are shown before they buy: decoded from the very bytes that will be printed."""

from __future__ import annotations

from designs.imaging.encode import screen_jpeg
from designs.imaging.pictures import Pixels, srgb_pixels


def decode_pixels_for_preview(print_bytes: bytes, max_px: int) -> Pixels:
    """Pixels of a print file, longer side at most `max_px`. Raises UnreadablePicture."""
    return srgb_pixels(print_bytes, max_px=max_px)


def confirmation_preview(print_bytes: bytes, *, max_px: int = 1400) -> bytes:
    """A JPEG of a print file for the confirmation page. Raises UnreadablePicture."""
    return screen_jpeg(decode_pixels_for_preview(print_bytes, max_px))
