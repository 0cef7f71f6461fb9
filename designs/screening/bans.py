"""Banning a picture: what looks like it is withheld, what comes at once, what was stored before by a job."""

from datetime import datetime

from django.db import transaction

from cardmaker.core import jobs, storage
from cardmaker.core.errors import BadInput
from designs.imaging.phash import mirrored, phash
from designs.imaging.pictures import Pixels, UnreadablePicture, srgb_pixels
from designs.models import BannedPicture, Image
from designs.screening.pictures import APPLY, LOOKED_AT_PX


def hashes(data: bytes) -> tuple[str, str]:
    """The look of a picture file and of its mirror image. Not in a transaction. Raises BadInput beside `picture`."""
    try:
        return _hashes(srgb_pixels(data, max_px=LOOKED_AT_PX))
    except UnreadablePicture as exc:
        raise BadInput.beside("picture", "This is no picture that we can read.") from exc


def ban(look: tuple[str, str], *, note: str, by: str, at: datetime) -> BannedPicture:
    """Ban what looks so. Safe to repeat: a look is banned once, and banning it again switches it on."""
    with transaction.atomic():
        fields = {"mirrored": look[1], "note": note[:200], "banned_by": by, "active": True}
        banned, _ = BannedPicture.objects.update_or_create(
            phash=look[0], defaults=fields, create_defaults={**fields, "created_at": at}
        )
        jobs.enqueue(APPLY, banned.pk, at=at)
    return banned


def ban_image(image: Image, *, note: str, by: str, at: datetime) -> BannedPicture:
    """Ban a picture that we have. Not in a transaction. Raises BadInput."""
    return ban(hashes(storage.read(image.display_file)), note=note, by=by, at=at)


def _hashes(pixels: Pixels) -> tuple[str, str]:
    look = phash(pixels)
    if not look:
        raise BadInput.beside("picture", "A picture of one color cannot be known again.")
    return look, mirrored(pixels)
