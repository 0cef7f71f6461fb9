"""Webhooks: who hears what, and in which envelope."""

import json
import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cardmaker.sandbox import outbox
from cardmaker.sandbox.models import PrintifyHook, Webhook

from .envelope import Body, Call, Refusal, invalid, not_found, when

ORDER_TOPICS = (
    "order:created",
    "order:updated",
    "order:sent-to-production",
    "order:shipment:created",
    "order:shipment:delivered",
)
TOPICS = (
    "shop:disconnected",
    "product:created",
    "product:updated",
    "product:deleted",
    "product:publish:started",
    *ORDER_TOPICS,
)


def shop_id() -> int:
    return int(settings.PRINTIFY_SHOP_ID)


def seed() -> None:
    """Register the application for its topics, unless somebody has registered anything."""
    if not settings.PRINTIFY_WEBHOOK_URL or PrintifyHook.objects.exists():
        return
    known = {"url": settings.PRINTIFY_WEBHOOK_URL, "secret": settings.PRINTIFY_WEBHOOK_SECRET}
    topics = ("shop:disconnected", *ORDER_TOPICS)
    PrintifyHook.objects.bulk_create(PrintifyHook(topic=topic, **known) for topic in topics)


def emit(topic: str, key: str | int, data: Body | None, *, at: datetime) -> None:
    """Tell everybody who registered for `topic`; a blocked webhook loses the event."""
    for hook in PrintifyHook.objects.filter(topic=topic).order_by("pk"):
        _send(hook, topic, key, data, at=at)


def _send(hook: PrintifyHook, topic: str, key: str | int, data: Any, *, at: datetime) -> None:
    kind = topic.partition(":")[0]
    resource = {"id": key, "type": kind, "data": data}
    body = json.dumps({"id": str(uuid.uuid4()), "type": topic, "created_at": when(at), "resource": resource})
    if hook.blocked_until is not None and at < hook.blocked_until:
        _lose(hook, topic, str(key), body, at=at)
        return
    outbox.put(service="printify", topic=topic, subject=str(key), url=hook.url, body=body, at=at)


def _lose(hook: PrintifyHook, topic: str, key: str, body: str, *, at: datetime) -> None:
    ids = {"webhook_id": str(uuid.uuid4()), "event_id": str(uuid.uuid4())}
    place: dict[str, Any] = {"service": "printify", "topic": topic, "subject": key, "url": hook.url, "body": body}
    Webhook.objects.create(
        **place, **ids, state=Webhook.State.LOST, last_error="The webhook is blocked", due_at=at, created_at=at
    )


def hooks(call: Call) -> list[Body]:
    return [shown(hook) for hook in PrintifyHook.objects.order_by("pk")]


def create(call: Call) -> Body:
    body = call.body
    topic, url = str(body.get("topic") or ""), str(body.get("url") or "")
    if topic not in TOPICS:
        raise invalid(9_001, topic="The topic is not supported.")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise invalid(9_001, url="The url is not valid.")
    return shown(PrintifyHook.objects.create(topic=topic, url=url, secret=str(body.get("secret") or "")))


def change(call: Call) -> Body:
    hook = _row(call)
    if call.body.get("topic") not in (None, hook.topic):
        raise invalid(9_001, topic="The topic cannot be changed.")
    hook.url = str(call.body.get("url") or hook.url)
    hook.save()
    return shown(hook)


def delete(call: Call) -> Body:
    """Refused unless `?host=` is the host of its address."""
    hook = _row(call)
    if call.param("host") != urlsplit(hook.url).netloc:
        raise Refusal(400, "Webhook host does not match.", "The host parameter must be the webhook's host", 9_002)
    number = hook.pk
    hook.delete()
    return {"id": str(number)}


def simulate(call: Call) -> Body:
    """A test event whose resource is the body of the call."""
    hook = _row(call)
    resource = call.body
    key = resource.get("id") or "simulated"
    _send(hook, hook.topic, key, resource.get("data"), at=call.at)
    return {}


def shown(hook: PrintifyHook) -> Body:
    return {"topic": hook.topic, "url": hook.url, "shop_id": str(shop_id()), "id": f"{hook.pk:024x}"}


def _row(call: Call) -> PrintifyHook:
    try:
        return PrintifyHook.objects.get(pk=int(call.where["key"], 16))
    except (PrintifyHook.DoesNotExist, ValueError) as exc:
        raise not_found("Webhook") from exc
