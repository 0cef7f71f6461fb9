"""Taking in orders: a webhook is a hint, the shop's own record is read again, and what it says is laid over our row."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists

from accounts.models import Shop
from billing.models import Guardrails
from cardmaker.core import crash, events
from cardmaker.core.jobs import enqueue
from cardmaker.core.sealing import blind
from fulfillment.models import Approval, Order, OrderLine
from fulfillment.models.orders import NAME_MAX
from fulfillment.orders import approval, calling_off, flagged, machine_approval, refunds_of_shop, shop_reasons
from fulfillment.orders.reasons import Reason, reasons_to_hold
from fulfillment.orders.resolution import Resolved, resolve
from fulfillment.sales import carts
from fulfillment.sales.carts import CART_ATTRIBUTE
from fulfillment.shopify.orders import ShopOrder

State = Order.State
READ_ORDER = "fulfillment.read_order"
# What we found out ourselves: the shop's record neither knows it nor makes it good.
LASTING = {"altered_proof", "not_printed", "being_cancelled", "hold_released"}


def hear(shop: Shop, external_ref: str, *, at: datetime) -> UUID:
    """A webhook named this order: make sure there is a row, and have the shop's record read. Safe to repeat.

    Answers the row's key.
    """
    order = Order(pk=Order.key_of(shop.pk, external_ref), shop=shop, external_ref=external_ref)
    Order.objects.bulk_create([order], ignore_conflicts=True)
    enqueue(READ_ORDER, order.pk, account_id=shop.account_id, at=at)
    return order.pk


def record(order: Order, shop_order: ShopOrder, *, at: datetime, asked_at: datetime | None = None) -> Order:
    """Lay the shop's record over our row and move on from there. An older record than the last is ignored.

    `asked_at`: when the shop was asked for it. Safe to repeat: the lock, the lines and the state share one transaction.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        stale = order.shop_updated_at and shop_order.updated_at < order.shop_updated_at
        if stale or order.forgotten_at:
            return order
        resolved = resolve(order.shop_id, shop_order.lines)
        if not resolved:
            _set_aside(order, shop_order, at=at)
            return order
        # An order that was never read has no lines yet.
        before = list(order.lines.all()) if order.read_at else []
        resolved = _as_known(resolved, before)
        changed = _copy_lines(order, resolved, before)
        was_paid, was_bound_for, had_given = order.paid_in_full, order.address, _given(order)
        said = _copied(order, shop_order, resolved, at=at)
        newly_paid = order.paid_in_full and not was_paid
        # What was approved was also where it goes: another country may have no Route.
        changed |= bool(was_bound_for) and order.address != was_bound_for
        _go_on(order, said, resolved, _Reading(shop_order, changed, had_given, newly_paid, asked_at or at), at=at)
        crash.point("order.recording")
    return order


@dataclass(frozen=True)
class _Reading:
    """One reading of the shop's record, and what it changed. `had_given`: what was paid and given back before."""

    shop_order: ShopOrder
    changed: bool
    had_given: tuple[str, int]
    newly_paid: bool
    asked_at: datetime


def _set_aside(order: Order, shop_order: ShopOrder, *, at: datetime) -> None:
    """Nothing in it is ours: keep no word of it but its number and version, so that a repeat is recognized."""
    if order.state == State.AWAITING_PAYMENT:
        order.move(State.NOT_OURS, at=at, note="no line of ours", shop_updated_at=shop_order.updated_at)
    else:
        Order.objects.filter(pk=order.pk).update(shop_updated_at=shop_order.updated_at)


def _copied(order: Order, shop_order: ShopOrder, resolved: list[Resolved], *, at: datetime) -> dict[str, Any]:
    """Copy what the shop says to `order`, and answer it: it is written in the same UPDATE as the state."""
    address = shop_order.address
    said = {
        "name": shop_order.name[:NAME_MAX],
        "email": shop_order.email,
        "email_key": blind(shop_order.email),
        "address": asdict(address) if address else {},
        "country": address.country if address else "",
        "currency": shop_order.currency,
        "total_minor": shop_order.total_minor,
        "financial_status": shop_order.financial_status,
        "outstanding_minor": shop_order.outstanding_minor,
        "refunded_minor": shop_order.refunded_minor,
        "source": shop_order.source[:60],
        "test": shop_order.test,
        "placed_at": shop_order.created_at,
        "cancelled_at": shop_order.cancelled_at,
        "shop_updated_at": shop_order.updated_at,
        "read_at": at,
        "account_id": order.account_id or next((found.proof.account_id for found in resolved if found.proof), None),
    }
    for name, value in said.items():
        setattr(order, name, value)
    return said


def _as_known(resolved: list[Resolved], before: list[OrderLine]) -> list[Resolved]:
    """A line whose product the shop has deleted since is what it was: with its variant went its proof of it."""
    known = {line.external_ref: line for line in before if line.proof_id}
    return [
        Resolved(found.line, line.product, line.proof, line.item, line.problem)
        if not found.line.variant_gid and (line := known.get(found.line.gid))
        else found
        for found in resolved
    ]


def _copy_lines(order: Order, resolved: list[Resolved], before: list[OrderLine]) -> bool:
    """Write the lines; True when an existing one changed or vanished. A line that was bought is never deleted."""
    known = {line.external_ref: line for line in before}
    new = [_line(order, found) for found in resolved if found.line.gid not in known]
    OrderLine.objects.bulk_create(new)
    changed = bool(new) and bool(known)
    for found in resolved:
        line = known.pop(found.line.gid, None)
        changed |= line is not None and _update(line, found)
    for line in known.values():
        changed |= line.quantity != 0
        OrderLine.objects.filter(pk=line.pk).update(quantity=0)
    return changed


