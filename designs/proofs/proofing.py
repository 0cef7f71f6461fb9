"""The proof is the print file: a Design frozen, drawn at a supplier's exact pixels, checked, never changed again."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from billing import workload
from cardmaker.core import crash, events, jobs, storage
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import Later
from designs.imaging.checks import preflight
from designs.imaging.compose import PageSpec, RenderedPage, render_page
from designs.imaging.encode import PRINT_DPI, print_jpeg
from designs.imaging.lettering import BadLettering, TooLong, Undrawable
from designs.imaging.pictures import UnreadablePicture
from designs.imaging.preview import confirmation_preview
from designs.models import Design, Format, Image, PrintFile, PrintSpec, Proof
from designs.proofs import composing
from designs.proofs.composing import PageContent
from designs.screening import flags, names
from designs.screening.admission import Inadmissible
from designs.screening.pictures import withheld_message
from designs.screening.rules import WORDS
from designs.screening.text import judge
from designs.screening.verdict import Concern, Verdict

RENDER = "designs.render_proof"
PREVIEW_PX = 1000
COVER = ("front", "cover")  # the first page of a piece is never printed without its picture
OUR_FAULT = "Something went wrong on our side. Please try again."


class Unprintable(Refused):
    """A page cannot be drawn as a print file; the message names the page."""

    code = "unprintable"


class PositionsDiffer(Refused):
    """The supplier's spaces are not the pages of this Format: a mistake in the catalog, not in the design."""

    code = "positions_differ"


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page as stored: everything its PrintFile will say, and its warnings."""

    position: str
    file: str
    preview_file: str
    sha256: str
    size_bytes: int
    width_px: int
    height_px: int
    effective_dpi: int | None
    warnings: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A Design as it was when its proof was asked for: `snapshot` is all that the print files are drawn from."""

    design: Design
    format: Format
    print_spec: PrintSpec
    country: str
    snapshot: dict[str, Any]
    concerns: tuple[Concern, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        names = ("format", "print_spec", "country", "snapshot")
        return {name: getattr(self, name) for name in names}


def freeze(design: Design, *, format: Format, print_spec: PrintSpec, country: str, draws_grid: bool = False) -> Frozen:
    """The Design as it is now. Outside any transaction: a picture that nobody has looked at yet is looked at here.

    `draws_grid`: the supplier prints its own calendar grid, so the files are the pictures alone.
    Raises BadInput beside `picks` when the cover has no picture or too many pages have one, PositionsDiffer, and
    NotLookedAt when no crop can be found.
    """
    if set(print_spec.position_names) != set(format.position_names) or len(print_spec.positions) != len(
        format.positions
    ):
        raise PositionsDiffer(f"{print_spec.item_code} does not print the pages of {format.title}.")
    areas = {spec["position"]: composing.print_area(format, spec) for spec in print_spec.positions}
    pages = composing.contents(design, format, areas.__getitem__, draws_grid=draws_grid)
    _check_picks(pages, format)
    snapshot: dict[str, Any] = {"format": format.code, "pages": [page.stored() for page in pages]}
    if design.calendar:
        # Its months belong to the proof even where the supplier prints the grid: another year is another proof.
        snapshot["calendar"] = design.calendar
    return Frozen(design, format, print_spec, country.upper(), snapshot, _concerns(pages, design))


def request_proof(frozen: Frozen, *, at: datetime) -> Proof:
    """Queue the drawing of the print files, unless that proof is there already.

    Raises QuotaSpent for more proofs than one account asks for in a day.
    """
    with transaction.atomic():
        # Two presses at once must not draw the same files twice: the second one waits and finds the first one's proof.
        design = Design.objects.select_for_update().get(pk=frozen.design.pk)
        return _same_proof(design, frozen.columns) or _queue(design, frozen, at=at)


def render_proof(proof_id: str) -> Later | None:
    """The job behind a proof. A worker killed at any point leaves nothing behind: the same bytes are drawn again."""
    proof = Proof.objects.select_related("format", "print_spec").get(pk=proof_id)
    if proof.state != Proof.State.RENDERING:
        return None
    try:
        pages = draw(proof)
    except Unprintable as exc:
        _fail(proof_id, exc.message)
        return None
    crash.point("designs.proof.drawn")
    finish(proof, pages, at=timezone.now())
    return None


def abandon(proof_id: str, error: str) -> None:
    """The job behind a proof is stuck."""
    _fail(proof_id, OUR_FAULT)


def draw(proof: Proof) -> list[DrawnPage]:
    """Draw, check and store every print file. Outside any transaction; the same proof gives the same bytes."""
    pages = {page["position"]: PageContent.parse(page) for page in proof.snapshot["pages"]}
    images = composing.images_of(list(pages.values()))
    design_format = proof.format  # read here: drawing makes no queries

    def draw_one(spec: dict[str, Any]) -> DrawnPage:
        return _draw_page(design_format, spec, pages[spec["position"]], images)

    return composing.side_by_side(draw_one, proof.print_spec.positions)


def finish(proof: Proof, pages: Sequence[DrawnPage], *, at: datetime) -> None:
    """Write files, digest and warnings in one transaction: from here on the database lets nothing change."""
    dpis = [page.effective_dpi for page in pages if page.effective_dpi is not None]
    digest = digest_of((page.position, page.sha256) for page in pages)
    warnings = [warning for page in pages for warning in page.warnings]
    with transaction.atomic():
        # Pictures before the proof, as judging locks them. One that was withheld since it was drawn hides the pages.
        withheld = flags.withheld_on(proof)
        # The lock lets only one of two workers write; the other finds the proof ready.
        locked = Proof.objects.select_for_update().get(pk=proof.pk)
        if locked.state == Proof.State.RENDERING:
            PrintFile.objects.bulk_create(_print_file(proof, page) for page in pages)
            locked.state, locked.ready_at, locked.digest = Proof.State.READY, at, digest
            locked.warnings, locked.min_dpi, locked.withheld = warnings, min(dpis, default=None), withheld
            locked.save(update_fields=["state", "ready_at", "digest", "warnings", "min_dpi", "withheld"])
            facts = {"format": proof.format_id, "min_dpi": locked.min_dpi}
            events.record("proof", at=at, account_id=proof.account_id, shop_id=proof.shop_id, subject=proof.pk, **facts)
    proof.refresh_from_db()


def digest_of(files: Iterable[tuple[str, str]]) -> str:
    """One digest for a set of (position, SHA-256): that of the lines "position:sha256\\n", sorted by position."""
    lines = "".join(f"{position}:{sha256}\n" for position, sha256 in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def _same_proof(design: Design, wanted: dict[str, Any]) -> Proof | None:
    """The newest proof of exactly this, unless its drawing failed or its files were purged."""
    asked = design.proofs.filter(**wanted, account_id=design.account_id, state__in=["rendering", "ready"])
    return asked.exclude(files__file="").order_by("-created_at", "-pk").first()


def _concerns(pages: Iterable[PageContent], design: Design) -> tuple[Concern, ...]:
    """What is printed, judged once more as it is used. Raises Inadmissible."""
    known = names.current()
    found: list[Concern] = []
    for words in [*(page.words for page in pages), *(date["label"] for date in design.calendar.get("dates", ()))]:
        verdict = judge(words, WORDS, known) if words else Verdict("")
        if verdict.refusal:
            raise Inadmissible("words", verdict.refusal.reason, verdict.refusal.message)
        found += verdict.concerns
    return tuple(dict.fromkeys(found))


def _queue(design: Design, frozen: Frozen, *, at: datetime) -> Proof:
    workload.take_on("proof", design.account_id, at=at)
    owner = {"account_id": design.account_id, "shop_id": design.shop_id}
    proof = Proof.objects.create(created_at=at, design=design, **owner, **frozen.columns)
    flags.look_at_proof(proof, frozen.concerns, at=at)
    jobs.enqueue(RENDER, proof.pk, account_id=proof.account_id, at=at)
    return proof


def _check_picks(pages: list[PageContent], design_format: Format) -> None:
    shown = [page.position for page in pages if page.image]
    for page in pages:
        if page.position in COVER and not page.image:
            raise BadInput.beside("picks", "Pick a picture for the front first.")
    if len(shown) > design_format.max_pictures:
        most = design_format.max_pictures
        raise BadInput.beside("picks", f"At most {most} pages of this format carry pictures; {len(shown)} have one.")


def _draw_page(
    design_format: Format, spec: dict[str, Any], content: PageContent, images: dict[str, Image]
) -> DrawnPage:
    image = images.get(content.image or "")
    area = composing.print_area(design_format, spec)
    hangs = composing.hangs(design_format)
    page_spec = composing.page_spec(area, content, _art(content, image), wire_at_top=hangs)
    rendered = _render(design_format, content, page_spec)
    data = print_jpeg(rendered.pixels)
    blank = _check(design_format, content, data, area.width_px, area.height_px)
    print_dpi = float(spec.get("dpi") or PRINT_DPI)
    picture = content.picture_area(area)
    dpi = composing.dpi_on(image, picture, content.focus, print_dpi=print_dpi) if image else None
    warnings = composing.warnings_of(content, image=image, dpi=dpi, rendered=rendered, blank=blank)
    return DrawnPage(
        position=content.position,
        file=storage.put(data, "jpg"),
        preview_file=storage.put(confirmation_preview(data, max_px=PREVIEW_PX), "jpg"),
        sha256=storage.sha256(data),
        size_bytes=len(data),
        width_px=area.width_px,
        height_px=area.height_px,
        effective_dpi=dpi,
        warnings=tuple(warnings),
    )


def _art(content: PageContent, image: Image | None) -> bytes | None:
    if content.image is None:
        return None
    if image is None:
        raise Unprintable("A picture of this design has been deleted.")
    if image.withheld:
        raise Unprintable(withheld_message(image.withheld))
    return storage.read(image.file)


def _render(design_format: Format, content: PageContent, spec: PageSpec) -> RenderedPage:
    title = design_format.entry(content.position)["title"]
    try:
        return render_page(spec)
    except (TooLong, Undrawable, BadLettering) as exc:
        raise Unprintable(f"{title}: {exc}") from exc
    except UnreadablePicture as exc:
        raise Unprintable(f"{title}: the picture cannot be read.") from exc


def _check(design_format: Format, content: PageContent, data: bytes, width_px: int, height_px: int) -> bool:
    """Preflight on the very bytes. Answers whether the page is empty: that is for the person to judge."""
    found = preflight(data, width_px=width_px, height_px=height_px, picture_expected=True)
    problems = [problem for problem in found if problem.code != "blank"]
    if problems:
        title = design_format.entry(content.position)["title"]
        raise Unprintable(f"{title}: {'; '.join(problem.message for problem in problems)}")
    return len(found) > 0


def _print_file(proof: Proof, page: DrawnPage) -> PrintFile:
    return PrintFile(
        proof=proof,
        position=page.position,
        file=page.file,
        preview_file=page.preview_file,
        sha256=page.sha256,
        size_bytes=page.size_bytes,
        width_px=page.width_px,
        height_px=page.height_px,
        effective_dpi=page.effective_dpi,
    )


def _fail(proof_id: str, message: str) -> None:
    rendering = Proof.objects.filter(pk=proof_id, state=Proof.State.RENDERING)
    rendering.update(state=Proof.State.FAILED, error=message[:400])
