"""POST /session/: where embeds and guests get their bearer token."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import sessions
from accounts.identity import caller_of
from cardmaker.core.middleware import client_address


class SessionIn(serializers.Serializer[None]):
    shop = serializers.SlugField(required=False, help_text="The code of the shop; our own pages without it.")


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
        opened = sessions.open_session(
            caller_of(request),
            shop_code=body.validated_data.get("shop", ""),
            address=client_address(request._request),
            at=timezone.now(),
        )
        return Response(SessionOut(opened).data, status=status.HTTP_201_CREATED)
