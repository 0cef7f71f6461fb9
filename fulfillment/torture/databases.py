"""A database for one stack: a file in its home, or one of its own on the PostgreSQL server that DATABASE_URL names."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import sql


@contextmanager
def sqlite(home: Path) -> Iterator[str]:
    """Its URL. The file goes with the home."""
    yield f"sqlite:///{home / 'cardmaker.sqlite3'}"


@contextmanager
def postgres(server_url: str, name: str) -> Iterator[str]:
    """Create a database beside the one that `server_url` names; its URL. Dropped in the end, connections or not."""
    parts = urlsplit(server_url)
    name = f"{parts.path.lstrip('/')}_{name}_{os.getpid()}"
    with _server(server_url) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        with _server(server_url) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def is_postgres(url: str) -> bool:
    return urlsplit(url).scheme in {"postgres", "postgresql", "psql", "pgsql"}


def column(url: str, question: str) -> list[str]:
    """The first column of a SELECT, asked without Django: a process of its own would take too long to start."""
    if is_postgres(url):
        with _connection(url, urlsplit(url).path.lstrip("/")) as connection:
            return [str(row[0]) for row in connection.execute(question.encode()).fetchall()]
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as file:
        return [str(row[0]) for row in file.execute(question).fetchall()]


def _server(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the database that every server has; creating a database is not possible in a transaction."""
    return _connection(url, "postgres")


def _connection(url: str, name: str) -> "psycopg.Connection[tuple[object, ...]]":
    parts = urlsplit(url)
    host, separator, port = parts.netloc.rpartition("@")[2].partition(":")
    return psycopg.connect(
        host=unquote(host) or None,
        port=int(port) if separator else None,
        user=unquote(parts.username or "") or None,
        password=unquote(parts.password or "") or None,
        dbname=name,
        autocommit=True,
    )
