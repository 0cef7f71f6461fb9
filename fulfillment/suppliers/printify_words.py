"""Printify's JSON and our words, both ways, as pure functions.

API v1; fields from developers.printify.com, read November 2026.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cardmaker.core.money import Money
from cardmaker.core.readjson import read_json
from fulfillment.suppliers.addresses import label_lines
from fulfillment.suppliers.base import (
    CatalogItem,
    DraftRequest,
    ItemReading,
    PrintFileRef,
    PrintLine,
    PrintRequest,
    Quote,
    Reading,
    Recipient,
    ReportedFile,
    Space,
    SupplierRejected,
    SupplierShipment,
    SupplierState,
)

# Statuses of orders and of their lines; the two lists differ in spelling. One that is missing here needs a person.
STATES: dict[str, SupplierState] = {
    "pending": "received",
    "on-hold": "received",
    "sending-to-production": "checking",
    "in-production": "in_production",
    "partially-fulfilled": "in_production",  # of a line without a status of its own
    "fulfilled": "shipped",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}
# The news that we want to hear.
ORDER_TOPICS = (
    "order:created",
    "order:updated",
    "order:sent-to-production",
    "order:shipment:created",
    "order:shipment:delivered",
)
TOPICS = ("shop:disconnected", *ORDER_TOPICS)
CURRENCY = "USD"  # every amount in orders and products is in cents
STANDARD = 1  # the number of a service is stable, its names are being changed
REST_OF_THE_WORLD = "REST_OF_THE_WORLD"
NO_NAME = "-"  # both names are required, and some people have one
OUR_TAG = "cardmaker"
DIGEST = re.compile(r"[0-9a-f]{64}")  # the name that we give a file
# The files have the exact size of their placeholders: centred, as wide as it, upright.
WHOLE = {"x": 0.5, "y": 0.5, "scale": 1, "angle": 0}


@dataclass(frozen=True, slots=True)
class ItemCode:
    """A SupplierItem's code at Printify: "<blueprint>/<provider>/<variant>"."""

    blueprint_id: int
    provider_id: int
    variant_id: int

    @classmethod
    def parse(cls, text: str) -> "ItemCode":
        """Raises SupplierRejected."""
        parts = text.split("/")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts):
            raise SupplierRejected(f"“{text}” is no item of Printify: blueprint/provider/variant")
        return cls(*(int(part) for part in parts))


def order_body(request: PrintRequest, products: Sequence[str]) -> dict[str, Any]:
    """The order to POST; `products` are those of the lines, in order. Raises SupplierRejected for a long street."""
    return {
        "external_id": request.reference,
        # Answers name lines neither by our id nor in any other way: the label is what comes back as it was.
        "label": ",".join(line.line_ref for line in request.lines),
        "line_items": [
            {
                "product_id": product,
                "variant_id": ItemCode.parse(line.item_code).variant_id,
                "quantity": line.quantity,
                "external_id": line.line_ref,
            }
            for line, product in zip(request.lines, products, strict=True)
        ],
        "shipping_method": STANDARD,
        "is_printify_express": False,
        "is_economy_shipping": False,
        "send_shipping_notification": False,
        "address_to": address(request.recipient),
    }


def upload_body(file: PrintFileRef) -> dict[str, Any]:
    """By address: the other way is limited to 5 MB and on its way out."""
    return {"file_name": f"{file.sha256}.jpg", "url": file.url}


def product_body(draft: DraftRequest, uploads: Mapping[str, str]) -> dict[str, Any]:
    """`uploads` are their ids by SHA-256."""
    code = ItemCode.parse(draft.item_code)
    placeholders = [
        {"position": file.space_id, "images": [{"id": uploads[file.sha256], **WHOLE}]}
        for file in sorted(draft.files, key=lambda file: file.index)
    ]
    return {
        "title": draft.title or draft.reference,
        "description": "Made to order.",
        "blueprint_id": code.blueprint_id,
        "print_provider_id": code.provider_id,
        "variants": [{"id": code.variant_id, "price": max(draft.price_minor, 1), "is_enabled": True}],
        "print_areas": [{"variant_ids": [code.variant_id], "placeholders": placeholders}],
        "tags": [OUR_TAG, draft.reference],
    }


def quote_body(lines: Sequence[PrintLine], recipient: Recipient) -> dict[str, Any]:
    codes = [ItemCode.parse(line.item_code) for line in lines]
    items = [
        {
            "blueprint_id": code.blueprint_id,
            "print_provider_id": code.provider_id,
            "variant_id": code.variant_id,
            "quantity": line.quantity,
        }
        for code, line in zip(codes, lines, strict=True)
    ]
    return {"line_items": items, "address_to": address(recipient)}


