"""Fulfillment orders: routing, holds, shipments. Preconditions and messages are the recorded ones."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from graphql import GraphQLError

from cardmaker.sandbox.models import Fulfillment, FulfillmentOrder, FulfillmentOrderLine, HeldBy, Order, OrderLine

from . import bodies
from .graph import Invalid, Values, mutation
from .orders import fulfillment_order_view, fulfillment_view, hold_view, touch

MAX_HOLDS = 10
MAX_HANDLE_CHARS = 64


def route(order: Order, *, at: datetime) -> None:
    """Give a new order its fulfillment order. Safe to repeat."""
    with transaction.atomic():
        if not Order.objects.filter(pk=order.pk, routed_at=None).update(routed_at=at):
            return
        lines = [line for line in order.lines.order_by("pk") if line.current_quantity and line.requires_shipping]
        if order.cancelled_at or not lines:
            return
        routed = FulfillmentOrder.objects.create(order=order)
        for line in lines:
            _add_line(routed, line, line.current_quantity)
        touch(order, at=at)
        bodies.send_routed(routed, at=at)


def route_line(order: Order, line: OrderLine) -> None:
    """A line that an edit has added: it goes with what is still open, or on its own."""
    target = order.fulfillment_orders.filter(status="OPEN").order_by("pk").first()
    _add_line(target or FulfillmentOrder.objects.create(order=order), line, line.current_quantity)


def _add_line(to: FulfillmentOrder, line: OrderLine, quantity: int) -> None:
    FulfillmentOrderLine.objects.create(fulfillment_order=to, line=line, total=quantity, remaining=quantity)


def found(domain: str, gid: object) -> FulfillmentOrder | None:
    if not str(gid).startswith("gid://shopify/FulfillmentOrder/"):
        raise GraphQLError("invalid id", extensions={"code": "RESOURCE_NOT_FOUND"})
    key = FulfillmentOrder.key_of(gid)
    return FulfillmentOrder.objects.select_related("order").filter(pk=key, order__domain=domain).first()


def shown(domain: str, gid: str) -> Values | None:
    target = found(domain, gid)
    return fulfillment_order_view(target) if target else None


def hold(domain: str) -> Any:
    @mutation
    def resolve(id: str, fulfillmentHold: Values) -> Values:  # noqa: N803 - Shopify's argument name
        target = found(domain, id)
        if target is None:
            raise Invalid("Fulfillment order does not exist.", ["id"], "FULFILLMENT_ORDER_NOT_FOUND")
        _check_hold(target, fulfillmentHold)
        rest = _split(target, fulfillmentHold.get("fulfillmentOrderLineItems") or [])
        placed = place_hold(target, fulfillmentHold, ours=True, at=timezone.now())
        return {
            "fulfillmentHold": hold_view(placed),
            "fulfillmentOrder": fulfillment_order_view(target),
            "remainingFulfillmentOrder": fulfillment_order_view(rest) if rest else None,
        }

    return resolve


def _check_hold(target: FulfillmentOrder, wanted: Values) -> None:
    handle = wanted.get("handle") or ""
    if target.status not in {"OPEN", "ON_HOLD"}:
        raise Invalid("The fulfillment order is not in a holdable state.", ["id"])
    if len(handle) > MAX_HANDLE_CHARS:
        raise Invalid("Handle is too long (maximum is 64 characters)", ["fulfillmentHold", "handle"])
    ours = target.holds.filter(ours=True)
    if ours.filter(handle=handle).exists():
        message = "The handle is already in use by this app for another hold on this fulfillment order."
        raise Invalid(message, ["fulfillmentHold", "handle"], "DUPLICATE_FULFILLMENT_HOLD_HANDLE")
    if ours.count() >= MAX_HOLDS:
        message = "The maximum number of fulfillment holds for this fulfillment order has been reached for this app."
        raise Invalid(message, ["id"], "FULFILLMENT_ORDER_HOLD_LIMIT_REACHED")


def place_hold(target: FulfillmentOrder, wanted: Values, *, ours: bool, at: datetime) -> HeldBy:
    placed = HeldBy.objects.create(
        fulfillment_order=target,
        handle=wanted.get("handle") or "",
        reason=wanted["reason"],
        notes=(wanted.get("reasonNotes") or "")[:500],
        external_id=(wanted.get("externalId") or "")[:200],
        ours=ours,
    )
    _set_status(target, "ON_HOLD", at=at)
    return placed


def _set_status(target: FulfillmentOrder, status: str, *, at: datetime) -> None:
    target.status = status
    target.save(update_fields=["status"])
    touch(target.order, at=at)


def _split(target: FulfillmentOrder, wanted: list[Values]) -> FulfillmentOrder | None:
    """Hold only these lines: what is left over moves to a fulfillment order of its own."""
    if not wanted:
        return None
    where = ["fulfillmentHold", "fulfillmentOrderLineItems"]
    if target.status == "ON_HOLD":
        raise Invalid("The fulfillment order is not splittable.", where, "FULFILLMENT_ORDER_NOT_SPLITTABLE")
    quantities = _quantities(target, wanted, where)
    left = {line: line.remaining - quantities.get(line.pk, 0) for line in target.lines.all()}
    if not any(left.values()):
        return None
    rest = FulfillmentOrder.objects.create(order=target.order)
    for line, quantity in left.items():
        if quantity:
            _add_line(rest, line.line, quantity)
        FulfillmentOrderLine.objects.filter(pk=line.pk).update(
            total=F("total") - quantity, remaining=F("remaining") - quantity
        )
    target.lines.filter(total=0).delete()
    return rest


def _quantities(target: FulfillmentOrder, wanted: list[Values], where: list[str]) -> dict[int, int]:
    keys = [FulfillmentOrderLine.key_of(line["id"]) for line in wanted]
    if len(set(keys)) < len(keys):
        message = "must contain unique line item ids"
        raise Invalid(message, where, "DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS")
    remaining = dict(target.lines.values_list("pk", "remaining"))
    quantities: dict[int, int] = {}
    for key, line in zip(keys, wanted, strict=True):
        if line["quantity"] <= 0:
            raise Invalid("You must select at least one item to place on partial hold.", where, "GREATER_THAN_ZERO")
        if line["quantity"] > remaining.get(key, 0):
            raise Invalid(
                "Invalid fulfillment order line item quantity requested.", where, "INVALID_LINE_ITEM_QUANTITY"
            )
        quantities[key] = line["quantity"]
    return quantities


def release(domain: str) -> Any:
    @mutation
    def resolve(id: str, holdIds: list[str] | None = None) -> Values:  # noqa: N803 - Shopify's argument name
        target = found(domain, id)
        if target is None:
            raise Invalid("Fulfillment order not found.", ["id"], "FULFILLMENT_ORDER_NOT_FOUND")
        holds = target.holds.all()
        if holdIds is not None:
            holds = holds.filter(pk__in=[HeldBy.key_of(hold_id) for hold_id in holdIds])
        release_holds(target, [each.pk for each in holds], at=timezone.now())
        return {"fulfillmentOrder": fulfillment_order_view(target)}

    return resolve


def release_holds(target: FulfillmentOrder, keys: list[int], *, at: datetime) -> None:
    target.holds.filter(pk__in=keys).delete()
    if target.status == "ON_HOLD" and not target.holds.exists():
        _set_status(target, "OPEN", at=at)


def create(domain: str) -> Any:
    @mutation
    def resolve(fulfillment: Values, message: str | None = None) -> Values:
        picked = [_picked(domain, group) for group in fulfillment["lineItemsByFulfillmentOrder"]]
        if len({target.order_id for target, _ in picked}) != 1:
            text = "All fulfillment orders must belong to the same order."
            raise Invalid(text, ["fulfillment", "lineItemsByFulfillmentOrder"])
        at = timezone.now()
        shipped = [part for target, quantities in picked for part in ship(target, quantities, at=at)]
        order = picked[0][0].order
        made = Fulfillment.objects.create(
            order=order,
            lines=shipped,
            notify_customer=bool(fulfillment.get("notifyCustomer")),
            message=message or "",
            created_at=at,
            **_tracking(fulfillment.get("trackingInfo") or {}),
        )
        touch(order, at=at)
        return {"fulfillment": fulfillment_view(made)}

    return resolve


def _picked(domain: str, group: Values) -> tuple[FulfillmentOrder, dict[int, int]]:
    """A fulfillment order with the quantities to ship of its lines; no list means all that remain."""
    where = ["fulfillment"]
    target = found(domain, group["fulfillmentOrderId"])
    if target is None:
        raise Invalid("Fulfillment order does not exist.", where)
    if target.status not in {"OPEN", "IN_PROGRESS"}:
        raise Invalid(f"Fulfillment order {target.number} has an unfulfillable status= {target.status.lower()}.", where)
    wanted = group.get("fulfillmentOrderLineItems")
    remaining = dict(target.lines.filter(remaining__gt=0).values_list("pk", "remaining"))
    if not wanted:
        return target, remaining
    quantities: dict[int, int] = {}
    for line in wanted:
        key = FulfillmentOrderLine.key_of(line["id"])
        if not target.lines.filter(pk=key).exists():
            raise Invalid("Fulfillment order line item does not exist.", where)
        if line["quantity"] <= 0:
            raise Invalid("Quantity must be greater than 0", where)
        quantities[key] = quantities.get(key, 0) + line["quantity"]
        if quantities[key] > remaining.get(key, 0):
            raise Invalid("Invalid fulfillment order line item quantity requested.", where)
    return target, quantities


def ship(target: FulfillmentOrder, quantities: dict[int, int], *, at: datetime) -> list[Values]:
    parts = []
    for line in target.lines.filter(pk__in=quantities).select_related("line").order_by("pk"):
        quantity = quantities[line.pk]
        FulfillmentOrderLine.objects.filter(pk=line.pk).update(remaining=F("remaining") - quantity)
        OrderLine.objects.filter(pk=line.line_id).update(fulfilled_quantity=F("fulfilled_quantity") + quantity)
        parts.append({"line": line.line.number, "quantity": quantity})
    left = target.lines.filter(remaining__gt=0).exists()
    _set_status(target, "IN_PROGRESS" if left else "CLOSED", at=at)
    return parts


def _tracking(given: Values) -> dict[str, Any]:
    """One parcel, or several by `numbers` and `urls`; the two ways are not to be mixed."""
    numbers = given.get("numbers") or [given.get("number") or ""]
    urls = given.get("urls") or [given.get("url") or ""]
    urls = [*urls, *[""] * (len(numbers) - len(urls))]
    parcels = [{"number": number, "url": url} for number, url in zip(numbers, urls, strict=False)]
    first, *further = parcels
    company = given.get("company") or ""
    return {"company": company, "tracking_number": first["number"], "tracking_url": first["url"], "parcels": further}


def update_tracking(domain: str) -> Any:
    @mutation
    def resolve(
        fulfillmentId: str,  # noqa: N803 - Shopify's argument names
        trackingInfoInput: Values,  # noqa: N803
        notifyCustomer: bool | None = None,  # noqa: N803
    ) -> Values:
        changed = Fulfillment.objects.filter(pk=Fulfillment.key_of(fulfillmentId), order__domain=domain).first()
        if changed is None:
            raise Invalid("Fulfillment does not exist.", ["fulfillmentId"])
        for field, value in _tracking(trackingInfoInput).items():
            setattr(changed, field, value)
        changed.notify_customer = changed.notify_customer or bool(notifyCustomer)
        changed.save()
        touch(changed.order, at=timezone.now())
        return {"fulfillment": fulfillment_view(changed)}

    return resolve
