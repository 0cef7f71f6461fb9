"""What suppliers can make, and which of it a proof was made for."""

from django.db import models

from cardmaker.core.models import PublicRow
from designs.models import Format, PrintSpec, Proof


class SupplierItem(PublicRow):
    """One thing that one supplier prints for one Format. Written by `sync_catalog`; prices in minor units."""

    class Supplier(models.TextChoices):
        GOOTEN = "gooten"
        PRINTIFY = "printify"

    supplier = models.CharField(max_length=20, choices=Supplier)
    sku = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="items")
    ships_to = models.JSONField(default=list, help_text="ISO 3166 country codes.")
    pack_size = models.PositiveIntegerField(default=1)
    cost_minor = models.PositiveIntegerField(help_text="What one pack costs us.")
    shipping_minor = models.PositiveIntegerField(default=0, help_text="What shipping one order costs us, at most.")
    currency = models.CharField(max_length=3, default="USD")
    draws_grid = models.BooleanField(default=False, help_text="The supplier prints its own calendar grid.")
    assumed = models.BooleanField(default=False, help_text="Not read from the supplier: for the sandbox only.")
    active = models.BooleanField(default=True)
    print_spec = models.ForeignKey(PrintSpec, on_delete=models.PROTECT, related_name="items")
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When the supplier last confirmed this row.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "sku"], name="one_row_per_supplier_item")]

    def __str__(self) -> str:
        return f"{self.supplier} {self.sku}"

    def serves(self, country: str) -> bool:
        """Whether the supplier ships this item to `country` (ISO 3166)."""
        return country.upper() in self.ships_to


class ProofRoute(models.Model):
    """The Route that was chosen before the proof was rendered, and why. Kept with every order line of the proof."""

    proof = models.OneToOneField(Proof, on_delete=models.CASCADE, related_name="route")
    item = models.ForeignKey(SupplierItem, on_delete=models.PROTECT, related_name="routes")
    country = models.CharField(max_length=2)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.item} to {self.country}"
