"""What the API shows of a Run. It wants `at` in its context, for the pictures."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from designs.api.page_shapes import ImageOut
from designs.making.pagestates import PageState, drawn_now, page_states
from designs.models import Run


class RunErrorOut(serializers.Serializer[Run]):
    code = serializers.CharField(source="error_code")
    message = serializers.CharField(source="error_message")


class PageStateOut(serializers.Serializer[PageState]):
    """How one page of a Run goes."""

    position = serializers.CharField()
    state = serializers.ChoiceField(choices=["waiting", "drawing", "ready", "failed"])
    message = serializers.CharField(help_text="For people; why it failed, or that we try again.")
    image = serializers.UUIDField(allow_null=True, help_text="The id of its newest picture among `images`.")


class RunOut(serializers.ModelSerializer[Run]):
    """A Run; `images` in the order of its calls. Reads calls and images as prefetched by `api.querysets`."""

    now = serializers.SerializerMethodField(help_text="The position that is being drawn.")
    pages = serializers.SerializerMethodField()
    progress = serializers.IntegerField(read_only=True, help_text="0 to 100.")
    notices = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="What was changed in its texts, in sentences."
    )
    positions = serializers.ListField(child=serializers.CharField(), read_only=True)
    images = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()

    class Meta:
        model = Run
        fields = [
            "id",
            "design",
            "stage",
            "state",
            "progress",
            "eta_s",
            "notices",
            "positions",
            "now",
            "pages",
            "images",
            "error",
            "version",
            "created_at",
        ]

    def get_now(self, run: Run) -> str | None:
        return drawn_now(run)

    @extend_schema_field(PageStateOut(many=True))
    def get_pages(self, run: Run) -> Any:
        return PageStateOut(page_states(run), many=True).data  # type: ignore[arg-type]  # the stubs forget `many`

    @extend_schema_field(ImageOut(many=True))
    def get_images(self, run: Run) -> Any:
        made = [image for call in run.calls.all() for image in call.images.all()]
        return ImageOut(made, many=True, context=self.context).data

    @extend_schema_field(RunErrorOut(allow_null=True))
    def get_error(self, run: Run) -> Any:
        return RunErrorOut(run).data if run.error_code else None
