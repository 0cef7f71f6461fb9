"""The job kinds of fulfillment. Each takes a key, builds the collaborators, makes one call, and lets errors rise."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Shop
from cardmaker.core import crash, inbox, jobs
from cardmaker.core.errors import Refused, Unavailable
from cardmaker.core.jobs import Later
from fulfillment.care import announcing, feedback, ratings
from fulfillment.merchants import permissions, uninstalling
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import (
    Cancellation,
    Checkout,
    Draft,
    FeedbackEntry,
    Listing,
    Order,
    PrintJob,
    Question,
    Refund,
    Shipment,
    SupplierItem,
)
from fulfillment.orders import cancelling, holding, inbox_handlers, intake, reconciling, refunding, screening
from fulfillment.printing import checking, clearing, drafts, following, mockups, placing, recovery, submission
from fulfillment.sales import delisting, losses, rates, selling
from fulfillment.shopify.answers import ScopeMissing
from fulfillment.shopify.tokens import NotConnected
from fulfillment.suppliers.registry import supplier


def settle_time() -> timedelta:
    """How long an interrupted call to a supplier is left alone before anyone asks about it."""
    return timedelta(seconds=settings.SUBMIT_SETTLE_S)


def handle_event(key: str) -> None:
    inbox_handlers.handle(key, at=timezone.now())


def read_order(key: str) -> None:
    holding.queue_if_due(_read(key), at=timezone.now())


def read_routing(key: str) -> None:
    """A fulfillment order changed: have its order read again, if it is one of ours."""
    shop_key, _, gid = key.partition("|")
    shop = Shop.objects.get(pk=shop_key)
    try:
        order_gid = shopify_of(shop).order_of(gid)
    except NotConnected:
        return
    order = Order.objects.filter(shop=shop, external_ref=order_gid).first() if order_gid else None
    if order is not None and order.state != Order.State.NOT_OURS:
        jobs.enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, at=timezone.now())


def align_hold(key: str) -> None:
    order = Order.objects.select_related("shop").get(pk=key)
    with suppress(NotConnected):  # there is nobody to be told
        holding.align(order, shop=shopify_of(order.shop), at=timezone.now())


def place_order(key: str) -> None:
    """The approval's own look at the payment and at the stored files, then the print jobs."""
    order = _read(key)
    if not checking.hold_if_altered(order, at=timezone.now()):
        placing.place(order, at=timezone.now())
    crash.point("order.placed")
    if order.held_in_shop_at:
        jobs.enqueue(holding.ALIGN, order.pk, account_id=order.account_id, at=timezone.now())


def submit_print_job(key: str) -> Later | None:
    """The submission's own look at the payment, then the calls that cost money."""
    job = PrintJob.objects.select_related("order__shop").get(pk=key)
    if job.state not in (PrintJob.State.READY, PrintJob.State.SUBMITTING) and not job.awaits_production:
        return None
    job.order = _read(str(job.order_id))
    checking.hold_if_altered(job.order, at=timezone.now())
    checking.stop_if_altered(job, at=timezone.now())
    job = PrintJob.objects.select_related("order__shop").get(pk=key)
    return submission.submit(
        job, supplier=supplier(job.supplier), clock=timezone.now, settle=settle_time(), live=not settings.SANDBOX
    )


def read_print_job(key: str) -> None:
    job = PrintJob.objects.select_related("order").get(pk=key)
    following.follow(job, supplier=supplier(job.supplier), at=timezone.now())


def cancel_print_job(key: str) -> Later | None:
    """Wait until it is known whether the supplier has the order; no attempt is counted for that."""
    job = PrintJob.objects.select_related("order").get(pk=key)
    try:
        recovery.cancel(job, supplier=supplier(job.supplier), at=timezone.now(), settle=settle_time())
    except recovery.TooEarly:
        return Later(settle_time().total_seconds())
    return None


def give_refund(key: str) -> Later | None:
    wanted = Refund.objects.select_related("order__shop").get(pk=key)
    shop = shopify_of(wanted.order.shop)
    return refunding.give(wanted, shop=shop, clock=timezone.now, settle=settle_time())


def carry_out_cancellation(key: str) -> Later | None:
    """Wait until it is known whether the suppliers have the order; no attempt is counted for that."""
    wanted = Cancellation.objects.select_related("order__shop").get(pk=key)
    shop = shopify_of(wanted.order.shop)
    try:
        cancelling.carry_out(wanted, shop=shop, supplier_of=supplier, at=timezone.now(), settle=settle_time())
    except recovery.TooEarly:
        return Later(settle_time().total_seconds())
    return None


