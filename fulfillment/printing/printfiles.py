"""The addresses under which a supplier fetches print files, and what is served there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from cardmaker.core import storage
from designs.models import PrintFile, Proof
from fulfillment.models import Draft, FileServe, PrintJob, PrintJobLine, SupplierItem
from fulfillment.suppliers.base import PrintFileRef, PrintLine


def lines_of(job: PrintJob) -> list[PrintLine]:
    """What is to be printed, in the supplier contract's words."""
    lines = job.lines.select_related("line__item__print_spec", "line__proof")
    related = lines.prefetch_related("line__proof__files", "line__proof__drafts")
    return [_line(job, line) for line in related.order_by("line__external_ref")]


def files_of(proof: Proof, item: SupplierItem, *, token: str) -> tuple[PrintFileRef, ...]:
    """A proof's files where the item has them printed, at the addresses that this token opens."""
    spaces = {space["position"]: space for space in item.print_spec.positions}
    return tuple(
        PrintFileRef(
            position=file.position,
            url=_url(token, file),
            sha256=file.sha256,
            width_px=file.width_px,
            height_px=file.height_px,
            space_id=spaces[file.position]["space_id"],
            index=spaces[file.position]["index"],
        )
        for file in sorted(proof.files.all(), key=lambda file: file.position)
    )


def altered(files: Iterable[PrintFile]) -> list[PrintFile]:
    """Those whose stored bytes are no longer the ones that were proofed. Reads every file: not in a transaction."""
    return [file for file in files if _actual_digest(file) != file.sha256]


@dataclass(frozen=True)
class Served:
    """What one fetch found. `intact` False: the bytes are not the approved ones and must not leave."""

    body: bytes
    intact: bool


def serve(owner: PrintJob | Draft, file: PrintFile, *, at: datetime) -> Served:
    """Read, hash again and log. Never call it inside a transaction: it reads a file."""
    body = _bytes(file)
    actual = storage.sha256(body)
    intact = actual == file.sha256
    whose = {"draft": owner} if isinstance(owner, Draft) else {"job": owner}
    FileServe.objects.create(**whose, print_file=file, sha256=actual, intact=intact, at=at)
    return Served(body, intact)


def _line(job: PrintJob, line: PrintJobLine) -> PrintLine:
    item, proof = line.line.item, line.line.proof
    assert item is not None
    assert proof is not None
    draft = next((draft for draft in proof.drafts.all() if draft.item_id == item.pk), None)
    return PrintLine(
        item_code=item.sku,
        quantity=-(-line.quantity // item.pack_size),
        # A prepared product was made of the files at the draft's addresses, and that is what the supplier reports.
        files=files_of(proof, item, token=draft.token if draft else job.token),
        line_ref=str(line.line_id),
        refs=draft.refs if draft else {},
    )


def _url(token: str, file: PrintFile) -> str:
    """The full address of one print file. It carries the digest, so it can only ever mean these bytes."""
    return settings.PUBLIC_URL + reverse("print-file", args=[token, file.sha256])


def _actual_digest(file: PrintFile) -> str:
    return storage.sha256(_bytes(file))


def _bytes(file: PrintFile) -> bytes:
    """What is stored; nothing for a file that is gone."""
    try:
        return storage.read(file.file) if file.file else b""
    except FileNotFoundError:
        return b""
