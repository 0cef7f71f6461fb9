"""An order as Gooten shows it, by API and in the webhook of an item's change."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings

from cardmaker.sandbox import faults, outbox
from cardmaker.sandbox.models import GootenImage, GootenItem, GootenOrder

from .envelope import money

Body = dict[str, Any]


def send(order: GootenOrder, *, at: datetime) -> None:
    """Tell of an item's change. Gooten appends the id to the address; without a query it sends nothing."""
    if "?" not in settings.GOOTEN_WEBHOOK_URL:
        return
    body = json.dumps(order_body(order, with_images=False))
    url = settings.GOOTEN_WEBHOOK_URL + order.safe_id
    outbox.put(service="gooten", topic="order-item", subject=order.safe_id, url=url, body=body, at=at)


def order_body(order: GootenOrder, *, with_images: bool) -> Body:
    """No status of the order: it has none, only its items have."""
    source = "SouceId" if faults.take("gooten_old_spelling", "gooten") else "SourceId"
    return {
        "Id": order.safe_id,
        "NiceId": order.nice_id,
        "GootenId": order.number,
        source: order.source_id,
        "Items": [_item(item, source, with_images) for item in order.items.order_by("pk")],
        "Total": money(order.items_minor + order.shipping_minor, order.currency),
        "ShippingTotal": money(order.shipping_minor, order.currency),
        "DiscountAmount": money(0, order.currency),
        "DiscountCode": None,
        "BillingAddress": order.bill_to,
        "ShippingAddress": order.ship_to,
        "Meta": order.meta,
        "HadError": False,
    }


def _item(item: GootenItem, source: str, with_images: bool) -> Body:
    status = "Canceled" if item.status == "Cancelled" and source == "SouceId" else item.status
    body = {
        "OrderItemId": str(item.number),
        "Sku": item.sku,
        "ProductId": item.product_id,
        "Product": item.title,
        "Quantity": item.quantity,
        "Status": status,
        "Price": money(item.price_minor * item.quantity, item.order.currency),
        "DiscountAmount": money(0, item.order.currency),
        source: item.source_id,
        "Meta": item.meta,
        "Shipments": _shipments(item),
        "TrackingNumber": item.tracking_number or None,
        "TrackingUrl": item.tracking_url or None,
        "ShipCarrierName": item.carrier or None,
    }
    if with_images:
        plain = faults.take("gooten_plain_images", "gooten") is not None
        body["Images"] = [_image(image, item, plain) for image in item.images.order_by("index")]
    return body


def _shipments(item: GootenItem) -> list[Body]:
    if not item.tracking_number:
        return []
    return [{"TrackingNumber": item.tracking_number, "TrackingUrl": item.tracking_url, "ShipCarrierName": item.carrier}]


def _image(image: GootenImage, item: GootenItem, plain: bool) -> Body:
    """Documented are SourceUrl, SpaceId, ThumbnailUrl and OrderItemId; `plain` answers no more than these."""
    body: Body = {
        "SourceUrl": image.url,
        "SpaceId": image.space_id,
        "ThumbnailUrl": None,
        "OrderItemId": str(item.number),
    }
    if plain:
        return body
    measures = {"Width": image.width_px, "Height": image.height_px, "FileSize": image.size_bytes}
    return {**body, "Index": image.index, **measures}
