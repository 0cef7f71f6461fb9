import json
from dataclasses import replace

import httpx
import pytest
import respx

from fulfillment.suppliers.base import Receipt, SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.gooten import Gooten
from fulfillment.suppliers.tests.requests import ADA, print_request

API = "/api/v/5/source/api"
ID = "7-f0f4ffd3"
DUPLICATE = {
    "HadError": True,
    "ErrorReferenceCode": "0f8fad5b",
    "Errors": [{"PropertyName": "Order.SourceId", "ErrorMessage": "An order with this SourceId already exists",
                "AttemptedValue": "CM-1-G1", "CustomState": None}],
}  # fmt: skip
BAD_ADDRESS = {
    "HadError": True,
    "Errors": [{"PropertyName": "Order.ShipToAddress.PostalCode", "ErrorMessage": "PostalCode is not valid",
                "AttemptedValue": "secret"}],
}  # fmt: skip
NOTHING = {"Orders": [], "TotalPages": 0, "Page": 1, "HadError": False}


def found(reference="CM-1-G1", *, name="SourceId", pages=1, order_id=ID):
    order = {
        "Id": order_id,
        name: reference,
        "Items": [{"Status": "Pending"}, {"Status": "Pending"}, {"Status": "New"}],
    }
    return {"Orders": [order], "TotalPages": pages, "Page": 1, "HadError": False}


@pytest.fixture
def service():
    with respx.mock(base_url="https://gooten.example", assert_all_called=False) as routes:
        yield routes


@pytest.fixture
def gooten():
    return Gooten("https://gooten.example", recipe_id="recipe-1", billing_key="a+b/c=")


def test_an_order_is_posted_with_the_recipe_and_gives_a_receipt(service, gooten):
    orders = service.post(f"{API}/orders/").respond(json={"Id": ID})

    assert gooten.submit(print_request()) == Receipt(ID, "New")
    request = orders.calls.last.request
    assert request.url.query == b"recipeid=recipe-1"
    body = json.loads(request.content)
    assert (body["SourceId"], body["IsPartnerSourceIdUnique"], body["IsInTestMode"]) == ("CM-1-G1", True, False)


@pytest.mark.parametrize("status", [200, 400])
def test_an_error_is_a_refusal_whatever_its_status(service, gooten, status):
    service.post(f"{API}/orders/").respond(status, json=BAD_ADDRESS)
    service.get(f"{API}/ordersearch/").respond(json=NOTHING)

    with pytest.raises(SupplierRejected) as caught:
        gooten.submit(print_request())

    assert caught.value.reason == "Gooten: PostalCode is not valid (Order.ShipToAddress.PostalCode)"


@pytest.mark.parametrize("status", [200, 400])
def test_a_duplicate_is_found_by_its_exact_reference(service, gooten, status):
    service.post(f"{API}/orders/").respond(status, json=DUPLICATE)
    search = service.get(f"{API}/ordersearch/").respond(json=found())

    assert gooten.submit(print_request()) == Receipt(ID, "Pending,New")
    assert dict(search.calls.last.request.url.params) == {
        "recipeid": "recipe-1", "genericValues": "CM-1-G1", "partnerBillingKey": "a+b/c=",
        "page": "1", "pageSize": "50",
    }  # fmt: skip
    assert b"partnerBillingKey=a%2Bb%2Fc%3D" in search.calls.last.request.url.query


def test_a_duplicate_that_names_the_first_order_is_believed_only_when_it_is_ours(service, gooten):
    service.post(f"{API}/orders/").respond(400, json=DUPLICATE | {"Id": ID})
    read = service.get("/api/orders/")
    read.respond(json={"Id": ID, "SourceId": "CM-1-G1", "Items": []})
    assert gooten.submit(print_request()) == Receipt(ID)

    read.respond(json={"Id": ID, "SourceId": "CM-2-G1", "Items": []})
    service.get(f"{API}/ordersearch/").respond(json=found(order_id="7-mine"))
    assert gooten.submit(print_request()).supplier_ref == "7-mine"


def test_a_duplicate_that_the_search_does_not_match_is_looked_for_among_the_latest(service, gooten):
    service.post(f"{API}/orders/").respond(400, json=DUPLICATE)
    service.get(f"{API}/ordersearch/", params={"genericValues": "CM-1-G1"}).respond(json=NOTHING)
    service.get(f"{API}/ordersearch/").respond(json=found())

    assert gooten.submit(print_request()).supplier_ref == ID


def test_a_duplicate_that_nobody_finds_is_unknown_not_refused(service, gooten):
    service.post(f"{API}/orders/").respond(400, json=DUPLICATE)
    service.get(f"{API}/ordersearch/").respond(json=NOTHING)

    with pytest.raises(SupplierUnavailable):
        gooten.submit(print_request())


