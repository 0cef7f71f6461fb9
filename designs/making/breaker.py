"""The circuit breaker of each outside model: rows that all processes share, changed by one UPDATE a call."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, F, Q, Value, When

from designs.models import ModelHealth

OPENS_AFTER = 3  # failures in a row
SHORTEST = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)
# What goes by itself is tried soon again; a key, a credit or a model that is gone waits for a person.
AT_ONCE = {
    "rate_limited": SHORTEST,
    "auth": LONGEST,
    "quota_or_credit": LONGEST,
    "not_available": LONGEST,
}
PROBE = timedelta(seconds=60)  # while one call tries whether a model is back, the others keep off it
WEIGHT = 0.1  # of the newest call in the running averages


def went_well(model_id: int, *, took_ms: float, at: datetime) -> None:
    """A call was answered, be it by a refusal of what was asked: the model works."""
    latency = Case(
        When(latency_ms=None, then=Value(took_ms)),
        default=F("latency_ms") * (1 - WEIGHT) + Value(took_ms * WEIGHT),
        output_field=models.FloatField(),
    )
    _health(model_id).update(
        failures=0,
        open_until=None,
        calls=F("calls") + 1,
        error_share=F("error_share") * (1 - WEIGHT),
        latency_ms=latency,
        last_ok_at=at,
    )


def went_wrong(model_id: int, reason: str, *, retry_after_s: int | None = None, at: datetime) -> None:
    """A call failed for a reason that is the provider's. The third in a row opens the breaker, some at once."""
    health = _health(model_id)
    health.update(
        failures=F("failures") + 1,
        calls=F("calls") + 1,
        error_share=F("error_share") * (1 - WEIGHT) + WEIGHT,
        last_error=reason[:40],
        last_error_at=at,
    )
    failures = health.values_list("failures", flat=True).get()
    opened_for = _opened_for(reason, failures, retry_after_s)
    if opened_for:
        later = Q(open_until=None) | Q(open_until__lt=at + opened_for)
        health.filter(later).update(open_until=at + opened_for)


def may_try(model_id: int, *, at: datetime) -> bool:
    """Whether a call may go there now. After an open breaker's time one caller may, who then shuts others out."""
    health = ModelHealth.objects.filter(model_id=model_id).first()
    if health is None or health.open_until is None:
        return True
    if health.open_until > at:
        return False
    probing = ModelHealth.objects.filter(pk=health.pk, open_until=health.open_until)
    return probing.update(open_until=at + PROBE) == 1


def _opened_for(reason: str, failures: int, retry_after_s: int | None) -> timedelta | None:
    if reason in AT_ONCE:
        asked = timedelta(seconds=retry_after_s or 0)
        return min(max(AT_ONCE[reason], asked), LONGEST)
    if failures < OPENS_AFTER:
        return None
    doubled: timedelta = SHORTEST * 2 ** min(failures - OPENS_AFTER, 10)
    return min(doubled, LONGEST)


def _health(model_id: int) -> models.QuerySet[ModelHealth]:
    rows = ModelHealth.objects.filter(model_id=model_id)
    if not rows.exists():
        ModelHealth.objects.bulk_create([ModelHealth(model_id=model_id)], ignore_conflicts=True)
    return rows
