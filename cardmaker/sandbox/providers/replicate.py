"""Replicate: predictions, their files, and the secret that its webhooks are signed with."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook as Signed

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Generation, Webhook

from .asking import GONE, Body, Refusal, due, json_of, longest, made, trouble_of, without_pictures

KEY = "Bearer sandbox-replicate-key"
ERRORS = {
    "moderated_output": "NSFW content detected. Try running it again, or try a different prompt.",
    "moderated_prompt": "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
    "moderated_input_image": "The input or output was flagged as sensitive. Please try again. (E005)",
    "server_error": "Prediction interrupted; please retry (code: PA)",
    "failed": "CUDA out of memory",
}


def endpoint(request: HttpRequest, path: str) -> HttpResponse:
    parts = path.strip("/").split("/")

    def answer() -> HttpResponse:
        try:
            if request.headers.get("Authorization") != KEY:
                raise problem(401, "Unauthenticated", "You did not pass a valid authentication token")
            return _answered(request, parts)
        except Refusal as refusal:
            return refusal.answer()

    name = f"predictions {'/'.join(parts[1:3])}" if request.method == "POST" and parts[-1] != "cancel" else parts[0]
    return faults.gate(request, "replicate", f"{request.method} {name}", answer)


def problem(status: int, title: str, detail: str) -> Refusal:
    return Refusal(status, {"title": title, "detail": detail, "status": status})


def headers(webhook: Webhook) -> dict[str, str]:
    at = timezone.now()
    body = webhook.body + ("!" if webhook.signed_wrongly else "")
    signature = Signed(settings.REPLICATE_WEBHOOK_SECRET).sign(webhook.webhook_id, at, body)
    named = {"webhook-id": webhook.webhook_id, "webhook-timestamp": str(int(at.timestamp()))}
    return {"Content-Type": "application/json", **named, "webhook-signature": signature}


def told(row: Generation) -> Body:
    """A prediction, in an answer and in a delivery."""
    states = {"queued": "processing", "done": "succeeded", "failed": "failed", "cancelled": "canceled"}
    status = "aborted" if row.trouble == "aborted" and row.state == Generation.State.CANCELLED else states[row.state]
    base = f"{settings.SANDBOX_URL}/replicate/predictions/{row.key}"
    return {
        "id": row.key,
        "model": row.model,
        "version": "hidden",
        "status": status,
        "input": row.asked,
        "output": _output(row) if status == "succeeded" else None,
        "error": ERRORS.get(row.trouble, "failed") if status == "failed" else None,
        "logs": "",
        "metrics": {"predict_time": settings.PICTURE_S},
        "created_at": row.created_at.isoformat(),
        "urls": {"get": base, "cancel": f"{base}/cancel"},
    }


def _output(row: Generation) -> Any:
    if row.trouble == "no_image":
        return None
    kind = "jpg" if row.format in ("jpg", "jpeg") else row.format
    count = max(1, row.count // 2) if row.trouble == "partial" else row.count
    files = [f"{settings.SANDBOX_URL}/fal/files/{row.key}/{number}.{kind}" for number in range(count)]
    return files if row.count > 1 else files[0]


def _answered(request: HttpRequest, parts: list[str]) -> HttpResponse:
    if parts == ["webhooks", "default", "secret"]:
        return JsonResponse({"key": settings.REPLICATE_WEBHOOK_SECRET})
    if request.method == "POST" and parts[-1] == "predictions":
        body = json_of(request)
        return _created(body, "/".join(parts[1:3]) if len(parts) == 4 else str(body.get("version")))
    row = Generation.objects.filter(service="replicate", key=parts[1] if len(parts) > 1 else "").first()
    if parts[0] != "predictions" or row is None:
        raise problem(404, "Not found", "The requested resource was not found.")
    if parts[-1] == "cancel":
        ended = {"state": Generation.State.CANCELLED, "charged": False}
        Generation.objects.filter(pk=row.pk, state=Generation.State.QUEUED).update(**ended)
    return _current(row)


def _current(row: Generation) -> HttpResponse:
    from . import queueing

    row.refresh_from_db()
    queueing.catch_up(row, at=timezone.now())
    return JsonResponse(told(row))


def _created(body: Body, model: str) -> HttpResponse:
    asked = body.get("input") or {}
    prompt = str(asked.get("prompt") or "")
    trouble = trouble_of("replicate", f"predictions {model}", prompt)
    _refuse(trouble, model)
    width_px, height_px = longest(str(asked.get("aspect_ratio") or "1:1"), 1024)
    pictures = asked.get("image_input") or asked.get("input_image") or asked.get("image") or []
    row = made(
        "replicate", model, prompt, count=int(asked.get("num_outputs") or 1), width_px=width_px, height_px=height_px,
        format=str(asked.get("output_format") or "webp"), seed=int(asked.get("seed") or 0), trouble=trouble,
        pictures_in=len(pictures) if isinstance(pictures, list) else 1, state=Generation.State.QUEUED,
        webhook=str(body.get("webhook") or "")[:1000], asked=without_pictures(asked), due_at=due(timezone.now()),
    )  # fmt: skip
    if "seed" not in asked:
        Generation.objects.filter(pk=row.pk).update(seed=row.pk * 1000)
    return JsonResponse({**told(row), "status": "starting", "output": None}, status=201)


def _refuse(trouble: str, model: str) -> None:
    if model in GONE or trouble == "eol":
        raise problem(404, "Not found", "The requested resource was not found.")
    if trouble == "rate_limited":
        raise Refusal(429, {"detail": "Request was throttled. Your rate limit resets in ~30s."})
    if trouble == "quota":
        raise problem(402, "Insufficient credit", "You have insufficient credit to run this model.")
    if trouble == "auth":
        raise problem(401, "Unauthenticated", "You did not pass a valid authentication token")
