"""Of an order printed in two places one part is sent and the other still waits: what happens until then counts."""

from dataclasses import dataclass, replace

import pytest

from cardmaker.core import storage
from fulfillment.models import PrintJob
from fulfillment.orders import approval
from fulfillment.printing import checking, following, placing
from fulfillment.shopify.orders import ShopLine
from fulfillment.tests.factories import LATER, NOON, World
from fulfillment.tests.test_submission import send


@dataclass
class Two:
    """One order: `sent` is at its supplier, `waiting` is not."""

    lines: tuple[ShopLine, ShopLine]
    sent: PrintJob
    waiting: PrintJob


@pytest.fixture
def two(world: World) -> Two:
    lines = (world.line(), world.line_of_another_supplier())
    order = world.order(lines=lines)
    approval.approve(order, by="1", at=NOON)
    sent, waiting = placing.place(order, at=NOON)
    send(sent, world.supplier)
    return Two(lines, fresh(sent), fresh(waiting))


def fresh(job: PrintJob) -> PrintJob:
    return PrintJob.objects.select_related("order").get(pk=job.pk)


def begin_printing(two: Two, world: World) -> None:
    world.supplier.move(two.sent.supplier_ref, "in_production")
    following.follow(fresh(two.sent), supplier=world.supplier, at=LATER)


def try_to_send(two: Two, world: World) -> str:
    """The state of the waiting job after a try. Nothing but the first part is at the supplier."""
    send(fresh(two.waiting), world.supplier)
    assert world.supplier.orders == [two.sent.reference]
    return fresh(two.waiting).state


def test_the_other_part_is_sent_although_the_first_is_printed_already(world: World, two: Two):
    begin_printing(two, world)

    send(fresh(two.waiting), world.supplier)

    assert fresh(two.waiting).state == "accepted"
    assert world.supplier.orders == [two.sent.reference, two.waiting.reference]


def test_a_line_taken_off_meanwhile_is_not_sent(world: World, two: Two):
    begin_printing(two, world)
    first, second = two.lines
    world.read_again(two.sent.order, lines=(first, replace(second, current_quantity=0)))

    assert try_to_send(two, world) == "cancelled"
    assert [row["code"] for row in fresh(two.sent).order.unseen_news()] == ["changed_late", "part_not_printed"]


def test_news_is_seen_by_a_person_before_the_rest_is_sent(world: World, two: Two):
    begin_printing(two, world)
    first, second = two.lines
    order = world.read_again(two.sent.order, lines=(replace(first, current_quantity=2), second))

    assert try_to_send(two, world) == "ready"

    approval.dismiss_news(order, by="7", at=LATER)
    send(fresh(two.waiting), world.supplier)
    assert world.supplier.orders == [two.sent.reference, two.waiting.reference]


@pytest.mark.parametrize("begun", [False, True])
def test_what_is_owed_again_is_not_sent(world: World, two: Two, begun: bool):
    if begun:
        begin_printing(two, world)
    world.read_again(two.sent.order, financial_status="PARTIALLY_PAID", outstanding_minor=490)

    assert try_to_send(two, world) == "cancelled"


def test_altered_files_of_the_other_part_are_not_sent(world: World, two: Two):
    begin_printing(two, world)
    file = two.waiting.lines.get().line.proof.files.earliest("pk")
    storage.delete(file.file)

    assert checking.stop_if_altered(fresh(two.waiting), at=LATER) is True

    assert try_to_send(two, world) == "cancelled"
    (news,) = fresh(two.sent).order.unseen_news()
    assert news["message"] == f"{two.waiting.reference} was not printed: its files do not match the proof's digest."
