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
from designs.making import generation, images
from designs.models import (
    Call,
    ComparisonSet,
    Design,
    Export,
    Flag,
    Image,
    PagePick,
    Photo,
    ProductBrief,
    Proof,
    RawInput,
    Run,
    Upload,
)
from designs.products import exporting
from designs.proofs.purge import remove_unused
from designs.uploading import photos, uploads

CLEAR = "designs.clear_design"
CLEAR_PHOTOS = "designs.clear_photos"
CALL_HOME_S = 10.0  # how often to look whether a paid call of a deleted design has come home


def delete_design(design: Design, *, at: datetime) -> None:
    """Hide a Design at once; a job takes its pictures away. What was ordered keeps its print files. Safe to repeat."""
    with transaction.atomic():
        _hide([design], at=at)


def erase_design(design: Design, *, at: datetime) -> None:
    """Delete a Design whose maker is to be forgotten where it was made: the words in its Proofs go too."""
    with transaction.atomic():
        _hide([design], at=at)
        _forget_words(Proof.objects.filter(design=design), why="The design was erased.")


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
    # Through the picks: asked of the pictures themselves, one that nobody picked would count as shown somewhere.
    elsewhere = design.images.filter(picks__in=PagePick.objects.filter(page__design__deleted_at=None))
    doomed = list(design.images.exclude(pk__in=elsewhere.values("pk")))
    letting_go = _photos_of_this_alone(design)
    names = images.file_names(doomed) | photos.file_names(letting_go)
    names |= set(design.previews.values_list("file", flat=True))
    exporting.clear(Export.objects.filter(brief__design=design).exclude(state=Export.State.CLEARED))
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
    # The person has this product too: the guest's stays beside it, without its key.
    known = ProductBrief.objects.filter(account=person).exclude(source_key="").values_list("source_key", flat=True)
    ProductBrief.objects.filter(account=guest, source_key__in=list(known)).update(source_key="")
    for rows in _owned(guest):
        rows.update(account=person)


def export(account: Account) -> dict[str, Any]:
    """What somebody wrote and what was made of it."""
    designs = Design.objects.filter(account=account, deleted_at=None).order_by("created_at", "pk")
    pictures = Image.objects.filter(account=account).order_by("created_at", "pk")
    runs = Run.objects.filter(account=account).order_by("created_at", "pk")
    mine = Photo.objects.filter(account=account)
    return {
        "designs": [design_facts(design) for design in designs.select_related("brief").prefetch_related("pages")],
        "runs": [
            {
                "id": str(run.pk),
                "stage": run.stage,
                "instruction": run.instruction,
                "told_by_mail": run.notify_email,
                "created_at": run.created_at.isoformat(),
            }
            for run in runs
        ],
        "images": [_exported_image(image) for image in pictures],
        "comparisons": [_exported_set(row) for row in _comparisons(account)],
        "photos": [_exported_photo(photo) for photo in mine.order_by("created_at", "pk")],
        "judged": [_exported_flag(flag) for flag in account.flags.order_by("created_at", "pk")],
        "as_typed": [
            {"where": raw.subject, "text": raw.text, "at": raw.created_at.isoformat()}
            for raw in account.raw_inputs.order_by("created_at", "pk")
        ],
    }


def erase(account: Account, *, at: datetime) -> None:
    """Delete the Account's Designs and the words in its Proofs; jobs take the files away."""
    _hide(list(Design.objects.filter(account=account, deleted_at=None).order_by("pk")), at=at)
    RawInput.objects.filter(account=account).delete()
    # That something was judged stays, for whoever asks why a picture is banned; the words that it was about go.
    Flag.objects.filter(account=account).update(excerpt="")
    _forget_words(Proof.objects.filter(account=account), why="The account was erased.")
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


