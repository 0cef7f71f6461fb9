"""OpenAI as a writer: POST /chat/completions with a JSON schema as the format of the answer. Sent once: it is paid."""

from typing import Any

from designs.providers.base import ProviderUnavailable
from designs.providers.offers import Model, Usage
from designs.providers.openai import reason_of
from designs.providers.text import NAMED, Said, TextAdapter, TextRequest, refused
from designs.providers.wire import TooLarge, Wire, body_of, inside, objects, refusal, whole


class OpenAIText(TextAdapter):
    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float) -> None:
        super().__init__(model)
        self._wire = Wire("openai", base_url, {"Authorization": f"Bearer {key}"}, timeout_s=timeout_s)

    def ask(self, request: TextRequest, turns: list[str]) -> Said:
        try:
            answer = self._wire.spend("/chat/completions", operation="completions", json=self._body(request, turns))
        except TooLarge as exc:
            raise ProviderUnavailable("unknown_outcome") from exc
        body = body_of(answer)
        if not answer.is_success:
            raise refusal(answer, reason_of(body))
        message = next((inside(choice, "message") for choice in objects(body.get("choices"))), {})
        if message.get("refusal"):
            raise refused()
        usage = inside(body, "usage")
        used = Usage(text_in=whole(usage.get("prompt_tokens")), text_out=whole(usage.get("completion_tokens")))
        return Said(str(message.get("content") or ""), used if usage else None, str(body.get("id") or ""))

    def _body(self, request: TextRequest, turns: list[str]) -> dict[str, Any]:
        roles = ("user", "assistant")
        said = [{"role": roles[place % 2], "content": turn} for place, turn in enumerate(turns)]
        schema = {"name": NAMED, "schema": dict(request.schema)}
        return {
            "model": self.model.model_id,
            "messages": [{"role": "developer", "content": request.instructions}, *said],
            "response_format": {"type": "json_schema", "json_schema": schema},
            "max_completion_tokens": request.longest_tokens,
        }
