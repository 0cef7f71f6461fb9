"""What the API shows. Nothing here writes, and nothing queries: the views' querysets prefetch all of it.

Every serializer wants `at` in its context: links to pictures are good for minutes.
"""

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cardmaker.core.money import Money
from designs.api.calendar_shapes import CalendarOut
from designs.api.photo_shapes import PhotoOut
from designs.catalog import Offer
from designs.imaging.lettering import Lettering
from designs.making.images import show
from designs.making.pagestates import PageState, drawn_now, page_states
from designs.models import Design, Format, Image, Page, Run, StyleTemplate
from designs.naming import name_of
from designs.proofs.composing import lettering_on
from designs.screening.pictures import withheld_message
from designs.year.calendars import month_of, title_of

UM_PER_MM = 1000
NAME_HELP = "The title, or the beginning of the first prompt until there is one."


class PriceOut(serializers.Serializer[Money]):
    """`text` is for people: "$12.99"."""

    amount_minor = serializers.IntegerField(source="minor")
    currency = serializers.CharField()
    text = serializers.CharField(source="__str__")


class PositionOut(serializers.Serializer[dict[str, Any]]):
    position = serializers.CharField()
    title = serializers.CharField()
    picture = serializers.BooleanField(help_text="May it carry a picture?")


class FormatOut(serializers.Serializer[Offer]):
    code = serializers.CharField(source="format.code")
    kind = serializers.CharField(source="format.kind")
    title = serializers.CharField(source="format.title")
    width_mm = serializers.SerializerMethodField()
    height_mm = serializers.SerializerMethodField()
    fold = serializers.CharField(source="format.fold")
    positions = PositionOut(source="format.positions", many=True)
    max_pictures = serializers.IntegerField(source="format.max_pictures")
    price = PriceOut(allow_null=True)

    def get_width_mm(self, offer: Offer) -> float:
        return offer.format.trim_w_um / UM_PER_MM

    def get_height_mm(self, offer: Offer) -> float:
        return offer.format.trim_h_um / UM_PER_MM


class FormatsOut(serializers.Serializer[dict[str, Any]]):
    results = FormatOut(many=True)


class StyleOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    swatch = serializers.ListField(child=serializers.CharField(), help_text='Colors as "#rrggbb".')
    sample_url = serializers.SerializerMethodField(help_text="A picture in this style, square.")

    def get_sample_url(self, style: StyleTemplate) -> str:
        return reverse("style_sample", args=[style.code])


class StylesOut(serializers.Serializer[dict[str, Any]]):
    results = StyleOut(many=True)


class FontOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()


class FontsOut(serializers.Serializer[dict[str, Any]]):
    results = FontOut(many=True)


class AllowanceOut(serializers.Serializer[Any]):
    """What one press may have made now. Pressing asks the same function, so the two agree."""

    allowed = serializers.BooleanField()
    count = serializers.IntegerField(help_text="Pictures for one press; of a calendar its pages.")
    tier = serializers.CharField()
    price_micros = serializers.IntegerField(help_text="What they cost at most, in millionths of a dollar. We pay it.")
    reason = serializers.SerializerMethodField(help_text="Why it is less than usual; empty when it is not.")
    reasons = serializers.ListField(child=serializers.CharField())
    resets_at = serializers.DateTimeField(allow_null=True, help_text="When there is as much as usual again.")
    page_runs = serializers.IntegerField(
        allow_null=True, help_text="How often new pictures may be made for one page. Null: any number of times."
    )
    weekly_quota = serializers.IntegerField(
        allow_null=True, help_text="Designs that may be begun in a week, from Monday. Null: any number."
    )
    weekly_left = serializers.IntegerField(allow_null=True, help_text="How many of them are left.")
    redraws = serializers.IntegerField(help_text="How many pages of one calendar may change in a day.")

    def get_reason(self, granted: Any) -> str:
        return " ".join(granted.reasons)


class UsageOut(serializers.Serializer[dict[str, Any]]):
    """Those stages that the kind has."""

    page = AllowanceOut(required=False, help_text="A calendar's pages: all of them, or none.")
    candidate = AllowanceOut(required=False)
    revision = AllowanceOut(required=False)
    final = AllowanceOut(required=False)


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


class FormChoiceOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()
    suits = serializers.CharField(help_text="front, inside or any: where it looks best. It may be had on any page.")
    hint = serializers.CharField()


class LetteringChoicesOut(serializers.Serializer[dict[str, Any]]):
    """What each field of a page's lettering may be, beside points for the size and #rrggbb for the color."""

    sizes = serializers.ListField(child=serializers.CharField())
    aligns = serializers.ListField(child=serializers.CharField())
    layouts = serializers.ListField(child=serializers.CharField())
    plates = serializers.ListField(child=serializers.CharField())
    colors = serializers.ListField(child=serializers.CharField())
    forms = FormChoiceOut(many=True)


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


class DesignOut(serializers.ModelSerializer[Design]):
    """A Design with all that its studio shows. Reads what `api.querysets.design_rows` prefetched."""

    calendar = serializers.SerializerMethodField(help_text="Null for what is no calendar.")
    pages = serializers.SerializerMethodField()
    images = serializers.SerializerMethodField()
    runs = serializers.SerializerMethodField()
    photos = serializers.SerializerMethodField()
    proof = serializers.UUIDField(source="ready_proof", allow_null=True, read_only=True)
    name = serializers.SerializerMethodField(help_text=NAME_HELP)

    class Meta:
        model = Design
        fields = [
            "id",
            "kind",
            "format",
            "title",
            "name",
            "state",
            "version",
            "created_at",
            "updated_at",
            "calendar",
            "pages",
            "images",
            "runs",
            "photos",
            "proof",
        ]

    def get_name(self, design: Any) -> str:
        return name_of(design.title, design.first_prompt)

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


class DesignSummaryOut(serializers.ModelSerializer[Design]):
    """A Design in a list: its cover stands for it."""

    cover = serializers.SerializerMethodField()
    proof = serializers.UUIDField(source="ready_proof", allow_null=True, read_only=True)
    name = serializers.SerializerMethodField(help_text=NAME_HELP)

    class Meta:
        model = Design
        fields = [
            "id",
            "kind",
            "format",
            "title",
            "name",
            "state",
            "version",
            "created_at",
            "updated_at",
            "cover",
            "proof",
        ]

    def get_name(self, design: Any) -> str:
        return name_of(design.title, design.first_prompt)

    @extend_schema_field(ImageOut(allow_null=True))
    def get_cover(self, design: Design) -> Any:
        pages = {page.position: page for page in design.pages.all()}
        positions = design.format.position_names if design.format else []
        picks = [pick for position in positions if position in pages for pick in pages[position].picked]
        return ImageOut(picks[0].image, context=self.context).data if picks else None


class LostOut(serializers.Serializer[dict[str, float]]):
    """Shares of the picture that are cut away, 0 to 1."""

    top = serializers.FloatField()
    right = serializers.FloatField()
    bottom = serializers.FloatField()
    left = serializers.FloatField()


class PageWarningOut(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField()
    level = serializers.ChoiceField(choices=["info", "warn", "block"])
    message = serializers.CharField()
    position = serializers.CharField()


class PagePreviewOut(serializers.Serializer[dict[str, Any]]):
    position = serializers.CharField()
    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    lost = LostOut()
    warnings = PageWarningOut(many=True)


class PreviewOut(serializers.Serializer[dict[str, Any]]):
    pages = PagePreviewOut(many=True)
