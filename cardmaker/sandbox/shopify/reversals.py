"""Money given back and orders cancelled through the Admin API, with idempotency keys as Shopify keeps them."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone
from graphql import GraphQLError, GraphQLResolveInfo
from graphql.execution.values import get_directive_values

from cardmaker.sandbox.models import Order, OrderLine, Refund
from cardmaker.sandbox.money import decimal, minor

from . import staff
from .graph import Invalid, Values, not_found
from .orders import order_of, order_view, refund_view, refundable_minor

MAX_NOTE_CHARS = 255


def refund_create(domain: str) -> Any:
    def resolve(info: "GraphQLResolveInfo[Any]", input: Values) -> Values:
        key = _key(info)
        if not key:
            message = "The @idempotent directive is required for this mutation but was not provided."
            raise GraphQLError(message, extensions={"code": "BAD_REQUEST"})
        try:
            with transaction.atomic():
                made = _refunded(_order(domain, input["orderId"]), input, key)
        except Invalid as exc:
            return {"userErrors": [exc.error]}
        return {"refund": refund_view(made), "order": order_view(made.order), "userErrors": []}

    return resolve


def _key(info: "GraphQLResolveInfo[Any]") -> str:
    """The key of the directive on the field, given as a text or by a variable; "" without one."""
    directive = info.schema.get_directive("idempotent")
    assert directive is not None  # the schema has it
    values = get_directive_values(directive, info.field_nodes[0], info.variable_values) or {}
    return str(values.get("key") or "")


def _order(domain: str, gid: str) -> Order:
    order = order_of(domain, gid)
    if order is None:
        raise not_found(gid)
    return order


def _refunded(order: Order, given: Values, key: str) -> Refund:
    asked = hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()
    earlier = Refund.objects.filter(order=order, key=key).first()
    if earlier is not None:
        if earlier.asked != asked:
            raise Invalid("The same idempotency key cannot be used with different operation parameters.")
        return earlier
    amount = sum(minor(part["amount"]) for part in given.get("transactions") or [])
    left = refundable_minor(order)
    if any(not part.get("parentId") for part in given.get("transactions") or []):
        raise Invalid("Transactions require a parent_id associated with the order")
    if amount > left:
        message = f"Refund amount ${decimal(amount)} is greater than net payment received ${decimal(left)}"
        raise Invalid(message)
    parts = [_part(order, line) for line in given.get("refundLineItems") or []]
    details = {"note": given.get("note") or "", "notify_customer": bool(given.get("notify"))}
    return staff.give_back(order, parts, amount, at=timezone.now(), key=key, asked=asked, **details)


def _part(order: Order, given: Values) -> tuple[OrderLine, int]:
    line = order.lines.filter(pk=OrderLine.key_of(given["lineItemId"])).first()
    if line is None:
        raise Invalid("Line item does not belong to the order", ["refundLineItems"])
    if not 0 < given["quantity"] <= line.current_quantity:
        raise Invalid("Quantity cannot refund more items than were purchased", ["refundLineItems"])
    return line, given["quantity"]


def order_cancel(domain: str) -> Any:
    def resolve(_info: object, **given: Any) -> Values:
        note = given.get("staffNote") or ""
        if len(note) > MAX_NOTE_CHARS:
            return _refusal("Staff note is too long. Maximum length is 255 characters.", "INVALID")
        order = order_of(domain, given["orderId"])
        if order is None:
            return _refusal("Order does not exist", "NOT_FOUND")
        gives_back = bool((given.get("refundMethod") or {}).get("originalPaymentMethodsRefund"))
        try:
            staff.act(order, "cancel", {"reason": given["reason"], "gives_back": gives_back}, at=timezone.now())
        except Invalid as exc:
            return _refusal(str(exc), "INVALID")
        return {"job": {"id": f"gid://shopify/Job/{order.token}", "done": False}, "orderCancelUserErrors": []}

    return resolve


def _refusal(message: str, code: str) -> Values:
    return {"orderCancelUserErrors": [{"message": message, "field": ["orderId"], "code": code}]}
