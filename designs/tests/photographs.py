"""Photos for tests, made here: scenes with detail, in every file format and with every kind of baggage."""

import io
import zlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

from designs.imaging.tests.samples import drawn_face

GPS_IFD, ORIENTATION, MAKER_NOTE = 0x8825, 0x0112, 0x927C
SECRETS = (b"52.5163", b"Secret Street", b"Canon", b"maker-note", b"Photoshop 3.0", b"x:xmpmeta", b"a comment")


def scene(width=640, height=480, *, blur=0.0, light=1.0):
    """Something with edges at every size, as a photo has: shapes under fine texture."""
    picture = Image.new("RGB", (width, height), (120, 170, 210))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(70, 120, 60))
    draw.ellipse((width // 4, height // 5, width * 3 // 4, height * 4 // 5), fill=(220, 150, 60))
    draw.rectangle((width // 20, height // 20, width // 4, height // 4), fill=(200, 40, 40))
    noise = np.random.default_rng(7).normal(0, 14, (height, width, 1))
    pixels = np.clip((np.asarray(picture) + noise) * light, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur * max(width, height)))


def person(width=1600, height=1200, *, people=1, blur=0.0, light=1.0):
    """One or two people side by side that a detector finds, with the grain of a photo."""
    wide = width // people
    one = drawn_face(wide, height, x=wide // 2, y=height // 2, radius=height // (3 + people))
    noise = np.random.default_rng(7).normal(0, 14, (height, width, 1))
    pixels = np.clip((np.concatenate([one] * people, axis=1) + noise) * light, 0, 255).astype(np.uint8)
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur * max(width, height)))


def jpeg(picture=None, **options):
    return encoded(picture or scene(), "JPEG", quality=90, **options)


def encoded(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def laden_jpeg():
    """Stored turned, with EXIF, GPS, maker note, XMP, IPTC, a comment and a thumbnail's worth of junk."""
    exif = Image.Exif()
    exif[0x010F], exif[ORIENTATION] = "Canon", 6
    exif.get_ifd(GPS_IFD)[29] = "52.5163"
    exif.get_ifd(0x8769)[MAKER_NOTE] = b"maker-note" * 20
    data = jpeg(scene(), exif=exif, comment=b"a comment", xmp=b"<x:xmpmeta>Secret Street</x:xmpmeta>")
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\x11\x1c\x02\x5a\0\x0cSecret Street"
    segment = b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc
    return data[:2] + segment + data[2:]


def laden_png():
    text = PngInfo()
    text.add_text("Comment", "a comment at Secret Street", zip=False)
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>52.5163</x:xmpmeta>")
    return encoded(scene(), "PNG", pnginfo=text)


def png_claiming(width, height):
    """A PNG of a few bytes whose header promises this many pixels."""

    def chunk(name, body):
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def gray16_png():
    ramp = np.linspace(0, 65_535, 200 * 100).reshape(100, 200).astype(np.uint16)
    return encoded(Image.fromarray(ramp), "PNG")


def moving(kind):
    frames = [Image.new("RGB", (100, 100), color) for color in ("red", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
