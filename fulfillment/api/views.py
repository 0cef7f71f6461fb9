"""Proofs, checkouts, carts and orders: load by owner, make one domain call, show."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of, open_to
from cardmaker.core.errors import BadInput
from cardmaker.core.idempotency import IdempotentPost
from designs.models import Design, Proof
from fulfillment.api.order_shapes import OrderDetailOut, OrderOut
from fulfillment.api.shapes import CartIn, CartOut, CheckoutIn, CheckoutOut, OfferIn, OfferOut, ProofIn, ProofOut
from fulfillment.models import Cart, Checkout, Order
from fulfillment.models.orders import OrderQuerySet
from fulfillment.sales import carts, losses, offers, proof_requests, selling
from fulfillment.sales.reordering import reorder


class DesignProofs(IdempotentPost, APIView):
    """POST /designs/{id}/proofs/: choose the Route, then render the proof for exactly that item."""

    @extend_schema(request=ProofIn, responses={202: ProofOut}, operation_id="proofs_create")
    def post(self, request: Request, design_id: UUID) -> Response:
        caller = caller_of(request)
        design = generics.get_object_or_404(Design.objects.visible_to(caller), pk=design_id)
        wanted = _checked(ProofIn(data=request.data))
        proof = proof_requests.request(
            design, format_code=wanted["format"], country=wanted["country"], at=timezone.now()
        )
        return Response(ProofOut(proof).data, status=status.HTTP_202_ACCEPTED)


class ProofDetail(APIView):
    """GET /proofs/{id}/: polled while it is rendered; its pages are decoded from the print files."""

    @extend_schema(responses=ProofOut)
    def get(self, request: Request, proof_id: UUID) -> Response:
        proof = _proof(request, proof_id)
        shown = ProofOut(proof)
        answer = Response(shown.data)
        losses.note(shown.offer_for(proof), at=timezone.now())
        return answer


class ProofOffer(APIView):
    """GET /proofs/{id}/offer/: item, delivery and total for so many and this service, as the shop will charge them."""

    @extend_schema(parameters=[OfferIn], responses=OfferOut)
    def get(self, request: Request, proof_id: UUID) -> Response:
        proof = _proof(request, proof_id)
        wanted = _checked(OfferIn(data=request.query_params))
        at = timezone.now()
        offer = offers.offer_of(proof, quantity=wanted["quantity"], service=wanted["service"], at=at)
        losses.note(offer, at=at)
        return Response(OfferOut(offer).data)


class Selling(APIView):
    """Whoever is refused because it would cost us money is noted, behind the transaction that was rolled back."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, offers.SoldAtALoss):
            losses.note(exc.offer, at=timezone.now())
        return super().handle_exception(exc)


class ProofCheckout(IdempotentPost, Selling):
    """POST /proofs/{id}/checkout/: push the product; the answer is polled at /checkouts/{id}/."""

    @extend_schema(request=CheckoutIn, responses={202: CheckoutOut})
    def post(self, request: Request, proof_id: UUID) -> Response:
        proof = _proof(request, proof_id)
        wanted = _checked(CheckoutIn(data=request.data))
        caller = caller_of(request)
        assert caller.account is not None  # the proof was found through it
        open_to(caller.account, request)
        purchase = selling.Purchase(
            quantity=wanted["quantity"],
            shows_design=wanted["show_picture"],
            accepts_warnings=wanted["accept_warnings"],
            confirms_dates=wanted["confirm_dates"],
        )
        checkout = selling.start_checkout(proof, purchase, account=caller.account, shop=caller.shop, at=timezone.now())
        return Response(CheckoutOut(checkout).data, status=status.HTTP_202_ACCEPTED)


class CheckoutDetail(APIView):
    """GET /checkouts/{id}/: pending, ready with its link, or failed with the reason."""

    @extend_schema(responses=CheckoutOut)
    def get(self, request: Request, checkout_id: UUID) -> Response:
        found = Checkout.objects.visible_to(caller_of(request))
        return Response(CheckoutOut(generics.get_object_or_404(found, pk=checkout_id)).data)


