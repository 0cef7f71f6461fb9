"""What a press of the button asks for, page by page, and whether it may: all refusals that come before any cost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from billing import quota
from billing.allowance import BEGINNING, PAGES, WEEK, Action, Allowance, Visitor, allowance, begin
from cardmaker.core.errors import BadInput, Refused
from designs.making import images, planning, routing
from designs.making.planning import Wish
from designs.making.routing import Lineup
from designs.models import Call, Design, Format, Image, Kind, Page, Run
from designs.products.brands import own_brands_in
from designs.providers.base import Tier
from designs.screening import names
from designs.screening.admission import Admitted, Inadmissible, admit
from designs.screening.pictures import withheld_message
from designs.screening.rules import PROMPT
from designs.screening.text import judge
from designs.screening.verdict import Concern
from designs.year.calendars import LONGEST_PROMPT, SHORTEST_PROMPT, title_of

DEFAULT_COUNT = {Run.Stage.CANDIDATE: 4, Run.Stage.REVISION: 1, Run.Stage.FINAL: 1, Run.Stage.PAGE: 1}
# What can be pressed in a kind: a calendar's pages and a product's shots are drawn once each, everything else goes over
# candidates.
ONCE_EACH = (Run.Stage.PAGE, Run.Stage.REVISION, Run.Stage.FINAL)
STAGES = {Kind.CALENDAR.value: ONCE_EACH, Kind.PRODUCT_IMAGE.value: ONCE_EACH}
OTHER_STAGES = (Run.Stage.CANDIDATE, Run.Stage.REVISION, Run.Stage.FINAL)
ONE_EACH = (Run.Stage.FINAL, Run.Stage.PAGE)  # stages that make one picture for a page
MAX_REVISIONS = 2
SHORTEST_TEXT = 3  # characters from which on a prompt can say something


@dataclass(frozen=True, slots=True)
class Asked:
    """A press of the button, allowed. `redraws`: how many of its pictures change a calendar's page that has one.

    `concerns`: what in its texts a person should judge meanwhile. `begins`: whether its Design is begun by it.
    `told`: what was changed in its texts, in sentences.
    """

    wishes: list[Wish]
    granted: Allowance
    redraws: int = 0
    concerns: tuple[Concern, ...] = ()
    begins: bool = False
    told: tuple[str, ...] = ()


class NotAllowed(Refused):
    """The allowance says no, or not so many. `details` has its count, reasons and when it resets."""

    code = "not_allowed"


class NothingToDo(Refused):
    """All that this run would make is there already."""

    code = "nothing_to_do"


def instruction_of(stage: str, text: str, own: Sequence[str] = ()) -> Admitted:
    """What should change, as it may be used. `own`: brands it may name. Raises BadInput beside `instruction`."""
    if stage != Run.Stage.REVISION:
        return Admitted("", [])
    admitted = admit(text, field="instruction", own=own)
    if len(admitted.text) < SHORTEST_TEXT:
        raise BadInput.beside("instruction", "Say what should change.")
    return admitted


def wishes_for(run: Run, positions: Sequence[str], count: int | None, lineup: Lineup, *, at: datetime) -> Asked:
    """What an unsaved Run asks for; fills in its positions and count. Raises BadInput, NotAllowed, NothingToDo."""
    stages = STAGES.get(run.design.kind, OTHER_STAGES)
    if run.stage not in stages:
        raise BadInput.beside("stage", f"One of {', '.join(stages)}.")
    run.positions = _checked(positions, run.design, run.parent, stage=run.stage)
    run.count = DEFAULT_COUNT[Run.Stage(run.stage)] if count is None or run.stage in ONE_EACH else count
    if run.count < 1:
        raise BadInput.beside("count", "At least 1.")
    begins = run.stage in BEGINNING and not begun(run.design)
    granted = granted_for(
        run.stage, run.design.kind, account_id=run.account_id, shop_id=run.shop_id, at=at, pages=len(run.positions),
        lineup=lineup, begins=begins,
    )  # fmt: skip
    if count is None and run.stage == Run.Stage.CANDIDATE:
        run.count = max(granted.count, 1)  # what the button said
    wishes = MAKERS[Run.Stage(run.stage)](run, lineup, granted)
    if run.stage == Run.Stage.PAGE:
        wishes = _in_full(wishes, granted)
    else:
        wishes = _allowed(run, wishes, granted, asked=count is not None)
    screened, concerns, told = _screened(wishes, own_brands_in(run.design))
    return Asked(screened, granted, _redraws(run, screened), concerns, begins, told)


def begun(design: Design) -> bool:
    """Whether the Design has had a Run that designs begin with. One query."""
    return design.runs.filter(stage__in=BEGINNING).exists()


def take_turns(run: Run, asked: Asked, *, at: datetime) -> None:
    """Count a Design that is begun, and refuse one run too many for a page, behind the lock on its Design.

    Of two presses at once the second one sees the first. Raises NotAllowed.
    """
    _check_page_runs(run, asked.granted)
    if not asked.begins or run.design.runs.filter(stage__in=BEGINNING).exclude(pk=run.pk).exists():
        return
    try:
        begin(run.design.kind, asked.granted, account_id=run.account_id, at=at)
    except quota.QuotaSpent as exc:
        raise NotAllowed(WEEK, details={**_facts(asked.granted), **exc.details}) from exc


def _check_page_runs(run: Run, granted: Allowance) -> None:
    """Runs that made nothing do not count."""
    if granted.page_runs is None or run.stage != Run.Stage.CANDIDATE:
        return
    others = Call.objects.filter(run__design=run.design_id, run__stage=run.stage, position__in=run.positions)
    counted = others.exclude(run=run.pk).exclude(outcome=Call.Outcome.FAILED).values("position")
    drawn = counted.annotate(runs=Count("run", distinct=True)).filter(runs__gte=granted.page_runs)
    if drawn.exists():
        times = "once" if granted.page_runs == 1 else f"{granted.page_runs} times"
        message = f"New pictures for one page are made {times} just now. You can still change one you have."
        raise NotAllowed(_because(granted, message), details=_facts(granted))


def take_redraws(run: Run, asked: Asked, *, at: datetime) -> None:
    """Count pages of a calendar that are drawn again, inside the transaction that starts the Run. Raises NotAllowed."""
    if not asked.redraws:
        return
    limit = asked.granted.redraws
    try:
        quota.use(f"design:{run.design_id}", "redraw", "day", limit=limit, amount=asked.redraws, at=at)
    except quota.QuotaSpent as exc:
        message = f"Pages of this calendar can be drawn again {limit} times a day. Tomorrow there is more."
        raise NotAllowed(_because(asked.granted, message), details={**_facts(asked.granted), **exc.details}) from exc


def granted_for(
    stage: str,
    kind: str,
    *,
    account_id: UUID | None,
    shop_id: UUID,
    at: datetime,
    pages: int = PAGES,
    lineup: Lineup | None = None,
    visitor: Visitor | None = None,
    begins: bool = True,
) -> Allowance:
    """What billing allows now, at the dearest price of who may draw it. `/usage/` and the refusal both ask here."""
    lineup = lineup or routing.lineup(kind, stage, at=at)
    who: dict[str, Any] = {
        "account_id": account_id, "shop_id": shop_id, "at": at, "visitor": visitor, "begins": begins,
    }  # fmt: skip
    if stage == Run.Stage.PAGE and kind == Kind.PRODUCT_IMAGE:
        # Shots are drafts to choose from: the ladder lowers their number, as it does for candidates.
        return allowance("candidate", kind, unit_micros=lineup.unit_micros("draft"), **who)
    if stage == Run.Stage.PAGE or (stage == Run.Stage.REVISION and kind == Kind.CALENDAR):
        pages = pages if stage == Run.Stage.PAGE else 1
        begins = begins and stage == Run.Stage.PAGE
        return _pages_granted(kind, pages, lineup, {**who, "begins": begins})
    final = stage == Run.Stage.FINAL
    action: Action = "final" if final else "revision" if stage == Run.Stage.REVISION else "candidate"
    unit_micros = lineup.unit_micros("final" if final else "draft")
    return allowance(action, kind, unit_micros=unit_micros, **who)


def tier_of(granted: Allowance) -> Tier:
    """The quality of a calendar's page: only the lowest rung, or a budget too small for more, makes it a draft."""
    return "draft" if granted.tier == "low" else "final"


