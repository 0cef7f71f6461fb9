"""Money that we spend: limits, budgets, holds, the ledger; and the prices that we ask."""

from billing.models.budgets import AlertSent, Budget, Hold, HoldMove
from billing.models.guardrails import Guardrails, Rung
from billing.models.ledger import LedgerEntry
from billing.models.prices import Price
from billing.models.quotas import Quota

__all__ = ["AlertSent", "Budget", "Guardrails", "Hold", "HoldMove", "LedgerEntry", "Price", "Quota", "Rung"]
