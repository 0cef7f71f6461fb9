"""A ready Proof and its PrintFiles never change, whoever writes: the database itself refuses.

Two narrow paths stay open. Purging blanks the names of files whose time is over, and erasing an account empties the
snapshot (it holds the person's words); digests and metadata stay for ever.
"""

from django.db import migrations

FROZEN_PROOF = ("design_id", "format_id", "print_spec_id", "country", "state", "digest", "warnings", "min_dpi", "ready_at")
FROZEN_FILE = ("proof_id", "position", "sha256", "size_bytes", "width_px", "height_px", "effective_dpi")


def _changed(columns, unequal):
    return " OR ".join(f"OLD.{column}{cast} {unequal} NEW.{column}{cast}" for column, cast in columns)


def _conditions(unequal, cast):
    proof = _changed([(column, cast if column == "warnings" else "") for column in FROZEN_PROOF], unequal)
    proof += f" OR (OLD.snapshot{cast} {unequal} NEW.snapshot{cast} AND NEW.snapshot{cast} <> '{{}}')"
    file = _changed([(column, "") for column in FROZEN_FILE], unequal)
    for name in ("file", "preview_file"):
        file += f" OR (OLD.{name} <> NEW.{name} AND NEW.{name} <> '')"
    return proof, file


def _sqlite(connection):
    proof, file = _conditions("IS NOT", "")
    rules = [
        ("proof_stays", "UPDATE", "designs_proof", f"OLD.state = 'ready' AND ({proof})", "a ready proof never changes"),
        ("print_file_stays", "UPDATE", "designs_printfile", file, "a print file never changes"),
    ]
    # Tests with real threads empty every table by DELETE between them; PostgreSQL truncates, which no row trigger sees.
    if not _is_test(connection.settings_dict):
        rules += [
            ("proof_remains", "DELETE", "designs_proof", "OLD.state = 'ready'", "a ready proof is never deleted"),
            ("print_file_remains", "DELETE", "designs_printfile", "1", "a print file is never deleted"),
        ]
    return [
        f"CREATE TRIGGER designs_{name} BEFORE {verb} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for name, verb, table, when, why in rules
    ]


def _is_test(settings_dict):
    name = settings_dict.get("TEST", {}).get("NAME")
    return bool(name) and str(settings_dict["NAME"]) == str(name)


def _postgresql():
    proof, file = _conditions("IS DISTINCT FROM", "::text")
    refuse = (
        "CREATE FUNCTION designs_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    rules = [
        ("proof_stays", "UPDATE", "designs_proof", f"OLD.state = 'ready' AND ({proof})", "a ready proof never changes"),
        ("proof_remains", "DELETE", "designs_proof", "OLD.state = 'ready'", "a ready proof is never deleted"),
        ("print_file_stays", "UPDATE", "designs_printfile", file, "a print file never changes"),
        ("print_file_remains", "DELETE", "designs_printfile", "true", "a print file is never deleted"),
    ]
    return [refuse] + [
        f"CREATE TRIGGER designs_{name} BEFORE {verb} ON {table} FOR EACH ROW WHEN ({when}) "
        f"EXECUTE FUNCTION designs_refuse('{why}')"
        for name, verb, table, when, why in rules
    ]


def guard(apps, schema_editor):
    statements = _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite(schema_editor.connection)
    for statement in statements:
        # No parameters, so that "%" in the function's body is left alone.
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table in (
        ("proof_stays", "designs_proof"),
        ("proof_remains", "designs_proof"),
        ("print_file_stays", "designs_printfile"),
        ("print_file_remains", "designs_printfile"),
    ):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS designs_{name}" + (f" ON {table}" if postgresql else ""), params=None)
    if postgresql:
        schema_editor.execute("DROP FUNCTION designs_refuse()", params=None)


class Migration(migrations.Migration):
    dependencies = [("designs", "0001_first_tables")]
    operations = [migrations.RunPython(guard, unguard)]
