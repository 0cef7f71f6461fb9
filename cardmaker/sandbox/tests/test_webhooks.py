import base64
import hashlib
import hmac
import time

import pytest

from .driver import DOMAIN, sold_product

pytestmark = pytest.mark.sandbox


def _buy(sandbox, count=1):
    _, variant = sold_product(sandbox)
    for _ in range(count):
        sandbox.pay(DOMAIN, [{"variant_id": variant}])


def _hooks(sandbox, topic):
    return [each for each in sandbox.state()["webhooks"] if each["topic"] == topic]


def _signed(delivery, secret=b"sandbox-api-secret-worth-nothing"):
    return base64.b64encode(hmac.new(secret, delivery["body"], hashlib.sha256).digest()).decode()


def test_nothing_of_before_arrives_after_a_reset(sandbox, app):
    app.slow_s = 0.5
    _buy(sandbox)
    until = time.monotonic() + 20
    while not app.arriving and time.monotonic() < until:
        time.sleep(0.01)

    sandbox.reset()

    arrived = len(app.deliveries)
    assert arrived >= 1
    time.sleep(0.7)
    assert len(app.deliveries) == arrived


def test_a_failed_delivery_is_repeated_with_the_same_id(sandbox, app):
    app.answers = [500, 500]
    sandbox.fault("webhooks_lost", operation="fulfillment_orders")
    _buy(sandbox)

    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 2)

    created = [each for each in app.deliveries if each["headers"]["x-shopify-topic"] == "orders/create"]
    paid = [each for each in app.deliveries if each["headers"]["x-shopify-topic"] == "orders/paid"]
    ids = [{each["headers"]["x-shopify-webhook-id"] for each in topic} for topic in (created, paid)]
    assert len(created) + len(paid) == 4
    assert [len(each) for each in ids] == [1, 1]
    assert ids[0] != ids[1]


def test_a_delivery_is_given_up_after_eight_retries(sandbox, app):
    app.answers = [401] * 100
    sandbox.fault("webhooks_lost", operation="orders/paid")
    sandbox.fault("webhooks_lost", operation="fulfillment_orders")
    _buy(sandbox)

    for _ in range(200):
        sandbox.post("/sandbox/webhooks/flush/")
        if sandbox.state()["webhook_counts"]["failed"]:
            break

    created = _hooks(sandbox, "orders/create")[0]
    assert (created["state"], created["attempts"], created["status_code"]) == ("failed", 9, 401)
    assert len(app.deliveries) == 9


def test_duplicates_bear_the_same_webhook_id(sandbox, app):
    sandbox.fault("webhooks_duplicate", operation="orders/paid", value=3)
    _buy(sandbox)

    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 6)

    paid = [each for each in app.deliveries if each["headers"]["x-shopify-topic"] == "orders/paid"]
    assert len(paid) == 4
    assert len({each["headers"]["x-shopify-webhook-id"] for each in paid}) == 1


def test_a_lost_webhook_is_never_sent_but_known(sandbox, app):
    sandbox.fault("webhooks_lost", operation="orders/paid", times=1)
    _buy(sandbox, count=2)

    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 5)

    assert sorted(each["state"] for each in _hooks(sandbox, "orders/paid")) == ["lost", "sent"]
    assert app.topics().count("orders/paid") == 1


def test_a_wrong_signature_is_wrong_over_the_right_body(sandbox, app):
    sandbox.fault("webhooks_wrong_signature", operation="orders/create", times=1)
    _buy(sandbox)

    created, paid = app.wait_for(2)[:2]

    assert created["headers"]["x-shopify-hmac-sha256"] != _signed(created)
    assert paid["headers"]["x-shopify-hmac-sha256"] == _signed(paid)


def test_a_delayed_webhook_comes_later_than_the_next(sandbox, app):
    sandbox.fault("webhooks_delay", operation="orders/create", value=0.7)
    _buy(sandbox)

    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 3)

    assert app.topics()[-1] == "orders/create"


def test_shuffled_webhooks_all_arrive(sandbox, app):
    sandbox.fault("webhooks_shuffle", value=0.5)
    _buy(sandbox, count=5)

    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 15)

    paid = [each["json"]["name"] for each in app.deliveries if each["headers"]["x-shopify-topic"] == "orders/paid"]
    assert sorted(paid) == ["#1001", "#1002", "#1003", "#1004", "#1005"]


def test_a_webhook_can_be_replayed(sandbox, app):
    _buy(sandbox)
    sandbox.wait_for(lambda state: state["webhook_counts"]["sent"] == 3)
    paid = _hooks(sandbox, "orders/paid")[0]

    sandbox.replay(paid["id"])

    again = app.wait_for(4)[3]
    assert again["headers"]["x-shopify-webhook-id"] == paid["webhook_id"]


def test_a_delivery_can_be_taken_and_sent_by_others(sandbox, app):
    _buy(sandbox)
    taken = sandbox.delivery(_hooks(sandbox, "orders/paid")[0]["id"])

    sent = app.wait_for(2)[1]

    assert taken["url"] == f"{app.url}/api/v1/webhooks/shopify/"
    assert taken["body"].encode() == sent["body"]
    assert taken["headers"]["X-Shopify-Webhook-Id"] == sent["headers"]["x-shopify-webhook-id"]
    assert taken["headers"]["X-Shopify-Hmac-Sha256"] == sent["headers"]["x-shopify-hmac-sha256"]


def test_an_answer_does_not_wait_for_its_webhooks(sandbox, app):
    sandbox.fault("webhooks_delay", value=30)
    _buy(sandbox)

    waiting = {each["topic"]: each["state"] for each in sandbox.state()["webhooks"]}
    assert (waiting["orders/create"], waiting["orders/paid"]) == ("queued", "queued")
