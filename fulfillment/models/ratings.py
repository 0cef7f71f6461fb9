"""How people liked what they got."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import Account
from cardmaker.core.models import PublicRow
from cardmaker.core.sealing import SealedTextField
from designs.models import Format, Proof
from fulfillment.models.catalog import SupplierItem
from fulfillment.models.orders import Order

MOST_STARS = 5


class Rating(PublicRow):
    """One order's rating: asked once after delivery, by mail. Without stars it is still only a question."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="rating")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="ratings")
    stars = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_STARS)]
    )
    comment = SealedTextField(blank=True, default="")
    mailed_at = models.DateTimeField(null=True, blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stars_between_one_and_five", condition=Q(stars__isnull=True) | Q(stars__range=(1, MOST_STARS))
            ),
            models.CheckConstraint(
                name="rated_when_there_are_stars", condition=Q(stars__isnull=True) ^ Q(rated_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["rated_at"])]

    def __str__(self) -> str:
        return f"{self.order}: {self.stars or '–'}"


class RatedPrint(models.Model):
    """What the rating is about: one proof, by whom it was printed, in which format."""

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="prints")
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="ratings")
    supplier = models.CharField(max_length=20, choices=SupplierItem.Supplier)
    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "proof", "supplier"], name="rated_print_once"),
        ]

    def __str__(self) -> str:
        return f"{self.format_id} by {self.supplier}"
