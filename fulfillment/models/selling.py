"""What is for sale: a Proof at a price, and the Shopify product that sells it."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from cardmaker.core.money import Money
from cardmaker.core.sealing import SealedTextField
from designs.models import Format, Proof

if TYPE_CHECKING:
    from accounts.identity import Caller


class Product(PublicRow):
    """A Proof at a price in one Shop."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="products")
    title = models.CharField(max_length=200)
    amount_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    least_minor = models.PositiveIntegerField(
        default=0, help_text="The lowest price it was ever offered at: an order of then is no fraud now."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "proof"], name="one_product_per_proof_and_shop")]

    def __str__(self) -> str:
        return self.title

    @property
    def price(self) -> Money:
        return Money(self.amount_minor, self.currency)

    def reprice(self, price: Money) -> bool:
        """Sell it for this from now on. True: that is another price, and the shop has to be told."""
        if price == self.price:
            return False
        least = min(self.least_minor, price.minor) if price.currency == self.currency else price.minor
        self.amount_minor, self.currency, self.least_minor = price.minor, price.currency, least
        self.save(update_fields=["amount_minor", "currency", "least_minor"])
        return True


class Listing(PublicRow):
    """The Shopify product that sells one Product, unlisted and with an unguessable handle, or a whole Format of a shop.

    One for a Format has the shop, the Format and a price; one for a Product takes them from it.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        PUBLISHED = "published"
        ARCHIVING = "archiving"  # about to be taken off sale: whoever wants to sell it meanwhile pushes it again
        ARCHIVED = "archived"
        DELETING = "deleting"
        DELETED = "deleted"

    product = models.OneToOneField(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="listing")
    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.PROTECT, related_name="format_listings")
    format = models.ForeignKey(Format, null=True, blank=True, on_delete=models.PROTECT, related_name="listings")
    amount_minor = models.PositiveIntegerField(default=0, help_text="Of a Format: what a piece costs.")
    currency = models.CharField(max_length=3, blank=True)
    least_minor = models.PositiveIntegerField(
        default=0, help_text="Of a Format: the lowest price it was ever offered at: an old cart is no fraud now."
    )
    told_minor = models.PositiveIntegerField(default=0, help_text="The price that the shop was last told.")
    visible = models.BooleanField(default=False, help_text="Of a Format: the shop shows it in its catalog.")
    handle = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    shows_design = models.BooleanField(default=True, help_text="Off: the shop shows the format's stock picture.")
    shopify_product_id = models.CharField(max_length=80, blank=True, db_index=True)
    variant_id = models.CharField(max_length=80, blank=True, db_index=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last wanted to buy of it.")
    archived_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_listing_has_a_variant",
                condition=~models.Q(state="published") | ~models.Q(variant_id=""),
            ),
            models.CheckConstraint(
                name="listing_sells_a_product_or_a_format",
                condition=models.Q(product__isnull=False, format__isnull=True)
                | models.Q(product__isnull=True, format__isnull=False, shop__isnull=False),
            ),
            models.UniqueConstraint(fields=["shop", "format"], name="one_listing_per_shop_and_format"),
        ]
        indexes = [models.Index(fields=["state", "wanted_at"], name="listings_to_take_down")]

    def __str__(self) -> str:
        return self.handle

    @property
    def seller(self) -> Shop:
        """The shop that it is in."""
        if self.product is not None:
            return self.product.shop
        assert self.shop is not None  # a database constraint
        return self.shop

    @property
    def price(self) -> Money:
        """What a piece costs."""
        return self.product.price if self.product is not None else Money(self.amount_minor, self.currency)

    def reprice(self, price: Money) -> bool:
        """Of a Format: sell a piece for this from now on. True: that is another price. Writes nothing."""
        if price == Money(self.amount_minor, self.currency):
            return False
        known = self.least_minor and price.currency == self.currency
        self.least_minor = min(self.least_minor, price.minor) if known else price.minor
        self.amount_minor, self.currency = price.minor, price.currency
        return True


class CheckoutQuerySet(models.QuerySet["Checkout"]):
    def visible_to(self, caller: "Caller") -> "CheckoutQuerySet":
        """Only the caller's own, in the caller's shop. A stranger sees nothing."""
        if caller.account is None:
            return self.none()
        return self.filter(account=caller.account, product__shop=caller.shop)


class CartQuerySet(models.QuerySet["Cart"]):
    def visible_to(self, caller: "Caller") -> "CartQuerySet":
        """Only the caller's own, in the caller's shop. A stranger sees nothing."""
        if caller.account is None:
            return self.none()
        return self.filter(account=caller.account, shop=caller.shop)


class Checkout(PublicRow):
    """One press of Buy: some copies of a Product on their way to the shop's checkout."""

    class State(models.TextChoices):
        PENDING = "pending"
        READY = "ready"
        FAILED = "failed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="checkouts")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="checkouts")
    listing = models.ForeignKey(Listing, null=True, blank=True, on_delete=models.PROTECT, related_name="checkouts")
    quantity = models.PositiveIntegerField()
    amount_minor = models.PositiveIntegerField(default=0, help_text="What a piece cost when the buyer pressed Buy.")
    shows_design = models.BooleanField(default=True, help_text="The buyer lets the shop show the design.")
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    url = models.TextField(blank=True)
    cart_line = models.JSONField(default=dict)
    accepted_warnings = models.BooleanField(default=False)
    confirms_dates = models.BooleanField(default=False, help_text="A calendar: the buyer said yes to its months.")
    error = models.CharField(max_length=300, blank=True)

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="checkout_sells_something", condition=models.Q(quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"

    @property
    def sold_by(self) -> Listing:
        """The listing that it leads to. Checkouts from before there were two kinds lead to their product's own."""
        return self.listing if self.listing is not None else self.product.listing


class Cart(PublicRow):
    """What a shopper wants to buy together where the shop's own cart cannot be reached: on our pages and elsewhere.

    `lines`: [{"checkout": key, "quantity": n}] in the order they were put in. Kept so that it can be come back to.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="carts")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="carts")
    lines = models.JSONField(default=list)
    url = SealedTextField(blank=True, default="", help_text="The shop’s checkout for exactly these lines.")
    updated_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True, blank=True)

    objects = CartQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "updated_at"], name="carts_of_an_account")]

    def __str__(self) -> str:
        return f"cart {str(self.pk)[:8]}"
