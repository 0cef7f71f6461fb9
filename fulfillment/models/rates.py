"""What delivery costs: the buyer, by the shop's own rates; us, by the supplier's quote. Read by jobs, kept here."""

from django.db import models

from accounts.models import Shop
from cardmaker.core.models import PublicRow
from fulfillment.models.catalog import SupplierItem


class DeliveryOption(PublicRow):
    """One flat rate of a shop's checkout for one country. `country` empty: every country without rates of its own."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="delivery_options")
    country = models.CharField(max_length=2, blank=True)
    service = models.CharField(max_length=80, help_text="The shop's name for it: Standard, Express.")
    amount_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    least_minor = models.PositiveIntegerField(default=0, help_text="For goods of at least so much.")
    most_minor = models.PositiveIntegerField(null=True, blank=True, help_text="For goods of at most so much.")
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["shop", "country"], name="delivery_options_of_a_shop")]

    def __str__(self) -> str:
        return f"{self.service} to {self.country or 'the rest of the world'}"

    def applies_to(self, goods_minor: int) -> bool:
        """Whether the shop offers it for goods of so much."""
        return self.least_minor <= goods_minor and (self.most_minor is None or goods_minor <= self.most_minor)


class ShippingQuote(PublicRow):
    """What a supplier asks for delivering one item to one country: for the first pack, and for each further one."""

    item = models.ForeignKey(SupplierItem, on_delete=models.CASCADE, related_name="quotes")
    country = models.CharField(max_length=2)
    service = models.CharField(max_length=40, help_text="The supplier's name for how it goes.")
    first_minor = models.PositiveIntegerField()
    further_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "country", "service"], name="one_quote_per_item_and_service")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} to {self.country}"
