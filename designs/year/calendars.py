"""The dates of a calendar: which month its first sheet shows, how weeks begin, whose holidays, whose birthdays."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cardmaker.core.errors import BadInput
from designs import fonts
from designs.imaging.monthgrid import LOOKS
from designs.imaging.monthgrid_names import LOCALES
from designs.screening.admission import admit
from designs.year import holidaydates

COVER = "cover"
SHEET = "month-"  # "month-01" is the first sheet, whatever month it shows
SHEETS = 12
SHORTEST_PROMPT, LONGEST_PROMPT = 10, 200  # characters of what one page shall show
NEXT_YEAR_FROM = 8  # from August on people buy next year's calendar
YEARS_AHEAD = 10
LAST_YEAR = 2040  # as far as grids and holidays were checked
MAX_DATES = 60
MAX_LABEL = 40  # characters; what one day's box can hold
MONDAY, SUNDAY = 0, 6
FIELDS = ("year", "start_month", "week_start", "week_numbers", "locale", "look", "holidays", "dates")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# country -> how its people write and when their week begins; everybody else as in the first line
HABITS: Mapping[str, tuple[str, int]] = {
    "": ("en-US", MONDAY),
    "US": ("en-US", SUNDAY),
    "CA": ("en-CA", SUNDAY),
    "AU": ("en-AU", MONDAY),
    "GB": ("en-GB", MONDAY),
    "DE": ("de-DE", MONDAY),
    "AT": ("de-AT", MONDAY),
    "CH": ("de-CH", MONDAY),
    "FR": ("fr-FR", MONDAY),
    "ES": ("es-ES", MONDAY),
    "IT": ("it-IT", MONDAY),
    "NL": ("nl-NL", MONDAY),
    "BR": ("pt-BR", SUNDAY),
    "MX": ("es-MX", SUNDAY),
    "PL": ("pl-PL", MONDAY),
}


def defaults(country: str = "US", *, at: datetime) -> dict[str, Any]:
    """The calendar that somebody in this country most likely wants: next year's from August on."""
    locale, week_start = HABITS.get(country, HABITS[""])
    return {
        "year": at.year + 1 if at.month >= NEXT_YEAR_FROM else at.year,
        "start_month": 1,
        "week_start": week_start,
        "locale": locale,
        "holidays": country if country in HABITS else "",
        "dates": [],
    }


def changed(calendar: Mapping[str, Any], asked: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """`calendar` with what `asked` names changed and nothing else lost. Raises BadInput beside the field.

    Only what is asked for is checked: last year's calendar can still be opened and get another date.
    """
    unknown = sorted(set(map(str, asked)) - set(FIELDS))
    if unknown:
        raise _bad("calendar", f"There is no {unknown[0][:40]} here; only {', '.join(FIELDS)}.")
    new = {**defaults(at=at), **calendar}
    for name in (name for name in FIELDS if name in asked):
        new[name] = _checked(name, asked[name], at=at)
    return new


def month_of(position: str, calendar: Mapping[str, Any]) -> tuple[int, int] | None:
    """Year and month that a page shows; None for one without a grid, the cover."""
    number = position.removeprefix(SHEET)
    if number == position or not number.isdecimal() or not 1 <= int(number) <= SHEETS or "year" not in calendar:
        return None
    months = int(calendar["start_month"]) - 1 + int(number) - 1
    return int(calendar["year"]) + months // 12, months % 12 + 1


def title_of(position: str, calendar: Mapping[str, Any], *, otherwise: str) -> str:
    """What people call a page: its month, with the year where the sheets run into a second one."""
    shown = month_of(position, calendar)
    if shown is None:
        return otherwise
    year, month = shown
    return MONTHS[month - 1] if int(calendar["start_month"]) == 1 else f"{MONTHS[month - 1]} {year}"


def _checked(name: str, value: Any, *, at: datetime) -> Any:
    match name:
        case "year":
            return _whole("year", value, at.year, min(at.year + YEARS_AHEAD, LAST_YEAR))
        case "start_month":
            return _whole("start_month", value, 1, SHEETS)
        case "week_start":
            return _whole("week_start", value, MONDAY, SUNDAY)
        case "locale":
            if value not in LOCALES:
                raise _bad("locale", f"One of {', '.join(LOCALES)}.")
            return value
        case "look":
            if value not in LOOKS:
                raise _bad("look", f"One of {', '.join(LOOKS)}.")
            return value
        case "week_numbers":
            if not isinstance(value, bool):
                raise _bad("week_numbers", "Yes or no.")
            return value
        case "holidays":
            return _region(value)
        case _:
            return _dates(value)


def _whole(field: str, value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _bad(field, f"A whole number from {least} to {most}.")
    return value


def _region(value: Any) -> str:
    """ "" for none, a country as "US", or one of its regions as "DE-BY"."""
    if not isinstance(value, str):
        raise _bad("holidays", "A country such as US, a region such as DE-BY, or nothing.")
    country, _, region = value.strip().upper().partition("-")
    if country and not (country.isascii() and country.isalpha() and len(country) == 2):
        raise _bad("holidays", "A country such as US, a region such as DE-BY, or nothing.")
    code = f"{country}-{region}" if region else country
    if code and not holidaydates.is_known(code):
        raise _bad("holidays", f"We know no public holidays of {code[:20]}.")
    return code


def _dates(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _bad("dates", "A list of month, day and label.")
    if len(value) > MAX_DATES:
        raise _bad("dates", f"At most {MAX_DATES} dates, these are {len(value)}.")
    return [_date(number, entry) for number, entry in enumerate(value, 1)]


def _date(number: int, entry: Any) -> dict[str, Any]:
    if not isinstance(entry, Mapping) or set(entry) != {"month", "day", "label"} or not isinstance(entry["label"], str):
        raise _bad("dates", f"Date {number}: month, day and label, and nothing else.")
    month = _whole_date(number, "month", entry["month"], SHEETS)
    day = _whole_date(number, "day", entry["day"], LONGEST_MONTH[month - 1])
    label = " ".join(admit(entry["label"], field="dates", purpose="words").text.split())
    if not 1 <= len(label) <= MAX_LABEL:
        raise _bad("dates", f"Date {number}: a label of 1 to {MAX_LABEL} characters.")
    if missing := fonts.missing_characters(label, fonts.DEFAULT_FONT):
        raise _bad("dates", f"Date {number}: no font of ours can print {' '.join(missing)}. Please leave it out.")
    return {"month": month, "day": day, "label": label}


def _whole_date(number: int, name: str, value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise _bad("dates", f"Date {number}: the {name} is a whole number from 1 to {most}.")
    return value


def _bad(field: str, message: str) -> BadInput:
    """Beside the field itself, and beside `calendar`, the field of the request that it came in."""
    told = message if field == "calendar" else f"{field}: {message}"
    return BadInput(message, details={field: [message], "calendar": [told]})
