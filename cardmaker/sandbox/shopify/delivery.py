"""The shop's delivery profile: the rates that its checkout asks for, told before one."""

from django.conf import settings

from cardmaker.sandbox.money import decimal

from .buying import SHIPPING
from .graph import Values, connection

GID = "gid://shopify/Delivery"
ZONES: dict[str, list[str | None]] = {"Domestic": ["US"], "International": [None]}  # None: the rest of the world


def profiles() -> list[Values]:
    """The one general profile, with the same rates in both of its zones."""
    zones = [_zone(number, name) for number, name in enumerate(ZONES, 1)]
    group = {"locationGroupZones": connection(zones)}
    general = {"id": f"{GID}Profile/1", "default": True, "name": "General profile", "profileLocationGroups": [group]}
    return [general]


def _zone(number: int, name: str) -> Values:
    countries = [_country(number, code) for code in ZONES[name]]
    methods = [_method(number, place, *rate) for place, rate in enumerate(SHIPPING.values(), 1)]
    zone = {"id": f"{GID}Zone/{number}", "name": name, "countries": countries}
    return {"zone": zone, "methodDefinitions": connection(methods)}


def _country(number: int, code: str | None) -> Values:
    told = {"countryCode": code, "restOfWorld": code is None}
    return {"id": f"{GID}Country/{number}", "code": told, "name": code or "Rest of world"}


def _method(zone: int, place: int, title: str, minor: int) -> Values:
    price = {"amount": decimal(minor), "currencyCode": settings.CURRENCY}
    rate = {"__typename": "DeliveryRateDefinition", "id": f"{GID}RateDefinition/{zone}{place}", "price": price}
    return {
        "id": f"{GID}MethodDefinition/{zone}{place}",
        "active": True,
        "description": None,
        "methodConditions": [],
        "name": title,
        "rateProvider": rate,
    }
