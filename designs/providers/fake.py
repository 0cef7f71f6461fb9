"""FakeProvider: a real provider in memory, for tests of everything above the contract."""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field

from designs.providers.base import (
    Capabilities,
    Done,
    ImageRequest,
    Output,
    ProviderRejected,
    ProviderUnavailable,
    Running,
    check_request,
)

VERSION = "1"
CAPABILITIES = Capabilities(
    sizes={"draft": 1024, "final": 4096},
    max_images_per_call=4,
    references=4,
    edits=True,
    seeds=True,
    prices={"draft": 2_000, "final": 10_000},
    own_parents=True,
)


@dataclass
class FakeProvider:
    """Draws plain rectangles. Switches, each read at the call it concerns:

    `lose_answer`: the call is made and charged, and its answer is lost (ProviderUnavailable, unknown outcome).
    `fail`: nothing is made (ProviderUnavailable). `reject`: a reason to refuse the whole call with.
    `refuse`: so many pictures of each call are refused and not charged. `polls`: so often `collect` says Running.
    """

    lose_answer: bool = False
    fail: bool = False
    reject: str = ""
    refuse: int = 0
    polls: int = 0
    name: str = "fake"
    capabilities: Capabilities = CAPABILITIES
    calls: dict[str, Done] = field(default_factory=dict)
    requests: list[ImageRequest] = field(default_factory=list)
    charged_micros: int = 0
    _waiting: dict[str, int] = field(default_factory=dict)

    def estimate(self, request: ImageRequest) -> int:
        check_request(request, self.capabilities)
        return self.capabilities.prices[request.tier] * request.count

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        check_request(request, self.capabilities)
        if self.fail:
            raise ProviderUnavailable("upstream_error")
        if self.reject:
            raise ProviderRejected(self.reject)
        self._make(request, key)
        if self.lose_answer:
            raise ProviderUnavailable("unknown_outcome")
        return self.collect(key)

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        if ref not in self.calls:
            raise ProviderRejected("invalid_request", "No such call.")
        if self._waiting.get(ref, 0) > 0:
            self._waiting[ref] -= 1
            return Running(ref, poll_after_s=0.01)
        return self.calls[ref]

    def cancel(self, ref: str) -> None:
        if self._waiting.pop(ref, 0) > 0:
            done = self.calls.pop(ref)
            self.charged_micros -= done.actual_micros

    def _make(self, request: ImageRequest, key: str) -> None:
        self.requests.append(request)
        given = max(0, request.count - self.refuse)
        price = self.capabilities.prices[request.tier]
        self.calls[key] = Done(
            outputs=tuple(_draw(request, request.seed + number) for number in range(given)),
            units=given,
            actual_micros=price * given,
            model="rectangles",
            version=VERSION,
            request_id=key,
            refusals=("moderated_output",) * (request.count - given),
        )
        self._waiting[key] = self.polls
        self.charged_micros += price * given


def _draw(request: ImageRequest, seed: int) -> Output:
    said = f"{request.prompt}|{request.instruction}|{request.style.code}|{seed}"
    color = hashlib.sha256(said.encode()).digest()[:3]
    return Output(
        data=plain_png(request.width_px, request.height_px, color),
        media_type="image/png",
        width_px=request.width_px,
        height_px=request.height_px,
        model_width_px=request.width_px,
        model_height_px=request.height_px,
        seed=seed,
        recipe={"version": VERSION, "prompt": request.prompt, "seed": seed, "quiet": "top"},
        description=f"A plain rectangle for “{request.prompt}”",
    )


def plain_png(width_px: int, height_px: int, color: bytes) -> bytes:
    """A PNG of one color; small at any size and needs no imaging library."""
    rows = zlib.compress((b"\0" + color * width_px) * height_px, 1)
    header = struct.pack(">IIBBBBB", width_px, height_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
