"""Taking print files off our disks when their time is over. Their digests and sizes stay for ever."""

from collections.abc import Iterable

from django.db.models import Q

from cardmaker.core import storage
from designs.models import ExportedFile, Image, PagePreview, Photo, PrintFile, Proof


def purge_print_files(proofs: Iterable[Proof], *, previews: bool = False) -> int:
    """Remove the stored files of these proofs, with `previews` what people were shown too. Answers how many files went.

    Outside any transaction; safe to repeat: a file goes before its name does, so a crash leaves nothing behind.
    """
    columns = ["file", "preview_file"] if previews else ["file"]
    return sum(_purge(proof, column) for proof in proofs for column in columns)


def remove_unused(names: set[str]) -> int:
    """Delete those of these files that no row names any more. Same bytes have the same name, so rows may share one."""
    unused = names - _in_use(names)
    for name in sorted(unused):
        storage.delete(name)
    return len(unused)


def _purge(proof: Proof, column: str) -> int:
    files = list(proof.files.exclude(**{column: ""}))
    names = {getattr(file, column) for file in files}
    shared = set(
        PrintFile.objects.exclude(proof=proof).filter(**{f"{column}__in": names}).values_list(column, flat=True)
    )
    for name in sorted(names - shared):
        storage.delete(name)
    PrintFile.objects.filter(pk__in=[file.pk for file in files]).update(**{column: ""})
    return len(names - shared)


def _in_use(names: set[str]) -> set[str]:
    images = Image.objects.filter(Q(file__in=names) | Q(display_file__in=names) | Q(thumb_file__in=names))
    printed = PrintFile.objects.filter(Q(file__in=names) | Q(preview_file__in=names))
    found = {name for row in images.values_list("file", "display_file", "thumb_file") for name in row}
    found |= {name for row in printed.values_list("file", "preview_file") for name in row}
    found |= set(PagePreview.objects.filter(file__in=names).values_list("file", flat=True))
    found |= set(ExportedFile.objects.filter(file__in=names).values_list("file", flat=True))
    photos = Photo.objects.filter(Q(file__in=names) | Q(display_file__in=names) | Q(thumb_file__in=names))
    found |= {name for row in photos.values_list("file", "display_file", "thumb_file") for name in row}
    return found