def quote(body: Mapping[str, Any], currency: str) -> Quote:
    """Standard delivery. Raises SupplierRejected where there is none."""
    cents = body.get("standard")
    if not isinstance(cents, int):
        raise SupplierRejected("Printify offers no standard delivery for these items")
    if currency != CURRENCY:
        raise SupplierRejected(f"Printify’s prices are in {CURRENCY}, not in {currency}")
    return Quote(Money(cents, CURRENCY), "standard")


def economy_price(body: Mapping[str, Any], variant_id: int, country: str, quantity: int) -> Money | None:
    """What economy delivery of one line costs by the v2 catalog; None where it is not offered."""
    prices = {}
    for entry in body.get("data") or []:
        facts = entry.get("attributes") or {}
        if facts.get("variantId") == variant_id:
            prices[(facts.get("country") or {}).get("code")] = facts["shippingCost"]
    cost = prices.get(country) or prices.get(REST_OF_THE_WORLD)
    if cost is None:
        return None
    first, more = cost["firstItem"], cost["additionalItems"]
    return Money(int(first["amount"]) + int(more["amount"]) * (quantity - 1), str(first["currency"]))


def reference_of(order: Mapping[str, Any]) -> str:
    """Our external_id: it comes back as metadata.shop_order_id."""
    return str((order.get("metadata") or {}).get("shop_order_id") or "")


def reading(order: Mapping[str, Any], files: Mapping[str, Sequence[ReportedFile]]) -> Reading:
    """What GET orders/{id} answered; `files` are those of the products, by their ids."""
    lines = order.get("line_items") or []
    refs = line_refs(order)
    parcels = _parcels(order, lines, refs)
    items = tuple(
        ItemReading(
            line_ref=ref,
            state=state_of_line(line, order, [parcel for parcel, _ in parcels if ref in parcel.line_refs], parcels),
            raw_state=str(line.get("status") or order.get("status") or ""),
            shipments=tuple(parcel for parcel, _ in parcels if ref in parcel.line_refs),
            files=tuple(files.get(str(line.get("product_id")), ())),
        )
        for line, ref in zip(lines, refs, strict=True)
    )
    return Reading(str(order["id"]), reference_of(order), items)


def line_refs(order: Mapping[str, Any]) -> list[str]:
    """Our reference of each line: theirs to repeat, else by place in the label that we gave. "" where neither helps."""
    lines = order.get("line_items") or []
    metadata = order.get("metadata") or {}
    named = str(metadata.get("shop_order_label") or order.get("label") or "").split(",")
    by_place = named if len(named) == len(lines) else [""] * len(lines)
    return [str(line.get("external_id") or ref) for line, ref in zip(lines, by_place, strict=True)]


def state_of_line(
    line: Mapping[str, Any],
    order: Mapping[str, Any],
    own: Sequence[SupplierShipment],
    parcels: "Sequence[tuple[SupplierShipment, bool]]",
) -> SupplierState:
    """A line's state in our words. What ails the order ails every line that is not over."""
    state = STATES.get(str(line.get("status") or order.get("status") or ""), "problem")
    if state == "shipped":
        arrived = [delivered for parcel, delivered in parcels if parcel in own]
        return "delivered" if arrived and all(arrived) else "shipped"
    if state == "cancelled":
        return state
    if STATES.get(str(order.get("status") or ""), "problem") == "problem":
        return "problem"
    # Held after it was sent: out of stock, no longer made, or not shipped there.
    held_again = state == "received" and order.get("status") == "on-hold" and bool(order.get("sent_to_production_at"))
    return "problem" if held_again else state


def files_of(
    product: Mapping[str, Any], variant_id: int, uploads: Mapping[str, Mapping[str, Any]]
) -> list[ReportedFile]:
    """What a variant of the product is printed from; `uploads` by id, for what the print areas do not say."""
    found = []
    for image, position in images_of(product, variant_id):
        facts = {**uploads.get(str(image.get("id")), {}), **image}
        digest = DIGEST.search(str(facts.get("file_name") or facts.get("name") or ""))
        found.append(
            ReportedFile(
                source_url="",
                space_id=position,
                width_px=facts.get("width"),
                height_px=facts.get("height"),
                size_bytes=facts.get("size"),
                sha256=digest.group() if digest else "",
            )
        )
    return found


def images_of(product: Mapping[str, Any], variant_id: int) -> Iterable[tuple[Mapping[str, Any], str]]:
    """Each picture of a variant with the name of its position."""
    for area in product.get("print_areas") or []:
        if variant_id in (area.get("variant_ids") or []):
            for placeholder in area.get("placeholders") or []:
                for image in placeholder.get("images") or []:
                    yield image, str(placeholder.get("position") or "")


