"""Answers that are JSON and mean nothing, or are none: each ends in an answer of ours or one of the two errors.

A crash would leave an order that is there without anybody who follows it.
"""

import json
from contextlib import suppress

import httpx
import pytest

from cardmaker.core.tests.damage import damaged, places
from fulfillment.suppliers.base import SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.gooten import Gooten
from fulfillment.suppliers.printify import Printify
from fulfillment.suppliers.tests.requests import print_request

JUNK = (None, 7, -1, 1.5, "", "x", "../7", True, [], {}, [None], [[7]], {"x": None}, [{}], "9" * 300, 10**300)
PARCEL = {"TrackingNumber": "9400", "ShipCarrierName": "USPS", "TrackingUrl": "https://track.example/9400"}
IMAGE = {"SourceUrl": "https://shop.example/1.jpg", "SpaceId": "F1", "Width": 7, "Height": 7}
ITEM = {"SourceId": "line-1", "Status": "Shipped", "Shipments": [PARCEL], "Images": [IMAGE]}
AT_GOOTEN = {
    "Id": "7-1", "SourceId": "CM-1-G1", "Items": [ITEM], "Orders": [{"Id": "7-1", "SourceId": "CM-1-G1", "Items": []}],
    "TotalPages": 1, "HadError": False,
}  # fmt: skip
REFUSED = {"HadError": True, "Id": "7-1", "Errors": [{"PropertyName": "Order.SourceId", "ErrorMessage": "known"}]}
AT_PRINTIFY = {
    "id": "p1", "status": "fulfilled", "metadata": {"shop_order_id": "CM-1-G1", "shop_order_label": "line-1"},
    "line_items": [{"product_id": "1", "variant_id": 1, "status": "fulfilled", "external_id": "line-1"}],
    "shipments": [{"carrier": "usps", "number": "9400", "url": "https://track.example/9400", "delivered_at": None}],
    "data": [{"id": "p1", "metadata": {"shop_order_id": "CM-1-G1"}, "created_at": "2026-11-21 10:00:00+00:00"}],
    "last_page": 1, "width": 7, "height": 7, "print_areas": [], "variants": [{"id": 1, "cost": 7}],
}  # fmt: skip
NOT_JSON = (b"", b"<html>Sign in</html>", b'{"id": "p1"', b"\xff\xfe", b"[1, 2]", b"null", b'"x"', b"[" * 100_000)
CALLS = (
    lambda supplier: supplier.submit(print_request()),
    lambda supplier: supplier.find("CM-1-G1"),
    lambda supplier: supplier.read("7-1"),
    lambda supplier: supplier.cancel("7-1"),
    lambda supplier: supplier.produce("7-1"),
)


def gooten(transport: httpx.MockTransport) -> Gooten:
    return Gooten("https://gooten.example", recipe_id="r", billing_key="k", transport=transport)


def printify(transport: httpx.MockTransport) -> Printify:
    return Printify("https://printify.example", token="t", shop_id="1", transport=transport)


def ends_well(adapter, content: bytes, status: int) -> None:
    supplier = adapter(httpx.MockTransport(lambda request: httpx.Response(status, content=content)))
    for call in CALLS:
        with suppress(SupplierRejected, SupplierUnavailable):
            call(supplier)


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("adapter", "sound"), [(gooten, AT_GOOTEN), (gooten, REFUSED), (printify, AT_PRINTIFY)], ids=["g", "refused", "p"]
)
def test_what_means_nothing_ends_in_an_answer_or_an_error_of_ours(adapter, sound, status):
    for path in places(sound):
        for junk in JUNK:
            ends_well(adapter, json.dumps(damaged(sound, path, junk)).encode(), status)


@pytest.mark.parametrize("status", [200, 204, 302, 403, 409, 500])
@pytest.mark.parametrize("adapter", [gooten, printify])
def test_what_is_no_json_ends_in_an_error_of_ours(adapter, status):
    for content in NOT_JSON:
        ends_well(adapter, content, status)


@pytest.mark.parametrize("key", ["7" * 81, "../orders", "7/8", "", {"a": 1}, None, "7\n8"])
@pytest.mark.parametrize(("adapter", "name"), [(gooten, "Id"), (printify, "id")])
def test_an_order_under_an_id_that_cannot_be_kept_may_be_there(adapter, name, key):
    body = {**(AT_GOOTEN if adapter is gooten else AT_PRINTIFY), name: key}
    supplier = adapter(httpx.MockTransport(lambda request: httpx.Response(200, json=body)))

    with pytest.raises(SupplierUnavailable):
        supplier.read("7-1")
