"""Everything the sandbox knows, as plain JSON. Tests and the walkthrough count from this alone."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from cardmaker.sandbox.models import (
    ApiCall,
    Clock,
    Fault,
    FulfillmentOrder,
    Generation,
    GootenImage,
    GootenItem,
    GootenOrder,
    Order,
    OrderLine,
    Product,
    Webhook,
)
from cardmaker.sandbox.money import decimal
from cardmaker.sandbox.shopify.orders import fulfillment_status, total_minor

from . import printify

State = dict[str, Any]
WEBHOOKS_SHOWN = 5_000


def snapshot() -> State:
    products = Product.objects.prefetch_related("variants", "media").order_by("pk")
    orders = Order.objects.prefetch_related(
        "lines", "fulfillments", "refunds", "fulfillment_orders__lines__line", "fulfillment_orders__holds"
    ).order_by("pk")
    gooten_orders = GootenOrder.objects.prefetch_related("items__images").order_by("pk")
    webhooks = list(Webhook.objects.order_by("-pk")[:WEBHOOKS_SHOWN])
    return {
        "shopify": {
            "products": [product_state(product) for product in products],
            "orders": [order_state(order) for order in orders],
        },
        "gooten": {"orders": [gooten_state(order) for order in gooten_orders]},
        "printify": printify.snapshot(),
        "generations": [generation_state(row) for row in Generation.objects.order_by("pk")],
        "webhooks": [webhook_state(webhook) for webhook in reversed(webhooks)],
        "webhook_counts": counts(),
        "faults": fault_state(),
        "calls": calls(),
        "clock": {"paused": Clock.objects.filter(paused=True).exists(), "step_s": settings.STEP_S},
    }


def counts() -> State:
    totals = dict.fromkeys(Webhook.State.values, 0)
    return totals | dict(Webhook.objects.values_list("state").annotate(Count("pk")))


def calls() -> State:
    """How often each operation was answered, by service."""
    counted: State = {"shopify": {}, "gooten": {}, "printify": {}}
    for service, operation, count in ApiCall.objects.values_list("service", "operation").annotate(Count("pk")):
        counted.setdefault(service, {})[operation] = count
    return counted


def fault_state() -> State:
    switched: State = {}
    for fault in Fault.objects.order_by("kind", "pk"):
        place = {"service": fault.service, "operation": fault.operation}
        switched.setdefault(fault.kind, []).append(
            {**place, "value": fault.value, "times": fault.times, "hits": fault.hits}
        )
    return switched


def product_state(product: Product) -> State:
    return {
        "id": product.gid,
        "domain": product.domain,
        "handle": product.handle,
        "title": product.title,
        "status": product.status,
        "publications": product.publications,
        "metafields": product.metafields,
        "variants": [
            {
                "id": variant.gid,
                "number": variant.number,
                "sku": variant.sku,
                "price": decimal(variant.price_minor),
                "title": variant.title,
            }
            for variant in sorted(product.variants.all(), key=lambda variant: variant.position)
        ],
        "media": [
            {
                "id": media.gid,
                "status": media.status,
                "source": media.source,
                "alt": media.alt,
                "sha256": media.sha256,
                "size_bytes": media.size_bytes,
                "width": media.width_px,
                "height": media.height_px,
                "error": media.error_message,
            }
            for media in sorted(product.media.all(), key=lambda media: media.position)
        ],
    }


def order_state(order: Order) -> State:
    return {
        "id": order.gid,
        "number": order.number,
        "name": order.name,
        "domain": order.domain,
        "email": order.email,
        "address": order.address,
        "financial_status": order.financial_status,
        "fulfillment_status": fulfillment_status(order),
        "test": order.test,
        "total": decimal(total_minor(order)),
        "currency": order.currency,
        "created_at": order.created_at.isoformat(),
        "updated_at": order.updated_at.isoformat(),
        "cancelled_at": _time(order.cancelled_at),
        "lines": [line_state(line) for line in order.lines.all()],
        "fulfillment_orders": [routed_state(routed) for routed in order.fulfillment_orders.all()],
        "fulfillments": [
            {
                "id": fulfillment.gid,
                "status": fulfillment.status,
                "company": fulfillment.company,
                "tracking_number": fulfillment.tracking_number,
                "tracking_url": fulfillment.tracking_url,
                "notify_customer": fulfillment.notify_customer,
                "lines": fulfillment.lines,
            }
            for fulfillment in order.fulfillments.all()
        ],
        "refunds": [{"amount": decimal(refund.amount_minor), "lines": refund.lines} for refund in order.refunds.all()],
    }


def line_state(line: OrderLine) -> State:
    return {
        "id": line.gid,
        "number": line.number,
        "title": line.title,
        "variant_id": f"gid://shopify/ProductVariant/{line.variant_number}",
        "sku": line.sku,
        "quantity": line.quantity,
        "current_quantity": line.current_quantity,
        "price": decimal(line.price_minor),
        "properties": line.properties,
        "picture_sha256": line.picture_sha256,
    }


def routed_state(routed: FulfillmentOrder) -> State:
    return {
        "id": routed.gid,
        "status": routed.status,
        "holds": [
            {"id": hold.gid, "handle": hold.handle, "reason": hold.reason, "notes": hold.notes, "ours": hold.ours}
            for hold in routed.holds.all()
        ],
        "lines": [
            {"id": line.gid, "line_item_id": line.line.gid, "total": line.total, "remaining": line.remaining}
            for line in routed.lines.all()
        ],
    }


def gooten_state(order: GootenOrder) -> State:
    return {
        "id": order.safe_id,
        "gooten_id": order.number,
        "source_id": order.source_id,
        "is_test": order.is_test,
        "ship_to": order.ship_to,
        "total": decimal(order.items_minor + order.shipping_minor),
        "currency": order.currency,
        "created_at": order.created_at.isoformat(),
        "items": [item_state(item) for item in order.items.all()],
    }


def item_state(item: GootenItem) -> State:
    return {
        "id": item.number,
        "sku": item.sku,
        "status": item.status,
        "issue": item.issue,
        "quantity": item.quantity,
        "source_id": item.source_id,
        "carrier": item.carrier,
        "tracking_number": item.tracking_number,
        "tracking_url": item.tracking_url,
        "history": item.history,
        "images": [image_state(image) for image in sorted(item.images.all(), key=lambda image: image.index)],
    }


def image_state(image: GootenImage) -> State:
    return {
        "url": image.url,
        "sha256": image.sha256,
        "width": image.width_px,
        "height": image.height_px,
        "size_bytes": image.size_bytes,
        "space_id": image.space_id,
        "index": image.index,
        "error": image.error,
        "fetched_at": _time(image.fetched_at),
    }


def generation_state(row: Generation) -> State:
    return {
        "id": row.key,
        "service": row.service,
        "model": row.model,
        "state": row.state,
        "trouble": row.trouble,
        "charged": row.charged,
        "count": row.count,
        "pictures_in": row.pictures_in,
        "asked": row.asked,
        "webhook": row.webhook,
    }


def webhook_state(webhook: Webhook) -> State:
    return {
        "id": webhook.pk,
        "service": webhook.service,
        "topic": webhook.topic,
        "subject": webhook.subject,
        "webhook_id": webhook.webhook_id,
        "state": webhook.state,
        "attempts": webhook.attempts,
        "status_code": webhook.status_code,
        "error": webhook.last_error,
        "signed_wrongly": webhook.signed_wrongly,
        "created_at": webhook.created_at.isoformat(),
        "sent_at": _time(webhook.sent_at),
    }


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
