"""Stability's models and image services on Bedrock: `invoke_model` through boto3, one picture a call, in one answer.

From botocore 1.44.5's service model and the vendor's pages, read 2026-11-21. boto3 would send a call three times by
itself: it is told not to. A refused request is a 200 with `finish_reasons`; whether it is charged is not documented, so
it counts as charged. An answer has at most 16 MB: larger pictures only come as JPEG.
"""

import json
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cardmaker.core.http import note_call
from cardmaker.core.readjson import read_json
from cardmaker.core.transactions import refuse_open_transaction
from designs.providers.adapter import AnswersAtOnce
from designs.providers.base import Done, ImageRequest, ProviderRejected, ProviderUnavailable, Running
from designs.providers.offers import Model
from designs.providers.sizing import ratio_for
from designs.providers.wire import packed, unpacked, whole
from designs.providers.words import avoided, output_of, pictures_of, prompt_of, recipe_of

SEEDS = 4_294_967_294
OWN_FIELDS = ("output_format", "style_preset", "creativity")
FINISHED = {
    "Filter reason: prompt": "moderated_prompt",
    "Filter reason: output image": "moderated_output",
    "Filter reason: input image": "moderated_input_image",
}
CODES = {
    "ValidationException": "invalid_request",
    "AccessDeniedException": "auth",
    "UnrecognizedClientException": "auth",
    "ExpiredTokenException": "auth",
    "ResourceNotFoundException": "not_available",
    "ThrottlingException": "rate_limited",
    "ModelNotReadyException": "rate_limited",
    "ServiceQuotaExceededException": "quota_or_credit",
    "ModelTimeoutException": "timeout",
    "ModelErrorException": "upstream_error",
    "ModelStreamErrorException": "upstream_error",
    "InternalServerException": "upstream_error",
    "ServiceUnavailableException": "upstream_error",
    "ConflictException": "invalid_request",
}


class BedrockImages(AnswersAtOnce):
    version = "bedrock-2023-09-30"

    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float, secret: str = "") -> None:
        super().__init__(model)
        self._access = (key, secret, base_url, timeout_s, str(model.options.get("region", "us-west-2")))

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        self.estimate(request)
        answer, request_id = invoke(*self._access, model_id=self.model.model_id, body=body_for(self.model, request))
        reason = next((str(value) for value in _list(answer, "finish_reasons") if value), None)
        if reason:
            return self.nothing(request, FINISHED.get(reason, "no_image"), request_id=request_id or key)
        seed = whole(next(iter(_list(answer, "seeds")), None), request.seed)
        recipe = recipe_of(request, provider=self.name, model=self.model.model_id, seed=seed)
        outputs = [output_of(unpacked(text), request, seed=seed, recipe=recipe) for text in _list(answer, "images")]
        return self.done(request, outputs[:1], request_id=request_id or key)


def body_for(model: Model, request: ImageRequest) -> dict[str, Any]:
    """The body of a text-to-image model, of the same started from a picture, or of an upscaler."""
    own = {name: model.options[name] for name in OWN_FIELDS if name in model.options}
    if request.task == "upscale":
        assert request.parent is not None  # check_request refused
        small = _no_larger(request.parent.image, int(model.options.get("takes_px", 0)))
        return {"image": packed(small), **own}
    body: dict[str, Any] = {"prompt": prompt_of(request)[:10_000], "negative_prompt": avoided(request), **own}
    body["seed"] = request.seed % SEEDS or 1  # 0 would be any
    pictures = pictures_of(request)
    if pictures:
        # Its layout is kept by this model, not its people: who must be recognized is drawn by another one.
        strength = float(model.options.get("strength", 0.5)) if not request.instruction else 0.65
        return {**body, "mode": "image-to-image", "image": packed(pictures[0]), "strength": strength}
    if model.shape.get("ratios"):
        body["aspect_ratio"] = ratio_for(request.width_px, request.height_px, model.shape["ratios"])
    return body