def ask_supplier(key: str) -> None:
    job = PrintJob.objects.select_related("order").get(pk=key)
    recovery.ask(job, supplier=supplier(job.supplier), at=timezone.now(), settle=settle_time())


def poll_print_jobs(_: str) -> None:
    """Queue a reading for every job whose time has come. Webhooks get lost; this is what does not."""
    now = timezone.now()
    due = PrintJob.objects.filter(state__in=PrintJob.FOLLOWED, next_poll_at__lte=now)
    for key, account_id, name in list(due.values_list("pk", "order__account_id", "supplier")[:200]):
        again_in_s = settings.SUPPLIER_POLLS_S.get(name, settings.SUPPLIER_POLL_S)
        following.queue_reading(key, account_id=account_id, at=now, again_in_s=again_in_s)


def announce_shipment(key: str) -> None:
    shipment = Shipment.objects.select_related("job__order__shop").get(pk=key)
    try:
        shop = shopify_of(shipment.job.order.shop)
    except NotConnected:
        shop = None
    announcing.announce(shipment, shop=shop, at=timezone.now())


def mail_shipped(key: str) -> None:
    announcing.mail_shipped(Shipment.objects.select_related("job__order").get(pk=key), at=timezone.now())


def mail_received(key: str) -> None:
    announcing.mail_received(Order.objects.get(pk=key), at=timezone.now())


def mail_delivered(key: str) -> None:
    announcing.mail_delivered(PrintJob.objects.select_related("order").get(pk=key), at=timezone.now())


def ask_rating(key: str) -> None:
    ratings.ask(Order.objects.get(pk=key), at=timezone.now())


def mail_question(key: str) -> None:
    announcing.mail_question(Question.objects.select_related("order").get(pk=key), at=timezone.now())


def mail_feedback_reply(key: str) -> None:
    feedback.mail_reply(FeedbackEntry.objects.select_related("feedback").get(pk=key), at=timezone.now())


def mail_loss(key: str) -> None:
    losses.mail(SupplierItem.objects.get(pk=key), at=timezone.now())


def prepare_draft(key: str) -> Later | None:
    """Uploads, product, mock-ups: what the supplier draws itself is seen before anybody pays."""
    draft = Draft.objects.select_related("proof__format", "item__print_spec").get(pk=key)
    printer = supplier(draft.item.supplier)
    return drafts.prepare(draft, supplier=printer, picture=mockups.copied, clock=timezone.now)


def clear_draft(key: str) -> None:
    draft = Draft.objects.select_related("proof", "item").get(pk=key)
    clearing.clear(draft, supplier=supplier(draft.item.supplier), at=timezone.now())


def clear_drafts(_: str) -> None:
    """Once a day: what was printed long ago or never bought goes from the suppliers' accounts."""
    clearing.queue_due(at=timezone.now())


def sync_delivery(key: str) -> None:
    shop = Shop.objects.get(pk=key)
    # The next round asks again; until then the last answer stands.
    with suppress(Unavailable, NotConnected), permissions.heeded():
        rates.read_delivery(shop, shopify=shopify_of(shop), at=timezone.now())


def sync_quotes(key: str) -> None:
    item = SupplierItem.objects.get(pk=key)
    with suppress(Unavailable):
        rates.read_quotes(item, supplier=supplier(item.supplier), at=timezone.now())


def sync_rates(_: str) -> None:
    """Several times a day: what delivery costs, by the shops and by the suppliers."""
    rates.queue_all(at=timezone.now())


def take_down_listing(key: str) -> None:
    listing = _listings().get(pk=key)
    # What is in a shop that left is its merchant's; what we may not take down now is taken the next day.
    with suppress(NotConnected), permissions.heeded():
        delisting.take_down(listing, shopify=shopify_of(listing.seller), at=timezone.now())


def push_listing(key: str) -> Later | None:
    listing = _listings().get(pk=key)
    if delisting.is_being_taken_down(listing, at=timezone.now()):
        return Later(selling.AGAIN_S)
    with suppress(NotConnected):
        selling.push(listing, shopify=shopify_of(listing.seller), at=timezone.now())
    return None


def take_down_listings(_: str) -> None:
    """Once a day: what nobody bought goes out of the shops."""
    delisting.queue_due(at=timezone.now())


