"""Proving that a webhook is Shopify's, and reading its headers. Pure; nothing is stored or looked up here.

The signature covers the body only: topic and shop in the headers are unsigned, so whatever matters is read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from shopify_app import ShopifyApp
from shopify_app.types import RequestInput

from cardmaker.core.inbox import EXTERNAL_ID_MAX, TOPIC_MAX
from fulfillment.shopify.oauth import shop_domain


@dataclass(frozen=True, slots=True)
class Delivery:
    """Headers of one delivery. `webhook_id` stays the same in its retries; `shop_domain` is "" unless well-formed."""

    webhook_id: str
    event_id: str
    topic: str
    shop_domain: str
    api_version: str
    triggered_at: datetime | None
    hmac: str


def delivery_of(headers: Mapping[str, str]) -> Delivery:
    """Read the headers, whatever their case. Nothing here is proven."""
    lower = {name.lower(): value for name, value in headers.items()}
    return Delivery(
        webhook_id=lower.get("x-shopify-webhook-id", "")[:EXTERNAL_ID_MAX],
        event_id=lower.get("x-shopify-event-id", "")[:EXTERNAL_ID_MAX],
        topic=lower.get("x-shopify-topic", "")[:TOPIC_MAX],
        shop_domain=shop_domain(lower.get("x-shopify-shop-domain", "")) or "",
        api_version=lower.get("x-shopify-api-version", ""),
        triggered_at=_time(lower.get("x-shopify-triggered-at", "")),
        hmac=lower.get("x-shopify-hmac-sha256", ""),
    )


def verify(raw_body: bytes, signature: str, *, secret: str = "", old_secret: str = "") -> bool:
    """Whether Shopify signed exactly these bytes, in constant time. The settings' secrets unless some are given.

    During a rotation Shopify signs with the oldest secret that is not revoked, so the old one counts too.
    """
    app = ShopifyApp(
        client_id=settings.SHOPIFY_API_KEY,
        client_secret=secret or settings.SHOPIFY_API_SECRET,
        old_client_secret=old_secret or getattr(settings, "SHOPIFY_API_SECRET_OLD", "") or None,
    )
    try:
        # The library takes text and encodes it again, which gives the same bytes for everything that is UTF-8.
        body = raw_body.decode()
    except UnicodeDecodeError:
        return False
    if not signature.isascii():  # on which the library's comparison raises
        return False
    request: RequestInput = {"method": "POST", "url": "", "headers": {"X-Shopify-Hmac-Sha256": signature}, "body": body}
    return bool(app.verify_webhook_req(request).ok)


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
