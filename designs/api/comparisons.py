"""Comparison sets: making one, telling what happened to its pictures, reading its figures."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of
from cardmaker.core.idempotency import IdempotentPost
from cardmaker.core.middleware import client_address
from cardmaker.core.parsing import SoundJSON
from designs.api.inputs import TextField
from designs.api.views import IDEMPOTENCY_KEY, read_body
from designs.making.images import show
from designs.models import ComparedPicture, ComparisonSet
from designs.products import comparing, verdict
from designs.products.verdict import Counts, Share

TOKEN = "token"  # noqa: S105 - the name of a parameter
OF_A_DESIGN = OpenApiParameter("design", UUID, description="Only sets of this design.")
SET_TOKEN = OpenApiParameter(TOKEN, str, description="The set's own token, for public pages: `events_url` has it.")


class BeaconJSON(SoundJSON):
    """What `navigator.sendBeacon` sends: JSON that is called text, so that no browser asks for leave first."""

    media_type = "text/plain"


class ComparisonSetIn(serializers.Serializer[None]):
    images = serializers.ListField(child=serializers.UUIDField(), max_length=50, help_text="2 to 10, of one design.")
    label = TextField(  # type: ignore[assignment]  # shadows an attribute of Field that is not used here
        required=False, default=""
    )
    origins = serializers.ListField(
        child=serializers.CharField(max_length=255),
        required=False,
        default=list,
        max_length=50,
        help_text="Pages that may tell events, beside those of the shop: https://example.com.",
    )


class ToldIn(serializers.Serializer[None]):
    id = serializers.CharField(max_length=comparing.LONGEST_ID, help_text="Yours: told again it counts once.")
    kind = serializers.ChoiceField(choices=comparing.KINDS)
    image = serializers.UUIDField()


class EventsIn(serializers.Serializer[None]):
    events = serializers.ListField(child=ToldIn(), allow_empty=False, max_length=comparing.AT_ONCE)


class EventsOut(serializers.Serializer[Any]):
    counted = serializers.IntegerField(help_text="Those that were new.")


class ShareOut(serializers.Serializer[Share]):
    """Of those who saw it, 0 to 1, with Wilson's 95 % interval."""

    share = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class ComparedPictureOut(serializers.ModelSerializer[ComparedPicture]):
    thumb_url = serializers.SerializerMethodField()
    description = serializers.CharField(source="image.description")
    clicks = serializers.SerializerMethodField()
    purchases = serializers.SerializerMethodField()

    class Meta:
        model = ComparedPicture
        fields = [
            "image", "place", "thumb_url", "description", "shown", "clicked", "bought", "clicks", "purchases",
        ]  # fmt: skip

    def get_thumb_url(self, picture: ComparedPicture) -> str:
        return "" if picture.image.withheld else show(picture.image.thumb_file, at=self.context["at"])

    @extend_schema_field(ShareOut(allow_null=True))
    def get_clicks(self, picture: ComparedPicture) -> Any:
        return _share(picture.clicked, picture.shown)

    @extend_schema_field(ShareOut(allow_null=True))
    def get_purchases(self, picture: ComparedPicture) -> Any:
        return _share(picture.bought, picture.shown)


class StatementOut(serializers.Serializer[Any]):
    """What the counts allow to say. `place`: the picture that is ahead, or null."""

    measure = serializers.ChoiceField(choices=["clicked", "bought"])
    state = serializers.ChoiceField(choices=["collecting", "even", "ahead"])
    place = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class ComparisonSetOut(serializers.ModelSerializer[ComparisonSet]):
    """One set with its figures. `events_url` is for public pages: it tells events of this set and opens nothing."""

    pictures = ComparedPictureOut(many=True)
    statements = serializers.SerializerMethodField()
    events_url = serializers.SerializerMethodField()
    script_url = serializers.SerializerMethodField(help_text="A script that tells views and clicks by itself.")

    class Meta:
        model = ComparisonSet
        fields = [
            "id",
            "design",
            "label",
            "origins",
            "created_at",
            "pictures",
            "statements",
            "events_url",
            "script_url",
        ]

    @extend_schema_field(StatementOut(many=True))
    def get_statements(self, row: ComparisonSet) -> Any:
        counts = [Counts(each.place, each.shown, each.clicked, each.bought) for each in row.pictures.all()]
        return StatementOut(verdict.statements(counts), many=True).data

    def get_events_url(self, row: ComparisonSet) -> str:
        address = reverse("comparison-events", args=[row.pk])
        return f"{settings.PUBLIC_URL}{address}?{urlencode({TOKEN: comparing.token_of(row)})}"

    def get_script_url(self, row: ComparisonSet) -> str:
        return settings.PUBLIC_URL + reverse("embed_compare")


