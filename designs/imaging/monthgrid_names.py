"""How a language writes a month, a year, its weekdays and its numbers."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from babel import Locale, localedata

Width = Literal["wide", "abbreviated", "short", "narrow"]
WIDTHS: tuple[Width, ...] = ("wide", "abbreviated", "short", "narrow")
# What can be chosen: checked by eye, each in its own letters.
LOCALES = (
    "en-US", "en-GB", "en-CA", "en-AU", "en-IE", "en-NZ", "en-ZA", "en-IN", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-BE",
    "fr-CA", "fr-CH", "es-ES", "es-MX", "es-AR", "it-IT", "nl-NL", "nl-BE", "pt-BR", "pt-PT", "ca-ES", "da-DK", "sv-SE",
    "nb-NO", "fi-FI", "is-IS", "et-EE", "lv-LV", "lt-LT", "pl-PL", "cs-CZ", "sk-SK", "sl-SI", "hr-HR", "hu-HU", "ro-RO",
    "tr-TR", "bg-BG", "uk-UA", "ru-RU", "sr-RS", "el-GR", "he-IL", "ar-EG", "ar-SA", "ar-AE", "ar-MA", "fa-IR", "hi-IN",
    "th-TH", "vi-VN", "id-ID", "ja-JP", "zh-CN", "zh-TW", "ko-KR",
)  # fmt: skip
ZERO = {"arab": "٠", "arabext": "۰", "deva": "०", "beng": "০", "thai": "๐"}  # others count as we do
CASED = ("LATIN", "CYRILLIC", "GREEK")  # scripts with capitals; only theirs may be spaced apart
HAN_FACES = {
    "ja": "han-japanese",
    "ko": "han-korean",
    "zh": "han-simplified",
    "zh_TW": "han-traditional",
}
YEAR_SIGN = {"ja": "年", "zh": "年", "ko": "년"}
# Letters that look small beside ours at the same size.
SCALES = {"ARABIC": 1.3, "HEBREW": 1.12, "DEVANAGARI": 1.1, "THAI": 1.12}
BUDDHIST = 543  # years that Thailand counts ahead of us
DOTTED = str.maketrans({"i": "İ", "ı": "I"})
ACUTE = "\u0301"  # Greek capitals do without it


@dataclass(frozen=True, slots=True)
class Names:
    """The words of one locale. `weekdays` begin with Monday; `face` is the font that its letters ask for, or empty.

    `scale` makes its letters look as large as ours.
    """

    locale: str
    months: tuple[str, ...]
    weekdays: dict[Width, tuple[str, ...]]
    weekend: frozenset[int]
    rtl: bool
    cased: bool
    face: str
    scale: float
    zero: str

    def month(self, month: int) -> str:
        return self.months[month - 1]

    def year(self, year: int) -> str:
        """As the language counts and writes it: 2027年, ٢٠٢٧, 2570."""
        language = self.locale[:2]
        return self.number(year + (BUDDHIST if language == "th" else 0)) + YEAR_SIGN.get(language, "")

    def number(self, number: int) -> str:
        return "".join(chr(ord(self.zero) + int(sign)) for sign in str(number))

    def capitals(self, text: str) -> str:
        """In capitals as the language writes them; as it is where its letters have none."""
        if self.locale[:2] in ("tr", "az"):
            text = text.translate(DOTTED)
        if self.locale.startswith("el"):
            text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).replace(ACUTE, ""))
        return text.upper() if self.cased else text


@lru_cache
def names_of(locale: str) -> Names:
    """Raises babel.UnknownLocaleError, ValueError."""
    known = Locale.parse(locale.replace("-", "_"))
    written = _own(known)
    months = tuple(_titled(written["months"]["stand-alone"]["wide"][month]) for month in range(1, 13))
    script = _script(months)
    return Names(
        locale=locale,
        months=months,
        weekdays={width: _weekdays(written["days"]["stand-alone"][width]) for width in WIDTHS},
        weekend=_weekend(known),
        rtl=known.text_direction == "rtl",
        cased=script in CASED,
        face=HAN_FACES.get(f"{known.language}_{known.territory}") or HAN_FACES.get(known.language, ""),
        scale=SCALES.get(script, 1.0),
        zero=ZERO.get(known.default_numbering_system, "0"),
    )


def _own(known: Locale) -> Mapping[str, Any]:
    """The locale's data, copied: in Babel 2.18 locales share what they inherit, so that the one which is read first
    lends its month names to all that have no form of their own for use without a day."""
    shared: Any = localedata.load(str(known))
    return localedata.LocaleDataDict(copy.deepcopy(shared))


def _script(months: tuple[str, ...]) -> str:
    """The first word of the Unicode name of a letter: LATIN, CYRILLIC, HEBREW."""
    letter = next((sign for sign in months[0] if sign.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0]


def _weekdays(found: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(_titled(found[day].rstrip(".").removesuffix("-feira")) for day in range(7))


def _weekend(known: Locale) -> frozenset[int]:
    first, last = known.weekend_start, known.weekend_end
    return frozenset((first + number) % 7 for number in range((last - first) % 7 + 1))


def _titled(name: str) -> str:
    """Alone on a page a name begins with a capital, also where running text gives it none."""
    return name[:1].upper() + name[1:]
