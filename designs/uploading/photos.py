"""Photos: taking them in, giving them to a Design, and letting them go.

Decoding and storing happen outside any transaction and one at a time in a process: the largest photo needs 0.4 GB.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import Account, Shop
from billing import quota
from cardmaker.core import jobs, storage
from cardmaker.core.errors import BadInput, Refused, Unavailable
from cardmaker.core.transactions import refuse_open_transaction
from designs.imaging.encode import preview_webp
from designs.imaging.pictures import Pixels, srgb_pixels
from designs.making.images import DISPLAY_PX, THUMB_PX
from designs.models import Design, DesignPhoto, Kind, Photo
from designs.proofs.purge import remove_unused
from designs.screening.pictures import look as look_for_harm
from designs.screening.pictures import screen, withheld_message
from designs.uploading import photo_advice, photo_files
from designs.uploading.photo_files import Cleaned, UnusablePhoto

if TYPE_CHECKING:
    from accounts.identity import Caller
    from designs.imaging.faces import Face

logger = logging.getLogger(__name__)

LOOK_AGAIN = "designs.look_again"
FORGET = "designs.forget_photos"
MOST_USED = {Kind.CALENDAR: 10, Kind.CARD: 4}  # by one Design; other kinds as a card
MOST_KEPT = 30  # that were sent for one Design
TURN_S = 20.0  # how long a photo waits for its turn to be decoded
BATCH = 100
decoding = threading.BoundedSemaphore(1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo that is ready to be kept: what its bytes were, and where its files lie. `fields` are the Photo's own."""

    source_sha256: str
    fields: dict[str, Any] = field(default_factory=dict)
    known: Photo | None = None
    looked_at: bool = True

    @property
    def names(self) -> set[str]:
        return {self.fields[name] for name in ("file", "display_file", "thumb_file") if name in self.fields}


def take_in(
    data: bytes, *, account: Account, shop: Shop | None = None, design: Design | None = None, at: datetime
) -> Photo:
    """Make these bytes a Photo of the account, for a Design if one is named. The same bytes give the same Photo.

    Raises BadInput beside `file`, QuotaSpent, or Unavailable when too many photos wait to be decoded.
    """
    shop = shop or Shop.objects.house()
    prepared = prepare(data, account=account, shop=shop, at=at)
    try:
        return keep(prepared, account=account, shop=shop, design=design, at=at)
    except Refused:
        discard(prepared)
        raise


def prepare(data: bytes, *, account: Account, shop: Shop, at: datetime) -> Prepared:
    """The slow part: decode, look, store the files. Outside any transaction. Raises as `take_in`.

    What is new counts against the day's photos before it is decoded, whether or not it turns out to be a photo.
    """
    refuse_open_transaction("decoding a photo")
    digest = storage.sha256(data)
    known = Photo.objects.filter(account=account, shop=shop, source_sha256=digest).first()
    if known is not None:
        return Prepared(digest, known=known)
    quota.use_by(account.pk, "photo", "day", limit=settings.PHOTOS_PER_DAY, at=at)
    cleaned = _cleaned(data)
    faces = _faces(cleaned.small)
    sizes = {"width_px": cleaned.width_px, "height_px": cleaned.height_px}
    fields = {
        **sizes,
        "file": storage.put(cleaned.jpeg, "jpg"),
        "display_file": storage.put(preview_webp(cleaned.small, max_px=DISPLAY_PX), "webp"),
        "thumb_file": storage.put(preview_webp(cleaned.small, max_px=THUMB_PX), "webp"),
        "sha256": storage.sha256(cleaned.jpeg),
        **asdict(look_for_harm(cleaned.small)),
        "faces": [asdict(face) for face in faces or ()],
        "advice": photo_advice.advise(cleaned.small, faces=faces, **sizes),
    }
    return Prepared(digest, fields, looked_at=faces is not None)


def keep(prepared: Prepared, *, account: Account, shop: Shop, design: Design | None, at: datetime) -> Photo:
    """Write the row, once for the same bytes; the Design starts from it too while it has room. Raises BadInput."""
    with transaction.atomic():
        photo = _row(prepared, account, shop, at=at)
        if design is not None:
            _lay_in_tray(photo, design, at=at)
        if photo.created_at == at:
            screen([photo], at=at)
    return photo


def discard(prepared: Prepared) -> None:
    """Take back the files of a photo that was not kept."""
    remove_unused(prepared.names)


def attach(design: Design, photo_ids: Sequence[UUID], *, caller: "Caller", at: datetime) -> None:
    """Let the Design start from exactly these Photos, in this order. Raises BadInput beside `photos`."""
    most = most_used(design)
    if len(set(photo_ids)) != len(photo_ids):
        raise BadInput.beside("photos", "Each photo once.")
    if len(photo_ids) > most:
        raise BadInput.beside("photos", f"At most {most} photos for a {design.kind}.")
    with transaction.atomic():
        Design.objects.select_for_update().get(pk=design.pk)
        mine = Photo.objects.visible_to(caller).select_for_update().filter(pk__in=photo_ids)
        found = list(mine)
        if len(found) < len(photo_ids):
            raise BadInput.beside("photos", "There is no such photo.")
        _refuse_withheld(found)
        before = set(design.uses.values_list("photo_id", flat=True))
        design.uses.all().delete()
        uses = [DesignPhoto(design=design, photo_id=pk, rank=rank) for rank, pk in enumerate(photo_ids)]
        DesignPhoto.objects.bulk_create(uses)
        count_uses(Photo.objects.filter(pk__in=before | set(photo_ids)), at=at)
        design.touch(at=at)


