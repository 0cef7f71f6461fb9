"""Bedrock as a writer: Converse with one tool that has to be used, whose input is the answer. Sent once: it is paid."""

from typing import Any

from designs.providers.bedrock import client_of, sent
from designs.providers.offers import Model, Usage
from designs.providers.text import NAMED, Said, TextAdapter, TextRequest, refused
from designs.providers.wire import inside, objects, whole

STOPPED = ("guardrail_intervened", "content_filtered")


class BedrockText(TextAdapter):
    def __init__(self, model: Model, *, key: str, base_url: str, timeout_s: float, secret: str = "") -> None:
        super().__init__(model)
        self._access = (key, secret, base_url, timeout_s, str(model.options.get("region", "us-east-1")))

    def ask(self, request: TextRequest, turns: list[str]) -> Said:
        client = client_of(*self._access)
        answer, request_id = sent(lambda: client.converse(**self._body(request, turns)), "converse")
        if answer.get("stopReason") in STOPPED:
            raise refused()
        content = objects(inside(inside(answer, "output"), "message").get("content"))
        given = next((inside(part, "toolUse").get("input") for part in content if "toolUse" in part), None)
        text = "".join(str(part.get("text") or "") for part in content)
        usage = inside(answer, "usage")
        used = Usage(text_in=whole(usage.get("inputTokens")), text_out=whole(usage.get("outputTokens")))
        return Said(text if given is None else given, used if usage else None, request_id)

    def _body(self, request: TextRequest, turns: list[str]) -> dict[str, Any]:
        roles = ("user", "assistant")
        tool = {"name": NAMED, "description": "Takes the answer.", "inputSchema": {"json": dict(request.schema)}}
        return {
            "modelId": self.model.model_id,
            "system": [{"text": request.instructions}],
            "messages": [{"role": roles[place % 2], "content": [{"text": turn}]} for place, turn in enumerate(turns)],
            "toolConfig": {"tools": [{"toolSpec": tool}], "toolChoice": {"any": {}}},
            "inferenceConfig": {"maxTokens": request.longest_tokens},
        }
