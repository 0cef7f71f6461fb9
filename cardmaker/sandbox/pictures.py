"""Fetch a picture over HTTP as an outside service does: no trust, a size limit, and a hash of what really came."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings
from django.db import models
from PIL import Image, UnidentifiedImageError

THUMB_PX = 420
MEBIBYTE = 1024 * 1024


class Stored(models.Model):
    """What is known of a fetched picture; its bytes lie in FILES_DIR under their SHA-256."""

    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveIntegerField(null=True)
    width_px = models.PositiveIntegerField(null=True)
    height_px = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class Unfetchable(Exception):
    """The address did not answer with a picture. The message is for people."""


class NotNow(Unfetchable):
    """Nobody answered, or the server is in trouble: it may go better later."""


class TooLarge(Unfetchable):
    """There are more bytes than are taken."""


class NoPicture(Unfetchable):
    """The bytes are not a picture that can be read."""


@dataclass(frozen=True)
class Picture:
    sha256: str
    size_bytes: int
    width_px: int
    height_px: int
    format: str  # as Pillow names it: JPEG, PNG, TIFF
    mode: str  # RGB, CMYK, P ...

    def columns(self) -> dict[str, str | int]:
        """What `Stored` keeps of it."""
        return {
            "sha256": self.sha256,
            "size_bytes": self.size_bytes,
            "width_px": self.width_px,
            "height_px": self.height_px,
        }


def fetch(url: str, *, max_bytes: int) -> Picture:
    """Download, hash, measure and keep the picture at `url`. Raises Unfetchable."""
    return keep(_download(url, max_bytes))


def keep(content: bytes) -> Picture:
    """Hash, measure and keep a picture. Raises NoPicture."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            picture = Picture(sha256, len(content), image.width, image.height, image.format or "", image.mode)
            _keep(content, image, sha256)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as exc:
        raise NoPicture("The file is not a readable picture") from exc
    return picture


def file_path(sha256: str, *, thumb: bool = False) -> Path:
    return Path(settings.FILES_DIR) / (f"{sha256}.thumb.jpg" if thumb else sha256)


def _download(url: str, max_bytes: int) -> bytes:
    content = bytearray()
    try:
        with httpx.stream("GET", url, timeout=settings.FETCH_TIMEOUT_S, follow_redirects=True) as response:
            if response.is_server_error:
                raise NotNow(f"The address answered {response.status_code}")
            if response.status_code != 200:
                raise Unfetchable(f"The address answered {response.status_code}")
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise TooLarge(f"The file is larger than {max_bytes // MEBIBYTE} MB")
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise NotNow(f"The address did not answer: {type(exc).__name__}") from exc
    return bytes(content)


def _keep(content: bytes, image: Image.Image, sha256: str) -> None:
    path = file_path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    small = image.convert("RGB")
    small.thumbnail((THUMB_PX, THUMB_PX))
    small.save(file_path(sha256, thumb=True), "JPEG", quality=82)
