"""Where Shopify and the suppliers call: prove it, store it, answer. Nothing is done with it here."""

import hashlib
import hmac
import json

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cardmaker.core.api import allow_only, error_response
from cardmaker.core.inbox import InboxEvent
from fulfillment.shopify import webhooks as shopify_webhooks

HANDLE = "fulfillment.handle_event"
LARGEST_DELIVERY = 5_000_000  # bytes


@csrf_exempt
@allow_only("POST")
def shopify(request: HttpRequest) -> HttpResponse:
    """A wrong or missing signature leaves nothing; an unknown topic is stored, to replay once we know it."""
    body = _body(request)
    delivery = shopify_webhooks.delivery_of(request.headers)
    if not shopify_webhooks.verify(body, delivery.hmac):
        return _unproven()
    InboxEvent.receive(
        source="shopify",
        external_id=delivery.webhook_id or hashlib.sha256(body).hexdigest(),
        topic=delivery.topic,
        payload=_json(body),
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
        return _unproven()
    body = _body(request)
    order_id = request.GET.get("orderid", "")[:80] or str(_json(body).get("Id", ""))[:80]
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
    body = _body(request)
    if not _signed_by_printify(body, request.headers.get("X-Pfy-Signature", "")):
        return _unproven()
    envelope = _json(body)
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


def _unproven() -> HttpResponse:
    return error_response("not_authenticated", "This delivery is not proven to come from where it says.", 401)


def _body(request: HttpRequest) -> bytes:
    """The raw bytes, read past the limit for people's requests: an order of many lines is larger than that.

    Raises RequestDataTooBig, which is answered with 400.
    """
    body = request.read(LARGEST_DELIVERY + 1)
    if len(body) > LARGEST_DELIVERY:
        raise RequestDataTooBig("A delivery larger than any shop sends.")
    return body


def _json(body: bytes) -> dict[str, object]:
    """The body as an object; what cannot be read is kept as an empty one, for the delivery was proven."""
    try:
        payload = json.loads(body)
    except ValueError:
        return {}
    return payload if isinstance(payload, dict) else {}
