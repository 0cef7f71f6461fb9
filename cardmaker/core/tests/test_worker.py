"""The worker as real processes that are really killed, on whichever database the tests run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from cardmaker.core import jobs
from cardmaker.core.machine import is_alive
from cardmaker.core.models import Beat, Job
from cardmaker.core.tests.probe.kinds import register_all

PROBE_SETTINGS = "cardmaker.core.tests.probe.settings"

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _probe_kinds() -> Iterator[None]:
    kinds = dict(jobs.KINDS)
    register_all()
    yield
    jobs.KINDS.clear()
    jobs.KINDS.update(kinds)


@pytest.fixture
def start_worker(process_env, scratch) -> Iterator[Callable[..., subprocess.Popen]]:
    started: list[subprocess.Popen] = []

    def start(**env: str) -> subprocess.Popen:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
        process = subprocess.Popen(command, env=process_env | {"DJANGO_SETTINGS_MODULE": PROBE_SETTINGS} | env)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=60)


def until(what: Callable[[], object], *, within_s: float = 60.0) -> None:
    """Wait long: a busy machine takes ten seconds to start a worker, and only a failure waits that long."""
    deadline = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def words(path: Path) -> list[str]:
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []


def state_of(job: Job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def child_pids(supervisor: subprocess.Popen) -> list[int]:
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text()
    return [int(pid) for pid in children.split()]


def ready() -> bool:
    return any(sum(beat.children.values()) == 2 for beat in Beat.objects.all())


def test_both_lanes_are_served(start_worker, scratch):
    start_worker()
    fast = jobs.enqueue("probe.steps", scratch / "fast")
    slow = jobs.enqueue("probe.steps_slow_lane", scratch / "slow")

    until(lambda: state_of(fast) == state_of(slow) == "done")

    assert (words(scratch / "fast"), words(scratch / "slow")) == (["worked"], ["worked"])


@pytest.mark.parametrize(("point", "worked"), [("probe.before", 1), ("probe.after", 2)])
def test_a_worker_killed_in_its_job_is_replaced_and_the_job_runs_again(start_worker, scratch, point, worked):
    start_worker(CARDMAKER_CRASH_POINT=f"{point}@{scratch / 'marker'}")
    job = jobs.enqueue("probe.steps", scratch / "log")

    until(lambda: state_of(job) == "done")

    job.refresh_from_db()
    assert (words(scratch / "log"), job.attempts) == (["worked"] * worked, 2)


def test_a_job_that_always_kills_its_worker_ends_stuck(start_worker, scratch):
    start_worker(CARDMAKER_CRASH_POINT="probe.after")
    job = jobs.enqueue("probe.steps", scratch / "log")

    until(lambda: state_of(job) == "stuck")

    job.refresh_from_db()
    assert (words(scratch / "log"), job.attempts, job.last_error) == (["worked"] * 5, 5, "WorkerDied")


def test_a_dead_childs_job_is_queued_again_long_before_its_lease_ends(start_worker, scratch):
    start_worker()
    job = jobs.enqueue("probe.slowly", scratch / "log")
    until(lambda: words(scratch / "log") == ["began"])
    holder = int(Job.objects.get(pk=job.pk).worker.rpartition(":")[2])

    os.kill(holder, signal.SIGKILL)

    until(lambda: Job.objects.get(pk=job.pk).last_error == "WorkerDied", within_s=10)
    until(lambda: state_of(job) == "done")
    assert words(scratch / "log") == ["began", "began", "ended"]


def test_failures_back_off_and_end_stuck(start_worker, scratch):
    start_worker()
    job = jobs.enqueue("probe.unavailable", scratch / "log")

    until(lambda: state_of(job) == "stuck")

    assert words(scratch / "log") == ["asked"] * 5


def test_a_job_that_asks_for_later_goes_on(start_worker, scratch):
    start_worker()
    job = jobs.enqueue("probe.in_three_parts", scratch / "log")

    until(lambda: state_of(job) == "done")

    job.refresh_from_db()
    assert (words(scratch / "log"), job.attempts) == (["part"] * 3, 1)


def test_a_job_over_its_time_is_a_failed_attempt(start_worker, scratch):
    start_worker()
    job = jobs.enqueue("probe.for_ever", scratch / "log")

    until(lambda: Job.objects.get(pk=job.pk).last_error == "TimedOut")
    until(lambda: words(scratch / "log").count("began") >= 2)


def test_sigterm_lets_the_running_job_end(start_worker, scratch):
    supervisor = start_worker()
    job = jobs.enqueue("probe.slowly", scratch / "log")
    until(lambda: words(scratch / "log") == ["began"])

    supervisor.terminate()

    assert supervisor.wait(timeout=60) == 0
    assert (words(scratch / "log"), state_of(job)) == (["began", "ended"], "done")
    assert Beat.objects.count() == 0


def test_sigint_cuts_a_long_job_short_and_gives_it_back_uncounted(start_worker, scratch):
    supervisor = start_worker(PROBE_FOR_EVER_S="60")
    job = jobs.enqueue("probe.for_ever", scratch / "log")
    until(lambda: words(scratch / "log") == ["began"])

    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(timeout=60) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts, job.last_error) == ("queued", 0, "WorkerDied")


def test_children_end_when_their_supervisor_is_killed_and_a_new_one_takes_over(start_worker, scratch):
    first = start_worker()
    until(ready)
    children = child_pids(first)

    first.kill()
    first.wait()
    until(lambda: not any(is_alive(pid) for pid in children))
    start_worker()
    job = jobs.enqueue("probe.steps", scratch / "log")

    until(lambda: state_of(job) == "done")
    assert (len(children), words(scratch / "log")) == (2, ["worked"])


def test_a_job_left_behind_by_a_killed_supervisor_and_child_is_freed_by_the_next(start_worker, scratch):
    first = start_worker()
    job = jobs.enqueue("probe.slowly", scratch / "log")
    until(lambda: words(scratch / "log") == ["began"])
    children = child_pids(first)
    for pid in [first.pid, *children]:
        os.kill(pid, signal.SIGKILL)
    first.wait()

    start_worker()

    until(lambda: state_of(job) == "done")
    assert words(scratch / "log") == ["began", "began", "ended"]


def test_two_supervisors_run_each_job_once(start_worker, scratch):
    start_worker()
    start_worker()
    until(lambda: Beat.objects.count() == 2)
    queued = [jobs.enqueue("probe.steps", scratch / str(number)) for number in range(40)]

    until(lambda: Job.objects.filter(kind="probe.steps", state="done").count() == 40)

    assert [words(scratch / str(number)) for number in range(40)] == [["worked"]] * 40
    assert {job.attempts for job in Job.objects.filter(pk__in=[job.pk for job in queued])} == {1}


def test_the_supervisor_shows_its_beat(start_worker):
    start_worker()

    until(ready)

    beat = Beat.objects.get()
    assert beat.children == {"fast": 1, "slow": 1}
    assert (timezone.now() - beat.beat_at).total_seconds() < 10
