"""Webhook bodies as Shopify writes them (2026-10, the fields we read), and putting them into the outbox."""

from datetime import datetime
from typing import Any

from cardmaker.sandbox.models import Fulfillment, FulfillmentOrder, Order, OrderLine, Product, Refund
from cardmaker.sandbox.money import decimal

from . import installs
from .orders import fulfillment_status, total_minor

Body = dict[str, Any]
STATUS = {"FULFILLED": "fulfilled", "PARTIALLY_FULFILLED": "partial"}
COUNTRIES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "AU": "Australia", "DE": "Germany"}


def send(topic: str, order: Order, body: Body, *, at: datetime) -> None:
    installs.tell(order.domain, topic, body, subject=order.gid, at=at)


def send_order(topic: str, order: Order, *, at: datetime) -> None:
    send(topic, order, order_body(order), at=at)


def send_routed(routed: FulfillmentOrder, *, at: datetime, topic: str = "order_routing_complete") -> None:
    """News of a fulfillment order: nothing but its id and its status."""
    body = {"fulfillment_order": {"id": routed.gid, "status": routed.status.lower()}}
    send(f"fulfillment_orders/{topic}", routed.order, body, at=at)


def order_body(order: Order) -> Body:
    """The body of orders/create, orders/paid, orders/cancelled."""
    return {
        **_identity(order),
        **_state(order),
        **_amounts(order),
        **_people(order),
        "line_items": [_line(line, order) for line in order.lines.order_by("pk")],
        "shipping_lines": [_shipping(order)],
        "refunds": [refund_body(refund) for refund in order.refunds.order_by("pk")],
        "fulfillments": [_fulfillment(each) for each in order.fulfillments.order_by("pk")],
    }


def _identity(order: Order) -> Body:
    return {
        "id": order.number,
        "admin_graphql_api_id": order.gid,
        "name": order.name,
        "number": order.order_number - 1000,
        "order_number": order.order_number,
        "token": order.token,
        "cart_token": order.token,
        "checkout_token": order.token,
        "app_id": 580111,
        "source_name": order.source,
        "order_status_url": f"https://{order.domain}/orders/{order.token}/authenticate",
        "note": order.note or None,
        "note_attributes": [{"name": name, "value": value} for name, value in order.attributes.items()],
        "tags": "",
    }


def _state(order: Order) -> Body:
    return {
        "created_at": order.created_at.isoformat(timespec="seconds"),
        "updated_at": order.updated_at.isoformat(timespec="seconds"),
        "processed_at": order.created_at.isoformat(timespec="seconds"),
        "test": order.test,
        "confirmed": True,
        "cancelled_at": order.cancelled_at.isoformat(timespec="seconds") if order.cancelled_at else None,
        "cancel_reason": order.cancel_reason.lower() or None,
        "financial_status": order.financial_status,
        "fulfillment_status": STATUS.get(fulfillment_status(order)),
    }


def _amounts(order: Order) -> Body:
    total = total_minor(order)
    return {
        "currency": order.currency,
        "presentment_currency": order.currency,
        "total_price": decimal(total),
        "total_price_set": _price_set(total, order),
        "total_shipping_price_set": _price_set(order.shipping_minor, order),
        "total_discounts": decimal(order.discount_minor),
        "total_discounts_set": _price_set(order.discount_minor, order),
        "total_tax": "0.00",
        "total_tax_set": _price_set(0, order),
        "discount_codes": _discount_codes(order),
    }


def _discount_codes(order: Order) -> list[Body]:
    if not order.discount_code:
        return []
    return [{"code": order.discount_code, "amount": decimal(order.discount_minor), "type": "percentage"}]


def _people(order: Order) -> Body:
    address = address_body(order.address)
    return {
        "email": order.email or None,
        "contact_email": order.email or None,
        "phone": order.phone or None,
        "customer_locale": order.locale,
        "customer": {"id": 7_100_000_000_000 + order.pk, "email": order.email or None},
        "shipping_address": address,
        "billing_address": address,
    }


