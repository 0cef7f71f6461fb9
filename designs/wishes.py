"""What a press of the button asks for, page by page, and whether it may: all refusals that come before any cost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from billing.allowance import Action, Allowance, allowance
from cardmaker.core.errors import BadInput, Refused
from designs import images, planning
from designs.admission import admit
from designs.models import Design, Format, Image, Page, Run
from designs.planning import Wish
from designs.providers.base import ImageProvider
from designs.providers.registry import image_provider

DEFAULT_COUNT = {Run.Stage.CANDIDATE: 4, Run.Stage.REVISION: 1, Run.Stage.FINAL: 1}
MAX_REVISIONS = 2
SHORTEST_TEXT = 3  # characters from which on a prompt can say something


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
) -> list[Wish]:
    """What an unsaved Run asks for; fills in its positions and count. Raises BadInput, NotAllowed, NothingToDo."""
    makers = {
        Run.Stage.CANDIDATE.value: _candidates,
        Run.Stage.REVISION.value: _revision,
        Run.Stage.FINAL.value: _finals,
    }
    if run.stage not in makers:
        raise BadInput.beside("stage", f"One of {', '.join(makers)}.")
    run.positions = _checked(positions, run.design, run.parent)
    run.count = DEFAULT_COUNT[Run.Stage(run.stage)] if count is None or run.stage == Run.Stage.FINAL else count
    if run.count < 1:
        raise BadInput.beside("count", "At least 1.")
    wishes = makers[run.stage](run, provider)
    return _allowed(run, wishes, asked=count is not None, at=at)


def granted_for(stage: str, kind: str, *, account_id: UUID | None, shop_id: UUID, at: datetime) -> Allowance:
    """What billing allows now, at this provider's price. `/usage/` and the refusal both ask here."""
    final = stage == Run.Stage.FINAL
    prices = image_provider(settings.IMAGE_PROVIDER).capabilities.prices
    action: Action = "final" if final else "revision" if stage == Run.Stage.REVISION else "candidate"
    unit_micros = prices["final" if final else "draft"]
    return allowance(action, kind, account_id=account_id, shop_id=shop_id, at=at, unit_micros=unit_micros)


def _checked(positions: Sequence[str], design: Design, parent: Image | None) -> list[str]:
    if design.format is None:
        raise BadInput.beside("format", "Choose a format first.")
    if parent and parent.account_id != design.account_id:
        raise BadInput.beside("parent", "There is no such picture.")
    wanted = list(dict.fromkeys(positions)) or ([parent.position] if parent else [])
    if not wanted:
        raise BadInput.beside("positions", "Say which pages.")
    for position in wanted:
        if position not in design.format.picture_positions:
            raise BadInput.beside("positions", f"“{position[:40]}” is no page that takes a picture.")
    if len(wanted) > design.format.max_pictures:
        raise BadInput.beside("positions", f"At most {design.format.max_pictures} pages of this format carry pictures.")
    return wanted


def _candidates(run: Run, provider: ImageProvider) -> list[Wish]:
    design_format = _format(run)
    pages = _pages(run.design, run.positions)
    for page in pages:
        if len(page.prompt.strip()) < SHORTEST_TEXT:
            title = design_format.entry(page.position)["title"]
            raise BadInput.beside("prompt", f"{title}: say in a few words what the picture should show.")
    return [planning.candidate_wish(run, page, design_format, provider.capabilities) for page in pages]


def _revision(run: Run, provider: ImageProvider) -> list[Wish]:
    if run.parent is None:
        raise BadInput.beside("parent", "Say which picture should change.")
    if len(run.positions) > 1:
        raise BadInput.beside("positions", "One picture is changed at a time.")
    if run.count > MAX_REVISIONS:
        raise BadInput.beside("count", f"At most {MAX_REVISIONS} versions at a time.")
    return [planning.revision_wish(run, run.parent, provider.capabilities)]


def _finals(run: Run, provider: ImageProvider) -> list[Wish]:
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


def _allowed(run: Run, wishes: list[Wish], *, asked: bool, at: datetime) -> list[Wish]:
    """The wishes as far as the allowance goes: an explicit count is refused rather than shortened."""
    granted = granted_for(run.stage, run.design.kind, account_id=run.account_id, shop_id=run.shop_id, at=at)
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
