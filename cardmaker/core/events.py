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
        "rated",
        "supplier_disconnected",
        "not_sold_there",
        "shopify_version",
        "installed",
        "uninstalled",
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
    step(name, at=at, account_id=account_id, shop_id=shop_id, subject=subject, **facts).save()


def step(
    name: str,
    *,
    at: datetime,
    account_id: UUID | None = None,
    shop_id: UUID | None = None,
    subject: object = "",
    **facts: Any,
) -> Event:
    """The step that `record` would note, to be written together with the job that follows it."""
    if name not in NAMES:
        raise ValueError(f"{name} is not a step of the funnel")
    return Event(name=name, at=at, account_id=account_id, shop_id=shop_id, subject=str(subject), facts=facts)
