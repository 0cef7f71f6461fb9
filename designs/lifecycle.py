"""What deleting a Design, and merging, exporting and erasing an Account, mean for what was made."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Account
from cardmaker.core import jobs, links
from cardmaker.core.jobs import Later
from cardmaker.core.models import IllegalMove
from designs import generation, images, photos, uploads
from designs.models import Call, Design, Image, Photo, Proof, Run, Upload
from designs.purge import remove_unused

CLEAR = "designs.clear_design"
CLEAR_PHOTOS = "designs.clear_photos"
CALL_HOME_S = 10.0  # how often to look whether a paid call of a deleted design has come home


def delete_design(design: Design, *, at: datetime) -> None:
    """Hide a Design at once; a job takes its pictures away. What was ordered keeps its print files. Safe to repeat."""
    with transaction.atomic():
        _hide([design], at=at)


def clear_design(design_id: str) -> Later | None:
    """Remove a deleted Design's pictures and Photos that no other Design has, its previews, and its texts.

    Safe to repeat.
    """
    design = Design.objects.filter(pk=design_id).exclude(deleted_at=None).first()
    if design is None:
        return None
    _end_runs([design], at=timezone.now())  # one that began while the Design was being hidden
    if Call.objects.filter(run__design=design, outcome=Call.Outcome.SENT).exists():
        return Later(CALL_HOME_S)
    elsewhere = design.images.filter(picks__page__design__deleted_at=None)
    doomed = list(design.images.exclude(pk__in=elsewhere.values("pk")))
    letting_go = _photos_of_this_alone(design)
    names = images.file_names(doomed) | photos.file_names(letting_go)
    names |= set(design.previews.values_list("file", flat=True))
    with transaction.atomic():
        Photo.objects.filter(pk__in=[photo.pk for photo in letting_go]).delete()
        design.uses.all().delete()
        Image.objects.filter(pk__in=[image.pk for image in doomed]).delete()
        design.previews.all().delete()
        _forget_texts(design)
    # After the rows, so that no row names a file that is gone; a worker killed here leaves files that nobody can reach.
    remove_unused(names)
    if not design.runs.exists() and not design.proofs.exists():
        design.delete()
    return None


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """Everything the guest made becomes the person's. Inside the caller's transaction; safe to repeat."""
    taken = Run.objects.filter(account=person).exclude(idempotency_key="").values("idempotency_key")
    # A key the person used as well stands for the person's run from now on.
    Run.objects.filter(account=guest, idempotency_key__in=list(taken.values_list("idempotency_key", flat=True))).update(
        idempotency_key=""
    )
    # A photo that both have stays as two rows with the same files: Designs and Calls name either.
    twice = Photo.objects.filter(account=person).exclude(source_sha256="").values_list("source_sha256", flat=True)
    Photo.objects.filter(account=guest, source_sha256__in=list(twice)).update(source_sha256="")
    for rows in _owned(guest):
        rows.update(account=person)


def export(account: Account) -> dict[str, Any]:
    """What somebody wrote and what was made of it."""
    designs = Design.objects.filter(account=account, deleted_at=None).order_by("created_at", "pk")
    pictures = Image.objects.filter(account=account).order_by("created_at", "pk")
    runs = Run.objects.filter(account=account).order_by("created_at", "pk")
    mine = Photo.objects.filter(account=account)
    return {
        "designs": [_exported(design) for design in designs.prefetch_related("pages")],
        "runs": [
            {
                "id": str(run.pk),
                "stage": run.stage,
                "instruction": run.instruction,
                "created_at": run.created_at.isoformat(),
            }
            for run in runs
        ],
        "images": [
            {"id": str(image.pk), "description": image.description, "created_at": image.created_at.isoformat()}
            for image in pictures
        ],
        "photos": [_exported_photo(photo) for photo in mine.order_by("created_at", "pk")],
    }


def erase(account: Account, *, at: datetime) -> None:
    """Delete the Account's Designs and the words in its Proofs; jobs take the files away."""
    _hide(list(Design.objects.filter(account=account, deleted_at=None).order_by("pk")), at=at)
    Proof.objects.filter(account=account).exclude(state=Proof.State.RENDERING).update(snapshot={})
    Proof.objects.filter(account=account, state=Proof.State.RENDERING).update(
        snapshot={}, state=Proof.State.FAILED, error="The account was erased."
    )
    jobs.enqueue(CLEAR_PHOTOS, account.pk, account_id=account.pk, at=at)


def clear_photos(account_id: str) -> None:
    """Remove an erased Account's Photos, those still arriving, and what is left of its pictures. Safe to repeat."""
    account = Account.objects.filter(pk=account_id).exclude(erased_at=None).first()
    if account is None:
        return
    for upload in Upload.objects.filter(account=account):
        uploads.call_off(upload)
    mine, left = Photo.objects.filter(account=account), Image.objects.filter(account=account, design=None)
    names = photos.file_names(mine) | images.file_names(left)
    with transaction.atomic():
        mine.delete()
        left.delete()
    remove_unused(names)


def _hide(designs: Sequence[Design], *, at: datetime) -> None:
    """In the caller's transaction. Runs and budgets come before Designs, as for everybody who locks both."""
    _end_runs(designs, at=at)
    for design in designs:
        if Design.objects.filter(pk=design.pk, deleted_at=None).update(deleted_at=at):
            jobs.enqueue(CLEAR, design.pk, account_id=design.account_id, at=at)


def _end_runs(designs: Sequence[Design], *, at: datetime) -> None:
    for run in Run.objects.open().filter(design__in=designs).order_by("created_at", "pk"):
        with suppress(IllegalMove):  # it ended by itself this very moment
            generation.cancel(run, at=at)


def _owned(account: Account) -> list[QuerySet[Any]]:
    # Runs before Images: a call that brings pictures holds the lock of its Run until they are there.
    return [model.objects.filter(account=account) for model in (Design, Run, Image, Proof, Photo, Upload)]


def _photos_of_this_alone(design: Design) -> list[Photo]:
    """Those that were sent for it or that it started from, and that no Design still there starts from."""
    mine = Photo.objects.filter(Q(design=design) | Q(uses__design=design))
    return list(mine.exclude(pk__in=photos.in_use()).distinct())


def _forget_texts(design: Design) -> None:
    """Pages and Runs go; a Run with a Call nobody knows the end of stays for the books, without its words."""
    design.pages.all().delete()
    Design.objects.filter(pk=design.pk).update(title="")
    unknown = Call.objects.filter(run__design=design, outcome=Call.Outcome.UNKNOWN)
    design.runs.exclude(pk__in=unknown.values("run")).delete()
    design.runs.update(instruction="")
    Call.objects.filter(run__design=design).update(request={})


def _exported(design: Design) -> dict[str, Any]:
    pages = sorted(design.pages.all(), key=lambda page: page.pk)
    return {
        "id": str(design.pk),
        "kind": design.kind,
        "format": design.format_id,
        "title": design.title,
        "created_at": design.created_at.isoformat(),
        "pages": [
            {"position": page.position, "prompt": page.prompt, "style": page.style_id, "words": page.words}
            for page in pages
        ],
    }


def _exported_photo(photo: Photo) -> dict[str, Any]:
    link = links.sign_file(photo.file, at=timezone.now(), content_type="image/jpeg", filename=f"{photo.pk}.jpg")
    return {
        "id": str(photo.pk),
        "created_at": photo.created_at.isoformat(),
        "width_px": photo.width_px,
        "height_px": photo.height_px,
        "link": f"{settings.PUBLIC_URL}{link}",
    }
