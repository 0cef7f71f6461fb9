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
PAGES = 13
ENOUGH_S = 180.0  # a busy machine: this is no measurement
BLACK = fake_module.plain_png(16, 16, b"\0\0\0")


@pytest.fixture(autouse=True)
def shelf(transactional_db):
    load_reference_rows()


class Easel:
    """Where pages are drawn by so many workers, all equally slowly: they begin together and end in that order.

    By the clock one worker may be held up by the machine while the other draws five pages. Who is served next is
    decided by us, and only that is looked at.
    """

    def __init__(self, start):
        self.start, self.workers = start, 1
        self.begun, self.drawn, self.seen = 0, Counter(), []
        self.turn = threading.Condition()

    def draw(self, request, key):
        with self.turn:
            number = self.begun
            self.begun += 1
            self.turn.notify_all()
            self.turn.wait_for(lambda: self._may_end(number), timeout=ENOUGH_S)
            answer = self.start(request, key)
            self.drawn[request.prompt] += 1
            self.seen.append(dict(self.drawn))
            self.turn.notify_all()
        return answer

    def _may_end(self, number):
        """Of the last Run pages are drawn alone, one after the other."""
        together = number - number % self.workers + self.workers
        one_left = sum(self.drawn[who] < PAGES for who in WHO) < 2
        return len(self.seen) == number and (self.begun >= together or one_left)


@pytest.fixture
def easel(fake, monkeypatch):
    fake.capabilities = replace(CAPABILITIES, sizes={"draft": 16, "final": 16}, repeatable=True)
    # One and the same picture is stored once: what is tested is who is served, not the disk.
    monkeypatch.setattr(fake_module, "plain_png", lambda *size: BLACK)
    easel = Easel(fake.start)
    monkeypatch.setattr(fake, "start", easel.draw)
    return easel


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


def test_three_calendars_on_two_workers_keep_pace(easel):
    easel.workers = 2
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
    apart = [max(seen.get(who, 0) for who in WHO) - min(seen.get(who, 0) for who in WHO) for seen in easel.seen]

    assert [Run.objects.get(pk=run.pk).state for run in runs] == ["done"] * 3
    assert max(apart) <= 2
    assert (Image.objects.count(), LedgerEntry.objects.count(), len(easel.seen)) == (39, 39, 39)


def test_the_next_step_is_that_of_the_account_with_nothing_running(easel):
    first, second = (calendar(prompt) for prompt in WHO[:2])
    busy = Job.objects.get(kind=EXECUTE, subject=str(first.pk))
    busy.take(worker="elsewhere:1", lease_s=60, at=timezone.now())
    jobs.enqueue(EXECUTE, first.pk, account_id=first.account_id)  # a second wake-up of the busy one

    jobs.run(str(busy.pk))

    assert easel.seen == [{WHO[1]: 1}]
    assert Run.objects.get(pk=second.pk).done_calls == 1
