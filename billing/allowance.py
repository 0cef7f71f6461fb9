"""What an account may have made now, at what price, and why it is less than usual.

The button in the studio, `/usage/` and the enforcement all ask here, so they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from billing import caps, periods, quota
from billing.caps import Payer
from billing.models import Budget, Guardrails, Rung
from billing.models.budgets import Scope

Action = Literal["candidate", "revision", "final", "page"]
BEGINNING = ("candidate", "page")  # what a Design begins with: counted in the week
ONE_RUNG = Rung(percent=0, candidates=4, finals=4, tier=Rung.Tier.HIGH, extra_run=True)  # where ops set no ladder
STOPPED = "Making pictures is paused for the moment."
PAGES = 13  # of one calendar: a number that no rung lowers
SHORT = "Your budget for this month allows fewer than usual."
EXHAUSTED = "This month's budget for pictures is used up."
VISITED = "What can be made without signing in is used up for this month. Sign in to go on."
NETWORK = "Visitors from your network have used up what can be made in a day without signing in. Sign in to go on."
BUSY = "Many pictures were made this month, so each person gets fewer or simpler ones."
MUCH = "You have had many pictures made this month, so now there are fewer or simpler ones."
WEEK = "You have begun as many as a week allows. On Monday there are more."


@dataclass(frozen=True, slots=True)
class Allowance:
    """`count` pictures of quality `tier` for `price_micros` in all. `reasons`: sentences, empty when as usual.

    `redraws`: how many pages of one calendar may be drawn again in a day. A calendar has no candidates: on its rungs
    their number says this. `page_runs`: how often new pictures may be made for one page, None any number of times.
    `weekly_quota`, `weekly_left`: designs that may be begun in a week, from Monday, and how many still; None: any.
    """

    count: int
    tier: str
    price_micros: int
    reasons: tuple[str, ...]
    resets_at: datetime | None
    allowed: bool
    extra_run: bool = True
    redraws: int = 0
    page_runs: int | None = None
    weekly_quota: int | None = None
    weekly_left: int | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody without an account yet, by the keys of device and network that a guest's account would get."""

    device: str = ""
    network: str = ""


def allowance(
    action: Action,
    kind: str,
    *,
    account_id: UUID | None,
    shop_id: UUID,
    at: datetime,
    unit_micros: int | None = None,
    pages: int = PAGES,
    visitor: Visitor | None = None,
    begins: bool = True,
) -> Allowance:
    """What is allowed now; writes nothing. `account_id` None: a visitor who has made nothing yet.

    `unit_micros`: the provider's worst-case price of one; without it the guardrails' price. `pages`: how many a page
    run is about; the ladder lowers their tier, and only an empty budget their number. `begins`: whether the press would
    begin a Design, which is what the week counts.
    """
    limits = Guardrails.current()
    payer = _payer(account_id, shop_id, visitor or Visitor())
    budgets = caps.foreseen(payer, limits, at=at)
    usual, rung, why = _rungs(kind, budgets, limits)
    unit = _price(action, limits) if unit_micros is None else unit_micros
    week = _week(payer, kind, rung.weekly_quota, at=at)
    week_over = begins and action in BEGINNING and week == 0
    count, reasons, resets_at = _room(
        limits, payer, budgets, unit, _count(action, rung, pages), _count(action, usual, pages), why,
        week_over=week_over, at=at,
    )  # fmt: skip
    return Allowance(
        count=count,
        price_micros=unit * count,
        reasons=reasons,
        resets_at=resets_at,
        allowed=count > 0,
        weekly_left=week,
        **_granted_by(rung),
    )


def begin(kind: str, granted: Allowance, *, account_id: UUID, at: datetime) -> None:
    """Count a Design that is begun, in the transaction that begins it. Raises QuotaSpent.

    Counted also where there is no limit: a ladder that steps down in mid-week knows what was begun before.
    """
    zone = caps.payer_of("ai", account_id, account_id).zone
    quota.use_by(account_id, _begun(kind), "week", limit=granted.weekly_quota, at=at, zone=zone)


def _payer(account_id: UUID | None, shop_id: UUID, visitor: Visitor) -> Payer:
    if account_id is not None:
        return caps.payer_of("ai", account_id, shop_id)
    return Payer("ai", None, shop_id, guest=True, device=visitor.device, network=visitor.network)


