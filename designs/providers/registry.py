"""Image providers by name. A provider's module is imported when it is first asked for: some are heavy."""

from functools import cache
from importlib import import_module
from typing import cast

from designs.providers.base import ImageProvider

PROVIDERS = {
    "sketch": "designs.providers.sketch.provider:Sketch",
    "fake": "designs.providers.fake:FakeProvider",
}


class UnknownProvider(LookupError):
    """No provider has this name: a mistake in the settings, not in a request."""


@cache
def image_provider(name: str) -> ImageProvider:
    """The one instance of this provider in this process; safe to share between threads."""
    if name not in PROVIDERS:
        raise UnknownProvider(name)
    module, _, attribute = PROVIDERS[name].partition(":")
    return cast(ImageProvider, getattr(import_module(module), attribute)())
