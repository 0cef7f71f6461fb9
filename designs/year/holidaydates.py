"""What a calendar writes at its days: public holidays of a country or region, and the buyer's own dates."""

import re
import warnings
from calendar import isleap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import holidays
from holidays import HolidayBase
from holidays.registry import COUNTRIES

from designs import fonts
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
    return country in countries() and (not region or region in region_names(country))


@lru_cache
def countries() -> frozenset[str]:
    """ISO 3166-1 codes. From the package's register: reading every country takes it a second and 20 MB."""
    return frozenset(codes[1] for codes in COUNTRIES.values())


@lru_cache
def region_names(country: str) -> dict[str, str]:
    """The regions of a known country that have holidays of their own: ISO 3166-2 code and name."""
    known = holidays.country_holidays(country)
    aliases: Mapping[str, str] = getattr(known, "subdivisions_aliases", {})
    names = {code: name for name, code in reversed(list(aliases.items()))}
    return {code: names.get(code, code) for code in known.subdivisions if REGION.fullmatch(code)}


def _own(entry: Mapping[str, Any], year: int) -> Mark:
    """A birthday on 29 February is kept on the 28th in other years: in its month, where people look for it."""
    day = int(entry["day"])
    if (entry["month"], day) == (FEBRUARY, LEAP_DAY) and not isleap(year):
        day = LEAP_DAY - 1
    return Mark(day, entry["label"])


@lru_cache(maxsize=256)
def _public(code: str, year: int, locale: str) -> tuple[tuple[int, Mark], ...]:
    """Month and mark of every public holiday that we can print; none for a code that is not known."""
    if not code or not is_known(code):
        return ()
    country, _, region = code.partition("-")
    language = _language(country, locale)
    with warnings.catch_warnings():
        # Some lunar calendars are only known to 2035: the rest of the year's holidays are still right.
        warnings.simplefilter("ignore", UserWarning)
        found: HolidayBase = holidays.country_holidays(country, subdiv=region or None, years=year, language=language)
    return tuple(
        (day.month, _holiday(day.day, name, found))
        for day in sorted(found)
        for name in dict.fromkeys(found.get_list(day))
        if day.year == year and not fonts.missing_characters(name, fonts.DEFAULT_FONT)
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
