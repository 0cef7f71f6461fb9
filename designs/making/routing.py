"""Who draws: the models that may, for a kind and stage, in the order that ops chose; and who is next when one cannot.

`IMAGE_PROVIDER` names one built-in provider ("sketch"), "routes" for the rows of ModelChoice, or an outside provider,
which limits those rows to it. A model whose keys are missing, that is switched off or past its end is not routable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cardmaker.core.errors import Unavailable
from designs.models import Call, ModelChoice, ProviderModel
from designs.providers import registry
from designs.providers.base import ImageProvider, ImageRequest, ProviderRejected, Tier

ROUTES = "routes"
TIERS: tuple[Tier, ...] = ("draft", "final")


class NobodyDraws(Unavailable):
    """No model is routable for this: ops have to choose one, or a key is missing."""

    code = "nobody_draws"


@dataclass(frozen=True, slots=True)
class Offer:
    """One model that may be asked. `row` None: the provider is built in. `shut`: its breaker is open just now."""

    provider: ImageProvider
    row: ProviderModel | None = None
    shut: bool = False

    def fits(self, request: ImageRequest) -> bool:
        """Whether it could make this, had it to take over."""
        try:
            self.provider.estimate(fitted(request, self.provider))
        except ProviderRejected:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Lineup:
    """Who may draw, by tier, first choice first."""

    offers: Mapping[Tier, tuple[Offer, ...]]

    def first(self, tier: Tier) -> Offer:
        """Raises NobodyDraws."""
        if not self.offers[tier]:
            raise NobodyDraws("Pictures cannot be made just now. Please try again later.", retry_after=300)
        return self.offers[tier][0]

    def of(self, drawn_by: str) -> "Lineup":
        """Who may change or finish a picture that this provider drew: whoever can redraw it exactly comes first."""

        def able(offer: Offer) -> bool:
            return offer.row is None or not offer.provider.capabilities.own_parents or offer.provider.name == drawn_by

        def exactly(offer: Offer) -> bool:
            return offer.provider.capabilities.own_parents and offer.provider.name == drawn_by

        found = {tier: tuple(filter(able, offers)) for tier, offers in self.offers.items()}
        return Lineup({tier: tuple(sorted(able, key=lambda offer: not exactly(offer))) for tier, able in found.items()})

    def unit_micros(self, tier: Tier) -> int | None:
        """The most that one picture costs, whoever draws it in the end; None when nobody does."""
        prices = [offer.provider.capabilities.prices[tier] for offer in self.offers[tier]]
        return max(prices, default=None)

    def estimate(self, request: ImageRequest) -> int:
        """The most that a call can cost with anybody who may take it over. Raises ProviderRejected, NobodyDraws."""
        first = self.first(request.tier).provider.estimate(request)
        others = [offer for offer in self.offers[request.tier][1:] if offer.fits(request)]
        return max([first, *(_worst(offer.provider, request) for offer in others)])


def lineup(kind: str, stage: str, *, at: datetime | None = None) -> Lineup:
    """Who may draw for this kind and stage. Those whose breaker is open come last. One query, with rows."""
    name = settings.IMAGE_PROVIDER
    if name in registry.PROVIDERS:
        return alone(registry.image_provider(name))
    at = at or timezone.now()
    offers = [_offer(choice.model, at=at) for choice in _choices(kind, stage, name, at=at)]
    offers.sort(key=lambda offer: offer.shut)  # stable: within the open and the shut the order is that of ops
    return Lineup({tier: tuple(offer for offer in offers if _serves(offer, tier)) for tier in TIERS})


def alone(provider: ImageProvider) -> Lineup:
    """A lineup of one provider that has no row."""
    return Lineup({tier: (Offer(provider),) for tier in TIERS})


def provider_of(call: Call) -> ImageProvider:
    """The provider that a planned or sent Call is with, as its row says now."""
    return registry.bound(call.offer.facts()) if call.offer else registry.image_provider(call.provider)


def next_offer(call: Call, request: ImageRequest, *, at: datetime) -> Offer | None:
    """Who takes over what a provider did not make: the first who was not asked and can make it for what is held.

    A model that ops chose since, or made dearer, was no part of the worst case that was reserved.
    """
    if call.offer is None:
        return None
    asked = {call.offer_id, *(hop["offer"] for hop in call.hops)}
    found = lineup(call.run.design.kind, stage_of(call), at=at)
    drawn_by = call.request.get("base_provider")
    for offer in (found.of(drawn_by) if drawn_by else found).offers[request.tier]:
        known = offer.row.pk if offer.row else None
        able = known not in asked and not offer.shut and offer.fits(request)
        if able and _worst(offer.provider, request) <= call.share_micros:
            return offer
    return None


def costs_more_than_held(call: Call, provider: ImageProvider, request: ImageRequest) -> bool:
    """Whether its model has become dearer since the money for this call was reserved."""
    try:
        return call.offer_id is not None and _worst(provider, request) > call.share_micros
    except ProviderRejected:  # it says so itself when it is asked
        return False


def stage_of(call: Call) -> str:
    return "upscale" if call.request.get("task") == "upscale" else call.run.stage


def fitted(request: ImageRequest, provider: ImageProvider) -> ImageRequest:
    """The request as this provider takes it: no larger, no more photos, one call's worth of pictures."""
    capabilities = provider.capabilities
    longest = max(request.width_px, request.height_px)
    scale = min(1.0, capabilities.sizes[request.tier] / longest)
    return replace(
        request,
        width_px=max(16, int(request.width_px * scale)),
        height_px=max(16, int(request.height_px * scale)),
        count=min(request.count, capabilities.max_images_per_call),
        references=request.references[: capabilities.references],
        faces=request.faces[: capabilities.references],
    )


