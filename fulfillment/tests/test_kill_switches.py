"""The kill switches under load: five seconds after one is thrown nothing that costs money starts any more."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from billing import limits
from billing.models import Guardrails
from designs.making import generation
from designs.making.wishes import NotAllowed
from designs.models import Run
from designs.providers.fake import FakeProvider
from designs.tests.factories import DesignFactory, load_reference_rows
from fulfillment.models import PrintJob
from fulfillment.printing import permits, submission
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import NOON, a_world

LIMIT_S = 5.0
THREADS = 8


def now():
    return datetime.now(UTC)


class Watched:
    """When each call that costs money began."""

    def __init__(self):
        self.began = []

    def note(self):
        self.began.append(time.monotonic())


class WatchedSupplier(FakeSupplier, Watched):
    def __init__(self, **options):
        FakeSupplier.__init__(self, **options)
        Watched.__init__(self)

    def submit(self, request):
        self.note()
        return super().submit(request)

    def produce(self, supplier_ref):
        self.note()
        return super().produce(supplier_ref)


def hammer(step, *, switch, watched):
    """Call step(number) from many threads, throw the switch once calls have begun, and go on. When it was thrown."""
    over = Event()

    def work(number):
        try:
            while not over.is_set():
                step(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        working = [pool.submit(work, number) for number in range(THREADS)]
        try:
            patience = time.monotonic() + 60
            while len(watched.began) < 3 and time.monotonic() < patience:
                time.sleep(0.01)
            limits.change(by="ops@example.com", at=now(), **{switch: True})
            thrown = time.monotonic()
            time.sleep(LIMIT_S + 1)
        finally:
            over.set()
        for each in working:
            each.result()
    return thrown


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_no_supplier_order_starts_once_the_switch_is_thrown():
    world = a_world()
    jobs = [world.print_job() for _ in range(THREADS * 3)]
    supplier = WatchedSupplier()
    queue = [job.pk for job in jobs]

    def step(number, *, keep=THREADS):
        time.sleep(0.05)
        if len(queue) <= keep and not Guardrails.current().supplier_orders_stopped:
            return  # these are for after the switch
        pk = queue.pop() if queue else jobs[number].pk
        job = PrintJob.objects.select_related("order").get(pk=pk)
        later = submission.submit(job, supplier=supplier, clock=now, settle=timedelta(seconds=90), live=False)
        if later is not None:
            queue.insert(0, pk)

    thrown = hammer(step, switch="supplier_orders_stopped", watched=supplier)

    assert queue, "the switch came too late to show anything"
    assert max(supplier.began) < thrown + LIMIT_S
    assert not PrintJob.objects.filter(state="submitting").exists()
    Guardrails.objects.update(supplier_orders_stopped=False)
    for number in range(len(queue)):
        step(number, keep=0)
    assert sorted(supplier.orders) == sorted(job.reference for job in jobs)  # nothing was lost by it, nor doubled


@pytest.mark.postgres
@pytest.mark.serial
@pytest.mark.django_db(transaction=True)
def test_no_paid_call_starts_once_the_switch_is_thrown(settings, monkeypatch):
    load_reference_rows()
    watched = Watched()
    start = FakeProvider.start

    def noted(self, request, key):
        watched.note()
        return start(self, request, key)

    monkeypatch.setattr(FakeProvider, "start", noted)
    monkeypatch.setattr("designs.providers.registry.PROVIDERS", {"fake": "designs.providers.fake:FakeProvider"})
    settings.IMAGE_PROVIDER = "fake"
    designs = [DesignFactory() for _ in range(THREADS)]
    Guardrails.current()

    def step(number):
        if Guardrails.current().paid_calls_stopped:
            waiting = Run.objects.filter(design=designs[number], state__in=Run.OPEN).order_by("created_at").first()
            if waiting is None:
                time.sleep(0.05)
                return
            run = waiting
        else:
            try:
                run = generation.start_run(designs[number], stage="candidate", positions=["front"], count=1, at=now())
            except NotAllowed:  # thrown this very moment
                return
            if number % 2:  # some wait in the queue when the switch is thrown
                return
        generation.execute(str(run.pk))

    thrown = hammer(step, switch="paid_calls_stopped", watched=watched)

    assert Run.objects.filter(state__in=Run.OPEN).exists()
    assert max(watched.began) < thrown + LIMIT_S


@pytest.mark.django_db
def test_the_switch_is_looked_at_again_when_files_took_long(monkeypatch):
    world = a_world()
    job = world.print_job()
    supplier = WatchedSupplier()
    clock = [NOON]
    prepare = submission.drafts.for_order

    def slow(*args, **options):
        prepare(*args, **options)
        clock[0] += permits.LOOK_HOLDS * 2
        Guardrails.objects.update(supplier_orders_stopped=True)

    monkeypatch.setattr(submission.drafts, "for_order", slow)
    later = submission.submit(job, supplier=supplier, clock=lambda: clock[0], settle=timedelta(seconds=90), live=False)

    job.refresh_from_db()
    assert (later.seconds, job.state, job.about_to_call_at) == (permits.STOPPED_RETRY_S, "ready", None)
    assert supplier.began == []
