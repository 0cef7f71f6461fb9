"""Choosing the Route: which supplier's item a Format is printed on for a country, and why."""

from dataclasses import dataclass

from django.conf import settings

from cardmaker.core.errors import BadInput
from designs.models import Format
from fulfillment.models import SupplierItem


class NoRoute(BadInput):
    """Nobody prints this format for that country."""

    code = "no_route"


@dataclass(frozen=True)
class Route:
    """A SupplierItem for a destination, with the reason it was chosen."""

    item: SupplierItem
    country: str
    reason: str


def choose(print_format: Format, country: str) -> Route:
    """The cheapest active item that ships there. An assumed item is offered in the sandbox only. Raises NoRoute."""
    items = [item for item in sellable(print_format) if item.serves(country)]
    if not items:
        message = f"We cannot print and ship “{print_format.title}” to {country.upper()} yet."
        raise NoRoute(message, details={"country": [message]})
    best = min(items, key=lambda item: (item.cost_minor + item.shipping_minor, item.sku))
    reason = "the only item that ships there" if len(items) == 1 else f"the cheapest of {len(items)} that ship there"
    return Route(best, country.upper(), reason)


def countries(print_format: Format) -> list[str]:
    """Where this format can be shipped to, sorted ISO 3166 codes."""
    return sorted({country for item in sellable(print_format) for country in item.ships_to})


def sellable(print_format: Format) -> list[SupplierItem]:
    """The items that may be sold here at all."""
    items = SupplierItem.objects.filter(format=print_format, active=True).select_related("print_spec")
    return [item for item in items if settings.SANDBOX or not item.assumed]
