"""Printify's news: the envelope, the signature, three retries and the hour of silence."""

import hashlib
import hmac

import pytest

from .printify_driver import PRINTIFY, SHOP, an_order, ask

pytestmark = pytest.mark.sandbox
SECRET = "sandbox-printify-webhook-secret"


def news(app):
    return [each["json"]["type"] for each in app.deliveries]


def test_an_order_tells_its_whole_way_in_signed_envelopes(sandbox, app):
    sandbox.pause()
    key = an_order(sandbox, app)
    sandbox.advance_printify(key, to="delivered")
    app.wait_for(8)

    assert news(app) == [
        "order:created", "order:updated", "order:sent-to-production", "order:updated", "order:updated",
        "order:shipment:created", "order:updated", "order:shipment:delivered",
    ]  # fmt: skip
    for each in app.deliveries:
        signed = hmac.new(SECRET.encode(), each["body"], hashlib.sha256).hexdigest()
        assert each["headers"]["x-pfy-signature"] == f"sha256={signed}"
    shipped = app.deliveries[5]["json"]["resource"]
    assert (shipped["id"], shipped["type"], sorted(shipped["data"])) == (
        key, "order", ["carrier", "shipped_at", "shop_id", "skus"]
    )  # fmt: skip
    assert len({each["json"]["id"] for each in app.deliveries}) == 8


def test_after_three_retries_a_webhook_is_silent_for_an_hour(sandbox, app):
    sandbox.pause()
    app.answers = [500] * 4
    an_order(sandbox, app)
    app.wait_for(4)
    blocked = sandbox.wait_for(lambda state: [h for h in state["printify"]["webhooks"] if h["blocked_until"]])
    an_order(sandbox, app, "CM-2")

    assert [hook["topic"] for hook in blocked] == ["order:created"]
    lost = [hook for hook in sandbox.state()["webhooks"] if hook["state"] == "lost"]
    assert [(hook["topic"], hook["error"]) for hook in lost] == [("order:created", "The webhook is blocked")]


def test_a_shop_that_is_disconnected_has_a_number_and_no_data(sandbox, app):
    ask(sandbox, "DELETE", "connection.json")

    [told] = app.wait_for(1)
    assert told["json"]["resource"] == {"id": 1500001, "type": "shop", "data": None}


def test_a_test_event_carries_what_one_sends(sandbox, app):
    hook = next(hook for hook in ask(sandbox, "GET", "webhooks.json").json() if hook["topic"] == "order:updated")
    resource = {"id": "5a96", "type": "order", "data": {"shop_id": 1, "status": "fulfilled"}}

    ask(sandbox, "POST", f"webhooks/{hook['id']}/simulate", resource)

    [told] = app.wait_for(1)
    assert (told["json"]["type"], told["json"]["resource"]) == ("order:updated", resource)


def test_webhooks_are_registered_moved_and_removed(sandbox, app):
    made = ask(sandbox, "POST", "webhooks.json", {"topic": "product:created", "url": "https://a.example.com/x"}).json()
    path = f"webhooks/{made['id']}.json"

    assert ask(sandbox, "PUT", path, {"topic": "order:created"}).status_code == 400
    assert ask(sandbox, "PUT", path, {"url": "https://b.example.com/x"}).json()["url"] == "https://b.example.com/x"
    assert ask(sandbox, "DELETE", path, host="a.example.com").status_code == 400
    assert ask(sandbox, "DELETE", path, host="b.example.com").status_code == 200
    assert ask(sandbox, "POST", "webhooks.json", {"topic": "order:eaten", "url": "https://a.example.com"}).is_error


def test_without_a_secret_nothing_is_signed(sandbox, app):
    ask(sandbox, "POST", "webhooks.json", {"topic": "product:deleted", "url": f"{app.url}/hook"})
    key = ask(sandbox, "GET", f"{SHOP}/orders/{an_order(sandbox, app)}.json").json()["line_items"][0]["product_id"]
    ask(sandbox, "DELETE", f"products/{key}.json")

    [told] = app.wait_for(1, path="/hook")
    assert (told["json"]["resource"]["id"], "x-pfy-signature" in told["headers"]) == (key, False)
    assert ask(sandbox, "GET", f"{PRINTIFY}/shops.json").status_code == 200
