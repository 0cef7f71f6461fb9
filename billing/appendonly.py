"""The ledger's triggers: lines are neither changed nor deleted.

The one change let through is `account_id` alone: erasing an account replaces it with a pseudonym.
"""

from typing import Any

from cardmaker.core import appendonly

TABLE, NAME, REFUSAL = "billing_ledgerentry", "billing_ledger", "The ledger is append-only."
SQLITE_DELETE = appendonly.sqlite_delete(TABLE, NAME, REFUSAL)


def guard(schema_editor: Any, columns: list[str]) -> None:
    """Install the triggers for a ledger with these columns."""
    appendonly.guard(schema_editor, TABLE, columns, name=NAME, refusal=REFUSAL, mutable="account_id")


def unguard(schema_editor: Any) -> None:
    """Take the triggers away."""
    appendonly.unguard(schema_editor, TABLE, name=NAME)
