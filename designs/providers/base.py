"""The contract of an image provider, in our words. No Django here, and no provider's own field names.

Whoever needs pictures does not come here but asks, in this order:

- `designs.making.routing.lineup(kind, stage)`: who may draw it, first choice first, and what one picture costs at most;
- `designs.making.planning`: a `Wish` for each picture wanted, and `plan(wishes, lineup)`: the paid calls for them;
- `designs.making.generation`: a Run over those calls, with one hold; its jobs send, collect, fall back and settle them;
- `designs.proofs.provenance.credentialed` for a picture that leaves us, `designs.providers.text` for words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from cardmaker.core.errors import Refused, Unavailable

FaceBox = tuple[float, float, float, float]  # left, top, width, height as fractions of the picture
Tier = Literal["draft", "final"]
Task = Literal["draw", "upscale"]  # upscale: `parent` with more pixels, and nothing else changed

# Every provider maps its own errors to one of these; what a run does next depends on nothing else.
REJECTIONS: Mapping[str, str] = {
    "moderated_prompt": "This description cannot be drawn. Please put it another way.",
    "moderated_input_image": "This picture cannot be used as a reference.",
    "moderated_output": "The picture that came out cannot be shown. Please put it another way.",
    "invalid_request": "The request does not fit what this provider can draw.",
    "auth": "The provider does not accept our key.",
    "not_available": "The provider no longer offers this model.",
    "quota_or_credit": "The provider's credit is used up.",
    "no_image": "The provider answered without a picture.",
}
UNAVAILABILITIES = frozenset({"rate_limited", "timeout", "upstream_error", "unknown_outcome"})
# Refusals that are about the provider, not about what was asked: another one may well draw it. A moderated request is
# never among them, since nobody goes round looking for who lets it pass.
PROVIDERS_OWN = frozenset({"auth", "not_available", "quota_or_credit"})


class ProviderUnavailable(Unavailable):
    """No picture now. With reason `unknown_outcome` the call may have been made and charged.

    `ended`, from `collect`: the provider says that this call is over and was not charged, so it may be sent anew.
    Without it, `collect` may be asked again for the same call.
    """

    code = "provider_unavailable"

    def __init__(
        self,
        reason: str = "upstream_error",
        message: str = "",
        *,
        retry_after: int | None = None,
        ended: bool = False,
    ) -> None:
        if reason not in UNAVAILABILITIES:
            raise ValueError(f"unknown reason {reason}")
        super().__init__(message or "The picture service does not answer just now.", retry_after=retry_after)
        self.reason = reason
        self.ended = ended

    @property
    def may_be_charged(self) -> bool:
        """True when the hold must stay until somebody has looked: the request left us and no answer came back."""
        return self.reason == "unknown_outcome"


class ProviderRejected(Refused):
    """A definite no: nothing was made, nothing is charged, and the same request is never sent again."""

    code = "provider_rejected"

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or REJECTIONS[reason], details={"reason": reason})
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Style:
    """A style template as a provider needs it. `swatch` holds "#rrggbb" colors, most important first."""

    code: str = ""
    prompt_suffix: str = ""
    swatch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """The picture that a revision changes or a final redraws; `recipe` is what its provider gave with it."""

    image: bytes
    recipe: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lora:
    """Weights that were trained for one account, and how strongly they act (0 to 1)."""

    ref: str
    weight: float = 0.8


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One paid call. `width_px` and `height_px` are wanted, not promised: Output says what came.

    Two requests with equal fields ask for the same pictures where the provider has seeds. Of `count` pictures
    the n-th is drawn with `seed + n`. `references` are encoded pictures (JPEG, PNG or WebP); `faces` says of each in
    turn where somebody's face is, and None (or nothing at all) where nobody has looked.
    """

    prompt: str
    width_px: int
    height_px: int
    negative: str = ""
    count: int = 1
    tier: Tier = "draft"
    seed: int = 0
    style: Style = Style()
    references: tuple[bytes, ...] = ()
    faces: tuple[tuple[FaceBox, ...] | None, ...] = ()
    parent: Parent | None = None
    instruction: str = ""
    lora: Lora | None = None
    purpose: str = "card"
    task: Task = "draw"


