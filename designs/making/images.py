"""Keeping what a provider sent: the full file for printing, two small ones for people, and the row that knows them."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cardmaker.core import links, storage
from cardmaker.core.errors import Unavailable
from designs.imaging.encode import preview_webp, screen_jpeg
from designs.imaging.faces import DetectionFailed
from designs.imaging.pictures import Pixels, UnreadablePicture, size_px, srgb_pixels
from designs.imaging.sights import Sights, look
from designs.models import Call, Image
from designs.models.runs import VERSION_MAX
from designs.providers.base import Done, Output
from designs.screening.pictures import Seen
from designs.screening.pictures import look as look_for_harm

logger = logging.getLogger(__name__)

LOOK = "designs.look_at_older_images"
THUMB_PX = 512
DISPLAY_PX = 1024
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
MEDIA_TYPES = {f".{suffix}": media_type for media_type, suffix in SUFFIXES.items()}
LOOKED_AT_ONCE = 20  # older pictures in one turn: at most two or three seconds


class NotLookedAt(Unavailable):
    """Nobody could look for the faces of a picture, so no crop is made up for it."""

    code = "not_looked_at"


@dataclass(frozen=True, slots=True)
class Kept:
    """One picture in private storage, and what its provider said about it. `number` is its place in the answer."""

    number: int
    output: Output
    file: str
    display_file: str
    thumb_file: str
    sha256: str
    width_px: int
    height_px: int
    sights: dict[str, Any] | None
    seen: Seen


def keep(outputs: Sequence[Output], *, placed: bool = True) -> list[Kept]:
    """Store pictures, outside any transaction; safe to repeat. What is no picture is left out.

    Not `placed`: most of them will never lie on a page. Who places one looks for what a crop must keep, then.
    """
    return [kept for number, output in enumerate(outputs) if (kept := _keep(number, output, placed=placed))]


def rows(call: Call, done: Done, kept: list[Kept], *, at: datetime) -> list[Image]:
    """Unsaved Images for what a Call brought; each carries an equal part of its cost."""
    run, request = call.run, call.request
    final = run.stage == run.Stage.FINAL
    return [
        Image(
            created_at=at,
            account_id=run.account_id,
            shop_id=run.shop_id,
            design_id=run.design_id,
            call=call,
            number=one.number,
            position=call.position,
            tier=request["tier"],
            file=one.file,
            display_file=one.display_file,
            thumb_file=one.thumb_file,
            sha256=one.sha256,
            width_px=one.width_px,
            height_px=one.height_px,
            model_width_px=min(one.output.model_width_px, one.width_px),
            model_height_px=min(one.output.model_height_px, one.height_px),
            parent_id=None if final else request["base"],
            candidate_id=request["base"] if final else None,
            provider=call.provider,
            model=done.model,
            model_version=done.version[:VERSION_MAX],
            seed=one.output.seed,
            prompt_digest=hashlib.sha256(f"{request['prompt']}\n{request['instruction']}".encode()).hexdigest(),
            recipe=dict(one.output.recipe),
            description=one.output.description,
            cost_micros=done.actual_micros // max(1, len(done.outputs)),
            sights=one.sights,
            nudity=one.seen.nudity,
            phash=one.seen.phash,
        )
        for one in kept
    ]


def printable(image: Image) -> Image:
    """The version of a picked Image that goes on paper: its newest final, or itself. Reads `finals` as prefetched."""
    shown = [final for final in image.finals.all() if not final.withheld]
    finals = sorted(shown, key=lambda final: (final.created_at, str(final.pk)))
    return finals[-1] if finals else image


def show(name: str, *, at: datetime) -> str:
    """A link to a small picture of ours; '' when there is none."""
    return links.sign_file(name, at=at, content_type=MEDIA_TYPES[Path(name).suffix]) if name else ""


def sights_of(image: Image) -> Sights:
    """What a crop must keep in sight; looked for now where nobody has yet. Not in a transaction. Raises NotLookedAt."""
    if image.sights is None:
        try:
            image.sights = look(srgb_pixels(storage.read(image.display_file))).stored()
        except (DetectionFailed, UnreadablePicture) as exc:
            raise NotLookedAt("We cannot place this picture just now. Please try again later.") from exc
        Image.objects.filter(pk=image.pk, sights__isnull=True).update(sights=image.sights)
    return Sights.parse(image.sights)


def look_at_older(subject: str = "") -> None:
    """Periodic: look at pictures that nobody has looked at, because they are older or because looking failed."""
    for image in (
        Image.objects.filter(sights__isnull=True).exclude(display_file="").order_by("-created_at")[:LOOKED_AT_ONCE]
    ):
        sights_of(image)


def file_names(images: Iterable[Image]) -> set[str]:
    """All files of these Images."""
    return {name for image in images for name in (image.file, image.display_file, image.thumb_file) if name}


def _keep(number: int, output: Output, *, placed: bool) -> Kept | None:
    try:
        width_px, height_px = size_px(output.data)
        pixels = srgb_pixels(output.data, max_px=DISPLAY_PX)
    except UnreadablePicture:
        return None
    return Kept(
        number=number,
        output=output,
        file=storage.put(output.data, SUFFIXES.get(output.media_type, "bin")),
        display_file=storage.put(screen_jpeg(pixels), "jpg"),
        thumb_file=storage.put(preview_webp(pixels, max_px=THUMB_PX), "webp"),
        sha256=storage.sha256(output.data),
        width_px=width_px,
        height_px=height_px,
        sights=_sights(pixels) if placed else None,
        seen=look_for_harm(pixels),
    )


def _sights(pixels: Pixels) -> dict[str, Any] | None:
    """None when looking failed: a picture that is paid for is kept, and whoever needs a crop of it looks again."""
    try:
        return look(pixels).stored()
    except DetectionFailed:
        logger.exception("a picture is kept that nobody could look at")
        return None
