"""What a calendar writes at its days: public holidays of a country or region, and the buyer's own dates."""

import re
from calendar import isleap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import holidays
from holidays import HolidayBase

from designs.imaging.monthgrid import Mark

# Attributes of the package's countries: how they label a date that hangs on the moon, in the country's own words.
ESTIMATED = ("observed_estimated_label", "estimated_label")
REGION = re.compile("[A-Z0-9]{1,3}")  # ISO 3166-2; a few towns of the package are no regions
FEBRUARY, LEAP_DAY = 2, 29


def marks_of(calendar: Mapping[str, Any], year: int, month: int) -> tuple[Mark, ...]:
    """Everything that one month of a Design's calendar says, in the order of its days."""
    public = _public(calendar.get("holidays", ""), year, calendar.get("locale", ""))
    found = [mark for at_month, mark in public if at_month == month]
    found += [_own(entry, year) for entry in calendar.get("dates", []) if entry["month"] == month]
    return tuple(sorted(found, key=lambda mark: (mark.day, mark.kind != "holiday")))


def is_known(code: str) -> bool:
    """Whether "US" or "DE-BY" names a country or region whose holidays are known."""
    country, _, region = code.partition("-")
    regions = countries().get(country)
    return regions is not None and (not region or region in regions)


@lru_cache
def countries() -> dict[str, tuple[str, ...]]:
    """Every country with the codes of its regions, where they have holidays of their own. ISO 3166-1 and -2."""
    known = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(filter(REGION.fullmatch, regions)) for country, regions in sorted(known.items())}


def _own(entry: Mapping[str, Any], year: int) -> Mark:
    """A birthday on 29 February is kept on the 28th in other years: in its month, where people look for it."""
    day = int(entry["day"])
    if (entry["month"], day) == (FEBRUARY, LEAP_DAY) and not isleap(year):
        day = LEAP_DAY - 1
    return Mark(day, entry["label"])


def region_names(country: str) -> dict[str, str]:
    """Each region's code and what it is called, as far as the package knows."""
    aliases: Mapping[str, str] = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    names = {code: name for name, code in reversed(list(aliases.items()))}
    return {code: names.get(code, code) for code in countries()[country]}


@lru_cache(maxsize=256)
def _public(code: str, year: int, locale: str) -> tuple[tuple[int, Mark], ...]:
    """Month and mark of every public holiday; none for a code that is not known."""
    if not code or not is_known(code):
        return ()
    country, _, region = code.partition("-")
    found: HolidayBase = holidays.country_holidays(
        country, subdiv=region or None, years=year, language=_language(country, locale)
    )
    return tuple(
        (day.month, _holiday(day.day, name, found))
        for day in sorted(found)
        for name in dict.fromkeys(found.get_list(day))
        if day.year == year
    )


def _holiday(day: int, name: str, found: HolidayBase) -> Mark:
    for attribute in ESTIMATED:
        before, _, after = found.tr(getattr(found, attribute, "")).partition("%s")
        if after and name.startswith(before) and name.endswith(after):
            return Mark(day, name[len(before) : -len(after)].strip(), kind="holiday", estimated=True)
    return Mark(day, name, kind="holiday")


@lru_cache
def _language(country: str, locale: str) -> str | None:
    """The calendar's own language where the country's holidays are known in it, else English, else the country's."""
    known = holidays.country_holidays(country).supported_languages
    wanted = locale.replace("-", "_")
    same = [code for code in known if code.split("_")[0] == wanted.split("_")[0]]
    if wanted in known:
        return wanted
    return next(iter(same), None) or next((code for code in known if code.startswith("en")), None)