def _line(order: Order, found: Resolved) -> OrderLine:
    return OrderLine(
        order=order,
        external_ref=found.line.gid,
        title=found.line.title[:255],
        product=found.product,
        proof=found.proof,
        proof_digest=found.proof.digest if found.proof else "",
        item=found.item,
        quantity=found.line.current_quantity,
        amount_minor=found.line.unit_minor * found.line.current_quantity,
        problem=found.problem,
    )


def _update(line: OrderLine, found: Resolved) -> bool:
    fresh = _line(line.order, found)
    fields = ["product_id", "proof_id", "proof_digest", "item_id", "quantity", "amount_minor", "problem"]
    changes = {name: getattr(fresh, name) for name in fields if getattr(fresh, name) != getattr(line, name)}
    if changes:
        OrderLine.objects.filter(pk=line.pk).update(**changes)
    return bool(changes)


def _go_on(order: Order, said: dict[str, Any], resolved: list[Resolved], reading: _Reading, *, at: datetime) -> None:
    if order.state == State.NOT_OURS:
        order.move(State.AWAITING_PAYMENT, at=at, note="a line of ours was added")
    if reading.newly_paid:
        if CART_ATTRIBUTE in reading.shop_order.cart_attributes:
            carts.bought(reading.shop_order.cart_attributes[CART_ATTRIBUTE], shop_id=order.shop_id, at=at)
        step = events.step("paid", at=at, account_id=order.account_id, shop_id=order.shop_id, subject=order.pk)
        enqueue("fulfillment.mail_received", order.pk, account_id=order.account_id, at=at, step=step)
    if reading.shop_order.refunds and _given(order) != reading.had_given:
        refunds_of_shop.note(order, reading.shop_order)
    over = order.cancelled_at or order.financial_status in ("REFUNDED", "VOIDED")
    printable = order.state in Order.BEFORE_PRINT and not over
    if printable and (order.state != State.APPROVED or _speaks_against_approval(order, resolved, reading)):
        _hold(order, said, resolved, reading, at=at)
        return
    Order.objects.filter(pk=order.pk).update(**said)
    if over:
        calling_off.call_off(order, at=at)
    elif not printable:
        calling_off.note_late_change(order, changed=reading.changed, at=at)


def _speaks_against_approval(order: Order, resolved: list[Resolved], reading: _Reading) -> bool:
    """Whether what was approved is no longer what the shop says."""
    elsewhere = shop_reasons.is_elsewhere(reading.shop_order, _gids(resolved))
    paid_otherwise = _given(order) != reading.had_given
    return reading.changed or paid_otherwise or elsewhere or not order.paid_in_full


def _given(order: Order) -> tuple[str, int]:
    return order.financial_status, order.refunded_minor


def _gids(resolved: list[Resolved]) -> set[str]:
    return {found.line.gid for found in resolved}


def _hold(order: Order, said: dict[str, Any], resolved: list[Resolved], reading: _Reading, *, at: datetime) -> None:
    """Hold with every reason that is known. Auto-approval, when ops switched it on, is the one way past."""
    guardrails, has_earlier = _limits(order)
    lines = [line for line in (_line(order, found) for found in resolved) if line.quantity]
    found = reasons_to_hold(
        order,
        lines,
        recipient=approval.recipient_of(order),
        guardrails=guardrails,
        first_order=guardrails.new_account_hold and not has_earlier,
    )
    found += flagged.reasons_of(each.flagged for each in resolved if each.line.current_quantity)
    found += shop_reasons.reasons_of_shop(order, reading.shop_order, _gids(resolved), asked_at=reading.asked_at)
    lasting = [Reason(**row) for row in order.reasons if row["code"] in LASTING]
    found += [reason for reason in lasting if reason.code not in {each.code for each in found}]
    # Lines that came with a change are not held in the shop yet.
    if reading.changed and order.held_in_shop_at:
        order.held_in_shop_at = said["held_in_shop_at"] = None
    hold(order, sorted(found, key=lambda reason: not reason.blocks), at=at, **said)
    if guardrails.auto_approve and not found:
        machine_approval.approve(order, guardrails, at=at)


def hold_unread(order: Order, reason: Reason, *, at: datetime) -> Order:
    """The order, held if it is not in print yet: the shop was to be asked about it and cannot be. Safe to repeat."""
    with transaction.atomic():
        order = Order.locked(order.pk)
        if order.state in Order.BEFORE_PRINT and order.read_at is not None:
            known = [Reason(**row) for row in order.reasons if row["code"] != reason.code]
            hold(order, [reason, *known], at=at)
    return order


def _limits(order: Order) -> tuple[Guardrails, bool]:
    """The guardrails, and whether anything of this account was ever let through before. One query."""
    earlier = Approval.objects.filter(order__account=order.account_id, voided_at__isnull=True).exclude(order=order)
    row = Guardrails.objects.filter(pk=Guardrails.ROW).annotate(has_earlier=Exists(earlier)).first()
    return (row, row.has_earlier) if row is not None else (Guardrails.current(), earlier.exists())


def hold(order: Order, found: list[Reason], *, at: datetime, **said: Any) -> None:
    """Put the order (back) before ops with these reasons; what was approved before is void.

    `said` is written along: what the shop says of the order.
    """
    rows = [reason.as_row() for reason in found]
    note = ", ".join(reason.code for reason in found)
    if order.state == State.HELD:
        Order.objects.filter(pk=order.pk).update(reasons=rows, **said)
        order.reasons = rows
        return
    if order.state == State.APPROVED:
        calling_off.withdraw_approval(order, at=at)
    order.move(State.HELD, at=at, note=note[:300], reasons=rows, **said)
