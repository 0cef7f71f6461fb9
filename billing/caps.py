"""Which budgets apply, opening them for a new period, and carrying changed caps into running ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Account, Shop
from billing import periods
from billing.models import AlertSent, Budget, Guardrails
from billing.models.budgets import Scope, recap

PLATFORM_ZONE = "UTC"
# meter -> (scope, period) of every budget that applies, and the field of Guardrails with its cap. The order is the one
# fixed lock order of all money code. The platform's rows, which everybody shares, come last and so are locked shortest.
APPLIES: dict[str, dict[tuple[str, str], str]] = {
    "ai": {
        ("account", "month"): "ai_cap_account_month_micros",
        ("shop", "month"): "ai_cap_shop_month_micros",
        ("platform", "month"): "ai_cap_month_micros",
    },
    "print": {
        ("account", "month"): "print_cap_account_month_micros",
        ("shop", "month"): "print_cap_shop_month_micros",
        ("platform", "day"): "print_cap_day_micros",
        ("platform", "month"): "print_cap_month_micros",
    },
}


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose budgets count. An account that was merged counts with its person; None: a visitor without one yet."""

    meter: str
    account_id: UUID | None
    shop_id: UUID

    def key(self, scope: str) -> str:
        """How the payer stands in `Budget.scope_key`."""
        return {"account": str(self.account_id or ""), "shop": str(self.shop_id), "platform": ""}[scope]


def running(payer: Payer, *, at: datetime) -> list[Budget]:
    """The payer's budgets of now, in lock order; those that no one opened yet are missing. One query."""
    wanted = Q()
    for scope, period in APPLIES[payer.meter]:
        starts = periods.possible_starts(period, at=at)
        wanted |= Q(scope=scope, scope_key=payer.key(scope), period=period, starts_on__in=starts)
    found = {
        (row.scope, row.period): row
        for row in Budget.objects.filter(wanted, meter=payer.meter)
        # The row's own zone decides: a zone that changes in mid-period acts from the next period on.
        if row.starts_on == periods.starts_on(row.period, zone=row.zone, at=at)
    }
    return [found[place] for place in APPLIES[payer.meter] if place in found]


def applicable(payer: Payer, *, at: datetime) -> list[Budget]:
    """Every budget that applies to the payer now, in lock order, opened where it is the first of its period."""
    rows = running(payer, at=at)
    return rows if len(rows) == len(APPLIES[payer.meter]) else _opened(payer, at=at)


def foreseen(payer: Payer, limits: Guardrails, *, at: datetime) -> list[Budget]:
    """As `applicable`, without writing anything: budgets that nobody opened yet stand there unsaved."""
    rows = running(payer, at=at)
    if len(rows) < len(APPLIES[payer.meter]):
        payer, new = _missing(payer, limits, at=at)
        rows = in_lock_order([*running(payer, at=at), *new])
    for row in rows:
        if _outgrown(row):
            row.cap_micros = cap_of(limits, row.meter, row.scope, row.period, visitor=False)
    return rows


def in_lock_order(budgets: Iterable[Budget]) -> list[Budget]:
    """The budgets of one hold, in the order in which all money code locks them."""
    return sorted(budgets, key=lambda row: [*APPLIES[row.meter]].index((row.scope, row.period)))


def cap_of(limits: Guardrails, meter: str, scope: str, period: str, *, visitor: bool) -> int | None:
    """The cap in micro-dollars. A visitor's pictures have the preview cap besides the account's."""
    cap: int | None = getattr(limits, APPLIES[meter][scope, period])
    if not (visitor and meter == "ai" and scope == Scope.ACCOUNT):
        return cap
    return min((limit for limit in (cap, limits.preview_cap_visitor_micros) if limit is not None), default=None)


