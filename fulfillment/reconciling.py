"""Webhooks get lost. What the shops changed and what the suppliers hold is read again, whether or not anyone called."""

from datetime import datetime

from accounts.models import Shop
from cardmaker.core.jobs import enqueue
from fulfillment import intake
from fulfillment.models import PrintJob
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.shops import shopify_of


def reconcile(*, since: datetime, at: datetime) -> tuple[int, int]:
    """Every active shop and every open job. Answers how many orders and print jobs were queued for a reading."""
    orders = sum(
        reconcile_shop(shop, shopify_of(shop), since=since, at=at)
        for shop in Shop.objects.filter(active=True).order_by("pk")
    )
    return orders, queue_open_jobs(at=at)


def reconcile_shop(shop: Shop, shopify: ShopifyShop, *, since: datetime, at: datetime) -> int:
    """Hear of every order that this shop changed since then. Safe to repeat: hearing twice is one order."""
    count = 0
    for news in shopify.orders_updated_since(since):
        intake.hear(shop, news.gid, at=at)
        count += 1
    return count


def queue_open_jobs(*, at: datetime) -> int:
    """Read every job that a supplier still works on."""
    jobs = list(PrintJob.objects.filter(state__in=PrintJob.FOLLOWED).select_related("order").order_by("pk"))
    for job in jobs:
        enqueue("fulfillment.read_print_job", job.pk, account_id=job.order.account_id, at=at)
    return len(jobs)
