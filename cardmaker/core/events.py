"""The append-only funnel log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from cardmaker.core.models import Event

NAMES = frozenset(
    [
        "visit",
        "design",
        "run_started",
        "run_finished",
        "proof",
        "checkout",
        "paid",
        "approved",
        "shipped",
        "delivered",
        "supplier_disconnected",
        "not_sold_there",
    ]
)


def record(
    name: str,
    *,
    at: datetime,
    account_id: UUID | None = None,
    shop_id: UUID | None = None,
    subject: object = "",
    **facts: Any,
) -> None:
    """Note one step. `facts` are plain numbers and codes, never names, addresses or texts. Raises ValueError."""
    if name not in NAMES:
        raise ValueError(f"{name} is not a step of the funnel")
    Event.objects.create(name=name, at=at, account_id=account_id, shop_id=shop_id, subject=str(subject), facts=facts)
