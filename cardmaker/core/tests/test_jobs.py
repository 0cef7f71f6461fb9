from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import transaction
from django_q.models import OrmQ

from cardmaker.core import inbox, jobs, queue, sweeping
from cardmaker.core.errors import Refused, Unavailable
from cardmaker.core.models import IllegalMove, Job, Period

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANNA = UUID(int=1)
BERT = UUID(int=2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ran() -> Iterator[list[str]]:
    """What the jobs named here did, in order."""
    log: list[str] = []
    kinds = dict(jobs.KINDS)
    jobs.register("test.note", log.append)
    jobs.register("test.slow_note", log.append, lane="slow")
    jobs.register("test.break", lambda subject: {}[subject])
    jobs.register("test.refuse", _refuse)
    jobs.register("test.unavailable", _unavailable)
    jobs.register("test.later", lambda subject: log.append(subject) or jobs.Later(5))
    yield log
    jobs.KINDS.clear()
    jobs.KINDS.update(kinds)


def _refuse(subject: str) -> None:
    raise Refused("The budget is spent.")


def _unavailable(subject: str) -> None:
    raise Unavailable("Gooten did not answer", retry_after=90)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_a_job_runs_once_however_often_its_queue_row_is_read(ran, clock):
    job = jobs.enqueue("test.note", "a")

    assert jobs.run(str(job.pk)) == "done"
    assert jobs.run(str(job.pk)) == "nothing"

    assert ran == ["a"]
    job.refresh_from_db()
    assert (job.state, job.attempts, job.finished_at, job.lease_until) == ("done", 1, NOON, None)


def test_a_job_of_a_rolled_back_transaction_never_existed(ran):
    with transaction.atomic():
        jobs.enqueue("test.note", "a")
        transaction.set_rollback(True)

    assert (Job.objects.count(), OrmQ.objects.count(), jobs.drain()) == (0, 0, 0)


def test_an_unregistered_kind_is_refused_where_it_is_enqueued(ran):
    with pytest.raises(jobs.UnknownKind):
        jobs.enqueue("test.nobody_registered_this")

    assert Job.objects.count() == 0


def test_the_queue_row_is_one_that_qcluster_reads(ran):
    job = jobs.enqueue("test.slow_note", "a", delay_s=30, at=NOON)

    row = OrmQ.objects.get(pk=job.queue_ref)
    assert (row.key, row.lock) == ("slow", NOON + timedelta(seconds=30))
    assert (row.task["func"], row.task["args"]) == ("cardmaker.core.jobs.run", (str(job.pk),))


def test_failures_back_off_and_end_stuck_at_the_fifth(ran, clock):
    job = jobs.enqueue("test.break", "a")
    waits = []

    for _ in range(5):
        clock.move_to(job.run_at)
        assert jobs.run(str(job.pk)) == "failed"
        before = job.run_at
        job.refresh_from_db()
        waits.append((job.run_at - before).total_seconds())

    assert waits == [2, 10, 60, 300, 0]
    assert (job.state, job.attempts, job.last_error) == ("stuck", 5, "KeyError")
    assert jobs.drain(ignore_delays=True) == 0


def test_a_job_waits_as_long_as_the_other_side_asks(ran, clock):
    job = jobs.enqueue("test.unavailable")

    jobs.run(str(job.pk))

    job.refresh_from_db()
    assert job.run_at == NOON + timedelta(seconds=90)
    assert job.last_error == "Unavailable: Gooten did not answer"


def test_only_our_own_errors_are_quoted(ran, clock):
    refused, broken = jobs.enqueue("test.refuse"), jobs.enqueue("test.break", "Anna Smith, 1 Main St")

    jobs.drain()

    refused.refresh_from_db()
    broken.refresh_from_db()
    assert (refused.last_error, broken.last_error) == ("Refused: The budget is spent.", "KeyError")


def test_later_runs_again_without_counting(ran, clock):
    job = jobs.enqueue("test.later", "a")

    for _ in range(7):
        assert jobs.run(str(job.pk)) == "later"
        clock.shift(5)

    job.refresh_from_db()
    assert (ran, job.attempts, job.state) == (["a"] * 7, 0, "queued")
    assert job.run_at == NOON + timedelta(seconds=35)


def test_a_job_is_not_run_before_its_time(ran, clock):
    job = jobs.enqueue("test.note", "a", delay_s=1)

    assert (jobs.run(str(job.pk)), jobs.drain(), ran) == ("nothing", 0, [])
    assert (jobs.drain(ignore_delays=True), ran) == (1, ["a"])


def test_a_stuck_job_can_be_revived_with_all_its_attempts(ran, clock):
    job = jobs.enqueue("test.break", "a")
    jobs.drain(ignore_delays=True)
    job.refresh_from_db()

    job.revive(at=NOON)

    assert (job.state, job.attempts, job.run_at) == ("queued", 0, NOON)
    assert OrmQ.objects.filter(pk=job.queue_ref, lock=NOON).count() == 1


def test_a_job_that_is_not_stuck_cannot_be_revived(ran):
    job = jobs.enqueue("test.note", "a", at=NOON)

    with pytest.raises(IllegalMove):
        job.revive(at=NOON)

    assert OrmQ.objects.count() == 1


def test_a_worker_that_lost_its_lease_records_nothing(ran, clock):
    job = jobs.enqueue("test.note", "a")
    slow = Job.objects.get(pk=job.pk)
    assert slow.take(worker="slow", lease_s=60, at=NOON)
    later = NOON + timedelta(seconds=76)
    assert Job.objects.get(pk=job.pk).take(worker="quick", lease_s=60, at=later)

    assert (slow.finish(at=later), slow.fail("late", run_at=later)) == (False, False)

    job.refresh_from_db()
    assert (job.state, job.worker, job.attempts, job.last_error) == ("running", "quick", 2, "")


def test_of_two_workers_one_takes_the_job(ran):
    job = jobs.enqueue("test.note", "a", at=NOON)
    first, second = Job.objects.get(pk=job.pk), Job.objects.get(pk=job.pk)

    assert first.take(worker="first", lease_s=60, at=NOON)
    assert not second.take(worker="second", lease_s=60, at=NOON)


def test_the_slow_lane_serves_the_account_with_the_fewest_running_jobs(ran, clock):
    for subject in ("anna 1", "anna 2", "anna 3"):
        jobs.enqueue("test.slow_note", subject, account_id=ANNA)
        clock.shift(1)
    bert = jobs.enqueue("test.slow_note", "bert 1", account_id=BERT)
    Job.objects.get(subject="anna 1").take(worker="other", lease_s=60, at=clock_now())

    jobs.run(str(Job.objects.get(subject="anna 2").pk))

    assert ran == ["bert 1"]
    # anna 2 was woken for nothing, so it must have inherited the wake-up of the job that ran instead.
    assert Job.objects.get(subject="anna 2").queue_ref == bert.queue_ref


def clock_now() -> datetime:
    return datetime.now(tz=UTC)


@pytest.fixture
def going_on(ran) -> None:
    jobs.register("test.go_on", lambda subject: ran.append(subject) or jobs.Later(0), lane="slow")


def step() -> None:
    """What the next wake-up of the slow lane does, whichever job it belongs to."""
    jobs.run(str(Job.objects.filter(lane="slow", state="queued").first().pk))


def test_who_lost_turns_to_a_slow_step_gets_them_back(ran, going_on, clock):
    for number, subject in enumerate(("anna", "bert", "cleo")):
        jobs.enqueue("test.go_on", subject, account_id=UUID(int=number))
        clock.shift(1)
    slow = Job.objects.fairest("slow", clock_now())
    slow.take(worker="other", lease_s=60, at=clock_now())
    for _ in range(6):  # meanwhile, on another worker
        clock.shift(1)
        step()
    clock.shift(1)
    slow.postpone(run_at=clock_now(), goes_on=True)
    assert ran == ["bert", "cleo"] * 3

    for _ in range(5):
        clock.shift(1)
        step()

    assert ran[6:] == ["anna", "anna", "bert", "cleo", "anna"]  # three turns each, then one after the other


@pytest.mark.parametrize("lost", [10, 100])
def test_only_so_many_turns_are_given_back(ran, going_on, clock, lost):
    behind = jobs.enqueue("test.go_on", "behind", account_id=ANNA)
    other = jobs.enqueue("test.go_on", "other", account_id=BERT)
    Job.objects.filter(pk=behind.pk).update(turns=3)
    Job.objects.filter(pk=other.pk).update(turns=3 + lost, run_at=NOON - timedelta(seconds=1))

    for _ in range(6):
        clock.shift(1)
        step()

    assert ran == ["behind"] * 4 + ["other", "behind"]


def test_one_that_just_came_waits_for_those_before_it_and_no_longer(ran, going_on, clock):
    first, second = (jobs.enqueue("test.go_on", who, account_id=UUID(int=n)) for n, who in enumerate(("one", "two")))
    Job.objects.filter(pk__in=[first.pk, second.pk]).update(turns=7)
    clock.shift(1)
    for number in range(3):  # somebody who asks for a lot at once
        jobs.enqueue("test.slow_note", f"new {number}", account_id=ANNA)

    for _ in range(5):
        clock.shift(1)
        step()

    assert sorted(ran[:2]) == ["one", "two"]
    assert sorted(ran[2:]) == ["new 0", "new 1", "new 2"]


def test_a_job_that_is_put_off_comes_back_like_a_new_one(ran, going_on, clock):
    jobs.register("test.poll", lambda subject: ran.append(subject) or jobs.Later(5), lane="slow")
    poll = jobs.enqueue("test.poll", "poll", account_id=ANNA)
    Job.objects.filter(pk=poll.pk).update(turns=2)

    step()

    poll.refresh_from_db()
    assert (poll.state, poll.turns, poll.run_at) == ("queued", None, NOON + timedelta(seconds=5))


def test_the_fair_choice_takes_three_queries(ran, django_assert_num_queries):
    for number in range(3):
        jobs.enqueue("test.slow_note", str(number), account_id=UUID(int=number), at=NOON, delay_s=number)

    with django_assert_num_queries(3):
        assert Job.objects.fairest("slow", NOON + timedelta(seconds=9)).subject == "0"


def test_a_dead_workers_job_is_freed_and_its_attempt_counts(ran):
    job = jobs.enqueue("test.note", "a", at=NOON)
    Job.objects.get(pk=job.pk).take(worker="dead", lease_s=60, at=NOON)

    assert (sweeping.release_worker("dead", at=NOON), sweeping.release_worker("dead", at=NOON)) == (1, 0)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.run_at, job.last_error) == ("queued", 1, NOON, "WorkerDied")
    assert OrmQ.objects.filter(pk=job.queue_ref).exists()


