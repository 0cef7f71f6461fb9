"""Suppliers by name, built from the settings. A new one is its file and a line here."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings

from fulfillment.suppliers.base import Supplier

# Where cards are sold to. Gooten lists items by destination, and each country is a round of calls.
SOLD_TO = ("US", "CA", "GB", "AU", "DE")


class UnknownSupplier(LookupError):
    """No supplier has this name."""


def supplier(name: str) -> Supplier:
    """Raises UnknownSupplier."""
    if name not in SUPPLIERS:
        raise UnknownSupplier(name)
    return SUPPLIERS[name]()


def _gooten() -> Supplier:
    keys = (settings.GOOTEN_RECIPE_ID, settings.GOOTEN_BILLING_KEY)
    return _gooten_at(settings.GOOTEN_BASE_URL, *keys, settings.SUPPLIER_TIMEOUT_S)


@cache
def _gooten_at(base_url: str, recipe_id: str, billing_key: str, timeout_s: float) -> Supplier:
    """One connection pool for as long as the settings are the same."""
    from fulfillment.suppliers.gooten import Gooten

    return Gooten(base_url, recipe_id=recipe_id, billing_key=billing_key, countries=SOLD_TO, timeout_s=timeout_s)


def _printify() -> Supplier:
    keys = (settings.PRINTIFY_TOKEN, settings.PRINTIFY_SHOP_ID)
    patience = (settings.SUPPLIER_TIMEOUT_S, settings.SUBMIT_SETTLE_S)
    return _printify_at(settings.PRINTIFY_BASE_URL, *keys, *patience)


@cache
def _printify_at(base_url: str, token: str, shop_id: str, timeout_s: float, settle_s: float) -> Supplier:
    from fulfillment.suppliers.printify import Printify

    known: dict[str, Any] = {"token": token, "shop_id": shop_id, "sold_to": SOLD_TO}
    return Printify(base_url, **known, timeout_s=timeout_s, settle_s=settle_s)


SUPPLIERS: dict[str, Callable[[], Supplier]] = {"gooten": _gooten, "printify": _printify}
