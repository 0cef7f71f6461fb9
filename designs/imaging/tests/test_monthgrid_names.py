import subprocess
import sys

import pytest

from designs import fonts
from designs.imaging.monthgrid_looks import LOOKS
from designs.imaging.monthgrid_names import LOCALES, WIDTHS, names_of


@pytest.mark.parametrize(
    ("locale", "march", "monday", "year", "last_day"),
    [
        ("en-US", "March", "Monday", "2027", "31"),
        ("de-AT", "März", "Montag", "2027", "31"),
        ("es-MX", "Marzo", "Lunes", "2027", "31"),
        ("pt-BR", "Março", "Segunda", "2027", "31"),
        ("ru-RU", "Март", "Понедельник", "2027", "31"),
        ("cs-CZ", "Březen", "Pondělí", "2027", "31"),
        ("el-GR", "Μάρτιος", "Δευτέρα", "2027", "31"),
        ("he-IL", "מרץ", "יום שני", "2027", "31"),
        ("ar-EG", "مارس", "الاثنين", "٢٠٢٧", "٣١"),
        ("hi-IN", "मार्च", "सोमवार", "2027", "31"),
        ("th-TH", "มีนาคม", "วันจันทร์", "2570", "31"),
        ("ja-JP", "3月", "月曜日", "2027年", "31"),
        ("ko-KR", "3월", "월요일", "2027년", "31"),
    ],
)
def test_a_locale_writes_in_its_own_way(locale, march, monday, year, last_day):
    names = names_of(locale)

    assert (names.month(3), names.weekdays["wide"][0], names.year(2027)) == (march, monday, year)
    assert names.number(31) == last_day


def test_one_locale_lends_no_names_to_another():
    """Babel does, to whatever is read after Hebrew: so this is asked in a process that reads Hebrew first."""
    program = "from designs.imaging.monthgrid_names import names_of as n; n('he-IL'); print(n('ja-JP').month(3))"

    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout == "3月\n"


@pytest.mark.parametrize(
    ("locale", "written", "capitals"),
    [
        ("de-DE", "März", "MÄRZ"),
        ("tr-TR", "Nisan", "NİSAN"),
        ("el-GR", "Μάρτιος", "ΜΑΡΤΙΟΣ"),
        ("ar-EG", "مارس", "مارس"),
    ],
)
def test_capitals_are_the_language_s_own(locale, written, capitals):
    assert names_of(locale).capitals(written) == capitals


@pytest.mark.parametrize(
    ("locale", "weekend"), [("en-US", {5, 6}), ("he-IL", {4, 5}), ("ar-EG", {4, 5}), ("hi-IN", {6}), ("fa-IR", {4})]
)
def test_weekends_are_the_country_s(locale, weekend):
    assert names_of(locale).weekend == weekend


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_a_locale_writes_can_be_drawn(locale):
    names = names_of(locale)
    written = "".join([*names.months, *(day for width in WIDTHS for day in names.weekdays[width]), names.year(2027)])

    for look in LOOKS.values():
        assert fonts.missing_characters(written, names.face or look.month_font) == []
