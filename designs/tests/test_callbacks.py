"""Deliveries of fal and Replicate: forged, stale, replayed, out of order, and for a call whose answer was lost."""

import base64
import hashlib
import json
import time
from dataclasses import dataclass, field

import pytest
import respx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from billing.models import Hold, LedgerEntry
from cardmaker.core.inbox import InboxEvent
from designs.making import calling_back, calls, routing
from designs.making.generation import start_run
from designs.models import Call, Image, ModelChoice, ProviderModel, Run
from designs.providers import callbacks
from designs.providers.fake import plain_png
from designs.tests.factories import DesignFactory

pytestmark = pytest.mark.usefixtures("shelf")
JWKS = "https://keys.example/jwks.json"
RED = plain_png(64, 64, b"\xff\0\0")


@dataclass
class Theirs:
    """fal's own keys."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def jwks(self):
        raw = self.key.public_key().public_bytes_raw()
        return {"keys": [{"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).decode().rstrip("=")}]}

    def headers(self, body, *, at=None, key=None):
        told = ["req-1", "user-1", str(int(at or time.time()))]
        message = "\n".join([*told, hashlib.sha256(body).hexdigest()]).encode()
        signature = (key or self.key).sign(message).hex()
        names = [*callbacks.FAL_HEADERS, "X-Fal-Webhook-Signature"]
        return dict(zip(names, [*told, signature], strict=True))


@pytest.fixture
def outside(settings):
    with respx.mock(assert_all_called=False) as routes:
        yield routes


@pytest.fixture
def theirs(settings, outside):
    settings.FAL_JWKS_URL = JWKS
    callbacks._keys.clear()
    theirs = Theirs()
    outside.get(JWKS).respond(json=theirs.jwks())
    yield theirs
    callbacks._keys.clear()


def on_the_route(settings, provider, model_id):
    """This model alone draws candidates; its service is at https://out.example."""
    settings.IMAGE_PROVIDER = "routes"
    access = {"key": "k", "base_url": "https://out.example", "timeout_s": 5, "file_hosts": ["files.example"]}
    settings.PROVIDERS = {**settings.PROVIDERS, provider: access}
    row = ProviderModel.objects.create(
        provider=provider, model_id=model_id, tier="draft", price={"image": 3_000}, limits={"images": 4}
    )
    ModelChoice.objects.create(stage="candidate", rank=1, model=row)
    return row


@pytest.fixture
def lost(settings, outside, theirs):
    """A call to fal whose answer never came."""
    on_the_route(settings, "fal", "fal-ai/flux/schnell")
    outside.post(url__startswith="https://out.example/fal-ai/flux/schnell").mock(side_effect=read_timeout)
    run = start_run(DesignFactory(), stage="candidate", positions=["front"], count=1, at=timezone.now())
    call = run.calls.select_related("run__design", "offer").get()
    calls.conduct(call, routing.provider_of(call), at=timezone.now())
    call.refresh_from_db()
    return call


def read_timeout(request):
    import httpx

    raise httpx.ReadTimeout("no answer", request=request)


def results(outside, request_id="abc"):
    base = f"https://out.example/fal-ai/flux/requests/{request_id}"
    outside.get(f"{base}/status").respond(json={"status": "COMPLETED"})
    images = [{"url": "https://files.example/1.png", "width": 64, "height": 64, "content_type": "image/png"}]
    outside.get(base).respond(json={"images": images, "seed": 7, "has_nsfw_concepts": [False]})
    outside.get("https://files.example/1.png").respond(content=RED)


def deliver(client, call, headers, body, provider="fal"):
    address = f"{reverse(f'webhook-{provider}')}?{callbacks.address(provider, call.key).partition('?')[2]}"
    return client.post(address, body, content_type="application/json", headers=headers).status_code


def told(request_id="abc", status="OK"):
    return json.dumps({"request_id": request_id, "status": status, "payload": {"images": []}}).encode()


def test_a_lost_answer_is_settled_by_the_delivery_that_comes_after_it(lost, client, theirs, outside, drain):
    assert (lost.outcome, lost.provider_ref) == ("sent", "")
    results(outside)
    body = told()
    for _ in range(2):
        assert deliver(client, lost, theirs.headers(body), body) == 200
    drain(ignore_delays=True)
    lost.refresh_from_db()

    assert (lost.outcome, lost.provider_ref, Image.objects.count()) == ("answered", "abc", 1)
    assert (Run.objects.get().state, Hold.objects.get().open_micros) == ("done", 0)
    assert list(LedgerEntry.objects.values_list("provider", "amount_micros", "kind")) == [("fal", 3_000, "charge")]


