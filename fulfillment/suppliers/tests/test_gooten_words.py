import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cardmaker.core.money import Money
from fulfillment.suppliers import gooten_words as words
from fulfillment.suppliers.base import (
    CatalogItem,
    ItemReading,
    Quote,
    Reading,
    ReportedFile,
    Space,
    SupplierRejected,
    SupplierShipment,
)
from fulfillment.suppliers.tests.requests import ADA, LINE, print_request

ORDER = json.loads((Path(__file__).parent / "fixtures/gooten_order.json").read_text(), parse_float=Decimal)
ADDRESS = {
    "FirstName": "Ada", "LastName": "Lovelace", "Line1": "12 Main St", "Line2": "Apt 4", "City": "Springfield",
    "State": "NY", "CountryCode": "US", "PostalCode": "12345", "IsBusinessAddress": False, "Phone": "", "Email": "",
}  # fmt: skip


def price(amount, currency="USD"):
    return {"Price": Decimal(amount), "CurrencyCode": currency}


def option(method, amount, days):
    return {"MethodType": method, "Price": price(amount), "EstBusinessDaysTilDelivery": days}


def test_an_order_is_written_in_gootens_words():
    assert words.order_body(print_request(test=True), billing_key="key=") == {
        "ShipToAddress": ADDRESS,
        "BillingAddress": ADDRESS,
        "Items": [{
            "Quantity": 2,
            "SKU": "SIM-FlatCard-5x7-1Pack",
            "ShipType": "standard",
            "Images": [
                {"Url": "https://cardmaker.example/print/t/aa.jpg", "Index": 1, "SpaceId": "A41F0"},
                {"Url": "https://cardmaker.example/print/t/bb.jpg", "Index": 2, "SpaceId": "A41B0"},
            ],
            "SourceId": "line-1",
        }],
        "Payment": {"PartnerBillingKey": "key=", "CurrencyCode": "USD"},
        "IsInTestMode": True,
        "SourceId": "CM-1-G1",
        "IsPartnerSourceIdUnique": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({"company": "Engines Inc.", "line2": ""},
         {"Line1": "Engines Inc.", "Line2": "12 Main St", "IsBusinessAddress": True}),
        ({"line1": "1234 Old Mill Road West, Building C, Floor 2", "line2": ""},
         {"Line1": "1234 Old Mill Road West, Building", "Line2": "C, Floor 2"}),
        ({"line2": ""}, {"Line2": ""}),
        ({"last_name": ""}, {"FirstName": "Ada", "LastName": "-"}),
        ({"first_name": ""}, {"FirstName": "Lovelace", "LastName": "-"}),
    ],
)  # fmt: skip
def test_an_address_is_made_to_fit(change, written):
    request = print_request(recipient=replace(ADA, **change))

    assert words.order_body(request, billing_key="k")["ShipToAddress"] == ADDRESS | written


def test_an_address_that_cannot_be_made_to_fit_is_refused():
    long = replace(ADA, line1="1234 Old Mill Road West, Building C", line2="Floor 2, Room 14, at the back of the yard")

    with pytest.raises(SupplierRejected, match="two lines of 35 characters"):
        words.order_body(print_request(recipient=long), billing_key="k")


def test_an_order_is_read_in_our_words():
    parcel = SupplierShipment("USPS", "1Z9", "https://t.example/1Z9", ("line-2",))
    old_parcel = SupplierShipment("USPS", "1Z9", "", ("line-3",))

    assert words.reading(ORDER) == Reading(
        "7-f0f4ffd3-2582-48c5-9d10-4c7c625e1fec",
        "CM-1-G1",
        (
            ItemReading("line-1", "in_production", "In Production", (), (
                ReportedFile("https://cardmaker.example/print/t/aa.jpg", "A41F0", 1575, 2175, 812345),
            )),
            ItemReading("line-2", "shipped", "Shipped", (parcel,), ()),
            ItemReading("line-3", "cancelled", "Canceled", (old_parcel,), (
                ReportedFile("https://cardmaker.example/print/t/bb.jpg", "A41F0", None, None, None),
            )),
        ),
    )  # fmt: skip


