"""The support page: one search box, and on one screen what the buyer approved and where it is."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from fulfillment.api.page_shapes import pages_of
from fulfillment.care import dossier, resending
from fulfillment.care.finding import Found, find
from fulfillment.models import Order
from fulfillment.panels import picture_of

MAX_TEXT = 200


def page(request: HttpRequest) -> HttpResponse:
    """What was found: one order is shown whole, several are listed."""
    found = find(request.GET.get("q", "")[:MAX_TEXT])
    context = {**admin.site.each_context(request), "title": "Find an order", "found": found, "at": timezone.now()}
    if len(found.orders) == 1:
        return _one(request, found.orders[0], context)
    return TemplateResponse(request, "admin/support/found.html", {**context, **_several(found)})


def _one(request: HttpRequest, order: Order, context: dict[str, object]) -> HttpResponse:
    told = {
        "title": f"Order {order}",
        "order": order,
        "dossier": dossier.of(order, at=timezone.now()),
        "mails": resending.sent(order),
        "may_approve": request.user.has_perm("fulfillment.approve_order"),
        "may_refund": request.user.has_perm("fulfillment.refund_order"),
    }
    return TemplateResponse(request, "admin/support/order.html", {**context, **told})


def _several(found: Found) -> dict[str, object]:
    at = timezone.now()
    proof = found.proof if found.proof and found.proof.is_ready else None
    return {
        "hits": [{"order": order, "picture": picture_of(order, at)} for order in found.orders],
        "pages": pages_of(proof, at=at, for_ops=True) if proof else [],
    }
