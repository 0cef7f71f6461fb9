"""What suppliers can make, and which of it a proof was made for."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
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
    year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="A dated calendar: prints January to December of this year and no other."
    )
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

    @property
    def needs_draft(self) -> bool:
        """Whether a product has to be at the supplier before anything can be ordered of it."""
        return self.draws_grid or self.supplier == self.Supplier.PRINTIFY

    @property
    def cost_to_door_minor(self) -> int:
        """What one pack costs us until it is delivered, at most."""
        return self.cost_minor + self.shipping_minor


class Route(PublicRow):
    """What a Format is printed on for a country; ops edit these rows. Proofs keep the item that was chosen for them."""

    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="routes")
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Two capital letters, or nothing for every country.")],
        help_text="ISO 3166 code; empty: every country that the item ships to. A country's own rows go first.",
    )
    item = models.ForeignKey(SupplierItem, on_delete=models.PROTECT, related_name="offers")
    rank = models.PositiveSmallIntegerField(default=100, help_text="The lowest is chosen; equals by their cost.")
    reason = models.CharField(max_length=200, help_text="Why this one: shoppers read it on their proof.")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["format", "country", "item"], name="one_route_per_format_country_and_item")
        ]

    def __str__(self) -> str:
        return f"{self.format_id} to {self.country or 'anywhere'}: {self.item}"

    def clean(self) -> None:
        """What the admin refuses: an item of another format, or a country that the item is not shipped to."""
        if not self.item_id or not self.format_id:
            return
        if self.item.format_id != self.format_id:
            raise ValidationError({"item": f"{self.item} is a {self.item.format_id}, not a {self.format_id}."})
        if self.country and not self.item.serves(self.country):
            raise ValidationError({"country": f"{self.item} is not shipped to {self.country}."})


class ProofRoute(models.Model):
    """The Route that was chosen before the proof was rendered, and why. Kept with every order line of the proof."""

    proof = models.OneToOneField(Proof, on_delete=models.CASCADE, related_name="route")
    item = models.ForeignKey(SupplierItem, on_delete=models.PROTECT, related_name="routes")
    route = models.ForeignKey(Route, null=True, blank=True, on_delete=models.SET_NULL, related_name="proofs")
    country = models.CharField(max_length=2)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.item} to {self.country}"