def test_a_job_cut_short_by_our_own_stop_keeps_its_attempts(ran):
    job = jobs.enqueue("test.note", "a", at=NOON)
    Job.objects.get(pk=job.pk).take(worker="stopped", lease_s=60, at=NOON)

    sweeping.release_worker("stopped", at=NOON, counted=False)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 0)


def test_a_job_that_kills_its_worker_is_stuck_after_five(ran):
    buried: list[tuple[str, str]] = []
    jobs.register("test.deadly", ran.append, on_stuck=lambda subject, error: buried.append((subject, error)))
    job = jobs.enqueue("test.deadly", "a", at=NOON)

    for _ in range(5):
        Job.objects.get(pk=job.pk).take(worker="dead", lease_s=60, at=NOON)
        sweeping.release_worker("dead", at=NOON)

    job.refresh_from_db()
    assert (job.state, job.attempts, buried) == ("stuck", 5, [("a", "WorkerDied")])


def test_the_sweeper_frees_leases_that_ran_out(ran):
    job = jobs.enqueue("test.note", "a", at=NOON)
    Job.objects.get(pk=job.pk).take(worker="elsewhere:1", lease_s=60, at=NOON)
    Period.objects.create(pk="core.scheduler", next_at=NOON + timedelta(days=1))

    sweeping.sweep(at=NOON + timedelta(seconds=80))
    assert Job.objects.get(pk=job.pk).state == "running"
    sweeping.sweep(at=NOON + timedelta(seconds=86))

    job.refresh_from_db()
    assert (job.state, job.last_error) == ("queued", "LeaseOver")


