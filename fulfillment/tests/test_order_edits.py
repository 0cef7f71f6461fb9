"""What the shop's people change in an order: taken over before printing, told to a person after it."""

from datetime import timedelta

import pytest

from cardmaker.core.models import Job
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval
from fulfillment.printing import placing, recovery, submission
from fulfillment.tests.factories import LATER, NOON, World

SETTLE = timedelta(seconds=90)
LATEST = LATER + timedelta(hours=1)


def codes(order: Order) -> list[str]:
    return [row["code"] for row in order.reasons]


def two_lines(world: World):
    return world.line(quantity=2, current_quantity=2), world.line(gid="gid://shopify/LineItem/2")


def sent(world: World, order: Order) -> PrintJob:
    approval.approve(order, by="1", at=NOON)
    (job,) = placing.place(order, at=NOON)
    submission.submit(job, supplier=world.supplier, clock=lambda: NOON, settle=SETTLE, live=False)
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def cancelled_there(world: World, job: PrintJob) -> bool:
    job = PrintJob.objects.select_related("order").get(pk=job.pk)
    return recovery.cancel(job, supplier=world.supplier, at=LATEST, settle=SETTLE)


def test_a_line_taken_off_before_printing_is_not_printed(world: World):
    order = world.order(lines=two_lines(world))
    approval.approve(order, by="1", at=NOON)
    placing.place(order, at=NOON)
    first, second = two_lines(world)

    order = world.read_again(order, lines=(first, world.line(gid=second.gid, current_quantity=0)))
    approval.approve(order, by="1", at=LATER)
    (job,) = placing.place(Order.objects.get(pk=order.pk), at=LATER)

    assert [line.line.external_ref for line in job.lines.all()] == [first.gid]
    assert sorted(order.print_jobs.values_list("state", flat=True)) == ["cancelled", "ready"]


@pytest.mark.parametrize("count", [1, 3])
def test_another_number_of_copies_before_printing_needs_another_approval(world: World, count: int):
    order = world.order(lines=two_lines(world))
    approval.approve(order, by="1", at=NOON)

    order = world.read_again(order, lines=(world.line(quantity=count, current_quantity=count), two_lines(world)[1]))

    assert order.state == Order.State.HELD
    assert [each.quantity for each in approval.approve(order, by="1", at=LATER)] in ([count, 1], [1, count])


def test_a_line_taken_off_after_printing_began_is_told_to_a_person_once(world: World):
    job = sent(world, world.order(lines=two_lines(world)))
    first, second = two_lines(world)
    fewer = (first, world.line(gid=second.gid, current_quantity=0))

    order = world.read_again(job.order, lines=fewer)
    approval.dismiss_news(order, by="1", at=LATER)
    order = world.read_again(Order.objects.get(pk=order.pk), at=LATEST, lines=fewer)

    assert (order.state, codes(order)) == ("submitted", ["new_account"])
    assert len(world.supplier.requests) == 1


def test_a_part_given_back_after_printing_began_takes_nothing_back_at_the_printer(world: World):
    job = sent(world, world.order())

    order = world.read_again(job.order, financial_status="PARTIALLY_REFUNDED", refunded_minor=100)

    assert (order.state, codes(order)) == ("submitted", ["new_account"])


def test_the_shops_cancelling_stops_the_printer_while_it_still_can(world: World):
    job = sent(world, world.order())

    order = world.read_again(job.order, cancelled_at=LATER, financial_status="REFUNDED")
    stopped = cancelled_there(world, job)

    order.refresh_from_db()
    assert (stopped, order.state) == (True, "cancelled")


def test_the_shops_cancelling_that_comes_too_late_is_told_and_stays_seen(world: World):
    job = sent(world, world.order())
    world.supplier.move(job.supplier_ref, "in_production")
    cancelled = {"cancelled_at": LATER, "financial_status": "REFUNDED"}

    order = world.read_again(job.order, **cancelled)
    stopped = cancelled_there(world, job)
    order.refresh_from_db()
    told = codes(order)
    approval.dismiss_news(order, by="1", at=LATER)
    order = world.read_again(Order.objects.get(pk=order.pk), at=LATEST, **cancelled)

    assert (stopped, told) == (False, ["new_account", "cancelled_late", "cancelled_too_late"])
    assert codes(order) == ["new_account"]
    assert Job.objects.filter(kind="fulfillment.cancel_print_job", subject=str(job.pk)).count() == 1


def test_a_full_refund_before_printing_ends_the_order(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)
    placing.place(order, at=NOON)

    for at in (LATER, LATEST):
        order = world.read_again(order, at=at, financial_status="REFUNDED", refunded_minor=839)

    assert (order.state, order.print_jobs.get().state) == ("refunded", "cancelled")


def test_a_line_added_before_printing_waits_with_the_rest(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)

    order = world.read_again(order, lines=(world.line(), world.line(gid="gid://shopify/LineItem/2")))

    assert order.state == Order.State.HELD
    assert len(approval.approve(order, by="1", at=LATER)) == 2


def test_what_is_still_owed_for_an_added_line_keeps_the_order_from_being_printed(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)
    more = (world.line(), world.line(gid="gid://shopify/LineItem/2"))

    order = world.read_again(order, lines=more, financial_status="PARTIALLY_PAID", outstanding_minor=490)

    assert [row["code"] for row in order.blocking_reasons()] == ["unpaid"]


def test_a_part_given_back_of_what_is_still_owed_is_not_settled(world: World):
    order = world.order(financial_status="PARTIALLY_REFUNDED", refunded_minor=100, outstanding_minor=490)

    assert [row["code"] for row in order.blocking_reasons()] == ["unpaid"]


def test_a_test_order_is_never_printed_whatever_changes(world: World):
    order = world.order(test=True)

    order = world.read_again(order, lines=two_lines(world))

    assert [row["code"] for row in order.blocking_reasons()] == ["test_order"]
