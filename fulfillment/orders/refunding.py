"""Giving a buyer's money back through the shop: asked for here, done there once, whatever dies in between.

Shopify keeps an idempotency key for a day. Whoever finds a call announced but unanswered therefore waits until it has
settled, looks for our reference among the order's refunds, and only then sends the very same call under the same key.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from cardmaker.core import crash
from cardmaker.core.errors import BadInput, Refused
from cardmaker.core.jobs import Later, enqueue
from cardmaker.core.money import Money
from fulfillment.models import Order, OrderLine, Refund, Transition
from fulfillment.orders import calling_off, intake
from fulfillment.shopify.answers import ShopifyRejected
from fulfillment.shopify.reversals import why
from fulfillment.shopify.shop import ShopifyShop

GIVE = "fulfillment.give_refund"
State = Refund.State


class CannotRefund(Refused):
    """Nothing was paid, nothing is left, or another refund is under way."""

    code = "cannot_refund"


def refund(
    order: Order,
    *,
    by: str,
    note: str,
    at: datetime,
    quantities: Mapping[UUID, int] | None = None,
    amount: Money | None = None,
    delivery: bool = False,
) -> Refund:
    """Give back these copies of these lines (`quantities` by OrderLine key), or just an amount; without either: all.

    Answers at once; the shop is told by a job. Raises CannotRefund, or BadInput beside `quantities` or `amount`.
    """
    with transaction.atomic():
        order = Order.locked(order.pk)
        _refuse(order, amount)
        wanted = Refund.objects.create(
            order=order,
            lines=_lines(order, quantities or {}),
            delivery=delivery,
            amount_minor=amount.minor if amount else None,
            currency=order.currency,
            note=note[:200],
            actor=by,
        )
        _remember(order, "refund_asked", wanted, at=at)
        enqueue(GIVE, wanted.pk, account_id=order.account_id, at=at)
    return wanted


def left_to_give(order: Order) -> Money:
    """What the buyer has paid and not been given back, as the shop last said."""
    return Money(max(0, order.total_minor - order.outstanding_minor - order.refunded_minor), order.currency or "USD")


def give(wanted: Refund, *, shop: ShopifyShop, clock: Callable[[], datetime], settle: timedelta) -> Later | None:
    """Have the shop do it, once. Safe to repeat. Answers when to call this again, or None when it is over."""
    if wanted.state != State.WANTED:
        return None
    if wanted.about_to_call_at and clock() < wanted.about_to_call_at + settle:
        return Later(settle.total_seconds())
    try:
        gid, given = _found_or_given(wanted, shop, clock)
    except ShopifyRejected as refusal:
        _refused(wanted, refusal, at=clock())
        return None
    crash.point("refund.answered")
    _done(wanted, gid, given, at=clock())
    return None


def _refuse(order: Order, amount: Money | None) -> None:
    left = left_to_give(order)
    if order.state == Order.State.NOT_OURS or not left.minor:
        raise CannotRefund("Nothing of what was paid for this order is left to give back.")
    if order.refunds.filter(state=State.WANTED).exists():
        raise CannotRefund("Another refund of this order is under way.")
    if amount and (amount.currency != left.currency or not 0 < amount.minor <= left.minor):
        raise BadInput.beside("amount", f"Give back between {Money(1, left.currency)} and {left}.")


def _lines(order: Order, quantities: Mapping[UUID, int]) -> list[dict[str, Any]]:
    lines = {line.pk: line for line in OrderLine.objects.filter(order=order, pk__in=quantities)}
    for key, quantity in quantities.items():
        if key not in lines or not 1 <= quantity <= lines[key].quantity:
            raise BadInput.beside("quantities", "Choose lines of this order, and not more copies than it has.")
    return [{"line": lines[key].external_ref, "quantity": quantity} for key, quantity in quantities.items()]


def _found_or_given(wanted: Refund, shop: ShopifyShop, clock: Callable[[], datetime]) -> tuple[str, Money]:
    """What the shop has under our reference, or gives now. No HTTP within a transaction: announce, call, record."""
    order_gid = wanted.order.external_ref
    if wanted.about_to_call_at:
        refunds = shop.read_order(order_gid).refunds
        found = next((each for each in refunds if wanted.reference in each.note), None)
        if found is not None:
            return found.gid, found.amount
    plan = wanted.plan or shop.plan_refund(
        order_gid,
        lines=wanted.lines,
        delivery=wanted.delivery,
        amount=wanted.amount,
        note=f"{wanted.note} ({wanted.reference})".strip(),
    )
    Refund.objects.filter(pk=wanted.pk).update(plan=plan, about_to_call_at=clock())
    crash.point("refund.announced")
    return shop.refund(plan, key=str(wanted.pk))


def _done(wanted: Refund, gid: str, given: Money, *, at: datetime) -> None:
    with transaction.atomic():
        order = Order.locked(wanted.order_id)
        # The shop's webhook may have been faster, and the row with this reference be written by its reading.
        Refund.objects.filter(order=order, shop_ref=gid).exclude(pk=wanted.pk).delete()
        changes = {"state": State.DONE, "shop_ref": gid, "done_at": at, "last_error": ""}
        still = Refund.objects.filter(pk=wanted.pk, state=State.WANTED)
        if still.update(**changes, amount_minor=given.minor, currency=given.currency):
            _remember(order, "refunded", wanted, at=at)
            enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, at=at)
    wanted.refresh_from_db()


def _refused(wanted: Refund, refusal: ShopifyRejected, *, at: datetime) -> None:
    with transaction.atomic():
        order = Order.locked(wanted.order_id)
        changes = {"state": State.REFUSED, "last_error": why(refusal)[:300]}
        if Refund.objects.filter(pk=wanted.pk, state=State.WANTED).update(**changes):
            calling_off.mark(order, "refund_refused", f"The shop gave nothing back: {why(refusal)}"[:300], at=at)
    wanted.refresh_from_db()


def _remember(order: Order, step: str, wanted: Refund, *, at: datetime) -> None:
    note = f"{wanted.reference}: {wanted.note}"[:300]
    Transition.objects.create(order=order, before=order.state, after=step, note=note, actor=wanted.actor, at=at)
