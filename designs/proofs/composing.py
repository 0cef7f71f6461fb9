"""A Design's pages as plain values, and as the pictures that people are shown and printers print: one way for both."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import Any, Self, TypeVar, get_args
from uuid import UUID

from designs.imaging.compose import IMPRINT, PageSpec, RenderedPage, sheet_of
from designs.imaging.crop import Focus
from designs.imaging.geometry import Area, Box, Edges, bleed_edges_um, preview_area
from designs.imaging.ink import Inked, ink_box
from designs.imaging.lettering import BadLettering, Layout, Lettering, TooLong, Undrawable
from designs.imaging.monthgrid import DEFAULT_LOOK, MonthGrid
from designs.imaging.monthgrid_page import picture_area, picture_box
from designs.imaging.resolution import effective_dpi, resolution_warning
from designs.imaging.sheet import Sheet
from designs.imaging.smartcrop import focus_for
from designs.imaging.typesetting import set_words
from designs.making.images import printable, sights_of
from designs.models import Design, Format, Image, Kind, Page
from designs.proofs.cutting import cut_warnings
from designs.year import calendars, holidaydates

Drawn = TypeVar("Drawn")
DRAWN_AT_ONCE = 2
READABLE_CONTRAST = 3.0  # WCAG's least for large type
SHEET_PX = 1000  # any width: a sheet is measured in micrometres
IMPRINTED = "back"  # the one page of a card that may carry our line when nothing else is on it


@dataclass(frozen=True, slots=True)
class PageContent:
    """All that one page is drawn from. `image` is the id of the very Image: its final where there is one.

    `grid` is a stored MonthGrid: its month with every label, so that the page is drawn the same in years to come.
    `shaped`: the crop was found here for a calendar's square master, made to be cut to any page.
    """

    position: str
    image: str | None
    words: str
    lettering: dict[str, Any]
    crop: dict[str, Any]
    grid: dict[str, Any] | None = None
    shaped: bool = False

    @classmethod
    def parse(cls, stored: Mapping[str, Any]) -> Self:
        """Read it back from a snapshot; those from before there were calendars have no `grid`."""
        kept = {name: stored[name] for name in ("position", "image", "words", "lettering", "crop")}
        return cls(**kept, grid=stored.get("grid"), shaped=stored.get("shaped", False))

    def stored(self) -> dict[str, Any]:
        row = asdict(self)
        if not self.shaped:
            del row["shaped"]  # so that what was stored before there was such a thing is still the same
        return row

    @property
    def focus(self) -> Focus:
        return Focus.parse(self.crop)

    @property
    def month_grid(self) -> MonthGrid | None:
        return MonthGrid.parse(self.grid) if self.grid else None

    def picture_area(self, area: Area) -> Area:
        """What the picture fills of a page: crops, resolution and words over it are worked out on this alone."""
        grid = self.month_grid
        return picture_area(area, grid) if grid else area


def contents(
    design: Design, design_format: Format, area_of: Callable[[str], Area], *, draws_grid: bool = False
) -> list[PageContent]:
    """What each page of `design_format` shows, in its order; `area_of` says what a position is drawn on.

    `draws_grid`: the supplier prints its own calendar grid, so that our pages are the pictures alone.
    A crop that nobody chose is found here. Four queries, and one more for each picture that nobody has looked at yet.
    Not in a transaction. Raises NotLookedAt.
    """
    pages = {page.position: page for page in design.pages.prefetch_related("picks__image__finals")}
    months = {} if draws_grid else {name: _grid(design, name) for name in design_format.position_names}
    shown = []
    for entry in design_format.positions:
        position = entry["position"]
        content, image = _content(entry, pages.get(position), months.get(position))
        if image and not content.crop:
            found = asdict(_found_focus(content, image, area_of(position), design_format))
            content = replace(content, crop=found, shaped=_is_master(image, design_format))
        shown.append(content)
    return shown


def images_of(pages: list[PageContent]) -> dict[str, Image]:
    """The Images that these pages show, by id. One query."""
    wanted = [UUID(page.image) for page in pages if page.image]
    return {str(image.pk): image for image in Image.objects.filter(pk__in=wanted)}


def page_spec(
    area: Area,
    content: PageContent,
    art: bytes | None,
    *,
    wire_at_top: bool = False,
    master_px: tuple[int, int] | None = None,
) -> PageSpec:
    """One page to be drawn on `area`. `master_px`: `art` is a small copy of a picture of this size."""
    return PageSpec(
        area=area,
        art=art,
        focus=content.focus,
        words=content.words,
        lettering=Lettering.parse(content.lettering),
        imprint=IMPRINT if content.position == IMPRINTED else "",
        grid=content.month_grid,
        wire_at_top=wire_at_top,
        master_px=master_px,
    )


def side_by_side(draw: Callable[[Any], Drawn], pages: Iterable[Any]) -> list[Drawn]:
    """Draw pages on two cores, in their order; no more at once, for each takes its pixels' memory. No queries in it."""
    pool = ThreadPoolExecutor(DRAWN_AT_ONCE)
    try:
        return list(pool.map(draw, pages))
    finally:
        pool.shutdown(cancel_futures=True)


def hangs(design_format: Format) -> bool:
    """Whether its sheets hang on a wire at their top."""
    return design_format.fold == Format.Fold.NONE and design_format.binding_edge == "top"


def _top_safe_um(design_format: Format) -> int:
    return design_format.binding_safe_um if hangs(design_format) else 0


