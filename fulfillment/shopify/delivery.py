"""The shop's own delivery rates, as far as the Admin API tells them before a checkout: flat rates by country.

A rate that a carrier reckons at checkout has no price here and is left out; so are rates by weight, for our products
carry none. Source: DeliveryProfile in the Admin API's schema of 2026-10.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cardmaker.core.money import Money

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate for one country; "" is the rest of the world. The bounds are those of the goods' total."""

    country: str
    service: str
    price: Money
    least_minor: int = 0
    most_minor: int | None = None


def rates_of(profiles: Iterable[Node]) -> list[Rate]:
    """All flat rates of the general profile, the one that products have that nobody assigned to another."""
    return [rate for profile in profiles if profile["default"] for rate in _rates(profile)]


def _rates(profile: Node) -> Iterator[Rate]:
    for group in profile["profileLocationGroups"]:
        for zone in group["locationGroupZones"]["nodes"]:
            codes = [country["code"] for country in zone["zone"]["countries"]]
            countries = ["" if code["restOfWorld"] else code["countryCode"] for code in codes]
            for method in zone["methodDefinitions"]["nodes"]:
                yield from _rates_of_method(method, countries)


def _rates_of_method(method: Node, countries: list[str]) -> Iterator[Rate]:
    price = method["rateProvider"].get("price")
    bounds = _bounds(method["methodConditions"])
    if not method["active"] or price is None or bounds is None:
        return
    amount = Money.parse(price["amount"], price["currencyCode"])
    for country in countries:
        yield Rate(country, method["name"], amount, *bounds)


def _bounds(conditions: Iterable[Node]) -> tuple[int, int | None] | None:
    """The goods' total between which the rate holds; None for a rate by weight."""
    least, most = 0, None
    for condition in conditions:
        amount = condition["conditionCriteria"]
        if condition["field"] != "TOTAL_PRICE":
            return None
        minor = Money.parse(amount["amount"], amount["currencyCode"]).minor
        if condition["operator"] == "GREATER_THAN_OR_EQUAL_TO":
            least = minor
        else:
            most = minor
    return least, most
