"""Copying a supplier's mock-up into our own storage: people are shown our copy, by a signed link, never theirs."""

from collections.abc import Callable
from urllib.parse import urlsplit

from cardmaker.core import storage
from cardmaker.core.http import OutsideUnavailable, shared_client

Picture = Callable[[str], str]

MOCKUP_PX = 1200
LARGEST = 20_000_000  # bytes
OK = 200


def copied(url: str) -> str:
    """Fetch one mock-up and keep a copy of at most 1200 px; the name of the stored file.

    Raises OutsideUnavailable, also while it is not drawn yet and for what is no picture.
    """
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    client = shared_client("Mock-up", f"{parts.scheme}://{parts.netloc}")
    response = client.request("GET", path, operation="mock-up")
    if response.status_code != OK or len(response.content) > LARGEST:
        raise OutsideUnavailable("The mock-up is not there yet")
    return storage.put(_small(response.content), "webp")


def _small(picture: bytes) -> bytes:
    """Decoded and encoded again: whatever else the file held stays behind."""
    from designs.imaging import encode, pictures  # heavy: on first use only

    try:
        pixels = pictures.srgb_pixels(picture, max_px=MOCKUP_PX)
    except pictures.UnreadablePicture as exc:
        raise OutsideUnavailable("The mock-up cannot be read") from exc
    return bytes(encode.preview_webp(pixels, max_px=MOCKUP_PX))
