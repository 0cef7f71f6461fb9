"""Where a parcel goes, and whether it can be written on a label.

The limits are the strictest of our suppliers' (Gooten: two lines of 35 characters, Latin letters; help.gooten.com
knowledge/order-issues, read November 2026): an order must not fail for its address after it was approved.
"""

import textwrap
import unicodedata
from dataclasses import dataclass, fields

LINE_CHARS = 35
NEEDS_REGION = {"US", "CA", "AU"}
FIELD_NAMES = {
    "first_name": "first name",
    "last_name": "last name",
    "line1": "street",
    "line2": "second address line",
    "city": "city",
    "postal_code": "postal code",
    "country": "country",
    "region": "state or province",
    "company": "company",
    "phone": "phone number",
    "email": "email address",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a parcel goes. `country` is an ISO 3166 code of two letters, `region` a state or province code.

    The supplier sees `email` and `phone`: leave them empty unless the carrier needs them.
    """

    first_name: str
    last_name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str = ""
    region: str = ""
    company: str = ""
    phone: str = ""
    email: str = ""


def address_problems(recipient: Recipient) -> list[str]:
    """Why a supplier could not deliver there, in sentences for ops. Empty: no known reason. Calls nobody."""
    return [*_missing(recipient), *_unprintable(recipient), *_too_long(recipient)]


def label_lines(recipient: Recipient) -> tuple[str, str] | None:
    """Company and street on two lines of 35 characters, in the customer's own split where it fits; None: too long."""
    own = [part.strip() for part in (recipient.line1, recipient.line2) if part.strip()]
    parts = [recipient.company.strip(), *own] if recipient.company.strip() else own
    if len(parts) > 2 or any(len(part) > LINE_CHARS for part in parts):
        parts = textwrap.wrap(", ".join(parts), LINE_CHARS, break_long_words=False, break_on_hyphens=False)
    if len(parts) > 2 or any(len(part) > LINE_CHARS for part in parts):
        return None
    first, second = [*parts, "", ""][:2]
    return first, second


def _missing(recipient: Recipient) -> list[str]:
    wanted = ["first_name", "line1", "city", "postal_code", "country"]
    if recipient.country in NEEDS_REGION:
        wanted.append("region")
    missing = [FIELD_NAMES[name] for name in wanted if not getattr(recipient, name).strip()]
    if "first name" in missing and recipient.last_name.strip():
        missing.remove("first name")  # one name is enough: some people and all companies have only one
    return [f"The address has no {name.replace('first name', 'name')}." for name in missing]


def _unprintable(recipient: Recipient) -> list[str]:
    texts = {field.name: getattr(recipient, field.name) for field in fields(recipient)}
    bad = [FIELD_NAMES[name] for name, text in texts.items() if not all(_is_label_character(char) for char in text)]
    return [f"The {name} has characters that cannot be printed on a label: only Latin letters can." for name in bad]


def _too_long(recipient: Recipient) -> list[str]:
    found = []
    if label_lines(recipient) is None:
        found.append(f"The street does not fit on two lines of {LINE_CHARS} characters.")
    if len(recipient.city.strip()) > LINE_CHARS:
        found.append(f"The city is longer than {LINE_CHARS} characters.")
    if len(full_name(recipient)) > LINE_CHARS:
        found.append(f"The name is longer than {LINE_CHARS} characters.")
    return found


def full_name(recipient: Recipient) -> str:
    return f"{recipient.first_name.strip()} {recipient.last_name.strip()}".strip()


def _is_label_character(char: str) -> bool:
    """Latin letters with any accent, combining accents, digits, punctuation and plain spaces."""
    category = unicodedata.category(char)
    if category[0] == "L":
        return unicodedata.name(char, "").startswith(
            ("LATIN", "MODIFIER LETTER", "FEMININE ORDINAL", "MASCULINE ORDINAL")
        )
    return category[0] == "P" or category in ("Nd", "Mn", "Zs", "Sm", "Sk", "Sc") or char == "°"