@pytest.mark.parametrize("loss", ["the row was lost", "the row died in a worker's hands"])
def test_the_sweeper_wakes_a_job_again(ran, loss):
    job = jobs.enqueue("test.note", "a", at=NOON)
    rows = OrmQ.objects.filter(pk=job.queue_ref)
    rows.delete() if loss == "the row was lost" else rows.update(lock=NOON + timedelta(seconds=420))
    Period.objects.create(pk="core.scheduler", next_at=NOON + timedelta(days=1))

    sweeping.sweep(at=NOON + timedelta(seconds=3))

    new = Job.objects.get(pk=job.pk).queue_ref
    assert new != job.queue_ref
    assert OrmQ.objects.get(pk=new).lock == NOON


def test_many_supervisors_start_a_periodic_job_once(ran):
    jobs.register("test.regular", ran.append, every_s=60)

    started = [jobs.start_due_periods(at=NOON) for _ in range(3)]

    assert started[1:] == [0, 0]
    assert Job.objects.filter(kind="test.regular").count() == 1


def test_a_periodic_job_comes_again_but_never_piles_up(ran):
    jobs.register("test.regular", ran.append, every_s=60)

    for minute in range(3):
        jobs.start_due_periods(at=NOON + timedelta(minutes=minute))
    assert Job.objects.filter(kind="test.regular").count() == 1

    jobs.drain()
    jobs.start_due_periods(at=NOON + timedelta(minutes=3))
    assert Job.objects.filter(kind="test.regular").count() == 2


