"""tus 1.0.0 (https://tus.io/protocols/resumable-upload, read 2026-11-21): photos over connections that break.

Extensions: creation, creation-with-upload, expiration, termination, checksum. Beyond tus: GET shows an upload as JSON,
and the header `Upload-Photo` names the photo that it became.
"""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import http_date
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of, ensure_account
from cardmaker.core.errors import BadInput, Refused
from designs.api.photo_shapes import UploadOut
from designs.api.photos import design_named
from designs.models import Design, Upload
from designs.uploading import uploads

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum"
CHECKSUMS = ("sha1", "sha256")
OPTIONS = {
    "Tus-Version": VERSION,
    "Tus-Max-Size": str(uploads.MAX_LENGTH),
    "Tus-Extension": EXTENSIONS,
    "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
}


def header(name: str, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, required=required)


class OtherVersion(Refused):
    """The client speaks another tus."""

    code = "tus_version"


class OtherContent(Refused):
    """A body that is not plain bytes of an upload."""

    code = "unsupported_media_type"


class ChecksumMismatch(Refused):
    """The bytes were changed on their way."""

    code = "checksum_mismatch"


class Tus(APIView):
    """What every tus address does: says its version, and refuses another."""

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        # For clients behind proxies that let only GET and POST through.
        wanted = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and wanted in ("PATCH", "DELETE"):
            request.method = wanted
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method not in ("GET", "OPTIONS") and request.headers.get("Tus-Resumable") != VERSION:
            raise OtherVersion(f"Send the header Tus-Resumable: {VERSION}.")

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Tus-Resumable"] = VERSION
        if answer.status_code == status.HTTP_412_PRECONDITION_FAILED:
            answer["Tus-Version"] = VERSION
        return answer

    @extend_schema(exclude=True)
    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=status.HTTP_204_NO_CONTENT, headers=OPTIONS)


class UploadList(Tus):
    """OPTIONS, POST /uploads/: what the server can do; announcing a file, whose first bytes may come along."""

    @extend_schema(
        request={BYTES: OpenApiTypes.BINARY},
        responses={201: None},
        parameters=[header("Tus-Resumable", True), header("Upload-Length", True), header("Upload-Metadata")],
        operation_id="uploads_create",
    )
    def post(self, request: Request) -> Response:
        at, metadata = timezone.now(), request.headers.get("Upload-Metadata", "")
        if "Upload-Defer-Length" in request.headers:
            raise BadInput.beside("Upload-Length", "The length must be known.")
        length = _whole_number(request, "Upload-Length")
        carries = _carries_bytes(request)
        account, design = ensure_account(request), _design(request, metadata)
        upload = uploads.begin(account, caller_of(request).shop, length=length, metadata=metadata, design=design, at=at)
        if carries:
            _receive(upload, request, offset=0, at=at)
        headers = {"Location": f"{request.path}{upload.pk}/"}
        return _answer(upload, headers, status=status.HTTP_201_CREATED)


class UploadDetail(Tus):
    """HEAD, PATCH, DELETE, GET /uploads/{id}/: where it stands; more bytes; calling it off; what it became."""

    @extend_schema(responses=UploadOut, operation_id="uploads_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(UploadOut(_upload(request, pk), context={"at": timezone.now()}).data)

    @extend_schema(exclude=True)
    def head(self, request: Request, pk: UUID) -> Response:
        upload = _upload(request, pk)
        headers = {"Upload-Length": str(upload.length), "Cache-Control": "no-store"}
        if upload.metadata:
            headers["Upload-Metadata"] = upload.metadata
        return _answer(upload, headers, status=status.HTTP_200_OK)

    @extend_schema(
        request={BYTES: OpenApiTypes.BINARY},
        responses={204: None},
        parameters=[header("Tus-Resumable", True), header("Upload-Offset", True), header("Upload-Checksum")],
        operation_id="uploads_partial_update",
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        if not _carries_bytes(request):
            raise OtherContent(f"Send bytes as {BYTES}.")
        upload, at = _upload(request, pk), timezone.now()
        _receive(upload, request, offset=_whole_number(request, "Upload-Offset"), at=at)
        return _answer(upload, {}, status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None}, parameters=[header("Tus-Resumable", True)], operation_id="uploads_destroy")
    def delete(self, request: Request, pk: UUID) -> Response:
        uploads.call_off(_upload(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _upload(request: Request, pk: UUID) -> Upload:
    live = Upload.objects.visible_to(caller_of(request)).filter(expires_at__gt=timezone.now())
    return get_object_or_404(live.select_related("photo"), pk=pk)


def _receive(upload: Upload, request: Request, *, offset: int, at: datetime) -> None:
    """Take the body in; a file that is whole now becomes a Photo before we answer. Raises what refuses it."""
    announced = _body_length(request)
    if offset + announced > upload.length:
        raise uploads.TooLarge("More bytes than were announced.", details={"length": upload.length})
    if "Upload-Checksum" in request.headers:
        uploads.receive_checked(upload, _checked(request, announced), offset=offset, at=at)
    else:
        uploads.receive(upload, request._request.read, offset=offset, at=at)
    if upload.is_whole:
        uploads.finish(str(upload.pk))
        upload.refresh_from_db()
    if upload.state == Upload.State.REFUSED:
        raise BadInput(upload.error["message"], details=upload.error["details"])


def _checked(request: Request, announced: int) -> bytes:
    """The whole body, if it is what the client hashed. Raises BadInput or ChecksumMismatch."""
    algorithm, _, wanted = request.headers["Upload-Checksum"].partition(" ")
    if algorithm not in CHECKSUMS:
        raise BadInput.beside("Upload-Checksum", f"One of {', '.join(CHECKSUMS)}.")
    data = bytes(request._request.read(announced))
    if base64.b64encode(hashlib.new(algorithm, data).digest()).decode() != wanted.strip():
        raise ChecksumMismatch("These bytes are not those that were hashed.")
    return data


def _answer(upload: Upload, headers: dict[str, str], *, status: int) -> Response:
    facts = {"Upload-Offset": str(upload.offset), "Upload-Expires": http_date(upload.expires_at.timestamp())}
    if upload.photo_id is not None:
        facts["Upload-Photo"] = str(upload.photo_id)
    return Response(status=status, headers={**facts, **headers})


def _carries_bytes(request: Request) -> bool:
    return request.content_type.partition(";")[0].strip() == BYTES


def _body_length(request: Request) -> int:
    if request.headers.get("Transfer-Encoding"):
        raise BadInput.beside("Content-Length", "The length of the body must be known.")
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _whole_number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise BadInput.beside(name, "A whole number of bytes.")
    return int(text)


def _design(request: Request, metadata: str) -> Design | None:
    """The Design that the client's metadata name, if any. Raises BadInput."""
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "design":
            try:
                return design_named(request, UUID(base64.b64decode(value, validate=True).decode()))
            except (ValueError, binascii.Error) as exc:
                raise BadInput.beside("Upload-Metadata", "The design is not an id.") from exc
    return None
