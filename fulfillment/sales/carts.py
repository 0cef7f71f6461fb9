"""Several cards in one checkout: each line with its own signed properties, changed and come back to at will.

In a theme the shopper's cart is the shop's own and we only sign its lines. Elsewhere the lines are kept here, and the
shop makes one checkout of them each time they change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Account, Shop
from billing.models import Guardrails
from cardmaker.core.errors import BadInput, NotHere, Refused, Unavailable
from cardmaker.core.money import Money
from fulfillment.models import Cart, Checkout, Listing
from fulfillment.sales import offers, selling
from fulfillment.shopify.client import base_url
from fulfillment.shopify.permalinks import CartLine, permalink
from fulfillment.shopify.storefront import StorefrontClient

MOST_LINES = 20
# Kept out of themes by its name; it comes back with the order, so that the cart is known to be bought.
CART_ATTRIBUTE = "__cart"
AGAIN_S = 3


class NotReady(Refused):
    """One of the cards is still being brought to the shop."""

    code = "checkout_not_ready"


class BeingPrepared(Unavailable):
    """A card costs something else by now, or was taken off sale: it is brought to the shop again."""

    code = "being_prepared"


class AlreadyBought(Refused):
    """The cart became an order: a new one has to be started."""

    code = "already_bought"


@dataclass(frozen=True)
class Wanted:
    """So many copies of what one press of Buy was for."""

    checkout: UUID
    quantity: int


@dataclass(frozen=True)
class Line:
    """One line as it is shown. `was`: what a piece cost when it was put in, where that is another price."""

    checkout: Checkout
    quantity: int
    unit: Money
    was: Money | None

    @property
    def total(self) -> Money:
        return self.unit * self.quantity


def start(wanted: Sequence[Wanted], *, account: Account, shop: Shop, at: datetime) -> Cart:
    """A new cart with these lines and the shop's checkout for them. Asks the shop: never inside a transaction.

    Raises NotHere for a checkout of somebody else, NotReady, BeingPrepared, SoldAtALoss, BadInput beside `lines`.
    """
    return _filled(Cart(account=account, shop=shop, updated_at=at), wanted, at=at)


def change(cart: Cart, wanted: Sequence[Wanted], *, at: datetime) -> Cart:
    """Put these lines in place of what is in it: more, fewer, other ones, none. Safe to repeat."""
    if cart.ordered_at:
        raise AlreadyBought("These cards are bought. Put something else in a new cart.")
    return _filled(cart, wanted, at=at)


def lines_of(cart: Cart) -> list[Line]:
    """What is in it at today's prices, in its order. Lines whose card is gone are left out. Two queries."""
    found = _checkouts(cart, [UUID(line["checkout"]) for line in cart.lines])
    return [
        _line(found[UUID(line["checkout"])], line["quantity"]) for line in cart.lines if UUID(line["checkout"]) in found
    ]


def bought(cart_key: str, *, shop_id: UUID, at: datetime) -> None:
    """An order came that was this cart. The key came through a browser: it does no more than close the cart."""
    try:
        key = UUID(cart_key)
    except ValueError:
        return
    Cart.objects.filter(pk=key, shop=shop_id, ordered_at=None).update(ordered_at=at)


def _filled(cart: Cart, wanted: Sequence[Wanted], *, at: datetime) -> Cart:
    together = _together(wanted)
    found = _checkouts(cart, list(together))
    if len(found) != len(together):
        raise NotHere("No such checkout.")
    chosen = [(found[key], quantity) for key, quantity in together.items()]
    _check(chosen, at=at)
    cart.lines = [{"checkout": str(checkout.pk), "quantity": quantity} for checkout, quantity in chosen]
    cart.url, cart.updated_at = _url(cart, chosen), at
    cart.save()
    # Whoever comes back to a cart finds its products on sale.
    Listing.objects.filter(pk__in=[checkout.sold_by.pk for checkout, _ in chosen]).update(wanted_at=at)
    return cart


def _together(wanted: Sequence[Wanted]) -> dict[UUID, int]:
    """The copies of each checkout, in the order they were named."""
    together: dict[UUID, int] = {}
    for line in wanted:
        together[line.checkout] = together.get(line.checkout, 0) + line.quantity
    most = Guardrails.current().max_quantity
    if len(together) > MOST_LINES or any(not 1 <= quantity <= most for quantity in together.values()):
        raise BadInput.beside("lines", f"At most {MOST_LINES} cards, and between 1 and {most} copies of each.")
    return together


def _checkouts(cart: Cart, keys: Sequence[UUID]) -> Mapping[UUID, Checkout]:
    own = Checkout.objects.filter(pk__in=keys, account=cart.account_id, product__shop=cart.shop_id)
    related = own.select_related(
        "product__shop", "product__listing", "product__proof__format", "product__proof__route__item", "listing"
    )
    return {checkout.pk: checkout for checkout in related.prefetch_related("product__proof__files")}


def _check(chosen: Sequence[tuple[Checkout, int]], *, at: datetime) -> None:
    if any(checkout.state != Checkout.State.READY for checkout, _ in chosen):
        raise NotReady("One of the cards is not ready to be bought yet.")
    for checkout, quantity in chosen:
        if quantity != checkout.quantity:
            offers.refuse_loss(offers.offer_of(checkout.product.proof, quantity=quantity, at=at))
    stale = [checkout for checkout, _ in chosen if not selling.is_on_sale(checkout)]
    if stale:
        with transaction.atomic():
            for checkout in stale:
                selling.offer_again(checkout, at=at)
        raise BeingPrepared("One of the cards is being brought to the shop again.", retry_after=AGAIN_S)


def _url(cart: Cart, chosen: Sequence[tuple[Checkout, int]]) -> str:
    lines = [
        CartLine(checkout.cart_line["variant_id"], quantity, checkout.cart_line["properties"])
        for checkout, quantity in chosen
    ]
    if not lines:
        return ""
    marked, domain = {CART_ATTRIBUTE: str(cart.pk)}, cart.shop.domain
    if len(lines) == 1:
        return permalink(base_url(domain), lines[0], attributes=marked)
    return StorefrontClient.from_settings(domain).cart_create(lines, attributes=marked)


def _line(checkout: Checkout, quantity: int) -> Line:
    listing = checkout.sold_by
    unit = checkout.product.price if listing.product_id else listing.price
    was = Money(checkout.amount_minor, unit.currency)
    return Line(checkout, quantity, unit, was if checkout.amount_minor and was != unit else None)
