"""fal: one queue for many models. POST to the endpoint, poll or be called back, fetch the pictures from where they lie.

From fal-client 1.0.3, the endpoint map of @fal-ai/client 1.10.1 and docs.fal.ai, read 2026-11-21. Pictures go along as
data addresses, so that no photo lies on a public server; payloads are not stored there, and results go within the hour.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from designs.providers import callbacks
from designs.providers.adapter import UNTOLD, Adapter
from designs.providers.base import Done, ImageRequest, ProviderRejected, ProviderUnavailable, Running
from designs.providers.files import Files
from designs.providers.offers import Model
from designs.providers.sizing import ratio_for, size_for
from designs.providers.wire import TooLarge, Wire, body_of, data_uri, objects, refusal, unanswered, whole
from designs.providers.words import output_of, pictures_of, prompt_with_avoided, recipe_of

POLL_S = 2.0
POLICY = ("policy", "nsfw", "safety", "moderat")
INFRASTRUCTURE = {
    "request_timeout": "timeout",
    "startup_timeout": "upstream_error",
    "internal_error": "upstream_error",
    "client_cancelled": "upstream_error",
    "bad_request": "invalid_request",
}
# Their servers would repeat a call by themselves, keep what was sent, and keep the result for a week.
PRIVACY = {
    "X-Fal-No-Retry": "1",
    "X-Fal-Store-IO": "0",
    "X-Fal-Object-Lifecycle-Preference": json.dumps({"expiration_duration_seconds": 3600}),
}
ADAPTERS_OWN = ("needs_picture", "pictures_as", "picture_as", "body")


class FalImages(Adapter):
    version = "queue"

    def __init__(
        self, model: Model, *, key: str, base_url: str, timeout_s: float, file_hosts: Sequence[str] = ()
    ) -> None:
        super().__init__(model)
        self._wire = Wire("fal", base_url, {"Authorization": f"Key {key}", **PRIVACY}, timeout_s=min(30.0, timeout_s))
        self._files = Files("fal", base_url, file_hosts)
        self._path = urlsplit(base_url).path.rstrip("/")

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        self.estimate(request)
        called_back = callbacks.address("fal", key)
        path = f"/{self.model.model_id}" + (f"?fal_webhook={quote(called_back, safe='')}" if called_back else "")
        try:
            answer = self._wire.spend(path, operation="submit", json=body_for(self.model, request))
        except TooLarge as exc:
            raise ProviderUnavailable("unknown_outcome") from exc
        body = body_of(answer)
        if not answer.is_success:
            raise refusal(answer, reason_of(body))
        if not body.get("request_id"):
            raise ProviderUnavailable("unknown_outcome")
        return Running(self._ref(body), POLL_S)

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        path = ref if ref.startswith("/") else self.ref_of(ref)
        status = self._wire.ask("GET", f"{path}/status", operation="status")
        told = body_of(status)
        if not status.is_success:
            raise unanswered(status, reason_of(told))
        if told.get("status") != "COMPLETED":
            return Running(path, POLL_S)
        answer = self._wire.ask("GET", path, operation="result")
        return self._taken(request or UNTOLD, answer, path.rpartition("/")[2])

    def cancel(self, ref: str) -> None:
        path = ref if ref.startswith("/") else self.ref_of(ref)
        self._wire.ask("PUT", f"{path}/cancel", operation="cancel")

    def ref_of(self, request_id: str) -> str:
        """Where a request of this model is read, when only its number is known: on the app that the endpoint is of."""
        return f"/{'/'.join(self.model.model_id.split('/')[:2])}/requests/{request_id}"

    def _ref(self, body: Mapping[str, Any]) -> str:
        """The path of the address that they gave. Their host is not taken over: our key goes to no other."""
        path = urlsplit(str(body.get("response_url") or "")).path.removeprefix(self._path)
        return path or self.ref_of(str(body["request_id"]))

    def _taken(self, request: ImageRequest, answer: httpx.Response, request_id: str) -> Done:
        body = body_of(answer)
        if not answer.is_success:
            reason = reason_of(body)
            if answer.status_code >= 500 or reason in ("upstream_error", "timeout"):
                raise ProviderUnavailable(reason if reason == "timeout" else "upstream_error", ended=True)
            if answer.status_code == 404:
                raise ProviderRejected("invalid_request", "There is no such call.")
            # A 422 may be charged.
            return self.nothing(request, reason or "invalid_request", request_id=request_id)
        seed = whole(body.get("seed"), request.seed)
        recipe = recipe_of(request, provider=self.name, model=self.model.model_id, seed=seed)
        told = body.get("has_nsfw_concepts")
        unsafe = told if isinstance(told, list) else []
        outputs, refused = [], []
        for number, entry in enumerate(entries_of(body)):
            if number < len(unsafe) and unsafe[number]:
                refused.append("moderated_output")
                continue
            outputs.append(output_of(fetched(entry, self._files), request, seed=seed, recipe=recipe))
        return self.done(request, outputs, request_id=request_id, refused=refused)


def body_for(model: Model, request: ImageRequest) -> dict[str, Any]:
    """The input of an endpoint: of the fields that differ between endpoints the model's options say which it has."""
    pictures = [data_uri(picture) for picture in pictures_of(request)]
    if request.task == "upscale":
        return {str(model.options.get("picture_as", "image_url")): pictures[0], **dict(model.options.get("body", {}))}
    own = {name: value for name, value in model.options.items() if name not in ADAPTERS_OWN}
    body: dict[str, Any] = {"prompt": prompt_with_avoided(request), "num_images": request.count, **own}
    if model.capabilities.seeds:
        body["seed"] = request.seed
    if pictures:
        several = str(model.options.get("pictures_as", "image_urls"))
        body[several] = pictures if several.endswith("s") else pictures[0]
    if model.shape.get("ratios"):
        body["aspect_ratio"] = ratio_for(request.width_px, request.height_px, model.shape["ratios"])
        body |= {"resolution": model.shape["size"]} if model.shape.get("size") else {}
    else:
        width_px, height_px = size_for(request.width_px, request.height_px, model.shape)
        body["image_size"] = {"width": width_px, "height": height_px}
    return body


def entries_of(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pictures of a result: a list, or one alone."""
    return objects(body.get("images") or [body.get("image")])


def fetched(entry: Mapping[str, Any], files: Files) -> bytes | None:
    """The bytes of one picture; None when they never come. Raises ProviderUnavailable."""
    try:
        return files.fetch(str(entry.get("url") or ""))
    except ProviderRejected:
        return None


def reason_of(body: Mapping[str, Any]) -> str | None:
    """By `type` of a model's errors and `error_type` of the queue's; their texts change and decide nothing."""
    detail = body.get("detail")
    if isinstance(detail, list):
        first = next((entry for entry in detail if isinstance(entry, Mapping)), {})
        kind = str(first.get("type") or "").lower()
        if any(word in kind for word in POLICY):
            of_a_picture = "image" in str(first.get("loc"))
            return "moderated_input_image" if of_a_picture else "moderated_prompt"
        return "upstream_error" if kind == "downstream_service_error" else "invalid_request"
    kind = str(body.get("error_type") or "")
    if kind.startswith("runner_"):
        return "upstream_error"
    if "balance" in str(detail or "").lower():
        return "quota_or_credit"
    return INFRASTRUCTURE.get(kind)
