"""Printify's news: proven by the signature over the raw body, stored once, and only a hint to read again."""

import hashlib
import hmac
import json

import pytest
from django.conf import settings
from django.utils import timezone

from cardmaker.core.inbox import InboxEvent
from cardmaker.core.models import Event, Job
from fulfillment import panels
from fulfillment.models import PrintJob
from fulfillment.orders import inbox_handlers
from fulfillment.tests.factories import NOON, World

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhooks/printify/"
READ = "fulfillment.read_print_job"


def envelope(topic="order:updated", key="5a96f649", event_id="653b6be8-2ff7-4ab5-a7a6-6889a8b3bbf5"):
    resource = {"id": key, "type": topic.partition(":")[0], "data": {"shop_id": 1, "status": "fulfilled"}}
    return {"id": event_id, "type": topic, "created_at": "2026-11-21 12:00:00+00:00", "resource": resource}


def deliver(client, told, *, secret=None, signature=None):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    digest = hmac.new((secret or settings.PRINTIFY_WEBHOOK_SECRET).encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Pfy-Signature": f"sha256={digest}" if signature is None else signature}
    return client.post(URL, body, content_type="application/json", headers=headers)


def handle_all():
    for event in InboxEvent.objects.all():
        inbox_handlers.handle(str(event.pk), at=NOON)


@pytest.fixture
def job(world: World) -> PrintJob:
    """A job that Printify has."""
    job = world.print_job()
    PrintJob.objects.filter(pk=job.pk).update(supplier="printify", supplier_ref="5a96f649")
    Job.objects.all().delete()
    return job


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "guess", "sha256=ä"])
def test_a_forged_delivery_gets_401_and_leaves_nothing(client, signature):
    assert deliver(client, envelope(), signature=signature).status_code == 401
    assert deliver(client, envelope(), secret="guessed").status_code == 401
    assert (InboxEvent.objects.count(), Job.objects.count()) == (0, 0)


def test_the_signature_is_over_the_very_bytes(client):
    signed = hmac.new(settings.PRINTIFY_WEBHOOK_SECRET.encode(), json.dumps(envelope()).encode(), hashlib.sha256)
    spaced = json.dumps(envelope(), indent=1).encode()

    assert deliver(client, spaced, signature=f"sha256={signed.hexdigest()}").status_code == 401


def test_the_same_envelope_twice_is_stored_and_queued_once(client):
    assert [deliver(client, envelope()).status_code for _ in range(2)] == [200, 200]
    assert (InboxEvent.objects.count(), Job.objects.count()) == (1, 1)


@pytest.mark.parametrize("topic", ["order:updated", "order:shipment:created", "order:shipment:delivered"])
def test_news_of_an_order_has_it_read_again_and_changes_nothing_itself(client, job, topic):
    deliver(client, envelope(topic))
    handle_all()
    handle_all()

    assert list(Job.objects.filter(kind=READ).values_list("subject", flat=True)) == [str(job.pk)]
    assert PrintJob.objects.get(pk=job.pk).state == job.state


@pytest.mark.parametrize("key", ["", "another", None])
def test_news_of_an_order_that_is_not_ours_is_no_work(client, job, key):
    assert deliver(client, envelope(key=key)).status_code == 200
    handle_all()

    assert Job.objects.filter(kind=READ).count() == 0


def test_news_of_another_suppliers_order_is_not_believed(client, world: World):
    PrintJob.objects.filter(pk=world.print_job().pk).update(supplier="gooten", supplier_ref="5a96f649")
    Job.objects.all().delete()
    deliver(client, envelope())
    handle_all()

    assert Job.objects.filter(kind=READ).count() == 0


def test_a_topic_that_we_do_not_know_is_kept(client):
    assert deliver(client, envelope("product:updated")).status_code == 200
    handle_all()

    assert list(InboxEvent.objects.values_list("topic", "state")) == [("printify/product:updated", "ignored")]


def test_a_shop_that_was_disconnected_is_told_to_ops(client):
    told = {**envelope("shop:disconnected"), "resource": {"id": 815256, "type": "shop", "data": None}}
    assert panels.orders(timezone.now())["disconnected"] is False

    deliver(client, told)
    inbox_handlers.handle(str(InboxEvent.objects.get().pk), at=timezone.now())

    assert list(Event.objects.values_list("name", "subject")) == [("supplier_disconnected", "printify")]
    assert panels.orders(timezone.now())["disconnected"] is True


@pytest.mark.parametrize("body", [b"", b"not json", b"[1, 2]", b"\xff\xfe", b'{"resource": [1], "type": null}'])
def test_a_proven_body_that_cannot_be_read_is_kept_and_answered_with_200(client, body):
    assert deliver(client, body).status_code == 200
    handle_all()

    assert InboxEvent.objects.count() == 1