def test_a_parcel_of_two_lines_is_one_parcel():
    [parcel] = words.reading(ORDER).parcels()

    assert (parcel.tracking_number, parcel.line_refs) == ("1Z9", ("line-2", "line-3"))


def test_the_old_spelling_of_the_reference_is_read_too():
    old = {key: value for key, value in ORDER.items() if key != "SourceId"} | {"SouceId": "CM-1-G1"}

    assert words.reading(old).reference == "CM-1-G1"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("New", "received"), ("Test", "received"),
        ("ReadyForImageDl", "checking"), ("NeedsManualApproval", "checking"), ("Pending", "checking"),
        ("In Production", "in_production"), ("InProduction", "in_production"),
        ("Manually In Production", "in_production"), ("Printing", "in_production"),
        ("Out For Delivery", "in_production"),
        ("Shipped", "shipped"), ("Delivered", "delivered"),
        ("Canceled", "cancelled"), ("Cancelled", "cancelled"), ("Canceled Refunded", "cancelled"),
        ("ImageIssue", "problem"), ("Image Issue", "problem"), ("AddressIssue", "problem"),
        ("VendorAPIIssue", "problem"), ("Payment Issue", "problem"), ("Pre-Payment", "problem"), ("Hold", "problem"),
        ("HoldByCIImageIssue", "problem"), ("NeedsPersonalization", "problem"), ("Billed Refunded", "problem"),
        ("Teleported", "problem"), ("", "problem"),
    ],
)  # fmt: skip
def test_a_status_is_normalized_and_an_unknown_one_is_a_problem(status, state):
    assert words.state_of(status) == state


def test_a_quote_is_the_standard_delivery_of_every_group():
    groups = [[option("Expedited", "12.00", 2), option("Standard", "3.49", 5)], [option("Standard", "4.01", 7)]]

    assert words.quote({"Result": [{"ShipOptions": group} for group in groups]}, "USD") == Quote(
        Money(750, "USD"), "standard", 7
    )


@pytest.mark.parametrize("body", [{}, {"Result": []}, {"Result": [{"ShipOptions": [option("Overnight", "30", 1)]}]}])
def test_no_standard_delivery_is_a_refusal(body):
    with pytest.raises(SupplierRejected):
        words.quote(body, "USD")


@pytest.mark.parametrize(
    ("block", "minor"), [(price("1.95"), 195), (price("1.951"), 196), (price("195", "JPY"), 195), (price("0"), 0)]
)
def test_money_is_never_rounded_down(block, minor):
    assert words.money(block).minor == minor


def test_a_catalog_item_has_the_exact_pixels_of_its_default_template():
    variant = {"Sku": "CanvsWrp-BlkWrp-5x7", "Options": [{"Value": "5x7"}], "PriceInfo": price("20"),
               "PartnerPriceInfo": price("14.95")}  # fmt: skip
    space = {
        "Id": "3FCDC",
        "Index": 1,
        "Description": "Front",
        "FinalX1": 450,
        "FinalX2": 2550,
        "FinalY1": 450,
        "FinalY2": 1950,
    }
    template = {"Options": [{"IsDefault": False, "Spaces": []}, {"IsDefault": True, "Spaces": [space]}]}

    assert words.catalog_item(variant, template, product="Canvas", ships_to=["US", "CA"]) == CatalogItem(
        "CanvsWrp-BlkWrp-5x7", "Canvas, 5x7", 1495, "USD", ("US", "CA"), (Space("3FCDC", 1, 2100, 1500, "Front"),)
    )


def test_a_quote_is_asked_for_the_items_and_the_place():
    assert words.quote_body([LINE], ADA, "USD") == {
        "ShipToPostalCode": "12345",
        "ShipToCountry": "US",
        "ShipToState": "NY",
        "CurrencyCode": "USD",
        "LanguageCode": "en",
        "Items": [{"SKU": "SIM-FlatCard-5x7-1Pack", "Quantity": 2}],
    }
