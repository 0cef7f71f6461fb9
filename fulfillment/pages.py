"""Pages of one's own: proof, orders, dashboard, account. Strangers get 404; what moves on a page comes from the API."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from accounts.identity import caller_of
from designs.models import Kind, Proof
from designs.studio.pages import studio_places
from fulfillment.models import Checkout, Order
from fulfillment.page_facts import designs_of, order_of, orders_of

# An order shows up seconds after the payment; a checkout older than this was left for good.
FRESH = timedelta(hours=1)


@require_safe
@ensure_csrf_cookie
def dashboard(request: HttpRequest) -> HttpResponse:
    at, caller = timezone.now(), caller_of(request)
    return render(
        request, "orders/dashboard.html", {"designs": designs_of(caller, at=at), "orders": orders_of(caller, at=at)}
    )


@require_safe
@ensure_csrf_cookie
def proof(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    """The confirmation page. Its pictures and numbers come from the API, which knows when the files are there."""
    mine = Proof.objects.visible_to(caller_of(request)).filter(pk=proof_id)
    kind = mine.values_list("format__kind", flat=True).first()
    if kind is None:
        raise Http404("No such proof.")
    return render(request, "orders/proof.html", studio_places(kind) | {"proof_id": proof_id})


@require_safe
@ensure_csrf_cookie
def cart(request: HttpRequest) -> HttpResponse:
    """What this browser means to buy. Which cart that is, the browser knows and the API decides."""
    return render(request, "orders/cart.html", studio_places(Kind.CARD))


@require_safe
@ensure_csrf_cookie
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    facts = order_of(caller_of(request), order_id, at=timezone.now())
    if facts is None:
        raise Http404("No such order.")
    return render(request, "orders/order.html", {"order": facts, "steps": facts["steps"]})


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Where the shop's checkout sends people back: to the order just paid, or to a page that waits for it."""
    caller, since = caller_of(request), timezone.now() - FRESH
    newest = Order.objects.visible_to(caller).filter(created_at__gte=since).order_by("-created_at").first()
    checkout = Checkout.objects.visible_to(caller).filter(created_at__gte=since).order_by("-created_at").first()
    if newest and (checkout is None or checkout.created_at <= newest.created_at):
        return redirect("order", newest.pk)
    if checkout:
        return render(request, "orders/arriving.html")
    return redirect(reverse("dashboard") + "#orders")