def _picture_hangs(design_format: Format, area: Area, grid: MonthGrid | None) -> bool:
    """Whether the wire goes through the picture: not where there is paper above it."""
    return hangs(design_format) and (grid is None or picture_box(area, grid).top == 0)


def words_sheet(design: Design, design_format: Format, position: str, *, over_picture: bool) -> Sheet:
    """The paper that the words of one page have: of a calendar's month only its picture."""
    page, stored = screen_area(design_format, position, width_px=SHEET_PX), _grid(design, position)
    grid = MonthGrid.parse(stored) if stored else None
    area, on_wire = picture_area(page, grid) if grid else page, _picture_hangs(design_format, page, grid)
    size_um = (area.trim_w_um, area.trim_h_um, area.safe_um)
    return Sheet(*size_um, over_picture, wire_at_top=on_wire, top_safe_um=area.top_safe_um)


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
        top_safe_um=_top_safe_um(design_format),
    )


def screen_area(design_format: Format, position: str, *, width_px: int) -> Area:
    """The same page as people see it before a supplier is known. Bleed is part of it: the studio trims it."""
    bleed = bleed_edges_um(bleed_um=design_format.bleed_um, fold=design_format.fold, position=position)
    return preview_area(
        trim_w_um=design_format.trim_w_um,
        trim_h_um=design_format.trim_h_um,
        bleed_um=bleed,
        safe_um=design_format.safe_um,
        top_safe_um=_top_safe_um(design_format),
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
        *_month_warnings(content),
        *_picture_warnings(image, dpi),
        *(cut_warnings(image, rendered.lost, shaped=content.shaped) if image and rendered.lost else ()),
        *_word_warnings(rendered.inked),
        *_label_warnings(rendered.cut),
    ]
    return [warning(code, level, message, content.position) for code, level, message in found]


def warning(code: str, level: str, message: str, position: str) -> dict[str, Any]:
    return {"code": code, "level": level, "message": message, "position": position}


def _grid(design: Design, position: str) -> dict[str, Any] | None:
    calendar = design.calendar
    shown = calendars.month_of(position, calendar)
    if shown is None:
        return None
    year, month = shown
    return MonthGrid(
        year=year,
        month=month,
        week_start=calendar["week_start"],
        locale=calendar["locale"],
        look=calendar.get("look") or DEFAULT_LOOK,
        week_numbers=bool(calendar.get("week_numbers")),
        marks=holidaydates.marks_of(calendar, year, month),
    ).stored()


def _content(
    entry: Mapping[str, Any], page: Page | None, grid: dict[str, Any] | None
) -> tuple[PageContent, Image | None]:
    picked = [pick.image for pick in page.picked if not pick.image.withheld] if page and entry["picture"] else []
    image = printable(picked[0]) if picked else None
    content = PageContent(
        position=entry["position"],
        image=str(image.pk) if image else None,
        words=page.words if page else "",
        lettering=lettering_on(page.lettering, image) if page else {},
        crop=dict(page.crop) if page else {},
        grid=grid,
    )
    return content, image


def _found_focus(content: PageContent, image: Image, area: Area, design_format: Format) -> Focus:
    """Where the picture goes when nobody moved it."""
    picture, bound = content.picture_area(area), _picture_hangs(design_format, area, content.month_grid)
    return focus_for(
        sights_of(image),
        image_w_px=image.width_px,
        image_h_px=image.height_px,
        area=picture,
        words_box=_words_box(content, picture, wire_at_top=bound),
        binding_edge="top" if bound else "",
    )


def _is_master(image: Image, design_format: Format) -> bool:
    return design_format.kind == Kind.CALENDAR and image.width_px == image.height_px


def _words_box(content: PageContent, picture: Area, *, wire_at_top: bool) -> Box | None:
    """What the words will cover of the picture. Those that cannot be set cover nothing: drawing them says why."""
    try:
        spec = page_spec(picture, replace(content, grid=None), art=b"", wire_at_top=wire_at_top)
        setting = set_words(content.words, spec.lettering, sheet_of(spec))
    except (TooLong, Undrawable, BadLettering):
        return None
    return ink_box(setting, picture) if setting else None


def _blank_warnings(image: Image | None, blank: bool, *, imprinted: bool) -> Iterator[tuple[str, str, str]]:
    if blank and image:
        yield "blank_picture", "warn", "This picture is one plain color."
    elif blank and not imprinted:
        yield "empty_page", "info", "This page stays empty."


def _month_warnings(content: PageContent) -> Iterator[tuple[str, str, str]]:
    if content.grid and not content.image:
        yield "no_picture", "warn", "This month has no picture yet."


def _picture_warnings(image: Image | None, dpi: int | None) -> Iterator[tuple[str, str, str]]:
    if image and image.tier == Image.Tier.DRAFT:
        yield "draft_picture", "info", "This picture has not been finished in print quality yet."
    if dpi is not None and (low := resolution_warning(dpi)):
        yield low.code, low.level, low.message


def _word_warnings(inked: Inked | None) -> Iterator[tuple[str, str, str]]:
    if inked and inked.contrast < READABLE_CONTRAST:
        yield "hard_to_read", "warn", "The words are hard to read on this picture. Try another color or a panel."


def _label_warnings(cut: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    if cut:
        yield "label_cut", "info", f"Shortened to fit its day: {'; '.join(cut)}."
