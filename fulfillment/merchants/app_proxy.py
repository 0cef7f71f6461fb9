"""What a theme asks through its own shop: where we live, and a guest's token. Shopify vouches for the shop.

The cookies of these calls are not ours, and Shopify takes them away: everything else the studio asks of our API itself,
with the token, from one of the shop's origins.
"""

import functools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts import sessions
from accounts.callers import Caller
from accounts.models import Shop
from cardmaker.core.api import allow_only, error_response, status_of
from cardmaker.core.errors import Refused
from cardmaker.core.middleware import client_address
from fulfillment.shopify import proxy

View = Callable[[HttpRequest, Shop], HttpResponse]
HOME_KEPT_S = 3600


def vouched(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """The view for calls that Shopify signed just now, with the shop that it names; others are refused."""

    @functools.wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            call = proxy.proven(request.META.get("QUERY_STRING", ""), at=timezone.now())
            return view(request, sessions.shop_named(call.shop_domain))
        except Refused as refusal:
            wait = refusal.details.get("retry_after")
            return error_response(refusal.code, refusal.message, status_of(refusal), refusal.details, wait)

    return guarded


@csrf_exempt  # it changes nothing, and a wrong method is told as such
@allow_only("GET", "HEAD")
@vouched
def home(request: HttpRequest, shop: Shop) -> HttpResponse:
    """GET {proxy}/home/: where the studio and the API are, and which shop this is to them."""
    answer = JsonResponse({"home": f"{settings.PUBLIC_URL}/", "shop": shop.code})
    answer["Cache-Control"] = f"private, max-age={HOME_KEPT_S}"
    return answer


@csrf_exempt  # the signature vouches for the shop, and a guest's token is all that can be had
@allow_only("POST")
@vouched
def session(request: HttpRequest, shop: Shop) -> HttpResponse:
    """POST {proxy}/session/: a token for a new guest of this shop."""
    opened = sessions.open_session(
        Caller(None, shop, None), shop=shop, address=_shopper_address(request), at=timezone.now()
    )
    facts = {"token": opened.token, "account": str(opened.account), "expires_at": opened.expires_at}
    answer = JsonResponse(facts, status=201)
    answer["Cache-Control"] = "no-store"
    return answer


def _shopper_address(request: HttpRequest) -> str:
    """Who asked Shopify, as it tells us: its own address would make one network of all shoppers of all shops."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    hops = settings.TRUSTED_PROXIES
    told = forwarded[:-hops] if hops else forwarded
    return told[-1] if told else client_address(request)
