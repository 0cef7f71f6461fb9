"""The funnel log and the answers kept for repeated requests."""

from django.db import models


class Event(models.Model):
    """One step of somebody's way from a visit to a delivered card. Append-only, no personal data."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True, blank=True)
    shop_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["name", "at"], name="event_name_at"),
            models.Index(fields=["account_id", "at"], name="event_account_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}".strip()


class IdempotencyKey(models.Model):
    """The first answer to a POST, given again to whoever repeats it with the same key and body."""

    scope = models.CharField(max_length=64)  # SHA-256 of who asked and where, so that keys of strangers never meet
    key = models.CharField(max_length=200)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_key_age")]

    def __str__(self) -> str:
        return self.key
