"""Checks of Shopify's install redirect, by ShopifyAPI's own helpers, with what they leave open closed here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from shopify import Session
from shopify.utils.shop_url import sanitize_shop_domain

CLOCK_SKEW = timedelta(minutes=5)


def shop_domain(text: str) -> str | None:
    """`text` in lower case when it is a shop's myshopify.com domain, else None.

    The library also completes and repairs; a domain that comes from outside must be right as it is.
    """
    lower = text.lower()
    return lower if lower and sanitize_shop_domain(lower) == lower else None


def redirect_is_shopifys(params: Mapping[str, str], *, secret: str, at: datetime) -> bool:
    """Whether Shopify sent the browser here with exactly these parameters, at most a day ago.

    The caller checks `state` against the browser's own cookie. For the age the library reads the clock itself.
    """
    if shop_domain(params.get("shop", "")) is None or not params.get("timestamp", "").isdecimal():
        return False
    if int(params["timestamp"]) > (at + CLOCK_SKEW).timestamp():  # the library lets future times pass
        return False
    if not params.get("hmac", "").isascii():
        return False
    # A class of its own: Session.setup would set the secret for the whole process.
    signed_by: Any = type("SignedBy", (Session,), {"secret": secret})
    return bool(signed_by.validate_params(dict(params)))