def mockups_of(product: Mapping[str, Any]) -> tuple[str, ...]:
    """Addresses of the mock-ups, the default one first."""
    images = [image for image in product.get("images") or [] if image.get("src")]
    ordered = sorted(images, key=lambda image: not image.get("is_default"))
    return tuple(dict.fromkeys(str(image["src"]) for image in ordered))


def cost_of(product: Mapping[str, Any], variant_id: int) -> int | None:
    """What the variant costs us, in cents: a product says it, the catalog does not."""
    for variant in product.get("variants") or []:
        if variant.get("id") == variant_id and isinstance(variant.get("cost"), int):
            return int(variant["cost"])
    return None


def catalog_item(
    code: str, variant: Mapping[str, Any], *, title: str, profiles: Sequence[Mapping[str, Any]], sold_to: Sequence[str]
) -> CatalogItem:
    """One variant as a blueprint's provider lists it."""
    own = [profile for profile in profiles if variant["id"] in (profile.get("variant_ids") or [])]
    countries = {country for profile in own for country in profile.get("countries") or []}
    spaces = [
        Space(str(place["position"]), index, int(place["width"]), int(place["height"]), str(place["position"]))
        for index, place in enumerate(variant.get("placeholders") or [], start=1)
    ]
    return CatalogItem(
        item_code=code,
        title=f"{title}, {variant['title']}",
        cost_minor=None,
        currency=CURRENCY,
        ships_to=tuple(land for land in sold_to if land in countries or REST_OF_THE_WORLD in countries),
        spaces=tuple(spaces),
    )


def created_at(row: Mapping[str, Any]) -> datetime | None:
    """Their dates have a space in the middle and mostly an offset."""
    try:
        read = datetime.fromisoformat(str(row.get("created_at")))
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def reason_of(body: Mapping[str, Any]) -> str:
    """Their sentence with the fields it is about; never a value, which may be somebody's address."""
    raw = body.get("errors")
    errors: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
    reason = str(errors.get("reason") or "")
    try:
        fields = read_json(reason)
    except ValueError:
        fields = None
    if isinstance(fields, dict):
        reason = "; ".join(f"{name}: {_sentence(texts)}" for name, texts in fields.items())
    return " ".join(part for part in (str(body.get("message") or ""), reason) if part)


def code_of(body: Mapping[str, Any]) -> int:
    """Their number of the error, 0 where there is none."""
    raw = body.get("errors")
    inner = raw.get("code") if isinstance(raw, dict) else None
    code = inner if isinstance(inner, int) else body.get("code")
    return code if isinstance(code, int) else 0


def address(recipient: Recipient) -> dict[str, Any]:
    lines = label_lines(recipient)
    if lines is None:
        raise SupplierRejected("The street does not fit on two lines of 35 characters.")
    first, last = recipient.first_name.strip(), recipient.last_name.strip()
    return {
        "first_name": first or last,
        "last_name": last if first and last else NO_NAME,
        "email": recipient.email,
        "phone": recipient.phone,
        "country": recipient.country,
        "region": recipient.region,
        "address1": lines[0],
        "address2": lines[1],
        "city": recipient.city.strip(),
        "zip": recipient.postal_code.strip(),
    }


def _sentence(texts: Any) -> str:
    return " ".join(str(text) for text in texts) if isinstance(texts, list) else str(texts)


def _parcels(
    order: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], refs: Sequence[str]
) -> list[tuple[SupplierShipment, bool]]:
    """Each parcel with its lines and whether it arrived.

    Their answers do not say what is in a parcel. As many parcels as shipped lines: one each, in the order
    in which they left; else all in every one.
    """
    shipped = [pair for pair in zip(lines, refs, strict=True) if STATES.get(str(pair[0].get("status"))) == "shipped"]
    sent = [ref for _, ref in sorted(shipped, key=lambda pair: str(pair[0].get("fulfilled_at") or ""))]
    told = [parcel for parcel in order.get("shipments") or [] if parcel.get("number")]
    found = []
    for index, parcel in enumerate(told):
        inside = (sent[index],) if len(told) == len(sent) else tuple(sent)
        found.append((_parcel(parcel, inside), bool(parcel.get("delivered_at"))))
    return found


def _parcel(parcel: Mapping[str, Any], inside: tuple[str, ...]) -> SupplierShipment:
    return SupplierShipment(
        carrier=str(parcel.get("carrier") or "").upper(),
        tracking_number=str(parcel["number"]),
        tracking_url=str(parcel.get("url") or ""),
        line_refs=inside,
    )
