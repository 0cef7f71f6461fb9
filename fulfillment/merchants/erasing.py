"""Erasing a customer from one shop, or a shop with everybody in it. What other shops have is left alone."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import lifecycle
from accounts.models import AccessToken, Account, Shop
from designs.lifecycle import design_facts, erase_design
from designs.models import Design, Photo
from fulfillment.lifecycle import forget
from fulfillment.models import Listing, Order, PrivacyRequest
from fulfillment.sales import delisting
from fulfillment.shopify import tokens

AT_ONCE = 100  # guests erased in one turn of the job


def erase_customer(shop: Shop, orders: Sequence[Order], *, at: datetime) -> dict[str, int]:
    """Forget who and where, and delete what was made for these orders' accounts in this shop. Safe to repeat.

    An order under way keeps its address until it is over: the buyer has paid for it. Answers how many rows of what.
    """
    rows = Order.objects.filter(pk__in=[order.pk for order in orders])
    accounts = list(Account.objects.filter(orders__in=rows).distinct().order_by("pk"))
    counts = {"orders": len(orders), "designs": _designs(shop, accounts).count(), "accounts": 0}
    for account in accounts:
        counts["accounts"] += _erase_account(shop, account, at=at)
    _forget(rows, at=at)
    return counts


def erase_guests(shop: Shop, *, at: datetime) -> int:
    """Erase some of the guests who were in this shop and nowhere else. Answers how many; 0 when none is left."""
    made = Design.objects.filter(shop=shop).values("account")
    bought = Order.objects.filter(shop=shop, account__isnull=False).values("account")
    came = AccessToken.objects.filter(shop=shop).values("account")
    theirs = Account.objects.filter(Q(pk__in=made) | Q(pk__in=bought) | Q(pk__in=came))
    guests = list(_only_here(shop, theirs).filter(merged_into=None, erased_at=None).order_by("pk")[:AT_ONCE])
    for guest in guests:
        lifecycle.erase(guest, at=at)
    return len(guests)


def erase_shop(shop: Shop, *, at: datetime) -> dict[str, int]:
    """What is left after its guests: orders, people's designs in it, its merchant's own, keys, and its name."""
    orders = Order.objects.filter(shop=shop)
    people = list(Account.objects.filter(designs__shop=shop).exclude(kind=Account.Kind.GUEST).distinct())
    counts = {"orders": orders.count(), "designs": _designs(shop, people).count()}
    _delete(_designs(shop, people), at=at)
    _forget(orders, at=at)
    if shop.account is not None:
        lifecycle.erase(shop.account, at=at)
    with transaction.atomic():
        tokens.revoke(shop)
        AccessToken.objects.filter(shop=shop).delete()
        PrivacyRequest.objects.filter(shop=shop).update(answer=None, answer_until=None)
        _unname(shop, at=at)
    return counts


def designs_of(shop: Shop, orders: Iterable[Order]) -> list[dict[str, Any]]:
    """What the orders' accounts made in this shop, as plain data."""
    accounts = [order.account_id for order in orders if order.account_id]
    designs = Design.objects.filter(account__in=accounts, shop=shop, deleted_at=None)
    return [design_facts(design) for design in designs.prefetch_related("pages").order_by("created_at", "pk")]


def _erase_account(shop: Shop, account: Account, *, at: datetime) -> int:
    """A guest who is known in this shop alone goes whole; whoever is known elsewhere loses what was made here."""
    if _only_here(shop, Account.objects.filter(pk=account.pk)).exists():
        lifecycle.erase(account, at=at)
        return 1
    _delete(_designs(shop, [account]), at=at)
    return 0


def _delete(designs: QuerySet[Design], *, at: datetime) -> None:
    """With the products that show them in the shop."""
    doomed = list(designs)
    delisting.delete_now(Listing.objects.filter(product__proof__design__in=doomed), at=at)
    for design in doomed:
        erase_design(design, at=at)


def _only_here(shop: Shop, accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Guests among them who made, sent and bought nothing in any other shop."""
    guests = accounts.filter(kind=Account.Kind.GUEST)
    for model in (Design, Order, Photo):
        elsewhere = model.objects.exclude(shop=shop).filter(account=OuterRef("pk"))
        guests = guests.exclude(Exists(elsewhere))
    return guests


def _designs(shop: Shop, accounts: Iterable[Account]) -> QuerySet[Design]:
    return Design.objects.filter(account__in=list(accounts), shop=shop, deleted_at=None).order_by("pk")


def _forget(orders: QuerySet[Order], *, at: datetime) -> None:
    forget(orders.filter(state__in=Order.OVER), at=at)  # type: ignore[arg-type]  # the manager's own queryset
    orders.exclude(state__in=Order.OVER).update(forget_when_over=True)


def _unname(shop: Shop, *, at: datetime) -> None:
    """The row stays for the ledger. A shop that comes back after this is a new one."""
    fields = {
        "name": "Erased shop",
        "code": f"erased-{shop.pk.hex[:20]}",
        "domain": f"{hashlib.sha256(shop.domain.encode()).hexdigest()[:40]}.erased.invalid",
        "shopify_id": "",
        "storefront_url": "",
        "allowed_origins": [],
        "own_brands": [],
        "publication_id": "",
        "redacted_at": at,
    }
    Shop.objects.filter(pk=shop.pk, kind=Shop.Kind.SHOPIFY, redacted_at=None).update(**fields)
