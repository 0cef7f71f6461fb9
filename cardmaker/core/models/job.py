"""The row behind every task: what is to be done, how often it was tried, who holds it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, models, transaction
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Greatest

from cardmaker.core import queue, shortpath
from cardmaker.core.errors import Refused
from cardmaker.core.models.base import PublicRow

if TYPE_CHECKING:
    from cardmaker.core.models.records import Event

LANES = ("fast", "slow")
# A worker past its time-out by this much hangs where no signal reaches it: it is killed and its job goes to another.
LEASE_GRACE_S = 15
# Who lost turns to a slow step gets so many of them back, and no more: the others wait meanwhile.
CATCH_UP_TURNS = 4


class IllegalMove(Refused):
    """The row is not in a state from which this can be done."""

    code = "illegal_move"


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> "JobQuerySet":
        """Queued and not before its time, or left behind by a worker whose lease ran out."""
        return self.filter(Q(state="queued", run_at__lte=at) | Q(state="running", lease_until__lt=at))

    def asleep(self, at: datetime, *, overdue_s: float) -> "JobQuerySet":
        """Due for a while without a queue row that could wake a worker: it was lost, or died in a worker's hands."""
        from django_q.models import OrmQ

        wakes = OrmQ.objects.filter(pk=OuterRef("queue_ref"), lock__lte=at)
        return self.filter(~Exists(wakes), state="queued", run_at__lt=at - timedelta(seconds=overdue_s))

    def fairest(self, lane: str, at: datetime) -> "Job | None":
        """The next due job of the account with the fewest running ones, least served first, then oldest. Three queries.

        Its `turns` are what it goes on from: one that just came counts as served as often as the least of the others.
        """
        held = self.filter(lane=lane, state="running", lease_until__gte=at, account_id__isnull=False)
        running = held.values_list("account_id").annotate(count=Count("pk"))
        busy = [When(account_id=account, then=Value(count)) for account, count in running]
        load = Case(*busy, default=Value(0), output_field=models.IntegerField()) if busy else Value(0)
        due = self.due(at).filter(lane=lane).annotate(running=load, turn=self._turn(lane, at))
        job = due.order_by("running", "turn", "run_at", "pk").first()
        if job is not None:
            job.turns = vars(job)["turn"]  # annotated above
        return job

    def _turn(self, lane: str, at: datetime) -> "Greatest | Value":
        waiting_or_running = self.due(at) | self.filter(state="running")
        served = waiting_or_running.filter(lane=lane).aggregate(least=Min("turns"), most=Max("turns"))
        if served["most"] is None:
            return Value(0)
        return Greatest(Coalesce(F("turns"), Value(served["least"])), Value(served["most"] - CATCH_UP_TURNS))


