"""Jobs: registering what can be done, queueing it with the data it belongs to, running it once.

A handler gets the job's subject (a key, as text), makes one domain call and lets errors rise. It may run twice.
"""

import logging
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import Count, Min
from django.utils import timezone

from cardmaker.core import queue
from cardmaker.core.errors import Refused, Unavailable
from cardmaker.core.machine import machine
from cardmaker.core.models.job import LANES, Job, Period
from cardmaker.core.models.records import Event
from cardmaker.core.timelimit import TimedOut, time_limit

logger = logging.getLogger(__name__)

# Of two workers that wake at once one takes the fairest job. The other takes the next one: a wake-up given up here
# would leave a job asleep until the sweeper comes by.
FAIREST_TRIES = 4


@dataclass(frozen=True, slots=True)
class Later:
    """A handler's answer "run me again in so many seconds". Counts no attempt. `why` is shown to ops meanwhile."""

    seconds: float
    why: str = ""


Handler = Callable[[str], Later | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands behind the name of a job. `timeout_s` bounds one attempt; `on_stuck(subject, error)` buries it."""

    name: str
    handler: Handler
    lane: str
    timeout_s: int
    every_s: int | None
    on_stuck: Callable[[str, str], None] | None


class UnknownKind(LookupError):
    """No app registered this kind of job."""


KINDS: dict[str, Kind] = {}


def register(
    kind: str,
    handler: Handler,
    *,
    lane: Literal["fast", "slow"] = "fast",
    timeout_s: int = 60,
    every_s: int | None = None,
    on_stuck: Callable[[str, str], None] | None = None,
) -> None:
    """Name a kind of job, in `AppConfig.ready()`. With `every_s` it runs by itself that often, subject empty."""
    KINDS[kind] = Kind(kind, handler, lane, timeout_s, every_s, on_stuck)


def enqueue(
    kind: str,
    subject: object = "",
    *,
    account_id: UUID | None = None,
    delay_s: float = 0,
    at: datetime | None = None,
    step: Event | None = None,
) -> Job:
    """Queue a job inside the caller's transaction: it commits, or is rolled back, with the data it belongs to.

    `step`: of the funnel (`events.step`), written along.
    """
    run_at = (at or timezone.now()) + timedelta(seconds=delay_s)
    job = unqueued(kind, subject, account_id=account_id, run_at=run_at)
    job.queue(step)
    return job


def unqueued(kind: str, subject: object = "", *, account_id: UUID | None = None, run_at: datetime) -> Job:
    """The job that `enqueue` would write."""
    return Job(kind=kind, subject=str(subject), lane=_kind(kind).lane, account_id=account_id, run_at=run_at)


def run(job_id: str) -> str:
    """What a queue row calls, in our worker and in `qcluster`. Returns done, later, failed or nothing.

    In the slow lane the row is only a wake-up: the fairest due job runs, whichever row woke us.
    """
    at = timezone.now()
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        return "nothing"
    if job.lane != "slow":
        return attempt(job, worker=worker_name(), at=at)
    for _ in range(FAIREST_TRIES):
        fairest = _fairest_instead(job, at)
        ended = "nothing" if fairest is None else attempt(fairest, worker=worker_name(), at=at)
        if fairest is None or ended != "nothing":
            return ended
    return "nothing"


def worker_name(pid: int | None = None) -> str:
    """How a process of this machine signs the jobs it holds, so that its supervisor can free them when it is dead."""
    return f"{machine()}:{pid or os.getpid()}"


def attempt(job: Job, *, worker: str, at: datetime) -> str:
    """Make one attempt at `job` and record how it ended. Raises nothing that the handler raised, except TimedOut."""
    kind = KINDS.get(job.kind)
    if not job.take(worker=worker, lease_s=kind.timeout_s if kind else 0, at=at):
        return "nothing"
    try:
        with time_limit(kind.timeout_s if kind else 0):
            answer = _kind(job.kind).handler(job.subject)
    except TimedOut as exc:
        connections.close_all()  # the signal may have come in the middle of a statement
        _failed(job, exc)
        raise
    except Exception as exc:  # noqa: BLE001 - whatever a handler raises is this job's failure, not the worker's
        return _failed(job, exc)
    return _answered(job, answer)


def drain(*, limit: int = 1000, ignore_delays: bool = False) -> int:
    """For tests: run due jobs in this process until none is left; how many attempts were made."""
    for count in range(limit):
        at = timezone.now()
        waiting = Job.objects.filter(state="queued") if ignore_delays else Job.objects.due(at)
        job = waiting.order_by("run_at", "created_at").first()
        if job is None:
            return count
        old_row = job.queue_ref
        attempt(job, worker="drain", at=max(at, job.run_at))
        queue.forget(old_row)
    return limit


def start_due_periods(*, at: datetime) -> int:
    """Queue every periodic kind whose time has come, unless the last one is still waiting or running."""
    due = [kind.name for kind in KINDS.values() if kind.every_s and Period.turn(kind.name, every_s=kind.every_s, at=at)]
    open_jobs = Job.objects.filter(kind__in=due, state__in=["queued", "running"])
    idle = set(due) - set(open_jobs.values_list("kind", flat=True))
    for name in idle:
        enqueue(name, at=at)
    return len(idle)


def hasten(why: str, *, at: datetime) -> int:
    """Run the jobs that were put off for this reason (it begins with `why`) now: it is gone. Answers how many."""
    waiting = Job.objects.filter(lane__in=LANES, state=Job.State.QUEUED, last_error__startswith=why, run_at__gt=at)
    return sum(job.hasten(at=at) for job in list(waiting))


def counts(*, at: datetime) -> dict[str, dict[str, int]]:
    """Per lane: how many are queued, running and stuck, and `oldest_s`, how long the first due job has waited."""
    table = {lane: {"queued": 0, "running": 0, "stuck": 0, "oldest_s": 0} for lane in LANES}
    # The lanes and states are named, not excluded: so the index answers, whatever heap of done jobs there is.
    open_jobs = Job.objects.filter(lane__in=LANES, state__in=["queued", "running", "stuck"])
    for lane, state, count in open_jobs.values_list("lane", "state").annotate(count=Count("pk")):
        table[lane][state] = count
    due = Job.objects.filter(lane__in=LANES, state="queued", run_at__lte=at)
    for lane, first in due.values_list("lane").annotate(first=Min("run_at")):
        table[lane]["oldest_s"] = int((at - first).total_seconds())
    return table


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise UnknownKind(name)
    return KINDS[name]


def _fairest_instead(woken: Job, at: datetime) -> Job | None:
    fairest = Job.objects.fairest(woken.lane, at)
    if fairest is not None and fairest.pk != woken.pk:
        # Our wake-up is spent on the other one; the other one's will do for us.
        Job.objects.filter(pk=woken.pk, state="queued").update(queue_ref=fairest.queue_ref)
    return fairest


def _answered(job: Job, answer: Later | None) -> str:
    at = timezone.now()
    if isinstance(answer, Later):
        job.postpone(run_at=at + timedelta(seconds=answer.seconds), why=answer.why, goes_on=answer.seconds == 0)
        return "later"
    job.finish(at=at)
    return "done"


def _failed(job: Job, exc: BaseException) -> str:
    error = _describe(exc)
    job.fail(error, run_at=timezone.now() + timedelta(seconds=_back_off(job.attempts, exc)))
    # The frames, not the message: that quotes rows and requests, and no personal data belongs in a log.
    where = "" if isinstance(exc, Refused | Unavailable) else "\n" + "".join(traceback.format_tb(exc.__traceback__))
    logger.warning("%s %s failed, attempt %d: %s%s", job.kind, job.pk, job.attempts, error, where)
    if job.state == "stuck":
        bury(job)
    return "failed"


def bury(job: Job) -> None:
    """Tell whoever registered the kind that this job will not run again by itself."""
    kind = KINDS.get(job.kind)
    if kind and kind.on_stuck:
        kind.on_stuck(job.subject, job.last_error)


def _back_off(attempts: int, exc: BaseException) -> float:
    waits = settings.JOB_BACKOFF_S
    wait = float(waits[min(attempts, len(waits)) - 1])
    asked = exc.retry_after if isinstance(exc, Unavailable) else None
    return max(wait, asked or 0)


def _describe(exc: BaseException) -> str:
    # Messages of other people's exceptions quote rows and requests; ours are written for people and hold none.
    name = type(exc).__name__
    return f"{name}: {exc}" if isinstance(exc, Refused | Unavailable) else name
