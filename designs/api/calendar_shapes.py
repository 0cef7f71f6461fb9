"""How a calendar's dates and the story told for it are shown."""

from typing import Any

from rest_framework import serializers

from designs.imaging.monthgrid import DEFAULT_LOOK


class CalendarDateOut(serializers.Serializer[dict[str, Any]]):
    month = serializers.IntegerField()
    day = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # shadows an attribute of Field that is not used here


class CalendarOut(serializers.Serializer[dict[str, Any]]):
    """Which dates a calendar shows. `week_start`: 0 is Monday. `holidays`: "US", "DE-BY" or ""."""

    year = serializers.IntegerField()
    start_month = serializers.IntegerField()
    week_start = serializers.IntegerField()
    week_numbers = serializers.BooleanField(default=False)
    locale = serializers.CharField()
    look = serializers.CharField(default=DEFAULT_LOOK)
    holidays = serializers.CharField()
    dates = CalendarDateOut(many=True)


class StoryPageOut(serializers.Serializer[dict[str, str]]):
    position = serializers.CharField()
    prompt = serializers.CharField()


class StoryOut(serializers.Serializer[dict[str, Any]]):
    pages = StoryPageOut(many=True)
    notices = serializers.ListField(child=serializers.CharField(), help_text="What was changed in what was told.")
