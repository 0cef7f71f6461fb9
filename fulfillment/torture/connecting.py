"""Connections to PostgreSQL by its URL, without Django."""

from urllib.parse import unquote, urlsplit

import psycopg


def name_in(url: str) -> str:
    """The name of the database."""
    return urlsplit(url).path.lstrip("/")


def at_server(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the database that every server has; creating a database is not possible in a transaction."""
    return connected(url, "postgres")


def connected(url: str, name: str) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection to the database `name` on the server of `url`; every statement commits by itself."""
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
