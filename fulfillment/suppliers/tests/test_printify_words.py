import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cardmaker.core.money import Money
from fulfillment.suppliers import printify_words as words
from fulfillment.suppliers.base import Quote, ReportedFile, SupplierRejected, SupplierShipment
from fulfillment.suppliers.tests.requests import ADA, BACK, FRONT, LINE, draft_of, print_request

ORDER = json.loads((Path(__file__).parent / "fixtures" / "printify_order.json").read_text())
CODE = "1253/234/94860"
LINES = (replace(LINE, item_code=CODE), replace(LINE, item_code="842/69/76318", line_ref="line-2"))
COVER = {"id": "u1", "name": f"Copy of {'a' * 64}.jpg", "width": 30, "height": 20}
PRODUCT = {
    "print_areas": [
        {"variant_ids": [1], "placeholders": [{"position": "front", "images": [{"id": "u1", "x": 0.5}]}]},
        {"variant_ids": [94860], "placeholders": [
            {"position": "front_cover", "images": [COVER]},
            {"position": "january", "images": [{"id": "u2"}]},
        ]},
    ],
    "variants": [{"id": 1, "cost": 5}, {"id": 94860, "cost": 1439}],
    "images": [
        {"src": "https://m.example/2.jpg", "is_default": False}, {"src": "https://m.example/1.jpg", "is_default": True},
        {"src": "https://m.example/2.jpg"}, {"src": ""},
    ],
}  # fmt: skip


def order(**changes):
    return {**deepcopy(ORDER), **changes}


def states(body):
    return [item.state for item in words.reading(body, {}).items]


def test_an_order_is_of_existing_products_held_and_silent():
    body = words.order_body(print_request(lines=LINES), ["p1", "p2"])

    assert body["line_items"] == [
        {"product_id": "p1", "variant_id": 94860, "quantity": 2, "external_id": "line-1"},
        {"product_id": "p2", "variant_id": 76318, "quantity": 2, "external_id": "line-2"},
    ]
    assert (body["external_id"], body["label"], body["shipping_method"], body["send_shipping_notification"]) == (
        "CM-1-G1", "line-1,line-2", 1, False
    )  # fmt: skip
    assert (body["address_to"]["zip"], body["address_to"]["address2"]) == ("12345", "Apt 4")


def test_one_name_is_enough():
    assert words.address(replace(ADA, first_name="", last_name="Cher"))["first_name"] == "Cher"
    assert words.address(replace(ADA, first_name="", last_name="Cher"))["last_name"] == "-"


@pytest.mark.parametrize("code", ["", "1253", "1253/234", "a/b/c", "1/2/3/4", "1/2/-3"])
def test_an_item_is_named_by_three_numbers(code):
    with pytest.raises(SupplierRejected):
        words.ItemCode.parse(code)


def test_a_product_has_every_file_whole_in_its_place():
    body = words.product_body(
        draft_of(replace(LINE, item_code=CODE), "proof-1"), {"a" * 64: "u-front", "b" * 64: "u-back"}
    )

    [area] = body["print_areas"]
    assert [(each["position"], each["images"]) for each in area["placeholders"]] == [
        (FRONT.space_id, [{"id": "u-front", "x": 0.5, "y": 0.5, "scale": 1, "angle": 0}]),
        (BACK.space_id, [{"id": "u-back", "x": 0.5, "y": 0.5, "scale": 1, "angle": 0}]),
    ]
    assert (area["variant_ids"], body["variants"][0]["price"], body["tags"]) == (
        [94860], 1299, ["cardmaker", "proof-1"]
    )  # fmt: skip


def test_a_reading_names_our_reference_our_lines_and_the_parcel_of_the_one_that_left():
    reading = words.reading(order(), {})

    parcel = SupplierShipment(
        "USPS", "94001116990045395649372", "https://example.com/94001116990045395649372", ("line-2",)
    )
    assert (reading.supplier_ref, reading.reference) == ("5a96f649b2439217d070f507", "CM-1-P1")
    assert [(item.line_ref, item.state) for item in reading.items] == [
        ("line-1", "in_production"),
        ("line-2", "shipped"),
    ]
    assert reading.parcels() == (parcel,)


def test_a_line_has_arrived_when_its_own_parcel_has():
    body = order()
    body["shipments"][0]["delivered_at"] = "2026-11-20 10:00:00+00:00"

    assert states(body) == ["in_production", "delivered"]


def test_two_parcels_belong_to_two_lines_in_the_order_in_which_they_left():
    body = order(status="fulfilled")
    body["line_items"][0] |= {"status": "fulfilled", "fulfilled_at": "2026-11-20 13:24:28+00:00"}
    body["shipments"].append({"carrier": "ups", "number": "1Z9", "url": "", "delivered_at": None})

    found = {parcel.tracking_number: parcel.line_refs for parcel in words.reading(body, {}).parcels()}
    assert found == {"94001116990045395649372": ("line-2",), "1Z9": ("line-1",)}


