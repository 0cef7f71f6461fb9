"""Where fal and Replicate tell how a call ended: prove it, store it, answer. Nothing is done with it here."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cardmaker.core.api import allow_only
from cardmaker.core.deliveries import object_in, raw_body, unproven
from cardmaker.core.inbox import InboxEvent
from designs.making.calling_back import HANDLE
from designs.providers import callbacks

LARGEST_DELIVERY = 20_000_000  # bytes: some outputs lie in the delivery itself


@csrf_exempt
@allow_only("POST")
def fal(request: HttpRequest) -> HttpResponse:
    body = raw_body(request, max_bytes=LARGEST_DELIVERY)
    if not callbacks.from_fal(body, request.headers):
        return unproven()
    told = object_in(body)
    return _stored(request, "fal", ref=told.get("request_id"), state=told.get("status"), body=body)


@csrf_exempt
@allow_only("POST")
def replicate(request: HttpRequest) -> HttpResponse:
    body = raw_body(request, max_bytes=LARGEST_DELIVERY)
    if not callbacks.from_replicate(body, request.headers):
        return unproven()
    told = object_in(body)
    return _stored(request, "replicate", ref=told.get("id"), state=told.get("status"), body=body)


def _stored(request: HttpRequest, source: str, *, ref: object, state: object, body: bytes) -> HttpResponse:
    """Only whom it is about is kept: the pictures and words in it are read again where they lie."""
    named = str(ref or "")[:150]
    InboxEvent.receive(
        source=source,
        external_id=f"{named}:{state}" if named else hashlib.sha256(body).hexdigest(),
        topic=f"{source}/call",
        payload={"ref": named, "token": request.GET.get("call", "")[:400]},
        at=timezone.now(),
        then=HANDLE,
    )
    return HttpResponse(status=200)
