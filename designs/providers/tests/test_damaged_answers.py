"""Answers that are JSON and mean nothing: each ends in an answer of ours or one of the two errors, never in a crash.

A crash would leave a paid call to be given up, and its pictures behind.
"""

import json

import httpx
import pytest

from cardmaker.core.http import OutsideClient
from cardmaker.core.tests.damage import damaged, places
from designs.providers import bedrock, files, wire
from designs.providers.base import Done, ImageRequest, ProviderRejected, ProviderUnavailable, Running
from designs.providers.fake import plain_png
from designs.providers.registry import ADAPTERS, _load
from designs.providers.tests.outside import MODELS
from designs.providers.wire import packed

ASKED = ImageRequest(prompt="a fox in the snow", width_px=1024, height_px=1024, seed=7)
PICTURE = packed(plain_png(64, 64, b"\1\2\3"))
LINK = "https://queue.fal.run/1.png"
JUNK = (None, 7, -1, 1.5, "", "x", "é" * 50, True, [], {}, [None], [[7]], {"x": None}, [{}], "9" * 30, [7, "x"])
SOUND = {
    "openai": [
        {"created": 1, "data": [{"b64_json": PICTURE}], "usage": {
            "input_tokens": 10, "output_tokens": 20, "input_tokens_details": {"image_tokens": 0, "text_tokens": 10}}},
        {"error": {"code": "moderation_blocked", "message": "no", "type": "x"}},
    ],
    "gemini": [
        {"responseId": "r", "modelVersion": "v", "candidates": [{"finishReason": "STOP", "content": {"parts": [
            {"text": "x"}, {"inlineData": {"mimeType": "image/png", "data": PICTURE}}]}}],
         "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 9, "thoughtsTokenCount": 1,
                           "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 9}]}},
        {"promptFeedback": {"blockReason": "SAFETY"}, "candidates": []},
        {"error": {"status": "INTERNAL", "code": 500}},
    ],
    "fal": [
        {"request_id": "r", "response_url": "https://queue.fal.run/fal-ai/flux/requests/r", "status": "COMPLETED",
         "images": [{"url": LINK, "width": 64}], "seed": 7, "has_nsfw_concepts": [False]},
        {"detail": [{"loc": ["body", "prompt"], "type": "content_policy_violation", "msg": "no"}]},
        {"detail": "no", "error_type": "runner_gone"},
    ],
    "replicate": [
        {"id": "r", "status": "succeeded", "output": [LINK], "input": {"seed": 7}, "version": "v", "error": None},
        {"id": "r", "status": "failed", "output": None, "error": "NSFW content detected"},
        {"title": "x", "detail": "x", "status": 422},
    ],
    "bedrock": [
        {"images": [PICTURE], "seeds": [7], "finish_reasons": [None]},
        {"finish_reasons": ["Filter reason: prompt"]},
    ],
}  # fmt: skip


def adapter(name, monkeypatch, body, status):
    def answer(request):
        return httpx.Response(status, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"})

    def client(name, base_url, *, timeout_s, headers=None):
        transport = httpx.MockTransport(answer)
        return OutsideClient(name, base_url, timeout_s=timeout_s, headers=headers, transport=transport)

    monkeypatch.setattr(wire, "OutsideClient", client)
    monkeypatch.setattr(files, "foreign_client", client)
    monkeypatch.setattr(bedrock, "invoke", lambda *given, **named: (body if isinstance(body, dict) else {}, "r"))
    return _load(ADAPTERS[name])(MODELS[name], key="k", base_url="https://queue.fal.run", timeout_s=5)


@pytest.mark.parametrize("status", [200, 422, 500])
@pytest.mark.parametrize("name", SOUND)
def test_no_answer_however_damaged_breaks_an_adapter(name, status, monkeypatch, settings):
    settings.CALL_BACK_URL = ""
    cases = [(sound, path, junk) for sound in SOUND[name] for path in places(sound) for junk in JUNK]
    broken = []
    for answer, path, junk in cases:
        there = adapter(name, monkeypatch, damaged(answer, path, junk), status)
        for verb in (lambda there=there: there.start(ASKED, "call:1"), lambda there=there: there.collect("r", ASKED)):
            try:
                assert isinstance(verb(), Done | Running)
            except (ProviderRejected, ProviderUnavailable):
                continue
            except Exception as exc:  # noqa: BLE001 - this is what is looked for
                broken.append((path, junk, repr(exc)))

    assert broken[:3] == []
