"""Webhooks: proven, stored once, answered; a wrong signature leaves nothing."""

import base64
import hashlib
import hmac
import json

import pytest
from django.conf import settings

from cardmaker.core.inbox import InboxEvent
from cardmaker.core.models import Job
from fulfillment.models import Order
from fulfillment.orders import inbox_handlers
from fulfillment.tests.factories import NOON, World

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhooks/shopify/"


def deliver(
    client, payload: dict, *, topic: str = "orders/paid", webhook_id: str = "w-1", secret: str | None = None, domain=""
):
    body = json.dumps(payload).encode()
    digest = hmac.new((secret or settings.SHOPIFY_API_SECRET).encode(), body, hashlib.sha256).digest()
    headers = {
        "X-Shopify-Hmac-Sha256": base64.b64encode(digest).decode(),
        "X-Shopify-Topic": topic,
        "X-Shopify-Webhook-Id": webhook_id,
        "X-Shopify-Shop-Domain": domain or settings.HOUSE_SHOP_DOMAIN,
    }
    return client.post(URL, body, content_type="application/json", headers=headers)


@pytest.fixture
def payload(world: World) -> dict:
    return {"admin_graphql_api_id": world.shop_order().gid}


def test_a_wrong_signature_gets_401_and_leaves_nothing(client, payload):
    assert deliver(client, payload, secret="guessed").status_code == 401
    assert client.post(URL, payload, content_type="application/json").status_code == 401
    assert (InboxEvent.objects.count(), Job.objects.count()) == (0, 0)


def test_the_same_delivery_twice_is_stored_and_queued_once(client, payload):
    assert [deliver(client, payload).status_code for _ in range(2)] == [200, 200]
    assert (InboxEvent.objects.count(), Job.objects.count()) == (1, 1)


def test_a_delivery_makes_one_order_awaiting_its_reading(client, payload, world: World):
    deliver(client, payload)
    deliver(client, payload, webhook_id="w-2", topic="orders/create")

    for event in InboxEvent.objects.all():
        inbox_handlers.handle(str(event.pk), at=NOON)
        inbox_handlers.handle(str(event.pk), at=NOON)

    assert [order.state for order in Order.objects.all()] == ["awaiting_payment"]
    assert Job.objects.filter(kind="fulfillment.read_order").count() == 2


def test_an_unknown_topic_is_kept_and_answered(client, payload):
    assert deliver(client, payload, topic="themes/publish").status_code == 200

    event = InboxEvent.objects.get()
    inbox_handlers.handle(str(event.pk), at=NOON)
    event.refresh_from_db()
    assert event.state == "ignored"


def test_a_shop_we_do_not_know_makes_no_order(client, payload):
    deliver(client, payload, domain="stranger.myshopify.com")

    inbox_handlers.handle(str(InboxEvent.objects.get().pk), at=NOON)
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("orders/paid", {"id": int("7" * 200)}),
        ("orders/paid", {"admin_graphql_api_id": "gid://shopify/Order/" + "7" * 200}),
        ("orders/paid", {"admin_graphql_api_id": "gid://shopify/Order/7/../8"}),
        ("orders/paid", {"id": {"id": 7}}),
        ("orders/edited", {"order_edit": [7]}),
        ("refunds/create", {"order_id": "٧"}),
        ("fulfillment_orders/moved", {"fulfillment_order": {"id": "gid://shopify/FulfillmentOrder/" + "7" * 200}}),
        ("products/delete", {"id": [7]}),
    ],
)
def test_what_shopify_never_numbers_an_order_with_is_nobodys_news(client, world: World, topic, payload):
    deliver(client, payload, topic=topic)

    inbox_handlers.handle(str(InboxEvent.objects.get().pk), at=NOON)

    assert InboxEvent.objects.get().state == "handled"
    assert (Order.objects.count(), Job.objects.exclude(kind="fulfillment.handle_event").count()) == (0, 0)


def test_gooten_needs_the_secret_address(client):
    assert client.post("/api/v1/webhooks/gooten/guess/?orderid=7-1").status_code == 401
    assert client.post(f"/api/v1/webhooks/gooten/{settings.GOOTEN_WEBHOOK_TOKEN}/?orderid=7-1").status_code == 200
    assert [event.payload for event in InboxEvent.objects.all()] == [{"order_id": "7-1"}]


@pytest.mark.parametrize("body", [b"", b"not json", b"[1, 2]", b"\xff\xfe"])
def test_a_body_that_cannot_be_read_is_no_server_error(client, body: bytes):
    digest = hmac.new(settings.SHOPIFY_API_SECRET.encode(), body, hashlib.sha256).digest()
    headers = {"X-Shopify-Hmac-Sha256": base64.b64encode(digest).decode(), "X-Shopify-Topic": "orders/paid"}
    response = client.post(URL, body, content_type="application/json", headers=headers)

    assert response.status_code in (200, 401)


def test_headers_longer_than_we_keep_are_cut(client, payload):
    assert deliver(client, payload, topic="t" * 300, webhook_id="w" * 300).status_code == 200

    event = InboxEvent.objects.get()
    assert (event.topic, event.external_id) == ("t" * 100, "w" * 200)


@pytest.mark.parametrize(("size", "status", "stored"), [(4_900_000, 200, 1), (5_000_001, 400, 0)])
def test_an_order_of_many_lines_fits_and_what_no_shop_sends_does_not(client, payload, size, status, stored):
    filler = size - len(json.dumps({**payload, "note": ""}))

    answer = deliver(client, {**payload, "note": "x" * filler})

    assert (answer.status_code, InboxEvent.objects.count()) == (status, stored)


def test_gooten_may_tell_as_much(client):
    body = {"Id": "7-1", "Items": "x" * 2_000_000}
    address = f"/api/v1/webhooks/gooten/{settings.GOOTEN_WEBHOOK_TOKEN}/"

    assert client.post(address, body, content_type="application/json").status_code == 200
    assert [event.payload for event in InboxEvent.objects.all()] == [{"order_id": "7-1"}]
