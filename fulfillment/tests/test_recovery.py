"""Stopping print jobs: what may be at the supplier is asked for, never assumed away."""

from datetime import datetime, timedelta

import pytest

from billing.models import Hold
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval, calling_off
from fulfillment.printing import placing, recovery, submission
from fulfillment.suppliers.base import PrintRequest, Receipt
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.tests.factories import LATER, NOON, World
from fulfillment.tests.test_submission import SETTLE, send

SETTLED = NOON + SETTLE


def fresh(job: PrintJob) -> PrintJob:
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def cancel(job: PrintJob, supplier: FakeSupplier, *, at=SETTLED) -> bool:
    return recovery.cancel(fresh(job), supplier=supplier, at=at, settle=SETTLE)


@pytest.fixture
def unanswered(world: World) -> PrintJob:
    """The supplier stored the order, its answer got lost, and then the shop cancelled."""
    job = world.print_job()
    world.supplier.lose_answer = True
    send(job, world.supplier)
    world.read_again(job.order, cancelled_at=LATER)
    return job


def test_a_job_whose_answer_got_lost_is_found_and_stopped_at_the_supplier(world: World, unanswered: PrintJob):
    assert cancel(unanswered, world.supplier) is True

    (reading,) = world.supplier.readings.values()
    assert {item.state for item in reading.items} == {"cancelled"}
    assert (fresh(unanswered).state, fresh(unanswered).order.state) == ("cancelled", "cancelled")
    assert Hold.objects.get(meter="print").open_micros == 0


def test_a_job_whose_answer_got_lost_is_followed_when_it_is_too_late_to_stop_it(world: World, unanswered: PrintJob):
    (ref,) = world.supplier.readings
    world.supplier.move(ref, "in_production")

    assert cancel(unanswered, world.supplier) is False

    assert (fresh(unanswered).state, fresh(unanswered).supplier_ref) == ("accepted", ref)
    assert Hold.objects.get(meter="print").open_micros > 0


def test_a_call_that_may_be_under_way_is_waited_for(world: World, unanswered: PrintJob):
    with pytest.raises(recovery.TooEarly):
        cancel(unanswered, world.supplier, at=SETTLED - timedelta(seconds=1))

    assert fresh(unanswered).state == "submitting"


def test_a_job_that_the_supplier_never_got_is_stopped_here(world: World):
    job = world.print_job()
    world.supplier.unavailable = True
    send(job, world.supplier)
    world.supplier.unavailable = False

    assert cancel(job, world.supplier) is True

    assert (fresh(job).state, world.supplier.orders) == ("cancelled", [])


def test_a_job_announced_since_it_was_read_is_not_stopped(world: World):
    job, read_before = world.print_job(), PrintJob.objects.get()
    read_before.claim(at=NOON, settle=SETTLE)
    fresh(job).announce_call(at=NOON)

    with pytest.raises(recovery.TooEarly):
        recovery.cancel(read_before, supplier=world.supplier, at=SETTLED, settle=SETTLE)

    assert fresh(job).state == "submitting"


class Interrupting(FakeSupplier):
    """Something happens to the job while the supplier is asked."""

    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        found = super().find(reference, since=since)
        self.meanwhile()
        return found

    def submit(self, request: PrintRequest) -> Receipt:
        raise AssertionError("must not be sent")


def test_an_approval_withdrawn_while_the_supplier_was_asked_sends_nothing(world: World):
    job = world.print_job()
    world.supplier.unavailable = True
    send(job, world.supplier)
    supplier = Interrupting()
    supplier.meanwhile = lambda: calling_off.withdraw_approval(Order.objects.get(pk=job.order_id), at=SETTLED)

    submission.submit(fresh(job), supplier=supplier, clock=lambda: SETTLED, settle=SETTLE, live=False)

    assert fresh(job).state == "needs_attention"