def _listings() -> QuerySet[Listing]:
    return Listing.objects.select_related("product__shop", "product__proof__format", "shop", "format")


def open_checkout(key: str) -> Later | None:
    checkouts = Checkout.objects.select_related(
        "product__shop", "product__proof__format", "listing__product__proof__format", "listing__product__shop",
        "listing__shop", "listing__format",
    )  # fmt: skip
    checkout = checkouts.get(pk=key)
    try:
        return selling.open_checkout(checkout, shopify=shopify_of(checkout.product.shop), at=timezone.now())
    except ScopeMissing as refusal:
        permissions.heed(refusal, at=timezone.now())
        selling.give_up(key, str(refusal))  # the buyer does not wait for a merchant
    except Refused as refusal:
        selling.give_up(key, str(refusal))
    return None


def _read(key: str) -> Order:
    """Lay the shop's record over the order; answers it as it is then. Held where nobody can ask the shop any more.

    Raises ScopeMissing, with the order held, while the merchant does not let us see it.
    """
    order = Order.objects.select_related("shop").get(pk=key)
    asked_at = timezone.now()
    try:
        shopify = shopify_of(order.shop)
    except NotConnected:
        return intake.hold_unread(order, uninstalling.UNREADABLE, at=asked_at)
    try:
        shop_order = shopify.read_order(order.external_ref)
    except ScopeMissing as refusal:
        intake.hold_unread(order, permissions.reason(refusal), at=asked_at)
        raise
    crash.point("order.read")
    order = intake.record(order, shop_order, at=timezone.now(), asked_at=asked_at)
    crash.point("order.recorded")
    return order


def reconcile_shop(key: str) -> None:
    shop = Shop.objects.get(pk=key)
    with suppress(Refused), permissions.heeded():  # its cursor says why; the next round tries again
        reconciling.reconcile_shop(shop, shopify_of(shop), at=timezone.now())


def reconcile_shops(_: str) -> None:
    """Once an hour: orders that no webhook told of."""
    reconciling.queue_all(at=timezone.now())


def register() -> None:
    """Name every kind. `timeout_s` stays below the settle time's purpose: no task waits longer than thirty seconds."""
    jobs.register("fulfillment.handle_event", handle_event, lane="fast", timeout_s=30, on_stuck=inbox.bury)
    for handler in (
        read_order,
        place_order,
        submit_print_job,
        read_print_job,
        align_hold,
        read_routing,
        cancel_print_job,
        carry_out_cancellation,
        give_refund,
        ask_supplier,
        announce_shipment,
        mail_shipped,
        mail_received,
        mail_delivered,
        mail_question,
        ask_rating,
        mail_feedback_reply,
        mail_loss,
    ):
        jobs.register(f"fulfillment.{handler.__name__}", permissions.waits(handler), lane="fast", timeout_s=60)
    jobs.register(screening.FOLLOW, screening.follow, lane="fast", timeout_s=60)
    jobs.register(drafts.PREPARE, prepare_draft, lane="slow", timeout_s=60, on_stuck=drafts.give_up)
    jobs.register(clearing.CLEAR, clear_draft, lane="slow", timeout_s=60)
    jobs.register("fulfillment.clear_drafts", clear_drafts, every_s=24 * 3600)
    jobs.register(rates.SYNC_DELIVERY, sync_delivery, lane="slow", timeout_s=60)
    jobs.register(rates.SYNC_QUOTES, sync_quotes, lane="slow", timeout_s=120)
    jobs.register(delisting.TAKE_DOWN, take_down_listing, lane="slow", timeout_s=60)
    jobs.register(delisting.PUSH, permissions.waits(push_listing), lane="slow", timeout_s=60)
    jobs.register("fulfillment.take_down_listings", take_down_listings, every_s=24 * 3600)
    jobs.register(reconciling.READ_SHOP, reconcile_shop, lane="slow", timeout_s=120)
    jobs.register("fulfillment.reconcile_shops", reconcile_shops, every_s=3600)
    jobs.register("fulfillment.sync_rates", sync_rates, every_s=6 * 3600)
    jobs.register("fulfillment.open_checkout", open_checkout, timeout_s=60, on_stuck=selling.give_up)
    jobs.register("fulfillment.poll_print_jobs", poll_print_jobs, every_s=settings.SUPPLIER_POLL_TICK_S)