def _forget_words(proofs: QuerySet[Proof], *, why: str) -> None:
    """Print files and digests stay for what was ordered. One that is being rendered cannot be, without its words."""
    proofs.exclude(state=Proof.State.RENDERING).update(snapshot={}, warnings=[])
    proofs.filter(state=Proof.State.RENDERING).update(snapshot={}, warnings=[], state=Proof.State.FAILED, error=why)


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
    models = (Design, ProductBrief, Run, Image, Proof, Photo, Upload, Flag, RawInput)
    return [model.objects.filter(account=account) for model in models]


def _photos_of_this_alone(design: Design) -> list[Photo]:
    """Those that were sent for it or that it started from, and that no Design still there starts from."""
    mine = Photo.objects.filter(Q(design=design) | Q(uses__design=design))
    return list(mine.exclude(pk__in=photos.in_use()).distinct())


def _forget_texts(design: Design) -> None:
    """Pages and Runs go; a Run with a Call nobody knows the end of stays for the books, without its words."""
    design.pages.all().delete()
    ProductBrief.objects.filter(design=design).delete()
    ComparisonSet.objects.filter(design=design).delete()
    Design.objects.filter(pk=design.pk).update(title="", calendar={})
    unknown = Call.objects.filter(run__design=design, outcome=Call.Outcome.UNKNOWN)
    design.runs.exclude(pk__in=unknown.values("run")).delete()
    design.runs.update(instruction="", notices=[], notify_email="")
    Call.objects.filter(run__design=design).update(request={})


def design_facts(design: Design) -> dict[str, Any]:
    """What we keep of one design for whoever made it, its pages in order."""
    pages = sorted(design.pages.all(), key=lambda page: page.pk)
    return {
        "id": str(design.pk),
        "kind": design.kind,
        "format": design.format_id,
        "title": design.title,
        "created_at": design.created_at.isoformat(),
        "product": _exported_brief(design),
        "dates": design.calendar.get("dates", []),
        "pages": [
            {"position": page.position, "prompt": page.prompt, "style": page.style_id, "words": page.words}
            for page in pages
        ],
    }


def _exported_brief(design: Design) -> dict[str, Any] | None:
    brief = getattr(design, "brief", None)
    return brief and {"name": brief.name, "description": brief.description, "key": brief.source_key}


def _comparisons(account: Account) -> QuerySet[ComparisonSet]:
    mine = ComparisonSet.objects.filter(design__account=account, design__deleted_at=None)
    return mine.prefetch_related("pictures").order_by("created_at", "pk")


def _exported_set(row: ComparisonSet) -> dict[str, Any]:
    counted = sorted(row.pictures.all(), key=lambda picture: picture.place)
    return {
        "id": str(row.pk),
        "design": str(row.design_id),
        "label": row.label,
        "pages": row.origins,
        "created_at": row.created_at.isoformat(),
        "pictures": [
            {"image": str(each.image_id), "shown": each.shown, "clicked": each.clicked, "bought": each.bought}
            for each in counted
        ],
    }


def _exported_image(image: Image) -> dict[str, Any]:
    return {
        "id": str(image.pk),
        "description": image.description,
        "created_at": image.created_at.isoformat(),
        "withheld": image.withheld,
        "link": "" if image.withheld else _link(image.display_file, f"{image.pk}.jpg"),
    }


def _exported_flag(flag: Flag) -> dict[str, Any]:
    return {
        "about": flag.subject_kind,
        "reason": flag.reason,
        "words": flag.excerpt,
        "state": flag.state,
        "created_at": flag.created_at.isoformat(),
    }


def _link(name: str, filename: str) -> str:
    """A whole address, good for minutes; empty where there is no file."""
    if not name:
        return ""
    link = links.sign_file(name, at=timezone.now(), content_type="image/jpeg", filename=filename)
    return f"{settings.PUBLIC_URL}{link}"


def _exported_photo(photo: Photo) -> dict[str, Any]:
    return {
        "id": str(photo.pk),
        "created_at": photo.created_at.isoformat(),
        "width_px": photo.width_px,
        "height_px": photo.height_px,
        "link": "" if photo.withheld else _link(photo.file, f"{photo.pk}.jpg"),
    }