def test_a_job_stopped_after_its_claim_is_not_sent(world: World):
    job = world.print_job()
    claimed = fresh(job)
    claimed.claim(at=NOON, settle=SETTLE)
    cancel(job, world.supplier)

    assert claimed.announce_call(at=NOON) is False
    assert fresh(job).about_to_call_at is None


@pytest.fixture
def two_suppliers(world: World) -> tuple[PrintJob, PrintJob]:
    """One order, printed in two places: the first is under way, the second got no answer."""
    order = world.order(lines=(world.line(), world.line_of_another_supplier()))
    approval.approve(order, by="1", at=NOON)
    gooten, printify = placing.place(order, at=NOON)
    send(gooten, world.supplier)
    PrintJob.objects.filter(pk=printify.pk).update(state="needs_attention", about_to_call_at=NOON, last_error="silence")
    return fresh(gooten), fresh(printify)


def test_what_one_supplier_does_not_have_does_not_hold_what_the_other_prints(world: World, two_suppliers):
    printing, missing = two_suppliers

    assert recovery.ask(missing, supplier=FakeSupplier(), at=SETTLED, settle=SETTLE) is False

    order = fresh(printing).order
    assert (fresh(printing).state, fresh(missing).state) == ("accepted", "cancelled")
    assert (order.state, order.reasons[-1]["code"]) == ("needs_attention", "part_not_printed")
    standing = order.approvals.filter(voided_at__isnull=True)
    assert [approved.line_id for approved in standing] == [printing.lines.get().line_id]
    assert [hold.open_micros > 0 for hold in Hold.objects.filter(meter="print").order_by("key")] == [True, False]


def test_the_order_goes_on_with_the_rest_once_a_person_has_seen_it(world: World, two_suppliers):
    printing, missing = two_suppliers
    recovery.ask(missing, supplier=FakeSupplier(), at=SETTLED, settle=SETTLE)

    approval.dismiss_news(fresh(printing).order, by="7", at=LATER)

    assert fresh(printing).order.state == "submitted"


def test_the_last_job_of_an_order_that_the_supplier_does_not_have_is_held_again(world: World):
    job = world.print_job()
    PrintJob.objects.update(state="needs_attention", about_to_call_at=NOON)

    recovery.ask(fresh(job), supplier=FakeSupplier(), at=SETTLED, settle=SETTLE)

    assert (fresh(job).order.state, job.order.approvals.filter(voided_at__isnull=True).count()) == ("held", 0)


@pytest.fixture
def refused(world: World) -> PrintJob:
    """The supplier refused it, and its order needs a person."""
    job = world.print_job()
    world.supplier.reject = "no such paper"
    send(job, world.supplier)
    return fresh(job)


def test_cancelling_what_the_supplier_refused_closes_the_order(world: World, refused: PrintJob):
    assert refused.order.state == "needs_attention"

    assert cancel(refused, world.supplier) is True

    assert (fresh(refused).state, fresh(refused).order.state) == ("cancelled", "cancelled")
    assert Hold.objects.get(meter="print").open_micros == 0


def test_a_refused_job_of_an_order_that_the_shop_refunds_meanwhile_ends_refunded(world: World):
    job = world.print_job()
    PrintJob.objects.filter(pk=job.pk).update(state="submitting", claimed_at=NOON, about_to_call_at=NOON)
    world.read_again(job.order, financial_status="REFUNDED")
    world.supplier.reject = "no such paper"
    PrintJob.objects.filter(pk=job.pk).update(state="rejected")

    cancel(job, world.supplier)

    assert (fresh(job).state, fresh(job).order.state) == ("cancelled", "refunded")


def test_cancelling_the_job_of_an_earlier_approval_leaves_the_later_one_alone(world: World, refused: PrintJob):
    recovery.hold_again(refused, at=LATER)
    approval.approve(Order.objects.get(pk=refused.order_id), by="1", at=LATER)

    assert cancel(refused, world.supplier) is True

    assert fresh(refused).order.state == "approved"
