"""Replicate: predictions, created with one POST, then polled or told by webhook; their pictures are gone in an hour.

REST as read 2026-11-21 (replicate 1.0.7 as reference only: it cannot read a prediction that was aborted).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from designs.providers import callbacks
from designs.providers.adapter import UNTOLD, Adapter
from designs.providers.base import Done, ImageRequest, ProviderRejected, ProviderUnavailable, Running
from designs.providers.files import Files
from designs.providers.offers import Model
from designs.providers.sizing import ratio_for, size_for
from designs.providers.wire import TooLarge, Wire, body_of, data_uri, inside, refusal, unanswered, unpacked, whole
from designs.providers.words import output_of, pictures_of, prompt_with_avoided, recipe_of

POLL_S = 2.0
GOES_ON = ("starting", "processing")
REFUSED = ("nsfw", "e005", "sensitive", "safety", "moderat")
ADAPTERS_OWN = ("needs_picture", "pictures_as", "count_as", "version", "picture_as", "body")


class ReplicateImages(Adapter):
    version = "v1"

    def __init__(
        self, model: Model, *, key: str, base_url: str, timeout_s: float, file_hosts: Sequence[str] = ()
    ) -> None:
        super().__init__(model)
        self._files = Files("replicate", base_url, file_hosts)
        headers = {"Authorization": f"Bearer {key}"}
        self._wire = Wire("replicate", base_url, headers, timeout_s=min(30.0, timeout_s))

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        self.estimate(request)
        path, body = call_for(self.model, request, callbacks.address("replicate", key))
        try:
            answer = self._wire.spend(path, operation="predictions", json=body)
        except TooLarge as exc:
            raise ProviderUnavailable("unknown_outcome") from exc
        told = body_of(answer)
        if not answer.is_success:
            raise refusal(answer, reason_of(answer.status_code, told))
        if not told.get("id"):
            raise ProviderUnavailable("unknown_outcome")
        return Running(str(told["id"]), POLL_S)

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        answer = self._wire.ask("GET", f"/predictions/{ref}", operation="prediction")
        told = body_of(answer)
        if not answer.is_success:
            raise unanswered(answer, reason_of(answer.status_code, told))
        return self._read(request or UNTOLD, told, ref)

    def cancel(self, ref: str) -> None:
        self._wire.ask("POST", f"/predictions/{ref}/cancel", operation="cancel")

    def _read(self, request: ImageRequest, told: Mapping[str, Any], ref: str) -> Running | Done:
        status = told.get("status")
        if status in GOES_ON:
            return Running(ref, POLL_S)
        if status == "failed" and any(word in str(told.get("error")).lower() for word in REFUSED):
            return self.nothing(request, "moderated_output", request_id=ref)
        if status != "succeeded":  # failed, canceled, aborted: nothing came of it, and nothing is charged
            raise ProviderUnavailable("upstream_error", ended=True)
        seed = whole(inside(told, "input").get("seed"), request.seed)
        recipe = recipe_of(request, provider=self.name, model=self.model.model_id, seed=seed)
        outputs = [
            output_of(data, request, seed=seed, recipe=recipe) for data in fetched(told.get("output"), self._files)
        ]
        return self.done(request, outputs, request_id=ref, version=str(told.get("version") or ""))


def call_for(model: Model, request: ImageRequest, called_back: str) -> tuple[str, dict[str, Any]]:
    """The path and body of a prediction: official models by their name, others by their version."""
    body: dict[str, Any] = {"input": input_for(model, request)}
    if called_back:
        body |= {"webhook": called_back, "webhook_events_filter": ["completed"]}
    if "version" in model.options:
        return "/predictions", {**body, "version": model.options["version"]}
    return f"/models/{model.model_id}/predictions", body


def input_for(model: Model, request: ImageRequest) -> dict[str, Any]:
    """The input of a model: of the fields that differ between models its options say which it has."""
    pictures = [data_uri(picture) for picture in pictures_of(request)]
    if request.task == "upscale":
        return {str(model.options.get("picture_as", "image")): pictures[0], **dict(model.options.get("body", {}))}
    own = {name: value for name, value in model.options.items() if name not in ADAPTERS_OWN}
    told: dict[str, Any] = {"prompt": prompt_with_avoided(request), **own}
    if model.capabilities.seeds:
        told["seed"] = request.seed
    if "count_as" in model.options:
        told[str(model.options["count_as"])] = request.count
    if pictures:
        name = str(model.options.get("pictures_as", "image_input"))
        told[name] = pictures if model.capabilities.references > 1 else pictures[0]
    if model.shape.get("ratios"):
        told["aspect_ratio"] = ratio_for(request.width_px, request.height_px, model.shape["ratios"])
    elif model.shape:
        told["width"], told["height"] = size_for(request.width_px, request.height_px, model.shape)
    return told


def fetched(output: Any, files: Files) -> list[bytes | None]:
    """The pictures of a prediction, whose output is an address or a list of them. Raises ProviderUnavailable."""
    found: list[bytes | None] = []
    for url in output if isinstance(output, list) else [output]:
        text = str(url or "")
        try:
            found.append(unpacked(text.partition(",")[2]) if text.startswith("data:") else files.fetch(text))
        except ProviderRejected:
            found.append(None)
    return found


def reason_of(status_code: int, body: Mapping[str, Any]) -> str | None:
    """Their errors are {title, detail, status}. A 5xx in these words comes from themselves: no prediction was made."""
    if status_code == 402:
        return "quota_or_credit"
    return "upstream_error" if status_code >= 500 and "detail" in body and "title" in body else None
