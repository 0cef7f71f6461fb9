"""What a published picture says about how it was made: IPTC's digital source type in XMP, and signed C2PA credentials.

Neither touches a pixel. XMP as in the IPTC Photo Metadata Standard 2025.1, C2PA by c2pa-rs through c2pa-python 0.38.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any, Literal

from designs.imaging.pictures import size_px

SourceType = Literal[
    "algorithmicMedia",
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "composite",
    "digitalCreation",
]
TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
XMP_IN_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
PNG_START, XMP_IN_PNG = b"\x89PNG\r\n\x1a\n", b"XML:com.adobe.xmp\0\0\0\0\0"
XMP_FLAG, ALPHA_FLAG = 0x04, 0x10
PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="{}"/>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
SAID = re.compile(rb'DigitalSourceType="' + re.escape(TERMS.encode()) + rb'(\w+)"')
# Without a small copy of the picture in them credentials take some 15 kB instead of 130.
LEAN = {"builder": {"thumbnail": {"enabled": False}}}


class CannotSign(Exception):
    """The certificate or key cannot be used, or the picture is of a kind that carries no credentials."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """PEM: the signing certificate first, then those that vouch for it; and its key. ES256."""

    chain: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a reader finds. `state`: Valid, Trusted or Invalid; "" without credentials."""

    xmp: str
    c2pa: str
    state: str
    made_with: str


def with_source_type(data: bytes, media_type: str, source_type: SourceType) -> bytes:
    """The same picture with its source type in XMP. What is no JPEG, PNG or WebP stays as it is."""
    packet = PACKET.format(TERMS + source_type).encode()
    writers = {"image/jpeg": _in_jpeg, "image/png": _in_png, "image/webp": _in_webp}
    return writers[media_type](data, packet) if media_type in writers else data


def signed(data: bytes, media_type: str, source_type: SourceType, *, made_with: str, certificate: Certificate) -> bytes:
    """The picture with C2PA credentials over these very bytes: the last thing done to it. Raises CannotSign."""
    import c2pa

    manifest = json.dumps(_manifest(source_type, made_with))
    try:
        told = c2pa.C2paSignerInfo(b"es256", certificate.chain, certificate.key, None)
        context = c2pa.Context(settings=c2pa.Settings.from_dict(LEAN))
        source, target = io.BytesIO(data), io.BytesIO()
        with c2pa.Signer.from_info(told) as signer, c2pa.Builder(manifest, context) as builder:
            builder.sign(signer, media_type, source, target)
    except c2pa.C2paError as exc:
        raise CannotSign(type(exc).__name__) from exc
    return target.getvalue()


def read(data: bytes, media_type: str) -> Credentials:
    """What a picture says about itself."""
    import c2pa

    said = SAID.search(data)
    xmp = said.group(1).decode() if said else ""
    try:
        with c2pa.Reader(media_type, io.BytesIO(data)) as reader:
            state = str(reader.get_validation_state() or "")
            manifest: dict[str, Any] = reader.get_active_manifest() or {}
    except c2pa.C2paError:
        return Credentials(xmp, "", "", "")
    created = _created(manifest)
    made_with = str((created.get("softwareAgent") or {}).get("name") or "")
    return Credentials(xmp, str(created.get("digitalSourceType") or "").removeprefix(TERMS), state, made_with)


def _manifest(source_type: SourceType, made_with: str) -> dict[str, Any]:
    """No words of a person are in it, and no names."""
    created = {
        "action": "c2pa.created",
        "digitalSourceType": TERMS + source_type,
        "softwareAgent": {"name": made_with},
    }
    generator = {"name": "Cardmaker", "version": "1"}
    return {
        "claim_generator_info": [generator],
        "title": "Picture",
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }


def _created(manifest: dict[str, Any]) -> dict[str, Any]:
    for assertion in manifest.get("assertions") or []:
        for action in (assertion.get("data") or {}).get("actions") or []:
            if action.get("action") == "c2pa.created":
                return dict(action)
    return {}


def _in_jpeg(data: bytes, packet: bytes) -> bytes:
    """Behind the JFIF header, where there is one: that has to stay first."""
    place = 2
    if data[2:4] == b"\xff\xe0":
        place += 2 + int.from_bytes(data[4:6], "big")
    body = XMP_IN_JPEG + packet
    return data[:place] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[place:]


def _in_png(data: bytes, packet: bytes) -> bytes:
    """Behind the first chunk, the header."""
    place = len(PNG_START) + 25
    body = b"iTXt" + XMP_IN_PNG + packet
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:place] + chunk + data[place:]


def _in_webp(data: bytes, packet: bytes) -> bytes:
    """At the end, with a flag in the extended header, which a plain file has yet to get."""
    chunks = data[12:]
    if chunks[:4] == b"VP8X":
        chunks = chunks[:8] + bytes([chunks[8] | XMP_FLAG]) + chunks[9:]
    else:
        width_px, height_px = size_px(data)
        clear = chunks[:4] == b"VP8L" and bool(chunks[12] & 0x10)
        flags = XMP_FLAG | (ALPHA_FLAG if clear else 0)
        sides = (width_px - 1).to_bytes(3, "little") + (height_px - 1).to_bytes(3, "little")
        chunks = b"VP8X" + struct.pack("<I", 10) + bytes([flags, 0, 0, 0]) + sides + chunks
    padded = packet + b"\0" * (len(packet) % 2)
    chunks += b"XMP " + struct.pack("<I", len(packet)) + padded
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks
