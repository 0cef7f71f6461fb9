"""fal: the queue, its results, and the keys that its webhooks are signed with."""

import base64
import hashlib
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Generation, Webhook

from . import art
from .asking import GONE, HUGE_BYTES, Body, Refusal, drawn, due, json_of, longest, made, trouble_of, without_pictures

KEY = "Key sandbox-fal-key"
SIGNING = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"the sandbox's fal key").digest())
SIDES = {"0.5K": 512, "1K": 1024, "2K": 2048, "4K": 4096}
UPSCALERS = ("aura-sr", "esrgan", "upscaler", "upscale")
REQUESTS = "/requests/"


def endpoint(request: HttpRequest, path: str) -> HttpResponse:
    app, found, rest = path.strip("/").partition(REQUESTS)

    def answer() -> HttpResponse:
        try:
            if request.headers.get("Authorization") != KEY:
                raise Refusal(401, {"detail": "Cannot access application. Authentication is required."})
            return _asked(request, app, rest) if found else _submitted(request, app)
        except Refusal as refusal:
            return refusal.answer()

    name = rest.partition("/")[2] or "result" if found else f"submit {app}"
    return faults.gate(request, "fal", f"{request.method} {name}", answer)


def file(request: HttpRequest, key: str, number: int, form: str) -> HttpResponse:
    """A result at its public address."""
    row = Generation.objects.filter(key=key, state=Generation.State.DONE).first()
    if row is None:
        raise Http404
    if row.trouble == "huge":
        return HttpResponse(b"\x89PNG\r\n\x1a\n" + b"\0" * HUGE_BYTES, content_type="image/png")
    if row.trouble == "no_image":
        raise Http404
    return HttpResponse(
        drawn(row, number), content_type=f"image/{'jpeg' if row.format in ('jpg', 'jpeg') else row.format}"
    )


def jwks(request: HttpRequest) -> JsonResponse:
    raw = base64.urlsafe_b64encode(SIGNING.public_key().public_bytes_raw()).decode().rstrip("=")
    return JsonResponse({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "sandbox", "x": raw}]})


def headers(webhook: Webhook) -> dict[str, str]:
    """How a delivery is signed: over three headers and the body's digest."""
    told = [webhook.subject, "sandbox-user", str(int(time.time()))]
    body = webhook.body.encode() + (b"!" if webhook.signed_wrongly else b"")
    message = "\n".join([*told, hashlib.sha256(body).hexdigest()]).encode()
    names = ["X-Fal-Webhook-Request-Id", "X-Fal-Webhook-User-Id", "X-Fal-Webhook-Timestamp"]
    signed = {"X-Fal-Webhook-Signature": SIGNING.sign(message).hex()}
    return {"Content-Type": "application/json", **dict(zip(names, told, strict=True)), **signed}


def told(row: Generation) -> Body:
    """The body of a delivery."""
    common = {"request_id": row.key, "gateway_request_id": row.key}
    if row.state != Generation.State.DONE:
        return {**common, "status": "ERROR", "error": "Unexpected status code", "payload": _problem(row)[1]}
    return {**common, "status": "OK", "payload": result(row)}


def result(row: Generation) -> Body:
    address = f"{settings.SANDBOX_URL}/fal/files/{row.key}"
    count = max(1, row.count // 2) if row.trouble == "partial" else row.count
    kind = "jpg" if row.format in ("jpg", "jpeg") else row.format
    entries = [
        {"url": f"{address}/{number}.{kind}", "width": row.width_px, "height": row.height_px} for number in range(count)
    ]
    if _enlarges(row.model):
        return {"image": entries[0]}
    unsafe = [row.trouble == "moderated_output"] * count
    return {"images": entries, "seed": row.seed, "has_nsfw_concepts": unsafe, "prompt": row.prompt}


def _submitted(request: HttpRequest, app: str) -> HttpResponse:
    body = json_of(request)
    prompt = str(body.get("prompt") or "")
    trouble = trouble_of("fal", f"submit {app}", prompt)
    _refuse(trouble, app)
    width_px, height_px = _size(body)
    row = made(
        "fal", app, prompt, count=int(body.get("num_images") or 1), width_px=width_px, height_px=height_px,
        format=str(body.get("output_format") or "jpeg"), seed=int(body.get("seed") or 0), trouble=trouble,
        pictures_in=len(body.get("image_urls") or []) + ("image_url" in body), state=Generation.State.QUEUED,
        webhook=request.GET.get("fal_webhook", "")[:1000], asked=without_pictures(body), due_at=due(timezone.now()),
    )  # fmt: skip
    if _enlarges(app):
        _sized_by_picture(row, body)
    base = f"{settings.SANDBOX_URL}/fal/{'/'.join(app.split('/')[:2])}{REQUESTS}{row.key}"
    urls = {"response_url": base, "status_url": f"{base}/status", "cancel_url": f"{base}/cancel"}
    return JsonResponse({"request_id": row.key, "status": "IN_QUEUE", "queue_position": 0, **urls})


def _asked(request: HttpRequest, app: str, rest: str) -> HttpResponse:
    from . import queueing

    key, _, verb = rest.strip("/").partition("/")
    row = Generation.objects.filter(service="fal", key=key).first()
    if row is None or not row.model.startswith(app):
        raise Refusal(404, {"detail": "Request not found"})
    queueing.catch_up(row, at=timezone.now())
    if verb == "cancel":
        return _cancelled(row)
    if verb == "status":
        return _status(row)
    if row.state == Generation.State.QUEUED:
        raise Refusal(400, {"detail": "Request is still in progress"})
    if row.state == Generation.State.DONE:
        return JsonResponse(result(row))
    status, body = _problem(row)
    flat = "error_type" in body
    raise Refusal(status, body, {"X-Fal-Error-Type": body["error_type"]} if flat else {"X-Fal-Retryable": "false"})


def _status(row: Generation) -> HttpResponse:
    if row.state != Generation.State.QUEUED:
        return JsonResponse({"status": "COMPLETED", "metrics": {"inference_time": settings.PICTURE_S}})
    begun = (row.due_at - timezone.now()).total_seconds() < settings.PICTURE_S * 0.7
    body: dict[str, Any] = {"status": "IN_PROGRESS"} if begun else {"status": "IN_QUEUE", "queue_position": 0}
    return JsonResponse(body, status=202)


def _cancelled(row: Generation) -> HttpResponse:
    queued = Generation.objects.filter(pk=row.pk, state=Generation.State.QUEUED)
    if not queued.update(state=Generation.State.CANCELLED, trouble="cancelled", charged=False):
        return JsonResponse({"status": "ALREADY_COMPLETED"}, status=400)
    return JsonResponse({"status": "CANCELLATION_REQUESTED"}, status=202)


def _problem(row: Generation) -> tuple[int, Body]:
    """A failed call as its result tells it: in the model's words, or in the queue's."""
    if row.trouble in ("moderated_prompt", "moderated_input_image"):
        place = "prompt" if row.trouble == "moderated_prompt" else "image_url"
        detail = {"loc": ["body", place], "msg": "Not allowed.", "type": "content_policy_violation"}
        return 422, {"detail": [{**detail, "url": "https://docs.fal.ai/errors#content_policy_violation"}]}
    kind = "client_cancelled" if row.trouble == "cancelled" else "internal_error"
    return (499 if row.trouble == "cancelled" else 500), {"detail": "The runner failed.", "error_type": kind}


def _refuse(trouble: str, app: str) -> None:
    if app in GONE or trouble == "eol":
        raise Refusal(404, {"detail": f"Application '{app}' not found"})
    if trouble == "rate_limited":
        raise Refusal(429, {"detail": "Too many requests"})
    if trouble == "auth":
        raise Refusal(401, {"detail": "Invalid key"})
    if trouble == "quota":
        raise Refusal(403, {"detail": "User is locked. Reason: Exhausted balance."})


def _enlarges(app: str) -> bool:
    return any(name in app for name in UPSCALERS)


def _size(body: Body) -> tuple[int, int]:
    size = body.get("image_size")
    if isinstance(size, dict):
        return int(size.get("width") or 1024), int(size.get("height") or 1024)
    return longest(str(body.get("aspect_ratio") or "1:1"), SIDES.get(str(body.get("resolution")), 1024))


def _sized_by_picture(row: Generation, body: Body) -> None:
    data = base64.b64decode(str(body.get("image_url") or "").partition(",")[2])
    factor = int(body.get("upscale_factor") or 2)
    row.width_px, row.height_px = (side * factor for side in art.size(data))
    row.format = "png"
    row.save(update_fields=["width_px", "height_px", "format"])
