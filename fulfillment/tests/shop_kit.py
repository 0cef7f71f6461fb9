"""Shops with the app installed, and what Shopify and its admin send: tokens, redirects, deliveries."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import urlencode

import jwt
from django.conf import settings
from django.utils import timezone

from accounts.models import Account, Shop
from cardmaker.core.inbox import InboxEvent
from fulfillment.merchants import permissions
from fulfillment.orders import inbox_handlers
from fulfillment.shopify import tokens
from fulfillment.shopify.grants import Grant
from fulfillment.shopify.tests.stub_server import served

HOOKS = "/api/v1/webhooks/shopify/"


def grant(**changes):
    fields = {
        "access_token": "shpat_a",
        "expires_in": timedelta(hours=1),
        "refresh_token": "shprt_a",
        "refresh_expires_in": timedelta(days=90),
        "scopes": permissions.SCOPES,
    }
    return Grant(**{**fields, **changes})


def an_open_shop(code="ada", **changes):
    """A shop with the app installed and every scope allowed."""
    at = timezone.now()
    fields = {
        "kind": "shopify",
        "name": code.title(),
        "domain": f"{code}.myshopify.com",
        "shopify_id": str(abs(hash(code)) % 10**8),
        "scopes": sorted(permissions.SCOPES),
        "installed_at": at,
        "account": Account.objects.create(kind="shop"),
    }
    shop = Shop.objects.create(code=code, **{**fields, **changes})
    tokens.store(shop, grant(access_token=f"shpat_{code}", refresh_token=f"shprt_{code}"), at=at)
    return shop


def session_token(shop="ada", secret=None, **claims):
    """As App Bridge brings it; None leaves a claim out."""
    domain = shop.domain if isinstance(shop, Shop) else f"{shop}.myshopify.com"
    now = int(timezone.now().timestamp())
    body = {"iss": f"https://{domain}/admin", "dest": f"https://{domain}", "aud": settings.SHOPIFY_API_KEY}
    body |= {"sub": "42", "exp": now + 60, "nbf": now, "iat": now, "jti": "j-1", "sid": "s-1"}
    told = {name: value for name, value in (body | claims).items() if value is not None}
    return jwt.encode(told, secret or settings.SHOPIFY_API_SECRET, algorithm="HS256")


def bearer(text):
    return {"Authorization": f"Bearer {text}"}


def redirect_query(secret=None, at=None, **params):
    """Shopify's signed redirect, as a query string; None leaves a parameter out."""
    at = at or timezone.now()
    named = {"shop": "ada.myshopify.com", "timestamp": str(int(at.timestamp())), "host": "aG9zdA"} | params
    named = {name: value for name, value in named.items() if value is not None}
    text = "&".join(f"{name}={value}" for name, value in sorted(named.items()))
    digest = hmac.new((secret or settings.SHOPIFY_API_SECRET).encode(), text.encode(), hashlib.sha256).hexdigest()
    return urlencode({**named, "hmac": digest})


def delivery(topic, body, *, domain="ada.myshopify.com", webhook_id="w-1", secret=None):
    """(body, headers) of one webhook."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    digest = hmac.new((secret or settings.SHOPIFY_API_SECRET).encode(), raw, hashlib.sha256).digest()
    headers = {
        "X-Shopify-Hmac-Sha256": base64.b64encode(digest).decode(),
        "X-Shopify-Topic": topic,
        "X-Shopify-Webhook-Id": webhook_id,
        "X-Shopify-Shop-Domain": domain,
    }
    return raw, headers


def deliver(client, topic, body, **options):
    raw, headers = delivery(topic, body, **options)
    return client.post(HOOKS, raw, content_type="application/json", headers=headers)


def handle_all():
    """What the worker does with deliveries that came, without the jobs that follow."""
    for event in InboxEvent.objects.filter(state="new").order_by("pk"):
        inbox_handlers.handle(str(event.pk), at=timezone.now())


class ShopifyStub:
    """One Shopify for all shops: gives tokens, and says who a shop is to whom its token opens it."""

    def __init__(self):
        self.url, self.asked = "", []
        self.clear()

    def clear(self):
        self.asked.clear()
        self.scopes, self.grants, self.opens, self.said_domain = sorted(permissions.SCOPES), [], True, ""

    def named(self, end):
        return [path for path, _ in self.asked if path.endswith(end)]

    def answer(self, path, body):
        self.asked.append((path, body))
        domain = path.split("/")[1]
        if path.endswith("/access_token"):
            if self.grants:
                return self.grants.pop(0)
            number = len(self.asked)
            pair = {"access_token": f"shpat_{number}", "refresh_token": f"shprt_{number}"}
            return 200, pair | {"expires_in": 3600, "refresh_token_expires_in": 7_776_000, "scope": "read_orders"}
        if not self.opens:
            return 401, {"errors": "[API] Invalid API key or access token"}
        return 200, {"data": self._state(self.said_domain or domain)}

    def _state(self, domain):
        return {
            "currentAppInstallation": {"id": "1", "accessScopes": [{"handle": scope} for scope in self.scopes]},
            "shop": {
                "id": "gid://shopify/Shop/661",
                "name": "Ada's cards",
                "myshopifyDomain": domain,
                "currencyCode": "USD",
                "ianaTimezone": "Europe/Berlin",
                "shopAddress": {"countryCodeV2": "US"},
                "primaryDomain": {"url": "https://www.example.com"},
                "plan": {"publicDisplayName": "Basic", "partnerDevelopment": False},
            },
        }


def shopify_stub():
    return served(ShopifyStub())