class Carts(Selling):
    """POST /carts/: several ready checkouts become one cart with one checkout."""

    @extend_schema(request=CartIn, responses={201: CartOut})
    def post(self, request: Request) -> Response:
        wanted = _wanted(request)
        caller = caller_of(request)
        if caller.account is None:
            raise Http404("No such checkout.")
        cart = carts.start(wanted, account=caller.account, shop=caller.shop, at=timezone.now())
        return Response(CartOut(cart).data, status=status.HTTP_201_CREATED)


class CartDetail(Selling):
    """GET /carts/{id}/: come back to it. PUT: other lines, more, fewer or none in place of what is in it."""

    @extend_schema(responses=CartOut)
    def get(self, request: Request, cart_id: UUID) -> Response:
        return Response(CartOut(_cart(request, cart_id)).data)

    @extend_schema(request=CartIn, responses=CartOut)
    def put(self, request: Request, cart_id: UUID) -> Response:
        cart = carts.change(_cart(request, cart_id), _wanted(request), at=timezone.now())
        return Response(CartOut(cart).data)


class LatestCart(APIView):
    """GET /carts/latest/: the cart the caller last changed and has not bought yet; 404 without one."""

    @extend_schema(responses=CartOut)
    def get(self, request: Request) -> Response:
        unbought = Cart.objects.visible_to(caller_of(request)).filter(ordered_at=None)
        cart = unbought.select_related("shop").order_by("-updated_at", "-pk").first()
        if cart is None:
            raise Http404("No such cart.")
        return Response(CartOut(cart).data)


def _cart(request: Request, cart_id: UUID) -> Cart:
    found = Cart.objects.visible_to(caller_of(request)).select_related("shop")
    return generics.get_object_or_404(found, pk=cart_id)


def _wanted(request: Request) -> list[carts.Wanted]:
    """The lines asked for; without a number, as many copies as the checkout was started with."""
    given = _checked(CartIn(data=request.data))
    if not given.keys() & {"lines", "checkouts"}:
        raise BadInput.beside("lines", "Name the lines of the cart.")
    lines = [*given.get("lines", []), *({"checkout": key, "quantity": None} for key in given.get("checkouts", []))]
    open_ended = [line["checkout"] for line in lines if line["quantity"] is None]
    own = Checkout.objects.visible_to(caller_of(request)).filter(pk__in=open_ended)
    counts = dict(own.values_list("pk", "quantity"))
    return [carts.Wanted(line["checkout"], line["quantity"] or counts.get(line["checkout"], 1)) for line in lines]


def _orders(request: Request) -> OrderQuerySet:
    visible = Order.objects.visible_to(caller_of(request))
    return visible.prefetch_related("lines__proof__files", "print_jobs__shipments")


class OrderList(generics.ListAPIView[Order]):
    """GET /orders/: the caller's own, newest first."""

    serializer_class = OrderOut

    def get_queryset(self) -> OrderQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Order.objects.none()
        return _orders(self.request)


class OrderDetail(APIView):
    """GET /orders/{id}/: where it is, its parcels, and how it came there."""

    @extend_schema(responses=OrderDetailOut)
    def get(self, request: Request, order_id: UUID) -> Response:
        order = generics.get_object_or_404(_orders(request).prefetch_related("transitions"), pk=order_id)
        return Response(OrderDetailOut(order).data)


class Reorder(IdempotentPost, Selling):
    """POST /orders/{id}/reorder/: the same card again, by one press."""

    @extend_schema(request=None, responses={202: CheckoutOut})
    def post(self, request: Request, order_id: UUID) -> Response:
        order = generics.get_object_or_404(Order.objects.visible_to(caller_of(request)), pk=order_id)
        open_to(caller_of(request).account, request)
        checkout = reorder(order, at=timezone.now())
        return Response(CheckoutOut(checkout).data, status=status.HTTP_202_ACCEPTED)


def _proof(request: Request, proof_id: UUID) -> Proof:
    found = (
        Proof.objects.visible_to(caller_of(request))
        .select_related("format", "route__item")
        .prefetch_related("files", "drafts")
    )
    return generics.get_object_or_404(found.filter(route__isnull=False), pk=proof_id)


def _checked(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