def missing_pages(design: Design) -> list[str]:
    """The positions that have no picture yet, in order. Two queries."""
    if design.kind == Kind.PRODUCT_IMAGE:
        drawn = design.images.values("position")
        return list(design.pages.exclude(position__in=drawn).order_by("position").values_list("position", flat=True))
    wanted = design.format.picture_positions if design.format else []
    there = set(design.pages.filter(picks__isnull=False).values_list("position", flat=True))
    return [position for position in wanted if position not in there]


def _pages_granted(kind: str, pages: int, lineup: Lineup, who: dict[str, Any]) -> Allowance:
    """All pages in print quality, else all of them as drafts. Never fewer pages, while there is money for drafts."""

    def ask(tier: Tier) -> Allowance:
        return allowance("page", kind, unit_micros=lineup.unit_micros(tier), pages=pages, **who)

    best = ask("final")
    if best.tier != "low" and best.count >= pages:
        return best
    simpler = ask("draft")
    return replace(simpler, tier="low", reasons=simpler.reasons or best.reasons)


def _checked(positions: Sequence[str], design: Design, parent: Image | None, *, stage: str) -> list[str]:
    if design.format is None:
        raise BadInput.beside("format", "Choose a format first.")
    if parent and parent.account_id != design.account_id:
        raise BadInput.beside("parent", "There is no such picture.")
    wanted = list(dict.fromkeys(positions)) or ([parent.position] if parent else [])
    if not wanted and stage == Run.Stage.PAGE:
        pieces = "shot" if design.kind == Kind.PRODUCT_IMAGE else "page"
        raise NothingToDo(f"Every {pieces} has its picture.")
    if not wanted:
        raise BadInput.beside("positions", "Say which pages.")
    for position in wanted:
        if position not in design.format.picture_positions:
            raise BadInput.beside("positions", f"“{position[:40]}” is no page that takes a picture.")
    if len(wanted) > design.format.max_pictures:
        raise BadInput.beside("positions", f"At most {design.format.max_pictures} pages of this format carry pictures.")
    return wanted


