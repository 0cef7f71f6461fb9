"""What the five stand-ins share: reading a call, what shall go wrong with it, and the row it leaves.

What goes wrong is switched on in the console, or said in the prompt: "a fox [[moderated_output]]".
"""

import base64
import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Fault, Generation

from . import art

Body = dict[str, Any]
PREFIX = "pictures_"
TOLD = re.compile(r"\[\[(\w+)\]\]")
HUGE_BYTES = 66_000_000  # more than anybody should read
# Models that are no more, and are answered for as the services answer for them.
GONE = {
    "gpt-image-1", "dall-e-3", "amazon.nova-canvas-v1:0", "amazon.titan-image-generator-v2:0", "imagen-4.0-generate",
    "stability.sd3-large-v1:0", "fal-ai/stable-fast-3d", "owner/gone",
}  # fmt: skip


class Refusal(Exception):
    """An answer that is an error, in the service's own shape."""

    def __init__(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}

    def answer(self) -> JsonResponse:
        return JsonResponse(self.body, status=self.status, headers=self.headers, safe=False)


def trouble_of(service: str, operation: str, prompt: str) -> str:
    """What shall go wrong with this call; "" when nothing shall."""
    here = Fault.objects.filter(Q(service="") | Q(service=service), kind__startswith=PREFIX)
    for kind in list(here.order_by("pk").values_list("kind", flat=True)):
        if faults.take(kind, service, operation):
            return kind.removeprefix(PREFIX)
    found = TOLD.search(prompt)
    return found.group(1) if found and PREFIX + found.group(1) in faults.KINDS else ""


def json_of(request: HttpRequest) -> Body:
    """The body, however large: pictures go along in it. {} for what is no object."""
    try:
        body = json.loads(request.read())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def made(service: str, model: str, prompt: str, **fields: Any) -> Generation:
    """The row of a call that was taken on."""
    at = timezone.now()
    given = {"key": uuid.uuid4().hex, "created_at": at, "due_at": at, **fields}
    return Generation.objects.create(service=service, model=model[:160], prompt=prompt, **given)


def due(at: datetime) -> datetime:
    """When a queued call that comes now is done."""
    return at + timedelta(seconds=float(settings.PICTURE_S))


def drawn(row: Generation, number: int) -> bytes:
    """The picture of a row's answer with this number; a damaged one where it shall be."""
    if row.trouble == "corrupt":
        return b"\x89PNG\r\n\x1a\n" + b"damaged" * 20
    return art.picture(row.prompt, row.seed + number, row.width_px, row.height_px, form=row.format)


def packed(row: Generation, number: int) -> str:
    """The same in base64; no base64 at all where it shall be damaged."""
    return "%%% not base64 %%%" if row.trouble == "corrupt" else base64.b64encode(drawn(row, number)).decode()


def longest(ratio: str, longest_px: int) -> tuple[int, int]:
    """Width and height of a ratio "4:5" whose longer side has so many pixels."""
    across, _, down = ratio.partition(":")
    wide, high = float(across or 1), float(down or 1)
    scale = longest_px / max(wide, high)
    return max(16, round(wide * scale)), max(16, round(high * scale))


def without_pictures(body: Any) -> Any:
    """A body to keep: long texts are pictures, and are cut."""
    if isinstance(body, dict):
        return {name: without_pictures(value) for name, value in body.items()}
    if isinstance(body, list):
        return [without_pictures(value) for value in body]
    return f"({len(body)} characters)" if isinstance(body, str) and len(body) > 2_000 else body
