from datetime import timedelta

import pytest

from billing.models import Hold
from cardmaker.core.errors import BadInput
from fulfillment.models import Order, PrintJob
from fulfillment.orders import progress
from fulfillment.printing import following, permits, reprinting, submission
from fulfillment.printing.reprinting import CannotReprint
from fulfillment.tests.factories import LATER, NOON, World

SETTLE = timedelta(seconds=90)


@pytest.fixture
def delivered(world: World) -> PrintJob:
    """One order of two copies, delivered."""
    job = world.print_job(lines=(world.line(quantity=2, current_quantity=2),))
    submitted(world, job)
    PrintJob.objects.filter(pk=job.pk).update(state="delivered", over_at=NOON, produced_at=NOON)
    Order.objects.filter(pk=job.order_id).update(state="delivered")
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def submitted(world: World, job: PrintJob) -> PrintJob:
    job = PrintJob.objects.select_related("order").get(pk=job.pk)
    submission.submit(job, supplier=world.supplier, clock=lambda: LATER, settle=SETTLE, live=False)
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def test_a_damaged_copy_is_printed_again_with_the_same_proof(world: World, delivered: PrintJob):
    line = delivered.order.lines.get()
    (again,) = reprinting.reprint(delivered.order, by="7", note="bent corner", quantities={line.pk: 1}, at=LATER)

    again = submitted(world, again)

    (printed,) = again.lines.all()
    assert (again.round, again.state, again.order.state) == (1, "accepted", "submitted")
    assert (printed.proof_digest, printed.quantity, printed.approval.approved_by) == (line.proof_digest, 1, "7")
    assert again.reference != delivered.reference
    assert Hold.objects.filter(key=again.hold_key).count() == 1


def test_the_order_is_delivered_again_once_the_reprint_is(world: World, delivered: PrintJob):
    (again,) = reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    again = submitted(world, again)
    PrintJob.objects.filter(pk=again.pk).update(state="in_production")
    progress.follow(again.order, at=LATER)
    in_print = again.order.state
    PrintJob.objects.filter(pk=again.pk).update(state="delivered")

    progress.follow(again.order, at=LATER)

    assert (in_print, again.order.state) == ("in_production", "delivered")


def test_pressed_twice_it_is_printed_again_once(delivered: PrintJob):
    reprinting.reprint(delivered.order, by="7", note="", at=LATER)

    with pytest.raises(CannotReprint):
        reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    assert delivered.order.print_jobs.count() == 2


def test_a_second_reprint_follows_the_first(world: World, delivered: PrintJob):
    (first,) = reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    PrintJob.objects.filter(pk=first.pk).update(state="shipped", supplier_ref="x")

    (second,) = reprinting.reprint(delivered.order, by="7", note="", at=LATER)

    assert (first.round, second.round) == (1, 2)


def test_what_was_never_printed_is_approved_not_reprinted(world: World):
    order = world.order()

    with pytest.raises(CannotReprint):
        reprinting.reprint(order, by="7", note="", at=LATER)
    assert order.approvals.count() == 0


@pytest.mark.parametrize("changes", [{"state": "refunded"}, {"test": True}, {"address": {}}, {"outstanding_minor": 1}])
def test_an_order_that_must_not_be_printed_is_not_printed_again(delivered: PrintJob, changes: dict[str, object]):
    Order.objects.filter(pk=delivered.order_id).update(**changes)

    with pytest.raises(CannotReprint):
        reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    assert delivered.order.print_jobs.count() == 1


def test_nothing_is_printed_again_without_its_files(delivered: PrintJob):
    delivered.order.lines.get().proof.files.update(file="")

    with pytest.raises(CannotReprint):
        reprinting.reprint(delivered.order, by="7", note="", at=LATER)


def test_more_copies_than_were_bought_are_refused(delivered: PrintJob):
    line = delivered.order.lines.get()

    with pytest.raises(BadInput):
        reprinting.reprint(delivered.order, by="7", note="", quantities={line.pk: 3}, at=LATER)
    assert delivered.order.print_jobs.count() == 1


def test_a_reprint_is_stopped_when_the_money_is_given_back_before_it_is_sent(world: World, delivered: PrintJob):
    (again,) = reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    Order.objects.filter(pk=again.order_id).update(state="refunded")

    again = submitted(world, again)

    assert (again.state, len(world.supplier.requests)) == ("cancelled", 1)
    assert not permits.still_approved(again)


def test_what_the_shop_added_after_printing_began_is_let_through_by_itself(world: World):
    job = submitted(world, world.print_job())
    order = world.read_again(job.order, lines=(world.line(quantity=3, current_quantity=3),), total_minor=1819)

    (more,) = reprinting.print_added(order, by="7", at=LATER)
    with pytest.raises(CannotReprint):
        reprinting.print_added(order, by="7", at=LATER)

    assert (more.round, more.lines.get().quantity, more.lines.get().approval.checks) == (1, 2, ["added"])


def test_a_reprint_does_not_count_as_what_was_bought(world: World, delivered: PrintJob):
    reprinting.reprint(delivered.order, by="7", note="", at=LATER)

    with pytest.raises(CannotReprint):
        reprinting.print_added(delivered.order, by="7", at=LATER)


def test_following_a_reprint_charges_it_by_itself(world: World, delivered: PrintJob):
    (again,) = reprinting.reprint(delivered.order, by="7", note="", at=LATER)
    again = submitted(world, again)
    PrintJob.objects.filter(pk=again.pk).update(state="in_production")

    following.charge(PrintJob.objects.get(pk=again.pk), at=LATER)
    following.charge(PrintJob.objects.get(pk=again.pk), at=LATER)

    assert Hold.objects.get(key=again.hold_key).state == "settled"