def test_a_refusal_for_another_reason_still_finds_an_order_of_a_lost_answer(service, gooten):
    service.post(f"{API}/orders/").respond(400, json=BAD_ADDRESS)
    service.get(f"{API}/ordersearch/").respond(json=found())

    assert gooten.submit(print_request()).supplier_ref == ID


@pytest.mark.parametrize(
    "answer", [httpx.ReadTimeout("slow"), httpx.Response(500), httpx.Response(429), httpx.Response(504)]
)
def test_an_order_without_an_answer_is_unknown(service, gooten, answer):
    service.post(f"{API}/orders/").mock(side_effect=[answer])

    with pytest.raises(SupplierUnavailable):
        gooten.submit(print_request())


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"{}", b'{"HadError": false}', b'"7-1"'])
def test_a_success_without_an_id_is_unknown(service, gooten, content):
    service.post(f"{API}/orders/").respond(200, content=content)

    with pytest.raises(SupplierUnavailable):
        gooten.submit(print_request())


def test_an_unknown_recipe_is_a_refusal_even_with_200(service, gooten):
    service.route().respond(200, json={"Message": "The request is invalid. Invalid recipeId"})

    with pytest.raises(SupplierRejected, match="Invalid recipeId"):
        gooten.submit(print_request())


def test_an_address_that_fits_no_label_is_not_sent(service, gooten):
    orders = service.post(f"{API}/orders/").respond(json={"Id": ID})

    with pytest.raises(SupplierRejected) as caught:
        gooten.submit(print_request(recipient=replace(ADA, city="東京", postal_code="")))

    assert caught.value.details["problems"] == [
        "The address has no postal code.",
        "The city has characters that cannot be printed on a label: only Latin letters can.",
    ]
    assert orders.call_count == 0


@pytest.mark.parametrize("name", ["SourceId", "SouceId"])
def test_an_order_is_found_on_a_later_page_by_either_spelling(service, gooten, name):
    service.get(f"{API}/ordersearch/").mock(side_effect=[
        httpx.Response(200, json=found("CM-1-G10", pages=2)),
        httpx.Response(200, json=found(name=name, pages=2, order_id="7-second")),
    ])  # fmt: skip

    assert gooten.find("CM-1-G1") == Receipt("7-second", "Pending,New")


def test_an_order_that_only_looks_alike_is_not_found(service, gooten):
    service.get(f"{API}/ordersearch/").respond(json=found("CM-1-G10"))

    assert gooten.find("CM-1-G1") is None


@pytest.mark.parametrize("answer", [httpx.ConnectError("down"), httpx.Response(503)])
def test_a_search_without_an_answer_is_no_denial(service, gooten, answer):
    service.get(f"{API}/ordersearch/").mock(side_effect=[answer])

    with pytest.raises(SupplierUnavailable):
        gooten.find("CM-1-G1")


def test_an_order_is_read_with_its_images_at_the_unversioned_address(service, gooten):
    read = service.get("/api/orders/").respond(json={"Id": ID, "SourceId": "CM-1-G1", "Items": []})

    assert gooten.read(ID).reference == "CM-1-G1"
    assert dict(read.calls.last.request.url.params) == {"recipeid": "recipe-1", "id": ID, "withImages": "true"}


@pytest.mark.parametrize(("status", "stopped"), [("Cancelled", True), ("In Production", False)])
def test_a_refused_cancellation_is_looked_up(service, gooten, status, stopped):
    change = service.post(f"{API}/orderstatus/").respond(400, json={"HadError": True, "Errors": []})
    service.get("/api/orders/").respond(json={"Id": ID, "SourceId": "CM-1-G1", "Items": [{"Status": status}]})

    assert gooten.cancel(ID) is stopped
    assert dict(change.calls.last.request.url.params) == {
        "recipeid": "recipe-1", "id": ID, "orderStatusName": "Cancelled", "partnerBillingKey": "a+b/c=",
    }  # fmt: skip


def test_a_cancellation_that_is_taken_is_believed(service, gooten):
    service.post(f"{API}/orderstatus/").respond(json={"HadError": False})

    assert gooten.cancel(ID) is True


def test_the_billing_key_is_in_no_log(service, gooten, caplog):
    service.get(f"{API}/ordersearch/").respond(json=NOTHING)

    with caplog.at_level("DEBUG", logger="cardmaker"):
        gooten.find("CM-1-G1")

    assert "a+b" not in caplog.text
    assert "a%2Bb" not in caplog.text
