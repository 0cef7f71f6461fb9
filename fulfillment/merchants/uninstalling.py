"""The app leaves a shop: its keys are thrown away, nothing is sold there any more, and what is in print is finished."""

import logging
from datetime import datetime

from django.db import transaction

from accounts.models import AccessToken, Shop
from cardmaker.core import events
from cardmaker.core.jobs import enqueue
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import Order
from fulfillment.orders import intake
from fulfillment.orders.reasons import Reason
from fulfillment.shopify import tokens
from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.shopify.tokens import NotConnected

log = logging.getLogger(__name__)

CONFIRM = "fulfillment.confirm_uninstall"
SHOP_GONE = "shop_gone"
UNREADABLE = Reason(SHOP_GONE, "The shop has uninstalled the app, so its payment cannot be checked.", blocks=True)
# What Shopify answers to a token of an app that is not installed there (any more).
GONE = {"TOKEN_REFUSED", "FORBIDDEN", "SHOP_GONE"}


def hear(shop: Shop, *, at: datetime) -> None:
    """A delivery says so: have Shopify asked. Its shop and topic are not signed, and it may be an old one repeated."""
    enqueue(CONFIRM, shop.pk, account_id=shop.account_id, at=at)


def confirm(shop: Shop, *, at: datetime) -> bool:
    """Uninstall unless our token still opens the shop. Answers whether it is uninstalled. Safe to repeat."""
    if _still_opens(shop):
        log.warning("A delivery said that %s uninstalled the app, which is still installed", shop.code)
        return False
    uninstall(shop, at=at)
    return True


def uninstall(shop: Shop, *, at: datetime) -> None:
    """Revoke, stop selling, hold what is not in print yet. Safe to repeat: the first time stands."""
    with transaction.atomic():
        shop = Shop.objects.select_for_update(of=("self",)).get(pk=shop.pk)
        tokens.revoke(shop)
        if shop.uninstalled_at is not None:
            return
        AccessToken.objects.filter(shop=shop).revoke(at=at)
        # Our own pages go on without the app: their token is in the settings.
        stays = shop.kind == Shop.Kind.HOUSE
        Shop.objects.filter(pk=shop.pk).update(uninstalled_at=at, scopes=[], active=stays)
        if not stays:
            _hold_orders(shop, at=at)
        events.record("uninstalled", at=at, account_id=shop.account_id, shop_id=shop.pk)


def _hold_orders(shop: Shop, *, at: datetime) -> None:
    waiting = Order.objects.filter(shop=shop, state__in=Order.BEFORE_PRINT)
    for order in waiting.exclude(read_at=None).order_by("pk"):
        intake.hold_unread(order, UNREADABLE, at=at)


def _still_opens(shop: Shop) -> bool:
    """Raises OutsideUnavailable while nobody knows."""
    try:
        shopify_of(shop).state()
    except NotConnected:
        return False
    except ShopifyRejected as refusal:
        return not refusal.codes & GONE
    return True
