"""Sending a print job: once, whatever gets lost on the way."""

from datetime import datetime, timedelta

import pytest

from billing.models import Hold
from cardmaker.core.jobs import Later
from fulfillment.models import PrintJob
from fulfillment.orders import calling_off
from fulfillment.printing import submission
from fulfillment.suppliers.base import Receipt, SupplierRejected
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import LATER, NOON, World

SETTLE = timedelta(seconds=90)


def send(job: PrintJob, supplier: FakeSupplier, *, at=NOON, live=False):
    fresh = PrintJob.objects.select_related("order").get(pk=job.pk)
    return submission.submit(fresh, supplier=supplier, clock=lambda: at, settle=SETTLE, live=live)


def test_submit_sends_the_approved_files_by_their_digest(world: World):
    job = world.print_job()

    assert send(job, world.supplier) is None

    job.refresh_from_db()
    (request,) = world.supplier.requests
    assert job.state == "accepted"
    assert request.reference == job.reference
    assert {file.sha256 for file in request.lines[0].files} == {file.sha256 for file in world.proof.files.all()}
    assert all(file.url.endswith(f"/{file.sha256}.jpg") for file in request.lines[0].files)


def test_submit_twice_sends_once(world: World):
    job = world.print_job()
    send(job, world.supplier)

    assert send(job, world.supplier, at=LATER) is None
    assert world.supplier.orders == [job.reference]


def test_a_lost_answer_is_found_again_not_sent_again(world: World):
    job = world.print_job()
    world.supplier.lose_answer = True

    assert isinstance(send(job, world.supplier), Later)
    assert send(job, world.supplier, at=NOON + SETTLE) is None

    job.refresh_from_db()
    assert world.supplier.orders == [job.reference]
    assert len(world.supplier.requests) == 1
    assert (job.state, job.order.state) == ("accepted", "submitted")


def test_nobody_asks_before_the_call_has_settled(world: World):
    job = world.print_job()
    world.supplier.lose_answer = True
    send(job, world.supplier)

    assert isinstance(send(job, world.supplier, at=NOON + SETTLE - timedelta(seconds=1)), Later)

    job.refresh_from_db()
    assert job.state == "submitting"


def test_a_supplier_that_stays_silent_needs_a_person(world: World):
    job = world.print_job()
    world.supplier.unavailable = True

    for minutes in (0, 2, 30, 59):
        assert isinstance(send(job, world.supplier, at=NOON + timedelta(minutes=minutes)), Later)
    send(job, world.supplier, at=NOON + timedelta(minutes=61))

    job.refresh_from_db()
    job.order.refresh_from_db()
    assert (job.state, job.order.state) == ("needs_attention", "needs_attention")


def test_a_refusal_gives_the_money_back(world: World):
    job = world.print_job()
    world.supplier.reject = "We do not print on Sundays."

    send(job, world.supplier)

    job.refresh_from_db()
    job.order.refresh_from_db()
    assert (job.state, job.last_error, job.order.state) == (
        "rejected",
        "We do not print on Sundays.",
        "needs_attention",
    )


def test_live_orders_are_off_until_a_setting_says_so(world: World):
    job = world.print_job()

    assert isinstance(send(job, world.supplier, live=True), Later)
    assert world.supplier.orders == []


def test_a_withdrawn_approval_stops_the_job(world: World):
    job = world.print_job()
    calling_off.withdraw_approval(job.order, at=NOON)

    assert send(job, world.supplier) is None

    job.refresh_from_db()
    assert (job.state, world.supplier.orders) == ("cancelled", [])


@pytest.mark.parametrize("field", ["sha256"])
def test_a_digest_that_no_longer_fits_the_approval_is_never_sent(world: World, field: str):
    job = world.print_job()
    line = job.lines.get()
    line.approval.proof_digest = "0" * 64
    line.approval.save(update_fields=["proof_digest"])

    send(job, world.supplier)

    assert world.supplier.orders == []


class Refusing(FakeSupplier):
    """Has the order, and does not let itself be asked: the key was changed, or a gateway stands in between."""

    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        raise SupplierRejected("Gooten answered 403")


def test_a_refused_look_does_not_make_an_order_that_may_be_there_a_refused_one(world: World):
    job = world.print_job()
    world.supplier.lose_answer = True
    send(job, world.supplier)

    later = send(job, Refusing(), at=NOON + SETTLE)

    job.refresh_from_db()
    assert isinstance(later, Later)
    assert (job.state, Hold.objects.get(meter="print").open_micros > 0) == ("submitting", True)
    assert job.last_error == "The supplier was asked for the order and refused: Gooten answered 403"
    send(job, world.supplier, at=NOON + 2 * SETTLE)
    assert (world.supplier.orders, PrintJob.objects.get().state) == ([job.reference], "accepted")
