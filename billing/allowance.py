"""What an account may have made now, at what price, and why it is less than usual.

The button in the studio, `/usage/` and the enforcement all ask here, so they cannot disagree.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from billing import caps, periods
from billing.caps import Payer
from billing.models import Budget, Guardrails, Rung

Action = Literal["candidate", "revision", "final", "page"]
ONE_RUNG = Rung(percent=0, candidates=4, finals=4, tier=Rung.Tier.HIGH, extra_run=True)  # where ops set no ladder
STOPPED = "Making pictures is paused for the moment."
PAGES = 13  # of one calendar: a number that no rung lowers
SHORT = "Your budget for this month allows fewer than usual."
EXHAUSTED = "This month's budget for pictures is used up."
BUSY = "Many pictures were made this month, so each person gets fewer or simpler ones."


@dataclass(frozen=True, slots=True)
class Allowance:
    """`count` pictures of quality `tier` for `price_micros` in all. `reasons`: sentences, empty when as usual.

    `redraws`: how many pages of one calendar may be drawn again in a day. A calendar has no candidates: on its rungs
    their number says this.
    """

    count: int
    tier: str
    price_micros: int
    reasons: tuple[str, ...]
    resets_at: datetime | None
    allowed: bool
    extra_run: bool = True
    redraws: int = 0


def allowance(
    action: Action,
    kind: str,
    *,
    account_id: UUID | None,
    shop_id: UUID,
    at: datetime,
    unit_micros: int | None = None,
    pages: int = PAGES,
) -> Allowance:
    """What is allowed now; writes nothing. `account_id` None: a visitor who has made nothing yet.

    `unit_micros`: the provider's worst-case price of one; without it the guardrails' price. `pages`: how many a page
    run is about; the ladder lowers their tier, and only an empty budget their number.
    """
    limits = Guardrails.current()
    budgets = caps.foreseen(Payer("ai", account_id, shop_id), limits, at=at)
    usual, rung = _rungs(kind, _percent(budgets[-1]))
    unit = _price(action, limits) if unit_micros is None else unit_micros
    wanted = _count(action, rung, pages)
    tightest = min(budgets, key=lambda row: _affordable(row, unit, wanted))
    count = 0 if limits.paid_calls_stopped else _affordable(tightest, unit, wanted)
    return Allowance(
        count=count,
        tier=rung.tier,
        price_micros=unit * count,
        reasons=_reasons(limits, count, wanted, tightened=rung is not usual),
        resets_at=None if count == _count(action, usual, pages) else _resets_at(tightest),
        allowed=count > 0,
        extra_run=rung.extra_run,
        redraws=rung.candidates,
    )


def _percent(platform: Budget) -> int:
    """How much of the platform's cap is committed, in whole percent; 0 without a cap."""
    return platform.committed_micros * 100 // platform.cap_micros if platform.cap_micros else 0


def _rungs(kind: str, percent: int) -> tuple[Rung, Rung]:
    """The usual rung and the one that holds now. A kind with rungs of its own does not look at the common ones."""
    rungs = list(Rung.objects.filter(kind__in=[kind, ""]).order_by("percent"))
    own = [rung for rung in rungs if rung.kind == kind] or rungs or [ONE_RUNG]
    return own[0], [rung for rung in own if rung.percent <= percent or rung is own[0]][-1]


def _count(action: Action, rung: Rung, pages: int) -> int:
    return {"candidate": rung.candidates, "revision": 1, "final": rung.finals, "page": pages}[action]


def _price(action: Action, limits: Guardrails) -> int:
    prices = {
        "candidate": limits.candidate_price_micros,
        "revision": limits.revision_price_micros,
        "final": limits.final_price_micros,
        "page": limits.final_price_micros,
    }
    return prices[action]


def _affordable(budget: Budget, unit_micros: int, wanted: int) -> int:
    left = budget.left_micros
    if left is None or left >= unit_micros * wanted:
        return wanted
    return left // unit_micros


def _reasons(limits: Guardrails, count: int, wanted: int, *, tightened: bool) -> tuple[str, ...]:
    if limits.paid_calls_stopped:
        return (STOPPED,)
    if count == 0:
        return (EXHAUSTED,)
    return tuple(reason for reason, holds in ((BUSY, tightened), (SHORT, count < wanted)) if holds)


def _resets_at(budget: Budget) -> datetime:
    return periods.midnight(periods.ends_on(budget.period, budget.starts_on), budget.zone)
