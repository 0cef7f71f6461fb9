"""What processes saw of other people's services is added up for all to read."""

import atexit
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from cardmaker.core import outside
from cardmaker.core.http import OutsideClient, OutsideUnavailable, Tally, counted, take_tallies
from cardmaker.core.models import OutsideHour
from cardmaker.core.outside import Service

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_seen():
    take_tallies()
    yield
    take_tallies()


def answering(*statuses: int) -> OutsideClient:
    answers = iter(statuses)
    transport = httpx.MockTransport(lambda _: httpx.Response(next(answers)))
    return OutsideClient("printer", "http://printer.example.com", transport=transport)


def test_calls_are_counted_and_written_down_once():
    client = answering(200, 503, 404)
    client.request("GET", "/a")
    with pytest.raises(OutsideUnavailable):
        client.request("GET", "/a")
    client.request("GET", "/a")

    assert (outside.write_down(at=NOON, now=True), outside.write_down(at=NOON, now=True)) == (1, 0)

    (service,) = outside.services(at=NOON)
    assert (service.name, service.calls, service.failures, service.is_failing) == ("printer", 3, 1, True)


def test_processes_add_to_the_same_hour(monkeypatch):
    early, late = NOON - timedelta(minutes=9), NOON - timedelta(minutes=1)
    for tally in (Tally(8, 1, 800, 200, early, late), Tally(12, 0, 1_200, 150, late, None)):
        monkeypatch.setattr(outside, "take_tallies", lambda tally=tally: {"printer": tally})
        outside.write_down(at=NOON, now=True)

    assert OutsideHour.objects.count() == 1
    assert outside.services(at=NOON) == [Service("printer", 20, 1, 100, 200, late, late)]


def test_only_the_last_day_counts_but_the_last_success_is_remembered():
    before = NOON - timedelta(days=3)
    OutsideHour.objects.create(name="old", starts_at=before, calls=5, failures=5, total_ms=50, last_ok_at=before)

    assert outside.services(at=NOON) == [Service("old", 0, 0, None, 0, before, None)]


def test_it_waits_between_two_writings(monkeypatch):
    monkeypatch.setattr(outside, "take_tallies", lambda: {"printer": Tally(1, 0, 1, 1, NOON, None)})

    assert (outside.write_down(at=NOON, now=True), outside.write_down(at=NOON)) == (1, 0)


def test_what_is_two_weeks_old_goes_with_the_next_new_hour(monkeypatch):
    OutsideHour.objects.create(name="printer", starts_at=NOON - timedelta(days=15))
    monkeypatch.setattr(outside, "take_tallies", lambda: {"printer": Tally(1, 0, 1, 1, NOON, None)})

    outside.write_down(at=NOON, now=True)

    assert [hour.calls for hour in OutsideHour.objects.all()] == [1]


def test_what_another_library_does_is_counted_too():
    with counted("Mail", "send"):
        pass
    with pytest.raises(ValueError, match="no"), counted("Mail", "send"):
        raise ValueError("no")

    outside.write_rest()

    (service,) = outside.services(at=timezone.now())
    assert (service.name, service.calls, service.failures) == ("Mail", 2, 1)


def test_mails_are_counted(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "cardmaker.core.posting.Smtp", "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        send_mail("Hello", "Hello", None, ["somebody@example.com"])

    assert {name: (tally.calls, tally.failures) for name, tally in take_tallies().items()} == {"Mail": (1, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_web_process_writes_what_its_requests_called():
    ended = outside.keep_writing(every_s=0.05)
    try:
        answering(200).request("GET", "/a")

        deadline = time.monotonic() + 10
        while not (seen := outside.services(at=timezone.now())) and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        ended.set()
        atexit.unregister(outside.write_rest)
    assert [(service.name, service.calls) for service in seen] == [("printer", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_command_writes_when_it_ends(process_env):
    script = "from cardmaker.core import http; http.note_call('printer', 'GET /a', '503', began=0, ok=False)"
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "shell", "-c", script]

    subprocess.run(command, env=process_env, check=True, capture_output=True)

    (service,) = outside.services(at=timezone.now())
    assert (service.name, service.calls, service.failures) == ("printer", 1, 1)
