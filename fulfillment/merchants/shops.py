"""From our Shop row to its Admin API."""

from django.utils import timezone

from accounts.models import Shop
from fulfillment.shopify import tokens
from fulfillment.shopify.shop import ShopifyShop


def shopify_of(shop: Shop) -> ShopifyShop:
    """The shop's API with its own token, as the settings reach it. Raises tokens.NotConnected, Unavailable."""
    token = tokens.access_token(shop, at=timezone.now())

    def renew() -> str:
        return tokens.renewed_token(shop, seen=token, at=timezone.now())

    return ShopifyShop.of(domain=shop.domain, token=token, publication_gid=shop.publication_id, refresh=renew)
