"""What a merchant allows the app to do. What lacks a permission waits for it, told by its name, and then goes on."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any

from django.utils import timezone

from accounts.models import Shop
from cardmaker.core import jobs
from cardmaker.core.jobs import Later
from fulfillment.orders import reconciling
from fulfillment.orders.reasons import Reason
from fulfillment.sales import rates
from fulfillment.shopify.answers import ScopeMissing

READ_SCOPES = "fulfillment.read_scopes"
ASK_AGAIN_S = 3600  # Shopify tells us when the merchant allows it; this is for the telling that gets lost
# Without these something that the merchant was promised does not work. The app's page asks for what is missing.
SCOPE_WORDS = {
    "write_products": "making products",
    "read_publications": "finding your Online Store",
    "write_publications": "putting products on sale",
    "read_orders": "reading orders",
    "read_shipping": "reading your delivery rates",
    "write_merchant_managed_fulfillment_orders": "holding orders and telling you what was shipped",
    "write_app_proxy": "the studio in your theme",
}
SCOPES = frozenset(SCOPE_WORDS)
MISSING = "permission_missing"
OPTIONAL = "write_orders"  # asked for by itself: a merchant may want to cancel and refund by hand


def missing(shop: Shop) -> list[str]:
    """What the merchant has to allow still. No query."""
    return sorted(SCOPES - _with_reads(shop.scopes))


def in_words(scopes: Collection[str]) -> list[str]:
    return [f"{SCOPE_WORDS[scope]} ({scope})" if scope in SCOPE_WORDS else scope for scope in scopes]


def lacking(at: datetime) -> dict[str, Any]:
    """For the console: the shops where something does not work until their merchant opens the app. One query."""
    shops = Shop.objects.filter(kind=Shop.Kind.SHOPIFY, active=True, uninstalled_at=None, redacted_at=None)
    rows = shops.order_by("code").values_list("code", "domain", "scopes", "shopify_token__refused_at")
    told = [
        {"code": code, "domain": domain, "missing": in_words(sorted(SCOPES - _with_reads(scopes))), "shut": bool(shut)}
        for code, domain, scopes, shut in rows
    ]
    return {"shops": [each for each in told if each["missing"] or each["shut"]]}


def waits(handler: jobs.Handler) -> jobs.Handler:
    """A handler of a job that is put off, as often as it takes, while the merchant has not allowed what it needs."""

    @wraps(handler)
    def run(key: str) -> Later | None:
        try:
            return handler(key)
        except ScopeMissing as refusal:
            heed(refusal, at=timezone.now())
            return Later(ASK_AGAIN_S, why=f"{_waits_for(refusal.domain)} {', '.join(sorted(refusal.scopes))}")

    return run


@contextmanager
def heeded() -> Iterator[None]:
    """For what is done again by itself at its next turn: it needs not wait."""
    try:
        yield
    except ScopeMissing as refusal:
        heed(refusal, at=timezone.now())


def reason(refusal: ScopeMissing) -> Reason:
    """Why an order waits that we are not allowed to look at."""
    allowed = ", ".join(in_words(sorted(refusal.scopes)))
    message = f"The merchant has not allowed the app {allowed}, so its payment cannot be checked."
    return Reason(MISSING, message, blocks=True)


def heed(refusal: ScopeMissing, *, at: datetime) -> None:
    """Read anew what the merchant allows, unless we know already that he does not allow this: the page shows it."""
    shop = Shop.objects.filter(domain=refusal.domain).first()
    if shop is not None and refusal.scopes & _with_reads(shop.scopes):
        jobs.enqueue(READ_SCOPES, shop.pk, account_id=shop.account_id, at=at)


def take_over(shop: Shop, scopes: Collection[str], *, at: datetime) -> None:
    """Keep what is allowed now. What waited for a permission that has come goes on. Inside a transaction."""
    gained = _with_reads(scopes) - _with_reads(shop.scopes)
    shop.scopes = sorted(scopes)
    Shop.objects.filter(pk=shop.pk).update(scopes=shop.scopes)
    if not gained:
        return
    jobs.hasten(_waits_for(shop.domain), at=at)
    # Without its scope a topic was not delivered either, and the rates were not read.
    if "read_orders" in gained:
        jobs.enqueue(reconciling.READ_SHOP, shop.pk, account_id=shop.account_id, at=at)
    if "read_shipping" in gained:
        jobs.enqueue(rates.SYNC_DELIVERY, shop.pk, account_id=shop.account_id, at=at)


def _waits_for(domain: str) -> str:
    return f"Waits for the merchant of {domain} to allow"


def _with_reads(scopes: Collection[str]) -> set[str]:
    """Shopify leaves out a read scope where it lists its write scope."""
    granted = {str(scope) for scope in scopes}
    return granted | {scope.replace("write_", "read_", 1) for scope in granted if scope.startswith("write_")}
