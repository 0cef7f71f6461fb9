"""The database's own refusal to change or delete rows of a table: triggers, one wording a database."""

from typing import Any


def guard(
    schema_editor: Any, table: str, columns: list[str], *, name: str, refusal: str, mutable: str | None = None
) -> None:
    """Install the triggers. `mutable`: the one column that may still change, because erasing somebody needs it."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        statements = _postgresql(table, name, refusal, mutable)
    else:
        kept = [column for column in columns if column != mutable]
        statements = [_sqlite_update(table, name, refusal, kept)]
        # Tests with real threads empty every table by DELETE between them; PostgreSQL truncates, which no row trigger
        # sees.
        if not _is_test(connection.settings_dict):
            statements.append(sqlite_delete(table, name, refusal))
    for statement in statements:
        schema_editor.execute(statement)


def unguard(schema_editor: Any, table: str, *, name: str) -> None:
    """Take the triggers away."""
    if schema_editor.connection.vendor == "postgresql":
        undo = [f"DROP TRIGGER {name}_stays ON {table}", f"DROP FUNCTION {name}_stays()"]
    else:
        undo = [f"DROP TRIGGER IF EXISTS {name}_no_update", f"DROP TRIGGER IF EXISTS {name}_no_delete"]
    for statement in undo:
        schema_editor.execute(statement)


def sqlite_delete(table: str, name: str, refusal: str) -> str:
    return f"""
CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""


def _sqlite_update(table: str, name: str, refusal: str, columns: list[str]) -> str:
    # UPDATE OF fires by the columns that a statement names, changed or not.
    return f"""
CREATE TRIGGER {name}_no_update BEFORE UPDATE OF {", ".join(columns)} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""


def _postgresql(table: str, name: str, refusal: str, mutable: str | None) -> list[str]:
    let_through = (
        f"IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - '{mutable}' = to_jsonb(OLD) - '{mutable}' THEN RETURN NEW; END IF;"
        if mutable
        else ""
    )
    return [
        f"""
CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {let_through}
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation';
END $$
""",
        f"""
CREATE TRIGGER {name}_stays BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {name}_stays()
""",
    ]


def _is_test(settings_dict: dict[str, Any]) -> bool:
    name = settings_dict.get("TEST", {}).get("NAME")
    return bool(name) and str(settings_dict["NAME"]) == str(name)
