"""A Design's pages as plain values, and as the pictures that people are shown and printers print: one way for both."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self, get_args
from uuid import UUID

from designs.images import printable
from designs.imaging.compose import IMPRINT, PageSpec, RenderedPage
from designs.imaging.crop import Focus, Lost
from designs.imaging.geometry import Area, Edges, bleed_edges_um, preview_area
from designs.imaging.ink import Inked
from designs.imaging.lettering import Layout, Lettering
from designs.imaging.resolution import effective_dpi, resolution_warning
from designs.models import Design, Format, Image, Page

LOST_MUCH = 0.15  # of a side: from here on people should be told that part of their picture is cut away
READABLE_CONTRAST = 3.0  # WCAG's least for large type
IMPRINTED = "back"  # the one page of a card that may carry our line when nothing else is on it


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that one page is drawn from. `image` is the id of the very Image: its final where there is one."""

    position: str
    image: str | None
    words: str
    lettering: dict[str, Any]
    crop: dict[str, Any]

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from a snapshot."""
        return cls(**{name: stored[name] for name in ("position", "image", "words", "lettering", "crop")})

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def focus(self) -> Focus:
        return Focus.parse(self.crop)


def contents(design: Design, design_format: Format) -> list[PageContent]:
    """What each page of `design_format` shows, in its order. Four queries."""
    pages = {page.position: page for page in design.pages.prefetch_related("picks__image__finals")}
    return [_content(entry, pages.get(entry["position"])) for entry in design_format.positions]


def images_of(pages: list[PageContent]) -> dict[str, Image]:
    """The Images that these pages show, by id. One query."""
    wanted = [UUID(page.image) for page in pages if page.image]
    return {str(image.pk): image for image in Image.objects.filter(pk__in=wanted)}


def page_spec(area: Area, content: PageContent, art: bytes | None) -> PageSpec:
    """One page to be drawn on `area`."""
    return PageSpec(
        area=area,
        art=art,
        focus=content.focus,
        words=content.words,
        lettering=Lettering.parse(content.lettering),
        imprint=IMPRINT if content.position == IMPRINTED else "",
    )


def lettering_on(asked: Mapping[str, Any], image: Image | None) -> dict[str, Any]:
    """What the person chose; words without a place of their own go where the picture was left quiet for them."""
    quiet = image.recipe.get("quiet") if image else None
    if asked.get("layout") or quiet not in get_args(Layout):
        return dict(asked)
    return {**asked, "layout": quiet}


def print_area(design_format: Format, spec: Mapping[str, Any]) -> Area:
    """The supplier's own pixels of one position, on the paper that the Format describes."""
    return Area(
        width_px=spec["width_px"],
        height_px=spec["height_px"],
        bleed_px=Edges.parse(spec["bleed_px"]),
        trim_w_um=design_format.trim_w_um,
        trim_h_um=design_format.trim_h_um,
        safe_um=design_format.safe_um,
    )


def screen_area(design_format: Format, position: str, *, width_px: int) -> Area:
    """The same page as people see it before a supplier is known. Bleed is part of it: the studio trims it."""
    bleed = bleed_edges_um(bleed_um=design_format.bleed_um, fold=design_format.fold, position=position)
    return preview_area(
        trim_w_um=design_format.trim_w_um,
        trim_h_um=design_format.trim_h_um,
        bleed_um=bleed,
        safe_um=design_format.safe_um,
        width_px=width_px,
    )


def dpi_on(image: Image, area: Area, focus: Focus, *, print_dpi: float) -> int:
    """Model pixels per printed inch."""
    return effective_dpi(
        model_w_px=image.model_width_px,
        model_h_px=image.model_height_px,
        area_w_px=area.width_px,
        area_h_px=area.height_px,
        focus=focus,
        print_dpi=print_dpi,
    )


def warnings_of(
    content: PageContent, *, image: Image | None, dpi: int | None, rendered: RenderedPage, blank: bool = False
) -> list[dict[str, Any]]:
    """What a person should know about one page before it is printed; `block` forbids printing."""
    found = [
        *_blank_warnings(image, blank and not content.words, imprinted=content.position == IMPRINTED),
        *_picture_warnings(image, dpi, rendered.lost),
        *_word_warnings(rendered.inked),
    ]
    return [warning(code, level, message, content.position) for code, level, message in found]


def warning(code: str, level: str, message: str, position: str) -> dict[str, Any]:
    return {"code": code, "level": level, "message": message, "position": position}


def _content(entry: Mapping[str, Any], page: Page | None) -> PageContent:
    picked = [pick.image for pick in page.picked] if page and entry["picture"] else []
    image = printable(picked[0]) if picked else None
    return PageContent(
        position=entry["position"],
        image=str(image.pk) if image else None,
        words=page.words if page else "",
        lettering=lettering_on(page.lettering, image) if page else {},
        crop=dict(page.crop) if page else {},
    )


def _blank_warnings(image: Image | None, blank: bool, *, imprinted: bool) -> Iterator[tuple[str, str, str]]:
    if blank and image:
        yield "blank_picture", "warn", "This picture is one plain color."
    elif blank and not imprinted:
        yield "empty_page", "info", "This page stays empty."


def _picture_warnings(image: Image | None, dpi: int | None, lost: Lost | None) -> Iterator[tuple[str, str, str]]:
    if image and image.tier == Image.Tier.DRAFT:
        yield "draft_picture", "info", "This picture has not been finished in print quality yet."
    if dpi is not None and (low := resolution_warning(dpi)):
        yield low.code, low.level, low.message
    if lost and (share := max(lost.top, lost.right, lost.bottom, lost.left)) > LOST_MUCH:
        yield "much_cut_away", "warn", f"Up to {share:.0%} of the picture is cut away at one side."


def _word_warnings(inked: Inked | None) -> Iterator[tuple[str, str, str]]:
    if inked and inked.contrast < READABLE_CONTRAST:
        yield "hard_to_read", "warn", "The words are hard to read on this picture. Try another color or a panel."
