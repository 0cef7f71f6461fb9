"""What is for sale: a Proof at a price, and the Shopify product that sells it."""

from typing import TYPE_CHECKING

from django.db import models

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from cardmaker.core.money import Money
from designs.models import Proof

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
    """The Shopify product that sells one Product: unlisted, one variant, an unguessable handle."""

    class State(models.TextChoices):
        PENDING = "pending"
        PUBLISHED = "published"
        ARCHIVED = "archived"
        DELETED = "deleted"

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="listing")
    handle = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.PENDING)
    shows_design = models.BooleanField(default=True, help_text="Off: the shop shows the format's stock picture.")
    shopify_product_id = models.CharField(max_length=80, blank=True)
    variant_id = models.CharField(max_length=80, blank=True, db_index=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="published_listing_has_a_variant",
                condition=~models.Q(state="published") | ~models.Q(variant_id=""),
            )
        ]

    def __str__(self) -> str:
        return self.handle


class CheckoutQuerySet(models.QuerySet["Checkout"]):
    def visible_to(self, caller: "Caller") -> "CheckoutQuerySet":
        """Only the caller's own, in the caller's shop. A stranger sees nothing."""
        if caller.account is None:
            return self.none()
        return self.filter(account=caller.account, product__shop=caller.shop)


class Checkout(PublicRow):
    """One press of Buy: some copies of a Product on their way to the shop's checkout."""

    class State(models.TextChoices):
        PENDING = "pending"
        READY = "ready"
        FAILED = "failed"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="checkouts")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="checkouts")
    quantity = models.PositiveIntegerField()
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
