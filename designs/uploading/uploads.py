"""Photos that arrive in pieces, for connections that break: what has come is safe, and the rest goes on from there.

No locks: a piece counts only if the Upload still stands where the piece begins. Of two that arrive for the same place
one is kept, and a server that dies in the middle leaves nothing that anybody must wait for.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import UnreadablePostError
from django.utils import timezone

from accounts.models import Account, Shop
from billing import quota
from cardmaker.core import jobs, storage
from cardmaker.core.errors import BadInput, Refused
from designs.models import Design, Upload, UploadPiece
from designs.uploading import photos
from designs.uploading.photo_files import MAX_BYTES

FINISH = "designs.finish_upload"
SWEEP = "designs.sweep_uploads"
MAX_LENGTH = MAX_BYTES
READ_BYTES = 16_384
PIECE_BYTES = 262_144
PIECE_S = 2.0  # a slow connection loses at most this much of its time when it breaks
MOST_PIECES = 2_000
LONGEST_METADATA = 2_000
FINISH_AFTER_S = 30.0  # by then whoever sent the last piece has finished it himself, or has died
BATCH = 100
Read = Callable[[int], bytes]


class TooLarge(Refused):
    """More bytes than a photo may have, or than were announced."""

    code = "too_large"


class Overtaken(Refused):
    """The Upload does not stand where this piece begins: another piece came first, or the client lost count."""

    code = "offset_mismatch"


def begin(
    account: Account, shop: Shop, *, length: int, metadata: str = "", design: Design | None = None, at: datetime
) -> Upload:
    """Announce a file. Raises TooLarge, BadInput beside `Upload-Length` or `Upload-Metadata`, and QuotaSpent."""
    if length > MAX_LENGTH:
        raise TooLarge(f"At most {MAX_LENGTH // 10**6} MB can be taken.", details={"max_size": MAX_LENGTH})
    if length < 1:
        raise BadInput.beside("Upload-Length", "An empty file is no photo.")
    if len(metadata) > LONGEST_METADATA or not metadata.isascii() or not metadata.isprintable():
        raise BadInput.beside("Upload-Metadata", f"At most {LONGEST_METADATA} plain characters.")
    with transaction.atomic():
        quota.use_by(account.pk, "upload", "day", limit=settings.UPLOADS_PER_DAY, at=at)
        return Upload.objects.create(
            account=account, shop=shop, design=design, length=length, metadata=metadata, created_at=at,
            expires_at=_expiry(at),
        )  # fmt: skip


def receive(upload: Upload, read: Read, *, offset: int, at: datetime) -> None:
    """Add what `read` brings, piece by piece until it ends or breaks off. Raises Overtaken, TooLarge or BadInput."""
    _check_offset(upload, offset)
    for piece in _pieces(read):
        _add(upload, piece, at=at)


def receive_checked(upload: Upload, data: bytes, *, offset: int, at: datetime) -> None:
    """Add bytes whose checksum the client gave and we found right: all of them or none. Raises as `receive`."""
    _check_offset(upload, offset)
    if data:
        _add(upload, data, at=at)


def finish(upload_id: str) -> None:
    """Make a whole Upload a Photo, or note why it cannot be one. Safe to repeat, and to run at the same time.

    Raises Unavailable when there is no turn just now: the job behind it asks again.
    """
    at = timezone.now()
    whole = Upload.objects.filter(pk=upload_id, state=Upload.State.RECEIVING, offset=F("length"))
    upload = whole.select_related("account", "shop", "design").first()
    if upload is None:
        return
    design = upload.design if upload.design and upload.design.deleted_at is None else None
    outcome: dict[str, object]
    try:
        photo = photos.take_in(joined(upload), account=upload.account, shop=upload.shop, design=design, at=at)
        outcome = {"state": Upload.State.DONE, "photo": photo}
    except FileNotFoundError:  # somebody else finished it, or called it off, and took its pieces away
        return
    except Refused as exc:
        error = {"code": exc.code, "message": exc.message, "details": exc.details}
        outcome = {"state": Upload.State.REFUSED, "error": error}
    with transaction.atomic():
        ended = whole.update(**outcome)
        if ended:
            UploadPiece.objects.filter(upload_id=upload.pk).delete()
    if ended:
        storage.delete_folder(upload.folder)


def call_off(upload: Upload) -> None:
    """Forget an Upload and its pieces; a Photo that it became stays. Safe to repeat."""
    Upload.objects.filter(pk=upload.pk).delete()
    storage.delete_folder(upload.folder)


def sweep(_: str = "") -> None:
    """The periodic job: Uploads whose time is over go. Safe to repeat."""
    over = Upload.objects.filter(expires_at__lt=timezone.now())
    while doomed := list(over.order_by("expires_at", "pk")[:BATCH]):
        for upload in doomed:
            call_off(upload)


def joined(upload: Upload) -> bytes:
    """All pieces in order. Raises FileNotFoundError when one is gone."""
    rows = upload.pieces.order_by("offset").values_list("file", flat=True)
    data = b"".join(storage.read(name) for name in rows)
    if len(data) != upload.length:
        raise FileNotFoundError(upload.folder)
    return data


def _pieces(read: Read) -> Iterator[bytes]:
    """What comes over the wire, in portions worth storing. A connection that breaks ends it like any other."""
    waiting, since = bytearray(), time.monotonic()
    while chunk := _chunk(read):
        waiting += chunk
        if len(waiting) >= PIECE_BYTES or time.monotonic() - since >= PIECE_S:
            yield bytes(waiting)
            waiting, since = bytearray(), time.monotonic()
    if waiting:
        yield bytes(waiting)


def _chunk(read: Read) -> bytes:
    try:
        return read(READ_BYTES)
    except (UnreadablePostError, OSError):
        return b""


def _check_offset(upload: Upload, offset: int) -> None:
    if offset != upload.offset:
        raise Overtaken(f"This upload stands at {upload.offset}.", details={"offset": upload.offset})


def _add(upload: Upload, piece: bytes, *, at: datetime) -> None:
    """Store a piece and move the Upload on past it, if it still stands where the piece begins."""
    end = upload.offset + len(piece)
    if end > upload.length:
        raise TooLarge("More bytes than were announced.", details={"length": upload.length})
    if upload.piece_count >= MOST_PIECES:
        raise BadInput.beside("Upload-Offset", "This upload came in too many small pieces. Please start again.")
    name = storage.put_piece(upload.folder, piece)
    with transaction.atomic():
        here = Upload.objects.filter(pk=upload.pk, offset=upload.offset, state=Upload.State.RECEIVING)
        moved = here.update(offset=end, piece_count=F("piece_count") + 1, expires_at=_expiry(at))
        if moved:
            UploadPiece.objects.create(upload=upload, offset=upload.offset, size_bytes=len(piece), file=name)
        if moved and end == upload.length:
            jobs.enqueue(FINISH, upload.pk, account_id=upload.account_id, delay_s=FINISH_AFTER_S, at=at)
    if not moved:
        storage.delete(name)
        raise Overtaken("Another piece of this upload came first.", details={"offset": upload.offset})
    upload.offset, upload.piece_count = end, upload.piece_count + 1


def _expiry(at: datetime) -> datetime:
    return at + timedelta(hours=settings.UPLOAD_HOURS)
