"""Quotas: how often something may be done in a window of time."""

from django.db import models
from django.db.models import Q


class Window(models.TextChoices):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    EVER = "ever"


class Quota(models.Model):
    """How much of `limit` a subject has used of an action in the window that began at `starts_at`."""

    subject = models.CharField(max_length=80)
    action = models.CharField(max_length=40)
    window = models.CharField(max_length=8, choices=Window.choices)
    starts_at = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)
    limit = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "action", "window", "starts_at"], name="quota_once"),
            models.CheckConstraint(condition=Q(used__gte=0), name="quota_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.action}: {self.used} used"
