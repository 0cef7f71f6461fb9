"""Orders as the Admin API shows them."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from cardmaker.sandbox.models import (
    Fulfillment,
    FulfillmentOrder,
    HeldBy,
    Order,
    OrderLine,
    Product,
    Refund,
    Variant,
)
from cardmaker.sandbox.money import decimal

from .graph import Values, connection
from .products import product_view, variant_view

SORT = {
    "ID": "pk",
    "CREATED_AT": "created_at",
    "PROCESSED_AT": "created_at",
    "UPDATED_AT": "updated_at",
    "ORDER_NUMBER": "order_number",
}
ACTIONS = {
    "OPEN": ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD", "SPLIT"],
    "IN_PROGRESS": ["CREATE_FULFILLMENT", "REPORT_PROGRESS", "HOLD", "MARK_AS_OPEN"],
    "ON_HOLD": ["RELEASE_HOLD", "HOLD", "MOVE"],
}
AT_SERVICE = ["REQUEST_FULFILLMENT", "CREATE_FULFILLMENT", "MOVE"]
FILTER = re.compile(r"(?P<field>updated_at|created_at):(?P<sign>>=|<=|>|<)'?(?P<at>[0-9TZ:+.\-]+)'?")
LOOKUPS = {">=": "gte", ">": "gt", "<=": "lte", "<": "lt"}


def money_bag(amount_minor: int, currency: str) -> Values:
    money = {"amount": decimal(amount_minor), "currencyCode": currency}
    return {"shopMoney": money, "presentmentMoney": money}


def subtotal_minor(order: Order) -> int:
    return sum(line.price_minor * line.quantity for line in order.lines.all())


def total_minor(order: Order) -> int:
    return max(0, subtotal_minor(order) - order.discount_minor) + order.shipping_minor


def received_minor(order: Order) -> int:
    """What the buyer has paid so far; half of it where only a part was."""
    paid = {"paid": 2, "partially_refunded": 2, "refunded": 2, "partially_paid": 1}.get(order.financial_status, 0)
    return total_minor(order) * paid // 2


def outstanding_minor(order: Order) -> int:
    return 0 if order.cancelled_at else total_minor(order) - received_minor(order)


def refundable_minor(order: Order) -> int:
    return max(0, received_minor(order) - order.refunded_minor)


def order_of(domain: str, gid: object) -> Order | None:
    return Order.objects.filter(domain=domain, pk=Order.key_of(gid)).first()


def listed(domain: str, query: str | None, sort_key: str, *, reverse: bool) -> list[Values]:
    """Orders that match `updated_at:>'...'` and its like; several conditions are joined with blanks or AND."""
    orders: QuerySet[Order] = Order.objects.filter(domain=domain)
    for match in FILTER.finditer(query or ""):
        at = parse_datetime(match["at"])
        if at is not None:
            orders = orders.filter(**{f"{match['field']}__{LOOKUPS[match['sign']]}": at})
    column = SORT[sort_key]
    sign = "-" if reverse else ""
    return [order_view(order) for order in orders.order_by(f"{sign}{column}", f"{sign}pk")]


def order_view(order: Order) -> Values:
    """Parts that need further rows are resolved only when a document selects them."""
    return {
        **_head(order),
        "totalPriceSet": lambda _info: money_bag(total_minor(order), order.currency),
        "totalOutstandingSet": lambda _info: money_bag(outstanding_minor(order), order.currency),
        "totalRefundedSet": money_bag(order.refunded_minor, order.currency),
        "refunds": lambda _info, **_: [refund_view(each) for each in order.refunds.order_by("pk")],
        "suggestedRefund": lambda _info, **asked: suggested_view(order, **asked),
        "shippingAddress": address_view(order.address),
        "shippingLines": connection([_shipping_view(order)]),
        "lineItems": connection(lambda: lines_view(order.lines.order_by("pk"), order)),
        "fulfillmentOrders": connection(
            lambda: [fulfillment_order_view(each) for each in order.fulfillment_orders.order_by("pk")]
        ),
        "fulfillments": lambda _info, **_: [fulfillment_view(each) for each in order.fulfillments.order_by("pk")],
        "displayFulfillmentStatus": lambda _info: fulfillment_status(order),
    }


def _head(order: Order) -> Values:
    return {
        "id": order.gid,
        "legacyResourceId": str(order.number),
        "name": order.name,
        "test": order.test,
        "confirmed": True,
        "createdAt": order.created_at.isoformat(),
        "updatedAt": order.updated_at.isoformat(),
        "cancelledAt": order.cancelled_at and order.cancelled_at.isoformat(),
        "cancelReason": order.cancel_reason.upper() or None,
        "displayFinancialStatus": order.financial_status.upper(),
        "currencyCode": order.currency,
        "presentmentCurrencyCode": order.currency,
        "email": order.email or None,
        "phone": order.phone or None,
        "sourceName": order.source,
        "customerLocale": order.locale,
        "note": order.note or None,
        "customAttributes": attributes_view(order.attributes),
        "risk": {"recommendation": order.risk},
    }


def attributes_view(attributes: dict[str, Any]) -> list[Values]:
    return [{"key": key, "value": value} for key, value in attributes.items()]


def address_view(address: dict[str, Any] | None) -> Values | None:
    if address is None:
        return None
    shown = {name: value or None for name, value in address.items()}
    name = f"{address.get('firstName', '')} {address.get('lastName', '')}".strip()
    return {**shown, "name": name, "countryCodeV2": shown.get("countryCode")}


def _shipping_view(order: Order) -> Values:
    return {
        "title": order.shipping_title,
        "code": order.shipping_title,
        "originalPriceSet": money_bag(order.shipping_minor, order.currency),
    }


def lines_view(lines: Iterable[OrderLine], order: Order) -> list[Values]:
    return [line_view(line, order) for line in lines]


def line_view(line: OrderLine, order: Order) -> Values:
    return {
        "id": line.gid,
        "sku": line.sku or None,
        "title": line.title,
        "variantTitle": line.variant_title or None,
        "name": f"{line.title} - {line.variant_title}" if line.variant_title else line.title,
        "quantity": line.quantity,
        "currentQuantity": line.current_quantity,
        "refundableQuantity": line.current_quantity,
        "unfulfilledQuantity": max(0, line.current_quantity - line.fulfilled_quantity),
        "requiresShipping": line.requires_shipping,
        "originalUnitPriceSet": money_bag(line.price_minor, order.currency),
        "customAttributes": attributes_view(line.properties),
        "product": lambda _info: _product_of(line),
        "variant": lambda _info: _variant_of(line),
        "vendor": line.vendor or None,
    }


def _product_of(line: OrderLine) -> Values | None:
    product = Product.objects.filter(pk=Product.key_of(line.product_number)).first()
    return product_view(product) if product else None


def _variant_of(line: OrderLine) -> Values | None:
    variant = Variant.objects.filter(pk=Variant.key_of(line.variant_number)).first()
    return variant_view(variant) if variant else None


def fulfillment_status(order: Order) -> str:
    orders = list(order.fulfillment_orders.all())
    left = sum(line.remaining for each in orders for line in each.lines.all())
    shipped = any(each.status == "SUCCESS" for each in order.fulfillments.all())
    if shipped and not left:
        return "FULFILLED"
    if shipped:
        return "PARTIALLY_FULFILLED"
    return "ON_HOLD" if any(each.status == "ON_HOLD" for each in orders) else "UNFULFILLED"


def fulfillment_order_view(each: FulfillmentOrder) -> Values:
    lines = each.lines.select_related("line").order_by("pk")
    return {
        "id": each.gid,
        "orderId": each.order.gid,
        "status": each.status,
        "requestStatus": "UNSUBMITTED",
        "supportedActions": [{"action": action} for action in _actions(each)],
        "fulfillmentHolds": [hold_view(hold) for hold in each.holds.order_by("pk")],
        "lineItems": connection(
            [
                {
                    "id": line.gid,
                    "totalQuantity": line.total,
                    "remainingQuantity": line.remaining,
                    "lineItem": line_view(line.line, each.order),
                    "productTitle": line.line.title,
                    "sku": line.line.sku or None,
                }
                for line in lines
            ]
        ),
    }


def _actions(each: FulfillmentOrder) -> list[str]:
    return AT_SERVICE if each.service and each.status == "OPEN" else ACTIONS.get(each.status, [])


def hold_view(hold: HeldBy) -> Values:
    return {
        "id": hold.gid,
        "handle": hold.handle or None,
        "reason": hold.reason,
        "reasonNotes": hold.notes or None,
        "displayReason": hold.reason.replace("_", " ").capitalize(),
        "heldByRequestingApp": hold.ours,
    }


def fulfillment_view(fulfillment: Fulfillment) -> Values:
    first = {"number": fulfillment.tracking_number, "url": fulfillment.tracking_url}
    tracking = [
        {"company": fulfillment.company or None, "number": each["number"] or None, "url": each["url"] or None}
        for each in [first, *fulfillment.parcels]
    ]
    earlier = Fulfillment.objects.filter(order=fulfillment.order_id, pk__lte=fulfillment.pk).count()
    return {
        "id": fulfillment.gid,
        "name": f"{fulfillment.order.name}.{earlier}",
        "status": fulfillment.status,
        "displayStatus": "FULFILLED" if fulfillment.status == "SUCCESS" else "CANCELED",
        "createdAt": fulfillment.created_at.isoformat(),
        "trackingInfo": tracking if fulfillment.company or fulfillment.tracking_number else [],
    }


def refund_view(refund: Refund) -> Values:
    return {
        "id": refund.gid,
        "note": refund.note or None,
        "createdAt": refund.created_at.isoformat(),
        "totalRefundedSet": money_bag(refund.amount_minor, refund.order.currency),
    }


def suggested_view(
    order: Order,
    refundLineItems: list[Values] | None = None,  # noqa: N803 - Shopify's argument names
    refundShipping: bool | None = None,  # noqa: N803
    suggestFullRefund: bool = False,  # noqa: N803
) -> Values:
    """What the shop would give back for these lines, with the discount taken off in proportion."""
    lines = {line.gid: line for line in order.lines.filter(current_quantity__gt=0)}
    wanted = {each["lineItemId"]: each["quantity"] for each in refundLineItems or []}
    if suggestFullRefund:
        wanted = {gid: line.current_quantity for gid, line in lines.items()}
    goods = sum(lines[gid].price_minor * quantity for gid, quantity in wanted.items() if gid in lines)
    subtotal = subtotal_minor(order) or 1
    amount = goods - goods * order.discount_minor // subtotal + (order.shipping_minor if refundShipping else 0)
    left = refundable_minor(order)
    amount = left if suggestFullRefund else min(amount, left)
    payment = {
        "gateway": "bogus",
        "amountSet": money_bag(amount, order.currency),
        "maximumRefundableSet": money_bag(left, order.currency),
        "parentTransaction": {"id": f"gid://shopify/OrderTransaction/{order.number + 1}"},
    }
    taken = [
        {"lineItem": line_view(lines[gid], order), "quantity": quantity, "restockType": "NO_RESTOCK"}
        for gid, quantity in wanted.items()
        if gid in lines
    ]
    return {
        "amountSet": money_bag(amount, order.currency),
        "refundLineItems": taken,
        "suggestedTransactions": [payment] if left else [],
    }


def touch(order: Order, *, at: datetime, **changes: Any) -> None:
    """Change an order and its `updated_at`, by which others find out what changed."""
    Order.objects.filter(pk=order.pk).update(updated_at=at, **changes)
    order.refresh_from_db()