def _screened(wishes: list[Wish], own: Sequence[str]) -> tuple[list[Wish], tuple[Concern, ...], tuple[str, ...]]:
    """Every prompt judged as it is used: ops may have added names since it was written. Raises Inadmissible."""
    known, screened, concerns, told = names.current(), [], [], []
    for wish in wishes:
        verdict, instruction = judge(wish.prompt, PROMPT, known, own), judge(wish.instruction, PROMPT, known, own)
        refusal = verdict.refusal or instruction.refusal
        if refusal:
            raise Inadmissible("prompt" if verdict.refusal else "instruction", refusal.reason, refusal.message)
        screened.append(replace(wish, prompt=verdict.text, instruction=instruction.text))
        concerns += [*verdict.concerns, *instruction.concerns]
        told += [*verdict.told, *instruction.told]
    return screened, tuple(dict.fromkeys(concerns)), tuple(dict.fromkeys(told))


def _redraws(run: Run, wishes: list[Wish]) -> int:
    """A page's first picture is part of the calendar; every other one is a change of mind, and those are counted."""
    if run.design.kind != Kind.CALENDAR or run.stage == Run.Stage.FINAL:
        return 0
    drawn = set(run.design.images.filter(position__in=run.positions).values_list("position", flat=True))
    return sum(wish.count for wish in wishes if wish.position in drawn)


def _candidates(run: Run, lineup: Lineup, granted: Allowance) -> list[Wish]:
    design_format = _format(run)
    pages = _pages(run.design, run.positions)
    for page in pages:
        if len(page.prompt.strip()) < SHORTEST_TEXT:
            title = design_format.entry(page.position)["title"]
            raise BadInput.beside("prompt", f"{title}: say in a few words what the picture should show.")
    photos, capabilities = _photos(run), lineup.first("draft").provider.capabilities
    return [planning.candidate_wish(run, page, design_format, capabilities, photos=photos) for page in pages]


def _photos(run: Run) -> list[str]:
    """The Photos that its Design starts from, in their order. One query."""
    uses = run.design.uses.filter(photo__account_id=run.account_id, photo__withheld="").order_by("rank", "pk")
    return [str(pk) for pk in uses.values_list("photo", flat=True)]


def _page_wishes(run: Run, lineup: Lineup, granted: Allowance) -> list[Wish]:
    if run.design.kind == Kind.PRODUCT_IMAGE:
        return _candidates(run, lineup, granted)
    pages = _pages(run.design, run.positions)
    _check_prompts(pages, run.design)
    photos = _photos(run)
    tier = tier_of(granted)
    capabilities = lineup.first(tier).provider.capabilities
    return [planning.page_wish(run, page, capabilities, tier=tier, photos=photos) for page in pages]


