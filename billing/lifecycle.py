"""What merging, exporting and erasing an account means for money."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Account
from billing import caps
from billing.models import AlertSent, Budget, Guardrails, Hold, LedgerEntry, Quota
from billing.models.budgets import COMMITTED, Scope, recap
from billing.quota import account_subject


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """Add the guest's budgets and quotas to the person's: logging in must not win a second allowance.

    Holds and ledger lines keep the guest's id and are summed over the family. Safe to repeat.
    """
    limits = Guardrails.locked()  # no budget of either is opened while we work
    keys = [str(guest.pk), str(person.pk)]
    rows = Budget.objects.filter(scope=Scope.ACCOUNT, scope_key__in=keys)
    for row in list(rows.select_for_update().order_by("pk")):
        if row.scope_key == str(guest.pk):
            _merge_budget(row, person, limits)
    _merge_quotas(account_subject(guest.pk), account_subject(person.pk))


def export(account: Account) -> dict[str, Any]:
    """What was spent for somebody, over the account and the guests merged into it."""
    entries = LedgerEntry.objects.filter(account_id__in=account.family_ids()).order_by("at", "pk")
    columns = ("at", "meter", "kind", "provider", "model", "amount_micros")
    return {"ledger": [{**row, "at": row["at"].isoformat()} for row in entries.values(*columns)]}


def erase(account: Account, *, at: datetime) -> None:
    """Give the account's lines a pseudonym: they still add up, and name nobody. Safe to repeat."""
    pseudonym = uuid4()
    LedgerEntry.objects.filter(account_id=account.pk).update(account_id=pseudonym)
    Hold.objects.filter(account_id=account.pk).update(account_id=pseudonym)
    Budget.objects.filter(scope=Scope.ACCOUNT, scope_key=str(account.pk)).update(scope_key=str(pseudonym))
    Quota.objects.filter(subject=account_subject(account.pk)).delete()


def _merge_budget(mine: Budget, person: Account, limits: Guardrails) -> None:
    named = {name: getattr(mine, name) for name in ("meter", "scope", "period", "starts_on")}
    theirs = Budget.objects.filter(scope_key=str(person.pk), **named).first()
    if theirs is None:
        Budget.objects.filter(pk=mine.pk).update(scope_key=str(person.pk), visitor=False)
        target = mine
    else:
        _move_into(mine, theirs)
        target = theirs
    cap = caps.cap_of(limits, target.meter, target.scope, target.period, visitor=False)
    steps = caps.alert_steps(cap, target.scope, limits.alert_percents)
    recap(Budget.objects.filter(pk=target.pk), cap, alert_at_micros=min(steps.values(), default=None))


def _move_into(mine: Budget, theirs: Budget) -> None:
    through: Any = Hold.budgets.through
    through.objects.filter(budget_id=mine.pk).update(budget_id=theirs.pk)
    AlertSent.objects.filter(budget=mine).delete()
    Budget.objects.filter(pk=mine.pk).delete()
    # The ceiling goes first: the sum may be above the cap, and the row must be possible at every step.
    Budget.objects.filter(pk=theirs.pk).update(ceiling_micros=COMMITTED + mine.committed_micros)
    Budget.objects.filter(pk=theirs.pk).update(
        spent_micros=F("spent_micros") + mine.spent_micros, reserved_micros=F("reserved_micros") + mine.reserved_micros
    )


def _merge_quotas(mine: str, theirs: str) -> None:
    for quota in list(Quota.objects.select_for_update().filter(subject=mine).order_by("pk")):
        if _added(quota, theirs) or (not _handed_over(quota, theirs) and _added(quota, theirs)):
            quota.delete()


def _added(quota: Quota, theirs: str) -> bool:
    same = Quota.objects.filter(subject=theirs, action=quota.action, window=quota.window, starts_at=quota.starts_at)
    return bool(same.update(used=F("used") + quota.used))


def _handed_over(quota: Quota, theirs: str) -> bool:
    """Whether the row is the person's now. False: they began to use the same in this very moment."""
    try:
        with transaction.atomic():
            Quota.objects.filter(pk=quota.pk).update(subject=theirs)
    except IntegrityError:
        return False
    return True
