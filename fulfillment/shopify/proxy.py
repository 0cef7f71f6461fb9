"""Proving that a call came through a shop's app proxy. Pure; nothing is looked up here.

Shopify signs the query alone, with its parameters run together without separators: method, path and body are the
shopper's own words (shopify.dev/docs/apps/build/online-store/app-proxies, read November 2026).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl

from django.conf import settings
from shopify_app import ShopifyApp
from shopify_app.types import RequestInput

from cardmaker.core.errors import Refused
from fulfillment.shopify.oauth import shop_domain

LONGEST_QUERY = 8_000  # characters; Shopify's own parameters take some 250
MAX_AGE_S = 90
ADDED = ("shop", "path_prefix", "timestamp", "logged_in_customer_id")  # by Shopify, beside the signature
CUSTOMER = re.compile(r"[0-9]{0,20}")


class NotFromTheProxy(Refused):
    """Shopify did not send this just now."""

    code = "not_authenticated"

    def __init__(self) -> None:
        super().__init__("This address is meant to be called by way of the shop.")


@dataclass(frozen=True, slots=True)
class ProxyCall:
    """What Shopify vouches for: the shop, and who is signed in there ("" for nobody).

    `params` are the shopper's own, in order. Nobody vouches for them.
    """

    shop_domain: str
    customer_id: str
    path_prefix: str
    params: tuple[tuple[str, str], ...]


def proven(query: str, *, at: datetime, secret: str = "", old_secret: str = "") -> ProxyCall:
    """Read the raw query string of a call. The settings' secrets unless some are given. Raises NotFromTheProxy."""
    params = _parsed(query)
    named = dict(params)
    _check_form(params, named)
    _check_age(named["timestamp"], at)
    _check_signature(query, secret=secret, old_secret=old_secret)
    domain = shop_domain(named["shop"])
    if domain is None:
        raise NotFromTheProxy
    own = tuple((name, value) for name, value in params if name not in {*ADDED, "signature"})
    return ProxyCall(domain, named.get("logged_in_customer_id", ""), named.get("path_prefix", ""), own)


def _parsed(query: str) -> list[tuple[str, str]]:
    try:
        if len(query) > LONGEST_QUERY or not query.isascii():
            raise NotFromTheProxy
        return parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=100)
    except ValueError as exc:
        raise NotFromTheProxy from exc


def _check_form(params: Sequence[tuple[str, str]], named: dict[str, str]) -> None:
    """Each of Shopify's parameters once, and nothing that could be taken for one of them.

    `a=1&shop=x` and `a=1shop=x` are signed alike. So whoever may call through the proxy of one shop could shift the
    borders in what was signed there, and speak for another shop. The name that Shopify wrote then stands inside some
    other value: each of these names must occur exactly once in the whole text.
    """
    names = [name for name, _ in params]
    once = all(names.count(name) == 1 for name in ("shop", "timestamp", "signature", "path_prefix"))
    text = "".join(f"{name}={value}" for name, value in params if name != "signature")
    clear = all(text.count(f"{name}=") <= 1 for name in ADDED)
    if not once or not clear or not CUSTOMER.fullmatch(named.get("logged_in_customer_id", "")):
        raise NotFromTheProxy


def _check_age(timestamp: str, at: datetime) -> None:
    """The library looks at a clock of its own; this is the caller's."""
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 12):
        raise NotFromTheProxy
    if abs(at.timestamp() - int(timestamp)) > MAX_AGE_S:
        raise NotFromTheProxy


def _check_signature(query: str, *, secret: str, old_secret: str) -> None:
    app = ShopifyApp(
        client_id=settings.SHOPIFY_API_KEY,
        client_secret=secret or settings.SHOPIFY_API_SECRET,
        old_client_secret=old_secret or settings.SHOPIFY_API_SECRET_OLD or None,
    )
    request: RequestInput = {"method": "GET", "url": f"https://proxy.invalid/?{query}", "headers": {}, "body": ""}
    try:
        ok = app.verify_app_proxy_req(request).ok
    except TypeError:  # the comparison raises on a signature that is no ASCII
        ok = False
    if not ok:
        raise NotFromTheProxy
