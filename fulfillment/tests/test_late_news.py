"""What the shop does to an order after it went to the printer stays in sight until a person has seen it."""

import pytest

from cardmaker.core.models import IllegalMove
from fulfillment import lifecycle, retention
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval, intake, progress
from fulfillment.printing import following
from fulfillment.tests.factories import LATER, NOON, World
from fulfillment.tests.test_submission import send


@pytest.fixture
def changed(world: World) -> Order:
    """Sent to the printer, then the quantity was changed in the shop."""
    job = world.print_job()
    send(job, world.supplier)
    order = world.read_again(job.order, lines=(world.line(quantity=3, current_quantity=3),))
    return Order.objects.get(pk=order.pk)


def test_a_late_change_needs_attention_until_it_is_dismissed(changed: Order):
    progress.follow(changed, at=LATER)
    assert Order.objects.get(pk=changed.pk).state == "needs_attention"

    approval.dismiss_news(changed, by="7", at=LATER)

    changed.refresh_from_db()
    assert (changed.state, changed.unseen_news()) == ("submitted", [])
    assert changed.transitions.filter(actor="7", note="seen: changed_late").count() == 1


def test_dismissing_twice_is_refused(changed: Order):
    approval.dismiss_news(changed, by="7", at=LATER)
    changed.refresh_from_db()

    with pytest.raises(IllegalMove):
        approval.dismiss_news(changed, by="7", at=LATER)


def test_what_we_found_out_ourselves_outlasts_a_reading(world: World):
    order = world.order()
    altered = {"code": "altered_proof", "message": "The proof's files do not match its digest.", "blocks": True}
    Order.objects.filter(pk=order.pk).update(reasons=[altered])

    world.read_again(order)

    order.refresh_from_db()
    assert altered in order.reasons
    with pytest.raises(approval.CannotApprove):
        approval.approve(order, by="7", at=LATER)


def test_fewer_files_at_the_supplier_than_were_sent_stop_the_print(world: World):

    job = world.print_job()
    send(job, world.supplier)
    job.refresh_from_db()
    (item,) = world.supplier.readings[job.supplier_ref].items
    world.supplier.report_files(job.supplier_ref, item.files[:1])

    following.follow(PrintJob.objects.select_related("order").get(pk=job.pk), supplier=world.supplier, at=LATER)

    assert PrintJob.objects.get(pk=job.pk).state == "needs_attention"


def test_a_forgotten_order_is_never_written_again(world: World):

    order = world.order()
    approval.reject(order, by="7", note="", at=NOON)
    lifecycle.erase(world.account, at=NOON)
    lifecycle.erase(world.account, at=LATER)

    intake.record(order, world.shop.read_order(order.external_ref), at=LATER)

    order.refresh_from_db()
    assert (order.email, order.address, order.forgotten_at) == ("", {}, NOON)


def test_an_order_under_way_keeps_its_address_until_it_is_over(world: World):

    order = world.order()
    lifecycle.erase(world.account, at=NOON)
    order.refresh_from_db()
    assert (order.email, order.forget_when_over) == ("robin@example.com", True)

    approval.reject(order, by="7", note="", at=NOON)
    retention.purge(at=LATER)

    order.refresh_from_db()
    assert (order.email, order.address, order.forgotten_at) == ("", {}, LATER)
