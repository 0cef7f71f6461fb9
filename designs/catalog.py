"""What is on offer in a shop: formats with the price of one piece."""

from dataclasses import dataclass

from django.db.models import F, Q

from accounts.models import Shop
from billing.models import Price
from cardmaker.core.money import Money
from designs.models import Format


@dataclass(frozen=True, slots=True)
class Offer:
    """`price` of one piece; None while nobody has set one, and then it cannot be bought."""

    format: Format
    price: Money | None


def offers(shop: Shop) -> list[Offer]:
    """Every active format that the shop sells, in order, with its own price or the default in its currency.

    Two queries.
    """
    return [offer for offer in all_offers(shop) if sells(shop, offer.format.code)]


def sells(shop: Shop, format_code: str) -> bool:
    """Whether the merchant has this format on."""
    return format_code not in shop.formats_off


def all_offers(shop: Shop) -> list[Offer]:
    """The same with those that the merchant has switched off."""
    asked = Price.objects.filter(Q(shop=shop) | Q(shop=None), currency=shop.currency)
    # The shop's own come last, so that they overwrite the defaults.
    prices = {price.format_code: price for price in asked.order_by(F("shop").asc(nulls_first=True), "pk")}
    return [Offer(offered, _money(prices.get(offered.code))) for offered in Format.objects.on_offer()]


def _money(price: Price | None) -> Money | None:
    return Money(price.amount_minor, price.currency) if price else None
