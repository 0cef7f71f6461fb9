"""What a proof is offered for: pieces, delivery and total as the shop will charge them, and whether that pays."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from billing.prices import price_of
from cardmaker.core.errors import Refused
from cardmaker.core.money import Money
from designs.models import Proof
from fulfillment.models import DeliveryOption, ShippingQuote, SupplierItem
from fulfillment.sales import rates

logger = logging.getLogger(__name__)
NOT_SOLD = "We cannot send this to {country} at the moment. Another format or country may work; we are looking into it."


class SoldAtALoss(Refused):
    """What the shop charges does not cover what the supplier asks."""

    code = "not_sold_there"

    def __init__(self, offer: "Offer") -> None:
        super().__init__(offer.message, details={"country": [offer.message]})
        self.offer = offer


@dataclass(frozen=True)
class Offer:
    """What `proof` is sold for; amounts are the shop's.

    `delivery` None: the shop has not told its rates, so they are seen at its checkout.
    """

    proof: Proof
    item: SupplierItem
    country: str
    quantity: int
    unit: Money
    options: list[DeliveryOption] | None
    delivery: DeliveryOption | None
    margin_minor: int | None

    @property
    def goods(self) -> Money:
        return self.unit * self.quantity

    @property
    def shipping(self) -> Money | None:
        return Money(self.delivery.amount_minor, self.delivery.currency) if self.delivery else None

    @property
    def total(self) -> Money | None:
        return self.goods + self.shipping if self.shipping else None

    @property
    def is_sold(self) -> bool:
        return self.margin_minor is None or self.margin_minor >= 0

    @property
    def message(self) -> str:
        return "" if self.is_sold else NOT_SOLD.format(country=self.country)


def offer_of(proof: Proof, *, quantity: int, service: str = "", at: datetime) -> Offer:
    """What checkout will charge for so many, delivered by `service` (else the cheapest), and what is left for us.

    The margin is reckoned with the cheapest delivery, which the buyer may choose. Five queries.
    """
    item, unit = proof.route.item, price_of(proof.shop_id, proof.format_id, 1)
    found = rates.options_for(proof.shop_id, proof.country, unit.minor * quantity)
    options = None if found is None else [option for option in found if option.currency == unit.currency]
    chosen = next((option for option in options or [] if option.service == service), None)
    delivery = chosen or (options[0] if options else None)
    income = options[0].amount_minor if options else None
    margin = _margin(item, proof.country, unit, quantity, income, at=at)
    return Offer(proof, item, proof.country, quantity, unit, options, delivery, margin)


def refuse_loss(offer: Offer) -> None:
    """Raises SoldAtALoss. Whoever catches it behind the transaction notes it for ops (`losses.note`)."""
    if not offer.is_sold:
        lost = Money(offer.margin_minor or 0, offer.unit.currency)
        logger.error("%s to %s is not sold: %d pieces would leave %s", offer.item, offer.country, offer.quantity, lost)
        raise SoldAtALoss(offer)


def _margin(
    item: SupplierItem, country: str, unit: Money, quantity: int, income_minor: int | None, *, at: datetime
) -> int | None:
    """What is left; None in two currencies: nobody compares them."""
    if item.currency != unit.currency:
        return None
    packs = -(-quantity // item.pack_size)
    shipping = shipping_cost_minor(item, country, packs, at=at) if income_minor is not None else 0
    return left_minor(item, unit, quantity, income_minor=income_minor, shipping_minor=shipping)


def left_minor(item: SupplierItem, unit: Money, quantity: int, *, income_minor: int | None, shipping_minor: int) -> int:
    """Price × n + what delivery brings − what the supplier asks for both, in the currency of both.

    While the shop's rates are unknown its delivery is taken to pay for itself.
    """
    packs = -(-quantity // item.pack_size)
    goods = unit.minor * quantity - packs * item.cost_minor
    return goods if income_minor is None else goods + income_minor - shipping_minor


def shipping_cost_minor(item: SupplierItem, country: str, packs: int, *, at: datetime) -> int:
    """By the supplier's cheapest fresh quote; without one, the item's own worst case for an order."""
    fresh = ShippingQuote.objects.filter(
        item=item, country=country, currency=item.currency, checked_at__gte=at - rates.FRESH_FOR
    )
    return cheapest_minor(fresh, item, packs)


def cheapest_minor(quotes: Iterable[ShippingQuote], item: SupplierItem, packs: int) -> int:
    """The cheapest of these quotes, all of `item`, for so many packs; without any, the item's own worst case."""
    quoted = [quote.first_minor + quote.further_minor * (packs - 1) for quote in quotes]
    return min(quoted, default=item.shipping_minor)
