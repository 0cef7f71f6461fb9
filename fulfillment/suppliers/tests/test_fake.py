import pytest

from fulfillment.suppliers.base import Draft, DraftRequest, ReportedFile, SupplierRejected, SupplierUnavailable
from fulfillment.suppliers.fake import FakeSupplier
from fulfillment.suppliers.tests.requests import FRONT, print_request


def test_a_lost_answer_leaves_the_order_to_be_found():
    supplier = FakeSupplier(lose_answer=True)

    with pytest.raises(SupplierUnavailable):
        supplier.submit(print_request())

    assert supplier.find("CM-1-G1").supplier_ref == "fake-1"
    assert supplier.submit(print_request()).supplier_ref == "fake-1"
    assert supplier.orders == ["CM-1-G1"]


def test_an_unavailable_supplier_stores_nothing():
    supplier = FakeSupplier(unavailable=True)

    with pytest.raises(SupplierUnavailable):
        supplier.submit(print_request())
    assert supplier.orders == []


def test_a_rejection_has_its_reason_and_stores_nothing():
    supplier = FakeSupplier(reject="No such paper")

    with pytest.raises(SupplierRejected) as caught:
        supplier.submit(print_request())
    assert (caught.value.reason, supplier.orders) == ("No such paper", [])


def test_an_order_is_driven_by_hand():
    supplier = FakeSupplier()
    receipt = supplier.submit(print_request())

    supplier.move(receipt.supplier_ref, "shipped", tracking_number="1Z9")
    supplier.move(receipt.supplier_ref, "delivered")
    supplier.report_files(receipt.supplier_ref, [ReportedFile("https://elsewhere.example/x.jpg")])

    [item] = supplier.read(receipt.supplier_ref).items
    assert (item.state, item.shipments[0].tracking_number, item.shipments[0].line_refs) == (
        "delivered",
        "1Z9",
        ("line-1",),
    )
    assert item.files == (ReportedFile("https://elsewhere.example/x.jpg"),)


def test_a_draft_is_made_once_and_its_mock_ups_come_later():
    supplier, kept = FakeSupplier(draws_mockups=True, mockups_after=1), {}
    request = DraftRequest("proof-1", "FAKE-FlatCard-5x7", "Our card", (FRONT,))

    with pytest.raises(SupplierUnavailable):
        supplier.prepare(request, kept, kept.__setitem__)
    draft = supplier.prepare(request, kept, kept.__setitem__)

    assert draft.refs == kept == {"product": "fake-product-1"}
    assert draft.mockup_urls == ("https://mockups.example/fake-product-1/front.jpg",)
    assert supplier.drafts == {"fake-product-1": request}


def test_a_supplier_that_draws_nothing_has_an_empty_draft():
    assert FakeSupplier().prepare(DraftRequest("proof-1", "X", "Card", ()), {}, {}.setdefault) == Draft()


def test_a_draft_is_discarded_once_and_again():
    supplier = FakeSupplier(draws_mockups=True)
    draft = supplier.prepare(DraftRequest("proof-1", "FAKE-FlatCard-5x7", "Our card", (FRONT,)), {}, {}.setdefault)

    supplier.discard(draft.refs)
    supplier.discard(draft.refs)

    assert supplier.drafts == {}
