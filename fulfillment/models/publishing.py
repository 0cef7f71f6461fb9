"""Product pictures that were sent to a shop's own products."""

from django.db import models
from django.db.models import Q

from accounts.models import Shop
from cardmaker.core.models import PublicRow
from designs.models import Image


class PublishedPicture(PublicRow):
    """One picture as media of one product of a shop, once. `alt` tells it from the product's others at Shopify."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="published_pictures")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="publications")
    product_gid = models.CharField(max_length=120)
    alt = models.CharField(max_length=400)
    file = models.CharField(max_length=120, blank=True, help_text="What the shop fetches.")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    media_gid = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "product_gid"], name="a_picture_once_per_product"),
            models.CheckConstraint(condition=~Q(state="sent") | ~Q(media_gid=""), name="sent_picture_knows_its_media"),
        ]

    def __str__(self) -> str:
        return f"publication {str(self.pk)[:8]}"
