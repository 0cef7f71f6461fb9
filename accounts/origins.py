"""Which pages may call the API from a browser: those of origins that a shop allowed, each with that shop's tokens only.

Bearer tokens alone cross origins: no answer ever allows credentials, so a cookie of ours is of no use to another page.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from accounts.models import Shop
from accounts.tokens import TokenClaims, TokenRefused, bearer_text
from cardmaker.core.api import error_response
from cardmaker.core.errors import Refused

KEPT_S = 15  # how long a change of a shop's origins may take to be felt
LONGEST = 255
API = "/api/"
FORM = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
# What the studio sends; the tus headers carry photos in pieces.
ALLOWED = (
    "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match, Proof-Of-Work, "
    "Tus-Resumable, Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset"
)
EXPOSED = "ETag, Location, Retry-After, Tus-Resumable, Upload-Expires, Upload-Length, Upload-Offset"
PREFLIGHT_KEPT_S = 7200  # the longest that browsers keep one


class OriginNotAllowed(Refused):
    """The page that calls us is not one that the shop allowed."""

    code = "forbidden"

    def __init__(self) -> None:
        super().__init__("This page may not sell for this shop. The shop has to allow its address first.")


class CrossOrigin:
    """Answers preflights, refuses a shop's token in pages that the shop did not allow, and marks what may be read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = foreign_origin(request) if request.path.startswith(API) else ""
        if not origin:
            return self.get_response(request)
        if _may_ask(request, origin):
            response = _preflight() if _is_preflight(request) else self.get_response(request)
            if shops_allowing(origin):
                response["Access-Control-Allow-Origin"] = origin
                response["Access-Control-Expose-Headers"] = EXPOSED
        else:
            refusal = OriginNotAllowed()  # without our headers the page cannot read even this
            response = error_response(refusal.code, refusal.message, 403)
        patch_vary_headers(response, ["Origin"])
        return response


def foreign_origin(request: HttpRequest) -> str:
    """The origin of the page that asks, unless it is one of ours."""
    origin = request.headers.get("Origin", "")
    ours = {f"{request.scheme}://{request.get_host()}", settings.PUBLIC_URL}
    return "" if origin in ours else origin


def check(request: HttpRequest, shop: Shop) -> None:
    """Raises OriginNotAllowed when another page than the shop's own asks for something in the shop's name."""
    origin = foreign_origin(request)
    if origin and str(shop.pk) not in shops_allowing(origin):
        raise OriginNotAllowed


def shops_allowing(origin: str) -> list[str]:
    """The keys of the active shops that let pages of exactly this origin call us. Kept for a moment."""
    if len(origin) > LONGEST or origin != origin_of(origin):
        return []
    key = f"origin:{origin}"
    known: list[str] | None = cache.get(key)
    if known is None:
        known = [str(shop.pk) for shop in _naming(origin) if origin in origins_of(shop)]
        cache.set(key, known, KEPT_S)
    return known


def origins_of(shop: Shop) -> set[str]:
    """The shop's own storefront, where its theme is, and the pages it allowed beside it."""
    own = settings.SHOPIFY_BASE_URL.format(domain=shop.domain)
    named = [own, shop.storefront_url, *shop.allowed_origins]
    return {origin for text in named if (origin := origin_of(str(text)))}


def origin_of(address: str) -> str:
    """`https://shop.example.com` of any address there; empty for what is none. Hosts are compared in lower case."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    place = f":{port}" if port and port != usual else ""
    origin = f"{parts.scheme}://{parts.hostname or ''}{place}"
    return origin if FORM.fullmatch(origin) else ""


def _naming(origin: str) -> list[Shop]:
    """Active shops in whose columns this host stands somewhere: few enough to be read exactly."""
    host = urlsplit(origin).hostname or ""
    named = Q(domain=host) | Q(storefront_url__contains=host) | Q(origins_text__contains=host)
    if host in settings.SHOPIFY_BASE_URL:  # the sandbox serves every shop below one address
        named |= Q(pk__isnull=False)
    return list(Shop.objects.filter(active=True).alias(origins_text=Cast("allowed_origins", TextField())).filter(named))


def _may_ask(request: HttpRequest, origin: str) -> bool:
    """A preflight names no shop, so any shop's page gets one; a token works only in pages of its own shop."""
    if _is_preflight(request):
        return bool(shops_allowing(origin))
    text = bearer_text(request)
    try:
        return text is None or str(TokenClaims.read(text).shop_id) in shops_allowing(origin)
    except TokenRefused:
        return True  # the view tells why


def _is_preflight(request: HttpRequest) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _preflight() -> HttpResponse:
    headers = {
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": ALLOWED,
        "Access-Control-Max-Age": str(PREFLIGHT_KEPT_S),
    }
    return HttpResponse(status=204, headers=headers)
