"""OpenAI Images: POST /images/generations and /images/edits, in one answer. No seed, no queue, no webhook.

From the typed client openai 3.52.0 and the vendor's prices, read 2026-11-21. Nothing here is repeated: a POST is paid.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from designs.providers.adapter import AnswersAtOnce
from designs.providers.base import Done, ImageRequest, Running
from designs.providers.offers import Model, Usage
from designs.providers.sizing import size_for
from designs.providers.wire import TooLarge, Wire, body_of, inside, multipart, objects, refusal, unpacked, whole
from designs.providers.words import output_of, pictures_of, prompt_with_avoided, recipe_of

CODES = {
    "moderation_blocked": "moderated_prompt",
    "content_policy_violation": "moderated_prompt",
    "rate_limit_exceeded": "rate_limited",
    "insufficient_quota": "quota_or_credit",
    "billing_hard_limit_reached": "quota_or_credit",
    "model_not_found": "not_available",
    "invalid_api_key": "auth",
    "server_error": "upstream_error",
}
OWN_FIELDS = ("quality", "output_format", "output_compression", "background", "moderation")


class OpenAIImages(AnswersAtOnce):
    version = "images-v1"

    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float) -> None:
        super().__init__(model)
        self._wire = Wire("openai", base_url, {"Authorization": f"Bearer {key}"}, timeout_s=timeout_s)

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        self.estimate(request)
        pictures = pictures_of(request)
        body = body_for(self.model, request)
        try:
            if pictures:
                form, kind = multipart(body, [("image[]", picture) for picture in pictures])
                headers = {"Content-Type": kind}
                answer = self._wire.spend("/images/edits", operation="edits", content=form, headers=headers)
            else:
                answer = self._wire.spend("/images/generations", operation="generations", json=body)
        except TooLarge:
            return self.nothing(request, "no_image", request_id=key)
        if not answer.is_success:
            raise refusal(answer, reason_of(body_of(answer)))
        return self._taken(request, answer, key)

    def _taken(self, request: ImageRequest, answer: httpx.Response, key: str) -> Done:
        body = body_of(answer)
        recipe = recipe_of(request, provider=self.name, model=self.model.model_id)
        outputs = [
            output_of(unpacked(entry.get("b64_json")), request, seed=0, recipe=recipe)
            for entry in objects(body.get("data"))
        ]
        request_id = answer.headers.get("x-request-id") or key
        return self.done(request, outputs, request_id=request_id, usage=usage_of(body))


def body_for(model: Model, request: ImageRequest) -> dict[str, Any]:
    """The fields of a generation or an edit."""
    width_px, height_px = size_for(request.width_px, request.height_px, model.shape)
    own = {name: model.options[name] for name in OWN_FIELDS if name in model.options}
    body = {"model": model.model_id, "prompt": prompt_with_avoided(request), "n": request.count}
    return {**body, "size": f"{width_px}x{height_px}", **own}


def reason_of(body: Mapping[str, Any]) -> str | None:
    """Which of our reasons an error body gives; None when it gives none that we know."""
    error = body.get("error")
    if not isinstance(error, Mapping):
        return None
    code = CODES.get(str(error.get("code") or error.get("type")))
    return code or ("moderated_prompt" if "safety_violations" in str(error.get("message")) else None)


def usage_of(body: Mapping[str, Any]) -> Usage | None:
    usage = body.get("usage")
    if not isinstance(usage, Mapping) or type(usage.get("output_tokens")) is not int:
        return None
    details = inside(usage, "input_tokens_details")
    images_in = whole(details.get("image_tokens"))
    text_in = whole(details.get("text_tokens"), max(0, whole(usage.get("input_tokens")) - images_in))
    return Usage(text_in=text_in, image_in=images_in, image_out=whole(usage["output_tokens"]))
