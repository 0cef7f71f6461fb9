"""POST /session/: where embeds and guests get their bearer token."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import origins, sessions
from accounts.devices import device_of
from accounts.identity import caller_of
from cardmaker.core.middleware import client_address


class SessionIn(serializers.Serializer[None]):
    shop = serializers.RegexField(
        r"^[\w.-]{1,255}$",
        required=False,
        help_text="The shop's code or its myshopify.com domain; our own pages: none.",
    )


class SessionOut(serializers.Serializer[sessions.Session]):
    token = serializers.CharField()
    account = serializers.UUIDField()
    expires_at = serializers.DateTimeField()


class SessionView(APIView):
    """POST /session/: a bearer token for the caller in one shop. A caller we do not know becomes a guest."""

    @extend_schema(request=SessionIn, responses={201: SessionOut}, operation_id="session_create")
    def post(self, request: Request) -> Response:
        body = SessionIn(data=request.data)
        body.is_valid(raise_exception=True)
        caller, named = caller_of(request), body.validated_data.get("shop", "")
        shop = sessions.shop_named(named) if named else caller.shop
        origins.check(request._request, shop)
        opened = sessions.open_session(
            caller,
            shop=shop,
            address=client_address(request._request),
            device=device_of(request._request),
            at=timezone.now(),
        )
        return Response(SessionOut(opened).data, status=status.HTTP_201_CREATED)
