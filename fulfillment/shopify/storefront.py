"""The Storefront API 2026-10, for the one thing a permalink cannot do: a checkout with several designs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from django.conf import settings

from cardmaker.core.http import OutsideClient, shared_client
from fulfillment.shopify import wire
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable, UserError, data_of
from fulfillment.shopify.client import base_url
from fulfillment.shopify.permalinks import CartLine

CART_CREATE = "storefront/cart_create"


class StorefrontClient:
    """One shop's Storefront API. Carts need no token; `token` is a private one.

    `buyer_ip` goes with a private token: without it the bot protection sees one client for all buyers.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_version: str,
        token: str = "",
        buyer_ip: str = "",
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._headers = (
            {"Shopify-Storefront-Private-Token": token, "Shopify-Storefront-Buyer-IP": buyer_ip} if token else {}
        )
        self._path = f"/api/{api_version}/graphql.json"
        http = OutsideClient("Shopify Storefront", base_url, transport=transport) if transport else None
        self._http = http or shared_client("Shopify Storefront", base_url)

    @classmethod
    def from_settings(cls, domain: str) -> "StorefrontClient":
        return cls(base_url(domain), api_version=settings.SHOPIFY_API_VERSION)

    def cart_create(self, lines: Sequence[CartLine], *, attributes: Mapping[str, str] | None = None) -> str:
        """The checkout of a new cart with exactly `lines`. Raises ShopifyRejected when one was left out or cut.

        `attributes` are the cart's own: they come back with the order.
        """
        wanted: dict[str, Any] = {"lines": [_line_input(line) for line in lines]}
        if attributes:
            wanted["attributes"] = [{"key": key, "value": value} for key, value in attributes.items()]
        answer = self._send({"input": wanted})
        payload = data_of(answer, name=CART_CREATE)["cartCreate"] or {}
        cart = payload.get("cart")
        if cart is None:
            raise ShopifyUnavailable("Shopify made no cart")
        if _wanted(lines) != _returned(cart):
            # A warning may stand for a line that was reduced or left out.
            warnings = [UserError(str(each["message"]), str(each["code"])) for each in payload.get("warnings") or []]
            raise ShopifyRejected("Shopify left something out of the cart", errors=warnings)
        return str(cart["checkoutUrl"])

    def _send(self, variables: dict[str, Any]) -> dict[str, Any]:
        response = wire.post(self._http, self._path, CART_CREATE, variables, headers=self._headers)
        return wire.answer_of(response, CART_CREATE)


def _line_input(line: CartLine) -> dict[str, Any]:
    attributes = [{"key": key, "value": value} for key, value in line.properties.items()]
    return {"merchandiseId": line.variant_gid, "quantity": line.quantity, "attributes": attributes}


def _wanted(lines: Sequence[CartLine]) -> Counter[tuple[str, frozenset[tuple[str, str]]]]:
    counted: Counter[tuple[str, frozenset[tuple[str, str]]]] = Counter()
    for line in lines:
        counted[(line.variant_gid, frozenset(line.properties.items()))] += line.quantity
    return counted


def _returned(cart: dict[str, Any]) -> Counter[tuple[str, frozenset[tuple[str, str]]]]:
    counted: Counter[tuple[str, frozenset[tuple[str, str]]]] = Counter()
    for node in cart["lines"]["nodes"]:
        attributes = frozenset((each["key"], each["value"] or "") for each in node["attributes"])
        counted[(node["merchandise"].get("id", ""), attributes)] += node["quantity"]
    return counted
