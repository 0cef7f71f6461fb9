"""Gemini image models: POST /models/{model}:generateContent, one picture a call, in one answer.

From the typed client google-genai 3.4.0 and the vendor's model cards, read 2026-11-21. A refusal is a 200 without a
picture. Whether a seed is honored is not documented, so none is promised.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from designs.providers.adapter import AnswersAtOnce
from designs.providers.base import Done, ImageRequest, Running
from designs.providers.offers import Model, Usage
from designs.providers.sizing import ratio_for
from designs.providers.wire import (
    TooLarge,
    Wire,
    body_of,
    inside,
    media_type_of,
    objects,
    packed,
    refusal,
    unpacked,
    whole,
)
from designs.providers.words import IMAGE_ONLY, output_of, pictures_of, prompt_with_avoided, recipe_of

STATES = {
    "INVALID_ARGUMENT": "invalid_request",
    "FAILED_PRECONDITION": "invalid_request",
    "UNAUTHENTICATED": "auth",
    "PERMISSION_DENIED": "auth",
    "NOT_FOUND": "not_available",
    "RESOURCE_EXHAUSTED": "rate_limited",
    "UNAVAILABLE": "upstream_error",
    "INTERNAL": "upstream_error",
    "DEADLINE_EXCEEDED": "timeout",
}
# Why a candidate stopped -> our reason. What is not named here and brought no picture is `no_image`.
STOPS = {
    "SAFETY": "moderated_output",
    "IMAGE_SAFETY": "moderated_output",
    "IMAGE_PROHIBITED_CONTENT": "moderated_output",
    "IMAGE_RECITATION": "moderated_output",
    "PROHIBITED_CONTENT": "moderated_prompt",
    "RECITATION": "moderated_output",
    "BLOCKLIST": "moderated_prompt",
    "SPII": "moderated_prompt",
}


class GeminiImages(AnswersAtOnce):
    version = "v1"

    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float) -> None:
        super().__init__(model)
        self._wire = Wire("gemini", base_url, {"x-goog-api-key": key}, timeout_s=timeout_s)

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        self.estimate(request)
        path = f"/models/{self.model.model_id}:generateContent"
        try:
            answer = self._wire.spend(path, operation="generateContent", json=body_for(self.model, request))
        except TooLarge:
            return self.nothing(request, "no_image", request_id=key)
        if not answer.is_success:
            raise refusal(answer, reason_of(body_of(answer)))
        return self._taken(request, answer, key)

    def _taken(self, request: ImageRequest, answer: httpx.Response, key: str) -> Done:
        body = body_of(answer)
        request_id = str(body.get("responseId") or key)
        usage = usage_of(body)
        recipe = recipe_of(request, provider=self.name, model=self.model.model_id)
        found = [output_of(unpacked(text), request, seed=0, recipe=recipe) for text in pictures_in(body)]
        if not found:
            return self.nothing(request, why_none(body, bool(pictures_of(request))), request_id=request_id, usage=usage)
        version = str(body.get("modelVersion") or "")
        return self.done(request, found[-1:], request_id=request_id, usage=usage, version=version)


def body_for(model: Model, request: ImageRequest) -> dict[str, Any]:
    """The request of one picture: the words, then the pictures that go along."""
    text = f"{prompt_with_avoided(request)} {IMAGE_ONLY}"
    pictures = [
        {"inlineData": {"mimeType": media_type_of(picture) or "image/png", "data": packed(picture)}}
        for picture in pictures_of(request)
    ]
    config: dict[str, Any] = {}
    if model.shape.get("ratios"):
        config["aspectRatio"] = ratio_for(request.width_px, request.height_px, model.shape["ratios"])
    if model.shape.get("size"):
        config["imageSize"] = model.shape["size"]
    return {
        "contents": [{"role": "user", "parts": [{"text": text}, *pictures]}],
        "generationConfig": {"responseModalities": ["IMAGE"], "imageConfig": config, "candidateCount": 1},
        **({"safetySettings": model.options["safetySettings"]} if "safetySettings" in model.options else {}),
    }


def pictures_in(body: Mapping[str, Any]) -> Iterator[Any]:
    """The base64 of each picture, in order: parts with text lie between them, and drafts may come before the last."""
    for candidate in objects(body.get("candidates")):
        for part in objects(inside(candidate, "content").get("parts")):
            inline = inside(part, "inlineData")
            if inline.get("data") and not part.get("thought"):
                yield inline["data"]


def why_none(body: Mapping[str, Any], pictures_went_along: bool) -> str:
    """Why a 200 has no picture in it."""
    blocked = str(inside(body, "promptFeedback").get("blockReason") or "")
    if blocked:
        # OTHER within seconds is nearly always a picture that was sent along.
        of_a_picture = blocked == "IMAGE_SAFETY" or (blocked == "OTHER" and pictures_went_along)
        return "moderated_input_image" if of_a_picture and pictures_went_along else "moderated_prompt"
    reasons = [str(candidate.get("finishReason") or "") for candidate in objects(body.get("candidates"))]
    return next((STOPS[reason] for reason in reasons if reason in STOPS), "no_image")


def reason_of(body: Mapping[str, Any]) -> str | None:
    error = body.get("error")
    return STATES.get(str(error.get("status"))) if isinstance(error, Mapping) else None


def usage_of(body: Mapping[str, Any]) -> Usage | None:
    """Tokens by kind. An answer that does not part what it made into kinds made pictures alone."""
    usage = body.get("usageMetadata")
    if not isinstance(usage, Mapping) or type(usage.get("candidatesTokenCount")) is not int:
        return None
    parted = objects(usage.get("candidatesTokensDetails"))
    made = {str(entry.get("modality")): whole(entry.get("tokenCount")) for entry in parted}
    total = whole(usage["candidatesTokenCount"])
    pictures = made.get("IMAGE", total)
    thoughts = whole(usage.get("thoughtsTokenCount"))
    return Usage(
        text_in=whole(usage.get("promptTokenCount")), image_out=pictures, text_out=max(0, total - pictures) + thoughts
    )
