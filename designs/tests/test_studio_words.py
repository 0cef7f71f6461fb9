"""The table of the studio's words holds all of them, so that a translation of it is whole."""

import json
import re

from designs.studio import studio_words


def test_messages_of_tables_and_of_the_loader_are_in_it():
    known = json.loads(studio_words.table())

    assert {"Make {count} pictures", "Best contrast", "Picture", "Opening the studio…"} <= known.keys()
    assert len(known) > 350
    assert list(known) == list(known.values()) == sorted(known)


def test_nothing_is_said_that_no_table_could_translate():
    """Whatever goes through t() is a message in quotes, or was noted as one where it stands."""
    unknown = re.compile(r"(?<![\w.$])t\((?!\s*\"|title\b|LINES\[|TITLES\[|message\b)")
    files = [file for file in studio_words.SOURCES.rglob("*.js") if file.name != "text.js"]

    assert [file.name for file in files if unknown.search(file.read_text(encoding="utf-8"))] == []


def test_it_can_be_fetched_from_anywhere(client):
    answer = client.get("/embed/v1/words.json")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content.decode() == studio_words.table()
