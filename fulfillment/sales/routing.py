"""Choosing the Route: which supplier's item a Format is printed on for a country, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from cardmaker.core.errors import BadInput
from designs.models import Format
from fulfillment.models import Route, SupplierItem

JANUARY = 1


class NoRoute(BadInput):
    """Nobody prints this format for that country."""

    code = "no_route"


@dataclass(frozen=True)
class Choice:
    """The item that a proof will be made for, with the reason and the row that said so."""

    item: SupplierItem
    country: str
    reason: str
    route: Route


def choose(print_format: Format, country: str, *, calendar: Mapping[str, Any] | None = None) -> Choice:
    """The country's own row before one for any; then the lowest rank, then the cheapest. Raises NoRoute.

    `calendar`: the design's year and start month, which a dated item must fit.
    """
    country = country.upper()
    there = [route for route in sellable(print_format) if route.country in ("", country) and route.item.serves(country)]
    fitting = [route for route in there if fits(route.item, calendar or {})]
    if not fitting:
        raise _no_route(print_format, country, there)
    best = min(fitting, key=order_of)
    return Choice(best.item, country, best.reason, best)


def countries(print_format: Format) -> list[str]:
    """Where this format can be shipped to, sorted ISO 3166 codes."""
    return sorted({country for route in sellable(print_format) for country in _served(route)})


def sellable(print_format: Format) -> list[Route]:
    """The routes that may be used here at all: an assumed item is for the sandbox only. One query."""
    routes = Route.objects.filter(format=print_format, active=True, item__active=True, item__format=print_format)
    return [route for route in routes.select_related("item__print_spec") if settings.SANDBOX or not route.item.assumed]


def fits(item: SupplierItem, calendar: Mapping[str, Any]) -> bool:
    """Whether an item can show this calendar: its months on a dated one, and the buyer's own days only in our grid."""
    if item.draws_grid and calendar.get("dates"):
        return False
    if item.year is None:
        return True
    return bool(calendar.get("year") == item.year and calendar.get("start_month", JANUARY) == JANUARY)


def order_of(route: Route) -> tuple[bool, int, int, str]:
    """The lowest is chosen: the country's own row before one for any, then by rank, then by cost."""
    return (route.country == "", route.rank, route.item.cost_to_door_minor, route.item.sku)


def _served(route: Route) -> list[str]:
    return [route.country] if route.country else route.item.ships_to


def _no_route(print_format: Format, country: str, there: list[Route]) -> NoRoute:
    years = sorted({route.item.year for route in there if route.item.year})
    if years:
        told = " or ".join(str(year) for year in years)
        message = f"For {country} this calendar is printed from January to December of {told} only."
        return NoRoute(message, details={"calendar": [message]})
    message = f"We cannot print and ship “{print_format.title}” to {country} yet."
    return NoRoute(message, details={"country": [message]})
