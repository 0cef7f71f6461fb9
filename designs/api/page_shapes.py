"""What the API shows of pictures and of the pages that carry them. Nothing here writes, and nothing queries.

Every serializer of a picture wants `at` in its context: links to pictures are good for minutes.
"""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from designs.imaging.lettering import Lettering
from designs.making.images import show
from designs.models import Format, Image, Page
from designs.proofs.composing import lettering_on
from designs.screening.pictures import withheld_message
from designs.year.calendars import month_of, title_of


class ImageOut(serializers.ModelSerializer[Image]):
    """Links to small pictures only: the full file is never shown."""

    parent = serializers.UUIDField(  # type: ignore[assignment]  # DRF binds its own `parent` on instances only
        source="parent_id", allow_null=True, read_only=True
    )
    candidate = serializers.UUIDField(source="candidate_id", allow_null=True, read_only=True)
    thumb_url = serializers.SerializerMethodField(help_text="About 512 px.")
    url = serializers.SerializerMethodField(help_text="At most 1024 px.")
    withheld = serializers.SerializerMethodField(help_text="Why there is nothing to see and to print; else empty.")

    class Meta:
        model = Image
        fields = [
            "id", "position", "tier", "width_px", "height_px", "parent", "candidate", "thumb_url", "url", "seed",
            "provider", "model", "created_at", "description", "withheld",
        ]  # fmt: skip

    def get_thumb_url(self, image: Image) -> str:
        return "" if image.withheld else show(image.thumb_file, at=self.context["at"])

    def get_url(self, image: Image) -> str:
        return "" if image.withheld else show(image.display_file, at=self.context["at"])

    def get_withheld(self, image: Image) -> str:
        return withheld_message(image.withheld) if image.withheld else ""


class LetteringOut(serializers.Serializer[dict[str, Any]]):
    font = serializers.CharField()
    size = serializers.CharField(help_text="auto, small, medium, large, or points.")
    align = serializers.CharField()
    layout = serializers.CharField()
    color = serializers.CharField()
    plate = serializers.CharField()
    form = serializers.CharField(help_text="The shape that the lines are set in: a code of GET /lettering/.")


class CropOut(serializers.Serializer[dict[str, Any]]):
    x = serializers.FloatField()
    y = serializers.FloatField()
    zoom = serializers.FloatField()


class PageOut(serializers.Serializer[Page]):
    """One page. Wants `format` and `calendar` in its context, for the title."""

    position = serializers.CharField()
    title = serializers.SerializerMethodField()
    picture = serializers.SerializerMethodField()
    prompt = serializers.CharField()
    style = serializers.CharField(  # type: ignore[assignment]  # shadows an attribute of Field that is not used here
        source="style_id", allow_null=True
    )
    words = serializers.CharField()
    lettering = serializers.SerializerMethodField()
    month = serializers.SerializerMethodField(help_text='"2027-03": what a sheet of a calendar shows; null elsewhere.')
    crop = serializers.SerializerMethodField(help_text="Null: found for each format.")
    picks = serializers.SerializerMethodField()

    def get_title(self, page: Page) -> str:
        return title_of(page.position, self.context["calendar"], otherwise=str(self._entry(page)["title"]))

    def get_month(self, page: Page) -> str | None:
        shown = month_of(page.position, self.context["calendar"])
        return f"{shown[0]}-{shown[1]:02d}" if shown else None

    @extend_schema_field(CropOut(allow_null=True))
    def get_crop(self, page: Page) -> Any:
        return CropOut(page.crop).data if page.crop else None

    def get_picture(self, page: Page) -> bool:
        return bool(self._entry(page)["picture"])

    @extend_schema_field(LetteringOut)
    def get_lettering(self, page: Page) -> dict[str, Any]:
        picked = page.picked
        return asdict(Lettering.parse(lettering_on(page.lettering, picked[0].image if picked else None)))

    @extend_schema_field(ImageOut(many=True))
    def get_picks(self, page: Page) -> Any:
        return ImageOut([pick.image for pick in page.picked], many=True, context=self.context).data

    def _entry(self, page: Page) -> dict[str, Any]:
        shown: Format = self.context["format"]
        return shown.entry(page.position)


class WrittenPageOut(PageOut):
    notices = serializers.SerializerMethodField(help_text="What was taken out of the texts, in sentences.")

    def get_notices(self, page: Page) -> list[str]:
        return list(self.context["notices"])
