"""The embedded page's own calls, under /shopify/app/api/. A session token says which shop; nothing else can."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Shop
from accounts.tokens import bearer_text
from cardmaker.core.errors import Forbidden
from fulfillment.merchants import installing, merchant, merchant_page
from fulfillment.models import PrivacyRequest
from fulfillment.shopify import session_tokens
from fulfillment.shopify.session_tokens import SessionTokenRefused

RETRY = "X-Shopify-Retry-Invalid-Session-Request"  # App Bridge gets a fresh token and asks again


class NotInstalled(Forbidden):
    """The token is good, but the app is not (or no longer) installed in its shop."""


@dataclass(frozen=True, slots=True)
class Merchant:
    """The shop that asks, and who of its people: Shopify's number of them, for the record of changes."""

    shop: Shop
    who: str


class SessionTokens(BaseAuthentication):
    """`Authorization: Bearer <session token>`. Cookies do not count, so nobody can forge a request with them."""

    def authenticate(self, request: Request) -> tuple[None, Merchant]:
        token = session_tokens.read(bearer_text(request._request) or "", at=timezone.now())
        shop = installing.connected(token.shop_domain)
        if shop is None:
            raise NotInstalled("The app is not connected to this shop any more. Please open it again.")
        return None, Merchant(shop, f"{shop.code}, staff {token.user_id}")

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class MerchantView(APIView):
    """A call of the embedded page. `shop(request)` is the caller's, `who(request)` its person."""

    schema = None
    authentication_classes = (SessionTokens,)
    throttle_classes = ()  # those of the API know its own callers only; here each one is a merchant's staff

    @staticmethod
    def shop(request: Request) -> Shop:
        return _merchant(request).shop

    @staticmethod
    def who(request: Request) -> str:
        return _merchant(request).who

    def handle_exception(self, exc: Exception) -> Response:
        answer = super().handle_exception(exc)
        if isinstance(exc, SessionTokenRefused):
            answer[RETRY] = "1"
        return answer


class FormatIn(serializers.Serializer[None]):
    price = serializers.CharField(required=False, max_length=60, allow_blank=True)
    sold = serializers.BooleanField(required=False)


class FormatDetail(MerchantView):
    """PATCH formats/<code>/: the price of one piece, or whether it is sold at all."""

    def patch(self, request: Request, code: str) -> Response:
        shop, who, at = self.shop(request), self.who(request), timezone.now()
        wanted = _checked(FormatIn(data=request.data))
        with transaction.atomic():  # both are taken or none
            if "price" in wanted:
                merchant.set_price(shop, code, wanted["price"], by=who, at=at)
            if "sold" in wanted:
                merchant.switch_format(shop, code, sold=wanted["sold"], by=who, at=at)
        row = next(row for row in merchant_page.formats(shop, at=at) if row.code == code)
        return Response({name: getattr(row, name) for name in row.__slots__})


class StrategyIn(serializers.Serializer[None]):
    strategy = serializers.CharField(max_length=40)


class StrategyDetail(MerchantView):
    """PUT strategy/: how designs become products in the shop."""

    def put(self, request: Request) -> Response:
        shop, wanted = self.shop(request), _checked(StrategyIn(data=request.data))
        merchant.choose_strategy(shop, wanted["strategy"], by=self.who(request), at=timezone.now())
        return Response({"strategy": shop.strategy})


class OriginsIn(serializers.Serializer[None]):
    allowed_origins = serializers.ListField(child=serializers.CharField(max_length=300, allow_blank=True))


class OriginsDetail(MerchantView):
    """PUT origins/: all the pages elsewhere that may hold the studio."""

    def put(self, request: Request) -> Response:
        wanted = _checked(OriginsIn(data=request.data))["allowed_origins"]
        kept = merchant.allow_origins(self.shop(request), wanted, by=self.who(request), at=timezone.now())
        return Response({"allowed_origins": kept})


class BrandsIn(serializers.Serializer[None]):
    own_brands = serializers.ListField(child=serializers.CharField(max_length=300, allow_blank=True))


class BrandsDetail(MerchantView):
    """PUT brands/: all the brands that pictures of the shop's own goods may show."""

    def put(self, request: Request) -> Response:
        wanted = _checked(BrandsIn(data=request.data))["own_brands"]
        kept = merchant.name_brands(self.shop(request), wanted, by=self.who(request), at=timezone.now())
        return Response({"own_brands": kept})


class ConnectionDetail(MerchantView):
    """GET connection/: what the page knows. POST: ask Shopify again what the merchant allows."""

    def get(self, request: Request) -> Response:
        return Response(self._told(self.shop(request)))

    def post(self, request: Request) -> Response:
        shop = self.shop(request)
        installing.read_scopes(shop, at=timezone.now())
        shop.refresh_from_db()
        return Response(self._told(shop))

    @staticmethod
    def _told(shop: Shop) -> dict[str, Any]:
        found = merchant_page.connection(shop)
        return {name: found[name] for name in ("ok", "missing", "grant_url", "settles")}


class WaitingList(MerchantView):
    """GET waiting/: orders that are looked at before they are printed."""

    def get(self, request: Request) -> Response:
        return Response(merchant_page.waiting(self.shop(request), at=timezone.now()))


class SpendDetail(MerchantView):
    """GET spend/: this month's."""

    def get(self, request: Request) -> Response:
        return Response(merchant_page.spend(self.shop(request), at=timezone.now()))


class PrivacyAnswer(MerchantView):
    """GET privacy/<id>/: what we keep about the customer that the merchant was asked about."""

    def get(self, request: Request, request_id: UUID) -> HttpResponse:
        open_until = PrivacyRequest.objects.filter(shop=self.shop(request), answer_until__gt=timezone.now())
        found = get_object_or_404(open_until, pk=request_id)
        answer = Response(found.answer)
        answer["Content-Disposition"] = f'attachment; filename="customer-data-{found.pk}.json"'
        answer["Cache-Control"] = "no-store"
        return answer


def _merchant(request: Request) -> Merchant:
    found: Merchant = request.auth  # type: ignore[assignment]  # DRF types it as a token's key
    return found


def _checked(serializer: Any) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
