"""Quotas: an action counted in a row by a conditional UPDATE, so that no race uses more than the limit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts.models import Account
from billing.models import Quota
from billing.periods import window_of
from cardmaker.core.errors import Refused

PLATFORM = "platform"
NETWORK_TIMES = 10  # what all guests of one network, an office or a school, may use together of what one of them may


class QuotaSpent(Refused):
    """Done as often as is allowed. `details`: action, limit and resets_at (null: never)."""

    code = "quota_spent"


def account_subject(account_id: UUID) -> str:
    """The subject of quotas that follow an account into a merge."""
    return f"account:{account_id}"


def subjects(account_id: UUID | None, *, device: str = "") -> list[str]:
    """Everything that an account's use counts on: itself, and for a guest the device, which outlives logging out."""
    own = [account_subject(account_id)] if account_id else []
    return [f"device:{device}", *own] if device else own


def use_by(
    account_id: UUID, action: str, window: str, *, limit: int | None, amount: int = 1, at: datetime, zone: str = "UTC"
) -> None:
    """As `use`, of an account's quota: of a guest's also on the device and the network it came from. All or nothing.

    A network counts by hours and days: who shares it changes, and must not wait for months.
    """
    guest = Account.objects.filter(pk=account_id, kind=Account.Kind.GUEST)
    device, network = guest.values_list("device_key", "network_key").first() or ("", "")
    counted = [(subject, limit) for subject in subjects(account_id, device=device)]
    if network and window in ("hour", "day"):
        counted.append((f"network:{network}", None if limit is None else min(limit * NETWORK_TIMES, UNLIMITED)))
    with transaction.atomic():
        for subject, most in counted:
            use(subject, action, window, limit=most, amount=amount, at=at, zone=zone)


def use(
    subject: str, action: str, window: str, *, limit: int | None, amount: int = 1, at: datetime, zone: str = "UTC"
) -> None:
    """Use `amount` of the quota of this window (hour, day, week from Monday, month, ever). Raises QuotaSpent.

    Not idempotent by itself: call it in the transaction that writes what it allows. `limit` None: counted only.
    """
    starts_at, ends_at = window_of(window, zone=zone, at=at)
    row = Quota.objects.filter(subject=subject, action=action, window=window, starts_at=starts_at)
    allowed = UNLIMITED if limit is None else limit
    left = row.filter(used__lte=allowed - amount)
    used_now = {"used": F("used") + amount, "limit": allowed}
    if left.update(**used_now):
        return
    # Always tried, even where a row stands: it may have been written by somebody else since, with much left in it.
    fresh = Quota(subject=subject, action=action, window=window, starts_at=starts_at, limit=allowed)
    Quota.objects.bulk_create([fresh], ignore_conflicts=True)
    if left.update(**used_now):
        return
    details = {"action": action, "limit": limit, "resets_at": ends_at.isoformat() if ends_at else None}
    raise QuotaSpent("This has been done as often as is allowed for now.", details=details)


def used(subject: str, action: str, window: str, *, at: datetime, zone: str = "UTC") -> int:
    """How much of this window's quota is used."""
    starts_at, _ = window_of(window, zone=zone, at=at)
    row = Quota.objects.filter(subject=subject, action=action, window=window, starts_at=starts_at)
    return row.values_list("used", flat=True).first() or 0


UNLIMITED = 2_147_483_647  # the largest value of the column
