"""Gemini as a writer: generateContent with a JSON schema for the answer. Sent once: it is paid."""

from typing import Any

from designs.providers.base import ProviderUnavailable
from designs.providers.gemini import reason_of, usage_of
from designs.providers.offers import Model, Usage
from designs.providers.text import Said, TextAdapter, TextRequest, refused
from designs.providers.wire import TooLarge, Wire, body_of, inside, objects, refusal


class GeminiText(TextAdapter):
    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float) -> None:
        super().__init__(model)
        self._wire = Wire("gemini", base_url, {"x-goog-api-key": key}, timeout_s=timeout_s)

    def ask(self, request: TextRequest, turns: list[str]) -> Said:
        path = f"/models/{self.model.model_id}:generateContent"
        try:
            answer = self._wire.spend(path, operation="generateContent", json=self._body(request, turns))
        except TooLarge as exc:
            raise ProviderUnavailable("unknown_outcome") from exc
        body = body_of(answer)
        if not answer.is_success:
            raise refusal(answer, reason_of(body))
        if inside(body, "promptFeedback").get("blockReason"):
            raise refused()
        parts = next((objects(inside(one, "content").get("parts")) for one in objects(body.get("candidates"))), [])
        text = "".join(str(part.get("text") or "") for part in parts if not part.get("thought"))
        used = usage_of(body)
        # All that it made is text here.
        usage = Usage(text_in=used.text_in, text_out=used.text_out + used.image_out) if used else None
        return Said(text, usage, str(body.get("responseId") or ""))

    def _body(self, request: TextRequest, turns: list[str]) -> dict[str, Any]:
        roles = ("user", "model")
        return {
            "systemInstruction": {"parts": [{"text": request.instructions}]},
            "contents": [{"role": roles[place % 2], "parts": [{"text": turn}]} for place, turn in enumerate(turns)],
            "generationConfig": {
                "responseMimeType": "application/json",
                "responseJsonSchema": dict(request.schema),
                "maxOutputTokens": request.longest_tokens,
            },
        }
