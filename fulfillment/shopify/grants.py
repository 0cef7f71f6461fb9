"""Getting tokens from Shopify: for a session token, for the code of a redirect, for an older refresh token.

Source: shopify.dev/docs/apps/build/authentication-authorization/access-tokens, read November 2026. The library's own
calls know no time-out of ours, no sandbox, and forget the refresh token; hence our own.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from django.conf import settings

from cardmaker.core.http import OutsideRejected, OutsideUnavailable, shared_client
from cardmaker.core.readjson import read_json
from fulfillment.shopify.client import base_url

log = logging.getLogger(__name__)

PATH = "/admin/oauth/access_token"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token"  # noqa: S105 - a type, no token
OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token"


class GrantRefused(OutsideRejected):
    """Shopify gave no token. `error` is its word for why: invalid_subject_token, invalid_grant, invalid_client …"""

    code = "shopify_refused"

    def __init__(self, error: str) -> None:
        super().__init__("Shopify gave us no access to this shop.", details={"error": error})
        self.error = error


class GrantUnusable(OutsideUnavailable):
    """Shopify answered something that we could not renew later. What we had before is kept."""

    code = "shopify_unavailable"


@dataclass(frozen=True, slots=True)
class Grant:
    """An offline access token that expires, and what renews it."""

    access_token: str = field(repr=False)
    expires_in: timedelta
    refresh_token: str = field(repr=False)
    refresh_expires_in: timedelta
    scopes: frozenset[str]


def exchange(domain: str, session_token: str) -> Grant:
    """For a session token of somebody who just opened the app. Raises GrantRefused, OutsideUnavailable."""
    asked = {"grant_type": EXCHANGE, "subject_token": session_token, "subject_token_type": ID_TOKEN}
    return _ask(domain, {**asked, "requested_token_type": OFFLINE, "expiring": "1"}, "token exchange")


def redeem(domain: str, code: str) -> Grant:
    """For the code that Shopify's redirect brought. Raises GrantRefused, OutsideUnavailable."""
    return _ask(domain, {"code": code, "expiring": "1"}, "code")


def renew(domain: str, refresh_token: str) -> Grant:
    """For the refresh token of the grant before. The old one stays usable until the new access token is first used.

    Raises GrantRefused, OutsideUnavailable.
    """
    return _ask(domain, {"grant_type": "refresh_token", "refresh_token": refresh_token}, "renewal")


def _ask(domain: str, asked: dict[str, str], operation: str) -> Grant:
    identity = {"client_id": settings.SHOPIFY_API_KEY, "client_secret": settings.SHOPIFY_API_SECRET}
    http = shared_client("Shopify", base_url(domain))
    response = http.request("POST", PATH, json={**identity, **asked}, operation=operation)
    answer = _json(response)
    if response.is_success:
        return _grant(answer, operation)
    error = str(answer.get("error") or f"http_{response.status_code}")[:60]
    log.warning("Shopify refused %s of %s: %s", operation, domain, error)
    raise GrantRefused(error)


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = read_json(response.content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _grant(answer: dict[str, Any], operation: str) -> Grant:
    """Raises GrantUnusable: a token without an end, or one that cannot be renewed, would lock us out one day."""
    try:
        return Grant(
            access_token=_text(answer["access_token"]),
            expires_in=timedelta(seconds=int(answer["expires_in"])),
            refresh_token=_text(answer["refresh_token"]),
            refresh_expires_in=timedelta(seconds=int(answer["refresh_token_expires_in"])),
            scopes=frozenset(filter(None, str(answer.get("scope", "")).replace(" ", "").split(","))),
        )
    except (KeyError, TypeError, ValueError) as exc:
        log.error("Shopify's answer to a %s lacks what renews it", operation)
        raise GrantUnusable("Shopify's answer cannot be used") from exc


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("no token")
    return value
