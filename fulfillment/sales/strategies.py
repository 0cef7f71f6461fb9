"""How a shop sells proofs: by a product of its own for each design, or by one product for each format.

Both answer a Listing whose variant goes into the cart with the same signed properties, and whoever reads an order goes
by the line's variant. So a shop may change its strategy at any time, and carts from before it stay good.
"""

import secrets
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import Shop
from billing import quota
from billing.quota import QuotaSpent
from cardmaker.core import crash
from designs.models import Kind, Proof
from fulfillment.models import Listing, Product
from fulfillment.shopify.products import ProductPush, PushedProduct
from fulfillment.shopify.shop import ShopifyShop

PICTURE_SALT = "listing-picture"
# Shopify fetches the picture some time after the push; a day is ample and still short-lived.
PICTURE_LINK_S = 24 * 3600
CART_PICTURE_SALT = "cart-picture"
CART_PICTURE_LINK_S = 14 * 24 * 3600  # as long as a theme keeps a cart
UNGUESSABLE = "abcdefghijkmnpqrstuvwxyz23456789"
State = Listing.State


class Strategy(Protocol):
    """What a way of selling does for us."""

    def listing(self, product: Product, *, shows_design: bool, at: datetime) -> Listing:
        """The listing that sells `product`, PENDING when the shop has to be told. Inside the caller's transaction."""
        ...

    def push(self, listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
        """Tell the shop. Safe to repeat. A wish that changed meanwhile leaves it pending: its own push follows."""
        ...

    def visible_properties(self, product: Product, *, shows_design: bool) -> dict[str, str]:
        """What the shopper sees on the line, beside what we sign."""
        ...


class ProductPerDesign:
    """An unlisted product for each proof: its own picture everywhere, at the price of a growing catalog."""

    def listing(self, product: Product, *, shows_design: bool, at: datetime) -> Listing:
        known = Listing.objects.filter(product=product).first()
        if known is None:
            if not self._has_room(product.shop, at=at):
                return ProductPerFormat().listing(product, shows_design=shows_design, at=at)
            known, _ = Listing.objects.get_or_create(
                product=product, defaults={"handle": new_handle(), "shows_design": shows_design}
            )
        listing = Listing.objects.select_for_update().get(pk=known.pk)
        if not self._is_told(listing, product, shows_design):
            # Pending again: what the shop shows is only changed by another push.
            listing.state, listing.shows_design = State.PENDING, shows_design
        listing.wanted_at = at
        listing.save(update_fields=["state", "shows_design", "wanted_at"])
        return listing

    def push(self, listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
        assert listing.product is not None
        told = {"shows_design": listing.shows_design, "product__amount_minor": listing.product.amount_minor}
        pushed = shopify.push_product(self.product_push(listing, listing.product))
        crash.point("push.answered")
        Listing.objects.filter(pk=listing.pk).update(
            **_refs(pushed), told_minor=listing.product.amount_minor, pushed_at=at
        )
        Listing.objects.filter(pk=listing.pk, **told).update(state=State.PUBLISHED, archived_at=None)
        listing.refresh_from_db()

    def visible_properties(self, product: Product, *, shows_design: bool) -> dict[str, str]:
        return {"Format": product.proof.format.title}

    def product_push(self, listing: Listing, product: Product) -> ProductPush:
        """What the shop is told about the product. Never a print file, never a word of the card."""
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
            product_type=f"Personalized {piece(product.proof)}",
        )

    def _is_told(self, listing: Listing, product: Product, shows_design: bool) -> bool:
        """Whether what the shop sells is what is wanted now."""
        same = listing.shows_design == shows_design and listing.told_minor == product.amount_minor
        return listing.state == State.PUBLISHED and same

    def _has_room(self, shop: Shop, *, at: datetime) -> bool:
        """Whether the shop may get one product more: Shopify refuses new variants above a number, and many a day."""
        live = Listing.objects.filter(product__shop=shop).exclude(state=State.DELETED).exclude(shopify_product_id="")
        if live.count() >= settings.SHOPIFY_MOST_PRODUCTS:
            return False
        try:
            quota.use(f"shop:{shop.pk}", "product", "day", limit=settings.SHOPIFY_PRODUCTS_A_DAY, at=at)
        except QuotaSpent:
            return False
        return True


class ProductPerFormat:
    """One product for each format, which the merchant may dress as he likes; a design is a line of the cart."""

    def listing(self, product: Product, *, shows_design: bool, at: datetime) -> Listing:
        shop, print_format = product.shop, product.proof.format
        fields = {"handle": f"{print_format.code}-{_random(8)}", "shows_design": False}
        known, _ = Listing.objects.get_or_create(shop=shop, format=print_format, product=None, defaults=fields)
        listing = Listing.objects.select_for_update().get(pk=known.pk)
        if listing.reprice(product.price) or listing.state != State.PUBLISHED or listing.visible != _is_shown(shop):
            listing.state = State.PENDING
        listing.wanted_at = at
        listing.save(update_fields=["state", "amount_minor", "currency", "least_minor", "wanted_at"])
        return listing

    def push(self, listing: Listing, *, shopify: ShopifyShop, at: datetime) -> None:
        """A new one is made whole; of one that is there only the price and whether it is shown are ours."""
        assert listing.shop is not None
        told, shown = listing.amount_minor, _is_shown(listing.shop)
        if not listing.shopify_product_id or not self._changed(listing, shopify, shown=shown):
            pushed = shopify.push_product(self.product_push(listing, shown=shown))
            Listing.objects.filter(pk=listing.pk).update(**_refs(pushed))
        crash.point("push.answered")
        Listing.objects.filter(pk=listing.pk).update(pushed_at=at, visible=shown, told_minor=told)
        wanted = Listing.objects.filter(pk=listing.pk, amount_minor=told)
        wanted.update(state=State.PUBLISHED, archived_at=None)
        listing.refresh_from_db()

    def visible_properties(self, product: Product, *, shows_design: bool) -> dict[str, str]:
        """Lines of one product are told apart by these; the theme may show the picture."""
        seen = {"Format": product.proof.format.title, "Design": product.proof_id.hex[:6].upper()}
        return {**seen, "_picture": cart_picture_url(product)} if shows_design else seen

    def product_push(self, listing: Listing, *, shown: bool) -> ProductPush:
        assert listing.format is not None
        title = listing.format.title
        kind = "calendar" if listing.format.kind == Kind.CALENDAR else "card"
        return ProductPush(
            handle=listing.handle,
            title=f"Your own {kind} · {title}",
            description=f"{title}. Describe it, see exactly what will be printed, and have it sent.",
            price=listing.price,
            sku=f"CM-{listing.format.code}"[:60],
            format_title=title,
            image_url=picture_url(listing),
            image_alt=title,
            product_type=f"Personalized {kind}",
            status="ACTIVE" if shown else "UNLISTED",
        )

    def _changed(self, listing: Listing, shopify: ShopifyShop, *, shown: bool) -> bool:
        """False: the product is gone, and has to be made again."""
        is_there = shopify.set_price(listing.shopify_product_id, listing.variant_id, listing.price)
        return is_there and shopify.show_product(listing.shopify_product_id, listed=shown)


def strategy_of(shop: Shop) -> Strategy:
    """How this shop sells now."""
    return ProductPerFormat() if _is_shown(shop) else ProductPerDesign()


def strategy_behind(listing: Listing) -> Strategy:
    """How this listing sells, whatever its shop does by now."""
    return ProductPerFormat() if listing.product_id is None else ProductPerDesign()


def picture_url(listing: Listing) -> str:
    """Where Shopify fetches the picture: a preview of at most 800 px, by a signed address that dies in a day."""
    token = signing.TimestampSigner(salt=PICTURE_SALT).sign(str(listing.pk))
    return settings.PUBLIC_URL + reverse("listing-picture", args=[token])


def cart_picture_url(product: Product) -> str:
    """Where a theme's cart finds the design's preview; as good as the cart itself."""
    token = signing.TimestampSigner(salt=CART_PICTURE_SALT).sign(str(product.pk))
    return settings.PUBLIC_URL + reverse("cart-picture", args=[token])


def new_handle() -> str:
    """130 bits: who does not have the link cannot guess the product's page."""
    return "card-" + _random(26)


def piece(proof: Proof) -> str:
    return "calendar" if proof.format.kind == Kind.CALENDAR else "card"


def _random(length: int) -> str:
    return "".join(secrets.choice(UNGUESSABLE) for _ in range(length))


def _is_shown(shop: Shop) -> bool:
    return shop.strategy == Shop.Strategy.PER_FORMAT


def _refs(pushed: PushedProduct) -> dict[str, str]:
    return {"shopify_product_id": pushed.product_gid, "variant_id": pushed.variant_gid, "error": ""}
