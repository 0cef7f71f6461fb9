"""From a press of a button to the exact requests that a provider will get: sizes, seeds, and how they are split."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from designs.imaging.geometry import UM_PER_INCH, bleed_edges_um
from designs.making.routing import Lineup, Offer
from designs.models import Format, Image, Kind, Page, Run, StyleTemplate
from designs.providers.base import Capabilities, ImageRequest, Parent, Style, Tier

PRINT_DPI = 300
MASTER_PX = 4096  # a calendar's picture: the largest format at 300 dpi, with room to move the crop
ANY_PX = 100_000
SMALLEST_PX = 16
SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Wish:
    """What one position of a Run asks for, before it is split into Calls.

    `base` is revised or redrawn; `photos` are ids of the Photos that the picture starts from; `print_px` is how long
    paper wants its longer side, be it longer than the model draws. 0: it is not for print.
    """

    position: str
    prompt: str
    style: Mapping[str, Any]
    width_px: int
    height_px: int
    tier: Tier
    count: int
    seed: int
    base: Image | None = None
    instruction: str = ""
    purpose: str = "card"
    photos: tuple[str, ...] = ()
    print_px: int = 0


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One Call to be made: its request as plain JSON, who gets it first, and the most that it can cost with anybody."""

    position: str
    request: dict[str, Any]
    share_micros: int
    offer: Offer


def plan(wishes: list[Wish], lineup: Lineup) -> list[PlannedCall]:
    """Split into calls that the first choice can take. Free to ask.

    Raises ProviderRejected for what it cannot draw, NobodyDraws when there is no first choice.
    """
    planned = []
    for wish in wishes:
        able = lineup.of(wish.base.provider) if wish.base else lineup
        first = able.first(wish.tier)
        for stored in _split(wish, _most_per_call(first.provider.capabilities)):
            share_micros = able.estimate(outline(stored))
            planned.append(PlannedCall(wish.position, stored, share_micros, first))
    return planned


def request_of(stored: Mapping[str, Any], *, base: Image | None, art: bytes) -> ImageRequest:
    """The request that was planned, still without its Photos. `art` is the file of `base`."""
    return _request(stored, Parent(art, base.recipe) if base else None, ())


def outline(stored: Mapping[str, Any]) -> ImageRequest:
    """As it will be sent, with nothing read from disk or database: enough for its price and for who can make it."""
    return _request(stored, Parent(b"") if stored["base"] else None, (b"",) * len(stored.get("photos", ())))


def _request(stored: Mapping[str, Any], parent: Parent | None, references: tuple[bytes, ...]) -> ImageRequest:
    style = stored["style"]
    return ImageRequest(
        prompt=stored["prompt"],
        negative=style.get("negative", ""),
        width_px=stored["width_px"],
        height_px=stored["height_px"],
        count=stored["count"],
        tier=stored["tier"],
        seed=stored["seed"],
        style=Style(style.get("code", ""), style.get("prompt_suffix", ""), tuple(style.get("swatch", ()))),
        references=references,
        parent=parent,
        instruction=stored["instruction"],
        purpose=stored["purpose"],
        task=stored.get("task", "draw"),
    )


def candidate_wish(
    run: Run, page: Page, design_format: Format, capabilities: Capabilities, *, photos: Sequence[str] = ()
) -> Wish:
    """New pictures from the Page's prompt and style."""
    width_px, height_px = wanted_px(design_format, page.position, longest_px=capabilities.sizes["draft"])
    return Wish(
        position=page.position,
        prompt=page.prompt,
        style=style_facts(page.style),
        width_px=width_px,
        height_px=height_px,
        tier="draft",
        count=run.count,
        seed=seed_of(run.pk, page.position),
        purpose=run.design.kind,
        photos=tuple(photos[: capabilities.references]),
    )


def page_wish(run: Run, page: Page, capabilities: Capabilities, *, tier: Tier, photos: Sequence[str]) -> Wish:
    """One page of a calendar: a square master that every format is cut from, drawn once, in the quality granted."""
    side_px = capabilities.sizes[tier]
    return Wish(
        position=page.position,
        prompt=page.prompt,
        style=style_facts(page.style),
        width_px=side_px,
        height_px=side_px,
        tier=tier,
        count=1,
        seed=seed_of(run.pk, page.position),
        purpose=run.design.kind,
        photos=tuple(photos[: capabilities.references]),
        print_px=MASTER_PX if tier == "final" else 0,
    )


