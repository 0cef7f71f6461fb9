"""Printify's adapter over real HTTP, against the sandbox's Printify."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fulfillment.suppliers.base import PrintFileRef, PrintLine, SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.tests.conformance import SupplierConformance, new_reference
from fulfillment.suppliers.tests.requests import draft_of, print_request
from fulfillment.suppliers.tests.sandboxed import printify_at

pytestmark = pytest.mark.sandbox
TEE, CALENDAR = "6/99/12124", "1253/234/94860"
STATUSES = {"in_production": "in-production", "shipped": "fulfilled", "delivered": "delivered"}
NEVER = 3.0  # seconds that a switched-on time-out takes: longer than the impatient adapter waits
IMPATIENT = 1.5
PATIENT = 60.0  # a busy machine
SETTLED_S = 0.25  # longer than the adapter of these tests waits
MUG = PrintFileRef("front", "", "", 900, 420, "front", 1)


@pytest.fixture
def make_line(ours):
    """A line of one mug; its file is smaller than the space, which is allowed down to 100 dpi."""

    def make(item_code="68/1/33719", line_ref="line-1", color="teal"):
        url, sha256 = ours.serve_named("/print/t", MUG.width_px, MUG.height_px, color)
        return PrintLine(item_code, 2, (replace(MUG, url=url, sha256=sha256),), line_ref)

    return make


@pytest.fixture
def make_request(make_line):
    def make(reference, *, item_code="68/1/33719", **changes):
        return print_request(reference, lines=(make_line(item_code),), **changes)

    return make


def orders_of(sandbox, reference):
    return [order for order in sandbox.state()["printify"]["orders"] if order["external_id"] == reference]


class TestPrintify(SupplierConformance):
    @pytest.fixture
    def supplier(self, sandbox):
        return printify_at(sandbox)

    @pytest.fixture
    def known_item(self):
        return TEE

    @pytest.fixture
    def known_sizes(self):
        return [(3951, 4919), (750, 750)]

    @pytest.fixture
    def settle(self, sandbox):
        return lambda reference: sandbox.advance_printify(reference, to="on-hold")

    @pytest.fixture
    def drive(self, sandbox):
        return lambda reference, state: sandbox.advance_printify(reference, to=STATUSES[state])


def patience(fault):
    """Seconds to wait for an answer: few only where none will come."""
    return IMPATIENT if fault.startswith("timeout") else PATIENT


@pytest.mark.parametrize("fault", ["timeout_after", "http_500_after"])
def test_an_order_whose_answer_was_lost_is_found_not_sent_again(sandbox, make_request, fault):
    hasty, printify = printify_at(sandbox, timeout_s=patience(fault)), printify_at(sandbox, timeout_s=PATIENT)
    reference = new_reference()
    request = make_request(reference)
    sandbox.fault(fault, service="printify", operation="POST orders", times=1, value=NEVER)

    with pytest.raises(SupplierUnavailable):
        hasty.submit(request)

    [stored] = orders_of(sandbox, reference)
    assert printify.find(reference, since=datetime.now(UTC)).supplier_ref == stored["id"]
    assert printify.submit(request).supplier_ref == stored["id"]
    assert len(orders_of(sandbox, reference)) == 1


@pytest.mark.parametrize("fault", ["timeout_before", "http_500", "http_429"])
def test_an_order_that_never_arrived_is_not_found_and_can_be_sent(sandbox, make_request, fault):
    hasty, printify = printify_at(sandbox, timeout_s=patience(fault)), printify_at(sandbox, timeout_s=PATIENT)
    reference = new_reference()
    request = make_request(reference)
    sandbox.fault(fault, service="printify", operation="POST orders", times=1, value=NEVER)

    with pytest.raises(SupplierUnavailable):
        hasty.submit(request)

    assert printify.find(reference) is None
    printify.submit(request)
    assert len(orders_of(sandbox, reference)) == 1


def test_an_old_order_is_found_on_a_later_page_and_only_as_far_back_as_it_can_be(sandbox, make_line):
    printify, references = printify_at(sandbox), [new_reference() for _ in range(12)]
    line = make_line()
    refs = {"product": printify._product_of(line, print_request("CM-0-T1"))}
    for reference in references:
        printify.submit(print_request(reference, lines=(replace(line, refs=refs),)))

    assert printify.find(references[0]).supplier_ref == orders_of(sandbox, references[0])[0]["id"]
    before = sandbox.state()["calls"]["printify"]["GET orders"]
    assert printify.find("CM-NOBODY", since=datetime.now(UTC) + timedelta(hours=1)) is None
    assert sandbox.state()["calls"]["printify"]["GET orders"] == before + 1


def test_the_buyer_hears_nothing_from_the_printer(sandbox, make_request):
    printify, reference = printify_at(sandbox), new_reference()
    printify.submit(make_request(reference))

    assert [order["notifies_buyer"] for order in orders_of(sandbox, reference)] == [False]


def test_an_order_waits_until_it_is_produced(sandbox, make_request):
    printify, reference = printify_at(sandbox), new_reference()
    receipt = printify.submit(make_request(reference))
    sandbox.advance_printify(reference)
    sandbox.pause(False)
    assert [item.raw_state for item in printify.read(receipt.supplier_ref).items] == ["on-hold"]

    printify.produce(receipt.supplier_ref)
    assert sandbox.wait_for(lambda state: state["printify"]["orders"][0]["delivered"])
    printify.produce(receipt.supplier_ref)


def test_what_is_not_ready_for_production_is_tried_again(sandbox, make_request):
    printify = printify_at(sandbox)
    receipt = printify.submit(make_request(new_reference()))
    sandbox.fault("printify_8502", service="printify")

    with pytest.raises(SupplierUnavailable) as caught:
        printify.produce(receipt.supplier_ref)
    printify.produce(receipt.supplier_ref)

    assert caught.value.retry_after == 5
    assert [item.state for item in printify.read(receipt.supplier_ref).items] == ["checking"]


def test_an_order_that_is_still_taken_in_can_be_stopped_a_moment_later(sandbox, make_request):
    printify, reference = printify_at(sandbox), new_reference()
    receipt = printify.submit(make_request(reference))

    with pytest.raises(SupplierUnavailable):
        printify.cancel(receipt.supplier_ref)
    sandbox.advance_printify(reference, to="on-hold")
    assert printify.cancel(receipt.supplier_ref) is True


def test_a_refusal_names_the_field_and_not_the_address(sandbox, make_request):
    printify = printify_at(sandbox)
    request = make_request(new_reference())
    nowhere = replace(request.recipient, postal_code="ABC-secret")

    with pytest.raises(SupplierRejected) as caught:
        printify.submit(replace(request, recipient=nowhere))

    assert caught.value.reason == "Printify: Validation failed. zip: The zip is not valid for the country."


def test_a_wrong_token_is_a_refusal(sandbox):
    with pytest.raises(SupplierRejected, match="Unauthenticated"):
        printify_at(sandbox, token="guessed").find("CM-1")


def test_too_many_calls_are_tried_later(sandbox):
    printify = printify_at(sandbox)
    sandbox.fault("printify_rate_limit", service="printify", value=1)
    printify.find("CM-1")

    with pytest.raises(SupplierUnavailable):
        printify.find("CM-1")


@pytest.mark.parametrize("status", ["had-issues", "payment-not-received"])
def test_trouble_at_the_printer_is_a_problem(sandbox, make_request, status):
    printify, reference = printify_at(sandbox), new_reference()
    receipt = printify.submit(make_request(reference))
    sandbox.fail_printify(reference, status=status)

    assert [item.state for item in printify.read(receipt.supplier_ref).items] == ["problem"]


def test_a_status_nobody_knows_needs_a_person(sandbox, make_request):
    printify = printify_at(sandbox)
    receipt = printify.submit(make_request(new_reference()))
    sandbox.fault("printify_unknown_status", service="printify")

    assert [(item.state, item.raw_state) for item in printify.read(receipt.supplier_ref).items] == [
        ("problem", "quality-check")
    ]


def test_two_lines_keep_their_names_and_their_parcels(sandbox, make_line):
    printify, reference = printify_at(sandbox), new_reference()
    lines = (make_line(), make_line("842/69/76318", "line-2", "navy"))
    receipt = printify.submit(print_request(reference, lines=lines))
    sandbox.advance_printify(reference, to="in-production")
    sandbox.advance_printify(reference)
    half = printify.read(receipt.supplier_ref)
    sandbox.advance_printify(reference)
    whole = printify.read(receipt.supplier_ref)

    assert [(item.line_ref, item.state) for item in half.items] == [("line-1", "shipped"), ("line-2", "in_production")]
    assert [item.state for item in whole.items] == ["shipped", "shipped"]
    assert [parcel.line_refs for parcel in whole.parcels()] == [("line-1",), ("line-2",)]


@pytest.mark.parametrize("faults", [[], ["printify_rich_images"]])
def test_the_supplier_reports_the_files_by_their_digest_and_size(sandbox, ours, make_request, faults):
    printify, request = printify_at(sandbox), make_request(new_reference())
    for fault in faults:
        sandbox.fault(fault, service="printify")
    receipt = printify.submit(request)

    [file] = printify.read(receipt.supplier_ref).items[0].files
    [served] = ours.files.values()
    assert (file.sha256, file.space_id, file.width_px, file.height_px) == (
        hashlib.sha256(served).hexdigest(), "front", 900, 420
    )  # fmt: skip
    assert orders_of(sandbox, request.reference)[0]["lines"][0]["files"][0]["sha256"] == file.sha256


def test_a_draft_is_made_ref_by_ref_and_goes_on_where_it_stopped(sandbox, make_line):
    printify, kept = printify_at(sandbox), {}
    draft = draft_of(make_line(), "proof-1")
    sandbox.fault("http_500", service="printify", operation="POST products", times=1)

    with pytest.raises(SupplierUnavailable):
        printify.prepare(draft, dict(kept), kept.setdefault)
    sandbox.fault("printify_late_mockups", service="printify", times=1, value=1)
    assert set(kept) == {f"upload:{draft.files[0].sha256}", "product_asked:0"}
    time.sleep(SETTLED_S)
    with pytest.raises(SupplierUnavailable, match="mock-ups"):
        printify.prepare(draft, dict(kept), kept.setdefault)
    made = _prepared(printify, draft, kept)

    state = sandbox.state()["printify"]
    assert (len(state["uploads"]), [product["id"] for product in state["products"]]) == (1, [kept["product"]])
    assert (made.refs, made.cost_minor, len(made.mockup_urls)) == (kept, 504, 1)
    assert sandbox.http.get(made.mockup_urls[0]).headers["Content-Type"] == "image/jpeg"


def test_a_product_whose_answer_was_lost_is_found_by_its_tag(sandbox, make_line):
    printify, kept = printify_at(sandbox), {}
    draft = draft_of(make_line(), "proof-1")
    sandbox.fault("http_500_after", service="printify", operation="POST products", times=1)

    with pytest.raises(SupplierUnavailable):
        printify.prepare(draft, dict(kept), kept.setdefault)
    _prepared(printify, draft, kept)

    assert [product["id"] for product in sandbox.state()["printify"]["products"]] == [kept["product"]]


def test_a_product_that_may_still_be_under_way_is_waited_for(sandbox, make_line):
    """As after a worker was killed in the middle of its call."""
    printify, kept = printify_at(sandbox, settle_s=2), {}
    draft = draft_of(make_line(), "proof-1")
    sandbox.fault("slow", service="printify", operation="POST products", times=1, value=1200)

    with ThreadPoolExecutor(1) as other:
        killed = other.submit(_prepared, printify, draft, kept_until_asked := {})
        while not any(name.startswith("product_asked") for name in kept_until_asked):
            time.sleep(0.01)
        kept.update(kept_until_asked)
        with pytest.raises(SupplierUnavailable, match="still be making"):
            printify.prepare(draft, dict(kept), kept.setdefault)
        _prepared(printify, draft, kept)
        killed.result()

    assert [product["id"] for product in sandbox.state()["printify"]["products"]] == [kept["product"]]


def test_two_workers_with_one_draft_make_one_product(sandbox, make_line):
    printify, kept = printify_at(sandbox, settle_s=1), {}
    draft = draft_of(make_line(), "proof-1")
    sandbox.fault("slow", service="printify", operation="POST products", times=2, value=400)

    with ThreadPoolExecutor(2) as workers:
        made = list(workers.map(lambda _: _prepared(printify, draft, kept).refs["product"], range(2)))

    assert made == [product["id"] for product in sandbox.state()["printify"]["products"]] * 2


def test_an_order_uses_the_product_that_was_prepared(sandbox, make_line):
    printify, reference, line = printify_at(sandbox), new_reference(), make_line()
    refs = dict(_prepared(printify, draft_of(line, "proof-1"), {}).refs)
    printify.submit(print_request(reference, lines=(replace(line, refs=refs),)))

    [ordered] = orders_of(sandbox, reference)[0]["lines"]
    assert ordered["product_id"] == refs["product"]
    assert len(sandbox.state()["printify"]["products"]) == 1


def test_a_file_that_cannot_be_fetched_yet_is_tried_again(sandbox, ours, make_line):
    draft = draft_of(make_line(), "proof-1")
    ours.files.clear()

    with pytest.raises(SupplierUnavailable, match="could not fetch"):
        printify_at(sandbox).prepare(draft, {}, {}.setdefault)


def test_a_file_that_arrives_in_another_size_is_refused(sandbox, make_line):
    line = make_line()
    smaller = replace(line, files=(replace(line.files[0], width_px=901),))

    with pytest.raises(SupplierRejected, match="received front as 900 × 420 px"):
        printify_at(sandbox).prepare(draft_of(smaller, "proof-1"), {}, {}.setdefault)


def test_a_picture_of_too_few_pixels_is_refused(sandbox, ours):
    url, sha256 = ours.serve_named("/print/t", 300, 140)
    line = PrintLine("68/1/33719", 1, (replace(MUG, url=url, sha256=sha256, width_px=300, height_px=140),), "line-1")

    with pytest.raises(SupplierRejected, match="Image has low quality"):
        printify_at(sandbox).prepare(draft_of(line, "proof-1"), {}, {}.setdefault)


def test_what_was_prepared_is_discarded_and_again(sandbox, make_line):
    printify = printify_at(sandbox)
    refs = _prepared(printify, draft_of(make_line(), "proof-1"), {}).refs

    printify.discard(refs)
    printify.discard(refs)

    state = sandbox.state()["printify"]
    assert (state["products"], [upload["archived"] for upload in state["uploads"]]) == ([], [True])


def test_the_catalog_gives_the_thirteen_pages_of_a_calendar_and_follows_its_changes(sandbox):
    printify = printify_at(sandbox)
    [before] = printify.catalog([CALENDAR])
    sandbox.change_printify(1253, sizes={"january": [4000, 3000]})
    [after] = printify.catalog([CALENDAR])
    sandbox.change_printify(1253, dropped=True)

    assert [space.space_id for space in before.spaces][:2] == ["front_cover", "january"]
    assert {(space.width_px, space.height_px) for space in before.spaces} == {(3454, 2725)}
    assert (before.title, before.cost_minor, len(before.spaces)) == ('Calendar (2026), 10.8" x 8.4"', None, 13)
    assert [(space.width_px, space.height_px) for space in after.spaces][1] == (4000, 3000)
    assert printify.catalog([CALENDAR]) == []


def test_what_is_out_of_stock_is_not_offered(sandbox):
    assert printify_at(sandbox).catalog(["1094/228/81861"]) == []
    assert len(printify_at(sandbox).catalog(["1094/228/81858"])) == 1


def test_economy_delivery_is_priced_by_the_newer_catalog(sandbox):
    printify = printify_at(sandbox)

    assert [printify.economy_price(CALENDAR, country, 2).minor for country in ("US", "FR")] == [607, 1237]
    assert printify.economy_price("1253/234/1", "US", 1) is None


def test_an_order_sent_by_eight_workers_at_once_is_one_order(sandbox, make_line):
    printify, reference, line = printify_at(sandbox), new_reference(), make_line()
    request = print_request(reference, lines=(replace(line, refs=_prepared(printify, draft_of(line, "p"), {}).refs),))

    with ThreadPoolExecutor(8) as workers:
        receipts = list(workers.map(lambda _: printify.submit(request), range(8)))
    [stored] = orders_of(sandbox, reference)
    assert {receipt.supplier_ref for receipt in receipts} == {stored["id"]}


def _prepared(printify, draft, kept):
    """The draft, once its mock-ups are drawn."""
    for _ in range(100):
        try:
            return printify.prepare(draft, dict(kept), kept.setdefault)
        except SupplierUnavailable as waiting:
            if "mock-ups" not in str(waiting) and "be making" not in str(waiting):
                raise
            time.sleep(0.05)
    raise AssertionError("The mock-ups never came")
