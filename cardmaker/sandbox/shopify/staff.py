"""What the shop's staff do in Shopify's admin: take payment, cancel, refund, edit, hold and release by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from cardmaker.sandbox.models import Fulfillment, FulfillmentOrderLine, Order, OrderLine, Refund

from . import bodies, fulfillments
from .graph import Invalid, Values
from .orders import refundable_minor, total_minor, touch


def mark_paid(order: Order, *, at: datetime, **_: Any) -> None:
    """Capture what is open. Fires orders/paid."""
    if order.cancelled_at or order.financial_status not in {"pending", "authorized", "partially_paid"}:
        raise Invalid(f"{order.name} is {order.financial_status} and cannot be marked as paid.")
    touch(order, at=at, financial_status="paid")
    bodies.send_order("orders/paid", order, at=at)


def set_financial_status(order: Order, *, at: datetime, status: str = "", **_: Any) -> None:
    """Change the financial status without any webhook, as happens when deliveries are missed."""
    if status not in {"pending", "authorized", "partially_paid", "paid", "partially_refunded", "refunded", "voided"}:
        raise Invalid(f"{status!r} is no financial status.")
    touch(order, at=at, financial_status=status)


def cancel(order: Order, *, at: datetime, reason: str = "customer", gives_back: bool = True, **_: Any) -> None:
    """Cancel and refund. Fires orders/cancelled. Refused once something was shipped."""
    if order.cancelled_at:
        raise Invalid("Cannot cancel an order that has already been canceled")
    if order.fulfillments.filter(status="SUCCESS").exists():
        raise Invalid("Cannot cancel an order that has outstanding fulfillments")
    order.fulfillment_orders.update(status="CLOSED")
    FulfillmentOrderLine.objects.filter(fulfillment_order__order=order).update(remaining=0)
    order.lines.update(current_quantity=0)
    back = refundable_minor(order) if gives_back else 0
    status = order.financial_status if refundable_minor(order) and not gives_back else "voided"
    if back:
        status = "refunded"
        Refund.objects.create(order=order, amount_minor=back, created_at=at)
    changes = {"financial_status": status, "refunded_minor": order.refunded_minor + back}
    touch(order, at=at, cancelled_at=at, cancel_reason=reason.lower(), **changes)
    bodies.send_order("orders/cancelled", order, at=at)


def refund(order: Order, *, at: datetime, lines: list[Values] | None = None, **_: Any) -> None:
    """Refund these quantities, or all that is left. Fires refunds/create."""
    if order.financial_status not in {"paid", "partially_refunded"}:
        raise Invalid(f"{order.name} is {order.financial_status} and cannot be refunded.")
    parts = [_refunded(order, wanted) for wanted in lines or _all_lines(order)]
    if not parts:
        raise Invalid(f"Nothing of {order.name} is left to refund.")
    left = refundable_minor(order)
    taken = {line.pk: quantity for line, quantity in parts}
    everything = all(taken.get(line.pk, 0) == line.current_quantity for line in order.lines.all())
    goods = sum(line.price_minor * quantity for line, quantity in parts)
    give_back(order, parts, left if everything else min(goods, left), at=at)


def give_back(
    order: Order, parts: list[tuple[OrderLine, int]], amount_minor: int, *, at: datetime, **details: Any
) -> Refund:
    """Take these copies off the order and give so much back. Fires refunds/create."""
    for line, quantity in parts:
        _take_off(line, quantity)
    stored = [{"line": line.number, "quantity": quantity} for line, quantity in parts]
    made = Refund.objects.create(order=order, amount_minor=amount_minor, lines=stored, created_at=at, **details)
    refunded = order.refunded_minor + amount_minor
    status = "refunded" if refunded >= total_minor(order) else "partially_refunded"
    touch(order, at=at, financial_status=status, refunded_minor=refunded)
    bodies.send("refunds/create", order, bodies.refund_body(made), at=at)
    return made


def _all_lines(order: Order) -> list[Values]:
    return [
        {"line": line.number, "quantity": line.current_quantity} for line in order.lines.filter(current_quantity__gt=0)
    ]


def _refunded(order: Order, wanted: Values) -> tuple[OrderLine, int]:
    line = _line(order, wanted)
    quantity = int(wanted.get("quantity") or 1)
    if not 0 < quantity <= line.current_quantity:
        raise Invalid(f"{line.title} has {line.current_quantity} left.")
    return line, quantity


def _line(order: Order, wanted: Values) -> OrderLine:
    line = order.lines.filter(pk=OrderLine.key_of(wanted.get("line"))).first()
    if line is None:
        raise Invalid("That line is not of this order.")
    return line


def _take_off(line: OrderLine, quantity: int) -> None:
    OrderLine.objects.filter(pk=line.pk).update(current_quantity=F("current_quantity") - quantity)
    for part in FulfillmentOrderLine.objects.filter(line=line, remaining__gt=0).order_by("pk"):
        taken = min(quantity, part.remaining)
        FulfillmentOrderLine.objects.filter(pk=part.pk).update(
            remaining=F("remaining") - taken, total=F("total") - taken
        )
        quantity -= taken


def edit(order: Order, *, at: datetime, line: object = None, quantity: object = None, **_: Any) -> None:
    """Set a line's quantity. Fires orders/edited. Without `line` it is the first one."""
    edited = _line(order, {"line": line}) if line else order.lines.order_by("pk")[0]
    wanted = int(str(quantity))
    delta = wanted - edited.current_quantity
    if order.cancelled_at or not 0 <= wanted <= 10_000 or not delta:
        raise Invalid("Nothing to edit.")
    if delta < 0:
        _take_off(edited, -delta)
        additions, removals = [], [{"id": edited.number, "delta": -delta}]
    else:
        _add_to(edited, delta)
        additions, removals = [{"id": edited.number, "delta": delta}], []
    touch(order, at=at)
    bodies.send("orders/edited", order, bodies.edit_body(order, additions, removals, at=at), at=at)