def _rungs(kind: str, budgets: list[Budget], limits: Guardrails) -> tuple[Rung, Rung, str]:
    """The usual rung, the one that holds now, and why it is another one."""
    own = rungs_of(kind, Rung.objects.filter(kind__in=[kind, ""]).order_by("percent"))
    account = next(row for row in budgets if row.scope == Scope.ACCOUNT)
    now = rung_at(own, _percent(budgets[-1]), spent_micros=account.committed_micros, limits=limits)
    soft = limits.ai_soft_cap_account_month_micros
    why = MUCH if soft is not None and account.committed_micros >= soft else BUSY
    return own[0], now, "" if now is own[0] else why


def rungs_of(kind: str, rungs: Iterable[Rung]) -> list[Rung]:
    """The ladder of a kind, from the usual rung down. A kind with rungs of its own does not look at the common ones."""
    ladder = sorted(rungs, key=lambda rung: rung.percent)
    own = [rung for rung in ladder if rung.kind == kind] or [rung for rung in ladder if not rung.kind]
    return own or [ONE_RUNG]


def rung_at(own: list[Rung], percent: int, *, spent_micros: int, limits: Guardrails) -> Rung:
    """The rung at this percent of the platform's cap. An account at its soft cap is on the last one."""
    soft = limits.ai_soft_cap_account_month_micros
    if soft is not None and spent_micros >= soft:
        return own[-1]
    return [rung for rung in own if rung.percent <= percent or rung is own[0]][-1]


def _percent(platform: Budget) -> int:
    """How much of the platform's cap is committed, in whole percent; 0 without a cap."""
    return platform.committed_micros * 100 // platform.cap_micros if platform.cap_micros else 0


def _granted_by(rung: Rung) -> dict[str, Any]:
    """What a rung says by itself, whatever is left."""
    return {
        "tier": rung.tier,
        "extra_run": rung.extra_run,
        "redraws": rung.candidates,
        "page_runs": rung.runs_of_a_page,
        "weekly_quota": rung.weekly_quota,
    }


def _count(action: Action, rung: Rung, pages: int) -> int:
    return {"candidate": rung.candidates, "revision": 1, "final": rung.finals, "page": pages}[action]


def _room(
    limits: Guardrails,
    payer: Payer,
    budgets: list[Budget],
    unit: int,
    wanted: int,
    usual: int,
    why: str,
    *,
    week_over: bool,
    at: datetime,
) -> tuple[int, tuple[str, ...], datetime | None]:
    """How many of `wanted` there is room for, why it is not the usual number, and when it is again."""
    tightest = min(budgets, key=lambda row: _affordable(row, unit, wanted))
    count = 0 if limits.paid_calls_stopped or week_over else _affordable(tightest, unit, wanted)
    reasons = _reasons(limits, count, wanted, why, tightest, week_over=week_over)
    if count == usual:
        return count, reasons, None
    return count, reasons, _resets(limits, payer, tightest, week_over=week_over, at=at)


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


def _begun(kind: str) -> str:
    return f"begin:{kind}"


def _week(payer: Payer, kind: str, limit: int | None, *, at: datetime) -> int | None:
    """How many designs may still be begun; None: any number."""
    if limit is None:
        return None
    subjects = quota.subjects(payer.account_id, device=payer.device if payer.guest else "")
    used = [quota.used(subject, _begun(kind), "week", at=at, zone=payer.zone) for subject in subjects]
    return max(limit - max(used, default=0), 0)


def _reasons(
    limits: Guardrails, count: int, wanted: int, why: str, tightest: Budget, *, week_over: bool
) -> tuple[str, ...]:
    if limits.paid_calls_stopped:
        return (STOPPED,)
    if week_over:
        return (WEEK,)
    if count == 0 and wanted:
        return (_exhausted(tightest),)
    return tuple(reason for reason in (why, SHORT if count < wanted else "") if reason)


def _exhausted(budget: Budget) -> str:
    if budget.scope == Scope.NETWORK:
        return NETWORK
    return VISITED if budget.scope == Scope.DEVICE or budget.visitor else EXHAUSTED


def _resets(limits: Guardrails, payer: Payer, tightest: Budget, *, week_over: bool, at: datetime) -> datetime | None:
    """When what is missing comes back: of a paused platform nobody knows."""
    if limits.paid_calls_stopped:
        return None
    if week_over:
        return periods.window_of("week", zone=payer.zone, at=at)[1]
    return periods.midnight(periods.ends_on(tightest.period, tightest.starts_on), tightest.zone)
