"""The application's life in a shop: installed, given other scopes, uninstalled; and the tokens it calls with."""

import hmac
import json
import secrets
import tomllib
import uuid
import zlib
from datetime import datetime, timedelta
from typing import Any

import jwt
from django.conf import settings
from django.db import transaction

from cardmaker.sandbox import outbox
from cardmaker.sandbox.models import ConsentCode, Installation, OfflineToken, Order

from . import access
from .graph import Values

SESSION_LIFE = timedelta(minutes=1)
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=90)
STAFF_USER = "902541635"


def wanted_scopes() -> list[str]:
    """What the application asks for, as its own configuration file says."""
    return str(_declared()["scopes"]).split(",")


def optional_scopes() -> list[str]:
    """What it may ask for while it runs."""
    return list(_declared()["optional_scopes"])


def _declared() -> Values:
    with (settings.BASE_DIR / "shopify.app.toml").open("rb") as file:
        declared: Values = tomllib.load(file)["access_scopes"]
        return declared


def installed(domain: str) -> Installation | None:
    return Installation.objects.filter(domain=domain, uninstalled_at=None).first()


def install(domain: str, scopes: list[str], *, at: datetime) -> Installation:
    fields = {"scopes": scopes, "installed_at": at, "uninstalled_at": None}
    row, _ = Installation.objects.update_or_create(domain=domain, defaults=fields)
    return row


def uninstall(domain: str, *, at: datetime) -> None:
    """The token dies first, then the application is told."""
    with transaction.atomic():
        OfflineToken.objects.filter(installation__domain=domain).delete()
        ConsentCode.objects.filter(installation__domain=domain).delete()
        Installation.objects.filter(domain=domain).update(uninstalled_at=at)
        shop = {"id": shop_number(domain), "name": shop_name(domain), "myshopify_domain": domain, "domain": domain}
        _tell(domain, "app/uninstalled", shop, at=at)


def change_scopes(domain: str, scopes: list[str], *, at: datetime) -> None:
    with transaction.atomic():
        row = Installation.objects.get(domain=domain)
        told = {"id": 530100001, "previous": row.scopes, "current": scopes, "updated_at": at.isoformat()}
        Installation.objects.filter(pk=row.pk).update(scopes=scopes)
        _tell(domain, "app/scopes_update", told, at=at)


def ask_for_privacy(domain: str, topic: str, *, email: str = "", at: datetime) -> None:
    """Send one of the three compliance topics; the customer is whoever ordered with this address."""
    body: dict[str, Any] = {"shop_id": shop_number(domain), "shop_domain": domain}
    if topic != "shop/redact":
        orders = Order.objects.filter(domain=domain, email=email).order_by("pk") if email else Order.objects.none()
        numbers = [order.number for order in orders]
        body["customer"] = {"id": zlib.crc32(email.encode()), "email": email, "phone": None}
        body["orders_requested" if topic == "customers/data_request" else "orders_to_redact"] = numbers
    if topic == "customers/data_request":
        body["data_request"] = {"id": int(at.timestamp())}
    _tell(domain, topic, body, at=at)


def expire_tokens(domain: str, *, at: datetime) -> None:
    OfflineToken.objects.filter(installation__domain=domain).update(expires_at=at)


def session_token(domain: str, *, at: datetime, **claims: Any) -> str:
    """What App Bridge gives the embedded page; `claims` override, for tests of what is refused."""
    begins = int(at.timestamp())
    body = {
        "iss": f"https://{domain}/admin",
        "dest": f"https://{domain}",
        "aud": settings.SHOPIFY_API_KEY,
        "sub": STAFF_USER,
        "exp": begins + int(SESSION_LIFE.total_seconds()),
        "nbf": begins,
        "iat": begins,
        "jti": str(uuid.uuid4()),
        "sid": uuid.uuid4().hex,
    }
    return jwt.encode({**body, **claims}, settings.SHOPIFY_API_SECRET, algorithm="HS256")


def give_token(row: Installation, *, follows: OfflineToken | None = None, at: datetime) -> Values:
    """A new pair. Another grant than a renewal retires all that were given before."""
    if follows is None:
        row.tokens.update(retired=True)
    token = OfflineToken.objects.create(
        installation=row,
        access_token=f"shpat_{secrets.token_hex(16)}",
        refresh_token=f"shprt_{secrets.token_hex(16)}",
        expires_at=at + ACCESS_LIFE,
        refresh_expires_at=at + REFRESH_LIFE,
        follows=follows,
    )
    return {
        "access_token": token.access_token,
        "scope": ",".join(row.scopes),
        "expires_in": int(ACCESS_LIFE.total_seconds()),
        "refresh_token": token.refresh_token,
        "refresh_token_expires_in": int(REFRESH_LIFE.total_seconds()),
    }


def opens(domain: str, text: str, *, at: datetime) -> bool:
    """Whether an access token opens this shop's API. A renewed one retires its forerunner with its first use."""
    if _is_static(domain, text):
        return True
    live = OfflineToken.objects.filter(installation__domain=domain, installation__uninstalled_at=None)
    token = live.filter(access_token=text, expires_at__gt=at).first()
    if token is None:
        return False
    if token.follows_id:
        OfflineToken.objects.filter(pk=token.follows_id).update(retired=True)
    return True


def granted(domain: str) -> list[str] | None:
    """The scopes of the installed application; None where only the token of a custom app opens the shop."""
    row = installed(domain)
    return None if row is None else list(row.scopes)


def tell(domain: str, topic: str, body: Values, *, subject: str, at: datetime) -> None:
    """Send the application a webhook, unless the merchant has not allowed what its topic is about."""
    scopes = granted(domain)
    if scopes is not None and not access.delivers(scopes, topic):
        return
    outbox.put(
        service="shopify",
        topic=topic,
        subject=subject,
        url=settings.SHOPIFY_WEBHOOK_URL,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        shop_domain=domain,
        at=at,
    )


def shop_number(domain: str) -> int:
    return 66_000_000 + zlib.crc32(domain.encode()) % 1_000_000


def shop_name(domain: str) -> str:
    return domain.split(".", 1)[0].replace("-", " ").title()


def _is_static(domain: str, text: str) -> bool:
    """The token of a custom app, which never expires. A shop that has installed the app is opened by its own alone."""
    if domain != settings.STOREFRONT_SHOP and Installation.objects.filter(domain=domain).exists():
        return False
    return any(hmac.compare_digest(text.encode(), known.encode()) for known in settings.SHOPIFY_ACCESS_TOKENS if known)


def _tell(domain: str, topic: str, body: Values, *, at: datetime) -> None:
    tell(domain, topic, body, subject=f"shop {domain}", at=at)
