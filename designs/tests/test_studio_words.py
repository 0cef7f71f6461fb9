"""The table of the studio's words holds all of them and no others, so that a translation of it is whole."""

import json
import re

from designs import studio_words


def test_the_table_is_what_the_sources_say():
    assert studio_words.TABLE.read_text(encoding="utf-8") == studio_words.table(), "run manage.py studio_words"


def test_messages_of_tables_and_of_the_loader_are_among_them():
    known = set(json.loads(studio_words.TABLE.read_text(encoding="utf-8")))

    assert {"Make {count} pictures", "Best contrast", "Picture", "Opening the studio…"} <= known
    assert len(known) > 350


def test_nothing_is_said_that_no_table_could_translate():
    """Whatever goes through t() is a message in quotes, or was noted as one where it stands."""
    unknown = re.compile(r"(?<![\w.$])t\((?!\s*\"|title\b|LINES\[|TITLES\[|message\b)")
    files = [file for file in studio_words.SOURCES.rglob("*.js") if file.name != "text.js"]

    assert [file.name for file in files if unknown.search(file.read_text(encoding="utf-8"))] == []
