"""Photos: sending one whole, seeing them, deleting them, and saying which a Design starts from."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of, ensure_account
from cardmaker.core import storage
from cardmaker.core.errors import BadInput
from cardmaker.core.idempotency import IdempotentPost
from designs.api.photo_shapes import PhotoOut
from designs.api.views import IDEMPOTENCY_KEY
from designs.models import Design, Photo
from designs.uploading import photos
from designs.uploading.photo_files import MAX_BYTES
from designs.uploading.uploads import TooLarge

FRAMING_BYTES = 20_000  # what multipart adds around the file


class PhotoIn(serializers.Serializer[None]):
    file = serializers.FileField()
    design = serializers.UUIDField(required=False, help_text="Keep it with this design, and start from it.")


class DesignPhotosIn(serializers.Serializer[None]):
    photos = serializers.ListField(child=serializers.UUIDField(), max_length=50)


class PhotoList(IdempotentPost, generics.ListAPIView[Photo]):
    """GET, POST /photos/: the caller's photos, newest first; sending one. The same bytes give the same photo."""

    serializer_class = PhotoOut
    parser_classes = [MultiPartParser]
    queryset = Photo.objects.none()  # for the schema
    prepared: photos.Prepared | None = None
    kept = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Decoding comes first: `post` runs inside the transaction of the idempotency key."""
        super().initial(request, *args, **kwargs)
        if request.method != "POST":
            return
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + FRAMING_BYTES:
            raise TooLarge(f"At most {MAX_BYTES // 10**6} MB can be taken.")
        self.body = PhotoIn(data=request.data)
        self.body.is_valid(raise_exception=True)
        account = ensure_account(request)
        self.design = design_named(request, self.body.validated_data.get("design"))
        self.sent = _read(self.body.validated_data["file"])
        self.prepared = photos.prepare(self.sent, account=account, shop=caller_of(request).shop, at=timezone.now())

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What was prepared and then refused, or told from memory, leaves no files behind."""
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            if self.prepared is not None and not self.kept:
                photos.discard(self.prepared)

    def idempotency_body(self, request: Request) -> str:
        return f"{storage.sha256(self.sent)} {self.design and self.design.pk}"

    def get_queryset(self) -> Any:
        mine = Photo.objects.visible_to(caller_of(self.request))
        design = self.request.query_params.get("design")
        return mine.filter(design__in=_designs(self.request, design)) if design else mine

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "at": timezone.now()}

    @extend_schema(parameters=[OpenApiParameter("design", UUID, description="Only those sent for this design.")])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        request={"multipart/form-data": PhotoIn},
        responses={201: PhotoOut},
        parameters=[IDEMPOTENCY_KEY],
        operation_id="photos_create",
    )
    def post(self, request: Request) -> Response:
        at = timezone.now()
        assert self.prepared is not None
        caller = caller_of(request)
        photo = photos.keep(self.prepared, account=ensure_account(request), shop=caller.shop, design=self.design, at=at)
        self.kept = True
        answer = PhotoOut(photo, context={"at": at}).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": f"{request.path}{photo.pk}/"})


class PhotoDetail(APIView):
    """GET, DELETE /photos/{id}/."""

    @extend_schema(responses=PhotoOut, operation_id="photos_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        return Response(PhotoOut(_photo(request, pk), context={"at": timezone.now()}).data)

    @extend_schema(responses={204: None}, operation_id="photos_destroy")
    def delete(self, request: Request, pk: UUID) -> Response:
        photos.delete(_photo(request, pk), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class DesignPhotos(APIView):
    """PUT /designs/{id}/photos/: exactly these photos, in this order, are what the design starts from."""

    @extend_schema(request=DesignPhotosIn, responses=PhotoOut(many=True), operation_id="designs_photos_update")
    def put(self, request: Request, pk: UUID) -> Response:
        caller, at = caller_of(request), timezone.now()
        design = get_object_or_404(Design.objects.visible_to(caller), pk=pk)
        body = DesignPhotosIn(data=request.data)
        body.is_valid(raise_exception=True)
        photos.attach(design, body.validated_data["photos"], caller=caller, at=at)
        return Response(_used(design, at=at))


def design_named(request: Request, pk: UUID | None) -> Design | None:
    """The caller's own Design of this id. Raises BadInput beside `design`."""
    if pk is None:
        return None
    design = Design.objects.visible_to(caller_of(request)).filter(pk=pk).first()
    if design is None:
        raise BadInput.beside("design", "There is no such design.")
    return design


def _photo(request: Request, pk: UUID) -> Photo:
    return get_object_or_404(Photo.objects.visible_to(caller_of(request)), pk=pk)


def _designs(request: Request, asked: str) -> list[Design]:
    try:
        found = design_named(request, UUID(asked))
    except ValueError as exc:
        raise BadInput.beside("design", "There is no such design.") from exc
    return [found] if found else []


def _read(file: UploadedFile[bytes]) -> bytes:
    if (file.size or 0) > MAX_BYTES:
        raise BadInput.beside("file", f"At most {MAX_BYTES // 10**6} MB can be taken.")
    return bytes(file.read())


def _used(design: Design, *, at: datetime) -> Any:
    uses = design.uses.select_related("photo").order_by("rank", "pk")
    return PhotoOut([use.photo for use in uses], many=True, context={"at": at}).data
