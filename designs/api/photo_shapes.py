"""How photos and uploads are shown. Wants `at` in the context: links to pictures are good for minutes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from designs.making.images import show
from designs.models import Photo, Upload
from designs.screening.pictures import withheld_message


class FaceOut(serializers.Serializer[dict[str, float]]):
    """A face's box as fractions of the photo."""

    left = serializers.FloatField()
    top = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()
    score = serializers.FloatField()


class AdviceOut(serializers.Serializer[dict[str, str]]):
    code = serializers.CharField()
    level = serializers.CharField(help_text="info or warn.")
    message = serializers.CharField()


class PhotoOut(serializers.ModelSerializer[Photo]):
    """Links to small pictures only: the full photo is never shown."""

    url = serializers.SerializerMethodField(help_text="At most 1024 px.")
    thumb_url = serializers.SerializerMethodField(help_text="At most 512 px.")
    faces = FaceOut(many=True)
    advice = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = ["id", "url", "thumb_url", "width_px", "height_px", "faces", "advice", "created_at"]

    def get_url(self, photo: Photo) -> str:
        return "" if photo.withheld else show(photo.display_file, at=self.context["at"])

    def get_thumb_url(self, photo: Photo) -> str:
        return "" if photo.withheld else show(photo.thumb_file, at=self.context["at"])

    @extend_schema_field(AdviceOut(many=True))
    def get_advice(self, photo: Photo) -> Any:
        if not photo.withheld:
            return photo.advice
        return [{"code": "withheld", "level": "warn", "message": withheld_message(photo.withheld)}]


class UploadErrorOut(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField()
    message = serializers.CharField()
    details = serializers.DictField()


class UploadOut(serializers.ModelSerializer[Upload]):
    """Where an upload stands, and the photo that it became."""

    photo = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ["id", "length", "offset", "state", "photo", "error", "expires_at"]

    @extend_schema_field(PhotoOut(allow_null=True))
    def get_photo(self, upload: Upload) -> Any:
        return PhotoOut(upload.photo, context=self.context).data if upload.photo else None

    @extend_schema_field(UploadErrorOut(allow_null=True))
    def get_error(self, upload: Upload) -> Any:
        return upload.error or None
