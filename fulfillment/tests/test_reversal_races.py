"""What must happen once, pressed by many at the same moment: real threads on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from cardmaker.core.errors import Refused
from fulfillment.models import Approval, Cancellation, Order, PrintJob, Refund
from fulfillment.orders import approval, cancelling, holding, refunding
from fulfillment.printing import placing, reprinting
from fulfillment.tests.factories import LATER, NOON, World, a_world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.serial,
]
THREADS = 6


def together(press: Callable[[], object]) -> list[str]:
    """Press in all threads at once: "done" or the code of the refusal, sorted."""
    gate = Barrier(THREADS)

    def run(_: int) -> str:
        try:
            gate.wait(10)
            press()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return sorted(pool.map(run, range(THREADS)))


@pytest.fixture
def here() -> World:
    return a_world()


def printed(world: World) -> Order:
    order = world.order(lines=(world.line(quantity=2, current_quantity=2),))
    approval.approve(order, by="1", at=NOON)
    (job,) = placing.place(order, at=NOON)
    PrintJob.objects.filter(pk=job.pk).update(state="delivered", supplier_ref="x", produced_at=NOON)
    Order.objects.filter(pk=order.pk).update(state="delivered")
    return Order.objects.get(pk=order.pk)


def test_many_refunds_at_once_are_one(here: World):
    order = here.order()

    told = together(lambda: refunding.refund(order, by="7", note="", at=LATER))

    assert told == ["cannot_refund"] * (THREADS - 1) + ["done"]
    assert Refund.objects.count() == 1


def test_one_refund_is_given_once_by_many_workers(here: World):
    refund = refunding.refund(here.order(), by="7", note="", at=NOON)

    def give() -> None:
        mine = Refund.objects.select_related("order").get(pk=refund.pk)
        refunding.give(mine, shop=here.shop, clock=lambda: LATER, settle=timedelta(seconds=90))  # type: ignore[arg-type]

    assert together(give) == ["done"] * THREADS
    assert list(here.shop.given) == [str(refund.pk)]
    assert [(row.state, row.amount_minor) for row in Refund.objects.all()] == [("done", 839)]


def test_many_cancellings_at_once_are_one(here: World):
    order = here.order()

    told = together(lambda: cancelling.cancel(order, by="7", note="", at=LATER))

    assert told == ["cannot_cancel"] * (THREADS - 1) + ["done"]
    assert Cancellation.objects.count() == 1


def test_many_reprints_at_once_are_one(here: World):
    order = printed(here)

    told = together(lambda: reprinting.reprint(order, by="7", note="bent", at=LATER))

    assert told == ["cannot_reprint"] * (THREADS - 1) + ["done"]
    assert sorted(order.print_jobs.values_list("round", flat=True)) == [0, 1]
    assert Approval.objects.filter(order=order, round=1).count() == 1


def test_what_was_added_is_let_through_once(here: World):
    order = printed(here)
    order.lines.update(quantity=3)

    told = together(lambda: reprinting.print_added(order, by="7", at=LATER))

    assert told == ["cannot_reprint"] * (THREADS - 1) + ["done"]
    assert [line.quantity for line in PrintJob.objects.get(order=order, round=1).lines.all()] == [1]


def test_a_cancelling_and_an_approval_at_once_never_both_win(here: World):
    order = here.order()
    turns = iter(range(THREADS))

    def press() -> None:
        if next(turns) % 2:
            cancelling.cancel(order, by="7", note="", at=LATER)
        else:
            approval.approve(Order.objects.get(pk=order.pk), by="1", at=LATER)

    together(press)

    order = Order.objects.get(pk=order.pk)
    assert Cancellation.objects.count() == 1
    assert (order.state, Approval.objects.filter(voided_at=None).count()) == ("held", 0)


def test_many_workers_align_one_hold(here: World):
    order = here.order()

    def align() -> None:
        holding.align(Order.objects.get(pk=order.pk), shop=here.shop, at=LATER)  # type: ignore[arg-type]

    together(align)
    held = dict(here.shop.held)
    approval.approve(order, by="1", at=LATER)
    together(align)

    assert list(held) == [order.external_ref]
    assert here.shop.held == {}
    assert Order.objects.get(pk=order.pk).held_in_shop_at is None
