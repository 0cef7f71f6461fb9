"""The database's own refusal to change or delete ledger lines: triggers, one wording a database.

The one change let through is `account_id` alone: erasing an account replaces it with a pseudonym.
"""

from typing import Any

TABLE = "billing_ledgerentry"

POSTGRESQL = [
    """
CREATE FUNCTION billing_ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'account_id' = to_jsonb(OLD) - 'account_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The ledger is append-only.' USING ERRCODE = 'restrict_violation';
END $$
""",
    f"""
CREATE TRIGGER billing_ledger_stays BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION billing_ledger_stays()
""",
]
POSTGRESQL_UNDO = [f"DROP TRIGGER billing_ledger_stays ON {TABLE}", "DROP FUNCTION billing_ledger_stays()"]

SQLITE_DELETE = f"""
CREATE TRIGGER billing_ledger_no_delete BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END
"""
SQLITE_UNDO = ["DROP TRIGGER IF EXISTS billing_ledger_no_update", "DROP TRIGGER IF EXISTS billing_ledger_no_delete"]


def guard(schema_editor: Any, columns: list[str]) -> None:
    """Install the triggers for a ledger with these columns."""
    connection = schema_editor.connection
    for statement in POSTGRESQL if connection.vendor == "postgresql" else _sqlite(connection, columns):
        schema_editor.execute(statement)


def unguard(schema_editor: Any) -> None:
    """Take the triggers away."""
    undo = POSTGRESQL_UNDO if schema_editor.connection.vendor == "postgresql" else SQLITE_UNDO
    for statement in undo:
        schema_editor.execute(statement)


def _sqlite(connection: Any, columns: list[str]) -> list[str]:
    # UPDATE OF fires by the columns that a statement names, changed or not.
    kept = ", ".join(column for column in columns if column != "account_id")
    update = f"""
CREATE TRIGGER billing_ledger_no_update BEFORE UPDATE OF {kept} ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'The ledger is append-only.'); END
"""
    # Tests with real threads empty every table by DELETE between them; PostgreSQL truncates, which no row trigger sees.
    return [update] if _is_test(connection.settings_dict) else [update, SQLITE_DELETE]


def _is_test(settings_dict: dict[str, Any]) -> bool:
    name = settings_dict.get("TEST", {}).get("NAME")
    return bool(name) and str(settings_dict["NAME"]) == str(name)
