"""Sets of pictures that are compared out in the world: which is seen, clicked, bought from. An id that events name."""

from typing import TYPE_CHECKING

from django.db import models

from cardmaker.core.models import PublicRow
from designs.models.design import Design

if TYPE_CHECKING:
    from accounts.identity import Caller


class ComparisonSetQuerySet(models.QuerySet["ComparisonSet"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[ComparisonSet]":
        return self.filter(design__in=Design.objects.visible_to(caller))


class ComparisonSet(PublicRow):
    """Pictures of one Design that a merchant shows to different visitors. Its figures are what those pages tell."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="comparison_sets")
    label = models.CharField(max_length=80, blank=True)
    origins = models.JSONField(
        default=list, blank=True, help_text="Pages that may tell events beside those of the shop: https://example.com."
    )

    objects = ComparisonSetQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="comparisons_newest_first")]

    def __str__(self) -> str:
        return f"comparison {str(self.pk)[:8]}"


class ComparedPicture(models.Model):
    """One picture of a set and how often it was seen, clicked and bought from."""

    comparison = models.ForeignKey(ComparisonSet, on_delete=models.CASCADE, related_name="pictures")
    image = models.ForeignKey("designs.Image", on_delete=models.CASCADE, related_name="compared")
    place = models.PositiveSmallIntegerField(help_text="From 1, in the order in which they were given.")
    shown = models.PositiveIntegerField(default=0)
    clicked = models.PositiveIntegerField(default=0)
    bought = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comparison", "image"], name="a_picture_once_in_a_set"),
            models.UniqueConstraint(fields=["comparison", "place"], name="one_picture_for_each_place"),
        ]

    def __str__(self) -> str:
        return f"picture {self.place}"


class ComparisonEvent(models.Model):
    """That an event was counted: the digest of the teller's own id for it, kept until nobody repeats it any more."""

    comparison = models.ForeignKey(ComparisonSet, on_delete=models.CASCADE, related_name="events")
    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "key"], name="an_event_counts_once")]
        indexes = [models.Index(fields=["at"], name="comparison_events_by_age")]

    def __str__(self) -> str:
        return self.key[:8]
