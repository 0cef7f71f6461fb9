"""The order endpoints, and an order as Printify shows it."""

from typing import Any

from django.conf import settings

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import PrintifyLine, PrintifyOrder

from . import machine, placing
from .envelope import Body, Call, invalid, not_found, page_of, when

NEVER = "1970-01-01 00:00:00+00:00"
MOST_A_PAGE = 10


def create(call: Call) -> Body:
    return {"id": placing.place(call.body, at=call.at).key}


def create_express(call: Call) -> list[Body]:
    """Existing products only, and somebody must be reachable."""
    body = call.body
    address = body.get("address_to") or {}
    if any("product_id" not in line for line in body.get("line_items") or []):
        raise invalid(placing.ORDER_INVALID, line_items="Express needs existing products.")
    if not address.get("email") or not address.get("phone"):
        raise invalid(placing.ORDER_INVALID, email="Express needs an email address and a phone number.")
    order = placing.place({**body, "shipping_method": 3}, at=call.at)
    return [{"id": order.key, "fulfilment_type": "express", "line_items": body["line_items"]}]


def orders(call: Call) -> Body:
    rows = PrintifyOrder.objects.order_by("-pk")
    if status := call.param("status"):
        rows = rows.filter(status=status)
    if sku := call.param("sku"):
        rows = rows.filter(lines__sku=sku).distinct()
    return page_of(call, rows, shown, limit=MOST_A_PAGE, most=MOST_A_PAGE)


def one(call: Call) -> Body:
    return shown(row(call))


def shipping(call: Call) -> Body:
    return placing.quote(call.body)


def send_to_production(call: Call) -> Body:
    order = row(call)
    machine.send(order, at=call.at)
    order.refresh_from_db()
    return shown(order)


def cancel(call: Call) -> Body:
    order = row(call)
    machine.cancel(order, at=call.at)
    return shown(order)


def row(call: Call) -> PrintifyOrder:
    order = PrintifyOrder.objects.filter(key=call.where["key"]).first()
    if order is None:
        raise not_found("Order")
    return order


def shown(order: PrintifyOrder) -> Body:
    """Our external_id comes back as metadata.shop_order_id and nowhere else."""
    lines = list(order.lines.order_by("pk"))
    odd = faults.take("printify_unknown_status", "printify") is not None
    return {
        "id": order.key,
        "address_to": order.address_to,
        "line_items": [_line(line, order, odd) for line in lines],
        "metadata": {
            "order_type": order.order_type,
            "shop_order_id": order.external_id,
            "shop_order_label": order.label or order.external_id,
            "shop_fulfilled_at": NEVER,
        },
        "total_price": sum(line.price_minor * line.quantity for line in lines),
        "total_shipping": sum(line.shipping_minor for line in lines),
        "total_tax": 0,
        "status": "quality-check" if odd else order.status,
        "shipping_method": order.shipping_method,
        "is_printify_express": order.shipping_method == 3,
        "is_economy_shipping": order.shipping_method == 4,
        "shipments": [_shipment(parcel) for parcel in order.shipments],
        "created_at": when(order.created_at),
        "sent_to_production_at": when(order.sent_at),
        "fulfilled_at": when(order.fulfilled_at),
        "printify_connect": {"url": f"{settings.SANDBOX_URL}/sandbox/#printify", "id": order.key},
    }


def _line(line: PrintifyLine, order: PrintifyOrder, odd: bool) -> Body:
    return {
        "product_id": line.product_key,
        "variant_id": line.variant_id,
        "quantity": line.quantity,
        "print_provider_id": line.provider_id,
        "cost": line.cost_minor,
        "shipping_cost": line.shipping_minor,
        "status": "quality-check" if odd else line.status,
        "metadata": {
            "title": line.title,
            "price": line.price_minor,
            "variant_label": line.variant_label,
            "sku": line.sku,
            "country": "United States",
        },
        "sent_to_production_at": when(order.sent_at),
        "fulfilled_at": when(line.fulfilled_at),
    }


def _shipment(parcel: dict[str, Any]) -> Body:
    return {name: parcel[name] for name in ("carrier", "number", "url", "delivered_at")}