class ComparisonSetList(IdempotentPost, generics.ListAPIView[ComparisonSet]):
    """GET, POST /comparison-sets/: the caller's sets with their figures, newest first; making one."""

    serializer_class = ComparisonSetOut
    queryset = ComparisonSet.objects.none()  # for the schema

    def get_queryset(self) -> Any:
        rows = _in_full(self.request)
        asked = self.request.query_params.get("design")
        return rows.filter(design=serializers.UUIDField().run_validation(asked)) if asked else rows

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": timezone.now()}

    @extend_schema(parameters=[OF_A_DESIGN])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request=ComparisonSetIn,
        responses={201: ComparisonSetOut},
        parameters=[IDEMPOTENCY_KEY],
        operation_id="comparison_sets_create",
    )
    def post(self, request: Request) -> Response:
        body, at = read_body(ComparisonSetIn, request), timezone.now()
        made = comparing.create(caller_of(request), body["images"], label=body["label"], origins=body["origins"], at=at)
        answer = ComparisonSetOut(_in_full(request).get(pk=made.pk), context={"at": at}).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": f"{request.path}{made.pk}/"})


class ComparisonSetDetail(APIView):
    """GET, DELETE /comparison-sets/{id}/: its figures; letting go of it and of all that was counted."""

    @extend_schema(responses=ComparisonSetOut, operation_id="comparison_sets_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        row = get_object_or_404(_in_full(request), pk=pk)
        return Response(ComparisonSetOut(row, context={"at": timezone.now()}).data)

    @extend_schema(request=None, responses={204: None}, operation_id="comparison_sets_destroy")
    def delete(self, request: Request, pk: UUID) -> Response:
        get_object_or_404(ComparisonSet.objects.visible_to(caller_of(request)), pk=pk).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class ComparisonEvents(APIView):
    """POST /comparison-sets/{id}/events/: what happened to its pictures, told by its owner or by a public page."""

    parser_classes = [SoundJSON, BeaconJSON]

    def get_authenticators(self) -> list[BaseAuthentication]:
        """A page that shows the set's token is nobody: whatever cookie the browser sends along decides nothing."""
        named = self.request is not None and TOKEN in self.request.GET  # no request: while the schema is written
        return [] if named else super().get_authenticators()

    @extend_schema(
        request=EventsIn,
        responses={200: EventsOut, 204: OpenApiResponse(description="Told with the set's token: nothing is answered.")},
        parameters=[SET_TOKEN],
        operation_id="comparison_events_create",
    )
    def post(self, request: Request, pk: UUID) -> Response:
        token = request.query_params.get(TOKEN)
        row = _of_a_page(request, pk, token) if token is not None else _mine(request, pk)
        told = [comparing.Told(**event) for event in read_body(EventsIn, request)["events"]]
        at = timezone.now()
        comparing.charge(row, len(told), address=client_address(request._request), at=at)
        counted = comparing.count(row, told, at=at)
        return Response({"counted": counted}) if token is None else Response(status=status.HTTP_204_NO_CONTENT)


def _mine(request: Request, pk: UUID) -> ComparisonSet:
    return get_object_or_404(ComparisonSet.objects.visible_to(caller_of(request)), pk=pk)


def _of_a_page(request: Request, pk: UUID, token: str) -> ComparisonSet:
    there = ComparisonSet.objects.filter(design__deleted_at=None).select_related("design__shop")
    row = get_object_or_404(there, pk=pk)
    comparing.check_page(row, token=token, origin=request.headers.get("Origin", ""))
    return row


def _in_full(request: Request) -> QuerySet[ComparisonSet]:
    """Sets with their pictures: two queries for any number of them."""
    pictures = ComparedPicture.objects.select_related("image").order_by("place")
    mine = ComparisonSet.objects.visible_to(caller_of(request))
    return mine.prefetch_related(Prefetch("pictures", queryset=pictures))


def _share(hits: int, shown: int) -> Any:
    found = verdict.share(hits, shown)
    return ShareOut(found).data if found else None
