from datetime import timedelta

import pytest

from cardmaker.core.models import Job
from fulfillment.models import Order, PrintJob
from fulfillment.orders import approval, holding, intake
from fulfillment.printing import recovery
from fulfillment.shopify.orders import FulfillmentOrder, FulfillmentOrderLine, Hold
from fulfillment.tests.factories import LATER, NOON, World

MUCH_LATER = LATER + timedelta(hours=1)
LINE = "gid://shopify/LineItem/1"


def group(*holds: Hold, actions: frozenset[str] = frozenset({"CREATE_FULFILLMENT", "HOLD"})) -> FulfillmentOrder:
    line = FulfillmentOrderLine("gid://shopify/FulfillmentOrderLineItem/1", LINE, 1)
    status = "ON_HOLD" if holds else "OPEN"
    return FulfillmentOrder("gid://shopify/FulfillmentOrder/1", status, actions, holds, (line,))


def aligned(world: World, order: Order) -> Order:
    holding.align(Order.objects.get(pk=order.pk), shop=world.shop, at=NOON)
    return Order.objects.get(pk=order.pk)


def codes(order: Order) -> list[str]:
    return [row["code"] for row in order.reasons]


def test_what_waits_is_held_in_the_shop_and_released_once_it_is_let_through(world: World):
    order = aligned(world, world.order())
    held = dict(world.shop.held), order.held_in_shop_at

    approval.approve(order, by="1", at=NOON)
    order = aligned(world, order)

    assert held == ({order.external_ref: {LINE}}, NOON)
    assert (world.shop.held, order.held_in_shop_at) == ({}, None)


def test_aligning_twice_tells_the_shop_once(world: World):
    order = aligned(world, world.order())
    world.shop.held.clear()

    aligned(world, order)

    assert world.shop.held == {}


def test_an_approval_during_the_call_is_followed_by_the_release(world: World):
    order = world.order()

    class Slow(type(world.shop)):  # type: ignore[misc]
        def hold(self, order_gid, *, line_gids, reference=""):
            approval.approve(Order.objects.get(pk=order.pk), by="1", at=NOON)
            return super().hold(order_gid, line_gids=line_gids, reference=reference)

    world.shop.__class__ = Slow

    order = aligned(world, order)

    assert (world.shop.held, order.held_in_shop_at) == ({}, None)


def test_a_rejected_order_stays_held_so_that_nobody_ships_it(world: World):
    order = aligned(world, world.order())
    approval.reject(order, by="1", note="no", at=NOON)

    assert list(aligned(world, order).shop.orders.filter(held_in_shop_at=NOON)) == [order]
    assert world.shop.held == {order.external_ref: {LINE}}


def test_staff_who_release_our_hold_do_not_approve_the_order(world: World):
    order = aligned(world, world.order())
    held = group(Hold("gid://shopify/FulfillmentHold/1", "print-approval", True), actions=frozenset({"RELEASE_HOLD"}))

    order = world.read_again(order, fulfillment_orders=(held,))
    before = codes(order)
    order = world.read_again(order, at=MUCH_LATER, fulfillment_orders=(group(),))

    assert (before, codes(order)) == (["new_account"], ["new_account", "hold_released"])
    assert order.state == Order.State.HELD
    assert not holding.is_due(order)


def test_a_reading_from_before_our_hold_does_not_say_that_it_was_released(world: World):
    order = aligned(world, world.order())
    world.shop.change(order.external_ref, at=LATER, fulfillment_orders=(group(),))
    said = world.shop.read_order(order.external_ref)

    order = intake.record(order, said, at=LATER, asked_at=NOON - timedelta(seconds=1))

    assert codes(order) == ["new_account"]


def test_lines_that_came_with_a_change_are_held_too(world: World):
    order = aligned(world, world.order())

    order = world.read_again(order, lines=(world.line(quantity=2, current_quantity=2),))

    assert order.held_in_shop_at is None
    assert holding.is_due(order)


def test_an_order_that_was_not_printed_is_held_in_the_shop_again(world: World):
    job = world.print_job()
    PrintJob.objects.filter(pk=job.pk).update(state="needs_attention")
    Order.objects.filter(pk=job.order_id).update(state="needs_attention")

    recovery.hold_again(PrintJob.objects.get(pk=job.pk), at=LATER)

    assert Job.objects.filter(kind=holding.ALIGN, subject=str(job.order_id)).count() == 1


@pytest.mark.parametrize("said", [{"request_status": "ACCEPTED"}, {"actions": frozenset({"REQUEST_FULFILLMENT"})}])
def test_what_another_service_makes_is_held_with_a_reason(world: World, said: dict[str, object]):
    from dataclasses import replace

    elsewhere = replace(group(), **said)  # type: ignore[arg-type]
    order = world.order(fulfillment_orders=(elsewhere,))

    assert codes(order) == ["other_fulfillment", "new_account"]
    assert [row["code"] for row in order.blocking_reasons()] == ["other_fulfillment"]


def test_an_approved_order_that_moves_to_another_service_is_held_again(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)

    order = world.read_again(order, fulfillment_orders=(group(actions=frozenset({"REQUEST_FULFILLMENT"})),))

    assert (order.state, codes(order)) == ("held", ["other_fulfillment", "new_account"])


@pytest.mark.parametrize("source", ["pos", "shopify_draft_order"])
def test_orders_that_came_another_way_are_held_with_a_reason_that_ops_may_overrule(world: World, source: str):
    order = world.order(source=source)

    assert codes(order) == ["new_account", "other_route"]
    assert approval.approve(order, by="1", at=NOON)


@pytest.mark.parametrize("source", ["iphone", "subscription_contract_checkout_one", "1424624"])
def test_a_channel_that_we_did_not_send_the_buyer_to_is_named(world: World, source: str):
    order = world.order(source=source)

    assert codes(order) == ["new_account", "other_route"]
    assert order.reasons[-1]["message"] == f"It was bought by another channel than the web ({source})."


@pytest.mark.parametrize("source", ["web", ""])
def test_the_web_is_the_way_our_buyers_come(world: World, source: str):
    assert codes(world.order(source=source)) == ["new_account"]


def test_the_shops_own_warning_is_shown_to_the_approver(world: World):
    order = world.order(risk="INVESTIGATE")

    assert order.reasons[-1]["message"] == "The shop advises to look into it: it may be a fraud."
