"""Cart permalinks: a link that opens a shop's checkout with one line in it.

Source: shopify.dev/docs/apps/build/checkout/create-cart-permalinks, read November 2026.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fulfillment.shopify.gids import number_of

MAX_PROPERTIES = 25


@dataclass(frozen=True, slots=True)
class CartLine:
    """So many of one variant, with the line-item properties that follow it into the order."""

    variant_gid: str
    quantity: int
    properties: Mapping[str, str] = field(default_factory=dict)


def permalink(base_url: str, line: CartLine, *, attributes: Mapping[str, str] | None = None) -> str:
    """The address of a checkout with `line` in it. Shopify gives properties to the first line only, hence only one.

    `attributes` are the cart's own: they come back with the order.
    Raises ValueError for over 25 properties, which Shopify would drop without a word.
    """
    if len(line.properties) > MAX_PROPERTIES:
        raise ValueError(f"{len(line.properties)} properties; a permalink carries {MAX_PROPERTIES}")
    address = f"{base_url}/cart/{number_of(line.variant_gid, 'ProductVariant')}:{line.quantity}"
    told = {f"attributes[{name}]": value for name, value in (attributes or {}).items()}
    if line.properties:
        told = {"properties": encoded(line.properties), **told}
    return f"{address}?{urlencode(told, safe='[]')}" if told else address


def encoded(properties: Mapping[str, str]) -> str:
    """base64url without padding of compact JSON."""
    text = json.dumps(dict(properties), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
