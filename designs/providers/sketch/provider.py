"""The built-in illustrator as an ImageProvider. Runs in this process, needs no key, answers at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

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
from designs.providers.sketch.choose import chosen
from designs.providers.sketch.color import contrast
from designs.providers.sketch.composers import compose
from designs.providers.sketch.describe import description
from designs.providers.sketch.draw import draw, encode
from designs.providers.sketch.edits import changed
from designs.providers.sketch.photos.gallery import FaceFinder, Gallery
from designs.providers.sketch.photos.shots import Box
from designs.providers.sketch.scene import VERSION, Scene, Spec, canvas_size

READABLE = 4.5  # WCAG AA for text; what we set is larger
# Nobody charges us for it; a price keeps every budget, hold and ledger line exercised without an account anywhere.
CAPABILITIES = Capabilities(
    sizes={"draft": 1024, "final": 4096},
    max_images_per_call=8,
    references=10,
    reference_px=2048,  # a frame on a final is about that wide; more costs time on every candidate
    edits=True,
    seeds=True,
    prices={"draft": 2_000, "final": 10_000},
    repeatable=True,
    own_parents=True,
)


def found_faces(pixels: Any) -> list[Box]:
    """By the project's own detector. It is heavy and only needed with photos. Raises ProviderUnavailable."""
    from designs.imaging import faces

    try:
        return [(face.left, face.top, face.width, face.height) for face in faces.find(pixels)]
    except faces.DetectionFailed as exc:
        raise ProviderUnavailable("upstream_error", "Nobody could look for faces on the photos.") from exc


@dataclass(frozen=True, slots=True)
class Sketch:
    """Equal requests give equal bytes. Reference pictures are worked into the scene; a final needs the same ones again,
    in the same order, as its recipe keeps only what is on them."""

    name: str = "sketch"
    capabilities: Capabilities = CAPABILITIES
    find_faces: FaceFinder = found_faces

    def estimate(self, request: ImageRequest) -> int:
        check_request(request, self.capabilities)
        return self.capabilities.prices[request.tier] * request.count

    def start(self, request: ImageRequest, key: str) -> Running | Done:
        price = self.estimate(request)
        gallery = Gallery(request.references, self.find_faces, request.faces)
        outputs = tuple(_output(request, request.seed + number, gallery) for number in range(request.count))
        return Done(outputs, len(outputs), price, "sketch", VERSION, _request_id(key))

    def collect(self, ref: str, request: ImageRequest | None = None) -> Running | Done:
        raise ProviderRejected("invalid_request", "Every call is done when it starts.")

    def cancel(self, ref: str) -> None:
        """Nothing is ever running."""


def _request_id(key: str) -> str:
    return f"sketch-{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def _output(request: ImageRequest, seed: int, gallery: Gallery) -> Output:
    spec = spec_for(request, seed, gallery)
    scene = compose(spec, canvas_size(request.width_px, request.height_px))
    return Output(
        data=encode(draw(scene, request.width_px, request.height_px, gallery)),
        media_type="image/png",
        width_px=request.width_px,
        height_px=request.height_px,
        model_width_px=request.width_px,
        model_height_px=request.height_px,
        seed=seed,
        recipe=recipe_of(spec, scene),
        description=description(spec),
    )


def spec_for(request: ImageRequest, seed: int, gallery: Gallery) -> Spec:
    """A new candidate, the parent drawn again (a final), or the parent changed by the instruction."""
    if request.parent is None:
        return chosen(
            request.prompt,
            request.negative,
            request.style.code,
            seed,
            request.style.prompt_suffix,
            gallery=gallery,
            purpose=request.purpose,
        )
    spec = spec_of(request.parent.recipe)
    if not gallery.knows(spec.photos):
        raise ProviderRejected("invalid_request", "The photos that are in this picture are needed again.")
    if not request.instruction.strip():
        return spec
    return changed(spec, request.instruction, seed - request.seed, request.style.code)


def spec_of(recipe: Mapping[str, Any]) -> Spec:
    """Raises ProviderRejected when the recipe is another provider's."""
    try:
        return Spec.from_json(recipe["spec"])
    except (KeyError, TypeError, ValueError) as exc:
        raise ProviderRejected("invalid_request", "This picture was not drawn by the built-in illustrator.") from exc


def recipe_of(spec: Spec, scene: Scene) -> dict[str, Any]:
    """What is kept with the picture. `quiet` is where words go, `ink` a color that reads there."""
    return {
        "provider": "sketch",
        "version": VERSION,
        "quiet": scene.quiet,
        "ink": ink_of(scene),
        "notes": list(spec.notes),
        "spec": spec.to_json(),
    }


def ink_of(scene: Scene) -> str:
    """The palette's dark or light, whichever reads better in the quiet zone; white or black where neither does."""
    own = (scene.palette.paper, scene.palette.deep)
    best = max(own, key=lambda ink: contrast(ink, scene.behind_words))
    if contrast(best, scene.behind_words) >= READABLE:
        return best
    return max((*own, "#ffffff", "#141219"), key=lambda ink: contrast(ink, scene.behind_words))


def redraw(recipe: Mapping[str, Any], **changes: Any) -> Spec:
    """The spec of a recipe with some fields replaced; for contact sheets and tests."""
    return replace(spec_of(recipe), **changes)
