"""From variants to a paid order: carts, what may be bought, and the order that paying makes."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import Cart, Order, OrderLine, Variant

from . import bodies
from .graph import Invalid, Values, connection, mutation
from .products import ONLINE_STORE

FIRST_ORDER_NUMBER = 1001
SHIPPING = {"standard": ("Standard", 490), "express": ("Express", 1290)}
# The ways an order comes about: the checkout, the till, and a draft that the shop's people made.
SOURCES = ("web", "pos", "shopify_draft_order")
FINANCIAL_STATUSES = ("paid", "pending", "authorized", "partially_paid")
EXAMPLE_EMAIL = "robin.sample@example.com"
EXAMPLE_ADDRESS = {
    "firstName": "Robin",
    "lastName": "Sample",
    "company": "",
    "address1": "12 Example Street",
    "address2": "",
    "city": "Portland",
    "zip": "97201",
    "provinceCode": "OR",
    "countryCode": "US",
    "phone": "",
}


class NotForSale(Exception):
    """The shop's answer to a variant it does not have, does not sell or has not published."""


@dataclass
class Purchase:
    """What the buyer, or a test in his place, decides at the checkout."""

    email: str = EXAMPLE_EMAIL
    address: dict[str, str] | None = field(default_factory=lambda: dict(EXAMPLE_ADDRESS))
    shipping: str = "standard"
    financial_status: str = "paid"
    test: bool = False
    discount_percent: int = 0
    properties: dict[int, dict[str, str]] = field(default_factory=dict)  # line index -> altered properties
    locale: str = "en-US"
    source: str = "web"


def for_sale(domain: str, variant_id: object, *, channel: str | None = ONLINE_STORE) -> Variant:
    """The variant, if a buyer can buy it in this channel (None: in any). Raises NotForSale."""
    key = Variant.key_of(variant_id)
    variant = Variant.objects.select_related("product").filter(pk=key, product__domain=domain).first()
    if variant is None or variant.product.status not in {"ACTIVE", "UNLISTED"}:
        raise NotForSale("Cannot find variant")
    published = variant.product.publications
    if not published or (channel is not None and channel not in published):
        raise NotForSale("Cannot find variant")
    return variant


def start_cart(domain: str, lines: list[Values], *, at: datetime, **details: Any) -> Cart:
    return Cart.objects.create(domain=domain, token=secrets.token_hex(16), lines=lines, created_at=at, **details)


def cart_create(domain: str, request: HttpRequest) -> Any:
    @mutation
    def resolve(input: Values | None = None) -> Values:
        given = input or {}
        lines = [_cart_line(domain, index, line) for index, line in enumerate(given.get("lines") or [])]
        cart = start_cart(
            domain,
            lines,
            at=timezone.now(),
            attributes={each["key"]: each["value"] for each in given.get("attributes") or []},
            contact={"email": (given.get("buyerIdentity") or {}).get("email") or ""},
            discount_code=next(iter(given.get("discountCodes") or []), ""),
            note=given.get("note") or "",
        )
        return {"cart": _cart_view(cart, request), "warnings": []}

    def resolved(info: object, **arguments: Any) -> Values:
        return {"warnings": [], **resolve(info, **arguments)}

    return resolved


def _cart_line(domain: str, index: int, line: Values) -> Values:
    where = ["input", "lines", str(index), "merchandiseId"]
    gid = line["merchandiseId"]
    try:
        variant = for_sale(domain, gid, channel=None)
    except NotForSale as exc:
        raise Invalid(f"The merchandise with id {gid} does not exist.", where, "INVALID") from exc
    if line["quantity"] < 1:
        raise Invalid("Quantity must be greater than 0", where, "LESS_THAN")
    properties = {each["key"]: each["value"] for each in line.get("attributes") or []}
    return {"variant": variant.number, "quantity": line["quantity"], "properties": properties}


def checkout_path(cart: Cart) -> str:
    return f"/shopify/{cart.domain}/checkouts/{cart.token}/"


