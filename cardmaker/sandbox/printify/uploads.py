"""The picture library: every upload is really fetched, measured and hashed."""

import base64
import binascii

from django.conf import settings
from django.http import Http404

from cardmaker.sandbox import pictures
from cardmaker.sandbox.models import PrintifyUpload

from .envelope import Body, Call, Refusal, invalid, not_found, page_of

MIME_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
WRONG_SIZE, WRONG_FORMAT = "error.file.size.limit.exceeded", "error.file.wrong.format"


def upload(call: Call) -> Body:
    """{file_name, url} or {file_name, contents}. Errors are told at once: that is why one uploads first."""
    body = call.body
    name, url, contents = (str(body.get(field) or "") for field in ("file_name", "url", "contents"))
    if not name or bool(url) == bool(contents):
        raise invalid(10_000, file_name="A file name and either url or contents are required.")
    picture = _taken(url, contents)
    row = PrintifyUpload.objects.create(
        file_name=name[:200], url=url[:2048], mime_type=mime_type(picture), created_at=call.at, **picture.columns()
    )
    return shown(row)


def uploads(call: Call) -> Body:
    rows = PrintifyUpload.objects.filter(archived=False).order_by("-pk")
    return page_of(call, rows, shown, limit=10, most=100)


def one(call: Call) -> Body:
    return shown(_row(call))


def archive(call: Call) -> Body:
    PrintifyUpload.objects.filter(pk=_row(call).pk).update(archived=True)
    return {}


def mime_type(picture: pictures.Picture) -> str:
    """Raises Refusal for what is no PNG and no JPEG."""
    if picture.format not in MIME_TYPES:
        raise Refusal(400, "Image upload failed.", WRONG_FORMAT, 8201)
    return MIME_TYPES[picture.format]


def shown(row: PrintifyUpload) -> Body:
    return {
        "id": row.key,
        "file_name": row.file_name,
        "height": row.height_px,
        "width": row.width_px,
        "size": row.size_bytes,
        "mime_type": row.mime_type,
        "preview_url": f"{settings.SANDBOX_URL}/sandbox/files/{row.sha256}/?thumb=1",
        "upload_time": row.created_at.strftime("%Y-%m-%d %H:%M:%S"),  # the one date without an offset
    }


def _taken(url: str, contents: str) -> pictures.Picture:
    most = settings.PRINTIFY_MAX_MB * pictures.MEBIBYTE
    try:
        if url:
            return pictures.fetch(url, max_bytes=most)
        data = base64.b64decode(contents, validate=True)
        if len(data) > most:
            raise pictures.TooLarge("The file is too large")
        return pictures.keep(data)
    except pictures.TooLarge as exc:
        raise Refusal(400, "Image upload failed.", WRONG_SIZE, 8201) from exc
    except pictures.NoPicture as exc:
        raise Refusal(400, "Image upload failed.", WRONG_FORMAT, 8201) from exc
    except pictures.Unfetchable as exc:
        raise Refusal(400, "Image download failed.", str(exc), 10_300) from exc
    except (binascii.Error, ValueError) as exc:
        raise invalid(10_000, contents="The contents are not base64.") from exc


def _row(call: Call) -> PrintifyUpload:
    try:
        return PrintifyUpload.objects.get(key=call.where["key"])
    except PrintifyUpload.DoesNotExist as exc:
        raise not_found("Image") from exc


def content(row: PrintifyUpload) -> bytes:
    """The bytes of an upload. Raises Http404 when they were cleared away."""
    path = pictures.file_path(row.sha256)
    if not path.is_file():
        raise Http404
    return path.read_bytes()
