"""Session tokens: what App Bridge puts on every request of our embedded page. Pure; nothing is looked up here.

The library checks signature, audience and times, but takes a token without an end, or issued by another shop's admin
(shopify.dev/docs/apps/build/authentication-authorization/session-tokens, read November 2026).
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from shopify_app import ShopifyApp
from shopify_app.types import RequestInput

from cardmaker.core.errors import Refused
from fulfillment.shopify.oauth import shop_domain

LEEWAY_S = 10
LONGEST = 4_096  # characters; a real one has some 500
USER = re.compile(r"[0-9]{1,20}")


class SessionTokenRefused(Refused):
    """The token is missing, altered, over, or of another app. App Bridge gets a fresh one and asks again."""

    code = "not_authenticated"
    auth_header = "Bearer"

    def __init__(self) -> None:
        super().__init__("Your sign-in for this page has run out. Please try again, or open the app once more.")


@dataclass(frozen=True, slots=True)
class SessionToken:
    """Who opened the app in which shop. The shop of a request is what this says and nothing else."""

    shop_domain: str
    user_id: str
    text: str = field(repr=False)


def read(text: str, *, at: datetime, client_id: str = "", secret: str = "", old_secret: str = "") -> SessionToken:
    """What a token says, if Shopify made it for us and it is good now. Raises SessionTokenRefused."""
    client_id = client_id or settings.SHOPIFY_API_KEY
    claims = _signed_claims(text, client_id, secret=secret, old_secret=old_secret)
    domain = shop_domain(str(claims.get("dest", "")).removeprefix("https://")) or ""
    issued = (claims.get("aud"), claims.get("dest"), claims.get("iss"))
    is_ours = bool(domain) and issued == (client_id, f"https://{domain}", f"https://{domain}/admin")
    user = claims.get("sub")
    if not is_ours or not _is_now(claims, at) or not isinstance(user, str) or not USER.fullmatch(user):
        raise SessionTokenRefused
    return SessionToken(domain, user, text)


def _signed_claims(text: str, client_id: str, *, secret: str, old_secret: str) -> dict[str, Any]:
    if not text.isascii() or len(text) > LONGEST:
        raise SessionTokenRefused
    app = ShopifyApp(
        client_id=client_id,
        client_secret=secret or settings.SHOPIFY_API_SECRET,
        old_client_secret=old_secret or settings.SHOPIFY_API_SECRET_OLD or None,
    )
    bearer = {"Authorization": f"Bearer {text}"}
    request: RequestInput = {"method": "GET", "url": "https://app.invalid/", "headers": bearer, "body": ""}
    try:
        result = app.verify_app_home_req(request, app_home_patch_id_token_path="/")  # noqa: S106 - a path
    except (AttributeError, TypeError, ValueError) as exc:  # claims of a shape that the library does not expect
        raise SessionTokenRefused from exc
    if not result.ok or result.id_token is None:
        raise SessionTokenRefused
    return dict(result.id_token.claims)


def _is_now(claims: dict[str, Any], at: datetime) -> bool:
    ends, begins = claims.get("exp"), claims.get("nbf")
    if type(ends) is not int or type(begins) is not int:  # True is an int to isinstance
        return False
    return begins - LEEWAY_S <= at.timestamp() < ends + LEEWAY_S
