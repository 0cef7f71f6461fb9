"""Exports: chosen pictures brought to the sizes, grounds and weights of marketplaces, one picture a step."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, get_args
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from cardmaker.core import jobs, storage
from cardmaker.core.errors import BadInput
from cardmaker.core.jobs import Later
from designs.imaging.exporting import Ground, NoPlainGround, TooHeavy, export
from designs.imaging.pictures import UnreadablePicture
from designs.making import images
from designs.models import Export, ExportedFile, Image, ProductBrief
from designs.products.places import PLACES, Place
from designs.proofs import provenance
from designs.proofs.purge import remove_unused
from designs.screening.pictures import withheld_message

MAKE = "designs.make_export"
CLEAR = "designs.clear_exports"
MOST_IMAGES = 100
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
UNREADABLE = "The picture's file cannot be read."
GONE = "The picture has been deleted."


def begin(
    brief: ProductBrief, *, image_ids: Sequence[UUID], places: Sequence[str], ground: str = "keep", at: datetime
) -> Export:
    """Queue the files. Raises BadInput beside `images`, `places` or `ground`."""
    wanted = list(dict.fromkeys(image_ids))
    if not 1 <= len(wanted) <= MOST_IMAGES:
        raise BadInput.beside("images", f"Choose 1 to {MOST_IMAGES} pictures.")
    if brief.design.images.filter(pk__in=wanted).count() < len(wanted):
        raise BadInput.beside("images", "There is no such picture.")
    refuse_withheld(brief.design.images.filter(pk__in=wanted))
    unknown = [code for code in places if code not in PLACES]
    if unknown or not places:
        raise BadInput.beside("places", f"Choose among {', '.join(PLACES)}.")
    if ground not in get_args(Ground):
        raise BadInput.beside("ground", f"One of {', '.join(get_args(Ground))}.")
    with transaction.atomic():
        row = Export.objects.create(
            created_at=at,
            brief=brief,
            images=[str(pk) for pk in wanted],
            places=list(dict.fromkeys(places)),
            ground=ground,
        )
        jobs.enqueue(MAKE, row.pk, account_id=brief.account_id, at=at)
    return row


def make(export_id: str) -> Later | None:
    """The job: the next picture for all of its places, then again. Safe to repeat."""
    row = Export.objects.select_related("brief").filter(pk=export_id, state=Export.State.QUEUED).first()
    if row is None:
        return None
    done = set(row.files.values_list("image", flat=True))
    left = [pk for pk in row.images if UUID(pk) not in done]
    found = Image.objects.filter(pk__in=left).prefetch_related("finals").in_bulk()
    following = next((found[UUID(pk)] for pk in left if UUID(pk) in found), None)
    if following is None:
        _finish([row.pk], at=timezone.now())
        return None
    files = [_file(row, following, PLACES[code]) for code in row.places]
    ExportedFile.objects.bulk_create(files, ignore_conflicts=True)
    return Later(0)


def refuse_withheld(pictures: QuerySet[Image]) -> None:
    """Raises BadInput beside `images` when nobody may see one of them."""
    for image in pictures.prefetch_related("finals"):
        withheld = image.withheld or images.printable(image).withheld
        if withheld:
            raise BadInput.beside("images", withheld_message(withheld))


def give_up(export_id: str, error: str) -> None:
    """The job is stuck: what is there can be had."""
    _finish([UUID(export_id)], at=timezone.now())


def clear_old(subject: str = "") -> None:
    """Periodic: take files off our disks that were there to be fetched for EXPORT_DAYS."""
    old = Export.objects.filter(
        state=Export.State.DONE, finished_at__lt=timezone.now() - timedelta(days=settings.EXPORT_DAYS)
    )
    for row in old.order_by("finished_at")[:20]:
        clear([row])


def clear(exports: Iterable[Export]) -> None:
    """Remove the files of these exports; their rows say that they were there. Not in a transaction."""
    rows = list(exports)
    names = set(ExportedFile.objects.filter(export__in=rows).exclude(file="").values_list("file", flat=True))
    ExportedFile.objects.filter(export__in=rows).update(file="")
    Export.objects.filter(pk__in=[row.pk for row in rows]).update(state=Export.State.CLEARED)
    remove_unused(names)


def _file(row: Export, image: Image, place: Place) -> ExportedFile:
    own_rule = place.wanted.ground != "keep"
    wanted = place.wanted if own_rule else replace(place.wanted, ground=_ground(row, place))
    entry = ExportedFile(export=row, image=image, place=place.code, name=_name(row, image, place))
    return _filled(entry, image, wanted)


def _filled(entry: ExportedFile, image: Image, wanted: Any) -> ExportedFile:
    shown = images.printable(image)
    if image.withheld or shown.withheld:
        entry.problem = withheld_message(image.withheld or shown.withheld)
        return entry
    try:
        room = wanted.max_bytes and max(1, wanted.max_bytes - provenance.CREDENTIAL_BYTES)
        made = export(storage.read(shown.file), replace(wanted, max_bytes=room))
        told = provenance.credentialed(made.data, wanted.media_type, [shown])
    except (FileNotFoundError, UnreadablePicture):
        entry.problem = UNREADABLE
    except NoPlainGround:
        entry.problem = "Its ground is not plain enough to be taken away. Choose a picture on a plain background."
    except TooHeavy as exc:
        entry.problem = f"It cannot be made light enough: {exc}."
    else:
        entry.file = storage.put(told, SUFFIXES[wanted.media_type])
        entry.size_bytes, entry.enlarged = len(told), made.enlarged
        entry.width_px, entry.height_px = made.width_px, made.height_px
    return entry


def _ground(row: Export, place: Place) -> Ground:
    """JPEG has no clear ground: there it is white."""
    clear_asked: Ground = "clear" if place.wanted.media_type != "image/jpeg" else "white"
    return {"keep": "keep", "white": "white", "clear": clear_asked}[row.ground]  # type: ignore[return-value]


def _name(row: Export, image: Image, place: Place) -> str:
    """How shops tell files apart: the product's key or name, the shot, the place."""
    called = slugify(row.brief.source_key or row.brief.name)[:60] or "product"
    suffix = SUFFIXES[place.wanted.media_type]
    return f"{place.code}/{called}-{image.position}-{str(image.pk)[:8]}.{suffix}"


def _finish(ids: Sequence[UUID], *, at: datetime) -> None:
    Export.objects.filter(pk__in=ids, state=Export.State.QUEUED).update(state=Export.State.DONE, finished_at=at)
