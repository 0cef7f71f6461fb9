"""What may be chosen and had: formats, styles, fonts, lettering, and how much of it."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from cardmaker.core.money import Money
from designs.catalog import Offer
from designs.models import StyleTemplate

UM_PER_MM = 1000


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
