"""What one piece of each format leaves in a shop, after what the supplier asks. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts.models import Shop
from cardmaker.core.money import Money
from designs.catalog import Offer
from fulfillment.models import DeliveryOption, Route, ShippingQuote, SupplierItem
from fulfillment.sales import offers, rates, routing


@dataclass(frozen=True, slots=True)
class Margin:
    """For one piece to `country`. `left` None: nobody prints it for there, it has no price, or currencies differ.

    `includes_delivery`: the shop's delivery rates are known; else delivery is taken to pay for itself.
    """

    country: str
    item: SupplierItem | None
    left: Money | None
    includes_delivery: bool

    @property
    def cost(self) -> Money | None:
        return Money(self.item.cost_minor, self.item.currency) if self.item else None


@dataclass(frozen=True, slots=True)
class Costs:
    """What margins are reckoned from, read once."""

    country: str
    routes: list[Route]
    quotes: list[ShippingQuote]
    options: list[DeliveryOption]

    def margin(self, format_code: str, price: Money | None) -> Margin:
        """With this price, whether or not it is the one asked today. No query."""
        item = self._item(format_code)
        if item is None or price is None or price.currency != item.currency:
            return Margin(self.country, item, None, bool(self.options))
        fitting = rates.fitting(self.options, self.country, price.minor)
        income = next((option.amount_minor for option in fitting or [] if option.currency == price.currency), None)
        quotes = [quote for quote in self.quotes if (quote.item_id, quote.currency) == (item.pk, item.currency)]
        left = offers.left_minor(
            item, price, 1, income_minor=income, shipping_minor=offers.cheapest_minor(quotes, item, 1)
        )
        return Margin(self.country, item, Money(left, price.currency), income is not None)

    def _item(self, format_code: str) -> SupplierItem | None:
        here = [route for route in self.routes if route.format_id == format_code and route.item.serves(self.country)]
        return min(here, key=routing.order_of).item if here else None


def costs_of(shop: Shop, formats: Iterable[str], *, at: datetime) -> Costs:
    """For deliveries within the shop's own country. Three queries."""
    routes = Route.objects.filter(format__in=list(formats), country__in=["", shop.country], active=True)
    usable = list(routes.filter(item__active=True).select_related("item"))
    sold = [route for route in usable if settings.SANDBOX or not route.item.assumed]
    items = {route.item_id for route in sold}
    fresh = ShippingQuote.objects.filter(item__in=items, country=shop.country, checked_at__gte=at - rates.FRESH_FOR)
    return Costs(shop.country, sold, list(fresh), rates.known_options(shop.pk, shop.country))


def margins(costs: Costs, offered: Iterable[Offer]) -> dict[str, Margin]:
    """By format code, at today's prices."""
    return {offer.format.code: costs.margin(offer.format.code, offer.price) for offer in offered}
