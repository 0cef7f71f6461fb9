"""How the services of other people do, for the console: what each process saw is added to rows that all can read.

Workers write between tasks, a web process in a thread of its own, both at most every few seconds, and every process
when it ends: no call, no request and no transaction waits for it.
"""

import atexit
import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import F, Max, Q, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from cardmaker.core.http import Tally, take_tallies
from cardmaker.core.models import OutsideHour

logger = logging.getLogger(__name__)

EVERY_S = 10.0
KEPT = timedelta(days=14)
LOOKED_AT = timedelta(hours=24)
FAILING_PERCENT = 10

_next_at = 0.0  # on the monotonic clock


@dataclass(frozen=True, slots=True)
class Service:
    """One service over the last 24 hours. `typical_ms` is the mean; None where nothing was called."""

    name: str
    calls: int
    failures: int
    typical_ms: int | None
    slowest_ms: int
    last_ok_at: datetime | None
    last_failed_at: datetime | None

    @property
    def failed_percent(self) -> float | None:
        return 100 * self.failures / self.calls if self.calls else None

    @property
    def is_failing(self) -> bool:
        """More than a tenth failed, or the last we heard of it was a failure."""
        newer = self.last_failed_at and (self.last_ok_at is None or self.last_failed_at > self.last_ok_at)
        return bool(self.calls and newer) or (self.failed_percent or 0) > FAILING_PERCENT


def write_down(*, at: datetime, now: bool = False) -> int:
    """Add what this process saw to the hour's rows; how many services. Mostly it is not yet time."""
    global _next_at
    if not now and time.monotonic() < _next_at:
        return 0
    _next_at = time.monotonic() + EVERY_S
    taken = take_tallies()
    for name, tally in sorted(taken.items()):
        _add(name[:60], tally, at=at)
    return len(taken)


def write_rest() -> None:
    """What is left to write when a process, or a turn of the web's thread, ends. A missing database is only logged."""
    try:
        write_down(at=timezone.now(), now=True)
    except DatabaseError:
        logger.warning("what was seen of other people's services could not be written down", exc_info=True)


def keep_writing(*, every_s: float = EVERY_S) -> Event:
    """Write in a thread of its own until the event that is answered is set, and once more when the process ends."""
    ended = Event()
    Thread(target=_write_until, args=(ended, every_s), name="outside", daemon=True).start()
    atexit.register(write_rest)
    return ended


def services(*, at: datetime) -> list[Service]:
    """Every service that was called in the last two weeks, by name. One query."""
    recent = Q(starts_at__gt=at - LOOKED_AT)
    sums = {name: Coalesce(Sum(name, filter=recent), 0) for name in ("calls", "failures", "total_ms")}
    rows = (
        OutsideHour.objects.filter(starts_at__gt=at - KEPT)
        .values("name")
        .annotate(
            **{f"{name}_sum": total for name, total in sums.items()},
            slowest=Coalesce(Max("slowest_ms", filter=recent), 0),
            ok_at=Max("last_ok_at"),
            failed_at=Max("last_failed_at"),
        )
    )
    return [_service(row) for row in rows.order_by("name")]


def _write_until(ended: Event, every_s: float) -> None:
    while not ended.wait(every_s):
        write_rest()
        connections.close_all()  # this thread's own: it needs one for a moment in ten seconds


def _service(row: Any) -> Service:
    calls = row["calls_sum"]
    return Service(
        name=row["name"],
        calls=calls,
        failures=row["failures_sum"],
        typical_ms=round(row["total_ms_sum"] / calls) if calls else None,
        slowest_ms=row["slowest"],
        last_ok_at=row["ok_at"],
        last_failed_at=row["failed_at"],
    )


def _add(name: str, tally: Tally, *, at: datetime) -> None:
    hour = at.replace(minute=0, second=0, microsecond=0)
    if _added(name, hour, tally):
        return
    with transaction.atomic():  # nobody sees the new hour before its first calls are in it
        OutsideHour.objects.bulk_create([OutsideHour(name=name, starts_at=hour)], ignore_conflicts=True)
        OutsideHour.objects.filter(name=name, starts_at__lt=at - KEPT).delete()
        _added(name, hour, tally)


def _added(name: str, hour: datetime, tally: Tally) -> int:
    times = {"last_ok_at": tally.last_ok_at, "last_failed_at": tally.last_failed_at}
    return OutsideHour.objects.filter(name=name, starts_at=hour).update(
        calls=F("calls") + tally.calls,
        failures=F("failures") + tally.failures,
        total_ms=F("total_ms") + tally.total_ms,
        slowest_ms=Greatest(F("slowest_ms"), tally.slowest_ms),
        **{field: moment for field, moment in times.items() if moment},
    )
