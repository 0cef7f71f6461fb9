"""Selling a proof: the Product, what sells it in the shop, and the way to the shop's checkout."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Account, Shop
from billing.models import Guardrails
from billing.prices import price_of
from cardmaker.core import events
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import Later, enqueue
from cardmaker.core.money import Money
from designs import catalog
from designs.models import Proof
from designs.screening import flags
from designs.screening.pictures import withheld_message
from fulfillment.models import Checkout, Listing, Product
from fulfillment.sales import caldates, delisting, lineproperties, offers
from fulfillment.sales.strategies import piece, strategy_behind, strategy_of
from fulfillment.shopify.gids import number_of
from fulfillment.shopify.shop import ShopifyShop

OPEN_CHECKOUT = "fulfillment.open_checkout"
AGAIN_S = 5.0


class ProofNotReady(Refused):
    code = "proof_not_ready"


class ProofBlocked(Refused):
    """The proof has a fault that must not be printed."""

    code = "proof_blocked"


class ConsentNeeded(Refused):
    """The proof has warnings that the buyer has to accept first."""

    code = "consent_needed"


class MockupNotReady(Refused):
    """The supplier draws part of every page, and nobody has seen yet what that looks like."""

    code = "mockup_not_ready"


class DatesNotConfirmed(Refused):
    """A calendar's year and first month have to be confirmed before it is paid."""

    code = "dates_not_confirmed"


class SoldElsewhere(Refused):
    """The proof belongs to another shop."""

    code = "sold_elsewhere"


class FormatOff(Refused):
    """The merchant has switched the format off since the proof was made."""

    code = "format_off"


@dataclass(frozen=True)
class Purchase:
    """What the buyer asked for. `accepts_warnings`, `confirms_dates`: was shown them and said yes."""

    quantity: int
    shows_design: bool
    accepts_warnings: bool
    confirms_dates: bool = False


def start_checkout(proof: Proof, purchase: Purchase, *, account: Account, shop: Shop, at: datetime) -> Checkout:
    """Note the wish to buy and queue the push. Call it inside the request's transaction; the answer is polled."""
    _check(proof, purchase, shop)
    offers.refuse_loss(offers.offer_of(proof, quantity=purchase.quantity, at=at))
    with transaction.atomic():
        product = _product(proof, shop)
        checkout = Checkout.objects.create(
            account=account,
            product=product,
            listing=strategy_of(shop).listing(product, shows_design=purchase.shows_design, at=at),
            quantity=purchase.quantity,
            amount_minor=product.amount_minor,
            shows_design=purchase.shows_design,
            accepted_warnings=purchase.accepts_warnings,
            confirms_dates=purchase.confirms_dates,
        )
        enqueue(OPEN_CHECKOUT, checkout.pk, account_id=account.pk, at=at)
        events.record("checkout", at=at, account_id=account.pk, shop_id=shop.pk, subject=str(proof.pk))
    return checkout


def is_on_sale(checkout: Checkout) -> bool:
    """Whether its line can be bought as it is: the product is there, at today's price. Two queries."""
    listing = checkout.sold_by
    price = price_of(checkout.product.shop_id, checkout.product.proof.format_id, 1)
    return listing.state == Listing.State.PUBLISHED and Money(listing.told_minor, price.currency) == price


def offer_again(checkout: Checkout, *, at: datetime) -> None:
    """Bring it to the shop once more, at today's price and by the way the shop sells now. Inside a transaction."""
    product = _product(checkout.product.proof, checkout.product.shop)
    listing = strategy_of(product.shop).listing(product, shows_design=checkout.shows_design, at=at)
    Checkout.objects.filter(pk=checkout.pk).update(state=Checkout.State.PENDING, listing=listing)
    enqueue(OPEN_CHECKOUT, checkout.pk, account_id=checkout.account_id, at=at)


def open_checkout(checkout: Checkout, *, shopify: ShopifyShop, at: datetime) -> Later | None:
    """Push the product unless it is there, then make the link. Safe to repeat: the push is an upsert by handle.

    Answers when to call this again while the product is being taken down.
    """
    if checkout.state != Checkout.State.PENDING:
        return None
    listing = checkout.sold_by
    if listing.state != Listing.State.PUBLISHED:
        if delisting.is_being_taken_down(listing, at=at):
            return Later(AGAIN_S)
        push(listing, shopify=shopify, at=at)
    properties = properties_of(listing, checkout.product, shows_design=checkout.shows_design)
    cart_line = {
        "variant_id": listing.variant_id,
        "id": int(number_of(listing.variant_id, "ProductVariant")),  # as a theme's cart/add.js wants it
        "quantity": checkout.quantity,
        "properties": properties,
    }
    url = shopify.permalink(listing.variant_id, checkout.quantity, properties)
    ready = {"state": Checkout.State.READY, "url": url, "cart_line": cart_line}
    Checkout.objects.filter(pk=checkout.pk, state=Checkout.State.PENDING).update(**ready)
    return None


