"""Reading what delivery costs: the shops' own options and the suppliers' quotes, so that no request has to ask."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Shop
from cardmaker.core.jobs import enqueue
from fulfillment.models import DeliveryOption, Route, ShippingQuote, SupplierItem
from fulfillment.shopify.delivery import Rate
from fulfillment.shopify.shop import ShopifyShop
from fulfillment.suppliers.addresses import Recipient
from fulfillment.suppliers.base import PrintLine, Supplier, SupplierRejected

logger = logging.getLogger(__name__)

SYNC_DELIVERY, SYNC_QUOTES = "fulfillment.sync_delivery", "fulfillment.sync_quotes"
# A quote is asked for somewhere: suppliers price by country, a few look at the first digits of the code.
SAMPLE_PLACES = {
    "US": ("Portland", "97201", "OR"),
    "CA": ("Toronto", "M5V 2T6", "ON"),
    "GB": ("London", "SW1A 1AA", ""),
    "AU": ("Sydney", "2000", "NSW"),
    "DE": ("Berlin", "10115", ""),
}
FRESH_FOR = timedelta(days=2)  # an older quote is not believed any more


def queue_all(*, at: datetime) -> int:
    """Queue a reading for every shop and for every item that a Route sells. Answers how many."""
    shops = list(Shop.objects.filter(active=True).exclude(domain="").order_by("pk"))
    items = sold_items()
    for shop in shops:
        enqueue(SYNC_DELIVERY, shop.pk, at=at)
    for item in items:
        enqueue(SYNC_QUOTES, item.pk, at=at)
    return len(shops) + len(items)


def sold_items() -> list[SupplierItem]:
    return list(SupplierItem.objects.filter(active=True, offers__active=True).distinct().order_by("pk"))


def read_delivery(shop: Shop, *, shopify: ShopifyShop, at: datetime) -> int:
    """Take over the shop's own rates, all of them at once. Answers how many there are."""
    found = shopify.delivery_rates()
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shop.pk)  # two readings at once would both add theirs
        DeliveryOption.objects.filter(shop=shop).delete()
        DeliveryOption.objects.bulk_create(_option(shop.pk, rate, at) for rate in found)
    return len(found)


def read_quotes(item: SupplierItem, *, supplier: Supplier, at: datetime) -> int:
    """Ask what one and two packs cost to each country that a Route of this item serves. Answers how many were told.

    A country that the supplier refuses to quote keeps the item's own worst case.
    """
    told = 0
    for country in sorted(_countries(item) & SAMPLE_PLACES.keys()):
        try:
            one, two = (supplier.quote([_line(item, packs)], _someone(country), item.currency) for packs in (1, 2))
        except SupplierRejected as refusal:
            logger.warning("No quote for %s to %s: %s", item.sku, country, refusal.code)
            continue
        further = max(two.shipping.minor - one.shipping.minor, 0)
        amounts = {"first_minor": one.shipping.minor, "further_minor": further, "currency": one.shipping.currency}
        once: dict[str, Any] = {"item": item, "country": country, "service": one.method[:40]}
        facts = {**amounts, "days": one.days, "checked_at": at}
        ShippingQuote.objects.update_or_create(**once, defaults=facts)
        told += 1
    return told


def options_for(shop_id: UUID, country: str, goods_minor: int) -> list[DeliveryOption] | None:
    """The shop's options there for goods of so much, cheapest first; None while nothing is known of the shop.

    One query. A country with rates of its own does not get those of the rest of the world.
    """
    return fitting(known_options(shop_id, country), country, goods_minor)


def known_options(shop_id: UUID, country: str) -> list[DeliveryOption]:
    """The shop's options for this country and for the rest of the world, cheapest first. One query."""
    return list(DeliveryOption.objects.filter(shop=shop_id, country__in=[country, ""]).order_by("amount_minor", "pk"))


def fitting(known: list[DeliveryOption], country: str, goods_minor: int) -> list[DeliveryOption] | None:
    """Those that the shop offers there for goods of so much; None while nothing is known."""
    own = [option for option in known if option.country == country]
    return [option for option in own or known if option.applies_to(goods_minor)] if known else None


def _option(shop_id: UUID, rate: Rate, at: datetime) -> DeliveryOption:
    return DeliveryOption(
        shop_id=shop_id,
        country=rate.country,
        service=rate.service[:80],
        amount_minor=rate.price.minor,
        currency=rate.price.currency,
        least_minor=rate.least_minor,
        most_minor=rate.most_minor,
        checked_at=at,
    )


def _countries(item: SupplierItem) -> set[str]:
    routes = Route.objects.filter(item=item, active=True)
    return {country for route in routes for country in ([route.country] if route.country else item.ships_to)}


def _line(item: SupplierItem, packs: int) -> PrintLine:
    return PrintLine(item_code=item.sku, quantity=packs, files=(), line_ref="quote")


def _someone(country: str) -> Recipient:
    city, postal_code, region = SAMPLE_PLACES[country]
    return Recipient("Robin", "Sample", "12 Example Street", city, postal_code, country, region=region)
