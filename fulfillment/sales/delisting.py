"""Taking unsold products out of the shops: archived first, deleted later, a batch a day, never one somebody may want.

A step is announced on the row before the shop is told and confirmed after. Whoever wants to sell the design meanwhile
takes the announcement away, and is waited for; so nothing is lost to a worker that dies in between.
"""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Shop
from cardmaker.core import crash
from cardmaker.core.jobs import enqueue
from fulfillment.models import Checkout, Listing, Order, OrderLine
from fulfillment.shopify.shop import ShopifyShop

TAKE_DOWN = "fulfillment.take_down_listing"
PUSH = "fulfillment.push_listing"
UNSOLD_DAYS = 30  # a theme keeps a cart for two weeks
ARCHIVED_DAYS = 30  # until it is deleted: the merchant can still see what it was
MOST_AT_ONCE = 200  # a day's batch: Shopify's points are for the buyers
CALL_S = 60  # a call to the shop is over by then
State = Listing.State
STEPS = {State.ARCHIVING: State.ARCHIVED, State.DELETING: State.DELETED}


def queue_due(*, at: datetime) -> int:
    """Queue the next step of every listing whose time has come, and of those where a step was left undone.

    Answers how many.
    """
    due = [*to_archive(at=at)[:MOST_AT_ONCE], *to_delete(at=at)[:MOST_AT_ONCE], *_left_undone(at=at)[:MOST_AT_ONCE]]
    for listing in due:
        enqueue(TAKE_DOWN, listing.pk, at=at)
    hidden = _to_hide()[:MOST_AT_ONCE]
    for listing in hidden:
        enqueue(PUSH, listing.pk, at=at)
    return len(due) + len(hidden)


def to_archive(*, at: datetime) -> QuerySet[Listing]:
    """Products of single designs that nobody wanted for long, and nobody waits for."""
    return _unwanted(since=at - timedelta(days=UNSOLD_DAYS)).filter(state=State.PUBLISHED)


def to_delete(*, at: datetime) -> QuerySet[Listing]:
    archived = {"state": State.ARCHIVED, "archived_at__lt": at - timedelta(days=ARCHIVED_DAYS)}
    return _unwanted(since=at - timedelta(days=UNSOLD_DAYS)).filter(**archived)


def take_down(listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
    """The next step of one listing: announce, tell the shop, confirm. Safe to repeat, and after a kill anywhere."""
    _announce(listing, at=at)
    listing.refresh_from_db()
    if listing.state not in STEPS:
        return
    if listing.state == State.ARCHIVING:
        is_there = shopify.archive_product(listing.shopify_product_id)
    else:
        is_there = False
        shopify.delete_product(listing.shopify_product_id)
    crash.point("delist.answered")
    reached = STEPS[State(listing.state)] if is_there or listing.state == State.DELETING else State.DELETED
    announced = Listing.objects.filter(pk=listing.pk, state=listing.state)
    if not announced.update(state=reached, archived_at=at):
        # Somebody wants to sell it after all, and our call may have come after his.
        Listing.objects.filter(pk=listing.pk).update(state=State.PENDING)
        enqueue(PUSH, listing.pk, at=at)


def delete_now(listings: QuerySet[Listing], *, at: datetime) -> int:
    """Queue the deletion of these products of single designs: whoever made them wants to be forgotten.

    What is in an order under way stays until that is over; the daily batch takes it then. Answers how many.
    """
    open_lines = OrderLine.objects.exclude(order__state__in=Order.OVER).exclude(product=None).values("product")
    there = listings.filter(product__isnull=False).exclude(shopify_product_id="").exclude(state=State.DELETED)
    doomed = list(there.exclude(product__in=open_lines).order_by("pk"))
    Listing.objects.filter(pk__in=[listing.pk for listing in doomed]).update(state=State.DELETING, archived_at=at)
    for listing in doomed:
        enqueue(TAKE_DOWN, listing.pk, at=at)
    return len(doomed)


def is_being_taken_down(listing: Listing, *, at: datetime) -> bool:
    """Whether a call of ours may still be under way: a push that overtakes it would be undone by it."""
    return listing.archived_at is not None and at < listing.archived_at + timedelta(seconds=CALL_S)


def _announce(listing: Listing, *, at: datetime) -> None:
    """One conditional UPDATE each: what somebody wants by now is left alone."""
    for due, state in ((to_archive(at=at), State.ARCHIVING), (to_delete(at=at), State.DELETING)):
        if due.filter(pk=listing.pk).exists():
            still = Listing.objects.filter(pk=listing.pk, state=listing.state, wanted_at=listing.wanted_at)
            still.update(state=state, archived_at=at)
            return


def _unwanted(*, since: datetime) -> QuerySet[Listing]:
    """In no order that is under way, in no checkout since then, and wanted by nobody."""
    open_lines = OrderLine.objects.exclude(order__state__in=Order.OVER).exclude(product=None).values("product")
    fresh = Checkout.objects.filter(created_at__gte=since).values("product")
    own = Listing.objects.filter(product__isnull=False).exclude(shopify_product_id="")
    wanted = own.annotate(last_wanted_at=Coalesce("wanted_at", "pushed_at", "created_at"))
    old = wanted.filter(last_wanted_at__lt=since).exclude(product__in=open_lines).exclude(product__in=fresh)
    return old.order_by("last_wanted_at", "pk")


def _left_undone(*, at: datetime) -> QuerySet[Listing]:
    """A step was announced, and the worker and all its successors died."""
    started = Listing.objects.filter(state__in=STEPS, archived_at__lt=at - timedelta(hours=1))
    return started.order_by("archived_at", "pk")


def _to_hide() -> QuerySet[Listing]:
    """Products of whole formats that a shop still shows though it sells designs one by one by now, or the reverse."""
    per_format = Q(shop__strategy=Shop.Strategy.PER_FORMAT)
    shown_wrongly = Q(visible=True) & ~per_format
    return Listing.objects.filter(shown_wrongly, product=None, state=State.PUBLISHED).order_by("created_at", "pk")