def alert_steps(cap: int | None, scope: str, percents: Iterable[int]) -> dict[int, int]:
    """Percent -> committed micros from which it is reached. Accounts alert only when over their cap: they are many."""
    if cap is None:
        return {}
    reached = {percent: -(-cap * percent // 100) for percent in percents} if cap and scope != Scope.ACCOUNT else {}
    return reached | {AlertSent.OVER_CAP: cap + 1}


def spread(*, at: datetime) -> None:
    """Carry the caps of the guardrails into the running periods, in lock order. Safe to repeat."""
    with transaction.atomic():
        limits = Guardrails.locked()
        for meter, places in APPLIES.items():
            for scope, period in places:
                for visitor in (True, False) if scope == Scope.ACCOUNT else (False,):
                    _spread_to(limits, meter, scope, period, visitor=visitor, at=at)


def visitor_no_more(budget: Budget) -> bool:
    """Whether a guest's budget now belongs to a person; if so it has the person's cap from here on."""
    if not _outgrown(budget):
        return False
    with transaction.atomic():
        limits = Guardrails.locked()
        cap = cap_of(limits, budget.meter, budget.scope, budget.period, visitor=False)
        steps = alert_steps(cap, budget.scope, limits.alert_percents)
        changed = Budget.objects.filter(pk=budget.pk)
        recap(changed, cap, alert_at_micros=min(steps.values(), default=None))
        changed.update(visitor=False)
    return True


def _outgrown(budget: Budget) -> bool:
    """Whether a visitor's row belongs to somebody who has signed up since."""
    if not budget.visitor or not budget.scope_key:
        return False
    return not Account.objects.filter(pk=budget.scope_key, kind=Account.Kind.GUEST).exists()


def _opened(payer: Payer, *, at: datetime) -> list[Budget]:
    with transaction.atomic():
        # The guardrails stay locked: a cap that changes meanwhile would miss the rows we are about to write.
        limits = Guardrails.locked()
        payer, new = _missing(payer, limits, at=at)
        Budget.objects.bulk_create(new, ignore_conflicts=True)
        return _settled(payer, new, at=at)


def _missing(payer: Payer, limits: Guardrails, *, at: datetime) -> tuple[Payer, list[Budget]]:
    """Who really pays, and the rows, not saved, that nobody opened yet."""
    account = _account(payer.account_id).resolved()
    shop = Shop.objects.get(pk=payer.shop_id)
    payer = Payer(payer.meter, payer.account_id and account.pk, shop.pk)
    zones = {"account": account.zone, "shop": shop.zone, "platform": PLATFORM_ZONE}
    have = {(row.scope, row.period) for row in running(payer, at=at)}
    return payer, [
        _new(limits, payer, scope, period, zone=zones[scope], visitor=account.kind == Account.Kind.GUEST, at=at)
        for scope, period in APPLIES[payer.meter]
        if (scope, period) not in have
    ]


def _account(account_id: UUID | None) -> Account:
    return Account.objects.select_related("merged_into").get(pk=account_id) if account_id else Account()


def _settled(payer: Payer, new: list[Budget], *, at: datetime) -> list[Budget]:
    """The running rows, and for a zone just changed the row of that date that is already there under the old zone."""
    found = {(row.scope, row.period): row for row in running(payer, at=at)}
    for row in new:
        if (row.scope, row.period) not in found:
            named = {name: getattr(row, name) for name in ("meter", "scope", "scope_key", "period", "starts_on")}
            found[row.scope, row.period] = Budget.objects.get(**named)
    return [found[place] for place in APPLIES[payer.meter]]


def _new(
    limits: Guardrails, payer: Payer, scope: str, period: str, *, zone: str, visitor: bool, at: datetime
) -> Budget:
    visitor = visitor and scope == Scope.ACCOUNT
    cap = cap_of(limits, payer.meter, scope, period, visitor=visitor)
    return Budget(
        meter=payer.meter,
        scope=scope,
        scope_key=payer.key(scope),
        period=period,
        starts_on=periods.starts_on(period, zone=zone, at=at),
        zone=zone,
        cap_micros=cap,
        ceiling_micros=cap,
        visitor=visitor,
        alert_at_micros=min(alert_steps(cap, scope, limits.alert_percents).values(), default=None),
    )


def _spread_to(limits: Guardrails, meter: str, scope: str, period: str, *, visitor: bool, at: datetime) -> None:
    cap = cap_of(limits, meter, scope, period, visitor=visitor)
    first: date = min(periods.possible_starts(period, at=at))
    rows = Budget.objects.filter(meter=meter, scope=scope, period=period, visitor=visitor, starts_on__gte=first)
    # An UPDATE of many rows locks them in any order; taken by key first, two writers cannot wait for each other.
    list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    recap(rows, cap, alert_at_micros=min(alert_steps(cap, scope, limits.alert_percents).values(), default=None))
