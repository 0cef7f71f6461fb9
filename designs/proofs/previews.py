"""Page previews of any format, drawn by the code that draws print files, from the small pictures that people see."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from billing import workload
from cardmaker.core import storage
from designs.imaging.compose import PageSpec, RenderedPage, render_page
from designs.imaging.crop import Lost
from designs.imaging.encode import screen_jpeg
from designs.imaging.geometry import Area
from designs.imaging.lettering import BadLettering, Lettering, TooLong, Undrawable
from designs.models import Design, Format, Image, PagePreview
from designs.proofs import composing
from designs.proofs.composing import PageContent

WIDTH_PX = 720
RECIPE = 2  # raise it when the same content would be drawn differently
NOTHING_LOST = asdict(Lost(0.0, 0.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One preview: what it shows, and the digest of everything that goes into its pixels."""

    content: PageContent
    image: Image | None
    digest: str


def wanted(design: Design, design_format: Format, *, draws_grid: bool = False) -> list[Wanted]:
    """What `page_previews` would draw. Five queries, no drawing: enough to say that nothing changed.

    Raises NotLookedAt.
    """
    pages = composing.contents(design, design_format, partial(_area, design_format), draws_grid=draws_grid)
    images = composing.images_of(pages)
    return [_wanted(page, images.get(page.image or ""), design_format) for page in pages]


def page_previews(design: Design, design_format: Format, pages: list[Wanted], *, at: datetime) -> list[PagePreview]:
    """A preview of each page, drawn unless it was before. Two queries, and more only when a page is new.

    Raises QuotaSpent, and draws nothing, for more new ones than one account has drawn in an hour.
    """
    digests = [page.digest for page in pages]
    known = {row.digest: row for row in PagePreview.objects.filter(design=design, digest__in=digests)}
    new = [page for page in pages if page.digest not in known]
    if new:
        workload.take_on("preview", design.account_id, amount=len(new), at=at)
    for page, facts in zip(new, composing.side_by_side(partial(_drawn, design_format), new), strict=True):
        row = PagePreview.objects.get_or_create(design=design, digest=page.digest, defaults={**facts, "created_at": at})
        known[page.digest] = row[0]
    return [known[page.digest] for page in pages]


def _area(design_format: Format, position: str) -> Area:
    return composing.screen_area(design_format, position, width_px=WIDTH_PX)


def _wanted(content: PageContent, image: Image | None, design_format: Format) -> Wanted:
    sides = ("trim_w_um", "trim_h_um", "bleed_um", "safe_um", "binding_safe_um", "fold", "binding_edge")
    geometry = [getattr(design_format, name) for name in sides]
    parts = [RECIPE, WIDTH_PX, design_format.code, geometry, content.stored(), image.sha256 if image else ""]
    return Wanted(content, image, hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest())


def _drawn(design_format: Format, page: Wanted) -> dict[str, Any]:
    """What the row of a preview says, its file stored. No queries."""
    area, image = _area(design_format, page.content.position), page.image
    spec = composing.page_spec(
        area,
        page.content,
        storage.read(image.display_file) if image else None,
        wire_at_top=composing.hangs(design_format),
        master_px=(image.width_px, image.height_px) if image else None,
    )
    rendered, warnings = _render(page, spec)
    return {
        "file": storage.put(screen_jpeg(rendered.pixels), "jpg"),
        "width_px": area.width_px,
        "height_px": area.height_px,
        "lost": asdict(rendered.lost) if rendered.lost else NOTHING_LOST,
        "warnings": warnings,
    }


def _render(page: Wanted, spec: PageSpec) -> tuple[RenderedPage, list[dict[str, Any]]]:
    """Words that cannot be set on this page are left out and told: the picture is still worth seeing."""
    try:
        rendered = render_page(spec)
    except (TooLong, Undrawable, BadLettering) as exc:
        bare = replace(spec, words="", lettering=Lettering())
        position = page.content.position
        return render_page(bare), [composing.warning("words_do_not_fit", "block", str(exc), position)]
    return rendered, composing.warnings_of(page.content, image=page.image, dpi=None, rendered=rendered)
