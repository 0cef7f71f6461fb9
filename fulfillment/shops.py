"""From our Shop row to its Admin API."""

from accounts.models import Shop
from fulfillment.shopify.shop import ShopifyShop


def shopify_of(shop: Shop) -> ShopifyShop:
    """The shop's API with its own token, as the settings reach it."""
    return ShopifyShop.of(domain=shop.domain, token=shop.access_token, publication_gid=shop.publication_id)
