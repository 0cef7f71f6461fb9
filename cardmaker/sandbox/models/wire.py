"""What happens on the wire: webhooks on their way out, calls that came in, faults switched on, the clock."""

from django.db import models


class Webhook(models.Model):
    """One delivery to the application. The row is the queue: it survives a restart."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        LOST = "lost"

    service = models.CharField(max_length=20)
    topic = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)  # deliveries of one subject leave one after the other
    webhook_id = models.CharField(max_length=40)
    event_id = models.CharField(max_length=40)
    shop_domain = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500)
    body = models.TextField()
    signed_wrongly = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    status_code = models.PositiveIntegerField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]


class ApiCall(models.Model):
    """One call of the application to a stand-in, with what the fault switches did to it."""

    service = models.CharField(max_length=20)
    operation = models.CharField(max_length=120)
    status_code = models.PositiveIntegerField()
    fault = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()


class Fault(models.Model):
    """A fault switched on. `times` counts down; null means until it is switched off."""

    kind = models.CharField(max_length=40)
    service = models.CharField(max_length=20, blank=True)  # blank: every service
    operation = models.CharField(max_length=120, blank=True)  # blank: every call; else part of its name
    value = models.FloatField()  # seconds, milliseconds or a count, as the kind says
    times = models.PositiveIntegerField(null=True)
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "service", "operation"], name="one_switch_a_place")]


class Clock(models.Model):
    """One row. While it is paused, nothing at the printers moves unless it is told to."""

    paused = models.BooleanField(default=False)
