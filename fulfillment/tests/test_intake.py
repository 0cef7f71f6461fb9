"""Taking in orders: held with every reason, whatever the browser, the buyer or the shop did to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cardmaker.core.models import Job
from fulfillment.models import Approval, Order, PrintJob
from fulfillment.orders import approval, intake
from fulfillment.printing import placing
from fulfillment.tests.factories import LATER, NOON, World, a_proof


def codes(order: Order) -> list[str]:
    """The reasons, without the one that every first order has."""
    return [reason["code"] for reason in order.reasons if reason["code"] != "new_account"]


def test_a_paid_order_is_held_for_approval_with_its_proof_pinned(world: World):
    order = world.order()

    line = order.lines.get()
    assert (order.state, codes(order)) == ("held", [])
    assert (line.proof, line.proof_digest, line.item, line.problem) == (world.proof, world.proof.digest, world.item, "")
    assert (order.account, order.total_minor, order.email) == (world.account, 839, "robin@example.com")


def test_hearing_and_reading_twice_is_one_order(world: World):
    order = world.order()
    again = intake.hear(world.proof.shop, order.external_ref, at=LATER)
    intake.record(Order.objects.get(pk=again), world.shop.read_order(order.external_ref), at=LATER)

    assert Order.objects.count() == 1
    assert order.lines.count() == 1
    assert Job.objects.filter(kind="fulfillment.mail_received").count() == 1


def test_an_older_record_is_ignored(world: World):
    order = world.order()
    stale = replace(
        world.shop.read_order(order.external_ref), updated_at=NOON - timedelta(hours=1), financial_status="PENDING"
    )

    intake.record(order, stale, at=LATER)

    order.refresh_from_db()
    assert order.financial_status == "PAID"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"financial_status": "PENDING"}, ["unpaid"]),
        ({"financial_status": "AUTHORIZED"}, ["unpaid"]),
        ({"financial_status": "PARTIALLY_PAID"}, ["unpaid"]),
        ({"test": True}, ["test_order"]),
        ({"address": None}, ["address"]),
        ({"total_minor": 10_000_000}, ["total"]),
    ],
)
def test_what_is_wrong_with_the_order_is_a_reason(world: World, changes, expected):
    order = world.order(**changes)

    assert (order.state, codes(order)) == ("held", expected)


def properties_without(world: World, *names: str) -> dict[str, str]:
    return {key: value for key, value in world.line().properties.items() if key not in names}


@pytest.mark.parametrize("name", ["_proof", "_sig"])
def test_missing_properties_hold_the_order(world: World, name: str):
    order = world.order(lines=(world.line(properties=properties_without(world, name)),))

    assert (order.state, codes(order)) == ("held", ["missing_proof"])
    assert order.lines.get().proof is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("_item", "SIM-Greet-Fold-5x7-1Pack"), ("_supplier", "printify"), ("_sig", "v1." + "A" * 43), ("_sig", "")],
)
def test_an_altered_property_holds_the_order(world: World, name: str, value: str):
    properties = {**world.line().properties, name: value}
    order = world.order(lines=(world.line(properties=properties),))

    assert (order.state, codes(order)) == ("held", ["altered_property"])


def test_another_proof_under_the_first_ones_signature_holds_the_order(world: World):
    other = a_proof(world.account, world.item)
    properties = {**world.line().properties, "_proof": str(other.pk)}
    order = world.order(lines=(world.line(properties=properties),))

    assert codes(order) == ["altered_property"]


@pytest.mark.parametrize("proof_id", ["not-a-uuid", "00000000-0000-4000-8000-000000000000"])
def test_a_proof_that_is_not_the_shops_holds_the_order(world: World, proof_id: str):
    properties = {**world.line().properties, "_proof": proof_id}
    order = world.order(lines=(world.line(properties=properties),))

    assert codes(order) == ["foreign_proof"]


def test_signed_properties_on_another_variant_hold_the_order(world: World):
    order = world.order(lines=(world.line(variant_gid="gid://shopify/ProductVariant/999999"),))

    assert codes(order) == ["altered_property"]


def test_a_lowered_price_holds_the_order(world: World):
    order = world.order(lines=(world.line(unit_minor=1),))

    assert codes(order) == ["price_changed"]


def test_a_price_in_another_currency_says_nothing_about_ours_and_holds_the_order(world: World):
    order = world.order(lines=(world.line(unit_minor=490, currency="JPY"),))

    assert codes(order) == ["other_currency"]


def test_lines_that_are_not_ours_are_ignored(world: World):
    mug = world.line(gid="gid://shopify/LineItem/2", variant_gid="gid://shopify/ProductVariant/777", properties={})
    order = world.order(lines=(mug, world.line()))

    assert [line.external_ref for line in order.lines.all()] == ["gid://shopify/LineItem/1"]


def test_an_order_without_a_line_of_ours_keeps_nothing_of_the_buyer(world: World):
    mug = world.line(variant_gid="gid://shopify/ProductVariant/777", properties={})
    order = world.order(lines=(mug,))

    assert (order.state, order.email, order.address) == ("not_ours", "", {})


def test_a_country_that_the_route_does_not_serve_holds_the_order(world: World):
    address = replace(world.shop_order().address, country="DE", region="")
    order = world.order(address=address)

    assert codes(order) == ["no_route"]


def test_an_order_that_gets_paid_later_loses_the_reason(world: World):
    order = world.order(financial_status="PENDING")

    order = world.read_again(order, financial_status="PAID")

    assert (order.state, codes(order)) == ("held", [])


def test_a_changed_quantity_after_approval_voids_it(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)

    order = world.read_again(order, lines=(world.line(quantity=3, current_quantity=3),))

    assert order.state == "held"
    assert Approval.objects.get().voided_at == LATER
    assert placing.place(order, at=LATER) == []
    assert PrintJob.objects.count() == 0


def test_a_payment_taken_back_after_approval_holds_it_again(world: World):
    order = world.order()
    approval.approve(order, by="1", at=NOON)

    order = world.read_again(order, financial_status="PARTIALLY_REFUNDED")

    assert (order.state, codes(order)) == ("held", ["partly_refunded"])


def test_a_cancelled_order_stops_and_gives_the_money_back(world: World):
    job = world.print_job()

    order = world.read_again(job.order, cancelled_at=LATER)

    job.refresh_from_db()
    assert (order.state, job.state) == ("cancelled", "cancelled")


def test_a_shops_long_name_for_an_order_is_cut_not_refused(world: World):
    order = world.order(name="#" + "1" * 60)

    assert order.name == "#" + "1" * 39
    assert Order.objects.get(pk=order.pk).name == order.name
