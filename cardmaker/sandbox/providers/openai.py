"""OpenAI: images/generations, images/edits, chat/completions."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Generation

from . import writing
from .asking import GONE, HUGE_BYTES, Body, Refusal, json_of, made, packed, trouble_of, without_pictures

KEY = "Bearer sandbox-openai-key"
TOKENS = {"low": 196, "medium": 439, "high": 1756, "xhigh": 3122, "max": 7024}  # of a picture of 1024 x 1024
LEAST_PX, MOST_PX, EDGE_PX = 655_360, 8_294_400, 3_840


def endpoint(request: HttpRequest, path: str) -> HttpResponse:
    handlers: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "images/generations": generations,
        "images/edits": edits,
        "chat/completions": completions,
    }
    handler = handlers.get(path.strip("/"))

    def answer() -> HttpResponse:
        try:
            if request.headers.get("Authorization") != KEY:
                raise error(401, "invalid_api_key", "Incorrect API key provided.")
            if handler is None or request.method != "POST":
                raise error(404, "unknown_url", "Unknown request URL.")
            return handler(request)
        except Refusal as refusal:
            return refusal.answer()

    return faults.gate(request, "openai", f"{request.method} {path.strip('/')}", answer)


def error(status: int, code: str, message: str, kind: str = "invalid_request_error") -> Refusal:
    return Refusal(status, {"error": {"message": message, "type": kind, "param": None, "code": code}})


def generations(request: HttpRequest) -> HttpResponse:
    return _made(json_of(request), pictures_in=0, operation="generations")


def edits(request: HttpRequest) -> HttpResponse:
    files = request.FILES.getlist("image[]") + request.FILES.getlist("image")
    if not files:
        raise error(400, "missing_required_parameter", "Missing required parameter: 'image'.")
    body = {name: request.POST.get(name) for name in request.POST}
    return _made(body, pictures_in=len(files), operation="edits")


def completions(request: HttpRequest) -> HttpResponse:
    body = json_of(request)
    said = "\n".join(str(message.get("content")) for message in body.get("messages") or [])
    trouble = trouble_of("openai", "completions", said)
    _refuse(trouble, str(body.get("model")))
    schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema") or {}
    text = writing.text_for(schema, said, trouble, again=len(body.get("messages") or []) > 2)
    row = made("openai", str(body.get("model")), said, trouble=trouble, asked=without_pictures(body))
    message: Body = {"role": "assistant", "content": text, "refusal": None}
    if trouble == "moderated_prompt":
        message = {"role": "assistant", "content": None, "refusal": "I can't help with that."}
    usage = {"prompt_tokens": len(said) // 4, "completion_tokens": len(text) // 4}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return JsonResponse({"id": f"chatcmpl-{row.key}", "model": row.model, "choices": choices, "usage": usage})


def _made(body: Body, *, pictures_in: int, operation: str) -> HttpResponse:
    model, prompt = str(body.get("model") or ""), str(body.get("prompt") or "")
    trouble = trouble_of("openai", operation, prompt)
    _refuse(trouble, model)
    if not prompt.strip() or len(prompt) > 32_000:
        raise error(400, "invalid_value", "Invalid 'prompt'.")
    count = int(body.get("n") or 1)
    if not 1 <= count <= 10:
        raise error(400, "integer_above_max_value", "Invalid 'n': expected a value between 1 and 10.")
    width_px, height_px = _size(str(body.get("size") or "1024x1024"))
    row = made(
        "openai", model, prompt, count=count, width_px=width_px, height_px=height_px, pictures_in=pictures_in,
        format=str(body.get("output_format") or "png"), trouble=trouble, asked=without_pictures(body),
    )  # fmt: skip
    # The real one has no seed: the same request never gives the same pictures.
    Generation.objects.filter(pk=row.pk).update(seed=row.pk * 1000)
    row.refresh_from_db(fields=["seed"])
    return _answer(row, str(body.get("quality") or "auto"))


def _answer(row: Generation, quality: str) -> HttpResponse:
    if row.trouble == "huge":
        return HttpResponse(b"{" + b" " * HUGE_BYTES + b"}", content_type="application/json")
    given = 0 if row.trouble == "no_image" else max(1, row.count // 2) if row.trouble == "partial" else row.count
    each = round(TOKENS.get(quality, 439) * row.width_px * row.height_px / 1024**2)
    usage = {
        "input_tokens": len(row.prompt) // 4 + 700 * row.pictures_in,
        "input_tokens_details": {"text_tokens": len(row.prompt) // 4, "image_tokens": 700 * row.pictures_in},
        "output_tokens": each * given,
        "total_tokens": len(row.prompt) // 4 + each * given,
    }
    body: dict[str, Any] = {
        "created": int(row.created_at.timestamp()),
        "data": [{"b64_json": packed(row, number)} for number in range(given)],
        "size": f"{row.width_px}x{row.height_px}",
        "quality": quality,
        "output_format": row.format,
        "usage": usage,
    }
    return HttpResponse(json.dumps(body), content_type="application/json", headers={"x-request-id": f"req_{row.key}"})


def _refuse(trouble: str, model: str) -> None:
    """Raises Refusal for what is refused before anything is made."""
    if model in GONE or trouble == "eol":
        raise error(404, "model_not_found", f"The model '{model}' does not exist or you do not have access to it.")
    if trouble in ("moderated_output", "moderated_input_image", "moderated_prompt") and not model.startswith("gpt-5"):
        message = "Your request was rejected by the safety system. safety_violations=[violence]."
        raise error(400, "moderation_blocked", message, "image_generation_user_error")
    if trouble == "quota":
        raise error(429, "insufficient_quota", "You exceeded your current quota.", "insufficient_quota")
    if trouble == "rate_limited":
        raise error(429, "rate_limit_exceeded", "Rate limit reached.", "rate_limit_exceeded")
    if trouble == "auth":
        raise error(401, "invalid_api_key", "Incorrect API key provided.")
    if trouble == "server_error":
        raise error(500, "server_error", "The server had an error while processing your request.", "server_error")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise error(400, "invalid_value", f"Invalid size '{text}'.")
    sides = (int(width), int(height))
    pixels = sides[0] * sides[1]
    on_grid = all(side % 16 == 0 and side <= EDGE_PX for side in sides)
    if not on_grid or not LEAST_PX <= pixels <= MOST_PX or max(sides) > 3 * min(sides):
        raise error(400, "invalid_value", f"Invalid size '{text}'.")
    return sides
