"""Selling a proof: the Product, its unlisted Shopify product, and the way to the shop's checkout."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from accounts.models import Account, Shop
from billing.models import Guardrails
from billing.prices import price_of
from cardmaker.core import crash, events
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import enqueue
from designs.models import Kind, Proof
from fulfillment import caldates, lineproperties, offers
from fulfillment.models import Checkout, Listing, Product
from fulfillment.shopify.shop import ProductPush, ShopifyShop

OPEN_CHECKOUT = "fulfillment.open_checkout"
PICTURE_SALT = "listing-picture"
# Shopify fetches the picture some time after the push; a day is ample and still short-lived.
PICTURE_LINK_S = 24 * 3600


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
        product, repriced = _product(proof, shop)
        listing, _ = Listing.objects.get_or_create(
            product=product, defaults={"handle": new_handle(), "shows_design": purchase.shows_design}
        )
        if repriced or listing.shows_design != purchase.shows_design:
            # Pending again: what the shop shows is only changed by another push.
            wish = {"shows_design": purchase.shows_design, "state": Listing.State.PENDING}
            Listing.objects.filter(pk=listing.pk).update(**wish)
        checkout = Checkout.objects.create(
            account=account,
            product=product,
            quantity=purchase.quantity,
            accepted_warnings=purchase.accepts_warnings,
            confirms_dates=purchase.confirms_dates,
        )
        enqueue(OPEN_CHECKOUT, checkout.pk, account_id=account.pk, at=at)
        events.record("checkout", at=at, account_id=account.pk, shop_id=shop.pk, subject=str(proof.pk))
    return checkout


def open_checkout(checkout: Checkout, *, shopify: ShopifyShop, at: datetime) -> None:
    """Push the product unless it is there, then make the link. Safe to repeat: the push is an upsert by handle."""
    if checkout.state != Checkout.State.PENDING:
        return
    listing = checkout.product.listing
    if listing.state != Listing.State.PUBLISHED:
        push(listing, shopify=shopify, at=at)
    properties = properties_of(listing)
    cart_line = {"variant_id": listing.variant_id, "quantity": checkout.quantity, "properties": properties}
    url = shopify.permalink(listing.variant_id, checkout.quantity, properties)
    ready = {"state": Checkout.State.READY, "url": url, "cart_line": cart_line}
    Checkout.objects.filter(pk=checkout.pk, state=Checkout.State.PENDING).update(**ready)


def give_up(checkout_id: str, reason: str) -> None:
    """The shop would not take it: tell the buyer, who loses nothing. Also for jobs that got stuck."""
    failed = {"state": Checkout.State.FAILED, "error": "The shop could not take this order. Please try again later."}
    if Checkout.objects.filter(pk=checkout_id, state=Checkout.State.PENDING).update(**failed):
        Listing.objects.filter(product__checkouts__id=checkout_id).update(error=reason[:300])


def push(listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
    """Create or update the unlisted product and publish it.

    A wish or a price that changed while the shop was told leaves it pending: whoever changed it pushes again.
    """
    told = {"shows_design": listing.shows_design, "product__amount_minor": listing.product.amount_minor}
    pushed = shopify.push_product(product_push(listing))
    crash.point("push.answered")
    refs = {"shopify_product_id": pushed.product_gid, "variant_id": pushed.variant_gid, "pushed_at": at, "error": ""}
    Listing.objects.filter(pk=listing.pk).update(**refs)
    Listing.objects.filter(pk=listing.pk, **told).update(state=Listing.State.PUBLISHED)
    listing.refresh_from_db()
    shop = listing.product.shop
    if shop.publication_id != pushed.publication_gid:
        # Looked up once a shop, and kept: it is the same for all of its products.
        shop.publication_id = pushed.publication_gid
        shop.save(update_fields=["publication_id"])


def product_push(listing: Listing) -> ProductPush:
    """What the shop is told about the product. Never a print file, never a word of the card."""
    product = listing.product
    title = product.proof.format.title
    return ProductPush(
        handle=listing.handle,
        title=product.title,
        description=f"{title}, made and proofed with Cardmaker.",
        price=product.price,
        sku=f"CM-{product.pk.hex[:12].upper()}",
        format_title=title,
        image_url=picture_url(listing),
        image_alt=f"{title}: the first page",
        product_type=f"Personalized {_piece(product.proof)}",
    )


def properties_of(listing: Listing) -> dict[str, str]:
    """The signed line-item properties; the only thing an order line of ours is believed by."""
    proof = listing.product.proof
    item = proof.route.item
    claim = lineproperties.Claim(
        shop_id=str(listing.product.shop_id),
        proof_id=str(proof.pk),
        digest=proof.digest,
        supplier=item.supplier,
        item=item.sku,
        variant=listing.variant_id,
    )
    return {"Format": proof.format.title, **lineproperties.sign(claim)}


def picture_url(listing: Listing) -> str:
    """Where Shopify fetches the picture: a preview of at most 800 px, by a signed address that dies in a day."""
    token = signing.TimestampSigner(salt=PICTURE_SALT).sign(str(listing.pk))
    return settings.PUBLIC_URL + reverse("listing-picture", args=[token])


def new_handle() -> str:
    """130 bits: who does not have the link cannot guess the product's page."""
    return "card-" + "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(26))


def _product(proof: Proof, shop: Shop) -> tuple[Product, bool]:
    """The product at today's price, and whether that is a new one: the page says what the checkout will charge."""
    price = price_of(shop.pk, proof.format_id, 1)
    defaults = {
        "title": f"Your {_piece(proof)} · {proof.format.title}",
        "amount_minor": price.minor,
        "currency": price.currency,
        "least_minor": price.minor,
    }
    Product.objects.get_or_create(shop=shop, proof=proof, defaults=defaults)
    product = Product.objects.select_for_update().get(shop=shop, proof=proof)
    return product, product.reprice(price)


def _piece(proof: Proof) -> str:
    return "calendar" if proof.format.kind == Kind.CALENDAR else "card"


def _check(proof: Proof, purchase: Purchase, shop: Shop) -> None:
    if proof.shop_id != shop.pk:
        # The signed properties name the shop: what another one sold could be paid, but never printed.
        raise SoldElsewhere("This card was made in another shop. Please buy it there.")
    if proof.state != Proof.State.READY:
        raise ProofNotReady("The proof is not finished yet.")
    most = Guardrails.current().max_quantity
    if not 1 <= purchase.quantity <= most:
        raise BadInput.beside("quantity", f"Choose between 1 and {most} copies.")
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
