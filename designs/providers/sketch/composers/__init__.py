"""Composers: each puts a cast onto a page in its own way."""

from collections.abc import Callable
from functools import cache
from importlib import import_module

from designs.providers.sketch.guests import welcome
from designs.providers.sketch.scene import Scene, Spec
from designs.providers.sketch.stage import Stage

Compose = Callable[[Stage], None]
MODULES = (
    "landscape", "botanical", "floating", "nightlights", "medallion", "skyline",
    "quilt", "table", "papercut", "portrait", "ornament", "sea", "still",
)  # fmt: skip

KEEPSAKES = ("prints", "rounds", "patchwork", "gathering")

_COMPOSERS: dict[str, Compose] = {}
_KEEPSAKES: dict[str, Compose] = {}  # those about photos


def composer(name: str) -> Callable[[Compose], Compose]:
    def register(compose: Compose) -> Compose:
        _COMPOSERS[name] = compose
        return compose

    return register


def keepsake(name: str) -> Callable[[Compose], Compose]:
    """Registers a composer for specs with photos."""

    def register(compose: Compose) -> Compose:
        _KEEPSAKES[name] = compose
        return compose

    return register


@cache
def keepsakes() -> dict[str, Compose]:
    for module in KEEPSAKES:
        import_module(f"{__name__}.{module}")
    return _KEEPSAKES


@cache
def composers() -> dict[str, Compose]:
    for module in MODULES:
        import_module(f"{__name__}.{module}")
    return _COMPOSERS


def compose(spec: Spec, size: tuple[float, float]) -> Scene:
    """The scene of a spec on a page of this size (canvas units)."""
    stage = Stage(spec, size)
    (keepsakes() if spec.photos else composers())[spec.composer](stage)
    welcome(stage)
    return stage.scene()
