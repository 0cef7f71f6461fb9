"""Taking an order in: what is checked, what it costs, what each line is printed from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import PrintifyArt, PrintifyLine, PrintifyOrder, PrintifyProduct, PrintifyUpload

from . import events, products
from .catalog import Offer, Variant, offer_of, shipping_minor
from .envelope import Body, Refusal, invalid

REQUIRED = ("first_name", "last_name", "country", "address1", "city", "zip")
WITH_REGIONS = {"US", "CA", "AU"}
ZIP = {"US": re.compile(r"^\d{5}(-\d{4})?$"), "DE": re.compile(r"^\d{5}$"), "AU": re.compile(r"^\d{4}$")}
METHODS = {1: "standard", 2: "priority", 3: "printify_express", 4: "economy"}
ORDER_INVALID = 8_103
FETCHED = ("sha256", "size_bytes", "width_px", "height_px")


@dataclass(frozen=True)
class Wanted:
    """A line that was understood. `product` is None for one that is made with the order; then `areas` has its art."""

    offer: Offer
    variant: Variant
    quantity: int
    product: PrintifyProduct | None
    areas: dict[str, Any]


def place(body: Body, *, at: datetime) -> PrintifyOrder:
    """Store an order. Raises Refusal."""
    external_id = str(body.get("external_id") or "")
    if not external_id:
        raise invalid(ORDER_INVALID, external_id="The external_id field is required.")
    check_address(body.get("address_to") or {})
    lines = wanted(body.get("line_items"))
    method = _method(body, lines)
    with transaction.atomic():
        # The transaction holds SQLite's only write lock from here on: two equal orders cannot both pass.
        if PrintifyOrder.objects.filter(external_id=external_id).exists() and not _takes_duplicates():
            raise Refusal(409, "Order already exists.", "An order with this external_id already exists", 8_104)
        order = _store(body, external_id, lines, method, at=at)
        events.emit("order:created", order.key, {"shop_id": events.shop_id()}, at=at)
    return order


def quote(body: Body) -> Body:
    """Cents by service, for those that are possible."""
    lines = wanted(body.get("line_items"), with_art=False)
    country = str((body.get("address_to") or {}).get("country") or "")
    if not country:
        raise invalid(ORDER_INVALID, address_to__country="The country field is required.")
    inline = any(line.product is None for line in lines)
    methods = [number for number in METHODS if number in (1, 2) or (number == 4 and not inline)]
    return {METHODS[number]: sum(_shipping(line, country, number) for line in lines) for number in methods}


def check_address(address: Body) -> None:
    """Raises Refusal with every field that is wrong."""
    wrong = {name: "The field is required." for name in REQUIRED if not str(address.get(name) or "").strip()}
    country, code = str(address.get("country") or ""), str(address.get("zip") or "")
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        wrong["country"] = "The country must be a code of two letters."
    if country in WITH_REGIONS and not address.get("region"):
        wrong["region"] = "The region field is required."
    if code and country in ZIP and not ZIP[country].match(code):
        wrong["zip"] = "The zip is not valid for the country."
    if wrong:
        raise invalid(ORDER_INVALID, **wrong)


def wanted(given: Any, *, with_art: bool = True) -> list[Wanted]:
    if not isinstance(given, list) or not given:
        raise invalid(ORDER_INVALID, line_items="The line_items field is required.")
    return [_wanted(line, f"line_items__{index}", with_art) for index, line in enumerate(given)]


def _wanted(line: Body, where: str, with_art: bool) -> Wanted:
    quantity = line.get("quantity")
    if not isinstance(quantity, int) or isinstance(quantity, bool) or quantity < 1:
        raise invalid(ORDER_INVALID, **{f"{where}__quantity": "The quantity must be at least 1."})
    product = _product_of(line, where)
    if product is not None:
        variant_id = line.get("variant_id") or product.variants[0]["id"]
        offer = offer_of(product.blueprint_id, product.provider_id)
    else:
        variant_id = line.get("variant_id")
        offer = offer_of(int(line.get("blueprint_id") or 0), int(line.get("print_provider_id") or 0))
    variant = offer.variant(variant_id) if offer else None
    if offer is None or variant is None:
        raise invalid(ORDER_INVALID, **{f"{where}__variant_id": "The variant does not exist."})
    areas = line.get("print_areas") or {}
    if product is None and with_art and (not isinstance(areas, dict) or not areas):
        raise invalid(ORDER_INVALID, **{f"{where}__print_areas": "Print areas are required."})
    if any(offer.size(position) is None for position in areas):
        raise invalid(ORDER_INVALID, **{f"{where}__print_areas": "A position does not exist."})
    return Wanted(offer, variant, quantity, product, areas)


def _product_of(line: Body, where: str) -> PrintifyProduct | None:
    if line.get("product_id"):
        product = PrintifyProduct.objects.filter(key=str(line["product_id"])).first()
    elif line.get("sku"):
        sku = str(line["sku"])
        product = next((p for p in PrintifyProduct.objects.order_by("-pk") if sku in _skus(p)), None)
    else:
        return None
    if product is None:
        raise invalid(ORDER_INVALID, **{f"{where}__product_id": "The product does not exist."})
    return product


def _skus(product: PrintifyProduct) -> list[str]:
    return [variant["sku"] for variant in product.variants]


def _method(body: Body, lines: Sequence[Wanted]) -> int:
    method = body.get("shipping_method")
    if method not in METHODS:
        raise invalid(ORDER_INVALID, shipping_method="The shipping method is not supported.")
    if method == 4 and any(line.product is None for line in lines):
        raise invalid(ORDER_INVALID, shipping_method="Economy shipping needs existing products.")
    return int(method)


def _takes_duplicates() -> bool:
    return faults.take("printify_accept_duplicates", "printify") is not None


def _shipping(line: Wanted, country: str, method: int) -> int:
    return shipping_minor(line.offer, country, line.quantity, method=method)


def _store(body: Body, external_id: str, lines: Sequence[Wanted], method: int, *, at: datetime) -> PrintifyOrder:
    order = PrintifyOrder.objects.create(
        external_id=external_id,
        label=str(body.get("label") or "")[:300],
        order_type="api" if any(line.product is None for line in lines) else "external",
        address_to=body["address_to"],
        shipping_method=method,
        notifies_buyer=bool(body.get("send_shipping_notification", True)),
        due_at=at + timedelta(seconds=settings.STEP_S),
        history=[{"status": "pending", "at": at.isoformat()}],
        created_at=at,
    )
    for line in lines:
        _store_line(order, line)
    return order


def _store_line(order: PrintifyOrder, line: Wanted) -> None:
    own: Body = {}
    if line.product is not None:
        own = next((each for each in line.product.variants if each["id"] == line.variant.id), {})
    row = PrintifyLine.objects.create(
        order=order,
        product_key=line.product.key if line.product else order.key,
        blueprint_id=line.offer.blueprint_id,
        provider_id=line.offer.provider_id,
        variant_id=line.variant.id,
        title=line.product.title if line.product else f"API {order.external_id}",
        variant_label=line.variant.title,
        sku=str(own.get("sku") or f"api{order.pk}"),
        quantity=line.quantity,
        cost_minor=line.variant.cost_minor * line.quantity,
        shipping_minor=_shipping(line, str(order.address_to["country"]), order.shipping_method),
        price_minor=int(own.get("price") or 0),
    )
    if line.product is None:
        for position, art in line.areas.items():
            url = art if isinstance(art, str) else str(art[0].get("src"))
            PrintifyArt.objects.create(line=row, position=position, url=url)
        return
    for position, key in products.uploads_by_position(line.product, line.variant.id).items():
        upload = PrintifyUpload.objects.get(key=key)
        fetched = {name: getattr(upload, name) for name in FETCHED}
        PrintifyArt.objects.create(line=row, position=position, upload_key=key, url=upload.url, **fetched)
