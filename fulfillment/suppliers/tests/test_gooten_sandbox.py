"""Gooten's adapter over real HTTP, against the sandbox's Gooten."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from fulfillment.suppliers.base import SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.tests.conformance import SupplierConformance, new_reference
from fulfillment.suppliers.tests.requests import LINE, print_request
from fulfillment.suppliers.tests.sandboxed import gooten_at

pytestmark = pytest.mark.sandbox
FLAT = "SIM-FlatCard-5x7-1Pack"
STATUSES = {"in_production": "InProduction", "shipped": "Shipped", "delivered": "Delivered"}
NEVER = 3.0  # seconds that a switched-on time-out takes: longer than the impatient adapter waits
IMPATIENT = 1.5
PATIENT = 60.0  # a busy machine


@pytest.fixture
def make_request(ours):
    def make(reference, *, item_code=FLAT, **changes):
        files = tuple(
            replace(file, url=ours.serve_picture(f"/print/t/{file.position}.jpg", 1575, 2175)) for file in LINE.files
        )
        return print_request(reference, lines=(replace(LINE, item_code=item_code, files=files),), **changes)

    return make


def orders_of(sandbox, reference):
    return [order for order in sandbox.state()["gooten"]["orders"] if order["source_id"] == reference]


class TestGooten(SupplierConformance):
    @pytest.fixture
    def supplier(self, sandbox):
        return gooten_at(sandbox)

    @pytest.fixture
    def known_item(self):
        return FLAT

    @pytest.fixture
    def drive(self, sandbox):
        return lambda reference, state: sandbox.advance(reference, to=STATUSES[state])


def patience(fault):
    """Seconds to wait for an answer: few only where none will come."""
    return IMPATIENT if fault.startswith("timeout") else PATIENT


@pytest.mark.parametrize("fault", ["timeout_after", "http_500_after"])
def test_an_order_whose_answer_was_lost_is_found_not_sent_again(sandbox, make_request, fault):
    hasty, gooten = gooten_at(sandbox, timeout_s=patience(fault)), gooten_at(sandbox, timeout_s=PATIENT)
    reference = new_reference()
    request = make_request(reference)
    sandbox.fault(fault, service="gooten", operation="POST orders", times=1, value=NEVER)

    with pytest.raises(SupplierUnavailable):
        hasty.submit(request)

    [stored] = orders_of(sandbox, reference)
    assert gooten.find(reference).supplier_ref == stored["id"]
    assert gooten.submit(request).supplier_ref == stored["id"]
    assert len(orders_of(sandbox, reference)) == 1


@pytest.mark.parametrize("fault", ["timeout_before", "http_500", "http_429"])
def test_an_order_that_never_arrived_is_not_found_and_can_be_sent(sandbox, make_request, fault):
    hasty, gooten = gooten_at(sandbox, timeout_s=patience(fault)), gooten_at(sandbox, timeout_s=PATIENT)
    reference = new_reference()
    request = make_request(reference)
    sandbox.fault(fault, service="gooten", operation="POST orders", times=1, value=NEVER)

    with pytest.raises(SupplierUnavailable):
        hasty.submit(request)

    assert gooten.find(reference) is None
    gooten.submit(request)
    assert len(orders_of(sandbox, reference)) == 1


@pytest.mark.parametrize(
    "faults", [[], ["gooten_400"], ["gooten_duplicate_tells_id"], ["gooten_400", "gooten_old_spelling"]]
)
def test_a_duplicate_gives_the_first_order_however_it_is_refused(sandbox, make_request, faults):
    gooten, reference = gooten_at(sandbox), new_reference()
    first = gooten.submit(make_request(reference))
    for fault in faults:
        sandbox.fault(fault, service="gooten")

    assert gooten.submit(make_request(reference)).supplier_ref == first.supplier_ref
    assert len(orders_of(sandbox, reference)) == 1


@pytest.mark.parametrize("faults", [[], ["gooten_400"]])
def test_a_refusal_says_why_and_leaves_nothing(sandbox, make_request, faults):
    gooten, reference = gooten_at(sandbox), new_reference()
    for fault in faults:
        sandbox.fault(fault, service="gooten")

    with pytest.raises(SupplierRejected) as caught:
        gooten.submit(make_request(reference, item_code="NO-SUCH-ITEM"))

    assert caught.value.reason == "Gooten: SKU is unknown (Order.Items[0].SKU)"
    assert orders_of(sandbox, reference) == []


def test_a_wrong_key_is_a_refusal(sandbox, make_request):
    gooten = gooten_at(sandbox)
    gooten._billing_key = "wrong"

    with pytest.raises(SupplierRejected):
        gooten.submit(make_request(new_reference()))


def test_a_test_order_is_marked_as_one(sandbox, make_request):
    gooten = gooten_at(sandbox)

    receipt = gooten.submit(make_request(new_reference(), test=True))

    assert [item.raw_state for item in gooten.read(receipt.supplier_ref).items] == ["Test"]


def test_the_supplier_reports_the_size_of_the_bytes_it_fetched(sandbox, ours, make_request):
    gooten, reference = gooten_at(sandbox), new_reference()
    receipt = gooten.submit(make_request(reference))
    sandbox.advance(reference, to="Pending")

    [item] = gooten.read(receipt.supplier_ref).items
    bodies = {ours.url + path: body for path, body in ours.files.items()}
    assert item.state == "checking"
    assert sorted((file.source_url, file.width_px, file.height_px, file.size_bytes) for file in item.files) == sorted(
        (url, 1575, 2175, len(body)) for url, body in bodies.items()
    )
    [stored] = orders_of(sandbox, reference)
    hashes = {image["sha256"] for image in stored["items"][0]["images"]}
    assert hashes == {hashlib.sha256(body).hexdigest() for body in bodies.values()}


def test_a_file_that_cannot_be_fetched_is_a_problem(sandbox, ours, make_request):
    gooten, reference = gooten_at(sandbox), new_reference()
    receipt = gooten.submit(make_request(reference))
    ours.files.clear()
    sandbox.advance(reference, to="Shipped")

    [item] = gooten.read(receipt.supplier_ref).items
    assert (item.state, item.raw_state) == ("problem", "ImageIssue")


def test_old_answers_are_read_too(sandbox, make_request):
    gooten, request = gooten_at(sandbox), make_request(new_reference())
    receipt = gooten.submit(request)
    gooten.cancel(receipt.supplier_ref)
    sandbox.fault("gooten_old_spelling", service="gooten")
    sandbox.fault("gooten_plain_images", service="gooten")

    reading = gooten.read(receipt.supplier_ref)
    assert reading.reference == request.reference
    assert [(item.line_ref, item.state) for item in reading.items] == [("line-1", "cancelled")]
    assert {file.width_px for file in reading.items[0].files} == {None}


def test_a_slow_answer_within_the_time_is_an_answer(sandbox, make_request):
    gooten = gooten_at(sandbox, timeout_s=5)
    sandbox.fault("slow", service="gooten", operation="POST orders", times=1, value=400)

    began = time.monotonic()
    gooten.submit(make_request(new_reference()))
    assert time.monotonic() - began >= 0.4


def test_an_order_sent_by_eight_workers_at_once_is_one_order(sandbox, make_request):
    gooten, request = gooten_at(sandbox), make_request(new_reference())

    with ThreadPoolExecutor(8) as workers:
        receipts = list(workers.map(lambda _: gooten.submit(request), range(8)))
    [stored] = orders_of(sandbox, request.reference)
    assert {receipt.supplier_ref for receipt in receipts} == {stored["id"]}