def address_body(address: dict[str, Any] | None) -> Body | None:
    if address is None:
        return None
    first, last = address.get("firstName") or "", address.get("lastName") or ""
    country = address.get("countryCode") or ""
    return {
        "first_name": first,
        "last_name": last,
        "name": f"{first} {last}".strip(),
        "company": address.get("company") or None,
        "address1": address.get("address1") or "",
        "address2": address.get("address2") or None,
        "city": address.get("city") or "",
        "zip": address.get("zip") or "",
        "province": address.get("provinceCode") or None,
        "province_code": address.get("provinceCode") or None,
        "country": COUNTRIES.get(country, country),
        "country_code": country,
        "phone": address.get("phone") or None,
        "latitude": None,
        "longitude": None,
    }


def _price_set(amount_minor: int, order: Order) -> Body:
    money = {"amount": decimal(amount_minor), "currency_code": order.currency}
    return {"shop_money": money, "presentment_money": money}


def _line(line: OrderLine, order: Order) -> Body:
    exists = Product.objects.filter(pk=Product.key_of(line.product_number)).exists()
    return {
        "id": line.number,
        "admin_graphql_api_id": line.gid,
        "product_id": line.product_number if exists else None,
        "variant_id": line.variant_number if exists else None,
        "product_exists": exists,
        "sku": line.sku,
        "title": line.title,
        "variant_title": line.variant_title or None,
        "name": f"{line.title} - {line.variant_title}" if line.variant_title else line.title,
        "vendor": line.vendor or None,
        **_quantities(line),
        "fulfillment_service": "manual",
        "requires_shipping": line.requires_shipping,
        "gift_card": False,
        "taxable": True,
        "grams": line.grams,
        "price": decimal(line.price_minor),
        "price_set": _price_set(line.price_minor, order),
        "total_discount": "0.00",
        "total_discount_set": _price_set(0, order),
        "properties": [{"name": name, "value": value} for name, value in line.properties.items()],
    }


def _quantities(line: OrderLine) -> Body:
    left = max(0, line.current_quantity - line.fulfilled_quantity)
    status = None
    if line.fulfilled_quantity:
        status = "partial" if left else "fulfilled"
    return {
        "quantity": line.quantity,
        "current_quantity": line.current_quantity,
        "fulfillable_quantity": left,
        "fulfillment_status": status,
    }


def _shipping(order: Order) -> Body:
    return {
        "title": order.shipping_title,
        "code": order.shipping_title,
        "price": decimal(order.shipping_minor),
        "price_set": _price_set(order.shipping_minor, order),
    }


def refund_body(refund: Refund) -> Body:
    order = refund.order
    return {
        "id": refund.number,
        "admin_graphql_api_id": refund.gid,
        "order_id": order.number,
        "created_at": refund.created_at.isoformat(timespec="seconds"),
        "note": refund.note or None,
        "refund_line_items": [
            {"line_item_id": part["line"], "quantity": part["quantity"], "restock_type": "no_restock"}
            for part in refund.lines
        ],
        "transactions": [
            {"kind": "refund", "status": "success", "amount": decimal(refund.amount_minor), "currency": order.currency}
        ],
    }


def _fulfillment(fulfillment: Fulfillment) -> Body:
    return {
        "id": fulfillment.number,
        "admin_graphql_api_id": fulfillment.gid,
        "order_id": fulfillment.order.number,
        "status": fulfillment.status.lower(),
        "tracking_company": fulfillment.company or None,
        "tracking_number": fulfillment.tracking_number or None,
        "tracking_url": fulfillment.tracking_url or None,
        "line_items": [{"id": part["line"], "quantity": part["quantity"]} for part in fulfillment.lines],
    }


def edit_body(order: Order, additions: list[Body], removals: list[Body], *, at: datetime) -> Body:
    """The body of orders/edited."""
    return {
        "order_edit": {
            "id": int(at.timestamp() * 1000),
            "app_id": 1354745,
            "created_at": at.isoformat(timespec="seconds"),
            "committed_at": at.isoformat(timespec="seconds"),
            "notify_customer": False,
            "order_id": order.number,
            "staff_note": "",
            "line_items": {"additions": additions, "removals": removals},
        }
    }
