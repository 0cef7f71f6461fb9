"""What a press of the button asks for, page by page, and whether it may: all refusals that come before any cost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from billing import quota
from billing.allowance import PAGES, Action, Allowance, allowance
from cardmaker.core.errors import BadInput, Refused
from designs import images, planning
from designs.admission import admit
from designs.calendars import LONGEST_PROMPT, SHORTEST_PROMPT, title_of
from designs.models import Design, Format, Image, Kind, Page, Run
from designs.planning import Wish
from designs.providers.base import ImageProvider, Tier
from designs.providers.registry import image_provider

DEFAULT_COUNT = {Run.Stage.CANDIDATE: 4, Run.Stage.REVISION: 1, Run.Stage.FINAL: 1, Run.Stage.PAGE: 1}
# What can be pressed in a kind: a calendar's pages are drawn once each, everything else goes over candidates.
STAGES = {Kind.CALENDAR.value: (Run.Stage.PAGE, Run.Stage.REVISION, Run.Stage.FINAL)}
OTHER_STAGES = (Run.Stage.CANDIDATE, Run.Stage.REVISION, Run.Stage.FINAL)
ONE_EACH = (Run.Stage.FINAL, Run.Stage.PAGE)  # stages that make one picture for a page
MAX_REVISIONS = 2
SHORTEST_TEXT = 3  # characters from which on a prompt can say something


@dataclass(frozen=True, slots=True)
class Asked:
    """A press of the button, allowed. `redraws`: how many of its pictures change a calendar's page that has one."""

    wishes: list[Wish]
    granted: Allowance
    redraws: int = 0


class NotAllowed(Refused):
    """The allowance says no, or not so many. `details` has its count, reasons and when it resets."""

    code = "not_allowed"


class NothingToDo(Refused):
    """All that this run would make is there already."""

    code = "nothing_to_do"


def instruction_of(stage: str, text: str) -> str:
    if stage != Run.Stage.REVISION:
        return ""
    admitted = admit(text, field="instruction").text
    if len(admitted) < SHORTEST_TEXT:
        raise BadInput.beside("instruction", "Say what should change.")
    return admitted


def wishes_for(
    run: Run, positions: Sequence[str], count: int | None, provider: ImageProvider, *, at: datetime
) -> Asked:
    """What an unsaved Run asks for; fills in its positions and count. Raises BadInput, NotAllowed, NothingToDo."""
    stages = STAGES.get(run.design.kind, OTHER_STAGES)
    if run.stage not in stages:
        raise BadInput.beside("stage", f"One of {', '.join(stages)}.")
    run.positions = _checked(positions, run.design, run.parent, stage=run.stage)
    run.count = DEFAULT_COUNT[Run.Stage(run.stage)] if count is None or run.stage in ONE_EACH else count
    if run.count < 1:
        raise BadInput.beside("count", "At least 1.")
    granted = granted_for(
        run.stage, run.design.kind, account_id=run.account_id, shop_id=run.shop_id, at=at, pages=len(run.positions)
    )
    wishes = MAKERS[Run.Stage(run.stage)](run, provider, granted)
    if run.stage == Run.Stage.PAGE:
        wishes = _in_full(wishes, granted)
    else:
        wishes = _allowed(run, wishes, granted, asked=count is not None)
    return Asked(wishes, granted, _redraws(run, wishes))


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
    stage: str, kind: str, *, account_id: UUID | None, shop_id: UUID, at: datetime, pages: int = PAGES
) -> Allowance:
    """What billing allows now, at this provider's price. `/usage/` and the refusal both ask here."""
    prices = image_provider(settings.IMAGE_PROVIDER).capabilities.prices
    if stage == Run.Stage.PAGE or (stage == Run.Stage.REVISION and kind == Kind.CALENDAR):
        pages = pages if stage == Run.Stage.PAGE else 1
        return _pages_granted(kind, pages, prices, account_id=account_id, shop_id=shop_id, at=at)
    final = stage == Run.Stage.FINAL
    action: Action = "final" if final else "revision" if stage == Run.Stage.REVISION else "candidate"
    unit_micros = prices["final" if final else "draft"]
    return allowance(action, kind, account_id=account_id, shop_id=shop_id, at=at, unit_micros=unit_micros)


def tier_of(granted: Allowance) -> Tier:
    """The quality of a calendar's page: only the lowest rung, or a budget too small for more, makes it a draft."""
    return "draft" if granted.tier == "low" else "final"


def missing_pages(design: Design) -> list[str]:
    """The positions that have no picture yet, in order. Two queries."""
    wanted = design.format.picture_positions if design.format else []
    there = set(design.pages.filter(picks__isnull=False).values_list("position", flat=True))
    return [position for position in wanted if position not in there]


