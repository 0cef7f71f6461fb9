"""A shop's own products: seeing them, and hanging finished pictures onto them. For who acts for the shop."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity import caller_of, ensure_account
from cardmaker.core import storage
from cardmaker.core.errors import NotHere
from designs.api.products import AttributesOut, BriefSummaryOut, brief_of
from designs.api.views import read_body
from designs.products import briefs
from fulfillment.merchants.shops import shopify_of
from fulfillment.models import PublishedPicture
from fulfillment.sales import own_products, product_media
from fulfillment.shopify.products import OwnProduct


class ShopProductOut(serializers.Serializer[Any]):
    id = serializers.CharField(source="gid")
    title = serializers.CharField()
    handle = serializers.CharField()
    description = serializers.CharField()
    brief = serializers.SerializerMethodField(help_text="The id of the brief that it was taken in as, or null.")

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_brief(self, product: OwnProduct) -> Any:
        brief = self.context["briefs"].get(product.gid)
        return brief and brief.pk


class ShopProductsOut(serializers.Serializer[Any]):
    results = ShopProductOut(many=True)


class TakeInIn(serializers.Serializer[None]):
    products = serializers.ListField(
        child=serializers.CharField(max_length=120), max_length=200, help_text="Ids of GET /shop-products/."
    )
    format = serializers.CharField(max_length=60, required=False, default=briefs.DEFAULT_FORMAT)


class ReadBriefOut(BriefSummaryOut):
    """With what was read, to be corrected by PATCH /product-briefs/{id}/."""

    attributes = AttributesOut()

    class Meta(BriefSummaryOut.Meta):
        fields = [*BriefSummaryOut.Meta.fields, "attributes"]


class TakenInEntryOut(serializers.Serializer[Any]):
    """`brief` null: `problem` says why there is none. `known`: it was here before, and stays as it is."""

    product = serializers.CharField()
    brief = ReadBriefOut(allow_null=True)
    known = serializers.BooleanField()
    problem = serializers.CharField()


class TakenInOut(serializers.Serializer[Any]):
    results = TakenInEntryOut(many=True)


class PublicationsIn(serializers.Serializer[None]):
    images = serializers.ListField(child=serializers.UUIDField(), max_length=product_media.MOST_AT_ONCE)
    product = serializers.CharField(max_length=120, help_text="The id of GET /shop-products/.")


class PublicationOut(serializers.ModelSerializer[PublishedPicture]):
    class Meta:
        model = PublishedPicture
        fields = ["id", "image", "product_gid", "alt", "state", "error"]


class PublicationsOut(serializers.Serializer[Any]):
    results = PublicationOut(many=True)


class ShopProducts(APIView):
    """GET /shop-products/?search=…: what the shop sells, for who acts for it; an empty list for everybody else."""

    @extend_schema(responses=ShopProductsOut, operation_id="shop_products_list")
    def get(self, request: Request) -> Response:
        try:
            shop = product_media.shop_of(caller_of(request))
        except NotHere:
            return Response({"results": []})
        found = shopify_of(shop).own_products(request.query_params.get("search", "")[:100])
        known = own_products.briefs_of([product.gid for product in found], caller_of(request).account)
        return Response(ShopProductsOut({"results": found}, context={"briefs": known}).data)


class ShopProductBriefs(APIView):
    """POST /shop-products/briefs/: a brief for each of these products. Pressed again, the briefs that are there."""

    @extend_schema(request=TakeInIn, responses=TakenInOut, operation_id="shop_products_briefs_create")
    def post(self, request: Request) -> Response:
        shop, body = product_media.shop_of(caller_of(request)), read_body(TakeInIn, request)
        found = own_products.read(body["products"], shopify=shopify_of(shop))
        taken = own_products.take_in(
            body["products"], found, ensure_account(request), shop, format_code=body["format"], at=timezone.now()
        )
        return Response(TakenInOut({"results": taken}).data)


class Publications(APIView):
    """GET, POST /product-briefs/{id}/publications/: pictures that hang, or shall hang, on products of the shop."""

    @extend_schema(responses=PublicationsOut, operation_id="publications_list")
    def get(self, request: Request, pk: UUID) -> Response:
        product_media.shop_of(caller_of(request))
        rows = PublishedPicture.objects.filter(image__design__brief=brief_of(request, pk)).order_by("created_at", "pk")
        return Response(PublicationsOut({"results": rows}).data)

    @extend_schema(request=PublicationsIn, responses={202: PublicationsOut}, operation_id="publications_create")
    def post(self, request: Request, pk: UUID) -> Response:
        shop, body = product_media.shop_of(caller_of(request)), read_body(PublicationsIn, request)
        rows = product_media.begin(
            brief_of(request, pk), shop=shop, image_ids=body["images"], product_gid=body["product"], at=timezone.now()
        )
        return Response(PublicationsOut({"results": rows}).data, status=status.HTTP_202_ACCEPTED)


@require_safe
def product_picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """The file that a shop fetches for its product. 404 for what we did not sign, after a day, while it is withheld."""
    try:
        key = signing.TimestampSigner(salt=product_media.SALT).unsign(token, max_age=product_media.LINK_S)
    except signing.BadSignature as exc:
        raise Http404("No such picture.") from exc
    row = get_object_or_404(PublishedPicture.objects.exclude(file="").filter(image__withheld=""), pk=key)
    return FileResponse(storage.open_file(row.file), content_type="image/jpeg")