def test_counts_say_what_ops_must_know(ran):
    jobs.enqueue("test.note", "a", at=NOON)
    jobs.enqueue("test.note", "b", at=NOON + timedelta(seconds=100))
    running = jobs.enqueue("test.slow_note", "c", at=NOON)
    Job.objects.get(pk=running.pk).take(worker="w", lease_s=60, at=NOON)

    assert jobs.counts(at=NOON + timedelta(seconds=30)) == {
        "fast": {"queued": 2, "running": 0, "stuck": 0, "oldest_s": 30},
        "slow": {"queued": 0, "running": 1, "stuck": 0, "oldest_s": 0},
    }


def test_an_attempt_takes_three_statements(ran, django_assert_num_queries):
    job = jobs.enqueue("test.note", "a")

    with django_assert_num_queries(3):
        jobs.run(str(job.pk))


def test_a_queue_row_with_a_wrong_signature_is_dropped_and_replaced(ran, settings):
    from cardmaker.core.lane import LaneWorker

    job = jobs.enqueue("test.note", "a")
    OrmQ.objects.filter(pk=job.queue_ref).update(payload="forged:1:2")

    LaneWorker("fast", parent=0).turn()

    assert (ran, OrmQ.objects.count()) == ([], 0)
    assert list(Job.objects.asleep(job.run_at + timedelta(seconds=3), overdue_s=2)) == [job]


def test_the_lane_worker_takes_the_rows_of_its_lane(ran):
    from cardmaker.core.lane import LaneWorker

    jobs.enqueue("test.note", "fast")
    jobs.enqueue("test.slow_note", "slow")

    LaneWorker("slow", parent=0).turn()

    assert (ran, OrmQ.objects.count()) == (["slow"], 1)


@pytest.mark.django_db(transaction=True)
def test_what_ops_schedule_in_django_q_runs_too(ran):
    from django_q.models import Schedule, Task

    from cardmaker.core.lane import LaneWorker

    Schedule.objects.create(func="math.factorial", args="4", schedule_type=Schedule.ONCE, next_run=NOON, name="four")
    Schedule.objects.create(func="math.sqrt", args="-1", schedule_type=Schedule.ONCE, next_run=NOON, name="bad")
    sweeping.run_scheduler()

    LaneWorker("fast", parent=0).turn()
    LaneWorker("fast", parent=0).turn()

    assert list(Task.objects.values_list("group", "success")) == [("bad", False)]
    assert OrmQ.objects.count() == 0


def test_unpack_gives_back_what_was_pushed():
    ref = queue.push(ANNA, "test.note", lane="fast", run_at=NOON)

    assert queue.unpack(OrmQ.objects.get(pk=ref).payload)["args"] == (str(ANNA),)
    assert inbox.InboxEvent.objects.count() == 0
