"""What keeps the queue whole: jobs of dead workers, lost wake-ups, periodic jobs. Every part is safe to repeat."""

import logging
from datetime import datetime, timedelta

from cardmaker.core import jobs
from cardmaker.core.machine import is_alive, machine
from cardmaker.core.models import Beat, Job, Period

logger = logging.getLogger(__name__)

SWEEP_S = 2.0
# Between taking a queue row and taking its job lie milliseconds; a job asleep this long has lost its wake-up.
ASLEEP_S = 2.0
# The worker's own supervisor kills a hanging worker first; other machines step in only when it did not.
LEASE_OVER_S = 10
BATCH = 500
SCHEDULER_S = 30
BEATS_KEPT = timedelta(days=1)


def sweep(*, at: datetime) -> None:
    """One round. Any number of supervisors may call it: one of them has the turn."""
    release_dead_here(at=at)
    if not Period.turn("core.sweep", every_s=SWEEP_S, at=at):
        return
    for job in Job.objects.filter(state="running", lease_until__lt=at - timedelta(seconds=LEASE_OVER_S))[:BATCH]:
        free(job, "LeaseOver", at=at)
    for job in Job.objects.asleep(at, overdue_s=ASLEEP_S)[:BATCH]:
        job.wake_again()
    jobs.start_due_periods(at=at)
    if Period.turn("core.scheduler", every_s=SCHEDULER_S, at=at):
        run_scheduler()


def release_worker(name: str, *, at: datetime, counted: bool = True) -> int:
    """Free what a dead worker held. Not `counted`: we ended it, so the job keeps the attempt."""
    held = list(Job.objects.filter(state="running", worker=name))
    for job in held:
        free(job, "WorkerDied", at=at, counted=counted)
    return len(held)


def release_dead_here(*, at: datetime) -> None:
    """Free what dead processes of this machine still hold, left behind when a whole supervisor was killed."""
    for job in Job.objects.filter(state="running", worker__startswith=machine() + ":"):
        if not is_alive(int(job.worker.rpartition(":")[2])):
            free(job, "WorkerDied", at=at)


def free(job: Job, error: str, *, at: datetime, counted: bool = True) -> None:
    if not job.release(error, at=at, counted=counted):
        return
    logger.warning("%s %s taken from %s: %s, attempt %d", job.kind, job.pk, job.worker, error, job.attempts)
    if job.state == "stuck":
        jobs.bury(job)


def beat(name: str, *, started_at: datetime, children: dict[str, int], at: datetime) -> None:
    """Show that a supervisor lives."""
    facts = {"beat_at": at, "children": children, "started_at": started_at}
    Beat.objects.update_or_create(supervisor=name, defaults=facts)
    Beat.objects.filter(beat_at__lt=at - BEATS_KEPT).delete()


def run_scheduler() -> None:
    """Let django-q2 queue what ops scheduled in its admin pages."""
    from django_q.scheduler import scheduler

    scheduler()
