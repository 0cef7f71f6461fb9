"""Product images: taking products in, correcting what was read, planning shots. Drawing them is a Run as everywhere."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import Caller, caller_of, ensure_account
from cardmaker.core.errors import Refused
from cardmaker.core.idempotency import IdempotentPost
from designs.api.inputs import TextField
from designs.api.page_shapes import ImageOut
from designs.api.views import IDEMPOTENCY_KEY, read_body
from designs.models import Image, Page, ProductBrief, Run
from designs.products import briefs, pricing, sheet
from designs.products.alike import duplicates


class BriefIn(serializers.Serializer[None]):
    name = TextField()
    description = TextField(required=False, default="")
    format = serializers.CharField(max_length=60, required=False, default=briefs.DEFAULT_FORMAT)
    key = serializers.CharField(
        max_length=120, required=False, allow_blank=True, default="", help_text="Your own name for it: a SKU or handle."
    )


class BriefChangeIn(serializers.Serializer[None]):
    attributes = serializers.DictField(help_text="Any of category, audience, materials, colors, features.")


class SheetIn(serializers.Serializer[None]):
    file = serializers.FileField()
    format = serializers.CharField(max_length=60, required=False, default=briefs.DEFAULT_FORMAT)


class PlanIn(serializers.Serializer[None]):
    options = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=60), max_length=30),
        required=False,
        default=dict,
        help_text="axis -> codes of GET /shot-options/.",
    )
    variations = serializers.IntegerField(min_value=1)


class OptionOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    title = serializers.CharField()


class AxisOut(serializers.Serializer[Any]):
    axis = serializers.CharField()
    options = OptionOut(many=True)


class ShotOptionsOut(serializers.Serializer[Any]):
    results = AxisOut(many=True)


class AttributesOut(serializers.Serializer[Any]):
    category = serializers.CharField()
    materials = serializers.ListField(child=serializers.CharField())
    colors = serializers.ListField(child=serializers.CharField())
    features = serializers.ListField(child=serializers.CharField())
    audience = serializers.CharField()


class ShotOut(serializers.Serializer[Any]):
    """One planned picture. `images`: what was made of it, newest first."""

    position = serializers.CharField()
    options = serializers.DictField(source="shot.options", child=serializers.CharField())
    take = serializers.IntegerField(source="shot.take")
    prompt = serializers.CharField()
    images = serializers.SerializerMethodField()
    duplicate_of = serializers.SerializerMethodField(
        help_text="The id of an earlier picture of this product that its newest one looks like, or null."
    )
    picked = serializers.SerializerMethodField(help_text="The id of the picture chosen for this shot, or null.")

    @extend_schema_field(ImageOut(many=True))
    def get_images(self, page: Page) -> Any:
        return ImageOut(self.context["images"].get(page.position, []), many=True, context=self.context).data

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_duplicate_of(self, page: Page) -> Any:
        drafts = [image for image in self.context["images"].get(page.position, []) if image.tier == "draft"]
        return self.context["duplicates"].get(drafts[0].pk) if drafts else None

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_picked(self, page: Page) -> Any:
        return page.picked[0].image_id if page.picked else None


class BriefSummaryOut(serializers.ModelSerializer[ProductBrief]):
    class Meta:
        model = ProductBrief
        fields = ["id", "design", "name", "source", "source_key", "created_at"]


class BriefOut(BriefSummaryOut):
    """One product with its shots. `price_micros`: the most that drawing what is missing costs now."""

    description = serializers.CharField()
    shop_product = serializers.CharField(source="shop_product_id", help_text="The shop's own product, or empty.")
    format = serializers.CharField(source="design.format_id")
    version = serializers.IntegerField(source="design.version")
    attributes = AttributesOut()
    shots = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField(help_text="How many planned shots have no picture yet.")
    price_micros = serializers.SerializerMethodField()
    eta_s = serializers.SerializerMethodField(
        help_text="How many seconds that is likely to take, as such pictures did before; null: nobody knows yet."
    )
    run = serializers.SerializerMethodField(help_text="The id of the run that draws for it now, or null.")
    notices = serializers.SerializerMethodField(help_text="What was taken out of the texts, in sentences.")
    estimated: pricing.Estimate | None = None

    class Meta(BriefSummaryOut.Meta):
        fields = [
            *BriefSummaryOut.Meta.fields,
            "description", "shop_product", "format", "version", "attributes", "shots", "missing", "price_micros",
            "eta_s", "run", "notices",
        ]  # fmt: skip

    @extend_schema_field(ShotOut(many=True))
    def get_shots(self, brief: ProductBrief) -> Any:
        images: dict[str, list[Image]] = {}
        for image in brief.design.images.all():
            images.setdefault(image.position, []).append(image)
        alike = duplicates(brief.design.images.all())
        pages = [page for page in brief.design.pages.all() if hasattr(page, "shot")]
        return ShotOut(pages, many=True, context={**self.context, "images": images, "duplicates": alike}).data

    def get_missing(self, brief: ProductBrief) -> int:
        drawn = {image.position for image in brief.design.images.all()}
        return sum(page.position not in drawn for page in brief.design.pages.all())

    def get_price_micros(self, brief: ProductBrief) -> int:
        return self._estimate(brief).price_micros

    def get_eta_s(self, brief: ProductBrief) -> int | None:
        return self._estimate(brief).seconds

    def _estimate(self, brief: ProductBrief) -> pricing.Estimate:
        self.estimated = self.estimated or pricing.estimate(self.get_missing(brief))
        return self.estimated

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_run(self, brief: ProductBrief) -> Any:
        return next((run.pk for run in brief.design.runs.all()), None)

    def get_notices(self, brief: ProductBrief) -> list[str]:
        return list(self.context.get("notices", []))


class RefusedRowOut(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    message = serializers.CharField()


class SheetOut(serializers.Serializer[Any]):
    """What became of a file: new briefs, how many were here already, and the rows that could not be used."""

    briefs = BriefSummaryOut(many=True)
    known = serializers.IntegerField()
    refused = RefusedRowOut(many=True)


class ShotOptionList(APIView):
    """GET /shot-options/: how a product can be shown, axis by axis."""

    @extend_schema(responses=ShotOptionsOut, operation_id="shot_options_list")
    def get(self, request: Request) -> Response:
        axes = [{"axis": axis, "options": options} for axis, options in briefs.options_on_offer().items()]
        return Response(ShotOptionsOut({"results": axes}).data)


class BriefList(IdempotentPost, generics.ListAPIView[ProductBrief]):
    """GET, POST /product-briefs/: the caller's products, newest first; taking one in."""

    serializer_class = BriefSummaryOut
    queryset = ProductBrief.objects.none()  # for the schema

    def get_queryset(self) -> Any:
        return ProductBrief.objects.visible_to(caller_of(self.request))

    @extend_schema(
        request=BriefIn, responses={201: BriefOut}, parameters=[IDEMPOTENCY_KEY], operation_id="product_briefs_create"
    )
    def post(self, request: Request) -> Response:
        body, at = read_body(BriefIn, request), timezone.now()
        account = ensure_account(request)
        product = briefs.Product(body["name"], body["description"], body["key"])
        brief, notices = briefs.take_in(product, account, caller_of(request).shop, format_code=body["format"], at=at)
        answer = _full(caller_of(request), brief.pk, notices=notices)
        answer.status_code, answer["Location"] = status.HTTP_201_CREATED, f"{request.path}{brief.pk}/"
        return answer


