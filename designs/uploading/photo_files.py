"""A stranger's file into a picture of ours: upright, sRGB, 8 bit, opaque, and without a byte that we did not write.

The only door for photos. Every limit is checked before the work it bounds: bytes, then the header, then the pixels.
"""

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pi_heif
import pyvips
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from designs.imaging.pictures import Pixels, UnreadablePicture, size_px

MAX_BYTES = 10_000_000
# What the largest phones take. Decoded, Pillow holds 4 bytes of each pixel, and of a WebP three whole canvases.
MAX_PIXELS = {"JPEG": 50_500_000, "HEIF": 50_500_000, "PNG": 25_500_000, "WEBP": 25_500_000}
MAX_SIDE_PX = 20_000
MIN_SIDE_PX = 64
KEPT_PX = 4096  # the side of a master: nothing larger is ever drawn from a photo
SMALL_PX = 1024
QUALITY = 95

TAKEN = "Please send a JPEG, PNG, WebP or HEIC photo."
EXPORT = "Please open it on the device that took it and export it as JPEG."
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
MOVING_BRANDS = {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}
# What decoders raise for files that are not what they claim to be. A bug of ours would be none of these here.
DAMAGED = (
    OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, OverflowError, RuntimeError,
    struct.error, zlib.error, Image.DecompressionBombError, UnidentifiedImageError,
)  # fmt: skip

pi_heif.register_heif_opener()
pi_heif.options.DECODE_THREADS = 1


class UnusablePhoto(ValueError):
    """This file cannot become a Photo; the message is a sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A photo as we keep it: a JPEG without metadata, its size, and a copy of at most SMALL_PX to look at."""

    jpeg: bytes
    width_px: int
    height_px: int
    small: Pixels


def clean(data: bytes) -> Cleaned:
    """Decode, put upright, convert to sRGB and write anew. Takes up to 0.4 GB for the largest: one at a time.

    Raises UnusablePhoto.
    """
    if len(data) > MAX_BYTES:
        raise UnusablePhoto(f"This file has {len(data) / 1e6:.0f} MB. At most {MAX_BYTES // 10**6} MB can be taken.")
    kind = _kind(data)
    if kind != "HEIF":
        _check_header(data, kind)
    try:
        return _written(_read(data, kind))
    except UnusablePhoto:
        raise
    except DAMAGED as exc:
        raise UnusablePhoto(f"This photo is damaged or incomplete. {EXPORT}") from exc


def _read(data: bytes, kind: str) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of EXIF that is damaged: it is thrown away
        with Image.open(io.BytesIO(data), formats=[kind]) as opened:
            _check_size(*opened.size, kind)
            _check_still(opened, kind)
            return _srgb(_upright(_decoded(opened)))


def _kind(data: bytes) -> str:
    """Pillow's name of the format, by the first bytes alone: names and declared types are only claims."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _heif_kind(data[8:12])
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise UnusablePhoto(f"GIF pictures cannot be printed well. {TAKEN}")
    if not data:
        raise UnusablePhoto("This file is empty.")
    raise UnusablePhoto(f"This is not a photo that we can read. {TAKEN}")


def _heif_kind(brand: bytes) -> str:
    if brand in HEIC_BRANDS:
        return "HEIF"
    if brand in MOVING_BRANDS:
        raise UnusablePhoto("This picture moves. Please send a still one.")
    if brand in (b"avif", b"avis"):
        raise UnusablePhoto(f"AVIF pictures are not taken yet. {EXPORT}")
    raise UnusablePhoto(f"This is a film, or a picture of a kind that we cannot read. {TAKEN}")


def _check_header(data: bytes, kind: str) -> None:
    """Size by another reader, from the header alone: Pillow's WebP reader reserves the whole canvas on opening."""
    try:
        _check_size(*size_px(data), kind)
    except UnreadablePicture as exc:
        if "too many" in str(exc):
            raise UnusablePhoto(f"This picture has far too many pixels to be a photo. {TAKEN}") from exc
        raise UnusablePhoto(f"This photo is damaged or incomplete. {EXPORT}") from exc


def _check_size(width_px: int, height_px: int, kind: str) -> None:
    most = MAX_PIXELS[kind]
    if width_px * height_px > most or max(width_px, height_px) > MAX_SIDE_PX:
        raise UnusablePhoto(
            f"This picture has {width_px} × {height_px} pixels. At most {most // 10**6} megapixels can be taken: "
            "please send a smaller copy."
        )
    if min(width_px, height_px) < MIN_SIDE_PX:
        raise UnusablePhoto(f"This picture has only {width_px} × {height_px} pixels. Please send a larger copy.")


def _check_still(opened: Image.Image, kind: str) -> None:
    # A phone's JPEG may carry a depth map or a second exposure, a HEIC a burst: there the first picture is the photo.
    if kind in ("PNG", "WEBP") and getattr(opened, "is_animated", False):
        raise UnusablePhoto("This picture moves. Please send a still one.")


def _decoded(opened: Image.Image) -> Image.Image:
    """All pixels, no larger than they are kept. Raises what decoders raise for damaged files."""
    if opened.format in ("JPEG", "MPO") and max(opened.size) >= 2 * KEPT_PX - 200:
        # Decoding at half the size takes a quarter of the memory; 200 px short of the limit is no loss.
        opened.draft(None, (opened.width // 2, opened.height // 2))
    opened.load()
    if max(opened.size) <= KEPT_PX:
        return opened
    share = KEPT_PX / max(opened.size)
    wide = opened.convert("RGBA" if _see_through(opened) else "RGB") if opened.mode in ("P", "PA", "1") else opened
    return _like(opened, wide.resize([max(1, round(side * share)) for side in opened.size], _filter(wide)))


def _like(opened: Image.Image, resized: Image.Image) -> Image.Image:
    resized.info = dict(opened.info)
    resized.getexif().update(opened.getexif())
    return resized


def _filter(image: Image.Image) -> Image.Resampling:
    return Image.Resampling.BOX if image.mode.startswith("I") else Image.Resampling.LANCZOS


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture)


def _srgb(picture: Image.Image) -> Image.Image:
    """8 bit sRGB on white, by the picture's own profile; CMYK without one by a common press profile."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture, profile = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8)), None
    if picture.mode == "CMYK":
        return _converted(picture, profile or _press_profile())
    if _see_through(picture):
        picture = _on_white(picture.convert("RGBA"))
    elif picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    return _converted(picture, profile) if profile else picture.convert("RGB")


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info


def _on_white(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """By this profile to sRGB. A profile that is damaged or of another color space is as good as none."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, _screen_profile(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert("RGB")
    assert converted is not None
    return converted


@lru_cache(maxsize=1)
def _screen_profile() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@lru_cache(maxsize=1)
def _press_profile() -> bytes:
    return bytes(pyvips.Image.profile_load("cmyk"))


def _written(picture: Image.Image) -> Cleaned:
    picture.info = {}  # Pillow would write what it read here: comments, profiles, XMP
    out = io.BytesIO()
    # No thinning of chroma: this file is cut out, recolored and enlarged.
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0, exif=b"", icc_profile=None)
    small = picture.copy()
    small.thumbnail((SMALL_PX, SMALL_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return Cleaned(out.getvalue(), picture.width, picture.height, np.asarray(small, dtype=np.uint8).copy())
