"""One model on offer: what its row says of it, and what a call to it costs. Pure; ids and prices are never code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from designs.providers.base import Capabilities, ImageRequest, Tier

MEGAPIXEL = 1_000_000
Purpose = Literal["image", "upscale", "text"]


class UnusablePrice(ValueError):
    """A price rule that says nothing a call could be priced by. The message is for ops."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer says it used, in tokens. None: it did not say."""

    text_in: int = 0
    image_in: int = 0
    text_out: int = 0
    image_out: int = 0


@dataclass(frozen=True, slots=True)
class PriceRule:
    """What a model charges, in micro-dollars.

    `image`: for each picture. `megapixel`: for each begun million pixels of a picture. `tokens`: for one token of
    text_in, image_in, text_out, image_out; then `worst_image` is the most one picture can cost. `reference`: the most
    that one picture sent along adds.
    """

    image: int = 0
    megapixel: int = 0
    tokens: Mapping[str, float] = field(default_factory=dict)
    worst_image: int = 0
    reference: int = 0

    @classmethod
    def parse(cls, rule: Mapping[str, Any]) -> "PriceRule":
        """Raises UnusablePrice."""
        whole = ("image", "megapixel", "worst_image", "reference")
        unknown = set(rule) - {*whole, "tokens"}
        tokens = rule.get("tokens", {})
        if unknown:
            raise UnusablePrice(f"There is no price named {', '.join(sorted(unknown))}.")
        if any(type(rule.get(name, 0)) is not int or rule.get(name, 0) < 0 for name in whole):
            raise UnusablePrice("Prices are whole micro-dollars, 0 or more.")
        if not isinstance(tokens, Mapping) or set(tokens) - {"text_in", "image_in", "text_out", "image_out"}:
            raise UnusablePrice("Token prices are named text_in, image_in, text_out and image_out.")
        if any(not isinstance(price, int | float) or price < 0 for price in tokens.values()):
            raise UnusablePrice("A token costs 0 or more micro-dollars.")
        if tokens and not rule.get("worst_image"):
            raise UnusablePrice("With token prices worst_image says what one picture can cost at most.")
        return cls(**rule)

    def worst(self, *, width_px: int, height_px: int, count: int, pictures_in: int) -> int:
        """The most that a call can cost."""
        each = self.worst_image or self.image + self.megapixel * _megapixels(width_px, height_px)
        return each * count + self.reference * pictures_in

    def actual(self, sizes: Sequence[tuple[int, int]], usage: Usage | None, *, worst: int) -> int:
        """What a call with pictures of these sizes did cost; `worst` where the answer does not say."""
        if not self.tokens:
            return sum(self.image + self.megapixel * _megapixels(*size) for size in sizes)
        if usage is None:
            return worst
        names = ("text_in", "image_in", "text_out", "image_out")
        total: float = sum(getattr(usage, name) * self.tokens.get(name, 0) for name in names)
        return ceil(total - 1e-9)


@dataclass(frozen=True, slots=True)
class Model:
    """One model of one provider in one quality. `options` are what its adapter adds to every call."""

    provider: str
    model_id: str
    tier: Tier
    capabilities: Capabilities
    price: PriceRule
    shape: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    purpose: Purpose = "image"

    def estimate(self, request: ImageRequest) -> int:
        """The most that this request can cost here, with everything it sends along."""
        pictures_in = len(request.references) + (request.parent is not None)
        size = {"width_px": request.width_px, "height_px": request.height_px}
        return self.price.worst(**size, count=request.count, pictures_in=pictures_in)


def capabilities_of(limits: Mapping[str, Any], price: PriceRule) -> Capabilities:
    """The declared limits of a row: longest_px, images, references, reference_px, edits, seeds, upscales."""
    longest_px = int(limits.get("longest_px", 1024))
    unit = price.worst(width_px=longest_px, height_px=longest_px, count=1, pictures_in=0)
    return Capabilities(
        sizes={"draft": longest_px, "final": longest_px},
        max_images_per_call=int(limits.get("images", 1)),
        references=int(limits.get("references", 0)),
        reference_px=int(limits.get("reference_px", 1024)),
        edits=bool(limits.get("edits", False)),
        seeds=bool(limits.get("seeds", False)),
        prices={"draft": unit, "final": unit},
        upscales=int(limits.get("upscales", 0)),
    )


def _megapixels(width_px: int, height_px: int) -> int:
    return max(1, ceil(width_px * height_px / MEGAPIXEL))
