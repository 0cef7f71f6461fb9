"""What Gooten checks before it takes an order."""

import re
from typing import Any
from urllib.parse import urlsplit

from .catalog import COUNTRIES, ITEMS, Item, ship_method
from .envelope import Refusal, check_billing_key
from .envelope import ignoring_case as member

MAX_LINE_CHARS = 35
MAX_SOURCE_ID_CHARS = 50
REQUIRED = ("FirstName", "LastName", "Line1", "City", "PostalCode", "CountryCode")
WITH_STATES = {"US", "CA", "AU"}
ZIP = {"US": re.compile(r"^\d{5}(-\d{4})?$"), "DE": re.compile(r"^\d{5}$"), "AU": re.compile(r"^\d{4}$")}
LATIN = re.compile(r"^[\x20-\x7e\u00a0-\u024f\u2010-\u2019\n]*$")
Error = tuple[str, str, object]


def check_order(body: dict[str, Any]) -> None:
    """Raises Refusal with everything that is wrong."""
    payment = member(body, "Payment") or {}
    check_billing_key(member(payment, "PartnerBillingKey"), "Order.Payment.PartnerBillingKey")
    address = member(body, "ShipToAddress") or {}
    errors = [*_address(address), *_order(body, payment)]
    items = member(body, "Items") or []
    if not items:
        errors.append(("Order.Items", "At least one item is required", None))
    country = str(member(address, "CountryCode") or "")
    for index, item in enumerate(items):
        errors += _item(item, f"Order.Items[{index}]", country)
    if errors:
        raise Refusal(*errors)


def _order(body: dict[str, Any], payment: dict[str, Any]) -> list[Error]:
    errors: list[Error] = []
    source_id = str(member(body, "SourceId") or "")
    if len(source_id) > MAX_SOURCE_ID_CHARS:
        errors.append(("Order.SourceId", "SourceId must be at most 50 characters", source_id))
    if not member(payment, "CurrencyCode"):
        errors.append(("Order.Payment.CurrencyCode", "CurrencyCode is required", None))
    if member(body, "IsPartnerSourceIdUnique") and not source_id:
        errors.append(("Order.SourceId", "SourceId is required when IsPartnerSourceIdUnique is set", None))
    return errors


def _address(address: dict[str, Any]) -> list[Error]:
    where = "Order.ShipToAddress."
    errors: list[Error] = [
        (where + name, f"{name} is required", None) for name in REQUIRED if not str(member(address, name) or "").strip()
    ]
    country = str(member(address, "CountryCode") or "")
    if country and country not in COUNTRIES:
        errors.append((where + "CountryCode", "We do not ship to this country", country))
    if country in WITH_STATES and not member(address, "State"):
        errors.append((where + "State", "State is required", None))
    postal_code = str(member(address, "PostalCode") or "")
    if postal_code and country in ZIP and not ZIP[country].match(postal_code):
        errors.append((where + "PostalCode", "PostalCode is not valid for the country", postal_code))
    return errors + _written(address, where)


def _written(address: dict[str, Any], where: str) -> list[Error]:
    errors: list[Error] = []
    for name in ("Line1", "Line2"):
        text = str(member(address, name) or "")
        if len(text) > MAX_LINE_CHARS:
            errors.append((where + name, f"{name} must be at most 35 characters", text))
    for name in ("FirstName", "LastName", "Line1", "Line2", "City"):
        text = str(member(address, name) or "")
        if not LATIN.match(text):
            errors.append((where + name, f"{name} must be in Latin letters", text))
    return errors


def _item(item: dict[str, Any], where: str, country: str) -> list[Error]:
    sku, quantity = str(member(item, "SKU") or ""), member(item, "Quantity")
    known = ITEMS.get(sku)
    if known is None:
        return [(f"{where}.SKU", "SKU is unknown", sku)]
    errors: list[Error] = []
    if not isinstance(quantity, int) or isinstance(quantity, bool) or quantity < 1:
        errors.append((f"{where}.Quantity", "Quantity must be greater than 0", quantity))
    ship_type = member(item, "ShipCarrierMethodId") or member(item, "ShipType") or "standard"
    if country in COUNTRIES and ship_method(ship_type, country) is None:
        errors.append((f"{where}.ShipType", "ShipType is not available for this item", ship_type))
    return errors + _images(member(item, "Images") or [], known, where)


def _images(images: list[dict[str, Any]], item: Item, where: str) -> list[Error]:
    if len(images) != len(item.spaces):
        message = f"{item.sku} needs exactly {len(item.spaces)} images"
        return [(f"{where}.Images", message, len(images))]
    errors: list[Error] = []
    spaces = [space_of(image, item) for image in images]
    for index, (image, space_id) in enumerate(zip(images, spaces, strict=True)):
        at = f"{where}.Images[{index}]"
        if space_id is None:
            errors.append((f"{at}.SpaceId", "SpaceId is unknown for this SKU", member(image, "SpaceId")))
        elif spaces.count(space_id) > 1:
            errors.append((f"{at}.SpaceId", "The same space was given more than once", space_id))
        if not _is_address(str(member(image, "Url") or "")):
            errors.append((f"{at}.Url", "Url is not a valid image address", member(image, "Url")))
    return errors


def space_of(image: dict[str, Any], item: Item) -> str | None:
    """The space an image is for: by its id, else by its index; a single space needs neither."""
    space_id, index = member(image, "SpaceId"), member(image, "Index")
    for space in item.spaces:
        if space_id:
            if space.id == str(space_id):
                return space.id
        elif index == space.index or len(item.spaces) == 1:
            return space.id
    return None


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    plain = not any(sign in parts.path for sign in "~^#")
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and plain and len(url) <= 2048