def delete(photo: Photo, *, at: datetime) -> None:
    """Its row and files go at once; Designs that started from it keep the pictures they have. Safe to repeat."""
    with transaction.atomic():
        designs = list(Design.objects.select_for_update().filter(uses__photo=photo).order_by("pk"))
        Photo.objects.filter(pk=photo.pk).delete()
        for design in designs:
            design.touch(at=at)
    remove_unused(file_names([photo]))


def _refuse_withheld(found: Sequence[Photo]) -> None:
    for photo in found:
        if photo.withheld:
            raise BadInput.beside("photos", withheld_message(photo.withheld))


def most_used(design: Design) -> int:
    return MOST_USED.get(Kind(design.kind), MOST_USED[Kind.CARD])


def file_names(photos: Sequence[Photo] | QuerySet[Photo]) -> set[str]:
    """All files of these Photos."""
    return {name for photo in photos for name in (photo.file, photo.display_file, photo.thumb_file) if name}


def count_uses(photos: QuerySet[Photo], *, at: datetime) -> None:
    """Note which of these Photos no Design starts from any more, and since when."""
    photos.filter(pk__in=in_use()).update(unused_since=None)
    photos.exclude(pk__in=in_use()).filter(unused_since=None).update(unused_since=at)


def in_use() -> "QuerySet[DesignPhoto, UUID]":
    """Keys of the Photos that a Design which is still there starts from."""
    return DesignPhoto.objects.filter(design__deleted_at=None).values_list("photo_id", flat=True)


def look_again(photo_id: str) -> None:
    """The job after a detector that failed: faces and advice anew. Failing again, it ends up stuck before ops."""
    from designs.imaging import faces

    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return
    small = srgb_pixels(storage.read(photo.display_file), max_px=DISPLAY_PX)
    found = faces.find(small)
    advice = photo_advice.advise(small, width_px=photo.width_px, height_px=photo.height_px, faces=found)
    Photo.objects.filter(pk=photo.pk).update(faces=[asdict(face) for face in found], advice=advice)


def forget_unused(_: str = "") -> None:
    """The daily job: Photos that nobody has used for PHOTO_DAYS go with their files. Safe to repeat."""
    before = timezone.now() - timedelta(days=settings.PHOTO_DAYS)
    old = Photo.objects.filter(unused_since__lt=before).exclude(pk__in=in_use())
    while doomed := list(old.order_by("pk")[:BATCH]):
        Photo.objects.filter(pk__in=[photo.pk for photo in doomed]).delete()
        remove_unused(file_names(doomed))


def _row(prepared: Prepared, account: Account, shop: Shop, *, at: datetime) -> Photo:
    if prepared.known is not None:
        found = Photo.objects.filter(pk=prepared.known.pk, account=account).first()
        if found is None:
            raise Unavailable("This photo was deleted at the same moment. Please send it again.", retry_after=1)
        return found
    photo, new = Photo.objects.get_or_create(
        account=account,
        shop=shop,
        source_sha256=prepared.source_sha256,
        defaults={**prepared.fields, "created_at": at, "unused_since": at},
    )
    if new and not prepared.looked_at:
        jobs.enqueue(LOOK_AGAIN, photo.pk, account_id=account.pk, at=at)
    return photo


def _cleaned(data: bytes) -> Cleaned:
    if not decoding.acquire(timeout=TURN_S):
        raise Unavailable("Many photos are arriving just now. Please try again in a moment.", retry_after=5)
    try:
        return photo_files.clean(data)
    except UnusablePhoto as exc:
        raise BadInput.beside("file", str(exc)) from exc
    finally:
        decoding.release()


def _faces(small: Pixels) -> "tuple[Face, ...] | None":
    """None: the detector failed. Ops see it in the log and by a job that tries again, the person by the advice."""
    from designs.imaging import faces

    try:
        return faces.find(small)
    except faces.DetectionFailed:
        logger.exception("faces could not be looked for")
        return None


def _lay_in_tray(photo: Photo, design: Design, *, at: datetime) -> None:
    """Keep the photo with the Design it was sent for, and let the Design start from it while it has room."""
    Design.objects.select_for_update().get(pk=design.pk)
    if photo.design_id != design.pk:
        if design.tray.count() >= MOST_KEPT:
            raise BadInput.beside("file", f"At most {MOST_KEPT} photos can be kept for one design.")
        if photo.design_id is None:
            Photo.objects.filter(pk=photo.pk).update(design=design)
            photo.design = design
    uses = design.uses.aggregate(last=Max("rank"))
    if design.uses.count() >= most_used(design) or design.uses.filter(photo=photo).exists():
        return
    rank = 0 if uses["last"] is None else uses["last"] + 1
    DesignPhoto.objects.create(design=design, photo=photo, rank=rank)
    count_uses(Photo.objects.filter(pk=photo.pk), at=at)
    design.touch(at=at)
