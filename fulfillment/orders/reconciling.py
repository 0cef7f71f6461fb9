"""Webhooks get lost. What the shops changed and what the suppliers hold is read again, whether or not anyone called."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from accounts.models import Shop
from cardmaker.core import crash
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment.models import Order, OrderCursor, PrintJob
from fulfillment.orders import intake
from fulfillment.shopify.orders import OrderNews
from fulfillment.shopify.shop import ShopifyShop

READ_SHOP = "fulfillment.reconcile_shop"
# Shopify's index of changes lags behind, and its webhooks are repeated for four hours at most.
OVERLAP = timedelta(hours=1)
FIRST_LOOK = timedelta(days=2)
AT_ONCE = 50  # one page of the shop's list; the cursor moves page by page, so that a kill loses no more


def queue_all(*, at: datetime) -> int:
    """Queue a reading of every active shop, each in a job of its own: one that is closed must not stop the others."""
    shops = list(Shop.objects.filter(active=True).order_by("pk"))
    for shop in shops:
        enqueue(READ_SHOP, shop.pk, account_id=shop.account_id, at=at)
    return len(shops)


def reconcile_shop(shop: Shop, shopify: ShopifyShop, *, at: datetime, since: datetime | None = None) -> int:
    """Hear of every order that this shop changed since the last reading, or since then. Answers how many were news.

    Safe to repeat, and after a kill: the cursor never passes an order that was not heard of.
    """
    cursor, _ = OrderCursor.objects.get_or_create(shop=shop, defaults={"read_until": at - FIRST_LOOK})
    found = 0
    try:
        for page in _pages(shopify.orders_updated_since(since or cursor.read_until - OVERLAP)):
            found += _hear(shop, page, at=at)
            crash.point("reconcile.heard")
            cursor.read_until = max(cursor.read_until, page[-1].updated_at)
            cursor.save(update_fields=["read_until"])
    except Refused as refusal:
        cursor.last_error = refusal.message[:300]
        cursor.save(update_fields=["last_error"])
        raise
    cursor.checked_at, cursor.found, cursor.last_error = at, found, ""
    cursor.save(update_fields=["checked_at", "found", "last_error"])
    return found


def _pages(news: Iterator[OrderNews]) -> Iterator[list[OrderNews]]:
    while page := list(islice(news, AT_ONCE)):
        yield page


def _hear(shop: Shop, page: Iterable[OrderNews], *, at: datetime) -> int:
    """Those whose very version was read before are no news."""
    news = {each.gid: each for each in page}
    known = Order.objects.filter(shop=shop, external_ref__in=news, shop_updated_at__isnull=False)
    read = {ref: version for ref, version in known.values_list("external_ref", "shop_updated_at") if version}
    fresh = [each for each in news.values() if each.gid not in read or each.updated_at > read[each.gid]]
    for each in fresh:
        intake.hear(shop, each.gid, at=at)
    return len(fresh)


def queue_open_jobs(*, at: datetime) -> int:
    """Read every job that a supplier still works on."""
    jobs = list(PrintJob.objects.filter(state__in=PrintJob.FOLLOWED).select_related("order").order_by("pk"))
    for job in jobs:
        enqueue("fulfillment.read_print_job", job.pk, account_id=job.order.account_id, at=at)
    return len(jobs)
