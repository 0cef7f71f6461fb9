"""Taking an order in, and refusing a second one with the same source id."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import GootenImage, GootenItem, GootenOrder

from . import machine
from .catalog import ITEMS, ship_method, shipping_minor
from .envelope import Refusal
from .envelope import ignoring_case as member
from .validation import check_order, space_of


def place(body: dict[str, Any], *, at: datetime) -> GootenOrder:
    """Store an order with its items. Raises Refusal."""
    check_order(body)
    source_id = str(member(body, "SourceId") or "")
    with transaction.atomic():
        # The transaction holds SQLite's only write lock from here on: two equal orders cannot both pass.
        first = GootenOrder.objects.filter(source_id=source_id).first() if source_id else None
        if first is not None and member(body, "IsPartnerSourceIdUnique"):
            extra = {"Id": first.safe_id} if faults.take("gooten_duplicate_tells_id", "gooten") else {}
            raise Refusal(("Order.SourceId", "An order with this SourceId already exists", source_id), **extra)
        return _store(body, source_id, at=at)


def _store(body: dict[str, Any], source_id: str, *, at: datetime) -> GootenOrder:
    address = member(body, "ShipToAddress")
    country = str(member(address, "CountryCode"))
    items = member(body, "Items")
    known = [ITEMS[str(member(item, "SKU"))] for item in items]
    methods = [ship_method(_ship_type(item), country) for item in items]
    order = GootenOrder.objects.create(
        safe_id=f"7-{uuid.uuid4()}",
        source_id=source_id,
        source_unique=bool(member(body, "IsPartnerSourceIdUnique")),
        is_test=bool(member(body, "IsInTestMode")),
        ship_to=address,
        bill_to=member(body, "BillingAddress"),
        meta=member(body, "Meta") or {},
        currency=str(member(member(body, "Payment"), "CurrencyCode")),
        items_minor=sum(each.price_minor * member(item, "Quantity") for each, item in zip(known, items, strict=True)),
        shipping_minor=sum(
            shipping_minor(each, method, country) for each, method in zip(known, methods, strict=True) if method
        ),
        created_at=at,
    )
    for item in items:
        _store_item(order, item, at=at)
    return order


def _ship_type(item: dict[str, Any]) -> object:
    return member(item, "ShipCarrierMethodId") or member(item, "ShipType") or "standard"


def _store_item(order: GootenOrder, given: dict[str, Any], *, at: datetime) -> None:
    known = ITEMS[str(member(given, "SKU"))]
    item = GootenItem.objects.create(
        order=order,
        sku=known.sku,
        title=known.title,
        product_id=known.product_id,
        quantity=member(given, "Quantity"),
        price_minor=known.price_minor,
        ship_type=str(_ship_type(given)),
        source_id=str(member(given, "SourceId") or "")[:50],
        meta=member(given, "Meta") or {},
        status="New",
        due_at=at + timedelta(seconds=settings.STEP_S),
        history=[{"status": "New", "at": at.isoformat()}],
    )
    spaces = {space.id: space for space in known.spaces}
    for image in member(given, "Images"):
        space = spaces[space_of(image, known) or ""]
        GootenImage.objects.create(item=item, url=member(image, "Url"), space_id=space.id, index=space.index)
    if order.is_test:
        machine.move(item, "New", "Test", at=at)
    elif faults.take("gooten_manual_approval", "gooten"):
        machine.move(item, "New", "NeedsManualApproval", at=at)
