"""What anybody may read: formats with prices, styles, fonts, and what the caller may have made now."""

from typing import Any, get_args
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.devices import device_of
from accounts.identity import Caller, caller_of
from accounts.intake import origin_keys
from billing.allowance import Visitor
from cardmaker.core.errors import BadInput, NotHere
from cardmaker.core.middleware import client_address
from designs import fonts
from designs.api.catalog_shapes import FontsOut, FormatsOut, LetteringChoicesOut, StylesOut, UsageOut
from designs.catalog import offers
from designs.imaging import colors, forms, lettering
from designs.making.wishes import OTHER_STAGES, STAGES, begun, granted_for
from designs.models import Design, Kind, StyleTemplate


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
    """GET /usage/?kind=card: what the caller may have made now, stage by stage, and why it is less than usual.

    With `design` it is said for that Design: one that is begun needs nothing more of the week.
    """

    @extend_schema(
        responses=UsageOut,
        operation_id="usage_retrieve",
        parameters=[
            OpenApiParameter("kind", str, enum=Kind.values, default=Kind.CARD.value),
            OpenApiParameter("design", UUID),
        ],
    )
    def get(self, request: Request) -> Response:
        kind = request.query_params.get("kind", Kind.CARD.value)
        if kind not in Kind.values:
            raise BadInput.beside("kind", f"One of {', '.join(Kind.values)}.")
        caller, at = caller_of(request), timezone.now()
        account_id = caller.account.pk if caller.account else None
        design = _design(caller, request.query_params.get("design", ""))
        kind = design.kind if design else kind
        who: dict[str, Any] = {
            "account_id": account_id,
            "shop_id": caller.shop.pk,
            "begins": design is None or not begun(design),
        }
        device, network = origin_keys(address=client_address(request._request), device=device_of(request._request))
        who["visitor"] = Visitor(device, network)
        granted = {stage.value: granted_for(stage, kind, at=at, **who) for stage in STAGES.get(kind, OTHER_STAGES)}
        return Response(UsageOut(granted).data)


def _design(caller: Caller, text: str) -> Design | None:
    """The caller's Design that a query names; None without one. Raises NotHere, BadInput."""
    if not text:
        return None
    try:
        wanted = UUID(text)
    except ValueError as exc:
        raise BadInput.beside("design", "This is no key of a design.") from exc
    design = Design.objects.visible_to(caller).filter(pk=wanted).first()
    if design is None:
        raise NotHere("There is no such design.")
    return design
