"""Gooten's JSON and our words, both ways, as pure functions.

API v5; fields from gooten.com/api-documentation and github.com/printdotio/gooten-js, read November 2026.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from cardmaker.core.money import EXPONENTS, Money
from fulfillment.suppliers.addresses import label_lines
from fulfillment.suppliers.base import (
    CatalogItem,
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

# Item statuses in lower case without blanks and marks. A status that is missing here needs a person.
STATES: dict[str, SupplierState] = {
    "new": "received",
    "test": "received",
    "readyforimagedl": "checking",
    "needsmanualapproval": "checking",
    "pending": "checking",
    "inproduction": "in_production",
    "manuallyinproduction": "in_production",
    "printing": "in_production",
    "outfordelivery": "in_production",  # packed, still waiting for the courier
    "shipped": "shipped",
    "delivered": "delivered",
    "canceled": "cancelled",
    "cancelled": "cancelled",
    "canceledrefunded": "cancelled",
    "cancelledrefunded": "cancelled",
}
NO_NAME = "-"  # both names are required, and some people have one


def order_body(request: PrintRequest, *, billing_key: str) -> dict[str, Any]:
    """The order to POST. Raises SupplierRejected when the street does not fit a label."""
    address = _address(request.recipient)
    return {
        "ShipToAddress": address,
        "BillingAddress": address,
        "Items": [_item(line) for line in request.lines],
        "Payment": {"PartnerBillingKey": billing_key, "CurrencyCode": request.currency},
        "IsInTestMode": request.test,
        "SourceId": request.reference,
        "IsPartnerSourceIdUnique": True,
    }


def reading(body: Mapping[str, Any]) -> Reading:
    """What GET orders answered."""
    return Reading(str(body["Id"]), source_id(body), tuple(_item_reading(item) for item in body.get("Items") or []))


def source_id(body: Mapping[str, Any]) -> str:
    """Our reference in an order or item; older answers misspell the field."""
    return str(body.get("SourceId") or body.get("SouceId") or "")


def raw_states(body: Mapping[str, Any]) -> str:
    """An order has no status of its own: those of its items, each once."""
    return ",".join(dict.fromkeys(str(item.get("Status") or "") for item in body.get("Items") or []))


def state_of(status: str) -> SupplierState:
    """A status in our words, however it is spelled: "In Production", "InProduction", "Pre-Payment"."""
    return STATES.get("".join(char for char in status.lower() if char.isalnum()), "problem")


def quote_body(lines: Sequence[PrintLine], recipient: Recipient, currency: str) -> dict[str, Any]:
    return {
        "ShipToPostalCode": recipient.postal_code,
        "ShipToCountry": recipient.country,
        "ShipToState": recipient.region,
        "CurrencyCode": currency,
        "LanguageCode": "en",
        "Items": [{"SKU": line.item_code, "Quantity": line.quantity} for line in lines],
    }


def quote(body: Mapping[str, Any], currency: str) -> Quote:
    """Standard delivery of every group of items that ships together. Raises SupplierRejected when there is none."""
    chosen = [_standard(group.get("ShipOptions") or []) for group in body.get("Result") or []]
    if not chosen:
        raise SupplierRejected("Gooten offers no delivery for these items")
    total = sum((money(option["Price"]) for option in chosen), Money(0, currency))
    days = [option["EstBusinessDaysTilDelivery"] for option in chosen]
    return Quote(total, "standard", max(days) if all(isinstance(each, int) for each in days) else None)


def catalog_item(
    variant: Mapping[str, Any], template: Mapping[str, Any], *, product: str, ships_to: Iterable[str]
) -> CatalogItem:
    """One SKU from its entry in productvariants and its default template."""
    cost = money(variant.get("PartnerPriceInfo") or variant["PriceInfo"])
    values = [str(option["Value"]) for option in variant.get("Options") or []]
    return CatalogItem(
        item_code=variant["Sku"],
        title=", ".join([product, *values]),
        cost_minor=cost.minor,
        currency=cost.currency,
        ships_to=tuple(ships_to),
        spaces=tuple(_space(each) for each in _default_option(template)["Spaces"]),
    )


def money(block: Mapping[str, Any]) -> Money:
    """Gooten's money object. Its decimals can be finer than the currency: a cost is never rounded down."""
    currency = str(block["CurrencyCode"])
    minor = Decimal(str(block["Price"])).scaleb(EXPONENTS.get(currency, 2)).to_integral_value(rounding=ROUND_CEILING)
    return Money(int(minor), currency)


