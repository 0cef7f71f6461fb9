"""Page previews of any format, drawn by the code that draws print files, from the small pictures that people see."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from billing import workload
from cardmaker.core import storage
from designs import composing
from designs.composing import PageContent
from designs.imaging.compose import PageSpec, RenderedPage, render_page
from designs.imaging.crop import Lost
from designs.imaging.encode import preview_webp
from designs.imaging.lettering import BadLettering, TooLong, Undrawable
from designs.models import Design, Format, Image, PagePreview

WIDTH_PX = 720
RECIPE = 1  # raise it when the same content would be drawn differently
NOTHING_LOST = asdict(Lost(0.0, 0.0, 0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One preview: what it shows, and the digest of everything that goes into its pixels."""

    content: PageContent
    image: Image | None
    digest: str


def wanted(design: Design, design_format: Format) -> list[Wanted]:
    """What `page_previews` would draw. Five queries, no drawing: enough to say that nothing changed."""
    pages = composing.contents(design, design_format)
    images = composing.images_of(pages)
    return [_wanted(page, images.get(page.image or ""), design_format) for page in pages]


def page_previews(design: Design, design_format: Format, pages: list[Wanted], *, at: datetime) -> list[PagePreview]:
    """A preview of each page, drawn unless it was before. Two queries, and more only when a page is new.

    Raises QuotaSpent, and draws nothing, for more new ones than one account has drawn in an hour.
    """
    digests = [page.digest for page in pages]
    known = {row.digest: row for row in PagePreview.objects.filter(design=design, digest__in=digests)}
    new = sum(page.digest not in known for page in pages)
    if new:
        workload.take_on("preview", design.account_id, amount=new, at=at)
    return [known.get(page.digest) or _draw(design, design_format, page, at=at) for page in pages]


def _wanted(content: PageContent, image: Image | None, design_format: Format) -> Wanted:
    sides = ("trim_w_um", "trim_h_um", "bleed_um", "safe_um", "fold")
    geometry = [getattr(design_format, name) for name in sides]
    parts = [RECIPE, WIDTH_PX, design_format.code, geometry, content.stored(), image.sha256 if image else ""]
    return Wanted(content, image, hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest())


def _draw(design: Design, design_format: Format, page: Wanted, *, at: datetime) -> PagePreview:
    area = composing.screen_area(design_format, page.content.position, width_px=WIDTH_PX)
    art = storage.read(page.image.display_file) if page.image else None
    rendered, warnings = _render(page, composing.page_spec(area, page.content, art))
    facts: Mapping[str, Any] = {
        "file": storage.put(preview_webp(rendered.pixels, max_px=max(area.width_px, area.height_px)), "webp"),
        "width_px": area.width_px,
        "height_px": area.height_px,
        "lost": asdict(rendered.lost) if rendered.lost else NOTHING_LOST,
        "warnings": warnings,
        "created_at": at,
    }
    return PagePreview.objects.get_or_create(design=design, digest=page.digest, defaults=facts)[0]


def _render(page: Wanted, spec: PageSpec) -> tuple[RenderedPage, list[dict[str, Any]]]:
    """Words that cannot be set on this page are left out and told: the picture is still worth seeing."""
    try:
        rendered = render_page(spec)
    except (TooLong, Undrawable, BadLettering) as exc:
        bare = PageSpec(area=spec.area, art=spec.art, focus=spec.focus)
        position = page.content.position
        return render_page(bare), [composing.warning("words_do_not_fit", "block", str(exc), position)]
    return rendered, composing.warnings_of(page.content, image=page.image, dpi=None, rendered=rendered)
