"""What the API shows of a Design. Nothing here queries: the views' querysets prefetch all of it.

Every serializer wants `at` in its context: links to pictures are good for minutes.
"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from designs.api.calendar_shapes import CalendarOut
from designs.api.page_shapes import ImageOut, PageOut
from designs.api.photo_shapes import PhotoOut
from designs.api.run_shapes import RunOut
from designs.models import Design
from designs.naming import name_of

LISTED = ("id", "kind", "format", "title", "name", "state", "version", "created_at", "updated_at")


class Named(serializers.Serializer[Any]):
    """How a Design is called where it stands among others."""

    name = serializers.SerializerMethodField(
        help_text="The title, or the beginning of the first prompt until there is one."
    )

    def get_name(self, design: Any) -> str:
        return name_of(design.title, design.first_prompt)


class DesignOut(Named, serializers.ModelSerializer[Design]):
    """A Design with all that its studio shows. Reads what `api.querysets.design_rows` prefetched."""

    calendar = serializers.SerializerMethodField(help_text="Null for what is no calendar.")
    pages = serializers.SerializerMethodField()
    images = serializers.SerializerMethodField()
    runs = serializers.SerializerMethodField()
    photos = serializers.SerializerMethodField()
    proof = serializers.UUIDField(source="ready_proof", allow_null=True, read_only=True)

    class Meta:
        model = Design
        fields = [
            *LISTED,
            "calendar",
            "pages",
            "images",
            "runs",
            "photos",
            "proof",
        ]

    @extend_schema_field(CalendarOut(allow_null=True))
    def get_calendar(self, design: Design) -> Any:
        return CalendarOut(design.calendar).data if design.calendar else None

    @extend_schema_field(PageOut(many=True))
    def get_pages(self, design: Design) -> Any:
        if design.format is None:
            return []
        pages = {page.position: page for page in design.pages.all()}
        shown = [pages[position] for position in design.format.position_names if position in pages]
        context = {**self.context, "format": design.format, "calendar": design.calendar}
        return [PageOut(page, context=context).data for page in shown]

    @extend_schema_field(ImageOut(many=True))
    def get_images(self, design: Any) -> Any:
        return ImageOut(design.shown_images, many=True, context=self.context).data

    @extend_schema_field(PhotoOut(many=True))
    def get_photos(self, design: Design) -> Any:
        uses = sorted(design.uses.all(), key=lambda use: (use.rank, use.pk))
        return PhotoOut([use.photo for use in uses], many=True, context=self.context).data

    @extend_schema_field(RunOut(many=True))
    def get_runs(self, design: Any) -> Any:
        return RunOut(design.shown_runs, many=True, context=self.context).data


class DesignSummaryOut(Named, serializers.ModelSerializer[Design]):
    """A Design in a list: its cover stands for it."""

    cover = serializers.SerializerMethodField()
    proof = serializers.UUIDField(source="ready_proof", allow_null=True, read_only=True)

    class Meta:
        model = Design
        fields = [
            *LISTED,
            "cover",
            "proof",
        ]

    @extend_schema_field(ImageOut(allow_null=True))
    def get_cover(self, design: Design) -> Any:
        pages = {page.position: page for page in design.pages.all()}
        positions = design.format.position_names if design.format else []
        picks = [pick for position in positions if position in pages for pick in pages[position].picked]
        return ImageOut(picks[0].image, context=self.context).data if picks else None
