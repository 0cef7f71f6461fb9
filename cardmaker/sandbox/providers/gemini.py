"""Gemini: models/{model}:generateContent, for pictures and for text."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse

from cardmaker.sandbox import faults

from . import writing
from .asking import GONE, HUGE_BYTES, Body, Refusal, json_of, longest, made, packed, trouble_of, without_pictures

KEY = "sandbox-gemini-key"
SIDES = {"512": 512, "1K": 1024, "2K": 2048, "4K": 4096}
TOKENS = {"512": 747, "1K": 1120, "2K": 1680, "4K": 2520}
STOPS = {"moderated_output": "IMAGE_SAFETY", "no_image": "NO_IMAGE", "recitation": "IMAGE_RECITATION"}


def endpoint(request: HttpRequest, model: str) -> HttpResponse:
    def answer() -> HttpResponse:
        try:
            if request.headers.get("x-goog-api-key") != KEY:
                raise error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.")
            return _content(json_of(request), model)
        except Refusal as refusal:
            return refusal.answer()

    return faults.gate(request, "gemini", f"{request.method} generateContent {model}", answer)


def error(status: int, state: str, message: str) -> Refusal:
    return Refusal(status, {"error": {"code": status, "message": message, "status": state}})


def _content(body: Body, model: str) -> HttpResponse:
    parts = [part for content in body.get("contents") or [] for part in content.get("parts") or []]
    said = " ".join(str(part["text"]) for part in parts if "text" in part)
    pictures_in = sum("inlineData" in part for part in parts)
    trouble = trouble_of("gemini", "generateContent", said)
    _refuse(trouble, model)
    if not said.strip():
        raise error(400, "INVALID_ARGUMENT", "The request has no text.")
    config = body.get("generationConfig") or {}
    if config.get("responseModalities") != ["IMAGE"]:
        return _written(body, model, said, trouble)
    if trouble in ("moderated_prompt", "moderated_input_image"):
        reason = "PROHIBITED_CONTENT" if trouble == "moderated_prompt" else "OTHER"
        usage = {"promptTokenCount": len(said) // 4}
        made("gemini", model, said, trouble=trouble, charged=False, asked=without_pictures(body))
        return JsonResponse({"promptFeedback": {"blockReason": reason}, "usageMetadata": usage, "modelVersion": model})
    return _drawn(body, model, said, trouble, pictures_in)


def _drawn(body: Body, model: str, said: str, trouble: str, pictures_in: int) -> HttpResponse:
    shape = (body.get("generationConfig") or {}).get("imageConfig") or {}
    size = str(shape.get("imageSize") or "1K")
    if size not in SIDES:
        raise error(400, "INVALID_ARGUMENT", f"Unsupported image size: {size}")
    width_px, height_px = longest(str(shape.get("aspectRatio") or "1:1"), SIDES[size])
    row = made(
        "gemini", model, said, width_px=width_px, height_px=height_px, pictures_in=pictures_in, trouble=trouble,
        format="jpeg" if size == "4K" else "png", asked=without_pictures(body),
    )  # fmt: skip
    row.seed = row.pk * 1000
    row.save(update_fields=["seed"])
    if trouble == "huge":
        return HttpResponse(b"{" + b" " * HUGE_BYTES + b"}", content_type="application/json")
    usage: Body = {"promptTokenCount": len(said) // 4 + 258 * pictures_in}
    candidate: Body = {"finishReason": STOPS.get(trouble, "STOP"), "index": 0}
    if trouble not in STOPS:
        kind = "image/jpeg" if row.format == "jpeg" else "image/png"
        inline = {"mimeType": kind, "data": packed(row, 0)}
        candidate["content"] = {"role": "model", "parts": [{"text": "Here it is."}, {"inlineData": inline}]}
        made_tokens = [{"modality": "IMAGE", "tokenCount": TOKENS[size]}]
        usage |= {"candidatesTokenCount": TOKENS[size] + 5, "candidatesTokensDetails": made_tokens}
    answer = {"candidates": [candidate], "usageMetadata": usage, "modelVersion": model, "responseId": row.key}
    return HttpResponse(json.dumps(answer), content_type="application/json")


def _written(body: Body, model: str, said: str, trouble: str) -> HttpResponse:
    schema = (body.get("generationConfig") or {}).get("responseJsonSchema") or {}
    text = writing.text_for(schema, said, trouble, again=len(body.get("contents") or []) > 1)
    row = made("gemini", model, said, trouble=trouble, asked=without_pictures(body))
    if trouble == "moderated_prompt":
        return JsonResponse({"promptFeedback": {"blockReason": "SAFETY"}})
    candidate = {"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP"}
    usage = {"promptTokenCount": len(said) // 4, "candidatesTokenCount": len(text) // 4}
    return JsonResponse({"candidates": [candidate], "usageMetadata": usage, "responseId": row.key})


def _refuse(trouble: str, model: str) -> None:
    if model in GONE or trouble == "eol":
        raise error(404, "NOT_FOUND", f"models/{model} is not found for API version v1.")
    if trouble in ("rate_limited", "quota"):
        raise error(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).")
    if trouble == "auth":
        raise error(403, "PERMISSION_DENIED", "Permission denied.")
    if trouble == "server_error":
        raise error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")
