"""Copying a supplier's mock-up into our own storage: people are shown our copy, by a signed link, never theirs."""

from collections.abc import Callable

from cardmaker.core import storage
from cardmaker.core.foreign import foreign_client
from cardmaker.core.http import OutsideUnavailable

Picture = Callable[[str], str]

MOCKUP_PX = 1200
LARGEST = 20_000_000  # bytes
OK = 200


def copied(url: str) -> str:
    """Fetch one mock-up and keep a copy of at most 1200 px; the name of the stored file.

    Raises OutsideUnavailable, also while it is not drawn yet and for what is no picture, or OutsideRejected.
    """
    client = foreign_client("Mock-up", url)
    response = client.request("GET", url, operation="mock-up", max_bytes=LARGEST)
    if response.status_code != OK:
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
