"""What the stand-ins of picture and text services were asked for, and what they would charge for."""

from django.db import models


class Generation(models.Model):
    """One call that was taken on. Its pictures are drawn anew from the row whenever they are fetched."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    service = models.CharField(max_length=20)
    model = models.CharField(max_length=160)
    key = models.CharField(max_length=40, unique=True)
    prompt = models.TextField(blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=8, default="png")
    seed = models.BigIntegerField(default=0)
    pictures_in = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DONE)
    charged = models.BooleanField(default=True)
    webhook = models.CharField(max_length=1000, blank=True)
    asked = models.JSONField(default=dict)  # the input without its pictures
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="generation_due")]