def _cart_view(cart: Cart, request: HttpRequest) -> Values:
    nodes = [
        {
            "__typename": "CartLine",
            "id": f"gid://shopify/CartLine/{cart.token}-{index}",
            "quantity": line["quantity"],
            "attributes": [{"key": key, "value": value} for key, value in line["properties"].items()],
            "merchandise": {"__typename": "ProductVariant", "id": f"gid://shopify/ProductVariant/{line['variant']}"},
        }
        for index, line in enumerate(cart.lines)
    ]
    return {
        "id": f"gid://shopify/Cart/{cart.token}",
        "checkoutUrl": request.build_absolute_uri(checkout_path(cart)),
        "totalQuantity": sum(line["quantity"] for line in cart.lines),
        "lines": connection(nodes),
    }


def discount_percent(code: str) -> int:
    """The sandbox honors any code that ends in a number: SAVE10 takes 10 % off."""
    match = re.search(r"(\d{1,2})$", code)
    return int(match[1]) if match else 0


def pay(cart: Cart, purchase: Purchase, *, at: datetime) -> Order:
    """Make the order and tell the application. A cart is paid once: again answers the same order. Raises NotForSale."""
    with transaction.atomic():
        cart = Cart.objects.select_for_update().get(pk=cart.pk)
        if cart.order is not None:
            return cart.order
        lines = [
            _order_line(cart.domain, line, purchase.properties.get(index)) for index, line in enumerate(cart.lines)
        ]
        order = _make_order(cart, purchase, lines, at=at)
        for line in lines:
            line.order = order
            line.save()
        cart.order = order
        cart.save(update_fields=["order"])
        bodies.send_order("orders/create", order, at=at)
        if order.financial_status == "paid":
            bodies.send_order("orders/paid", order, at=at + timedelta(milliseconds=1))
    return order


def _order_line(domain: str, line: Values, altered: dict[str, str] | None) -> OrderLine:
    variant = for_sale(domain, line["variant"], channel=None)
    product = variant.product
    picture = product.media.filter(status="READY").order_by("position", "pk").first()
    return OrderLine(
        product_number=product.number,
        variant_number=variant.number,
        title=product.title,
        variant_title="" if variant.title == "Default Title" else variant.title,
        sku=variant.sku,
        vendor=product.vendor,
        requires_shipping=variant.requires_shipping,
        grams=variant.grams,
        picture_sha256=picture.sha256 if picture else "",
        quantity=line["quantity"],
        current_quantity=line["quantity"],
        price_minor=variant.price_minor,
        properties=line["properties"] if altered is None else altered,
    )


def _make_order(cart: Cart, purchase: Purchase, lines: list[OrderLine], *, at: datetime) -> Order:
    latest = Order.objects.filter(domain=cart.domain).aggregate(latest=Max("order_number"))["latest"]
    subtotal = sum(line.price_minor * line.quantity for line in lines)
    percent = purchase.discount_percent or discount_percent(cart.discount_code)
    shipping_title, shipping_minor = SHIPPING[purchase.shipping]
    late = faults.take("late_routing", "shopify")
    return Order.objects.create(
        domain=cart.domain,
        order_number=(latest or FIRST_ORDER_NUMBER - 1) + 1,
        token=secrets.token_hex(16),
        email=purchase.email,
        address=purchase.address,
        attributes=cart.attributes,
        note=cart.note,
        currency=settings.CURRENCY,
        financial_status=purchase.financial_status,
        test=purchase.test,
        locale=purchase.locale,
        source=purchase.source,
        discount_code=cart.discount_code or (f"SANDBOX{percent}" if percent else ""),
        discount_minor=subtotal * percent // 100,
        shipping_title=shipping_title,
        shipping_minor=shipping_minor,
        route_due_at=at + timedelta(seconds=late.value if late else settings.ROUTING_S),
        created_at=at,
        updated_at=at,
    )
