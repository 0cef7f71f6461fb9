"""Approvals: for exactly one digest and quantity, and never over a reason that blocks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cardmaker.core.models import IllegalMove, Job
from fulfillment.models import Approval, Order, PrintJob, PrintJobLine
from fulfillment.orders import approval
from fulfillment.printing import placing, recovery
from fulfillment.tests.factories import LATER, NOON, RECIPIENT, World
from fulfillment.tests.test_submission import SETTLE, send


def test_an_approval_names_digest_quantity_and_approver(world: World):
    order = world.order()

    approval.approve(order, by="7", at=NOON)

    given = Approval.objects.get()
    assert (given.proof_digest, given.quantity, given.approved_by, given.automatic) == (
        world.proof.digest,
        1,
        "7",
        False,
    )
    assert Job.objects.filter(kind="fulfillment.place_order", subject=str(order.pk)).count() == 1


def test_a_blocking_reason_cannot_be_overruled(world: World):
    order = world.order(financial_status="PENDING")

    with pytest.raises(approval.CannotApprove):
        approval.approve(order, by="7", at=NOON)

    assert Approval.objects.count() == 0


def test_approving_twice_is_refused_and_changes_nothing(world: World):
    order = world.order()
    approval.approve(order, by="7", at=NOON)

    with pytest.raises(IllegalMove):
        approval.approve(order, by="8", at=LATER)

    assert [given.approved_by for given in Approval.objects.all()] == ["7"]


def test_a_rejected_order_is_never_placed(world: World):
    order = world.order()
    approval.reject(order, by="7", note="not for us", at=NOON)

    assert placing.place(order, at=LATER) == []
    assert PrintJob.objects.count() == 0


def test_placing_opens_one_job_with_digest_approval_and_money(world: World):
    job = world.print_job()

    line = PrintJobLine.objects.get()
    assert (line.job, line.proof_digest, line.quantity) == (job, world.proof.digest, 1)
    assert line.approval == Approval.objects.get()
    assert (job.cost_minor, job.currency, job.state) == (195 + 349, "USD", "ready")


def test_placing_twice_opens_one_job(world: World):
    job = world.print_job()

    assert placing.place(job.order, at=LATER) == []
    assert PrintJob.objects.count() == 1


def test_an_order_that_the_supplier_refused_is_approved_only_after_it_is_held_again(world: World):
    job = world.print_job()
    world.supplier.reject = "We do not print on Sundays."
    send(job, world.supplier)
    order = Order.objects.get()

    with pytest.raises(IllegalMove):
        approval.approve(order, by="7", at=LATER)

    recovery.ask(PrintJob.objects.get(), supplier=world.supplier, at=LATER, settle=SETTLE)
    assert len(approval.approve(Order.objects.get(), by="7", at=LATER)) == 1


def test_an_order_that_is_being_printed_cannot_be_rejected(world: World):
    job = world.print_job()
    send(job, world.supplier)
    Order.objects.update(state="needs_attention")

    with pytest.raises(approval.StillAtSupplier):
        approval.reject(Order.objects.get(), by="7", note="no", at=LATER)

    assert Order.objects.get().state == "needs_attention"


def test_an_order_whose_earlier_job_is_unclear_is_held_and_not_left_approved(world: World):
    job = world.print_job()
    world.supplier.lose_answer = True
    send(job, world.supplier)
    order = world.read_again(job.order, lines=(world.line(current_quantity=2),))
    assert order.state == "held"
    approval.approve(order, by="7", at=LATER)

    assert placing.place(order, at=LATER) == []

    order = Order.objects.get()
    assert (order.state, [row["code"] for row in order.reasons]) == ("held", ["open_print_job"])
    late = NOON + SETTLE + timedelta(minutes=10)
    recovery.cancel(PrintJob.objects.get(), supplier=world.supplier, at=late, settle=SETTLE)
    approval.approve(Order.objects.get(), by="7", at=late)
    assert [job.state for job in placing.place(order, at=late)] == ["ready"]


def test_another_address_needs_another_approval(world: World):
    order = world.order()
    approval.approve(order, by="7", at=NOON)

    order = world.read_again(order, address=replace(RECIPIENT, country="DE"))

    assert (order.state, "no_route" in [row["code"] for row in order.reasons]) == ("held", True)
    assert Approval.objects.get().voided_at is not None


def test_the_same_address_read_again_changes_nothing(world: World):
    order = world.order()
    approval.approve(order, by="7", at=NOON)

    assert world.read_again(order).state == "approved"
