"""Printify's HTTP: /v1 and /v2 with a bearer and a User-Agent, and the addresses of mock-ups without."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cardmaker.sandbox import faults
from cardmaker.sandbox.models import PrintifyProduct

from . import events, limits, mockups, orders, products, shelves, uploads
from .envelope import Body, Call, Refusal, not_found

Handler = Callable[[Call], Any]
KEY = "(?P<key>[0-9a-f]+)"
MADE_OF = r"v1/catalog/blueprints/(?P<blueprint>\d+)"
MADE_BY = MADE_OF + r"/print_providers/(?P<provider>\d+)"
SHOP = r"v1/shops/(?P<shop>\d+)"


def endpoint(request: HttpRequest, path: str) -> HttpResponse:
    handler, name, where = _route(request.method or "GET", path)

    def answer() -> HttpResponse:
        try:
            call = Call(request, where, timezone.now())
            _admit(call)
            limits.check(name, at=call.at)
            return JsonResponse(handler(call), safe=False)
        except Refusal as refusal:
            return JsonResponse(refusal.body, status=refusal.status)

    return faults.gate(request, "printify", name, answer)


def mockup(request: HttpRequest, product: str, variant: int, position: str, slug: str) -> FileResponse:
    """404 until the product's mock-ups are drawn."""
    row = PrintifyProduct.objects.filter(key=product, mockups_at__lte=timezone.now()).first()
    key = products.uploads_by_position(row, variant).get(position) if row else None
    if row is None or key is None:
        raise Http404
    return FileResponse(mockups.picture(row, position, key).open("rb"), content_type="image/jpeg")


def shops(call: Call) -> list[Body]:
    return [{"id": events.shop_id(), "title": "Cardmaker (sandbox)", "sales_channel": "custom_integration"}]


def disconnect(call: Call) -> Body:
    """The one event whose resource id is an integer."""
    events.emit("shop:disconnected", events.shop_id(), None, at=call.at)
    return {}


def unknown(call: Call) -> Body:
    raise not_found()


def _admit(call: Call) -> None:
    """Raises Refusal without a name, a token or a shop of this account."""
    if not call.request.headers.get("User-Agent"):
        raise Refusal(400, "User-Agent header is required.")
    bearer = call.request.headers.get("Authorization", "")
    if not constant_time_compare(bearer, f"Bearer {settings.PRINTIFY_TOKEN}"):
        raise Refusal(401, "Unauthenticated.", "The token is missing or wrong", 10_401)
    if call.where.get("shop", settings.PRINTIFY_SHOP_ID) != settings.PRINTIFY_SHOP_ID:
        raise not_found("Shop")


def _route(method: str, path: str) -> tuple[Handler, str, dict[str, str]]:
    for wanted, pattern, handler, name in ROUTES:
        match = re.fullmatch(pattern, path) if wanted == method else None
        if match:
            return handler, f"{method} {name}", match.groupdict()
    return unknown, f"{method} unknown", {}


# Method, address, handler, and the name under which faults and counts know the call.
ROUTES: tuple[tuple[str, str, Handler, str], ...] = (
    ("GET", r"v1/shops\.json", shops, "shops"),
    ("DELETE", SHOP + r"/connection\.json", disconnect, "connection"),
    ("GET", r"v1/catalog/blueprints\.json", shelves.blueprints, "catalog blueprints"),
    ("GET", MADE_OF + r"\.json", shelves.blueprint, "catalog blueprint"),
    ("GET", MADE_OF + r"/print_providers\.json", shelves.blueprint_providers, "catalog providers"),
    ("GET", MADE_BY + r"/variants\.json", shelves.variants, "catalog variants"),
    ("GET", MADE_BY + r"/shipping\.json", shelves.shipping, "catalog shipping"),
    ("GET", r"v1/catalog/print_providers\.json", shelves.providers, "catalog providers"),
    ("GET", r"v1/catalog/print_providers/(?P<provider>\d+)\.json", shelves.provider, "catalog provider"),
    ("GET", MADE_BY.replace("v1", "v2", 1) + r"/shipping\.json", shelves.shipping_methods, "catalog v2 shipping"),
    (
        "GET",
        MADE_BY.replace("v1", "v2", 1) + r"/shipping/(?P<method>\w+)\.json",
        shelves.shipping_prices,
        "catalog v2 shipping method",
    ),
    ("POST", r"v1/uploads/images\.json", uploads.upload, "uploads"),
    ("GET", r"v1/uploads\.json", uploads.uploads, "uploads"),
    ("GET", rf"v1/uploads/{KEY}\.json", uploads.one, "upload"),
    ("POST", rf"v1/uploads/{KEY}/archive\.json", uploads.archive, "archive"),
    ("GET", SHOP + r"/products\.json", products.products, "products"),
    ("POST", SHOP + r"/products\.json", products.create, "products"),
    ("GET", SHOP + rf"/products/{KEY}\.json", products.one, "product"),
    ("PUT", SHOP + rf"/products/{KEY}\.json", products.change, "product"),
    ("DELETE", SHOP + rf"/products/{KEY}\.json", products.delete, "product"),
    ("POST", SHOP + rf"/products/{KEY}/publish\.json", products.publish, "publish"),
    ("POST", SHOP + rf"/products/{KEY}/publishing_succeeded\.json", products.published, "publishing_succeeded"),
    ("POST", SHOP + rf"/products/{KEY}/publishing_failed\.json", products.unpublished, "publishing_failed"),
    ("POST", SHOP + rf"/products/{KEY}/unpublish\.json", products.unpublished, "unpublish"),
    ("GET", SHOP + r"/orders\.json", orders.orders, "orders"),
    ("POST", SHOP + r"/orders\.json", orders.create, "orders"),
    ("POST", SHOP + r"/orders/express\.json", orders.create_express, "orders express"),
    ("POST", SHOP + r"/orders/shipping\.json", orders.shipping, "shipping"),
    ("GET", SHOP + rf"/orders/{KEY}\.json", orders.one, "order"),
    ("POST", SHOP + rf"/orders/{KEY}/send_to_production\.json", orders.send_to_production, "send_to_production"),
    ("POST", SHOP + rf"/orders/{KEY}/cancel\.json", orders.cancel, "cancel"),
    ("GET", SHOP + r"/webhooks\.json", events.hooks, "webhooks"),
    ("POST", SHOP + r"/webhooks\.json", events.create, "webhooks"),
    ("PUT", SHOP + rf"/webhooks/{KEY}\.json", events.change, "webhook"),
    ("DELETE", SHOP + rf"/webhooks/{KEY}\.json", events.delete, "webhook"),
    ("POST", SHOP + rf"/webhooks/{KEY}/simulate", events.simulate, "simulate"),
)
