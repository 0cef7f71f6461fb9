"""Reserving money before it is spent, and writing down what was spent.

Every function takes a key of the caller's and has one effect for it, however often it is called. Budgets are changed
in one fixed order (`caps.APPLIES`), each by one conditional UPDATE, all of them or none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from billing import alerts, caps, periods, shortpath
from billing.caps import Payer
from billing.models import Budget, Hold, HoldMove, LedgerEntry
from billing.models.ledger import REQUEST_ID_MAX
from cardmaker.core.errors import NotHere, Refused, Unavailable

Answer = TypeVar("Answer")
Written = TypeVar("Written", Hold, LedgerEntry)
TRIES = 4  # a budget is merged away, or the same key arrives twice, in the middle of a try: once each is rare already


class OverBudget(Refused):
    """A budget has not enough left. `details`: meter, scope, period and resets_at of the one that refused."""

    code = "budget_exhausted"


class KeyReused(Refused):
    """The key already stands for something else."""

    code = "key_reused"


class NoSuchHold(NotHere):
    """No hold, or no ledger line, has this key."""


class MoreThanSpent(Refused):
    """A correction would give back more than was spent."""


class Moved(Exception):
    """Not an answer: a budget row was merged into another, or a key taken, while we worked. Try again."""


@dataclass(frozen=True, slots=True)
class Spend:
    """What a provider or supplier charged: `amount_micros` dollars, beside the amount, currency and rate it named."""

    provider: str
    model: str
    units: Decimal | int | str
    request_id: str
    amount_micros: int
    original_amount: str = ""
    original_currency: str = "USD"
    rate: str = "1"
    kind: str = LedgerEntry.Kind.CHARGE


def reserve(*, key: str, meter: str, amount_micros: int, account_id: UUID, shop_id: UUID, at: datetime) -> Hold:
    """Reserve the worst-case price in every budget that applies, or in none. The same key again: the same hold.

    Raises OverBudget, or KeyReused when `key` stands for another amount or payer.
    """
    if amount_micros < 0:
        raise ValueError("A hold cannot be negative.")
    who = Payer(meter, account_id, shop_id)
    short = shortpath.reserve(key, who, amount_micros, at=at) if amount_micros and shortpath.there_is_one() else None
    if short is not None:
        return _noticed(short, at=at)

    def attempt() -> Hold:
        known = Hold.objects.filter(key=key).first()
        return _reserve(key, who, amount_micros, at=at) if known is None else _same_hold(known, who, amount_micros)

    return _until_still(attempt)


def settle(hold_key: str, *, key: str, share_micros: int, spend: Spend, at: datetime) -> LedgerEntry:
    """Write down what one share of a hold really cost. The same key again: the same line.

    What was reserved above the actual is free again. An actual above its share, or for a hold that is no longer open,
    is written all the same: the budgets it passes are marked as overrun and alerted, and grant nothing more.
    """
    if min(share_micros, spend.amount_micros) < 0:
        raise ValueError("A share and a charge cannot be negative; what comes back is a correction.")
    short = shortpath.settle(hold_key, key, share_micros, spend, at=at) if shortpath.there_is_one() else None
    if short is not None:
        return _noticed(short, at=at)
    return _until_still(lambda: _settle(hold_key, key, share_micros, spend, at=at))


def release(hold_key: str, *, key: str, share_micros: int | None = None, at: datetime) -> None:
    """Give back a share that will not be spent; all that is open when no share is named. Once for each key."""
    _until_still(lambda: _release(hold_key, key, share_micros, at=at))


def mark_unknown(hold_key: str, *, at: datetime) -> None:
    """Nobody knows whether the money was spent. It stays reserved until settled or released. Safe to repeat."""
    Hold.objects.filter(key=hold_key, state=Hold.State.RESERVED, open_micros__gt=0).update(state=Hold.State.UNKNOWN)


def correct(entry_key: str, *, key: str, amount_micros: int, reason: str, at: datetime) -> LedgerEntry:
    """Add the signed difference to a ledger line: a refund (negative) or an invoice's surplus. Once for each key.

    It counts in the period of the hold. Raises MoreThanSpent when more would come back than was spent.
    """
    return _until_still(lambda: _correct(entry_key, key, amount_micros, reason, at=at))


def _noticed(short: tuple[Written, bool], *, at: datetime) -> Written:
    written, alert_due = short
    if alert_due:
        hold_id = written.pk if isinstance(written, Hold) else written.hold_id
        with transaction.atomic():
            alerts.notice(Budget.objects.filter(holds=hold_id).values_list("pk", flat=True), at=at)
    return written


def _until_still(attempt: Callable[[], Answer]) -> Answer:
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return attempt()
        except Moved:
            continue
        except IntegrityError:  # the same key came twice at once: the next try finds what the other one wrote
            if not tries_left:
                raise
    raise Unavailable("The budgets are busy. Please try again.", retry_after=1)


def _reserve(key: str, who: Payer, amount_micros: int, *, at: datetime) -> Hold:
    assert who.account_id is not None
    hold = Hold(
        key=key,
        meter=who.meter,
        amount_micros=amount_micros,
        open_micros=amount_micros,
        account_id=who.account_id,
        shop_id=who.shop_id,
        reserved_at=at,
        created_at=at,
        state=Hold.State.RESERVED if amount_micros else Hold.State.RELEASED,
    )
    payer = caps.payer_of(who.meter, who.account_id, who.shop_id)
    budgets = caps.applicable(payer, at=at)
    hold.save(force_insert=True)
    hold.link(budget.pk for budget in budgets)
    for budget in budgets:
        if not (budget.grant(amount_micros) or (caps.visitor_no_more(budget) and budget.grant(amount_micros))):
            raise _refusal(budget, payer)
    _notice(budgets, amount_micros, at=at)
    return hold


def _same_hold(hold: Hold, payer: Payer, amount_micros: int) -> Hold:
    if (hold.meter, hold.amount_micros, hold.account_id, hold.shop_id) != (
        payer.meter,
        amount_micros,
        payer.account_id,
        payer.shop_id,
    ):
        raise KeyReused(f"{hold.key} already reserves something else.")
    return hold


def _refusal(budget: Budget, payer: Payer) -> Exception:
    current = Budget.objects.filter(pk=budget.pk).first()
    assert payer.account_id is not None
    if current is None or payer.guest != caps.payer_of(payer.meter, payer.account_id, payer.shop_id).guest:
        return Moved()  # merged away, or a guest who logged in this moment
    resets_at = periods.midnight(periods.ends_on(current.period, current.starts_on), current.zone)
    details = {"meter": current.meter, "scope": current.scope, "period": current.period}
    message = "The budget for this is used up. It opens again on " + f"{resets_at:%B} {resets_at.day}."
    return OverBudget(message, details=details | {"resets_at": resets_at.isoformat()})


def _settle(hold_key: str, key: str, share_micros: int, spend: Spend, *, at: datetime) -> LedgerEntry:
    hold = _locked(hold_key)
    known = _move(key, hold, HoldMove.Kind.SETTLE)
    if known is not None:
        return _same_settlement(known, spend)
    share = min(share_micros, hold.open_micros)
    kind = HoldMove.Kind.SETTLE
    HoldMove.objects.create(hold=hold, key=key, kind=kind, share_micros=share, actual_micros=spend.amount_micros, at=at)
    entry = _write(hold, key, spend, at=at)
    _book(hold, share_micros=share, actual_micros=spend.amount_micros, at=at)
    return entry


def _same_settlement(move: HoldMove, spend: Spend) -> LedgerEntry:
    if move.actual_micros != spend.amount_micros:
        raise KeyReused(f"{move.key} already stands for another amount.")
    return LedgerEntry.objects.get(key=move.key)


def _release(hold_key: str, key: str, share_micros: int | None, *, at: datetime) -> None:
    hold = _locked(hold_key)
    if _move(key, hold, HoldMove.Kind.RELEASE) is None:
        share = hold.open_micros if share_micros is None else min(share_micros, hold.open_micros)
        HoldMove.objects.create(hold=hold, key=key, kind=HoldMove.Kind.RELEASE, share_micros=share, at=at)
        _book(hold, share_micros=share, actual_micros=0, at=at)


def _correct(entry_key: str, key: str, amount_micros: int, reason: str, *, at: datetime) -> LedgerEntry:
    corrected = LedgerEntry.objects.select_related("hold").filter(key=entry_key).first()
    if corrected is None or corrected.hold is None:
        raise NoSuchHold(f"There is no ledger line {entry_key}.")
    hold = _locked(corrected.hold.key)
    known = LedgerEntry.objects.filter(key=key).first()
    if known is not None:
        return _same_correction(known, corrected, amount_micros)
    if hold.spent_micros + amount_micros < 0:
        raise MoreThanSpent(f"Only {hold.spent_micros} micro-dollars were spent.")
    entry = _write(hold, key, _difference(corrected, amount_micros), at=at, corrects=corrected, reason=reason)
    _book(hold, share_micros=0, actual_micros=amount_micros, at=at)
    return entry


def _same_correction(known: LedgerEntry, corrected: LedgerEntry, amount_micros: int) -> LedgerEntry:
    if (known.corrects_id, known.amount_micros) != (corrected.pk, amount_micros):
        raise KeyReused(f"{known.key} already stands for another line.")
    return known


def _difference(corrected: LedgerEntry, amount_micros: int) -> Spend:
    kind = LedgerEntry.Kind.REFUND if amount_micros < 0 else LedgerEntry.Kind.CORRECTION
    return Spend(corrected.provider, corrected.model, 0, corrected.request_id, amount_micros, kind=kind)


def _locked(hold_key: str) -> Hold:
    """The hold, held still: it is what makes two settlements of one key wait for each other."""
    hold = Hold.objects.select_for_update().filter(key=hold_key).first()
    if hold is None:
        raise NoSuchHold(f"There is no hold {hold_key}.")
    return hold


def _move(key: str, hold: Hold, kind: HoldMove.Kind) -> HoldMove | None:
    move = HoldMove.objects.filter(key=key).first()
    if move is not None and (move.hold_id, move.kind) != (hold.pk, kind):
        raise KeyReused(f"{key} already stands for another move.")
    return move


def _write(
    hold: Hold, key: str, spend: Spend, *, at: datetime, corrects: LedgerEntry | None = None, reason: str = ""
) -> LedgerEntry:
    return LedgerEntry.objects.create(
        key=key,
        meter=hold.meter,
        kind=spend.kind,
        provider=spend.provider,
        model=spend.model,
        units=Decimal(spend.units),
        request_id=spend.request_id[:REQUEST_ID_MAX],
        reason=reason,
        amount_micros=spend.amount_micros,
        original_amount=spend.original_amount,
        original_currency=spend.original_currency,
        rate=spend.rate,
        account_id=hold.account_id,
        shop_id=hold.shop_id,
        hold=hold,
        corrects=corrects,
        at=at,
    )


def _book(hold: Hold, *, share_micros: int, actual_micros: int, at: datetime) -> None:
    hold.draw(share_micros=share_micros, actual_micros=actual_micros)
    budgets = caps.in_lock_order(hold.budgets.all())
    for budget in budgets:
        if not budget.book(share_micros=share_micros, actual_micros=actual_micros):
            raise Moved
    _notice(budgets, actual_micros - share_micros, at=at)


def _notice(budgets: list[Budget], added_micros: int, *, at: datetime) -> None:
    """Alert where what we read, plus what we added, reaches the next step. What a race hides, the watch sees."""
    due = [
        budget.pk
        for budget in budgets
        if budget.alert_at_micros is not None and budget.committed_micros + added_micros >= budget.alert_at_micros
    ]
    if due:
        alerts.notice(due, at=at)
