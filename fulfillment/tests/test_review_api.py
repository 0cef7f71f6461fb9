"""Input that nobody sends by accident, as strangers may send it: a clear error in the one shape, never a 500."""

import json

import pytest
from django.test import Client

from designs.models import Design, Page
from designs.tests.factories import load_reference_rows

API = "/api/v1"
NOBODYS = "3f0c8d0e-0000-4000-8000-000000000000"


@pytest.fixture
def guest(db) -> Client:
    """A visitor who has begun a card."""
    load_reference_rows()
    client = Client(raise_request_exception=False)
    body = {"kind": "card", "format": "card-5x7-flat"}
    assert client.post(f"{API}/designs/", body, content_type="application/json").status_code == 201
    return client


@pytest.fixture
def page(guest: Client) -> str:
    return f"{API}/designs/{Design.objects.get().pk}/pages/front/"


def told(answer) -> tuple[int, str]:
    """Status and code; an answer without the one error shape fails here."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "details", "retry_after"}
    return answer.status_code, error["code"]


@pytest.mark.parametrize(
    "body",
    [
        '{"lettering": {"size": 1' + "0" * 400 + "}}",
        '{"lettering": {"font": "\\ud800"}}',
        '{"lettering": {"\\ud800": "a"}}',
        '{"crop": {"x": 1e999}}',
        '{"crop": {"x": 1' + "0" * 400 + "}}",
        '{"crop": {"\\ud800": 1}}',
        '{"words": "\\u0000"}',
        '{"picks": ["\\ud800"]}',
        '{"style": "\\u0000"}',
        "[" * 100_000,
        '{"words": ' + "[" * 50_000 + "]" * 50_000 + "}",
        "[1]",
        "null",
        '"text"',
        "{",
        "\udcff".encode("utf-8", "surrogateescape"),
    ],
)
def test_a_body_that_no_studio_sends_is_refused(page: str, guest: Client, body):
    answer = guest.put(page, body, content_type="application/json")

    assert told(answer)[0] == 400
    assert Page.objects.get(position="front").words == ""


def test_a_body_larger_than_a_card_needs_is_refused(page: str, guest: Client):
    answer = guest.put(page, json.dumps({"words": "x" * 1_100_000}), content_type="application/json")

    assert told(answer) == (400, "invalid")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/designs/?cursor=%00", 400),
        ("/designs/?cursor=cD0lMDA%3D", 404),
        ("/designs/?cursor=cD1ub3doZXJl", 404),
        ("/orders/?cursor=cD1ub3doZXJl", 404),
        ("/orders/?cursor=cD0yMDI2LTExLTIxJTAw", 404),
        ("/usage/?kind=%00", 400),
        ("/nothing-here/", 404),
        ("/designs/not-a-uuid/", 404),
        (f"/designs/{NOBODYS}/", 404),
        (f"/runs/{NOBODYS}/", 404),
        ("/orders/?format=xml", 404),
        ("/webhooks/shopify/", 405),
        ("/webhooks/gooten/x/", 405),
        ("/session/", 405),
    ],
)
def test_an_address_that_no_client_asks_for_gets_the_one_error_shape(guest: Client, path: str, status: int):
    assert told(guest.get(API + path))[0] == status


def test_a_format_that_cannot_be_a_code_is_refused(guest: Client):
    design = Design.objects.get()

    assert told(guest.get(f"{API}/designs/{design.pk}/preview/?format=%00")) == (400, "invalid")


def test_a_page_name_that_no_format_has_is_not_here(guest: Client):
    design = Design.objects.get()

    answer = guest.put(f"{API}/designs/{design.pk}/pages/%00/", {"words": "a"}, content_type="application/json")

    assert told(answer) == (400, "invalid")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}])
def test_a_run_can_only_be_read(guest: Client, headers: dict[str, str]):
    assert told(guest.post(f"{API}/runs/{NOBODYS}/", headers=headers)) == (405, "method_not_allowed")


def test_another_content_type_is_refused(guest: Client):
    assert told(guest.post(f"{API}/designs/", "kind=card", content_type="application/x-www-form-urlencoded"))[0] == 415


@pytest.mark.parametrize("path", ["/webhooks/shopify/", "/webhooks/gooten/wrong/"])
def test_an_unproven_delivery_is_refused_in_the_one_shape(db, path: str):
    assert told(Client().post(API + path, {}, content_type="application/json")) == (401, "not_authenticated")


@pytest.mark.parametrize("path", ["/print/%00/{0}.jpg", "/print/x/%00.jpg", "/files/%00", "/listing-pictures/%00.jpg"])
def test_a_file_address_that_was_never_made_is_refused(db, path: str):
    assert Client(raise_request_exception=False).get(path.format("0" * 64)).status_code == 400


@pytest.mark.parametrize(
    "path", ["/dashboard/", "/orders/", f"/orders/{NOBODYS}/", f"/proofs/{NOBODYS}/", "/studio/card/"]
)
def test_a_page_asked_for_with_a_dead_token_is_no_bug(db, path: str):
    answer = Client(raise_request_exception=False).get(path, headers={"Authorization": "Bearer x"})

    assert answer.status_code in (200, 401)


def begin(client: Client) -> str:
    body = {"kind": "card", "format": "card-5x7-flat"}
    answer = client.post(f"{API}/designs/", body, content_type="application/json", headers={"Idempotency-Key": "k-1"})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def test_the_first_post_of_a_visitor_is_repeated_safely(db):
    load_reference_rows()
    visitor = Client()

    assert [begin(visitor), begin(visitor)] == [str(Design.objects.get().pk)] * 2


def test_two_visitors_behind_one_address_never_share_an_answer(db):
    load_reference_rows()
    visitor, neighbor = Client(), Client()

    assert begin(visitor) != (theirs := begin(neighbor))
    assert neighbor.get(f"{API}/designs/{theirs}/").status_code == 200


def test_a_list_of_thousands_is_not_looked_through(guest: Client):
    answer = guest.post(f"{API}/carts/", {"checkouts": ["a"] * 50_000}, content_type="application/json")

    assert told(answer) == (400, "parse_error")
    assert len(answer.content) < 200