def give_up(checkout_id: str, reason: str) -> None:
    """The shop would not take it: tell the buyer, who loses nothing. Also for jobs that got stuck."""
    failed = {"state": Checkout.State.FAILED, "error": "The shop could not take this order. Please try again later."}
    if Checkout.objects.filter(pk=checkout_id, state=Checkout.State.PENDING).update(**failed):
        Listing.objects.filter(checkouts__id=checkout_id).update(error=reason[:300])


def push(listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
    """Tell the shop of it, whichever way it sells. Safe to repeat."""
    strategy_behind(listing).push(listing, shopify=shopify, at=at)
    shop, publication = listing.seller, shopify.publication()
    if shop.publication_id != publication:
        # Looked up once a shop, and kept: it is the same for all of its products.
        shop.publication_id = publication
        shop.save(update_fields=["publication_id"])


def properties_of(listing: Listing, product: Product | None = None, *, shows_design: bool = True) -> dict[str, str]:
    """The signed line-item properties; the only thing an order line of ours is believed by.

    A listing of a whole Format is told which `product` it is to sell.
    """
    sold = product or listing.product
    assert sold is not None  # a listing without a product of its own is always told one
    item = sold.proof.route.item
    claim = lineproperties.Claim(
        shop_id=str(sold.shop_id),
        proof_id=str(sold.proof_id),
        digest=sold.proof.digest,
        supplier=item.supplier,
        item=item.sku,
        variant=listing.variant_id,
    )
    seen = strategy_behind(listing).visible_properties(sold, shows_design=shows_design)
    return {**seen, **lineproperties.sign(claim)}


def _product(proof: Proof, shop: Shop) -> Product:
    """The product at today's price, locked: the page says what the checkout will charge."""
    price = price_of(shop.pk, proof.format_id, 1)
    defaults = {
        "title": f"Your {piece(proof)} · {proof.format.title}",
        "amount_minor": price.minor,
        "currency": price.currency,
        "least_minor": price.minor,
    }
    Product.objects.get_or_create(shop=shop, proof=proof, defaults=defaults)
    product = Product.objects.select_for_update().get(shop=shop, proof=proof)
    product.reprice(price)
    product.shop, product.proof = shop, proof  # as they are known here, format and all
    return product


def _check(proof: Proof, purchase: Purchase, shop: Shop) -> None:
    if proof.shop_id != shop.pk:
        # The signed properties name the shop: what another one sold could be paid, but never printed.
        raise SoldElsewhere("This card was made in another shop. Please buy it there.")
    if not catalog.sells(shop, proof.format_id):
        raise FormatOff("This shop does not sell this format any more. Another format may still be had.")
    if proof.state != Proof.State.READY:
        raise ProofNotReady("The proof is not finished yet.")
    most = Guardrails.current().max_quantity
    if not 1 <= purchase.quantity <= most:
        raise BadInput.beside("quantity", f"Choose between 1 and {most} copies.")
    if flags.refused(proof):
        raise ProofBlocked("One of us has looked at this card, and we do not print it as it is. Please change it.")
    if proof.withheld:
        raise ProofBlocked(withheld_message(proof.withheld))
    levels = {warning["level"]: warning["message"] for warning in proof.warnings}
    if "block" in levels:
        raise ProofBlocked(levels["block"])
    if "warn" in levels and not purchase.accepts_warnings:
        raise ConsentNeeded("Please confirm that you accept: " + levels["warn"])
    _check_calendar(proof, purchase)


def _check_calendar(proof: Proof, purchase: Purchase) -> None:
    item = proof.route.item
    if item.draws_grid and not any(draft.shows_mockups for draft in proof.drafts.filter(item=item)):
        raise MockupNotReady("The printer’s picture of your calendar is not there yet. Please wait for it.")
    dates = caldates.of(proof)
    if dates is not None and not purchase.confirms_dates:
        raise DatesNotConfirmed(f"Please confirm that the calendar is to run {dates.text}.")
