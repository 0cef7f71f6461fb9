"""Exports of product pictures: asking for files, seeing how far they are, fetching all of them as one zip."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of
from cardmaker.core.archives import zipped
from cardmaker.core.idempotency import IdempotentPost
from designs.api.products import brief_of
from designs.api.views import IDEMPOTENCY_KEY, read_body
from designs.models import Export, ExportedFile
from designs.products import exporting
from designs.products.places import PLACES

ZIP_SALT = "designs.export-zip"
ZIP_LINK_S = 900


class ExportIn(serializers.Serializer[None]):
    images = serializers.ListField(child=serializers.UUIDField(), max_length=exporting.MOST_IMAGES)
    places = serializers.ListField(child=serializers.CharField(max_length=20), max_length=len(PLACES))
    ground = serializers.CharField(max_length=8, required=False, default="keep", help_text="keep, white or clear.")


class PlaceOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()


class PlacesOut(serializers.Serializer[Any]):
    results = PlaceOut(many=True)


class ExportedFileOut(serializers.ModelSerializer[ExportedFile]):
    class Meta:
        model = ExportedFile
        fields = ["name", "image", "place", "size_bytes", "width_px", "height_px", "enlarged", "problem"]


class ExportOut(serializers.ModelSerializer[Export]):
    """`zip_url`: all files made so far, for a quarter of an hour; null before it is done and after it was cleared."""

    files = ExportedFileOut(many=True)
    progress = serializers.SerializerMethodField(help_text="Whole percent.")
    zip_url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = ["id", "state", "ground", "places", "created_at", "progress", "files", "zip_url"]

    def get_progress(self, export: Export) -> int:
        expected = len(export.images) * len(export.places)
        return 100 if export.state != Export.State.QUEUED else 100 * len(export.files.all()) // max(1, expected)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_zip_url(self, export: Export) -> str | None:
        if export.state != Export.State.DONE or not any(file.file for file in export.files.all()):
            return None
        token = signing.TimestampSigner(salt=ZIP_SALT).sign(str(export.pk))
        return reverse("export-zip", args=[token])


class PlaceList(APIView):
    """GET /export-places/: shops and marketplaces whose sizes we know."""

    @extend_schema(responses=PlacesOut, operation_id="export_places_list")
    def get(self, request: Request) -> Response:
        return Response(PlacesOut({"results": PLACES.values()}).data)


class ExportList(IdempotentPost, APIView):
    """POST /product-briefs/{id}/exports/: files of chosen pictures. The answer is to be polled."""

    @extend_schema(
        request=ExportIn, responses={202: ExportOut}, parameters=[IDEMPOTENCY_KEY], operation_id="exports_create"
    )
    def post(self, request: Request, pk: UUID) -> Response:
        body = read_body(ExportIn, request)
        row = exporting.begin(
            brief_of(request, pk),
            image_ids=body["images"],
            places=body["places"],
            ground=body["ground"],
            at=timezone.now(),
        )
        headers = {"Location": f"/api/v1/exports/{row.pk}/"}
        return Response(ExportOut(row).data, status=status.HTTP_202_ACCEPTED, headers=headers)


class ExportDetail(APIView):
    """GET /exports/{id}/."""

    @extend_schema(responses=ExportOut, operation_id="exports_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        mine = Export.objects.visible_to(caller_of(request)).prefetch_related("files")
        return Response(ExportOut(get_object_or_404(mine, pk=pk)).data)


@require_safe
def export_zip(request: HttpRequest, token: str) -> HttpResponseBase:
    """All files of an export: 410 when the link's time is over, 404 when we did not sign it or the files are gone.

    Pictures that were withheld since are left out.
    """
    try:
        pk = signing.TimestampSigner(salt=ZIP_SALT).unsign(token, max_age=ZIP_LINK_S)
    except signing.SignatureExpired:
        return HttpResponse("This link has expired. Reload the page.", status=410, content_type="text/plain")
    except signing.BadSignature as exc:
        raise Http404("No such file.") from exc
    export = get_object_or_404(Export.objects.select_related("brief"), pk=pk, state=Export.State.DONE)
    there = export.files.exclude(file="").filter(image__withheld="")
    files = list(there.order_by("pk").values_list("name", "file"))
    response = StreamingHttpResponse(zipped(files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="pictures-{str(export.pk)[:8]}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
