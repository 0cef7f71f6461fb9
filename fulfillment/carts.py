"""Several cards in one checkout: each line with its own signed properties."""

from collections.abc import Sequence

from cardmaker.core.errors import BadInput, Refused
from fulfillment.models import Checkout
from fulfillment.shopify.permalinks import CartLine
from fulfillment.shopify.storefront import StorefrontClient


class NotReady(Refused):
    """One of the cards is still being brought to the shop."""

    code = "checkout_not_ready"


def checkout_url(checkouts: Sequence[Checkout]) -> str:
    """The shop's checkout for all of them. Never call it inside a transaction: it asks the shop."""
    if any(checkout.state != Checkout.State.READY for checkout in checkouts):
        raise NotReady("One of the cards is not ready to be bought yet.")
    shops = {checkout.product.shop for checkout in checkouts}
    if len(shops) != 1:
        raise BadInput.beside("checkouts", "These cards are sold by different shops.")
    if len(checkouts) == 1:
        return checkouts[0].url
    lines = [
        CartLine(line["variant_id"], line["quantity"], line["properties"])
        for line in (checkout.cart_line for checkout in checkouts)
    ]
    return StorefrontClient.from_settings(shops.pop().domain).cart_create(lines)
