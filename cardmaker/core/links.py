"""Signed links by which a person may look at one private file for at most a quarter of an hour."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cardmaker.core import storage

SALT = "cardmaker.file-link"


def sign_file(name: str, *, at: datetime, content_type: str, filename: str = "") -> str:
    """A relative address, "/files/<token>", good for 7.5 to 15 minutes.

    The text stays the same for 7.5 minutes, so that a page that polls does not load its pictures anew.
    """
    return "/files/" + _signer().sign_object([name, content_type, filename, expiry(at)], compress=True)


def expiry(at: datetime) -> int:
    """When a link that is made now dies, in seconds since 1970."""
    window: int = settings.FILE_LINK_S // 2
    return (int(at.timestamp()) // window + 2) * window


def seconds_left(expires: int, *, at: datetime) -> int:
    return expires - int(at.timestamp())


def expired() -> HttpResponse:
    return HttpResponse("This link has expired. Reload the page.", status=410, content_type="text/plain")


def kept_privately(response: HttpResponseBase, seconds: int) -> HttpResponseBase:
    """Only the browser that asked keeps it, and no longer than its link lives."""
    response["Cache-Control"] = f"private, max-age={seconds}, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # the studio shows pictures inside other people's shops
    return response


@require_safe
def file_view(request: HttpRequest, token: str) -> HttpResponseBase:
    """Serve the file a token names: 410 when its time is over, 404 when we did not sign it or the file is gone."""
    name, content_type, filename, expires = _read(token)
    remaining = seconds_left(expires, at=timezone.now())
    if remaining <= 0:
        return expired()
    try:
        file = storage.open_file(name)
    except FileNotFoundError as exc:
        raise Http404("This file is gone.") from exc
    response = FileResponse(file, content_type=content_type, filename=filename, as_attachment=bool(filename))
    return kept_privately(response, remaining)


def _read(token: str) -> tuple[str, str, str, int]:
    try:
        fields: list[Any] = _signer().unsign_object(token)
    except BadSignature as exc:
        raise Http404("No such file.") from exc
    name, content_type, filename, expires = fields
    return name, content_type, filename, expires


def _signer() -> Signer:
    return Signer(salt=SALT)