def revision_wish(run: Run, base: Image, capabilities: Capabilities, *, tier: Tier = "draft") -> Wish:
    """`base` again, changed as the instruction says: a card's draft in its own shape, a calendar's page as a master."""
    made_by = base.call.request if base.call else {}
    side_px = capabilities.sizes[tier]
    scale = min(1.0, side_px / max(base.width_px, base.height_px))
    own_px = (round(base.width_px * scale), round(base.height_px * scale))
    width_px, height_px = (side_px, side_px) if run.design.kind == Kind.CALENDAR else own_px
    return Wish(
        position=run.positions[0],
        prompt=made_by.get("prompt", ""),
        style=made_by.get("style", {}),
        width_px=width_px,
        height_px=height_px,
        tier=tier,
        count=run.count,
        seed=seed_of(run.pk, run.positions[0]),
        base=base,
        instruction=run.instruction,
        purpose=run.design.kind,
        photos=tuple(made_by.get("photos", ())),
    )


def final_wish(run: Run, page: Page, base: Image, design_format: Format, capabilities: Capabilities) -> Wish:
    """The picked `base` once more, from the same recipe and seed, with the pixels that paper needs."""
    made_by = base.call.request if base.call else {}
    width_px, height_px = _final_px(run, page, design_format, longest_px=capabilities.sizes["final"])
    return Wish(
        position=page.position,
        prompt=made_by.get("prompt") or page.prompt,
        style=made_by.get("style", {}),
        width_px=width_px,
        height_px=height_px,
        tier="final",
        count=1,
        seed=base.seed,
        base=base,
        purpose=run.design.kind,
        photos=tuple(made_by.get("photos", ())),
        print_px=max(_final_px(run, page, design_format, longest_px=ANY_PX)),
    )


def style_facts(style: StyleTemplate | None) -> dict[str, Any]:
    """A look as it is now: a Call keeps it, so that a later edit of the template does not change old recipes."""
    if style is None:
        return {}
    return {
        "code": style.code,
        "prompt_suffix": style.prompt_suffix,
        "negative": style.negative,
        "swatch": list(style.swatch),
    }


def seed_of(run_id: UUID, position: str) -> int:
    """Different for every press of the button, the same when the same press is planned again."""
    return int.from_bytes(hashlib.sha256(f"{run_id}:{position}".encode()).digest()[:4], "big") % SEEDS


def wanted_px(design_format: Format, position: str, *, longest_px: int) -> tuple[int, int]:
    """Width and height with the shape of the page and its bleed, the longer side `longest_px`."""
    width_um, height_um = _page_um(design_format, position)
    scale = longest_px / max(width_um, height_um)
    return max(SMALLEST_PX, round(width_um * scale)), max(SMALLEST_PX, round(height_um * scale))


def print_px(design_format: Format, position: str, *, zoom: float, longest_px: int) -> tuple[int, int]:
    """Pixels for 300 dpi on paper at this zoom, as far as the provider goes."""
    longest_um = max(_page_um(design_format, position))
    needed = round(longest_um * PRINT_DPI / UM_PER_INCH * max(1.0, zoom))
    return wanted_px(design_format, position, longest_px=min(needed, longest_px))


def _final_px(run: Run, page: Page, design_format: Format, *, longest_px: int) -> tuple[int, int]:
    if run.design.kind == Kind.CALENDAR:
        return min(longest_px, MASTER_PX), min(longest_px, MASTER_PX)
    return print_px(design_format, page.position, zoom=float(page.crop.get("zoom", 1.0)), longest_px=longest_px)


def _page_um(design_format: Format, position: str) -> tuple[int, int]:
    bleed = bleed_edges_um(bleed_um=design_format.bleed_um, fold=design_format.fold, position=position)
    return design_format.trim_w_um + bleed.left + bleed.right, design_format.trim_h_um + bleed.top + bleed.bottom


def _most_per_call(capabilities: Capabilities) -> int:
    """Where a call costs nothing by itself, each picture gets its own: it is seen at once and redone alone."""
    return 1 if capabilities.repeatable else capabilities.max_images_per_call


def _split(wish: Wish, most: int) -> Iterator[dict[str, Any]]:
    for first in range(0, wish.count, most):
        yield {
            "prompt": wish.prompt,
            "style": dict(wish.style),
            "width_px": wish.width_px,
            "height_px": wish.height_px,
            "count": min(most, wish.count - first),
            "tier": wish.tier,
            "seed": (wish.seed + first) % SEEDS,
            "base": str(wish.base.pk) if wish.base else None,
            "base_provider": wish.base.provider if wish.base else "",
            "instruction": wish.instruction,
            "purpose": wish.purpose,
            "photos": list(wish.photos),
        }
