"""What the outbox must know of a registered webhook: how its body is signed, and when it is blocked."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from cardmaker.sandbox.models import PrintifyHook, Webhook

BLOCKED_FOR = timedelta(hours=1)


def signature(webhook: Webhook) -> str:
    """sha256=<hex> with the secret of the registration; nothing when there is no secret."""
    hook = PrintifyHook.objects.filter(topic=webhook.topic, url=webhook.url).first()
    secret = hook.secret if hook is not None else settings.PRINTIFY_WEBHOOK_SECRET
    if not secret:
        return ""
    key = secret + ("-not-the-secret" if webhook.signed_wrongly else "")
    return "sha256=" + hmac.new(key.encode(), webhook.body.encode(), hashlib.sha256).hexdigest()


def block(webhook: Webhook, *, at: datetime) -> None:
    """Its retries are used up: nothing is sent there for an hour."""
    PrintifyHook.objects.filter(topic=webhook.topic, url=webhook.url).update(blocked_until=at + BLOCKED_FOR)