class BriefSheet(APIView):
    """POST /product-briefs/sheet/: a CSV file of products. Rows that are here already are left as they are."""

    parser_classes = [MultiPartParser]

    @extend_schema(request=SheetIn, responses={200: SheetOut}, operation_id="product_briefs_sheet")
    def post(self, request: Request) -> Response:
        body, at = read_body(SheetIn, request), timezone.now()
        rows = sheet.read(body["file"].read(sheet.MAX_BYTES + 1))
        account, shop = ensure_account(request), caller_of(request).shop
        made, known = [], 0
        refused = [{"line": row.line, "message": row.problem} for row in rows if row.problem]
        for row in rows:
            if row.product is None:
                continue
            try:
                made.append(briefs.take_in(row.product, account, shop, format_code=body["format"], at=at)[0])
            except briefs.KnownAlready:
                known += 1
            except Refused as exc:
                refused.append({"line": row.line, "message": exc.message})
        return Response(SheetOut({"briefs": made, "known": known, "refused": refused}).data)


class BriefDetail(APIView):
    """GET, PATCH /product-briefs/{id}/."""

    @extend_schema(responses=BriefOut, operation_id="product_briefs_retrieve")
    def get(self, request: Request, pk: UUID) -> Response:
        return _full(caller_of(request), pk)

    @extend_schema(request=BriefChangeIn, responses=BriefOut, operation_id="product_briefs_partial_update")
    def patch(self, request: Request, pk: UUID) -> Response:
        body = read_body(BriefChangeIn, request)
        briefs.correct(brief_of(request, pk), body["attributes"], at=timezone.now())
        return _full(caller_of(request), pk)


class BriefPlan(APIView):
    """POST /product-briefs/{id}/plan/: plan shots along the chosen options, in place of those not drawn yet."""

    @extend_schema(request=PlanIn, responses=BriefOut, operation_id="product_briefs_plan")
    def post(self, request: Request, pk: UUID) -> Response:
        body = read_body(PlanIn, request)
        briefs.plan_shots(brief_of(request, pk), body["options"], body["variations"], at=timezone.now())
        return _full(caller_of(request), pk)


def brief_of(request: Request, pk: UUID) -> ProductBrief:
    """The caller's own; 404 for everybody else's."""
    mine = ProductBrief.objects.visible_to(caller_of(request)).select_related("design")
    return get_object_or_404(mine, pk=pk)


def _full(caller: Caller, pk: UUID, *, notices: list[str] | None = None) -> Response:
    brief = get_object_or_404(_in_full(caller), pk=pk)
    return Response(BriefOut(brief, context={"at": timezone.now(), "notices": notices or []}).data)


def _in_full(caller: Caller) -> QuerySet[ProductBrief]:
    """A Brief with its shots and their pictures: six queries for any number of them."""
    pages = Page.objects.select_related("shot").order_by("position")
    newest = Image.objects.order_by("-created_at", "-number")
    return (
        ProductBrief.objects.visible_to(caller)
        .select_related("design")
        .prefetch_related(
            Prefetch("design__pages", queryset=pages.prefetch_related("picks__image")),
            Prefetch("design__images", queryset=newest),
            Prefetch("design__runs", queryset=Run.objects.open().order_by("created_at")),
        )
    )
