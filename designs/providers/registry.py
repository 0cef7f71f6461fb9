"""Providers by name, and outside models bound to their keys. A module is imported when it is first asked for."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, cast

from django.conf import settings

from designs.providers.base import ImageProvider
from designs.providers.offers import Model
from designs.providers.text import TextProvider

# Built in: they need no key and no row.
PROVIDERS = {
    "sketch": "designs.providers.sketch.provider:Sketch",
    "fake": "designs.providers.fake:FakeProvider",
}
# Made from a model's facts and the provider's settings.
ADAPTERS = {
    "openai": "designs.providers.openai:OpenAIImages",
    "gemini": "designs.providers.gemini:GeminiImages",
    "fal": "designs.providers.fal:FalImages",
    "replicate": "designs.providers.replicate:ReplicateImages",
    "bedrock": "designs.providers.bedrock:BedrockImages",
}
WRITERS = {
    "openai": "designs.providers.openai_text:OpenAIText",
    "gemini": "designs.providers.gemini_text:GeminiText",
    "bedrock": "designs.providers.bedrock_text:BedrockText",
}
WRITING_S = 20.0  # somebody waits for a text on a page
BOUND_KEPT = 64  # models in use at once; an edited row is a new one


class UnknownProvider(LookupError):
    """No provider has this name: a mistake in the settings, not in a request."""


@cache
def image_provider(name: str) -> ImageProvider:
    """The one instance of this built-in provider in this process; safe to share between threads."""
    if name not in PROVIDERS:
        raise UnknownProvider(name)
    return cast(ImageProvider, _load(PROVIDERS[name])())


def bound(model: Model) -> ImageProvider:
    """The provider of an outside model, as its row says now. Raises UnknownProvider."""
    if model.provider in PROVIDERS:
        return image_provider(model.provider)
    if model.provider not in ADAPTERS:
        raise UnknownProvider(model.provider)
    return _bound(_Facts(model), _Facts(settings.PROVIDERS[model.provider]))


def writer(model: Model) -> TextProvider:
    """The provider of an outside model that writes. Raises UnknownProvider."""
    if model.provider not in WRITERS:
        raise UnknownProvider(model.provider)
    access = {**settings.PROVIDERS[model.provider], "timeout_s": WRITING_S}
    return cast(TextProvider, _load(WRITERS[model.provider])(model, **access))


def has_keys(provider: str) -> bool:
    """Whether calls to it can be made at all."""
    return provider in PROVIDERS or bool(settings.PROVIDERS.get(provider, {}).get("key"))


class _Facts:
    """Facts that hold dicts, as a key of a cache."""

    def __init__(self, facts: Any) -> None:
        self.facts = facts
        self.text = json.dumps(facts if isinstance(facts, dict) else asdict(facts), sort_keys=True)

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and other.text == self.text


@lru_cache(maxsize=BOUND_KEPT)
def _bound(model: _Facts, access: _Facts) -> ImageProvider:
    facts: Model = model.facts
    return cast(ImageProvider, _load(ADAPTERS[facts.provider])(facts, **access.facts))


def _load(place: str) -> Callable[..., Any]:
    module, _, attribute = place.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), attribute))
