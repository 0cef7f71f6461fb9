"""What a buyer pays for a piece of a format in a shop."""

from uuid import UUID

from django.db.models import F, Q

from accounts.models import Shop
from billing.models import Price
from cardmaker.core.errors import Refused
from cardmaker.core.money import Money


class NotPriced(Refused):
    """Nobody has set a price for this format in the shop's currency."""

    code = "not_priced"


def price_of(shop_id: UUID, format_code: str, quantity: int) -> Money:
    """The total of `quantity` pieces: the shop's own price, else the default in its currency. Raises NotPriced."""
    if quantity < 1:
        raise ValueError("A quantity is at least 1.")
    currency = Shop.objects.values_list("currency", flat=True).get(pk=shop_id)
    offered = Price.objects.filter(Q(shop=shop_id) | Q(shop=None), format_code=format_code, currency=currency)
    price = offered.order_by(F("shop").asc(nulls_last=True)).first()
    if price is None:
        raise NotPriced(f"There is no price for {format_code} in {currency} yet.")
    return Money(price.amount_minor, price.currency) * quantity


def set_price(shop: Shop, format_code: str, price: Money) -> None:
    """The shop's own price of one piece, from now on. Safe to repeat."""
    amount = {"amount_minor": price.minor, "currency": price.currency}
    Price.objects.update_or_create(shop=shop, format_code=format_code, defaults=amount)
