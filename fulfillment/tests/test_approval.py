"""Approvals: for exactly one digest and quantity, and never over a reason that blocks."""

import pytest

from cardmaker.core.models import IllegalMove, Job
from fulfillment import approval, placing
from fulfillment.models import Approval, PrintJob, PrintJobLine
from fulfillment.tests.factories import LATER, NOON, World


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
