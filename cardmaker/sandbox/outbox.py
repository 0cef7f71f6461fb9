"""Webhooks on their way to the application.

They leave from threads of their own, never from the request that caused them: an application that calls us and
is called back in the same breath would wait for itself.
"""

import base64
import hashlib
import hmac
import logging
import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx
from django.conf import settings
from django.db import close_old_connections, transaction
from django.utils import timezone

from cardmaker.sandbox import bell, faults
from cardmaker.sandbox.models import Webhook
from cardmaker.sandbox.printify import hooks
from cardmaker.sandbox.providers import fal, replicate

log = logging.getLogger(__name__)
MAX_ATTEMPTS = {
    "shopify": 9,
    "gooten": 9,
    "printify": 4,
    "fal": 10,
    "replicate": 5,
}  # the first delivery and the retries
LONGEST_PAUSE_S = 60.0
ANSWER_WITHIN_S = 5.0
SENDERS = 4
_under_way: set[str] = set()  # the subjects of deliveries that this process is making
_changed = threading.Condition()


def put(*, service: str, topic: str, subject: str, url: str, body: str, at: datetime, shop_domain: str = "") -> None:
    """Queue one webhook, as often, as late and as wrongly as the fault switches say."""
    place = (service, topic)
    duplicates = faults.take("webhooks_duplicate", *place)
    lost = faults.take("webhooks_lost", *place)
    wrong = faults.take("webhooks_wrong_signature", *place)
    delivery = {"service": service, "topic": topic, "url": url, "body": body, "shop_domain": shop_domain}
    ids = {"webhook_id": str(uuid.uuid4()), "event_id": str(uuid.uuid4())}
    for _ in range(1 + int(duplicates.value if duplicates else 0)):
        wait_s, shuffled = _wait_s(*place)
        Webhook.objects.create(
            **delivery,
            **ids,
            # A shuffled delivery may overtake the others of its subject, so it stands alone.
            subject=str(uuid.uuid4()) if shuffled else subject,
            signed_wrongly=wrong is not None,
            state=Webhook.State.LOST if lost else Webhook.State.QUEUED,
            due_at=at + timedelta(seconds=wait_s),
            created_at=at,
        )
    transaction.on_commit(bell.ring)


def replay(webhook: Webhook, *, at: datetime) -> None:
    """Send a webhook again under its own id, whatever became of it before."""
    Webhook.objects.filter(pk=webhook.pk).update(
        state=Webhook.State.QUEUED, attempts=0, due_at=at, signed_wrongly=False, last_error="", status_code=None
    )
    transaction.on_commit(bell.ring)


def _wait_s(service: str, topic: str) -> tuple[float, bool]:
    delay = faults.take("webhooks_delay", service, topic)
    shuffle = faults.take("webhooks_shuffle", service, topic)
    wait_s = delay.value if delay else 0.0
    if shuffle:
        wait_s += random.uniform(0, shuffle.value)  # noqa: S311 - disorder, not secrecy
    return wait_s, shuffle is not None


def come_to_rest(within_s: float) -> bool:
    """Wait for what is under way just now. False: it takes longer."""
    with _changed:
        return _changed.wait_for(lambda: not _under_way, within_s)


class Outbox:
    """Reads due rows and hands them to a few senders; one subject has at most one delivery under way."""

    def __init__(self) -> None:
        self.senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="sandbox-sender")
        self.http = httpx.Client(timeout=ANSWER_WITHIN_S, limits=httpx.Limits(max_keepalive_connections=0))

    def tick(self, at: datetime) -> None:
        due = Webhook.objects.filter(state=Webhook.State.QUEUED, due_at__lte=at).order_by("due_at", "pk")
        for webhook in list(due[:100]):
            self._start(webhook)

    def _start(self, webhook: Webhook) -> None:
        with _changed:
            if webhook.subject in _under_way or len(_under_way) >= SENDERS:
                return
            _under_way.add(webhook.subject)
        self.senders.submit(self._deliver, webhook)

    def _deliver(self, webhook: Webhook) -> None:
        try:
            close_old_connections()
            # Listed before an earlier delivery of the same row ended: it is no longer queued.
            if Webhook.objects.filter(pk=webhook.pk, state=Webhook.State.QUEUED, attempts=webhook.attempts).exists():
                self._send(webhook)
        except Exception:
            log.exception("Webhook %s was not sent", webhook.pk)
        finally:
            with _changed:
                _under_way.discard(webhook.subject)
                _changed.notify_all()
            bell.ring()

    def _send(self, webhook: Webhook) -> None:
        status_code, error = None, ""
        try:
            status_code = self.http.post(
                webhook.url, content=webhook.body.encode(), headers=headers(webhook)
            ).status_code
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            error = f"{type(exc).__name__}: {exc}"[:300]
        _record(webhook, status_code, error, at=timezone.now())


def headers(webhook: Webhook) -> dict[str, str]:
    """What accompanies the body. Gooten signs nothing and names nothing, Printify names everything in the body."""
    if webhook.service in ("fal", "replicate"):
        return fal.headers(webhook) if webhook.service == "fal" else replicate.headers(webhook)
    if webhook.service == "printify":
        signed = hooks.signature(webhook)
        named = {"Content-Type": "application/json", "User-Agent": "Printify-Sandbox"}
        return {**named, "X-Pfy-Signature": signed} if signed else named
    if webhook.service != "shopify":
        return {"Content-Type": "application/json", "User-Agent": "Gooten-Sandbox"}
    return {
        "Content-Type": "application/json",
        "User-Agent": "Shopify-Captain-Hook",
        "X-Shopify-Topic": webhook.topic,
        "X-Shopify-Hmac-Sha256": signature(webhook.body.encode(), wrong=webhook.signed_wrongly),
        "X-Shopify-Shop-Domain": webhook.shop_domain,
        "X-Shopify-API-Version": settings.SHOPIFY_API_VERSION,
        "X-Shopify-Webhook-Id": webhook.webhook_id,
        "X-Shopify-Event-Id": webhook.event_id,
        "X-Shopify-Triggered-At": webhook.created_at.isoformat(),
    }


def signature(body: bytes, *, wrong: bool = False) -> str:
    """Base64 HMAC-SHA256 over the raw body with the app's secret."""
    secret = settings.SHOPIFY_API_SECRET + ("-not-the-secret" if wrong else "")
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _record(webhook: Webhook, status_code: int | None, error: str, *, at: datetime) -> None:
    attempts = webhook.attempts + 1
    row = Webhook.objects.filter(pk=webhook.pk, state=Webhook.State.QUEUED, attempts=webhook.attempts)
    if status_code is not None and 200 <= status_code < 300:
        row.update(state=Webhook.State.SENT, attempts=attempts, status_code=status_code, last_error="", sent_at=at)
        return
    given_up = attempts >= MAX_ATTEMPTS[webhook.service]
    pause_s = min(settings.RETRY_S * 2 ** (attempts - 1), LONGEST_PAUSE_S)
    row.update(
        state=Webhook.State.FAILED if given_up else Webhook.State.QUEUED,
        attempts=attempts,
        status_code=status_code,
        last_error=error or f"The application answered {status_code}",
        due_at=at + timedelta(seconds=pause_s),
    )
    if given_up and webhook.service == "printify":
        hooks.block(webhook, at=at)