def _check_prompts(pages: list[Page], design: Design) -> None:
    """Every page that cannot be drawn is named at once: under its own position, and all of them under `prompt`."""
    assert design.format is not None
    wrong: dict[str, str] = {}
    for page in pages:
        length = len(page.prompt.strip())
        if not SHORTEST_PROMPT <= length <= LONGEST_PROMPT:
            otherwise = design.format.entry(page.position)["title"]
            title = title_of(page.position, design.calendar, otherwise=otherwise)
            wrong[page.position] = (
                f"{title}: say what the picture should show in {SHORTEST_PROMPT} to {LONGEST_PROMPT} characters; "
                + (f"this has {length}." if length else "there is nothing yet.")
            )
    if wrong:
        told = list(wrong.values())
        details = {"prompt": told, **{position: [message] for position, message in wrong.items()}}
        raise BadInput(told[0], details=details)


def _revision(run: Run, lineup: Lineup, granted: Allowance) -> list[Wish]:
    if run.parent is None:
        raise BadInput.beside("parent", "Say which picture should change.")
    if run.parent.withheld:
        raise BadInput.beside("parent", withheld_message(run.parent.withheld))
    if len(run.positions) > 1:
        raise BadInput.beside("positions", "One picture is changed at a time.")
    if run.count > MAX_REVISIONS:
        raise BadInput.beside("count", f"At most {MAX_REVISIONS} versions at a time.")
    tier: Tier = tier_of(granted) if run.design.kind == Kind.CALENDAR else "draft"
    capabilities = lineup.of(run.parent.provider).first(tier).provider.capabilities
    return [planning.revision_wish(run, run.parent, capabilities, tier=tier)]


def _finals(run: Run, lineup: Lineup, granted: Allowance) -> list[Wish]:
    """One for each page whose picked picture has no final yet; the others are left out."""
    design_format, wishes = _format(run), []
    for page in _pages(run.design, run.positions):
        if not page.picked:
            raise BadInput.beside("picks", f"{design_format.entry(page.position)['title']}: pick a picture first.")
        for pick in page.picked:
            if pick.image.withheld:
                raise BadInput.beside("picks", withheld_message(pick.image.withheld))
            if images.printable(pick.image).tier == Image.Tier.DRAFT:
                capabilities = lineup.of(pick.image.provider).first("final").provider.capabilities
                wishes.append(planning.final_wish(run, page, pick.image, design_format, capabilities))
    if not wishes:
        raise NothingToDo("These pictures are ready for print already.")
    return wishes


def _format(run: Run) -> Format:
    assert run.design.format is not None  # _checked refused
    return run.design.format


def _pages(design: Design, positions: Sequence[str]) -> list[Page]:
    """The pages in the order of `positions`, with styles, picks and finals. Four queries."""
    found = design.pages.filter(position__in=positions).select_related("style")
    pages = {page.position: page for page in found.prefetch_related("picks__image__call", "picks__image__finals")}
    return [pages[position] for position in positions if position in pages]


def _in_full(wishes: list[Wish], granted: Allowance) -> list[Wish]:
    """All pages or none: a calendar with holes helps nobody, and a plan was agreed to with its price."""
    if len(wishes) > granted.count > 0 and wishes[0].purpose == Kind.PRODUCT_IMAGE:
        message = f"At most {granted.count} shots at a time, and these are {len(wishes)}."
        raise NotAllowed(_because(granted, message), details=_facts(granted))
    if len(wishes) > granted.count:
        raise NotAllowed(_because(granted, "There is not enough left to draw these pages."), details=_facts(granted))
    return wishes


def _allowed(run: Run, wishes: list[Wish], granted: Allowance, *, asked: bool) -> list[Wish]:
    """The wishes as far as the allowance goes: an explicit count is refused rather than shortened."""
    if not granted.allowed:
        raise NotAllowed(_because(granted, "This is not possible just now."), details=_facts(granted))
    final = run.stage == Run.Stage.FINAL
    if (len(wishes) if final else run.count) <= granted.count:
        return wishes
    if asked or final:
        pictures = "1 picture" if granted.count == 1 else f"{granted.count} pictures"
        raise NotAllowed(_because(granted, f"At most {pictures} at a time."), details=_facts(granted))
    run.count = granted.count
    return [replace(wish, count=granted.count) for wish in wishes]


def _because(granted: Allowance, message: str) -> str:
    return " ".join([message, *map(str, granted.reasons)])


def _facts(granted: Allowance) -> dict[str, Any]:
    resets_at = granted.resets_at.isoformat() if granted.resets_at else None
    return {"count": granted.count, "reasons": list(map(str, granted.reasons)), "resets_at": resets_at}


MAKERS: dict[Run.Stage, Callable[[Run, Lineup, Allowance], list[Wish]]] = {
    Run.Stage.CANDIDATE: _candidates,
    Run.Stage.REVISION: _revision,
    Run.Stage.FINAL: _finals,
    Run.Stage.PAGE: _page_wishes,
}