@pytest.mark.parametrize(
    ("status", "sent_at", "state"),
    [
        ("pending", None, "received"),
        ("on-hold", None, "received"),
        ("on-hold", "2026-11-18 13:24:28+00:00", "problem"),
        ("sending-to-production", "2026-11-18 13:24:28+00:00", "checking"),
        ("in-production", "2026-11-18 13:24:28+00:00", "in_production"),
        ("canceled", None, "cancelled"),
        ("payment-not-received", None, "problem"),
        ("had-issues", None, "problem"),
        ("quality-check", None, "problem"),
        ("", None, "problem"),
    ],
)
def test_every_status_has_a_meaning_and_an_unknown_one_needs_a_person(status, sent_at, state):
    line = {**ORDER["line_items"][0], "status": status}

    assert states(order(status=status, sent_to_production_at=sent_at, line_items=[line], shipments=[])) == [state]


def test_what_ails_the_order_ails_each_line_that_is_not_over():
    assert states(order(status="had-issues")) == ["problem", "shipped"]


def test_a_line_with_issues_is_a_problem_whatever_the_order_says():
    body = order()
    body["line_items"][0]["status"] = "has-issues"

    assert states(body) == ["problem", "shipped"]


def test_lines_are_known_by_their_own_id_before_the_label():
    body = order()
    body["line_items"][0]["external_id"] = "line-9"

    assert words.line_refs(body) == ["line-9", "line-2"]
    assert words.line_refs({**body, "metadata": {"shop_order_label": "changed by hand"}}) == ["line-9", ""]


def test_files_are_told_by_digest_and_place_from_the_product_or_the_upload():
    uploads = {"u2": {"file_name": f"{'b' * 64}.jpg", "width": 3454, "height": 2725, "size": 99}}

    assert words.files_of(PRODUCT, 94860, uploads) == [
        ReportedFile("", "front_cover", 30, 20, None, "a" * 64),
        ReportedFile("", "january", 3454, 2725, 99, "b" * 64),
    ]


def test_mock_ups_begin_with_the_default_and_come_once():
    assert words.mockups_of(PRODUCT) == ("https://m.example/1.jpg", "https://m.example/2.jpg")


def test_a_product_tells_the_cost():
    assert [words.cost_of(PRODUCT, variant) for variant in (94860, 7)] == [1439, None]


@pytest.mark.parametrize("answer", [{"standard": 579, "express": 999}, {"standard": 579, "priority": 1, "economy": 2}])
def test_the_quote_is_that_of_standard_delivery_whatever_else_is_named(answer):
    assert words.quote(answer, "USD") == Quote(Money(579, "USD"), "standard")


@pytest.mark.parametrize(("answer", "currency"), [({"express": 999}, "USD"), ({}, "USD"), ({"standard": 1}, "EUR")])
def test_no_quote_where_there_is_no_standard_delivery_in_our_currency(answer, currency):
    with pytest.raises(SupplierRejected):
        words.quote(answer, currency)


def test_a_variant_ships_where_it_is_listed_or_to_the_rest_of_the_world():
    variant = {"id": 7, "title": "A5", "placeholders": [{"position": "front", "width": 10, "height": 20}]}
    profiles = [
        {"variant_ids": [7], "countries": ["US", "CA"]},
        {"variant_ids": [8], "countries": ["REST_OF_THE_WORLD"]},
    ]

    def ships(listed):
        return words.catalog_item("1/2/7", variant, title="Card", profiles=listed, sold_to=("US", "DE")).ships_to

    assert ships(profiles) == ("US",)
    assert ships([*profiles, {"variant_ids": [7], "countries": ["REST_OF_THE_WORLD"]}]) == ("US", "DE")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"message": "Validation failed.", "errors": {"reason": '{"zip":["Not valid."]}', "code": 8103}},
         "Validation failed. zip: Not valid."),
        ({"message": "Operation failed.", "errors": {"reason": "Busy", "code": 8502}}, "Operation failed. Busy"),
        ({"message": "Unauthenticated."}, "Unauthenticated."),
        ({"errors": {"email": ["taken"]}, "message": "No."}, "No."),
        ({"errors": "x"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_however_it_is_written(body, reason):
    assert words.reason_of(body) == reason


def test_their_dates_have_a_blank_and_sometimes_no_offset():
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)

    assert words.created_at({"created_at": "2026-11-18 12:00:00+00:00"}) == noon
    assert words.created_at({"created_at": "2026-11-18 12:00:00"}) == noon
    assert words.created_at({}) is None
