"""The funnel log, the answers kept for repeated requests, and how other people's services do."""

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
            models.Index(fields=["subject"], name="event_subject"),
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


class Reckoning(models.Model):
    """What a part of the console's start page said last: reckoned by a job, so that nobody waits for a month's sums."""

    name = models.CharField(max_length=120, primary_key=True)
    answer = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class OutsideHour(models.Model):
    """One hour of our calls to one service of somebody else: how many, how many failed, how long they took."""

    name = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    calls = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    total_ms = models.PositiveBigIntegerField(default=0)
    slowest_ms = models.PositiveIntegerField(default=0)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "starts_at"], name="outside_hour_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_at:%Y-%m-%d %H}:00"
