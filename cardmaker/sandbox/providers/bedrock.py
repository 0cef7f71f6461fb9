"""Bedrock's runtime: model/{id}/invoke for Stability's models and image services, model/{id}/converse for text."""

import base64
import binascii
import json

from django.http import HttpRequest, HttpResponse, JsonResponse

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Generation

from . import art, writing
from .asking import GONE, Body, Refusal, drawn, json_of, longest, made, trouble_of, without_pictures

KEY = "Credential=sandbox-bedrock-key/"
MOST_BYTES = 16_777_216
MOST_IN_BYTES = 25_000_000
RATIOS = {"16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"}
REASONS = {
    "moderated_prompt": "Filter reason: prompt",
    "moderated_output": "Filter reason: output image",
    "moderated_input_image": "Filter reason: input image",
    "no_image": "Inference error",
}
ERRORS = {
    "eol": (404, "ResourceNotFoundException", "This model version has reached the end of its life."),
    "rate_limited": (429, "ThrottlingException", "Too many requests, please wait before trying again."),
    "quota": (400, "ServiceQuotaExceededException", "Your request exceeds a service quota."),
    "auth": (403, "AccessDeniedException", "The security token is invalid."),
    "server_error": (503, "ServiceUnavailableException", "Bedrock is unable to process your request."),
    "failed": (424, "ModelErrorException", "The model failed."),
}


def endpoint(request: HttpRequest, model: str, verb: str) -> HttpResponse:
    def answer() -> HttpResponse:
        try:
            if KEY not in request.headers.get("Authorization", ""):
                raise error(403, "UnrecognizedClientException", "The security token is invalid.")
            body = json_of(request)
            return _converse(body, model) if verb == "converse" else _invoked(body, model)
        except Refusal as refusal:
            return refusal.answer()

    return faults.gate(request, "bedrock", f"{request.method} {verb} {model}", answer)


def error(status: int, name: str, message: str) -> Refusal:
    return Refusal(status, {"message": message}, {"x-amzn-ErrorType": name})


def _invoked(body: Body, model: str) -> HttpResponse:
    prompt = str(body.get("prompt") or "")
    trouble = trouble_of("bedrock", f"invoke {model}", prompt)
    _refuse(trouble, model, body)
    if trouble in REASONS:
        made("bedrock", model, prompt, trouble=trouble, asked=without_pictures(body))
        return JsonResponse({"seeds": [], "finish_reasons": [REASONS[trouble]], "images": []})
    form = str(body.get("output_format") or "png")
    picture, row = _enlarged(body, model, form, trouble) if "upscale" in model else _drawn(body, model, form, trouble)
    if trouble == "huge" or len(picture) * 4 // 3 > MOST_BYTES:
        Generation.objects.filter(pk=row.pk).update(charged=False)
        raise error(400, "ValidationException", "The response payload exceeds the maximum of 16777216 bytes.")
    packed = "%%% not base64 %%%" if trouble == "corrupt" else base64.b64encode(picture).decode()
    answer = {"seeds": [row.seed], "finish_reasons": [None], "images": [packed]}
    return HttpResponse(json.dumps(answer), content_type="application/json", headers={"x-amzn-RequestId": row.key})


def _drawn(body: Body, model: str, form: str, trouble: str) -> tuple[bytes, Generation]:
    if not str(body.get("prompt") or "").strip():
        raise error(400, "ValidationException", "Malformed input request: prompt is required.")
    ratio = str(body.get("aspect_ratio") or "1:1")
    if ratio not in RATIOS or (form == "webp" and "sd3" not in model):
        raise error(400, "ValidationException", "Malformed input request, please reformat your input and try again.")
    if "sd3" not in model and {"mode", "image", "strength"} & set(body):
        raise error(400, "ValidationException", "Malformed input request: extraneous key is not permitted.")
    width_px, height_px = longest(ratio, 1216 if ratio != "1:1" else 1024)
    fields = {"width_px": width_px, "height_px": height_px, "format": form, "trouble": trouble}
    if "image" in body:
        fields["width_px"], fields["height_px"] = art.size(_picture(body))
    asked = without_pictures(body)
    seed, prompt = int(body.get("seed") or 1), str(body["prompt"])
    row = made("bedrock", model, prompt, seed=seed, pictures_in=int("image" in body), asked=asked, **fields)
    return drawn(row, 0), row


def _enlarged(body: Body, model: str, form: str, trouble: str) -> tuple[bytes, Generation]:
    data = _picture(body)
    width_px, height_px = art.size(data)
    if width_px * height_px > 1_048_576 and "fast" in model:
        raise error(400, "ValidationException", "The image must have at most 1048576 pixels.")
    row = made(
        "bedrock", model, "", width_px=width_px * 4, height_px=height_px * 4, format=form, pictures_in=1,
        trouble=trouble, asked=without_pictures(body),
    )  # fmt: skip
    return art.enlarged(data, 4, form=form), row


def _picture(body: Body) -> bytes:
    try:
        data = base64.b64decode(str(body.get("image")), validate=True)
        art.size(data)
    except (OSError, binascii.Error) as exc:
        raise error(400, "ValidationException", "The image is not valid.") from exc
    if len(data) > MOST_IN_BYTES:
        raise error(400, "ValidationException", "The request payload is too large.")
    return data


def _converse(body: Body, model: str) -> HttpResponse:
    messages = body.get("messages") or []
    said = " ".join(str(part.get("text")) for message in messages for part in message.get("content") or [])
    trouble = trouble_of("bedrock", f"converse {model}", said)
    _refuse(trouble, model, body)
    tools = (body.get("toolConfig") or {}).get("tools") or []
    row = made("bedrock", model, said, trouble=trouble, asked=without_pictures(body))
    usage = {"inputTokens": len(said) // 4, "outputTokens": 200, "totalTokens": 200 + len(said) // 4}
    if trouble == "moderated_prompt":
        content: list[Body] = [{"text": "Blocked."}]
        stop = "guardrail_intervened"
    elif (tools and trouble not in ("never_json", "bad_json")) or (trouble == "bad_json" and len(messages) > 1):
        spec = tools[0]["toolSpec"]
        given = writing.value_for(spec["inputSchema"]["json"], said, 0)
        content, stop = [{"toolUse": {"toolUseId": row.key[:20], "name": spec["name"], "input": given}}], "tool_use"
    else:
        content, stop = [{"text": "Here is what you asked for: {"}], "end_turn"
    output = {"message": {"role": "assistant", "content": content}}
    return JsonResponse({"output": output, "stopReason": stop, "usage": usage, "metrics": {"latencyMs": 1}})


def _refuse(trouble: str, model: str, body: Body) -> None:
    if model in GONE:
        raise error(*ERRORS["eol"])
    if trouble in ERRORS:
        raise error(*ERRORS[trouble])
