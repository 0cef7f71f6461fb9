"""Judging pictures as they are stored: how much each looks like nudity, and whether it is a banned one again.

Above `settings.NUDITY_WITHHELD` nobody sees a picture until a person allowed it; from `settings.NUDITY_REVIEWED` on it
is shown and a person looks. A banned picture is withheld, also mirrored, resized or in another light.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from cardmaker.core import storage
from designs.imaging import phash
from designs.imaging.nudity import Scorer, ScoringFailed, score
from designs.imaging.pictures import Pixels, UnreadablePicture, srgb_pixels
from designs.models import BannedPicture, Flag, Image, Photo
from designs.screening import flags
from designs.screening.verdict import Concern

logger = logging.getLogger(__name__)

LOOK = "designs.screen_older_pictures"
APPLY = "designs.apply_ban"
LOOKED_AT_PX = 1024
LOOKED_AT_ONCE = 40  # older pictures in one turn: a few seconds
COMPARED_AT_ONCE = 2_000
BITS = 64
WITHHELD = {
    "nudity": "This picture may show nudity, so nobody sees it until one of us has looked. Please choose another.",
    "banned_picture": "This picture looks like one that we do not print. Please choose another.",
}
WITHHELD_ELSE = "We do not print this picture. Please choose another."
Picture = Image | Photo
STORED: tuple[Any, ...] = (Image.objects, Photo.objects)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture looks like. `nudity` is None where nobody could look: a job tries again."""

    nudity: float | None
    phash: str


def look(pixels: Pixels, *, scorer: Scorer | None = None) -> Seen:
    """Look at sRGB pixels, best at a copy of LOOKED_AT_PX. Not in a transaction: it takes a moment. No query."""
    try:
        nudity: float | None = round(score(pixels, scorer=scorer or _scorer(settings.NUDITY_SCORER)), 4)
    except ScoringFailed:
        logger.exception("a picture is kept that nobody could screen")
        nudity = None
    return Seen(nudity, phash.phash(pixels))


def screen(pictures: Sequence[Picture], *, at: datetime) -> None:
    """Put stored pictures before ops where they must be judged, and withhold what nobody may see meanwhile.

    In the transaction that writes them. One query, and more only for a picture that something speaks against.
    """
    banned = list(BannedPicture.objects.filter(active=True).order_by("pk"))
    for picture in pictures:
        _screen(picture, banned, at=at)


def withheld_message(reason: str) -> str:
    """Why a picture is not shown, for whoever it belongs to."""
    return WITHHELD.get(reason, WITHHELD_ELSE)


def screen_older(subject: str = "") -> None:
    """Periodic: look at pictures that nobody has looked at, because they are older or because looking failed."""
    for pictures in STORED:
        unseen = pictures.all().filter(nudity__isnull=True).exclude(display_file="").order_by("-created_at")
        for picture in list(unseen[:LOOKED_AT_ONCE]):
            _look_again(picture)


def apply_ban(banned_id: str) -> None:
    """The job behind a ban: withhold what was stored before and looks like it. Safe to repeat."""
    banned = list(BannedPicture.objects.filter(pk=banned_id, active=True))
    for pictures in STORED if banned else ():
        known = pictures.all().exclude(phash="").values_list("pk", "phash").iterator(COMPARED_AT_ONCE)
        alike = [pk for pk, seen in known if _known(seen, banned)]
        for picture in pictures.all().filter(pk__in=alike).order_by("pk"):
            _screen(picture, banned, at=timezone.now())


@cache
def _scorer(path: str) -> Scorer:
    made: Scorer = import_string(path)()
    return made


def _look_again(picture: Picture) -> None:
    try:
        seen = look(srgb_pixels(storage.read(picture.display_file), max_px=LOOKED_AT_PX))
    except (UnreadablePicture, FileNotFoundError):
        seen = Seen(0.0, "")  # there is nothing that anybody could see
    if seen.nudity is None:
        return
    type(picture).objects.filter(pk=picture.pk, nudity__isnull=True).update(nudity=seen.nudity, phash=seen.phash)
    picture.nudity, picture.phash = seen.nudity, seen.phash
    screen([picture], at=timezone.now())


def _screen(picture: Picture, banned: Sequence[BannedPicture], *, at: datetime) -> None:
    concerns = [*_bare(picture.nudity), *_known(picture.phash, banned)]
    if not concerns:
        return
    kind = Flag.Subject.IMAGE if isinstance(picture, Image) else Flag.Subject.PHOTO
    account_id, design_id = picture.account_id, picture.design_id
    flags.flag(kind, picture.pk, concerns, account_id=account_id, design_id=design_id, at=at)
    picture.refresh_from_db(fields=["withheld"])


def _bare(nudity: float | None) -> list[Concern]:
    if nudity is None or nudity < settings.NUDITY_REVIEWED:
        return []
    return [Concern("nudity", score=nudity, withholds=nudity >= settings.NUDITY_WITHHELD)]


def _known(seen: str, banned: Sequence[BannedPicture]) -> list[Concern]:
    nearest = min((_alike(seen, picture) for picture in banned), default=BITS)
    if nearest > settings.BANNED_DISTANCE:
        return []
    return [Concern("banned_picture", score=round(1 - nearest / BITS, 4), withholds=True)]


def _alike(seen: str, banned: BannedPicture) -> int:
    return min(phash.distance(seen, banned.phash), phash.distance(seen, banned.mirrored))
