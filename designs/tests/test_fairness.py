"""Three calendars on two workers, with real threads, real queue rows and commits."""

import threading
import time
from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection
from django.utils import timezone

from billing.models import LedgerEntry
from cardmaker.core import jobs, sweeping
from cardmaker.core.lane import LaneWorker
from cardmaker.core.models import Job
from designs.making.generation import EXECUTE, start_run
from designs.models import Image, Run
from designs.providers import fake as fake_module
from designs.providers.fake import CAPABILITIES
from designs.tests.factories import CalendarFactory, load_reference_rows

pytestmark = [pytest.mark.serial, pytest.mark.django_db(transaction=True)]
WHO = ("a fox in the snow, first", "a fox in the snow, second", "a fox in the snow, third")
ENOUGH_S = 180.0  # a busy machine: this is no measurement
BLACK = fake_module.plain_png(16, 16, b"\0\0\0")


@pytest.fixture(autouse=True)
def shelf(transactional_db):
    load_reference_rows()


@pytest.fixture
def drawn(fake, monkeypatch):
    """How often pages of each were drawn so far, noted at every call: [{prompt: count}]."""
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 16}, repeatable=True)
    # One and the same picture is stored once: what is tested is who is served, not the disk.
    monkeypatch.setattr(fake_module, "plain_png", lambda *size: BLACK)
    counts, seen, lock, start = Counter(), [], threading.Lock(), fake.start

    def counted(request, key):
        time.sleep(0.01)  # long enough for the other worker to take something
        answer = start(request, key)
        with lock:
            counts[request.prompt] += 1
            seen.append(dict(counts))
        return answer

    monkeypatch.setattr(fake, "start", counted)
    return seen


def calendar(prompt):
    design = CalendarFactory()
    design.pages.update(prompt=prompt)
    return start_run(design, stage="page", positions=[], at=timezone.now())


def work(until):
    """One slow worker, as the supervisor runs it, without its process."""
    worker = LaneWorker("slow", parent=0)
    try:
        while not until():
            worker.turn()
    finally:
        connection.close()


def test_three_calendars_on_two_workers_keep_pace(drawn, settings):
    runs = [calendar(prompt) for prompt in WHO]
    deadline = time.monotonic() + ENOUGH_S

    def over():
        return time.monotonic() > deadline or not Run.objects.exclude(state="done").exists()

    threads = [threading.Thread(target=work, args=(over,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    while not over():
        sweeping.sweep(at=timezone.now())  # what the supervisor does meanwhile
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    apart = [max(seen.get(who, 0) for who in WHO) - min(seen.get(who, 0) for who in WHO) for seen in drawn]

    assert [Run.objects.get(pk=run.pk).state for run in runs] == ["done"] * 3
    assert max(apart) <= 2
    assert (Image.objects.count(), LedgerEntry.objects.count(), len(drawn)) == (39, 39, 39)


def test_the_next_step_is_that_of_the_account_with_nothing_running(drawn):
    first, second = (calendar(prompt) for prompt in WHO[:2])
    busy = Job.objects.get(kind=EXECUTE, subject=str(first.pk))
    busy.take(worker="elsewhere:1", lease_s=60, at=timezone.now())
    jobs.enqueue(EXECUTE, first.pk, account_id=first.account_id)  # a second wake-up of the busy one

    jobs.run(str(busy.pk))

    assert drawn == [{WHO[1]: 1}]
    assert Run.objects.get(pk=second.pk).done_calls == 1