def invoke(
    key: str, secret: str, base_url: str, timeout_s: float, region: str, *, model_id: str, body: Mapping[str, Any]
) -> tuple[dict[str, Any], str]:
    """One call, sent once: its answer and their number for it. Raises ProviderUnavailable, ProviderRejected."""
    client = client_of(key, secret, base_url, timeout_s, region)
    return sent(
        lambda: client.invoke_model(
            modelId=model_id, body=json.dumps(body), contentType="application/json", accept="application/json"
        ),
        f"invoke {model_id}",
    )


def sent(call: Any, operation: str) -> tuple[dict[str, Any], str]:
    """The answer of one boto3 call as plain data. Raises ProviderUnavailable, ProviderRejected."""
    refuse_open_transaction("calling bedrock")
    began = time.monotonic()
    try:
        answer = _answer(call)
    except (ProviderRejected, ProviderUnavailable) as exc:
        note_call("bedrock", operation, exc.reason, began=began, ok=isinstance(exc, ProviderRejected))
        raise
    note_call("bedrock", operation, "ok", began=began, ok=True)
    return answer


def _answer(call: Any) -> tuple[dict[str, Any], str]:
    from botocore import exceptions

    try:
        answer = call()
        payload = answer.pop("body").read() if "body" in answer else None
    except exceptions.ClientError as exc:
        raise error_of(exc.response) from exc
    except (
        exceptions.EndpointConnectionError,
        exceptions.ConnectTimeoutError,
        exceptions.NoCredentialsError,
        exceptions.ProxyConnectionError,
    ) as exc:
        raise ProviderUnavailable("upstream_error") from exc
    except exceptions.BotoCoreError as exc:  # a read that ended early, or too late: it left us
        raise ProviderUnavailable("unknown_outcome") from exc
    request_id = str(answer.get("ResponseMetadata", {}).get("RequestId") or "")
    if payload is None:
        return dict(answer), request_id
    try:
        read = read_json(payload)
    except ValueError:
        read = {}
    return (read if isinstance(read, dict) else {}), request_id


def error_of(response: Mapping[str, Any]) -> ProviderRejected | ProviderUnavailable:
    """By the name of the exception; of an invalid request the text says whether it is the model that is wrong."""
    error = response.get("Error", {})
    code, message = str(error.get("Code")), str(error.get("Message", ""))
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode") or 0)
    reason = CODES.get(code)
    if code == "ValidationException" and "model identifier" in message:
        reason = "not_available"
    if code == "AccessDeniedException" and "model" in message.lower():
        reason = "not_available"
    if reason in ("rate_limited", "timeout", "upstream_error"):
        return ProviderUnavailable(reason)
    if reason is None and (status >= 500 or status == 0):
        return ProviderUnavailable("unknown_outcome")
    if reason is None and status == 429:
        return ProviderUnavailable("rate_limited")
    return ProviderRejected(reason or "invalid_request")


@lru_cache(maxsize=8)
def client_of(key: str, secret: str, base_url: str, timeout_s: float, region: str) -> Any:
    """One client for as long as the settings are the same; threads may share it. Importing boto3 takes a while."""
    import boto3
    from botocore.config import Config

    own = {} if key == "role" else {"aws_access_key_id": key, "aws_secret_access_key": secret or "none"}
    return boto3.session.Session().client(
        "bedrock-runtime",
        region_name=region,
        endpoint_url=base_url or None,
        config=Config(retries={"total_max_attempts": 1}, read_timeout=timeout_s, connect_timeout=5),
        **own,
    )


def _list(answer: Mapping[str, Any], name: str) -> list[Any]:
    value = answer.get(name)
    return value if isinstance(value, list) else []


def _no_larger(picture: bytes, most_px: int) -> bytes:
    """The picture with at most so many pixels in all: an upscaler refuses more."""
    from designs.imaging.encode import preview_jpeg
    from designs.imaging.pictures import size_px, srgb_pixels

    width_px, height_px = size_px(picture)
    if not most_px or width_px * height_px <= most_px:
        return picture
    longest_px = int(max(width_px, height_px) * (most_px / (width_px * height_px)) ** 0.5)
    return preview_jpeg(srgb_pixels(picture, max_px=longest_px), max_px=longest_px)
