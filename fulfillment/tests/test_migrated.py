"""A database that was copied is the one that the migrations make, and a change of what makes it is seen."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.db import connection

from fulfillment.torture import databases, migrated, recipe
from fulfillment.torture.connecting import connected, name_in
from fulfillment.torture.recipe import ROOT, digest

RECIPE = {
    "cardmaker/settings/database.py": "",
    "requirements/base.txt": "django==5.2\n",
    "paper/migrations/0001_initial.py": "from paper import guarding\n",
    "paper/guarding.py": "from .wording import REFUSAL\n",
    "paper/wording.py": "REFUSAL = 'no'\n",
    "paper/views.py": "",
}
OBJECTS = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY 1"
CATALOG = """
SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable
    || coalesce(' ' || column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
UNION SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
"""
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
PG_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
def tree(tmp_path):
    for name, content in RECIPE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


@pytest.mark.parametrize("name", [*RECIPE][:5])
def test_a_change_of_a_migration_or_of_what_it_imports_is_another_recipe(tree, name):
    before = digest(tree)

    (tree / name).write_text(RECIPE[name] + "# changed\n")

    assert digest(tree) != before


def test_what_no_migration_imports_is_no_part_of_the_recipe(tree):
    before = digest(tree)

    (tree / "paper/views.py").write_text("# changed\n")

    assert digest(tree) == before


def test_our_own_recipe_has_the_module_that_writes_the_triggers():
    reached = {str(path.relative_to(recipe.ROOT)) for path in recipe._reached(recipe.ROOT)}

    assert {
        "cardmaker/core/appendonly.py",
        "billing/appendonly.py",
        "designs/migrations/0002_guard_proofs.py",
    } <= reached


def test_a_copied_file_guards_what_never_changes_and_owes_no_migration(tmp_path):
    with databases.sqlite(tmp_path) as url:
        triggers = databases.column(url, "SELECT name FROM sqlite_master WHERE type = 'trigger'")

        assert set(triggers) == {
            "billing_ledger_no_delete",
            "billing_ledger_no_update",
            "core_change_no_delete",
            "core_change_no_update",
            "designs_print_file_remains",
            "designs_print_file_stays",
            "designs_proof_remains",
            "designs_proof_stays",
        }
        assert "No planned migration operations" in migrate(url, "--plan")


def test_what_another_branch_made_stays_for_a_week(tmp_path):
    for name, age_s in {"used": migrated.UNUSED_S - 60, "unused": migrated.UNUSED_S + 60}.items():
        path = tmp_path / f"{name}-test.sqlite3"
        path.touch()
        os.utime(path, times=(time.time() - age_s,) * 2)

    migrated.forget_unused(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["used-test.sqlite3"]


@pytest.mark.walk
def test_a_copy_is_what_the_migrations_make(tmp_path):
    with copied(tmp_path) as copy, empty(tmp_path) as made:
        migrate(made)

        assert databases.column(copy, objects()) == databases.column(made, objects())
        assert sizes(copy) == sizes(made)


def on_postgres():
    return connection.vendor == "postgresql"


def copied(home):
    return databases.postgres(os.environ["DATABASE_URL"], "copied") if on_postgres() else databases.sqlite(home)


@contextmanager
def empty(home):
    if not on_postgres():
        yield f"sqlite:///{home}/empty.sqlite3"
        return
    with databases.postgres(os.environ["DATABASE_URL"], "empty") as url:
        with connected(url, name_in(url)) as filled:
            filled.execute("DROP SCHEMA public CASCADE")
            filled.execute("CREATE SCHEMA public")
        yield url


def migrate(url, *options):
    """What `manage.py migrate` says."""
    env = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", *options]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def objects():
    return CATALOG if on_postgres() else OBJECTS


def sizes(url):
    """How many rows each table has."""
    tables = databases.column(url, PG_TABLES if on_postgres() else TABLES)
    return {table: databases.column(url, f'SELECT count(*) FROM "{table}"') for table in tables}
