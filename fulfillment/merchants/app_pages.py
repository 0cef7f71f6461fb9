"""The embedded page in Shopify's admin, and the ways into it.

No cookie counts in the frame. The first request brings a session token in its address; without a good one App Bridge is
asked for it. Whoever comes without the frame is sent to it, or through the authorization-code installation.
"""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cardmaker.core.errors import Refused, Unavailable
from fulfillment.merchants import install_redirect, installing, merchant_page
from fulfillment.shopify import session_tokens
from fulfillment.shopify.client import base_url
from fulfillment.shopify.grants import GrantRefused
from fulfillment.shopify.oauth import shop_domain
from fulfillment.shopify.session_tokens import SessionToken, SessionTokenRefused

AGAIN = "again"  # on the second try: a token that is refused twice will not get better by itself
KEPT = ("shop", "host", "embedded", "locale")


@xframe_options_exempt
@never_cache
@require_safe
def app_page(request: HttpRequest) -> HttpResponse:
    """GET /shopify/app/: the page itself, installing the app first where it is opened for the first time."""
    if "id_token" not in request.GET:
        embedded = request.GET.get("embedded") == "1"
        return _fetch_token(request) if embedded else install_redirect.arrive(request, at=timezone.now())
    try:
        token = session_tokens.read(request.GET["id_token"], at=timezone.now())
        return _opened(request, token)
    except SessionTokenRefused as refusal:
        return _fetch_token(request) if AGAIN not in request.GET else _problem(request, "", refusal.message, 401)


@xframe_options_exempt
@never_cache
@require_safe
def token_page(request: HttpRequest) -> HttpResponse:
    """GET /shopify/app/session/: nothing but App Bridge, which gets a session token and goes on to `shopify-reload`."""
    domain = shop_domain(request.GET.get("shop", ""))
    if domain is None or not _is_ours(request.GET.get("shopify-reload", "")):
        return _problem(request, "", "Please open the app from your Shopify admin.", 400)
    return framed(render(request, "shopify/session.html", _bridge()), domain)


def framed(response: HttpResponse, domain: str) -> HttpResponse:
    """Let this shop's admin, and nobody else's, show the answer in a frame."""
    bridge = _origin(settings.SHOPIFY_APP_BRIDGE_URL)
    ancestors = [settings.SANDBOX_URL] if settings.SANDBOX else [f"https://{domain}", "https://admin.shopify.com"]
    response._csp_replace = {  # type: ignore[attr-defined]  # django-csp's way
        "frame-ancestors": ancestors,
        "script-src": ["'self'", bridge],
        "connect-src": ["'self'", bridge],
        "form-action": ["'self'"],
    }
    response["Referrer-Policy"] = "strict-origin-when-cross-origin"  # the address of the first request holds a token
    return response


def _opened(request: HttpRequest, token: SessionToken) -> HttpResponse:
    at = timezone.now()
    try:
        shop = installing.open_app(token, at=at)
    except GrantRefused as refusal:
        if refusal.error == "invalid_subject_token" and AGAIN not in request.GET:
            return _fetch_token(request)
        return _problem(request, token.shop_domain, refusal.message, 403)
    except Unavailable:
        words = "Shopify does not answer just now. Nothing is lost: please try again in a minute."
        return _problem(request, token.shop_domain, words, 503)
    except Refused as refusal:
        return _problem(request, token.shop_domain, refusal.message, 403)
    context = {**merchant_page.facts(shop, at=at), **_bridge(), "api_url": reverse("shopify-app") + "api/"}
    return framed(render(request, "shopify/app.html", context), shop.domain)


def _fetch_token(request: HttpRequest) -> HttpResponse:
    """By way of the page that holds App Bridge alone; the address to come back to is always ours."""
    domain = shop_domain(request.GET.get("shop", ""))
    if domain is None:
        return _problem(request, "", "Please open the app from your Shopify admin.", 400)
    kept = {name: request.GET[name] for name in KEPT if name in request.GET}
    back = f"{request.path}?{urlencode({**kept, AGAIN: 1})}"
    there = f"{reverse('shopify-app-session')}?{urlencode(kept)}&shopify-reload={quote(back, safe='')}"
    return framed(HttpResponseRedirect(there), domain)


def _problem(request: HttpRequest, domain: str, message: str, status: int) -> HttpResponse:
    """In the frame of the shop that is proven; on a page of its own else."""
    retry = base_url(domain) + f"/admin/apps/{settings.SHOPIFY_API_KEY}" if domain else ""
    page = render(request, "shopify/problem.html", {"message": message, "retry_url": retry}, status=status)
    return framed(page, domain) if domain else page


def _bridge() -> dict[str, str]:
    return {"bridge_url": settings.SHOPIFY_APP_BRIDGE_URL, "client_id": settings.SHOPIFY_API_KEY}


def _is_ours(address: str) -> bool:
    """Whether the address is one of the embedded page's, without a host: never a way out to somewhere else."""
    path = reverse("shopify-app")
    return address.startswith((f"{path}?", path)) and "//" not in address and "\\" not in address


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0]}"
