"""Reserving and settling in one round trip each, by functions inside PostgreSQL.

Only the ordinary case goes this way. Whatever is not ordinary (a key seen before, a budget not opened yet or merged
away, too little left) leaves nothing behind and answers None: `billing.budget` then does it step by step, and it alone
refuses. The budget everybody shares is locked for one UPDATE and the commit, so one hot row carries hundreds a second.
"""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from django.db import connection

from billing.caps import Payer
from billing.models import Hold, LedgerEntry
from billing.models.ledger import REQUEST_ID_MAX

if TYPE_CHECKING:
    from billing.budget import Spend

Stored = TypeVar("Stored", Hold, LedgerEntry)
RESERVE = "SELECT billing_reserve(%s, %s, %s, %s, %s, %s, %s, %s)"
SETTLE = "SELECT * FROM billing_settle(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def there_is_one() -> bool:
    return connection.vendor == "postgresql"


def reserve(key: str, payer: Payer, amount_micros: int, *, at: datetime) -> tuple[Hold, bool] | None:
    """The new hold, and whether an alert is due; None: not this way."""
    assert payer.account_id is not None
    hold_id = uuid4()
    places = len(payer.places)  # without a guest's own, which the function looks up
    row = _call(RESERVE, [hold_id, key, payer.meter, amount_micros, payer.account_id, payer.shop_id, at, places])
    if row[0] is None:
        return None
    hold = Hold(
        id=hold_id,
        created_at=at,
        key=key,
        meter=payer.meter,
        amount_micros=amount_micros,
        open_micros=amount_micros,
        account_id=payer.account_id,
        shop_id=payer.shop_id,
        reserved_at=at,
    )
    return _stored(hold), row[0]


def settle(
    hold_key: str, key: str, share_micros: int, spend: "Spend", *, at: datetime
) -> tuple[LedgerEntry, bool] | None:
    """The new ledger line, and whether an alert is due; None: not this way."""
    told = {
        "kind": str(spend.kind),
        "provider": spend.provider,
        "model": spend.model,
        "units": Decimal(spend.units),
        "request_id": spend.request_id[:REQUEST_ID_MAX],
        "original_amount": spend.original_amount,
        "original_currency": spend.original_currency,
        "rate": spend.rate,
    }
    amounts = [share_micros, spend.amount_micros]
    entry_id, hold_id, meter, account_id, shop_id, due = _call(SETTLE, [hold_key, key, *amounts, *told.values(), at])
    if entry_id is None:
        return None
    kept = {"meter": meter, "account_id": account_id, "shop_id": shop_id, "hold_id": hold_id, "at": at}
    return _stored(LedgerEntry(id=entry_id, key=key, amount_micros=spend.amount_micros, **told, **kept)), due


def _call(statement: str, values: list[Any]) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return tuple(cursor.fetchone())


def _stored(row: Stored) -> Stored:
    """The instance as if it had been read: saving it again must not insert."""
    row._state.adding, row._state.db = False, connection.alias
    return row
