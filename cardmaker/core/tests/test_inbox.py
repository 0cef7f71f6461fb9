import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection, connections

from cardmaker.core import inbox, jobs
from cardmaker.core.models import InboxEvent, Job

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DELIVERY = {"source": "shopify", "external_id": "e-1", "topic": "orders/paid", "payload": {"id": 7, "email": "a@b.c"}}


@pytest.fixture(autouse=True)
def _kinds():
    kinds = dict(jobs.KINDS)
    jobs.register("test.handle", _break, on_stuck=inbox.bury)
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(kinds)


def _break(subject: str) -> None:
    inbox.handle(subject, {"orders/paid": lambda event: {}["missing"]}, at=NOON)


def receive(**changes) -> InboxEvent | None:
    return InboxEvent.receive(**DELIVERY | changes, at=NOON, then="test.handle")


@pytest.mark.django_db
def test_a_delivery_is_stored_and_queued_once():
    first = receive()

    assert receive() is None
    assert list(Job.objects.values_list("kind", "subject")) == [("test.handle", str(first.pk))]


@pytest.mark.django_db
def test_the_same_id_of_another_sender_is_another_delivery():
    receive()

    assert receive(source="gooten") is not None


@pytest.mark.django_db
def test_the_database_holds_no_readable_payload():
    event = receive()

    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM core_inboxevent")
        stored = cursor.fetchone()[0]
    assert "a@b.c" not in stored
    assert InboxEvent.objects.get(pk=event.pk).payload == DELIVERY["payload"]


@pytest.mark.django_db
def test_an_event_is_handled_once():
    event = receive()
    handled: list[str] = []

    for _ in range(2):
        inbox.handle(event.pk, {"orders/paid": lambda event: handled.append(event.topic)}, at=NOON)

    event.refresh_from_db()
    assert (handled, event.state, event.handled_at) == (["orders/paid"], "handled", NOON)


@pytest.mark.django_db
def test_an_unknown_topic_is_kept_and_can_be_replayed():
    event = receive(topic="themes/publish")
    inbox.handle(event.pk, {}, at=NOON)
    event.refresh_from_db()
    assert event.state == "ignored"

    event.replay(at=NOON)

    assert (event.state, event.handled_at, Job.objects.count()) == ("new", None, 2)


@pytest.mark.django_db
def test_a_handler_that_keeps_failing_makes_a_dead_letter(drain):
    event = receive()

    assert drain(ignore_delays=True) == 5

    event.refresh_from_db()
    assert (event.state, event.last_error, event.handled_at) == ("dead", "KeyError", None)


@pytest.mark.django_db
def test_an_event_that_was_handled_is_not_buried():
    event = receive()
    inbox.handle(event.pk, {}, at=NOON)

    inbox.bury(str(event.pk), "KeyError")

    event.refresh_from_db()
    assert event.state == "ignored"


@pytest.mark.django_db
def test_a_known_delivery_costs_one_query(django_assert_num_queries):
    receive()

    with django_assert_num_queries(1):
        receive()


def race(work, *, threads: int) -> list:
    """Run `work` from many threads at the same moment; what each answered."""
    results: list = []
    gate = threading.Barrier(threads)

    def runner() -> None:
        gate.wait()
        try:
            results.append(work())
        finally:
            connections.close_all()

    runners = [threading.Thread(target=runner) for _ in range(threads)]
    for thread in runners:
        thread.start()
    for thread in runners:
        thread.join(timeout=30)
    return results


@pytest.mark.serial
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_deliveries_one_is_new():
    answers = race(lambda: receive() is not None, threads=16)

    assert Counter(answers) == {True: 1, False: 15}
    assert (InboxEvent.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.serial
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_handlers_one_has_the_effect():
    event = receive()
    handled: list[int] = []

    race(lambda: inbox.handle(event.pk, {"orders/paid": lambda event: handled.append(1)}, at=NOON), threads=16)

    assert handled == [1]


@pytest.mark.serial
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_negative_control_without_the_row_lock_the_effect_comes_more_than_once():
    event = receive()
    handled: list[int] = []
    all_have_read = threading.Barrier(2)

    def unguarded() -> None:
        if InboxEvent.objects.get(pk=event.pk).handled_at is None:
            all_have_read.wait(timeout=20)
            handled.append(1)
            InboxEvent.objects.filter(pk=event.pk).update(handled_at=NOON)

    race(unguarded, threads=2)

    assert handled == [1, 1]


@pytest.mark.serial
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_supervisors_one_starts_a_periodic_job():
    jobs.register("test.regular", lambda subject: None, every_s=60)

    race(lambda: jobs.start_due_periods(at=NOON), threads=16)

    assert Job.objects.filter(kind="test.regular").count() == 1