def test_an_answer_that_was_given_up_is_taken_and_its_run_is_done_after_all(lost, client, theirs, outside, drain):
    calls.give_up(lost, at=timezone.now())
    assert Run.objects.get().state == "failed"
    results(outside)
    body = told()
    deliver(client, lost, theirs.headers(body), body)
    drain(ignore_delays=True)

    run = Run.objects.get()
    assert (run.state, run.error_code, run.error_message, Image.objects.count()) == ("done", "", "", 1)
    assert Hold.objects.values_list("state", "open_micros", "spent_micros").get() == ("settled", 0, 3_000)


@pytest.mark.parametrize("spoiled", ["body", "stale", "early", "key", "missing", "garbage"])
def test_a_delivery_that_is_not_proven_leaves_nothing(lost, client, theirs, spoiled):
    body = told()
    headers = {
        "body": theirs.headers(b"{}"),
        "stale": theirs.headers(body, at=time.time() - 301),
        "early": theirs.headers(body, at=time.time() + 301),
        "key": theirs.headers(body, key=Ed25519PrivateKey.generate()),
        "missing": {},
        "garbage": {**theirs.headers(body), "X-Fal-Webhook-Signature": "zz"},
    }[spoiled]

    assert deliver(client, lost, headers, body) == 401
    assert InboxEvent.objects.count() == 0


def test_a_delivery_about_a_call_of_somebody_else_does_nothing(lost, client, theirs, drain):
    body = told()
    response = client.post(reverse("webhook-fal"), body, content_type="application/json", headers=theirs.headers(body))
    drain()
    lost.refresh_from_db()

    assert (response.status_code, lost.provider_ref) == (200, "")


def test_a_call_that_failed_there_is_sent_anew_or_handed_on(lost, client, theirs, outside, drain):
    base = "https://out.example/fal-ai/flux/requests/abc"
    outside.get(f"{base}/status").respond(json={"status": "COMPLETED", "error": "x", "error_type": "internal_error"})
    outside.get(base).respond(500, json={"detail": "x", "error_type": "internal_error"})
    body = told(status="ERROR")
    deliver(client, lost, theirs.headers(body), body)
    event = InboxEvent.objects.get()
    calling_back.handle_callback(str(event.pk))
    calling_back.ask_provider(str(lost.pk))
    lost.refresh_from_db()

    assert (lost.outcome, lost.provider_ref) == ("planned", "")
    assert list(LedgerEntry.objects.values_list("kind", "amount_micros")) == [("failed", 0)]


def test_replicate_signs_by_standard_webhooks(settings, client, outside):
    row = on_the_route(settings, "replicate", "owner/model")
    outside.post("https://out.example/models/owner/model/predictions").respond(201, json={"id": "p1"})
    run = start_run(DesignFactory(), stage="candidate", positions=["front"], count=1, at=timezone.now())
    call = run.calls.select_related("run__design", "offer").get()
    calls.conduct(call, routing.provider_of(call), at=timezone.now())
    body = json.dumps({"id": "p1", "status": "succeeded"})
    signed = Webhook(settings.REPLICATE_WEBHOOK_SECRET)

    def headers(at):
        named = {"webhook-id": "m1", "webhook-timestamp": str(int(at.timestamp()))}
        return {**named, "webhook-signature": signed.sign("m1", at, body)}

    now = timezone.now()
    assert deliver(client, call, headers(now - timezone.timedelta(seconds=400)), body, "replicate") == 401
    assert deliver(client, call, {**headers(now), "webhook-signature": "v1,AAAA"}, body, "replicate") == 401
    assert deliver(client, call, headers(now), body, "replicate") == 200
    assert (Call.objects.get().offer, InboxEvent.objects.get().external_id) == (row, "p1:succeeded")


def test_a_new_key_of_fal_is_fetched_when_an_unknown_one_signs(lost, theirs, outside, monkeypatch):
    body = told()
    assert callbacks.from_fal(body, theirs.headers(body))
    theirs.key = Ed25519PrivateKey.generate()
    outside.get(JWKS).respond(json=theirs.jwks())

    assert not callbacks.from_fal(body, theirs.headers(body))  # asked for a moment ago
    monkeypatch.setattr(callbacks, "KEYS_AGAIN_S", -1)
    assert callbacks.from_fal(body, theirs.headers(body))
