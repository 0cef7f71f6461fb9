"""Erasing an account empties the warnings of its proofs too: they may quote the dates that somebody wrote down."""

from importlib import import_module

from django.db import migrations

guards = import_module("designs.migrations.0002_guard_proofs")
EMPTIED = {True: "NEW.warnings::text <> '[]'", False: "NEW.warnings <> '[]'"}


def _condition(postgresql, *, emptied):
    unequal, cast = ("IS DISTINCT FROM", "::text") if postgresql else ("IS NOT", "")
    condition = guards._conditions(unequal, cast)[0]
    changed = f"OLD.warnings{cast} {unequal} NEW.warnings{cast}"
    assert changed in condition
    return condition.replace(changed, f"({changed} AND {EMPTIED[postgresql]})") if emptied else condition


def _rebuild(schema_editor, *, emptied):
    postgresql = schema_editor.connection.vendor == "postgresql"
    condition = f"OLD.state = 'ready' AND ({_condition(postgresql, emptied=emptied)})"
    why = "a ready proof never changes"
    drop = "DROP TRIGGER IF EXISTS designs_proof_stays" + (" ON designs_proof" if postgresql else "")
    create = (
        "CREATE TRIGGER designs_proof_stays BEFORE UPDATE ON designs_proof FOR EACH ROW "
        f"WHEN ({condition}) EXECUTE FUNCTION designs_refuse('{why}')"
        if postgresql
        else f"CREATE TRIGGER designs_proof_stays BEFORE UPDATE ON designs_proof WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )
    for statement in (drop, create):
        schema_editor.execute(statement, params=None)


def let_go(apps, schema_editor):
    _rebuild(schema_editor, emptied=True)


def hold(apps, schema_editor):
    _rebuild(schema_editor, emptied=False)


class Migration(migrations.Migration):
    dependencies = [("designs", "0010_find_calls_of_unknown_outcome")]
    operations = [migrations.RunPython(let_go, hold)]
