"""Databases with every migration applied: made once for a state of the migrations, copied from then on.

Migrating an empty database takes eight seconds of a processor. Tests and torture start from many empty ones, and a copy
is the same database in a fraction of a second.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from fulfillment.torture.connecting import at_server, name_in
from fulfillment.torture.recipe import ROOT, digest

KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")
UNUSED_S = 7 * 24 * 3600.0  # after that a file goes; another branch, or another copy of the tree, may still want it
MAKING = 20261121  # the number of the advisory lock under which a server's template is looked for and made


def sqlite(target: Path, *, name: str = "cardmaker.sqlite3") -> None:
    """Put a migrated database at `target`. The one that was migrated as test.sqlite3 lets guarded rows be deleted."""
    kept = Path(tempfile.gettempdir()) / f"cardmaker-migrated-{os.getuid()}"
    kept.mkdir(mode=0o700, exist_ok=True)
    template = kept / f"{digest()}-{name}"
    with _alone(kept / "lock"):
        if not template.exists():
            forget_unused(kept)
            _make_file(template, name)
        shutil.copyfile(template, target)
        template.touch()


def forget_unused(kept: Path) -> None:
    for old in kept.glob("*.sqlite3"):
        if old.stat().st_mtime < time.time() - UNUSED_S:
            old.unlink()


def postgres(server_url: str) -> str:
    """The name of a migrated database beside the one that `server_url` names, to be copied: CREATE ... TEMPLATE."""
    stem = f"{name_in(server_url)}_migrated_"
    name = stem + digest()
    with at_server(server_url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING])
        found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [stem]).fetchall()
        others = [str(row[0]) for row in found]
        if name not in others:
            for other in others:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(other)))
            _make_database(connection, server_url, draft=stem + "draft", name=name)
    return name


def _make_database(connection: "psycopg.Connection[Any]", server_url: str, *, draft: str, name: str) -> None:
    both = [sql.Identifier(each) for each in (draft, name)]
    connection.execute(sql.SQL("CREATE DATABASE {}").format(*both))
    _migrate(urlsplit(server_url)._replace(path=f"/{draft}").geturl())
    # A database that somebody is connected to is not copied, and autovacuum is somebody.
    connection.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(*both))
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*both))


def _make_file(template: Path, name: str) -> None:
    with tempfile.TemporaryDirectory(dir=template.parent) as home:
        _migrate(f"sqlite:///{home}/{name}", CARDMAKER_HOME=home)
        Path(home, name).rename(template)


def _migrate(url: str, **env: str) -> None:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    facts = {"CARDMAKER_ENV": "test", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cardmaker.settings"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=kept | facts | env, cwd=ROOT, check=True)  # noqa: S603 - our own words


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