@dataclass(frozen=True, slots=True)
class Output:
    """One picture. `model_*_px` are the pixels that the model itself made: print resolution is computed from them.

    `recipe` is plain JSON that the same provider can redraw or change from; `description` is the alt text.
    """

    data: bytes
    media_type: str
    width_px: int
    height_px: int
    model_width_px: int
    model_height_px: int
    seed: int
    recipe: Mapping[str, Any]
    description: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a call. `refusals` has one reason (see REJECTIONS) for each picture asked for and not given."""

    outputs: tuple[Output, ...]
    units: int
    actual_micros: int
    model: str
    version: str
    request_id: str
    refusals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """The call goes on at the provider: `collect(ref)` after `poll_after_s` seconds."""

    ref: str
    poll_after_s: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a provider can do, so that the planner splits and refuses before anything is paid.

    `sizes`: longest side in px per tier. `references`: how many pictures it takes, `reference_px`: how long their
    longer side may be. `prices`: micro-dollars an image.
    `repeatable`: the same request with the same key may be sent again; it gives the same pictures and is charged once.
    `calls_back`: a call whose answer was lost may still tell us how it ended.
    `own_parents`: it changes and redraws only what it drew itself. `upscales`: how much it can enlarge; 0: it cannot.
    """

    sizes: Mapping[Tier, int]
    max_images_per_call: int
    references: int
    edits: bool
    seeds: bool
    prices: Mapping[Tier, int]
    repeatable: bool = False
    reference_px: int = 1024
    own_parents: bool = False
    calls_back: bool = False
    upscales: int = 0


class ImageProvider(Protocol):
    """Calls take at most 30 s and raise only ProviderUnavailable or ProviderRejected."""

    @property
    def name(self) -> str: ...

    @property
    def capabilities(self) -> Capabilities: ...

    def estimate(self, request: ImageRequest) -> int:
        """The most that `start` can cost, in micro-dollars. Free to ask; raises ProviderRejected like `start`."""
        ...

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        """Send one call, once. `key` is ours; not every provider can find a call by it again."""
        ...

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        """How far a running call is. Safe to repeat, also after Done. An unknown ref is ProviderRejected.

        `request`: what the call asked for, its bytes not needed: for the words beside its pictures, and their price.
        """
        ...

    def cancel(self, ref: str) -> None:
        """Ask for a running call to end. Safe to repeat; `collect` tells whether it came in time."""
        ...


def check_request(request: ImageRequest, capabilities: Capabilities) -> None:
    """Refuse what the declared capabilities cannot hold, before anything is sent."""
    if request.task == "upscale" and not (capabilities.upscales and request.parent):
        raise ProviderRejected("invalid_request", "This provider cannot enlarge pictures.")
    if not (request.prompt.strip() or request.parent):
        raise ProviderRejected("invalid_request", "Say what the picture should show.")
    if not 1 <= request.count <= capabilities.max_images_per_call:
        raise ProviderRejected("invalid_request", f"At most {capabilities.max_images_per_call} pictures a call.")
    if min(request.width_px, request.height_px) < 16:
        raise ProviderRejected("invalid_request", "A picture needs at least 16 pixels a side.")
    if max(request.width_px, request.height_px) > capabilities.sizes[request.tier]:
        raise ProviderRejected("invalid_request", f"At most {capabilities.sizes[request.tier]} px in this quality.")
    if len(request.references) > capabilities.references:
        raise ProviderRejected("invalid_request", f"At most {capabilities.references} reference pictures.")
    if request.instruction and not (request.parent and capabilities.edits):
        raise ProviderRejected("invalid_request", "This picture cannot be changed by an instruction.")
