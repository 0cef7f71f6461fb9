"""Work that costs us time and no money: how much of it one account may ask for, whatever it is allowed to spend."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from billing import quota
from billing.models import Guardrails

Work = Literal["design", "proof", "preview"]

# work -> the window it is counted in, and the field of Guardrails with its limit
LIMITS: dict[Work, tuple[str, str]] = {
    "design": ("day", "designs_per_day"),
    "proof": ("day", "proofs_per_day"),
    "preview": ("hour", "previews_per_hour"),
}


def take_on(work: Work, account_id: UUID, *, amount: int = 1, at: datetime) -> None:
    """Count `amount` of this work for the account, before it is done. Raises QuotaSpent."""
    window, field = LIMITS[work]
    limit = getattr(Guardrails.current(), field)
    quota.use_by(account_id, work, window, limit=limit, amount=amount, at=at)
