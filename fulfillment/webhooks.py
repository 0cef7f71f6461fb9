"""Where Shopify and the suppliers call: prove it, store it, answer. Nothing is done with it here."""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cardmaker.core.api import allow_only
from cardmaker.core.deliveries import object_in, raw_body, unproven
from cardmaker.core.inbox import InboxEvent
from fulfillment.shopify import webhooks as shopify_webhooks

HANDLE = "fulfillment.handle_event"
LARGEST_DELIVERY = 5_000_000  # bytes


@csrf_exempt
@allow_only("POST")
def shopify(request: HttpRequest) -> HttpResponse:
    """A wrong or missing signature leaves nothing; an unknown topic is stored, to replay once we know it."""
    body = raw_body(request, max_bytes=LARGEST_DELIVERY)
    delivery = shopify_webhooks.delivery_of(request.headers)
    if not shopify_webhooks.verify(body, delivery.hmac):
        return unproven()
    InboxEvent.receive(
        source="shopify",
        external_id=delivery.webhook_id or hashlib.sha256(body).hexdigest(),
        topic=delivery.topic,
        payload=object_in(body),
        shop_domain=delivery.shop_domain,
        at=timezone.now(),
        then=HANDLE,
    )
    return HttpResponse(status=200)


@csrf_exempt
@allow_only("POST")
def gooten(request: HttpRequest, token: str) -> HttpResponse:
    """Gooten signs nothing: the address is the secret, and only the order's id is taken from the call."""
    if not hmac.compare_digest(token.encode(), settings.GOOTEN_WEBHOOK_TOKEN.encode()):
        return unproven()
    body = raw_body(request, max_bytes=LARGEST_DELIVERY)
    order_id = request.GET.get("orderid", "")[:80] or str(object_in(body).get("Id", ""))[:80]
    at = timezone.now()
    # Every item change is a delivery of its own and none has an id: the body and the minute tell repeats apart.
    seen = hashlib.sha256(body + order_id.encode() + f"{at:%Y%m%d%H%M}".encode()).hexdigest()
    InboxEvent.receive(
        source="gooten", external_id=seen, topic="gooten/order", payload={"order_id": order_id}, at=at, then=HANDLE
    )
    return HttpResponse(status=200)


@csrf_exempt
@allow_only("POST")
def printify(request: HttpRequest) -> HttpResponse:
    """Signed over the raw body, but without a time: the envelope's id tells repeats. The body is thin, and a hint.

    Answers 200 to whatever is proven: after three refusals they send nothing for an hour.
    """
    body = raw_body(request, max_bytes=LARGEST_DELIVERY)
    if not _signed_by_printify(body, request.headers.get("X-Pfy-Signature", "")):
        return unproven()
    envelope = object_in(body)
    resource = envelope.get("resource")
    InboxEvent.receive(
        source="printify",
        external_id=str(envelope.get("id") or hashlib.sha256(body).hexdigest()),
        topic=f"printify/{envelope.get('type') or 'unknown'}",
        payload={"resource": resource if isinstance(resource, dict) else {}},
        at=timezone.now(),
        then=HANDLE,
    )
    return HttpResponse(status=200)


def _signed_by_printify(body: bytes, signature: str) -> bool:
    expected = hmac.new(settings.PRINTIFY_WEBHOOK_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature.encode(), f"sha256={expected}".encode())