def warm() -> None:
    """Import what the first Run would import: a second that nobody should spend inside a transaction."""
    if settings.IMAGE_PROVIDER in registry.PROVIDERS:
        registry.image_provider(settings.IMAGE_PROVIDER)


def _worst(provider: ImageProvider, request: ImageRequest) -> int:
    """What it costs there, in as many calls as it takes."""
    one = fitted(request, provider)
    calls = -(-request.count // one.count)
    return provider.estimate(one) * calls


def _serves(offer: Offer, tier: Tier) -> bool:
    return offer.row is None or offer.row.provider == "sketch" or offer.row.tier == tier


def models_for(kind: str, stage: str, name: str, *, at: datetime) -> list[ProviderModel]:
    """The models for a stage that no picture is drawn in, in order, those whose breaker is open left out."""
    rows = [choice.model for choice in _choices(kind, stage, name, at=at)]
    return [row for row in rows if not (hasattr(row, "health") and row.health.is_open(at=at))]


def _choices(kind: str, stage: str, name: str, *, at: datetime) -> Iterable[ModelChoice]:
    """The rows that speak for this kind and stage, most particular first: kind and stage, kind, stage, any."""
    wanted = Q(kind__in=[kind, ""], stage__in=[stage] if stage in OWN_STAGES else [stage, ""])
    offered = ProviderModel.objects.offered(on=at.date()).filter(purpose=_purpose(stage))
    rows = ModelChoice.objects.filter(wanted, model__in=offered).select_related("model__health").order_by("rank", "pk")
    if name != ROUTES:
        rows = rows.filter(model__provider=name)
    usable = [row for row in rows if registry.has_keys(row.model.provider)]
    for place in ((kind, stage), (kind, ""), ("", stage), ("", "")):
        found = [row for row in usable if (row.kind, row.stage) == place]
        if found:
            return found
    return []


OWN_STAGES = ("upscale", "text")  # what draws neither enlarges nor writes


def _purpose(stage: str) -> Literal["image", "upscale", "text"]:
    return "upscale" if stage == "upscale" else "text" if stage == "text" else "image"


def _offer(row: ProviderModel, *, at: datetime) -> Offer:
    health = getattr(row, "health", None)
    return Offer(registry.bound(row.facts()), row, shut=health is not None and health.is_open(at=at))
