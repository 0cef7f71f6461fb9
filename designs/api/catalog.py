"""What anybody may read: formats with prices, styles, fonts, and what the caller may have made now."""

from typing import get_args

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of
from cardmaker.core.errors import BadInput
from designs import fonts
from designs.api.serializers import FontsOut, FormatsOut, LetteringChoicesOut, StylesOut, UsageOut
from designs.catalog import offers
from designs.imaging import colors, forms, lettering
from designs.models import Kind, StyleTemplate
from designs.wishes import OTHER_STAGES, STAGES, granted_for


class FormatList(APIView):
    """GET /formats/: what can be made, and the price of one piece in the caller's shop."""

    @extend_schema(responses=FormatsOut, operation_id="formats_list")
    def get(self, request: Request) -> Response:
        return Response(FormatsOut({"results": offers(caller_of(request).shop)}).data)


class StyleList(APIView):
    """GET /styles/: looks to choose from."""

    @extend_schema(responses=StylesOut, operation_id="styles_list")
    def get(self, request: Request) -> Response:
        return Response(StylesOut({"results": StyleTemplate.objects.on_offer()}).data)


class FontList(APIView):
    """GET /fonts/: fonts that words can be set in."""

    @extend_schema(responses=FontsOut, operation_id="fonts_list")
    def get(self, request: Request) -> Response:
        return Response(FontsOut({"results": list(fonts.FONTS.values())}).data)


class LetteringChoices(APIView):
    """GET /lettering/: how words can be set, and in which shapes."""

    @extend_schema(responses=LetteringChoicesOut, operation_id="lettering_retrieve")
    def get(self, request: Request) -> Response:
        choices = {
            "sizes": list(lettering.SIZES),
            "aligns": get_args(lettering.Align),
            "layouts": get_args(lettering.Layout),
            "plates": get_args(lettering.Plate),
            "colors": ["auto", *colors.PALETTE],
            "forms": forms.CHOICES,
        }
        return Response(LetteringChoicesOut(choices).data)


class Usage(APIView):
    """GET /usage/?kind=card: what the caller may have made now, stage by stage, and why it is less than usual."""

    @extend_schema(
        responses=UsageOut,
        operation_id="usage_retrieve",
        parameters=[OpenApiParameter("kind", str, enum=Kind.values, default=Kind.CARD.value)],
    )
    def get(self, request: Request) -> Response:
        kind = request.query_params.get("kind", Kind.CARD.value)
        if kind not in Kind.values:
            raise BadInput.beside("kind", f"One of {', '.join(Kind.values)}.")
        caller, at = caller_of(request), timezone.now()
        account_id = caller.account.pk if caller.account else None
        stages = STAGES.get(kind, OTHER_STAGES)
        granted = {
            stage.value: granted_for(stage, kind, account_id=account_id, shop_id=caller.shop.pk, at=at)
            for stage in stages
        }
        return Response(UsageOut(granted).data)