def _address(recipient: Recipient) -> dict[str, Any]:
    lines = label_lines(recipient)
    if lines is None:
        raise SupplierRejected("The street does not fit on two lines of 35 characters.")
    first, last = recipient.first_name.strip(), recipient.last_name.strip()
    return {
        "FirstName": first or last,
        "LastName": last if first and last else NO_NAME,
        "Line1": lines[0],
        "Line2": lines[1],
        "City": recipient.city.strip(),
        "State": recipient.region,
        "CountryCode": recipient.country,
        "PostalCode": recipient.postal_code.strip(),
        "IsBusinessAddress": bool(recipient.company.strip()),
        "Phone": recipient.phone,
        "Email": recipient.email,
    }


def _item(line: PrintLine) -> dict[str, Any]:
    return {
        "Quantity": line.quantity,
        "SKU": line.item_code,
        "ShipType": "standard",
        "Images": [_image(file) for file in sorted(line.files, key=lambda file: file.index)],
        "SourceId": line.line_ref,
    }


def _image(file: PrintFileRef) -> dict[str, Any]:
    return {"Url": file.url, "Index": file.index, "SpaceId": file.space_id}


def _item_reading(item: Mapping[str, Any]) -> ItemReading:
    status = str(item.get("Status") or "")
    line_ref = source_id(item)
    return ItemReading(
        line_ref=line_ref,
        state=state_of(status),
        raw_state=status,
        shipments=tuple(_shipment(each, line_ref) for each in _parcels(item)),
        files=tuple(_file(each) for each in item.get("Images") or []),
    )


def _parcels(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Shipments; answers from before 2019 carry one parcel on the item itself."""
    parcels = item.get("Shipments") or [item]
    return [parcel for parcel in parcels if parcel.get("TrackingNumber")]


def _shipment(parcel: Mapping[str, Any], line_ref: str) -> SupplierShipment:
    return SupplierShipment(
        carrier=str(parcel.get("ShipCarrierName") or ""),
        tracking_number=str(parcel["TrackingNumber"]),
        tracking_url=str(parcel.get("TrackingUrl") or ""),
        line_refs=(line_ref,),
    )


def _file(image: Mapping[str, Any]) -> ReportedFile:
    """Documented are address and space; sizes are taken where an answer has them."""
    return ReportedFile(
        source_url=str(image.get("SourceUrl") or ""),
        space_id=str(image.get("SpaceId") or ""),
        width_px=image.get("Width"),
        height_px=image.get("Height"),
        size_bytes=image.get("FileSize"),
    )


def _standard(options: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    for option in options:
        if str(option["MethodType"]).lower() == "standard":
            return option
    raise SupplierRejected("Gooten offers no standard delivery for these items")


def _default_option(template: Mapping[str, Any]) -> Mapping[str, Any]:
    options: list[Mapping[str, Any]] = template.get("Options") or []
    if not options:
        raise SupplierRejected("Gooten has no template for this item")
    return next((option for option in options if option.get("IsDefault")), options[0])


def _space(space: Mapping[str, Any]) -> Space:
    """The exact size of the art is the space's Final rectangle."""
    return Space(
        space_id=str(space["Id"]),
        index=int(space["Index"]),
        width_px=round(space["FinalX2"] - space["FinalX1"]),
        height_px=round(space["FinalY2"] - space["FinalY1"]),
        description=str(space.get("Description") or ""),
    )
