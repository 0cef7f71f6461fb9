"""Printify in the console: its state as JSON, as the page shows it, and the buttons."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST

from cardmaker.sandbox.models import (
    PrintifyArt,
    PrintifyChange,
    PrintifyHook,
    PrintifyLine,
    PrintifyOrder,
    PrintifyProduct,
    PrintifyUpload,
)
from cardmaker.sandbox.money import decimal
from cardmaker.sandbox.printify import limits, machine
from cardmaker.sandbox.printify.products import uploads_by_position

from .asking import Answer, Given, Unusable, control

State = dict[str, Any]
MODELS = (PrintifyOrder, PrintifyProduct, PrintifyUpload, PrintifyHook, PrintifyChange)
STEP_TITLES = ("Received", "On hold", "Sent", "In production", "Shipped", "Delivered")


def snapshot() -> State:
    orders = PrintifyOrder.objects.prefetch_related("lines__art").order_by("pk")
    return {
        "uploads": [upload_state(upload) for upload in PrintifyUpload.objects.order_by("pk")],
        "products": [product_state(product) for product in PrintifyProduct.objects.order_by("pk")],
        "orders": [order_state(order) for order in orders],
        "webhooks": list(PrintifyHook.objects.order_by("pk").values("topic", "url", "blocked_until")),
        "usage": limits.usage(at=timezone.now()),
    }


def order_state(order: PrintifyOrder) -> State:
    lines = sorted(order.lines.all(), key=lambda line: line.pk)
    return {
        "id": order.key,
        "external_id": order.external_id,
        "label": order.label,
        "status": order.status,
        "delivered": machine.delivered(order),
        "issue": order.issue,
        "address_to": order.address_to,
        "notifies_buyer": order.notifies_buyer,
        "shipping_method": order.shipping_method,
        "total_cost": decimal(sum(line.cost_minor + line.shipping_minor for line in lines)),
        "created_at": order.created_at.isoformat(),
        "history": order.history,
        "shipments": order.shipments,
        "lines": [line_state(line) for line in lines],
    }


def line_state(line: PrintifyLine) -> State:
    return {
        "product_id": line.product_key,
        "item": f"{line.blueprint_id}/{line.provider_id}/{line.variant_id}",
        "quantity": line.quantity,
        "status": line.status,
        "files": [art_state(art) for art in sorted(line.art.all(), key=lambda art: art.pk)],
    }


def art_state(art: PrintifyArt) -> State:
    return {
        "position": art.position,
        "url": art.url,
        "sha256": art.sha256,
        "width": art.width_px,
        "height": art.height_px,
        "size_bytes": art.size_bytes,
        "error": art.error,
    }


def upload_state(upload: PrintifyUpload) -> State:
    return {
        "id": upload.key,
        "file_name": upload.file_name,
        "url": upload.url,
        "sha256": upload.sha256,
        "width": upload.width_px,
        "height": upload.height_px,
        "archived": upload.archived,
    }


def product_state(product: PrintifyProduct) -> State:
    variant_id = product.variants[0]["id"]
    return {
        "id": product.key,
        "title": product.title,
        "tags": product.tags,
        "item": f"{product.blueprint_id}/{product.provider_id}/{variant_id}",
        "uploads": uploads_by_position(product, variant_id),
        "locked": product.locked,
    }


def live(rows: int) -> State:
    """What the page shows of the latest orders."""
    orders = PrintifyOrder.objects.prefetch_related("lines__art").order_by("-pk")
    return {
        "printify_orders": [_shown(order) for order in orders[:rows]],
        "printify_count": orders.count(),
        "printify_usage": limits.usage(at=timezone.now()),
        "printify_blocked": PrintifyHook.objects.filter(blocked_until__gt=timezone.now()).order_by("pk"),
        "printify_products": [_shown_product(each) for each in PrintifyProduct.objects.order_by("-pk")[:6]],
        "printify_product_count": PrintifyProduct.objects.count(),
    }


def _shown(order: PrintifyOrder) -> State:
    over = machine.delivered(order)
    status = {"partially-fulfilled": "in-production"}.get(order.status, order.status)
    reached = len(STEP_TITLES) - 1 if over else machine.STEPS.index(status) if status in machine.STEPS else -1
    track = [{"title": title, "done": index <= reached} for index, title in enumerate(STEP_TITLES)]
    final = over or order.status == "canceled"
    return {"row": order, "track": track, "off_track": reached < 0, "final": final, "can_fail": reached < 3}


def _shown_product(product: PrintifyProduct) -> State:
    variant_id = product.variants[0]["id"]
    positions = list(uploads_by_position(product, variant_id))
    shown = [name for name in ("front_cover", "january") if name in positions] or positions[:1]
    mockups = [f"/printify/mockup/{product.key}/{variant_id}/{name}/shown.jpg" for name in shown]
    return {"row": product, "mockups": mockups if product.mockups_at <= timezone.now() else []}


def _order(reference: str) -> PrintifyOrder:
    """By their id or by ours."""
    wanted = Q(key=reference) | Q(external_id=reference)
    return get_object_or_404(PrintifyOrder.objects.order_by("pk").filter(wanted)[:1])


def advance_all() -> int:
    orders = list(PrintifyOrder.objects.order_by("pk"))
    for order in orders:
        machine.step(order, at=timezone.now())
    return len(orders)


@require_POST
@control
def advance(given: Given, reference: str) -> Answer:
    """{to?}: one step, or step by step until `to`."""
    order, to = _order(reference), str(given.get("to") or "")
    if to and to not in machine.STEPS:
        raise Unusable(f"Steps are {', '.join(machine.STEPS)}")
    machine.advance(order, to, at=timezone.now())
    return {"order": order_state(_order(reference))}


@require_POST
@control
def fail(given: Given, reference: str) -> Answer:
    """{status?, message?}: put an order into a status, one that is a problem as a rule."""
    status = str(given.get("status") or "had-issues")
    if status not in machine.STATUSES:
        raise Unusable(f"{status!r} is no status of an order")
    message = str(given.get("message") or "Set by hand in the sandbox")
    machine.force(_order(reference), status, at=timezone.now(), issue=message)
    return {"order": order_state(_order(reference))}


@require_POST
@control
def change_catalog(given: Given) -> Answer:
    """{blueprint, dropped?, sizes?, out_of_stock?}: what the catalog says from now on."""
    changes: Given = {name: given[name] for name in ("dropped", "sizes", "out_of_stock") if name in given}
    PrintifyChange.objects.update_or_create(blueprint_id=int(given["blueprint"]), defaults=changes)
    return {"changed": changes}


def forget() -> None:
    for model in MODELS:
        model._default_manager.all().delete()
