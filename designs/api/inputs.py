"""What the API takes. These only look at shapes; the domain decides what can be used."""

from typing import Any

from rest_framework import serializers

LONGEST_BODY_TEXT = 100_000  # far above every limit of ours: the domain's refusal names the real one


class TextField(serializers.CharField):
    """Text as it was typed: spaces and line breaks at its ends are kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_blank=True, trim_whitespace=False, max_length=LONGEST_BODY_TEXT, **options)


class DesignIn(serializers.Serializer[None]):
    kind = serializers.CharField(max_length=20)
    format = serializers.CharField(max_length=60)
    title = TextField(required=False, default="")


class DesignChangeIn(serializers.Serializer[None]):
    title = TextField(required=False)
    format = serializers.CharField(max_length=60, required=False)
    calendar = serializers.DictField(
        required=False, help_text="Any of year, start_month, week_start, locale, holidays, dates; the others stay."
    )


class PageIn(serializers.Serializer[None]):
    prompt = TextField(required=False)
    style = serializers.CharField(  # type: ignore[assignment]  # shadows an attribute of Field that is not used here
        required=False, allow_null=True, allow_blank=True, max_length=60
    )
    words = TextField(required=False)
    lettering = serializers.DictField(required=False)
    crop = serializers.DictField(
        required=False, allow_null=True, help_text="x, y, zoom; null or empty: found for each format."
    )
    picks = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=50)


class RunIn(serializers.Serializer[None]):
    stage = serializers.CharField(max_length=12)
    positions = serializers.ListField(child=serializers.CharField(max_length=40), required=False, max_length=200)
    count = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    parent = serializers.UUIDField(  # type: ignore[assignment]  # shadows Field.parent, which binding sets on instances
        required=False, allow_null=True
    )
    instruction = TextField(required=False, default="")
    ceiling_micros = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, help_text="The most it may cost, in micro-dollars."
    )
    notify_email = serializers.EmailField(
        required=False, allow_blank=True, default="", help_text="A guest's address for the news of this run."
    )


class StoryIn(serializers.Serializer[None]):
    sentence = TextField()
