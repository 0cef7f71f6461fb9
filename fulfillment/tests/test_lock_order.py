"""An order is locked before its print jobs, everywhere: two who both need both never wait for each other.

Each verb runs while somebody else holds the order and then touches the job. In the other order PostgreSQL would end
one of the two; SQLite has one lock for everything.
"""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from fulfillment.models import Order, PrintJob
from fulfillment.printing import following, recovery, submission
from fulfillment.suppliers.base import Receipt, SupplierRejected
from fulfillment.tests.factories import LATER, NOON, a_world
from fulfillment.tests.test_submission import SETTLE, send

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one lock for everything"),
]
WAITS_S = 0.3  # ample for the other thread to take its first lock


def beside(verb: Callable[[], object], job: PrintJob) -> list[Exception]:
    """Run `verb` in a thread while this one holds the order and then writes the job; what it raised."""
    raised: list[Exception] = []

    def run() -> None:
        try:
            verb()
        except Exception as exc:  # noqa: BLE001 - whatever the database says is the finding
            raised.append(exc)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        Order.locked(job.order_id)
        thread.start()
        time.sleep(WAITS_S)
        PrintJob.objects.filter(pk=job.pk).update(last_error="read again")
    thread.join(10)
    return raised


def fresh(job: PrintJob) -> PrintJob:
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def test_following_a_job_and_reading_its_order():
    world = a_world()
    job = world.print_job()
    send(job, world.supplier)
    reading = world.supplier.read(fresh(job).supplier_ref)
    world.supplier.move(fresh(job).supplier_ref, "in_production")
    reading = world.supplier.read(fresh(job).supplier_ref)

    assert beside(lambda: following.apply(fresh(job), reading, at=LATER), job) == []
    assert (fresh(job).state, fresh(job).order.state) == ("in_production", "in_production")


def submitting() -> PrintJob:
    job = a_world().print_job()
    PrintJob.objects.filter(pk=job.pk).update(state="submitting", claimed_at=NOON, about_to_call_at=NOON)
    return fresh(job)


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (lambda job: submission.accept(job, Receipt("ref-1"), at=LATER), "accepted"),
        (lambda job: submission._reject(job, SupplierRejected("no"), at=LATER), "rejected"),
        (lambda job: submission._need_attention(job, "silence", at=LATER), "needs_attention"),
        (lambda job: recovery.hold_again(job, at=LATER), "cancelled"),
        (lambda job: recovery.cancel(job, supplier=a_world().supplier, at=NOON + SETTLE, settle=SETTLE), "cancelled"),
    ],
    ids=["accept", "reject", "need attention", "hold again", "cancel"],
)
def test_what_becomes_of_a_job_and_reading_its_order(verb, state):
    job = submitting()

    assert beside(lambda: verb(job), job) == []
    assert fresh(job).state == state