def _add_to(line: OrderLine, quantity: int) -> None:
    changes = {"quantity": F("quantity") + quantity, "current_quantity": F("current_quantity") + quantity}
    OrderLine.objects.filter(pk=line.pk).update(**changes)
    part = FulfillmentOrderLine.objects.filter(line=line).order_by("pk").first()
    if part:
        FulfillmentOrderLine.objects.filter(pk=part.pk).update(
            total=F("total") + quantity, remaining=F("remaining") + quantity
        )


def set_properties(order: Order, *, at: datetime, line: object = None, properties: object = None, **_: Any) -> None:
    """Alter the line-item properties of a placed order, which only a tamperer does. Fires nothing."""
    if not isinstance(properties, dict):
        raise Invalid("Properties are an object of texts.")
    altered = _line(order, {"line": line}) if line else order.lines.order_by("pk")[0]
    altered.properties = properties
    altered.save(update_fields=["properties"])
    touch(order, at=at)


def hold(order: Order, *, at: datetime, **_: Any) -> None:
    for each in order.fulfillment_orders.filter(status__in=["OPEN", "ON_HOLD"]):
        fulfillments.place_hold(each, {"reason": "OTHER", "reasonNotes": "Held by staff"}, ours=False, at=at)
        bodies.send_routed(each, at=at, topic="placed_on_hold")


def release(order: Order, *, at: datetime, **_: Any) -> None:
    """Release every hold, the application's as well, as staff can."""
    for each in order.fulfillment_orders.filter(status="ON_HOLD"):
        fulfillments.release_holds(each, [held.pk for held in each.holds.all()], at=at)
        bodies.send_routed(each, at=at, topic="hold_released")


def move(order: Order, *, at: datetime, service: str = "Another printer", **_: Any) -> None:
    """Have a fulfillment service make what is open; an empty name brings it back. Fires fulfillment_orders/moved."""
    for each in order.fulfillment_orders.filter(status__in=["OPEN", "ON_HOLD"]):
        each.service = service
        each.save(update_fields=["service"])
        bodies.send_routed(each, at=at, topic="moved")
    touch(order, at=at)


def fulfill(order: Order, *, at: datetime, quantity: object = None, tracking_number: str = "", **_: Any) -> None:
    """Ship by hand so many copies of what is open, or all of it, whoever meant to print it."""
    left = int(str(quantity)) if quantity else None
    shipped: list[Values] = []
    for each in order.fulfillment_orders.filter(status__in=["OPEN", "IN_PROGRESS"]).order_by("pk"):
        taken: dict[int, int] = {}
        for part in each.lines.filter(remaining__gt=0).order_by("pk"):
            taken[part.pk] = part.remaining if left is None else min(left, part.remaining)
            left = None if left is None else left - taken[part.pk]
        shipped += fulfillments.ship(each, {key: count for key, count in taken.items() if count}, at=at)
    if not shipped:
        raise Invalid(f"Nothing of {order.name} can be fulfilled.")
    details = {"company": "Other", "tracking_number": tracking_number} if tracking_number else {}
    Fulfillment.objects.create(order=order, lines=shipped, created_at=at, **details)
    touch(order, at=at)


def add_line(order: Order, *, at: datetime, quantity: object = 1, **_: Any) -> None:
    """Add as many copies of the first line once more, as a line of its own. Fires orders/edited."""
    if order.cancelled_at:
        raise Invalid("Nothing to edit.")
    first, count = order.lines.order_by("pk")[0], int(str(quantity))
    names = [field.name for field in OrderLine._meta.fields if field.name not in ("id", "fulfilled_quantity")]
    copied = {name: getattr(first, name) for name in names} | {"quantity": count, "current_quantity": count}
    added = OrderLine.objects.create(**copied)
    if order.routed_at:
        fulfillments.route_line(order, added)
    touch(order, at=at)
    additions = [{"id": added.number, "delta": count}]
    bodies.send("orders/edited", order, bodies.edit_body(order, additions, [], at=at), at=at)


ACTIONS: dict[str, Callable[..., None]] = {
    "mark-paid": mark_paid,
    "set-financial-status": set_financial_status,
    "cancel": cancel,
    "refund": refund,
    "edit": edit,
    "set-properties": set_properties,
    "hold": hold,
    "release": release,
    "move": move,
    "fulfill": fulfill,
    "add-line": add_line,
}


def act(order: Order, action: str, arguments: Values, *, at: datetime) -> None:
    """Do one of ACTIONS, all or nothing. Raises Invalid with the shop's words."""
    with transaction.atomic():
        ACTIONS[action](order, at=at, **{name: value for name, value in arguments.items() if name != "at"})
