import logging
from datetime import UTC, datetime

import httpx
import pytest
import respx
import time_machine
from django.db import transaction

from cardmaker.core.http import (
    OutsideClient,
    OutsideUnavailable,
    health,
    retry_after_s,
    shared_client,
)
from cardmaker.core.transactions import InTransaction

BASE = "https://service.example"


@pytest.fixture
def service():
    with respx.mock(base_url=BASE, assert_all_called=False) as routes:
        yield routes


@pytest.fixture
def client():
    return OutsideClient("service", BASE, headers={"X-Key": "k"})


@pytest.mark.parametrize("status", [200, 204, 302, 400, 401, 404, 422, 430])
def test_an_answer_below_500_is_given_back(service, client, status):
    service.get("/things/").respond(status)

    assert client.request("GET", "/things/").status_code == status


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 530])
def test_a_server_in_trouble_is_unavailable_and_asked_once(service, client, status):
    route = service.get("/things/").respond(status, headers={"Retry-After": "7"})

    with pytest.raises(OutsideUnavailable) as caught:
        client.request("GET", "/things/")

    assert (caught.value.message, caught.value.retry_after) == (f"service answered {status}", 7)
    assert caught.value.sent is (status != 429)
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("failure", "sent"),
    [
        (httpx.ReadTimeout, True),
        (httpx.RemoteProtocolError, True),
        (httpx.ConnectError, False),
        (httpx.ConnectTimeout, False),
    ],
)
def test_no_answer_is_unavailable_and_says_whether_it_was_sent(service, client, failure, sent):
    service.post("/things/").mock(side_effect=failure("boom"))

    with pytest.raises(OutsideUnavailable) as caught:
        client.request("POST", "/things/", json={})

    assert (caught.value.message, caught.value.sent) == ("service did not answer", sent)


@pytest.mark.django_db(transaction=True)
def test_a_call_inside_a_transaction_is_refused_before_it_is_sent(service, client):
    route = service.get("/things/")

    with transaction.atomic(), pytest.raises(InTransaction):
        client.request("GET", "/things/")

    assert route.call_count == 0


@pytest.mark.django_db
def test_the_transaction_of_a_test_case_does_not_count(service, client):
    service.get("/things/").respond(200)

    assert client.request("GET", "/things/").status_code == 200


@pytest.mark.django_db
def test_a_transaction_inside_that_of_a_test_case_counts(client):
    with transaction.atomic(), pytest.raises(InTransaction):
        client.request("GET", "/things/")


def test_the_log_holds_neither_query_nor_body(service, client, caplog):
    service.post("/things/").respond(200)

    with caplog.at_level(logging.DEBUG, logger="cardmaker"):
        client.request("POST", "/things/", params={"key": "hush"}, json={"name": "Ada"}, headers={"X-Token": "t0ken"})

    [line] = [record.getMessage() for record in caplog.records if record.name == "cardmaker.core.http"]
    assert line.startswith("service POST /things/ 200 ")
    assert "hush" not in caplog.text
    assert "Ada" not in caplog.text


def test_redirects_are_not_followed(service, client):
    service.get("/things/").respond(301, headers={"Location": "https://elsewhere.example/"})

    assert client.request("GET", "/things/").status_code == 301


def test_health_counts_failures_since_the_last_success(service):
    flaky = OutsideClient("flaky", BASE)
    service.get("/things/").mock(side_effect=[httpx.Response(200), httpx.Response(500), httpx.Response(500)])

    with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        flaky.request("GET", "/things/")
    for _ in range(2):
        with pytest.raises(OutsideUnavailable):
            flaky.request("GET", "/things/")

    assert health()["flaky"] == {"last_ok_at": datetime(2026, 11, 21, 12, tzinfo=UTC), "failures": 2}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0.2", 1), ("2.0", 2), ("Sat, 21 Nov 2026 12:01:00 GMT", 60), ("Sat, 21 Nov 2026 11:00:00 GMT", None),
     ("", None), ("soon", None), ("-3", None), ("inf", None), ("nan", None)],
)  # fmt: skip
@time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False)
def test_retry_after_is_read_as_seconds_or_date(header, seconds):
    assert retry_after_s(header) == seconds


def test_an_address_has_one_client_whoever_asks():
    first = shared_client("service", BASE)

    assert shared_client("service", BASE) is first
    assert shared_client("service", BASE + "/other") is not first
