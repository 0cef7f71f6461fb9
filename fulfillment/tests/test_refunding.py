from datetime import timedelta

import pytest

from cardmaker.core.errors import BadInput
from cardmaker.core.models import Job
from cardmaker.core.money import Money
from fulfillment.models import Order, Refund
from fulfillment.orders import approval, intake, refunding
from fulfillment.orders.refunding import CannotRefund
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable, UserError
from fulfillment.tests.factories import LATER, NOON, World

SETTLE = timedelta(seconds=90)


def given(world: World, refund: Refund, *, at=NOON):
    return refunding.give(refund, shop=world.shop, clock=lambda: at, settle=SETTLE)


def reread(world: World, order: Order) -> Order:
    return intake.record(order, world.shop.read_order(order.external_ref), at=LATER)


def test_everything_that_is_left_is_given_back_once(world: World):
    order = world.order()
    refund = refunding.refund(order, by="7", note="The buyer changed her mind", at=NOON)

    assert given(world, refund) is None
    assert given(world, refund) is None

    assert (refund.state, refund.amount, refund.actor) == ("done", Money(839, "USD"), "7")
    assert [plan["note"] for plan in world.shop.given.values()] == [f"The buyer changed her mind ({refund.reference})"]
    assert Job.objects.filter(kind=intake.READ_ORDER, subject=str(order.pk)).count() == 2
    assert reread(world, order).state == Order.State.REFUNDED


def test_an_order_let_through_is_not_printed_once_its_money_is_given_back(world: World):
    job = world.print_job()
    given(world, refunding.refund(job.order, by="7", note="", at=NOON))

    order = reread(world, job.order)

    job.refresh_from_db()
    assert (order.state, job.state) == ("refunded", "cancelled")


def test_some_copies_are_given_back_and_the_rest_waits_for_another_look(world: World):
    order = world.order(lines=(world.line(quantity=3, current_quantity=3),), total_minor=1819)
    approval.approve(order, by="1", at=NOON)
    (line,) = order.lines.all()
    refund = refunding.refund(order, by="7", note="One was too many", quantities={line.pk: 1}, at=NOON)
    given(world, refund)

    order = reread(world, order)

    assert refund.amount == Money(490, "USD")
    assert (order.state, [row["code"] for row in order.reasons]) == ("held", ["partly_refunded", "new_account"])
    assert [line.quantity for line in order.lines.all()] == [2]
    assert approval.approve(order, by="1", at=LATER)[0].quantity == 2


def test_an_amount_for_goodwill_takes_nothing_off_the_order(world: World):
    job = world.print_job()
    refund = refunding.refund(job.order, by="7", note="Sorry", amount=Money(100, "USD"), at=NOON)

    given(world, refund)

    assert (refund.amount, refund.lines) == (Money(100, "USD"), [])
    assert reread(world, job.order).lines.get().quantity == 1


def test_a_lost_answer_is_found_again_by_its_reference_and_given_once(world: World):
    refund = refunding.refund(world.order(), by="7", note="", at=NOON)
    world.shop.lose_answers = 1

    with pytest.raises(ShopifyUnavailable):
        given(world, refund)
    refund.refresh_from_db()
    too_early = given(world, refund, at=NOON + timedelta(seconds=5))
    given(world, refund, at=NOON + SETTLE)

    assert too_early is not None
    assert too_early.seconds == 90
    assert (refund.state, len(world.shop.given)) == ("done", 1)


def test_a_repeat_after_an_unclear_call_sends_the_very_same_plan(world: World):
    """The day is over: the shop does not list the refund, and the key must not meet other parameters."""
    refund = refunding.refund(world.order(), by="7", note="", at=NOON)
    world.shop.lose_answers = 1
    with pytest.raises(ShopifyUnavailable):
        given(world, refund)
    refund.refresh_from_db()
    plan = dict(refund.plan)
    world.shop.change(refund.order.external_ref, at=NOON, refunds=())

    given(world, refund, at=LATER)

    assert (refund.state, refund.plan, list(world.shop.given)) == ("done", plan, [str(refund.pk)])


def test_two_refunds_at_once_are_one(world: World):
    order = world.order()
    refunding.refund(order, by="7", note="", at=NOON)

    with pytest.raises(CannotRefund):
        refunding.refund(order, by="8", note="", at=NOON)
    assert order.refunds.count() == 1


def test_what_is_given_back_cannot_be_given_again(world: World):
    order = world.order(financial_status="REFUNDED", refunded_minor=839)

    with pytest.raises(CannotRefund):
        refunding.refund(order, by="7", note="", at=NOON)


@pytest.mark.parametrize("amount", [Money(0, "USD"), Money(840, "USD"), Money(100, "EUR")])
def test_an_amount_that_was_not_paid_is_refused_beside_its_field(world: World, amount: Money):
    order = world.order()

    with pytest.raises(BadInput) as caught:
        refunding.refund(order, by="7", note="", amount=amount, at=NOON)
    assert caught.value.details == {"amount": ["Give back between $0.01 and $8.39."]}
    assert order.refunds.count() == 0


def test_copies_that_the_order_does_not_have_are_refused(world: World):
    order, other = world.order(), world.order()

    for quantities in ({order.lines.get().pk: 2}, {other.lines.get().pk: 1}):
        with pytest.raises(BadInput):
            refunding.refund(order, by="7", note="", quantities=quantities, at=NOON)
    assert order.refunds.count() == 0


def test_a_refusal_of_the_shop_is_news_for_a_person(world: World):
    job = world.print_job()
    refund = refunding.refund(job.order, by="7", note="", at=NOON)

    class Refusing(type(world.shop)):  # type: ignore[misc]
        def refund(self, plan, *, key):
            denied = [UserError("error ACCESS_DENIED", "ACCESS_DENIED")]
            raise ShopifyRejected("Shopify refused refund_create: ACCESS_DENIED", errors=denied)

    world.shop.__class__ = Refusing
    given(world, refund)

    order = Order.objects.get(pk=job.order_id)
    assert refund.state == "refused"
    assert refund.last_error.startswith("The merchant has not allowed the app to change orders")
    assert [row["code"] for row in order.reasons] == ["new_account", "refund_refused"]


def test_refunds_of_the_shops_people_are_kept_beside_ours(world: World):
    from fulfillment.shopify.orders import ShopRefund

    order = world.order()
    refund = ShopRefund("gid://shopify/Refund/77", "", LATER, Money(300, "USD"))
    order = world.read_again(order, financial_status="PARTIALLY_REFUNDED", refunded_minor=300, refunds=(refund,))
    order = world.read_again(order, refunded_minor=301, refunds=(refund,))

    assert [(row.state, row.amount, row.actor) for row in order.refunds.all()] == [("done", Money(300, "USD"), "")]
    assert refunding.left_to_give(order) == Money(538, "USD")
