"""What a buyer pays."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Shop


class Price(models.Model):
    """The price of one piece of a format. A row without a shop is the default for shops that have none of their own."""

    shop = models.ForeignKey(Shop, null=True, blank=True, on_delete=models.CASCADE, related_name="prices")
    format_code = models.SlugField(max_length=64)
    amount_minor = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    currency = models.CharField(max_length=3, default="USD")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "format_code"], name="price_once_a_shop"),
            models.UniqueConstraint(fields=["format_code"], condition=Q(shop=None), name="default_price_once"),
        ]

    def __str__(self) -> str:
        return f"{self.format_code}: {self.amount_minor} {self.currency}"
