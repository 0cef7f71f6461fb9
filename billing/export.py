"""What of the ledger goes home as CSV."""

LEDGER_COLUMNS = (
    "id", "at", "key", "meter", "kind", "provider", "model", "units", "request_id", "reason", "amount_micros",
    "original_amount", "original_currency", "rate", "account_id", "shop_id", "hold_id", "corrects_id",
)  # fmt: skip
