"""What a calendar can be: languages, countries and regions with public holidays, first weekdays, looks."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel import Locale
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cardmaker.core.errors import BadInput
from designs.imaging.monthgrid_looks import LOOKS
from designs.imaging.monthgrid_names import LOCALES, names_of
from designs.year import holidaydates

Choice = dict[str, Any]
OURS = "en-US"


class ChoiceOut(serializers.Serializer[Choice]):
    code = serializers.CharField()
    title = serializers.CharField()


class WeekStartOut(serializers.Serializer[Choice]):
    code = serializers.IntegerField()
    title = serializers.CharField()


class CalendarChoicesOut(serializers.Serializer[Choice]):
    locales = ChoiceOut(many=True)
    countries = ChoiceOut(many=True)
    regions = ChoiceOut(many=True)
    week_starts = WeekStartOut(many=True)
    looks = ChoiceOut(many=True)


class CalendarChoices(APIView):
    """GET /calendar-choices/?country=DE: everything that a calendar's settings may be; regions of one country."""

    @extend_schema(
        responses=CalendarChoicesOut,
        operation_id="calendar_choices_retrieve",
        parameters=[OpenApiParameter("country", str, description="Whose regions to list, as DE.")],
    )
    def get(self, request: Request) -> Response:
        regions = _regions(request.query_params.get("country", "").upper())
        return Response(CalendarChoicesOut({**_always(), "regions": regions}).data)


def _regions(country: str) -> list[Choice]:
    if not country:
        return []
    if country not in holidaydates.countries():
        raise BadInput.beside("country", "A country whose public holidays we know, as DE.")
    named = ((f"{country}-{code}", name) for code, name in holidaydates.region_names(country).items())
    return _listed(named)


@lru_cache
def _always() -> dict[str, list[Choice]]:
    names, territories = names_of(OURS), Locale.parse("en").territories
    return {
        "locales": [{"code": code, "title": _own_name(code)} for code in LOCALES],
        "countries": _listed((code, territories.get(code, code)) for code in holidaydates.countries()),
        "week_starts": [{"code": number, "title": day} for number, day in enumerate(names.weekdays["wide"])],
        "looks": [{"code": code, "title": look.title} for code, look in LOOKS.items()],
    }


def _own_name(locale: str) -> str:
    """A language as its own speakers call it: Deutsch (Österreich)."""
    name = Locale.parse(locale.replace("-", "_")).get_display_name() or locale
    return name[:1].upper() + name[1:]


def _listed(named: Iterable[tuple[str, str]]) -> list[Choice]:
    return [{"code": code, "title": title} for code, title in sorted(named, key=lambda entry: entry[1])]