class Job(PublicRow):
    """One task. It may run twice and has one effect; after MAX_ATTEMPTS failures it is stuck until ops revive it."""

    MAX_ATTEMPTS = 5

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        STUCK = "stuck"

    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    lane = models.CharField(max_length=8, default="fast")
    account_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    run_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    # Steps taken one right after the other, of a job of the slow lane. None: it just came, or was put off for a while.
    turns = models.IntegerField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The django-q2 row that will wake a worker for this job. Not a foreign key: the queue deletes its rows by itself.
    queue_ref = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["lane", "state", "run_at"], name="job_due"),
            models.Index(fields=["kind", "subject"], name="job_subject"),
            models.Index(fields=["-run_at", "-id"], name="job_newest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                name="job_running_has_lease", condition=~Q(state="running") | Q(lease_until__isnull=False)
            ),
            models.CheckConstraint(
                name="job_done_has_finished_at", condition=~Q(state="done") | Q(finished_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}".strip()

    def take(self, *, worker: str, lease_s: float, at: datetime) -> bool:
        """Start an attempt, counted before anything is done: a task that kills its worker must not run for ever.

        False: someone else has it, or it is not due any more.
        """
        lease = at + timedelta(seconds=lease_s + LEASE_GRACE_S)
        free = Job.objects.due(at).filter(pk=self.pk, attempts__lt=self.MAX_ATTEMPTS)
        changes = {"worker": worker, "lease_until": lease, "turns": self.turns}
        taken = free.update(state="running", attempts=F("attempts") + 1, **changes)
        if taken:
            self.state, self.worker, self.lease_until = self.State.RUNNING, worker, lease
            self.attempts += 1
        return taken == 1

    def finish(self, *, at: datetime) -> bool:
        """Done. False: the lease was lost meanwhile, and whoever has it decides."""
        return self._conclude(state="done", finished_at=at, last_error="")

    def postpone(self, *, run_at: datetime, why: str = "", goes_on: bool = False) -> bool:
        """Run again at `run_at`; this attempt does not count. `goes_on`: at once, so that it was served a turn."""
        turns = (self.turns or 0) + 1 if goes_on else None
        return self._requeue(run_at, attempts=self.attempts - 1, last_error=why[:500], turns=turns)

    def hasten(self, *, at: datetime) -> bool:
        """Run a queued job now instead of later. False: somebody has taken it meanwhile."""
        with transaction.atomic():
            waiting = Job.objects.filter(pk=self.pk, state=self.State.QUEUED, run_at__gt=at)
            return waiting.update(run_at=at, queue_ref=self._wake(at)) == 1

    def fail(self, error: str, *, run_at: datetime) -> bool:
        """Record a failed attempt: again at `run_at`, or stuck when it was the last one."""
        if self.attempts >= self.MAX_ATTEMPTS:
            return self._conclude(state="stuck", last_error=error[:500])
        return self._requeue(run_at, last_error=error[:500])

    def release(self, error: str, *, at: datetime, counted: bool = True) -> bool:
        """Take the job from a worker that is gone: queued at once, or stuck when that was its last attempt."""
        if counted and self.attempts >= self.MAX_ATTEMPTS:
            return self._conclude(state="stuck", last_error=error)
        return self._requeue(at, attempts=self.attempts - (0 if counted else 1), last_error=error)

    def wake_again(self) -> None:
        """Give a queued job whose wake-up got lost a new one."""
        Job.objects.filter(pk=self.pk, state="queued").update(queue_ref=self._wake(self.run_at))

    def revive(self, *, at: datetime) -> None:
        """Send a stuck job again, with all its attempts. Raises IllegalMove unless it is stuck."""
        with transaction.atomic():
            changes = {"state": "queued", "attempts": 0, "run_at": at, "queue_ref": self._wake(at)}
            if not Job.objects.filter(pk=self.pk, state="stuck").update(**changes):
                raise IllegalMove(f"{self.kind} is not stuck")
        self.refresh_from_db()

    def _requeue(self, run_at: datetime, **changes: object) -> bool:
        # The new queue row commits with the new state; the old one is acknowledged by whoever took it.
        with transaction.atomic():
            queue_ref = self._wake(run_at)
            if self._conclude(state="queued", run_at=run_at, queue_ref=queue_ref, **changes):
                return True
            transaction.set_rollback(True)
        return False

    def _conclude(self, **changes: object) -> bool:
        mine = Job.objects.filter(pk=self.pk, state="running", worker=self.worker)
        concluded = mine.update(lease_until=None, **changes)
        for name, value in changes.items():
            setattr(self, name, value)
        return concluded == 1

    def _wake(self, run_at: datetime) -> int | None:
        return queue.push(self.pk, self.kind, lane=self.lane, run_at=run_at)

    def queue(self, step: "Event | None" = None) -> None:
        """Write a new job and the queue row that wakes a worker for it, inside the caller's transaction.

        `step`: of the funnel, written along.
        """
        if shortpath.there_is_one():
            self.queue_ref = shortpath.queue_job(self, step)
            self._state.adding, self._state.db = False, connection.alias
            return
        with transaction.atomic():
            self.queue_ref = self._wake(self.run_at)
            self.save(force_insert=True)
            if step is not None:
                step.save(force_insert=True)


class Period(models.Model):
    """When something regular is next due. A conditional UPDATE lets exactly one of many supervisors have each turn."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def turn(cls, name: str, *, every_s: float, at: datetime) -> bool:
        """True for the one caller who may act now; the next turn is `every_s` seconds after `at`."""
        following = at + timedelta(seconds=every_s)
        if cls.objects.filter(pk=name, next_at__lte=at).update(next_at=following):
            return True
        if cls.objects.filter(pk=name).exists():
            return False
        return cls.objects.get_or_create(pk=name, defaults={"next_at": following})[1]


class Beat(models.Model):
    """The sign of life of one worker supervisor, for the health page."""

    supervisor = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    children = models.JSONField(default=dict)  # lane -> how many live children

    def __str__(self) -> str:
        return self.supervisor
