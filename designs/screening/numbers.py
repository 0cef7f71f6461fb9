"""Numbers that name somebody: cards, accounts, phones, identity papers, network addresses. Each yields (start, end)."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

Spans = Iterator[tuple[int, int]]

CARD = re.compile(r"(?<![\w+-])\d(?:[ .-]?\d){11,18}(?![\w-])")
CARD_DIGITS = range(12, 20)
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
SSN = re.compile(r"(?<![\w-])(?!000|666|9\d\d[- ]00)\d{3}([- ])\d{2}\1\d{4}(?![\w-])")
# Numbers of papers have no form of their own in most countries: what stands before them says what they are.
PAPER = re.compile(
    r"(?:passport|driver'?s?'?(?: |-)?licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no)|id card|identity card|"
    r"national id|social security|insurance|tax id|steuer-?id|personalausweis|reisepass|führerschein|ausweis|"
    r"passeport|pasaporte|dni|nif|nie|cpf|aadhaar|pan card|medicare|nhs)"
    r"(?:['’]s)?(?: card)?(?:[ -](?:number|no|num|nr|nummer|numéro|número))?\.?\s?(?:#|:|is|are|=|ist|est|es)?\s{0,2}"
    r"(?P<number>(?=[A-Z0-9*-]*\d)[A-Z0-9*][A-Z0-9*-]{3,19}(?: ?\d[\dA-Z]{1,5}){0,3})\b",
    re.IGNORECASE,
)
PAPERS_WITH_A_FORM = re.compile(
    r"\b(?:"
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # British insurance
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # Brazilian CPF
    r"|[XYZ]\d{7}[A-Z]|\d{8}[A-HJ-NP-TV-Z]"  # Spanish NIE and DNI
    r"|[A-Z]{5}\d{4}[A-Z]"  # Indian PAN
    r"|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"  # Italian codice fiscale
    r"|\d{6}[-+]\d{4}"  # Swedish personnummer
    r")\b"
)
NETWORK = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4})(?![\w:]|\.\d)", re.I)

PHONE = re.compile(
    r"(?<![\w.:/-])(?<!\d,)(?:(?:\+|00)\d{1,3}[ .-]?)?(?:\(0?\d{0,5}\)[ .-]?)?\d{1,13}(?:[ ./-]{1,2}\d{1,10}){0,6}"
    r"(?:\s?(?:x|ext\.?|#)\s?\d{1,6})?(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
DAY, MONTH, YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d{2}"
DATE = re.compile(
    rf"(?:{YEAR}[ ./-]{MONTH}[ ./-]{DAY}|(?:{DAY}[ ./-]{MONTH}|{MONTH}[ ./-]{DAY})[ ./-](?:{YEAR}|\d{{2}})"
    rf"|(?:{YEAR}[ /-]{{1,3}}){{1,9}}{YEAR})(?: \d{{1,2}})?"
)
COUNTING = re.compile(r"\d(?:[ ./-]\d)*|\d+\.\d+")  # 1 2 3, or a plain decimal number
PHONE_DIGITS = range(7, 16)
SHORT_DIGITS = 6  # from which on a number is a phone's where the text says so
CALLING = re.compile(
    r"(?:call|phone|ring|text|mobile|cell|tel|telephone|fax|whatsapp|sms|desk|office|telefon|handy|anrufen|téléphone|"
    r"teléfono|number|at|on|to|reach|registered|answering)\W{0,4}(?:me |us |him |her )?(?:at |on |is |:)?\W{0,3}$",
    re.IGNORECASE,
)
LONG = re.compile(r"(?<![\w.,])\d{8,}(?![\w]|[.,]\d)")


def cards(text: str) -> Spans:
    for match in CARD.finditer(text):
        digits = _digits(match.group())
        if len(digits) in CARD_DIGITS and _luhn(digits) and not DATE.fullmatch(match.group().strip()):
            yield match.span()


def ibans(text: str) -> Spans:
    for match in IBAN.finditer(text):
        said = text[: match.start()][-12:].casefold()
        if len(_digits(match.group())) >= 10 and (_mod_97(match.group()) or "iban" in said):
            yield match.span()


def social_security(text: str) -> Spans:
    yield from (match.span() for match in SSN.finditer(text))


def identities(text: str) -> Spans:
    yield from (match.span("number") for match in PAPER.finditer(text))
    yield from (match.span() for match in PAPERS_WITH_A_FORM.finditer(text))


def network_addresses(text: str) -> Spans:
    for match in NETWORK.finditer(text):
        try:
            ip_address(match.group())
        except ValueError:
            continue
        yield match.span()


def phones(text: str) -> Spans:
    """By form, and where the form says too little by what stands before it."""
    for match in PHONE.finditer(text):
        start, end = match.span()
        number = match.group().strip()
        if DATE.fullmatch(number) or not _looks_dialed(number, text[max(0, start - 24) : start]):
            continue
        yield start, end


def long_numbers(text: str) -> Spans:
    yield from (match.span() for match in LONG.finditer(text))


def _looks_dialed(number: str, before: str) -> bool:
    if COUNTING.fullmatch(number):
        return False
    digits = len(_digits(re.split(r"x|ext|#", number, maxsplit=1, flags=re.IGNORECASE)[0]))
    grouped = len(re.findall(r"\d+", number)) > 1
    if digits in PHONE_DIGITS:
        return grouped or number.startswith(("+", "00", "(")) or digits >= 10 or bool(CALLING.search(before))
    return digits >= SHORT_DIGITS and digits < PHONE_DIGITS.start and grouped and bool(CALLING.search(before))


def _digits(text: str) -> list[int]:
    return [int(letter) for letter in text if letter.isdecimal()]


def _luhn(digits: list[int]) -> bool:
    """The check digit that every payment card number carries."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _mod_97(iban: str) -> bool:
    plain = iban.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1
