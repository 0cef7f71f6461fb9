"""What the embedded page shows of one shop. A fixed number of queries, however much there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.timesince import timesince

from accounts.models import Shop
from billing import periods
from billing.models import Budget
from billing.models.budgets import Period, Scope
from cardmaker.core.money import MICROS_PER_DOLLAR, Money
from designs.catalog import Offer, sells
from fulfillment.merchants import merchant, permissions
from fulfillment.models import Order, PrivacyRequest
from fulfillment.orders.reasons import title_of
from fulfillment.sales import margins
from fulfillment.sales.margins import Margin
from fulfillment.shopify.client import base_url

SHOWN = 10
PRIVACY_SHOWN_FOR = timedelta(days=90)
BLOCK = "studio"  # the file name of our theme block


@dataclass(frozen=True, slots=True)
class FormatRow:
    """One format as the merchant sees it. `note` says what the margin is, or why there is none."""

    code: str
    title: str
    kind: str
    sold: bool
    price: str
    cost: str
    left: str
    loses: bool
    note: str


def facts(shop: Shop, *, at: datetime) -> dict[str, Any]:
    """Everything on the page. Nine queries."""
    return {
        "merchant_shop": shop,
        "connection": connection(shop),
        "formats": formats(shop, at=at),
        "strategies": [
            {"value": value, "chosen": value == shop.strategy, **words} for value, words in STRATEGY_WORDS.items()
        ],
        "setup": setup(shop),
        "waiting": waiting(shop, at=at),
        "spend": spend(shop, at=at),
        "privacy": privacy(shop, at=at),
    }


STRATEGY_WORDS: dict[str, dict[str, str]] = {
    Shop.Strategy.PER_DESIGN: {
        "title": "One product per design",
        "help": "Each finished design gets an unlisted product of its own, with its picture in cart and checkout. "
        "Unsold ones are archived and later deleted.",
    },
    Shop.Strategy.PER_FORMAT: {
        "title": "One product per format",
        "help": "Your catalog holds one product for each format; the design travels with the line in the cart. "
        "Nothing piles up in your catalog.",
    },
}


def connection(shop: Shop) -> dict[str, Any]:
    """No query."""
    missing = permissions.missing(shop)
    return {
        "ok": not missing,
        "missing": permissions.in_words(missing),
        "settles": permissions.OPTIONAL in shop.scopes,
        "optional": permissions.OPTIONAL,
        "grant_url": f"{base_url(shop.domain)}/admin/oauth/install?client_id={settings.SHOPIFY_API_KEY}",
        "installed_at": shop.installed_at,
    }


def formats(shop: Shop, *, at: datetime) -> list[FormatRow]:
    """Every format there is, with today's price and what it leaves. Five queries."""
    offered = merchant.offers_of(shop)
    costs = margins.costs_of(shop, [offer.format.code for offer in offered], at=at)
    found = margins.margins(costs, offered)
    return [format_row(shop, offer, found[offer.format.code]) for offer in offered]


def format_row(shop: Shop, offer: Offer, margin: Margin) -> FormatRow:
    left = margin.left
    return FormatRow(
        code=offer.format.code,
        title=offer.format.title,
        kind=offer.format.kind,
        sold=sells(shop, offer.format.code),
        price=offer.price.decimal() if offer.price else "",
        cost=str(margin.cost or ""),
        left=str(left) if left is not None else "",
        loses=left is not None and left.minor < 0,
        note=_note(shop, offer, margin),
    )


def setup(shop: Shop) -> dict[str, Any]:
    """Where the merchant puts the studio into the theme, and how onto any other page. No query."""
    admin = base_url(shop.domain)
    added = f"template=product&addAppBlockId={settings.SHOPIFY_API_KEY}/{BLOCK}&target=newAppsSection"
    tag = f'<cardmaker-studio shop="{shop.code}" kind="card"></cardmaker-studio>'
    script = f'<script type="module" src="{settings.PUBLIC_URL}/embed/v1/loader.js"></script>'
    return {"editor_url": f"{admin}/admin/themes/current/editor?{added}", "snippet": f"{script}\n{tag}"}


def waiting(shop: Shop, *, at: datetime) -> dict[str, Any]:
    """Orders of this shop that our staff look at before they are printed. Two queries."""
    rows = Order.objects.filter(shop=shop).waiting().order_by("created_at", "pk")
    return {"count": rows.count(), "orders": [_waiting(shop, order, at) for order in rows[:SHOWN]]}


def spend(shop: Shop, *, at: datetime) -> dict[str, Any]:
    """This month's, by the shop's budgets: what was spent and what is reserved for work under way. One query."""
    starts = periods.possible_starts(Period.MONTH, at=at)
    mine = Budget.objects.filter(scope=Scope.SHOP, scope_key=str(shop.pk), period=Period.MONTH, starts_on__in=starts)
    by_meter = {meter: [budget for budget in mine if budget.meter == meter] for meter in ("ai", "print")}
    lines = [
        {"title": title, **_sums(by_meter[meter])}
        for meter, title in (("ai", "Making pictures"), ("print", "Printing and delivery"))
    ]
    return {"lines": lines, "total": to_the_cent(sum(line["micros"] for line in lines)), "month": at.strftime("%B %Y")}


def privacy(shop: Shop, *, at: datetime) -> list[dict[str, Any]]:
    """What was asked under privacy law lately, newest first. One query."""
    lately = PrivacyRequest.objects.filter(shop=shop, asked_at__gt=at - PRIVACY_SHOWN_FOR).defer("told", "answer")
    return [
        {
            "id": str(request.pk),
            "title": request.get_topic_display(),
            "asked_at": request.asked_at,
            "due_at": request.due_at,
            "state": request.get_state_display(),
            "has_answer": request.answer_until is not None and request.answer_until > at,
        }
        for request in lately.order_by("-asked_at", "pk")[:SHOWN]
    ]


def to_the_cent(micros: int) -> str:
    """Micro-dollars as people read them, rounded up to the cent: what was spent is never told as nothing."""
    return str(Money(-(-micros * 100 // MICROS_PER_DOLLAR), "USD"))


def _note(shop: Shop, offer: Offer, margin: Margin) -> str:
    if margin.item is None:
        return f"Nobody prints this for {shop.country} yet."
    if offer.price is None:
        return f"Set a price in {shop.currency} to sell it."
    if margin.left is None:
        return f"The printer asks {margin.cost}; nobody compares that with {shop.currency} for you."
    delivery = "with your cheapest delivery" if margin.includes_delivery else "delivery not counted"
    return f"After {margin.cost} for printing, {delivery}."


def _waiting(shop: Shop, order: Order, at: datetime) -> dict[str, Any]:
    return {
        "name": order.name or "New order",
        "url": f"{base_url(shop.domain)}/admin/orders/{order.external_ref.rsplit('/', 1)[-1]}",
        "total": str(order.total),
        "age": timesince(order.created_at, at, depth=1),
        "reasons": list(dict.fromkeys(title_of(reason["code"]) for reason in order.reasons)) or ["Approval"],
    }


def _sums(budgets: list[Budget]) -> dict[str, Any]:
    spent = sum(budget.spent_micros for budget in budgets)
    reserved = sum(budget.reserved_micros for budget in budgets)
    caps = [budget.cap_micros for budget in budgets if budget.cap_micros is not None]
    return {
        "micros": spent,
        "spent": to_the_cent(spent),
        "reserved": to_the_cent(reserved) if reserved else "",
        "cap": to_the_cent(max(caps)) if caps else "",
    }
