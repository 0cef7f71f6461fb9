"""Buckets that fill with what somebody asks of us and drain by themselves: one row, one conditional UPDATE each.

They hold without Redis, in every process, and know to the millisecond when there is room again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.crypto import salted_hmac

from accounts.models import Bucket

HOUR_MS = 3_600_000
DIGITS = 40  # of the subject's digest: rows name no address and no device


@dataclass(frozen=True, slots=True)
class Size:
    """What a bucket holds at most, and how much of it drains in an hour. Both in points."""

    points: int
    per_hour: int

    def ms(self, points: float) -> int:
        """How long so many points take to drain."""
        return round(points * HOUR_MS / self.per_hour)


@dataclass(frozen=True, slots=True)
class Pour:
    """So many points into the bucket of one subject: "account:…", "device:…", "network:…"."""

    subject: str
    size: Size
    points: int

    @property
    def key(self) -> str:
        return key_of(self.subject)


class Full(Exception):
    """No room in one of the buckets; there will be in `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"full for {wait_s} s")
        self.wait_s = wait_s


def key_of(subject: str) -> str:
    return salted_hmac("accounts.buckets", subject).hexdigest()[:DIGITS]


def pour(pours: Sequence[Pour], *, at: datetime) -> None:
    """Into all of them or into none. One statement a bucket that exists. Raises Full.

    The rows are taken in one order, so that two requests never wait for each other in a circle. Call it outside
    other transactions: a network's row is shared by everybody in it.
    """
    now_ms = _ms(at)
    with transaction.atomic():
        for each in sorted(pours, key=lambda each: each.key):
            wait_ms = _pour_one(each, now_ms)
            if wait_ms:
                transaction.set_rollback(True)
                raise Full(-(-wait_ms // 1000))


def level(subject: str, size: Size, *, at: datetime) -> float:
    """How many points are in the bucket now. One query."""
    empty_at_ms = Bucket.objects.filter(pk=key_of(subject)).values_list("empty_at_ms", flat=True).first() or 0
    return max(0, empty_at_ms - _ms(at)) * size.per_hour / HOUR_MS


def add_up(source: str, target: str, *, at: datetime) -> None:
    """What is in `source` comes on top of what is in `target`, and `source` goes. In the caller's transaction."""
    left_ms = Bucket.objects.filter(pk=key_of(source)).values_list("empty_at_ms", flat=True).first() or 0
    Bucket.objects.filter(pk=key_of(source)).delete()
    now_ms = _ms(at)
    if left_ms > now_ms:
        _ensure(key_of(target))
        Bucket.objects.filter(pk=key_of(target)).update(
            empty_at_ms=Greatest(F("empty_at_ms"), now_ms) + (left_ms - now_ms)
        )


def forget(*subjects: str) -> None:
    Bucket.objects.filter(pk__in=[key_of(subject) for subject in subjects]).delete()


def forget_empty(*, at: datetime) -> int:
    """Delete the rows of buckets that are empty: without a row they are as well."""
    return Bucket.objects.filter(empty_at_ms__lt=_ms(at)).delete()[0]


def _pour_one(each: Pour, now_ms: int) -> int:
    """0: done. Else the milliseconds until there is room."""
    cost_ms = each.size.ms(min(each.points, each.size.points))
    highest = now_ms + each.size.ms(each.size.points) - cost_ms
    row = Bucket.objects.filter(pk=each.key)
    filled = {"empty_at_ms": Greatest(F("empty_at_ms"), now_ms) + cost_ms}
    if row.filter(empty_at_ms__lte=highest).update(**filled):
        return 0
    _ensure(each.key)
    if row.filter(empty_at_ms__lte=highest).update(**filled):
        return 0
    return max(1, row.values_list("empty_at_ms", flat=True).get() - highest)


def _ensure(key: str) -> None:
    Bucket.objects.bulk_create([Bucket(key=key, empty_at_ms=0)], ignore_conflicts=True)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
