"""A migrated database for one stack: a file in its home, or one of its own on the server that DATABASE_URL names."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from psycopg import sql

from fulfillment.torture import migrated
from fulfillment.torture.connecting import at_server, connected, name_in


@contextmanager
def sqlite(home: Path) -> Iterator[str]:
    """Its URL. The file goes with the home."""
    path = home / "cardmaker.sqlite3"
    migrated.sqlite(path)
    yield f"sqlite:///{path}"


@contextmanager
def postgres(server_url: str, name: str) -> Iterator[str]:
    """Create a database beside the one that `server_url` names; its URL. Dropped in the end, connections or not."""
    parts = urlsplit(server_url)
    name = f"{name_in(server_url)}_{name}_{os.getpid()}"
    both = [sql.Identifier(each) for each in (name, migrated.postgres(server_url))]
    with at_server(server_url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(both[0]))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*both))
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with at_server(server_url) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def is_postgres(url: str) -> bool:
    return urlsplit(url).scheme in {"postgres", "postgresql", "psql", "pgsql"}


def column(url: str, question: str) -> list[str]:
    """The first column of a SELECT, asked without Django: a process of its own would take too long to start."""
    if is_postgres(url):
        with connected(url, name_in(url)) as connection:
            return [str(row[0]) for row in connection.execute(question.encode()).fetchall()]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as file:
        return [str(row[0]) for row in file.execute(question).fetchall()]