def _pages_granted(
    kind: str, pages: int, prices: Mapping[Tier, int], *, account_id: UUID | None, shop_id: UUID, at: datetime
) -> Allowance:
    """All pages in print quality, else all of them as drafts. Never fewer pages, while there is money for drafts."""

    def ask(unit_micros: int) -> Allowance:
        who: dict[str, Any] = {"account_id": account_id, "shop_id": shop_id, "at": at}
        return allowance("page", kind, unit_micros=unit_micros, pages=pages, **who)

    best = ask(prices["final"])
    if best.tier != "low" and best.count >= pages:
        return best
    simpler = ask(prices["draft"])
    return replace(simpler, tier="low", reasons=simpler.reasons or best.reasons)


def _checked(positions: Sequence[str], design: Design, parent: Image | None, *, stage: str) -> list[str]:
    if design.format is None:
        raise BadInput.beside("format", "Choose a format first.")
    if parent and parent.account_id != design.account_id:
        raise BadInput.beside("parent", "There is no such picture.")
    wanted = list(dict.fromkeys(positions)) or ([parent.position] if parent else [])
    if not wanted and stage == Run.Stage.PAGE:
        raise NothingToDo("Every page has its picture.")
    if not wanted:
        raise BadInput.beside("positions", "Say which pages.")
    for position in wanted:
        if position not in design.format.picture_positions:
            raise BadInput.beside("positions", f"“{position[:40]}” is no page that takes a picture.")
    if len(wanted) > design.format.max_pictures:
        raise BadInput.beside("positions", f"At most {design.format.max_pictures} pages of this format carry pictures.")
    return wanted


def _redraws(run: Run, wishes: list[Wish]) -> int:
    """A page's first picture is part of the calendar; every other one is a change of mind, and those are counted."""
    if run.design.kind != Kind.CALENDAR or run.stage == Run.Stage.FINAL:
        return 0
    drawn = set(run.design.images.filter(position__in=run.positions).values_list("position", flat=True))
    return sum(wish.count for wish in wishes if wish.position in drawn)


def _candidates(run: Run, provider: ImageProvider, granted: Allowance) -> list[Wish]:
    design_format = _format(run)
    pages = _pages(run.design, run.positions)
    for page in pages:
        if len(page.prompt.strip()) < SHORTEST_TEXT:
            title = design_format.entry(page.position)["title"]
            raise BadInput.beside("prompt", f"{title}: say in a few words what the picture should show.")
    photos = _photos(run)
    return [planning.candidate_wish(run, page, design_format, provider.capabilities, photos=photos) for page in pages]


def _photos(run: Run) -> list[str]:
    """The Photos that its Design starts from, in their order. One query."""
    uses = run.design.uses.filter(photo__account_id=run.account_id).order_by("rank", "pk")
    return [str(pk) for pk in uses.values_list("photo", flat=True)]


def _page_wishes(run: Run, provider: ImageProvider, granted: Allowance) -> list[Wish]:
    pages = _pages(run.design, run.positions)
    _check_prompts(pages, run.design)
    photos = _photos(run)
    tier = tier_of(granted)
    return [planning.page_wish(run, page, provider.capabilities, tier=tier, photos=photos) for page in pages]


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


def _revision(run: Run, provider: ImageProvider, granted: Allowance) -> list[Wish]:
    if run.parent is None:
        raise BadInput.beside("parent", "Say which picture should change.")
    if len(run.positions) > 1:
        raise BadInput.beside("positions", "One picture is changed at a time.")
    if run.count > MAX_REVISIONS:
        raise BadInput.beside("count", f"At most {MAX_REVISIONS} versions at a time.")
    tier = tier_of(granted) if run.design.kind == Kind.CALENDAR else "draft"
    return [planning.revision_wish(run, run.parent, provider.capabilities, tier=tier)]


def _finals(run: Run, provider: ImageProvider, granted: Allowance) -> list[Wish]:
    """One for each page whose picked picture has no final yet; the others are left out."""
    design_format, wishes = _format(run), []
    for page in _pages(run.design, run.positions):
        if not page.picked:
            raise BadInput.beside("picks", f"{design_format.entry(page.position)['title']}: pick a picture first.")
        for pick in page.picked:
            if images.printable(pick.image).tier == Image.Tier.DRAFT:
                wishes.append(planning.final_wish(run, page, pick.image, design_format, provider.capabilities))
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
    """All pages or none: a calendar with holes helps nobody."""
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


MAKERS: dict[Run.Stage, Callable[[Run, ImageProvider, Allowance], list[Wish]]] = {
    Run.Stage.CANDIDATE: _candidates,
    Run.Stage.REVISION: _revision,
    Run.Stage.FINAL: _finals,
    Run.Stage.PAGE: _page_wishes,
}
