from datetime import timedelta

import pytest

from cardmaker.core.models import Job
from fulfillment.models import Cancellation, Order, PrintJob
from fulfillment.orders import approval, cancelling, intake
from fulfillment.orders.approval import CannotApprove
from fulfillment.orders.cancelling import CannotCancel
from fulfillment.printing import submission
from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.tests.factories import LATER, NOON, World

SETTLE = timedelta(seconds=90)


def carried_out(world: World, wanted: Cancellation, *, at=LATER) -> Cancellation:
    wanted = Cancellation.objects.select_related("order").get(pk=wanted.pk)
    cancelling.carry_out(wanted, shop=world.shop, supplier_of=lambda _: world.supplier, at=at, settle=SETTLE)
    return wanted


def sent(world: World) -> PrintJob:
    job = world.print_job()
    submission.submit(job, supplier=world.supplier, clock=lambda: NOON, settle=SETTLE, live=False)
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def test_an_order_that_waits_is_cancelled_in_the_shop_and_cannot_be_approved_meanwhile(world: World):
    order = world.order()
    wanted = cancelling.cancel(order, by="7", note="a mistake", at=NOON)

    with pytest.raises(CannotApprove):
        approval.approve(Order.objects.get(pk=order.pk), by="1", at=NOON)
    wanted = carried_out(world, wanted)
    carried_out(world, wanted)

    assert (wanted.state, world.shop.cancelled) == ("done", [order.external_ref])
    order = intake.record(order, world.shop.read_order(order.external_ref), at=LATER)
    assert order.state == Order.State.CANCELLED


def test_a_job_that_was_not_sent_yet_is_stopped_at_once(world: World):
    job = world.print_job()

    wanted = cancelling.cancel(job.order, by="7", note="", at=NOON)

    job.refresh_from_db()
    assert job.state == PrintJob.State.CANCELLED
    assert carried_out(world, wanted).state == "done"


def test_what_the_supplier_has_is_stopped_there_before_the_shop_is_told(world: World):
    job = sent(world)
    wanted = carried_out(world, cancelling.cancel(job.order, by="7", note="", at=NOON))

    job.refresh_from_db()
    assert (wanted.state, job.state, world.shop.cancelled) == ("done", "cancelled", [job.order.external_ref])
    assert Job.objects.filter(kind=intake.READ_ORDER, subject=str(job.order_id)).count() == 2


def test_nothing_is_given_back_when_the_supplier_prints_already(world: World):
    job = sent(world)
    world.supplier.move(job.supplier_ref, "in_production")

    wanted = carried_out(world, cancelling.cancel(job.order, by="7", note="", at=NOON))

    order = Order.objects.get(pk=job.order_id)
    assert (wanted.state, world.shop.cancelled) == ("too_late", [])
    assert wanted.last_error == f"Too late to cancel: {job.reference} cannot be stopped any more."
    assert (order.state, [row["code"] for row in order.reasons]) == (
        "needs_attention",
        ["new_account", "cancelled_too_late"],
    )


def test_a_refusal_of_the_shop_is_news_and_the_order_can_be_approved_again(world: World):
    order = world.order()

    class Refusing(type(world.shop)):  # type: ignore[misc]
        def cancel_order(self, order_gid, *, gives_back, note):
            raise ShopifyRejected("Shopify refused order_cancel: ACCESS_DENIED")

    world.shop.__class__ = Refusing
    wanted = carried_out(world, cancelling.cancel(order, by="7", note="", at=NOON))

    order = Order.objects.get(pk=order.pk)
    assert (wanted.state, order.state) == ("refused", "held")
    assert [row["code"] for row in order.reasons] == ["new_account", "cancel_refused"]
    assert order.blocking_reasons() == []


def test_a_second_cancelling_is_refused(world: World):
    order = world.order()
    cancelling.cancel(order, by="7", note="", at=NOON)

    with pytest.raises(CannotCancel):
        cancelling.cancel(order, by="8", note="", at=NOON)
    assert order.cancellations.count() == 1


def test_what_is_on_its_way_is_not_cancelled(world: World):
    order = world.order()
    Order.objects.filter(pk=order.pk).update(state="shipped")

    with pytest.raises(CannotCancel):
        cancelling.cancel(order, by="7", note="", at=NOON)
    assert order.cancellations.count() == 0


def test_a_reading_in_between_keeps_the_order_from_being_approved(world: World):
    order = world.order()
    cancelling.cancel(order, by="7", note="", at=NOON)

    order = world.read_again(order)

    assert [row["code"] for row in order.blocking_reasons()] == ["being_cancelled"]
