import gzip
import json
import re

import pytest
from django.contrib.staticfiles import finders

from designs.studio import embed

LOADER, STUDIO, COMPARE = "/embed/v1/loader.js", "/embed/v1/studio.js", "/embed/v1/compare.js"


def modules_of(text):
    return json.loads(re.search(r"of (\[.*?\]) \)|of (\[.*?\])\)", text)[0].removeprefix("of ").rstrip(") "))


def test_the_loader_is_small_and_open_to_every_page(client):
    answer = client.get(LOADER)

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert len(gzip.compress(answer.content)) < 4_000
    assert "Set-Cookie" not in answer


def test_the_loader_is_the_file_that_the_theme_extension_ships(client):
    assert client.get(LOADER).content == embed.LOADER.read_bytes()


def test_the_script_of_comparisons_is_small_and_open_to_every_page(client):
    answer = client.get(COMPARE)

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert len(gzip.compress(answer.content)) < 1_500


@pytest.mark.parametrize("address", [LOADER, STUDIO, COMPARE])
def test_a_browser_that_has_it_is_told_so(client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", [LOADER, STUDIO, COMPARE])
def test_it_travels_compressed(client, address):
    plain = client.get(address).content
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain


@pytest.mark.parametrize(
    ("kind", "has", "lacks"), [("card", "card.js", "calendar.js"), ("calendar", "calendar.js", "/card.js")]
)
def test_the_studio_names_every_module_it_begins_with(client, kind, has, lacks):
    names = modules_of(client.get(STUDIO, {"kind": kind}).content.decode())

    assert names[0] == "/static/studio/embed.js"
    assert any(name.endswith(has) for name in names)
    assert not any(name.endswith(lacks) for name in names)
    assert not any("/proof/" in name or "/cart/desk" in name for name in names)  # those come when they are opened
    assert [name for name in names if finders.find(name.removeprefix("/static/")) is None] == []


def test_an_unknown_kind_is_a_card(client):
    assert client.get(STUDIO, {"kind": "mug"}).content == client.get(STUDIO).content


def test_the_addresses_only_answer(client):
    assert [client.post(address).status_code for address in (LOADER, STUDIO, COMPARE)] == [405] * 3
