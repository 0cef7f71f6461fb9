"""What is said to a model about a picture, and what is said about the picture that came. Pure."""

from collections.abc import Mapping
from typing import Any

from designs.providers.base import ImageRequest, Output
from designs.providers.wire import media_type_of

# Words are set as type over the picture; a model would garble them.
NO_WORDS = "No text, letters, numbers, captions, signatures, logos or watermarks anywhere in the picture."
IMAGE_ONLY = "Output the final image only."
REDRAW = (
    "Draw the attached picture again in the highest quality, with the same composition, subjects, colors and style, "
    "with finer detail and clean edges, and nothing added or left out."
)
CHANGE = "Change the attached picture as follows and keep everything else as it is: {}"
PHOTOS = "The people and things in the attached photos appear in it; keep their faces and features as they are."
QUIET = {"card": "Leave a calm area where a greeting can be set.", "calendar": "Keep the subjects away from the edges."}


def prompt_of(request: ImageRequest) -> str:
    """One text with all that is wanted, for models that take no more than a text."""
    said = [_task(request), request.style.prompt_suffix.strip()]
    if request.style.swatch and request.parent is None:
        said.append(f"Colors such as {', '.join(request.style.swatch[:5])}.")
    if request.references:
        said.append(PHOTOS)
    if request.parent is None:
        said.append(QUIET.get(request.purpose, ""))
    return " ".join(_sentence(part) for part in [*said, NO_WORDS] if part)


def avoided(request: ImageRequest) -> str:
    """What shall not be in it."""
    return ", ".join(part for part in (request.negative.strip(), "text, letters, watermark") if part)


def prompt_with_avoided(request: ImageRequest) -> str:
    """As `prompt_of`, for models without a field of its own for what to avoid."""
    return prompt_of(request) + (f" Avoid: {request.negative.strip()}." if request.negative.strip() else "")


def pictures_of(request: ImageRequest) -> list[bytes]:
    """The pictures that go along: what is changed first, then the photos."""
    return [*([request.parent.image] if request.parent else []), *request.references]


def recipe_of(request: ImageRequest, *, provider: str, model: str, seed: int | None = None) -> dict[str, Any]:
    """What is kept beside a picture: enough to say later how it was asked for. No bytes and no person's words twice."""
    recipe: dict[str, Any] = {"provider": provider, "model": model, "style": request.style.code, "task": request.task}
    return recipe if seed is None else {**recipe, "seed": seed}


def output_of(data: bytes | None, request: ImageRequest, *, seed: int, recipe: Mapping[str, Any]) -> Output | None:
    """A picture as it came; None for bytes that are no picture of a kind we take."""
    from designs.imaging.pictures import UnreadablePicture, size_px

    kind = media_type_of(data or b"")
    if data is None or not kind:
        return None
    try:
        width_px, height_px = size_px(data)
    except UnreadablePicture:
        return None
    return Output(
        data=data,
        media_type=kind,
        width_px=width_px,
        height_px=height_px,
        model_width_px=width_px,
        model_height_px=height_px,
        seed=seed,
        recipe=recipe,
        description=description_of(request),
    )


def description_of(request: ImageRequest) -> str:
    """Alternative text: what was asked for, as nobody has looked at the picture."""
    return " ".join(part for part in (request.prompt.strip(), request.instruction.strip()) if part) or "A picture"


def _task(request: ImageRequest) -> str:
    if request.parent is None:
        return request.prompt.strip()
    what = CHANGE.format(request.instruction.strip()) if request.instruction.strip() else REDRAW
    return f"{what} It shows: {request.prompt.strip()}" if request.prompt.strip() else what


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
