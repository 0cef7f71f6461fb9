"""The access token for a shop's Admin API. Everybody who calls a shop asks here and nowhere else.

Of all workers that find it near its end one renews it: the row is claimed, Shopify is asked without any lock held, and
the answer is stored under the same claim. A worker that dies in between leaves the old refresh token, which Shopify
takes again until the new access token is first used.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from accounts.models import Shop, ShopToken
from cardmaker.core import crash
from cardmaker.core.errors import Refused
from cardmaker.core.http import OutsideUnavailable
from fulfillment.shopify import grants
from fulfillment.shopify.grants import Grant, GrantRefused

log = logging.getLogger(__name__)

# How long to wait for the worker that renews it, in all some six seconds: a task may not take longer than thirty.
WAITS_S = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
LAST_MOMENT = timedelta(seconds=10)  # before its end a token is not handed out any more
RENEWED_EVERY = timedelta(days=7)  # of a shop nobody calls, so that its ninety days never pass
RENEW_IDLE = "fulfillment.renew_idle_token"
# Then it is we who are not known or not understood; every other refusal is about this shop.
OUR_FAULT = {"invalid_client", "application_cannot_be_found", "invalid_request", "unsupported_grant_type"}


class NotConnected(Refused):
    """We hold no token for this shop: the app was uninstalled, or its merchant has to open it once more."""

    code = "shop_not_connected"

    def __init__(self) -> None:
        super().__init__("This shop is not connected. Its merchant opens the app once to connect it again.")


class RenewalUnderWay(OutsideUnavailable):
    """Another worker renews the token and has not finished."""

    code = "shopify_unavailable"


def access_token(shop: Shop, *, at: datetime, pause: Callable[[float], None] = time.sleep) -> str:
    """A token that is good now. May call Shopify, so never inside a transaction.

    Raises NotConnected, OutsideUnavailable. One query while the token is fresh.
    """
    token = ShopToken.objects.filter(shop=shop.pk).first()
    if token is None:
        return _settings_token(shop)
    if token.serves(at=at):
        return str(token.access_token)
    return _renewed(shop, seen="", at=at, pause=pause)


def renewed_token(shop: Shop, *, seen: str, at: datetime, pause: Callable[[float], None] = time.sleep) -> str:
    """Another token than `seen`, which Shopify has just refused. Raises NotConnected, OutsideUnavailable."""
    return _renewed(shop, seen=seen, at=at, pause=pause)


def store(shop: Shop, grant: Grant, *, at: datetime) -> None:
    """Keep what an installation or a newly opened app brought; whatever was kept or under way before is void."""
    fields = {**_fields(grant, at), "renewal": None, "renewal_until": None}
    ShopToken.objects.update_or_create(shop=shop, defaults=fields)


def revoke(shop: Shop) -> None:
    """Forget the tokens. A renewal under way stores nothing any more. Safe to repeat."""
    ShopToken.objects.filter(shop=shop).delete()


def idle(*, at: datetime) -> list[UUID]:
    """The shops whose token nobody has renewed for a week."""
    sleeping = ShopToken.objects.filter(renewed_at__lt=at - RENEWED_EVERY, refused_at=None)
    return list(sleeping.order_by("renewed_at").values_list("shop_id", flat=True))


def renew_idle(shop: Shop, *, at: datetime) -> None:
    """Renew it though nobody needs it now. Raises NotConnected, OutsideUnavailable."""
    token = ShopToken.objects.filter(shop=shop.pk).first()
    if token is not None and token.renewed_at < at - RENEWED_EVERY:
        _renewed(shop, seen=str(token.access_token), at=at, pause=time.sleep)


def _settings_token(shop: Shop) -> str:
    """Our own shop's app need not be installed: its token never expires and stands in the settings."""
    if shop.kind != Shop.Kind.HOUSE or not settings.HOUSE_SHOP_TOKEN:
        raise NotConnected
    return str(settings.HOUSE_SHOP_TOKEN)


def _renewed(shop: Shop, *, seen: str, at: datetime, pause: Callable[[float], None]) -> str:
    for wait_s in WAITS_S:
        token = _claimed(shop, seen=seen, at=at)
        if token.claimed_here:
            return _renew(shop, token, seen=seen, at=at)
        if token.serves(at=at, seen=seen, ahead=LAST_MOMENT):
            return str(token.access_token)
        if token.refused_at:
            raise NotConnected
        pause(wait_s)
    raise RenewalUnderWay("The shop's token is being renewed", retry_after=5, sent=False)


def _claimed(shop: Shop, *, seen: str, at: datetime) -> ShopToken:
    try:
        return ShopToken.claim(shop.pk, seen=seen, at=at)
    except ShopToken.DoesNotExist as exc:
        raise NotConnected from exc


def _renew(shop: Shop, token: ShopToken, *, seen: str, at: datetime) -> str:
    try:
        grant = grants.renew(shop.domain, token.refresh_token)
    except GrantRefused as refusal:
        return _refused(shop, token, refusal, at=at)
    except OutsideUnavailable:
        token.end_renewal()
        if token.serves(at=at, seen=seen, ahead=LAST_MOMENT):
            return str(token.access_token)  # there is time to try again
        raise
    crash.point("token.answered")
    if token.end_renewal(**_fields(grant, at)):
        return grant.access_token
    # Our claim ran out, or the app was opened or uninstalled meanwhile: what is stored now counts.
    kept = ShopToken.objects.filter(shop=shop.pk).first()
    if kept is None or kept.refused_at:
        raise NotConnected
    return str(kept.access_token)


def _refused(shop: Shop, token: ShopToken, refusal: GrantRefused, *, at: datetime) -> str:
    """Nothing more can be had for this refresh token, unless it is we who are not known."""
    if refusal.error in OUR_FAULT:
        token.end_renewal()
        log.error("Shopify does not renew the token of %s: %s", shop.code, refusal.error)
        raise grants.GrantUnusable("Shopify does not renew the shop's token", sent=False) from refusal
    token.end_renewal(refused_at=at)
    log.error("The merchant of %s has to open the app: its refresh token is not accepted any more", shop.code)
    raise NotConnected from refusal


def _fields(grant: Grant, at: datetime) -> dict[str, object]:
    return {
        "access_token": grant.access_token,
        "expires_at": at + grant.expires_in,
        "refresh_token": grant.refresh_token,
        "refresh_expires_at": at + grant.refresh_expires_in,
        "renewed_at": at,
        "refused_at": None,
    }
