"""What the API shows of a page before its proof: where it is cut, and what is lost."""

from typing import Any

from rest_framework import serializers


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
