"""The page that shows the sandbox, its state as JSON, and the pictures it fetched."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cardmaker.sandbox.faults import KINDS
from cardmaker.sandbox.gooten.machine import CANCELLABLE, STEPS
from cardmaker.sandbox.models import Clock, Fault, GootenOrder, Order, Product, Webhook
from cardmaker.sandbox.pictures import file_path
from cardmaker.sandbox.shopify import admin_pages
from cardmaker.sandbox.shopify.orders import fulfillment_status, total_minor

from . import printify
from . import state as states

ROWS = 20
WEBHOOK_ROWS = 40
STEP_TITLES = ("Received", "Downloading", "Waiting", "In production", "Printing", "Shipped", "Delivered")


@require_GET
@never_cache
def console(request: HttpRequest) -> HttpResponse:
    """The whole page, or with `?live=1` only the part that changes."""
    template = "sandbox/_live.html" if "live" in request.GET else "sandbox/console.html"
    return render(request, template, {**_live(), **_places(), "fault_groups": fault_groups()})


def _places() -> dict[str, str]:
    """Another name for this machine is another origin to a browser: the site elsewhere needs no server of its own."""
    site = settings.SANDBOX_URL.replace("//127.0.0.1:", "//localhost:")
    return {"app_url": settings.APP_URL, "storefront_shop": settings.STOREFRONT_SHOP, "site_url": f"{site}/webflow/"}


def _live() -> dict[str, Any]:
    products = Product.objects.prefetch_related("variants", "media").order_by("-pk")
    orders = Order.objects.prefetch_related("lines", "fulfillment_orders__holds", "fulfillments").order_by("-pk")
    return {
        "products": products[:ROWS],
        "product_count": products.count(),
        "orders": [_shown_order(order) for order in orders[:ROWS]],
        "order_count": orders.count(),
        "gooten_orders": [_shown_gooten(order) for order in _gooten_orders()],
        "gooten_count": GootenOrder.objects.count(),
        **printify.live(ROWS),
        "webhooks": Webhook.objects.order_by("-pk")[:WEBHOOK_ROWS],
        "webhook_counts": states.counts(),
        "paused": Clock.objects.filter(paused=True).exists(),
        "step_s": settings.STEP_S,
        "shops": admin_pages.shops(),
        "switched": Fault.objects.order_by("kind", "pk"),
    }


def _gooten_orders() -> QuerySet[GootenOrder]:
    return GootenOrder.objects.prefetch_related("items__images").order_by("-pk")[:ROWS]


def _shown_order(order: Order) -> dict[str, Any]:
    open_payment = order.financial_status in {"pending", "authorized", "partially_paid"}
    status = fulfillment_status(order)
    return {
        "row": order,
        "fulfillment_status": status.replace("_", " ").lower(),
        "total_minor": total_minor(order),
        "can_pay": open_payment and not order.cancelled_at,
        "can_cancel": not order.cancelled_at and status not in {"FULFILLED", "PARTIALLY_FULFILLED"},
        "can_refund": order.financial_status in {"paid", "partially_refunded"},
        **_routing(order),
    }


def _routing(order: Order) -> dict[str, bool]:
    statuses = {each.status for each in order.fulfillment_orders.all()}
    return {
        "can_hold": "OPEN" in statuses,
        "is_held": "ON_HOLD" in statuses,
        "can_fulfill": bool(statuses & {"OPEN", "IN_PROGRESS"}),
    }


def _shown_gooten(order: GootenOrder) -> dict[str, Any]:
    items = []
    for item in order.items.all():
        reached = STEPS.index(item.status) if item.status in STEPS else -1
        track = [{"title": title, "done": index <= reached} for index, title in enumerate(STEP_TITLES)]
        items.append({"row": item, "track": track, "off_track": reached < 0})
    statuses = {item.status for item in order.items.all()}
    final, unstarted = statuses <= {"Delivered", "Cancelled"}, statuses <= CANCELLABLE
    return {"row": order, "items": items, "final": final, "can_fail": unstarted}


def fault_groups() -> list[dict[str, Any]]:
    """The switches in three groups, for the page."""
    switched = {fault.kind: fault for fault in Fault.objects.filter(operation="").order_by("-pk")}
    groups: dict[str, list[dict[str, Any]]] = {"Calls": [], "Webhooks": [], "Manners": [], "Pictures and texts": []}
    for code, kind in KINDS.items():
        own = {"webhooks": "Webhooks", "gooten": "Manners", "printify": "Manners", "pictures": "Pictures and texts"}
        group = own.get(code.partition("_")[0], "Calls")
        title = kind.title.removeprefix("Webhooks: ").capitalize() if group == "Webhooks" else kind.title
        value = switched[code].value if code in switched else kind.value
        groups[group].append({"code": code, "title": title, "kind": kind, "value": value, "on": switched.get(code)})
    return [{"title": title, "faults": entries} for title, entries in groups.items()]


@require_GET
def storefront(request: HttpRequest) -> JsonResponse:
    """Where the pages are on which the studio is a guest."""
    places = _places()
    return JsonResponse({"shop": places["storefront_shop"], "site_url": places["site_url"]})


@require_GET
@never_cache
def state(request: HttpRequest) -> JsonResponse:
    return JsonResponse(states.snapshot())


@require_GET
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok", "app_url": settings.APP_URL, "products": Product.objects.count()})


@require_GET
def file(request: HttpRequest, sha256: str) -> FileResponse:
    """A fetched picture, or with `?thumb=1` a small one."""
    path = file_path(sha256, thumb="thumb" in request.GET)
    if not sha256.isalnum() or not path.is_file():
        raise Http404
    content_type = "image/jpeg" if "thumb" in request.GET else "application/octet-stream"
    return FileResponse(path.open("rb"), content_type=content_type, headers={"Cache-Control": "max-age=86400"})
