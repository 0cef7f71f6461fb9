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
NOBODY = UUID(int=0)
# meter -> (scope, period) of every budget that applies, and the field of Guardrails with its cap. The order is the one
# fixed lock order of all money code. The platform's rows, which everybody shares, come last and so are locked shortest.
# A guest's device and network count as well: who logs out and comes back as a new guest has used what was used before.
APPLIES: dict[str, dict[tuple[str, str], str]] = {
    "ai": {
        ("device", "month"): "preview_cap_visitor_micros",
        ("account", "month"): "ai_cap_account_month_micros",
        ("network", "day"): "preview_cap_network_day_micros",
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
    """Whose budgets count. An account that was merged counts with its person; None: a visitor without one yet.

    `guest`: whether the preview cap applies, and with it the caps of the device and the network that are known.
    """

    meter: str
    account_id: UUID | None
    shop_id: UUID
    zone: str = PLATFORM_ZONE
    guest: bool = False
    device: str = ""
    network: str = ""

    def key(self, scope: str) -> str:
        """How the payer stands in `Budget.scope_key`."""
        keys = {"account": str(self.account_id or ""), "shop": str(self.shop_id), "platform": ""}
        return (keys | {"device": self.device, "network": self.network})[scope]

    @property
    def places(self) -> list[tuple[str, str]]:
        """(scope, period) of every budget that applies, in lock order."""
        known = {"device": self.guest and bool(self.device), "network": self.guest and bool(self.network)}
        return [place for place in APPLIES[self.meter] if known.get(place[0], True)]


def payer_of(meter: str, account_id: UUID, shop_id: UUID) -> Payer:
    """Who pays for an account: itself, or the person it was merged into. One query."""
    account = Account.objects.select_related("merged_into").get(pk=account_id).resolved()
    guest = account.kind == Account.Kind.GUEST
    return Payer(meter, account.pk, shop_id, account.zone, guest, account.device_key, account.network_key)


def running(payer: Payer, *, at: datetime) -> list[Budget]:
    """The payer's budgets of now, in lock order; those that no one opened yet are missing. One query."""
    wanted = Q()
    for scope, period in payer.places:
        starts = periods.possible_starts(period, at=at)
        wanted |= Q(scope=scope, scope_key=payer.key(scope), period=period, starts_on__in=starts)
    found = {
        (row.scope, row.period): row
        for row in Budget.objects.filter(wanted, meter=payer.meter)
        # The row's own zone decides: a zone that changes in mid-period acts from the next period on.
        if row.starts_on == periods.starts_on(row.period, zone=row.zone, at=at)
    }
    return [found[place] for place in payer.places if place in found]


def applicable(payer: Payer, *, at: datetime) -> list[Budget]:
    """Every budget that applies to the payer now, in lock order, opened where it is the first of its period."""
    rows = running(payer, at=at)
    return rows if len(rows) == len(payer.places) else _opened(payer, at=at)


def foreseen(payer: Payer, limits: Guardrails, *, at: datetime) -> list[Budget]:
    """As `applicable`, without writing anything: budgets that nobody opened yet stand there unsaved."""
    rows = running(payer, at=at)
    if len(rows) < len(payer.places):
        rows = in_lock_order([*rows, *_missing(payer, limits, have=rows, at=at)])
    for row in rows:
        if _outgrown(row):
            row.cap_micros = cap_of(limits, row.meter, row.scope, row.period, visitor=False)
    return rows


def platform(limits: Guardrails, *, at: datetime) -> list[Budget]:
    """Every running budget of the platform; those that nobody opened yet stand there unsaved. One query."""
    places = [(meter, period) for meter, scopes in APPLIES.items() for scope, period in scopes if scope == "platform"]
    starts = {period: periods.starts_on(period, zone=PLATFORM_ZONE, at=at) for _, period in places}
    rows = Budget.objects.filter(scope=Scope.PLATFORM, starts_on__in=starts.values())
    found = {(row.meter, row.period): row for row in rows if row.starts_on == starts.get(row.period)}
    return [
        found.get((meter, period))
        or _new(limits, Payer(meter, None, NOBODY), "platform", period, zone=PLATFORM_ZONE, visitor=False, at=at)
        for meter, period in places
    ]


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
    """Percent -> committed micros from which it is reached. One person's budgets, which are many, say only "over"."""
    if cap is None:
        return {}
    shared = scope in (Scope.PLATFORM, Scope.SHOP)
    reached = {percent: -(-cap * percent // 100) for percent in percents} if cap and shared else {}
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
        assert payer.account_id is not None
        payer = payer_of(payer.meter, payer.account_id, payer.shop_id)  # a guest may have logged in before the lock
        new = _missing(payer, limits, have=running(payer, at=at), at=at)
        Budget.objects.bulk_create(new, ignore_conflicts=True)
        return _settled(payer, new, at=at)


def _missing(payer: Payer, limits: Guardrails, *, have: list[Budget], at: datetime) -> list[Budget]:
    """The rows, not saved, that nobody opened yet. One query for the shop's zone."""
    zones = {"account": payer.zone, "shop": Shop.objects.values_list("zone", flat=True).get(pk=payer.shop_id)}
    there = {(row.scope, row.period) for row in have}
    return [
        _new(limits, payer, scope, period, zone=zones.get(scope, PLATFORM_ZONE), visitor=payer.guest, at=at)
        for scope, period in payer.places
        if (scope, period) not in there
    ]


def _settled(payer: Payer, new: list[Budget], *, at: datetime) -> list[Budget]:
    """The running rows, and for a zone just changed the row of that date that is already there under the old zone."""
    found = {(row.scope, row.period): row for row in running(payer, at=at)}
    for row in new:
        if (row.scope, row.period) not in found:
            named = {name: getattr(row, name) for name in ("meter", "scope", "scope_key", "period", "starts_on")}
            found[row.scope, row.period] = Budget.objects.get(**named)
    return [found[place] for place in payer.places]


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
