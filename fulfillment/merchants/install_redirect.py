"""Installing by redirects, for whoever does not come from the frame: Shopify sends the browser here, we send it to
Shopify's consent page, and it comes back with a code.

Only Shopify starts it: there is no form that takes a shop's address. `state` binds the way back to the same browser.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cardmaker.core.errors import Refused, Unavailable
from fulfillment.merchants import installing, permissions
from fulfillment.shopify import grants
from fulfillment.shopify.client import base_url
from fulfillment.shopify.oauth import redirect_is_shopifys, shop_domain

COOKIE, SALT = "cardmaker_install", "shopify-install"
STATE_LIFE_S = 600
OPEN_IT_THERE = "Please open Cardmaker from the apps in your Shopify admin."


def arrive(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Somebody opens our address outside the frame. Sent by Shopify: into the frame, or to install. Else: told how."""
    domain = _proven_shop(request, at)
    if domain is None:
        return _stop(request, OPEN_IT_THERE, 400)
    if installing.connected(domain):
        return HttpResponseRedirect(_admin_url(domain))
    return _to_consent(domain)


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """GET /shopify/auth/: Shopify starts an installation."""
    domain = _proven_shop(request, timezone.now())
    return _stop(request, OPEN_IT_THERE, 400) if domain is None else _to_consent(domain)


@never_cache
@require_safe
def callback(request: HttpRequest) -> HttpResponse:
    """GET /shopify/auth/callback/: back from the consent page. Shopify is asked for nothing before all is proven."""
    at = timezone.now()
    domain, code = _proven_shop(request, at), request.GET.get("code", "")
    if domain is None or not code or not _is_same_browser(request, domain):
        return _stop(request, "This installation was not started here, or it took too long. " + OPEN_IT_THERE, 403)
    try:
        installing.install(domain, grants.redeem(domain, code), at=at)
    except Unavailable:
        return _stop(request, "Shopify does not answer just now. Please install the app again in a minute.", 503)
    except Refused:
        return _stop(request, "Shopify did not confirm this installation. " + OPEN_IT_THERE, 403)
    return _without_cookie(HttpResponseRedirect(_admin_url(domain)))


def _proven_shop(request: HttpRequest, at: datetime) -> str | None:
    """The shop that Shopify's signed redirect names. Repeated parameters are nobody's: signer and reader may differ."""
    params = _single(request)
    if not redirect_is_shopifys(params, secret=settings.SHOPIFY_API_SECRET, at=at):
        return None
    return shop_domain(params["shop"])


def _single(request: HttpRequest) -> Mapping[str, str]:
    repeated = any(len(values) != 1 for _, values in request.GET.lists())
    return {} if repeated else request.GET.dict()


def _to_consent(domain: str) -> HttpResponse:
    nonce = secrets.token_urlsafe(24)
    asked = {
        "client_id": settings.SHOPIFY_API_KEY,
        "scope": ",".join(sorted(permissions.SCOPES)),
        "redirect_uri": settings.PUBLIC_URL + reverse("shopify-auth-callback"),
        "state": nonce,
    }
    response = HttpResponseRedirect(f"{base_url(domain)}/admin/oauth/authorize?{urlencode(asked)}")
    response.set_cookie(
        COOKIE,
        signing.dumps([nonce, domain], salt=SALT),
        max_age=STATE_LIFE_S,
        path=reverse("shopify-auth"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _is_same_browser(request: HttpRequest, domain: str) -> bool:
    try:
        nonce, started_for = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=STATE_LIFE_S)
    except (signing.BadSignature, ValueError):
        return False
    return started_for == domain and constant_time_compare(nonce, request.GET.get("state", ""))


def _admin_url(domain: str) -> str:
    """Where Shopify's admin shows us in its frame."""
    return f"{base_url(domain)}/admin/apps/{settings.SHOPIFY_API_KEY}"


def _stop(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return _without_cookie(render(request, "shopify/problem.html", {"message": message}, status=status))


def _without_cookie(response: HttpResponse) -> HttpResponse:
    """The state is used once."""
    response.delete_cookie(COOKIE, path=reverse("shopify-auth"))
    return response
