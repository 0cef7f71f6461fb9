"""What every supplier adapter must do. Subclass with the fixtures `supplier`, `make_request`, `drive` and `known_item`.

`make_request(reference, **changes)` builds a request that the supplier would accept; `drive(reference, state)` moves an
order on, to "in_production", "shipped" or "delivered".
"""

import uuid

import pytest

from fulfillment.suppliers.base import Recipient, SupplierRejected


def new_reference():
    return f"CM-{uuid.uuid4().hex[:16].upper()}-T1"


class SupplierConformance:
    @pytest.fixture
    def known_sizes(self):
        """Those of `known_item`'s spaces, in order."""
        return [(1575, 2175), (1575, 2175)]

    @pytest.fixture
    def settle(self):
        """Let an order be taken in, where that takes the supplier a moment."""
        return lambda reference: None

    def test_it_has_a_name(self, supplier):
        assert supplier.name == supplier.name.lower() != ""

    def test_an_order_that_was_never_sent_is_not_found(self, supplier):
        assert supplier.find(new_reference()) is None

    def test_a_submitted_order_is_found_by_its_reference(self, supplier, make_request):
        reference = new_reference()
        receipt = supplier.submit(make_request(reference))

        assert supplier.find(reference).supplier_ref == receipt.supplier_ref

    def test_a_reference_that_only_begins_alike_is_not_found(self, supplier, make_request):
        reference = new_reference()
        supplier.submit(make_request(reference))

        assert supplier.find(reference[:-1]) is None
        assert supplier.find(reference + "0") is None

    def test_the_same_reference_twice_is_one_order(self, supplier, make_request):
        reference = new_reference()
        first = supplier.submit(make_request(reference))
        second = supplier.submit(make_request(reference))

        assert second.supplier_ref == first.supplier_ref

    def test_two_references_are_two_orders(self, supplier, make_request):
        first, second = (supplier.submit(make_request(new_reference())) for _ in range(2))

        assert first.supplier_ref != second.supplier_ref

    def test_a_reading_names_our_reference_and_every_line(self, supplier, make_request):
        request = make_request(new_reference())
        reading = supplier.read(supplier.submit(request).supplier_ref)

        assert reading.reference == request.reference
        assert [item.line_ref for item in reading.items] == [line.line_ref for line in request.lines]
        assert {item.state for item in reading.items} <= {"received", "checking"}

    def test_a_reading_names_the_files_we_gave(self, supplier, make_request):
        request = make_request(new_reference())
        reading = supplier.read(supplier.submit(request).supplier_ref)

        [item] = reading.items
        named = [file.position for told in item.files for file in request.lines[0].files if told.is_of(file)]
        assert sorted(named) == sorted(file.position for file in request.lines[0].files)
        assert {file.space_id for file in item.files} == {file.space_id for file in request.lines[0].files}

    def test_produce_may_be_repeated(self, supplier, make_request):
        ref = supplier.submit(make_request(new_reference())).supplier_ref
        supplier.produce(ref)
        supplier.produce(ref)

        assert len(supplier.read(ref).items) == 1

    def test_an_order_can_be_stopped_before_production_and_twice(self, supplier, make_request, settle):
        reference = new_reference()
        ref = supplier.submit(make_request(reference)).supplier_ref
        settle(reference)

        assert [supplier.cancel(ref), supplier.cancel(ref)] == [True, True]
        assert [item.state for item in supplier.read(ref).items] == ["cancelled"]

    def test_an_order_in_production_cannot_be_stopped(self, supplier, make_request, drive):
        reference = new_reference()
        ref = supplier.submit(make_request(reference)).supplier_ref
        drive(reference, "in_production")

        assert supplier.cancel(ref) is False
        assert [item.state for item in supplier.read(ref).items] == ["in_production"]

    def test_a_shipped_order_has_a_parcel_with_its_lines(self, supplier, make_request, drive):
        request = make_request(new_reference())
        ref = supplier.submit(request).supplier_ref
        drive(request.reference, "shipped")
        reading = supplier.read(ref)

        [parcel] = reading.parcels()
        assert [item.state for item in reading.items] == ["shipped"]
        assert parcel.tracking_number != ""
        assert parcel.line_refs == (request.lines[0].line_ref,)

    def test_a_delivered_order_keeps_its_parcel(self, supplier, make_request, drive):
        request = make_request(new_reference())
        ref = supplier.submit(request).supplier_ref
        drive(request.reference, "shipped")
        [shipped] = supplier.read(ref).parcels()
        drive(request.reference, "delivered")

        assert [item.state for item in supplier.read(ref).items] == ["delivered"]
        assert supplier.read(ref).parcels() == (shipped,)

    def test_an_address_that_fits_no_label_is_refused_and_nothing_is_stored(self, supplier, make_request):
        reference = new_reference()
        nowhere = Recipient("Ada", "Lovelace", "x" * 40, "東京", "", "US")

        with pytest.raises(SupplierRejected) as caught:
            supplier.submit(make_request(reference, recipient=nowhere))
        assert caught.value.reason != ""
        assert supplier.find(reference) is None

    def test_an_unknown_order_is_refused(self, supplier):
        with pytest.raises(SupplierRejected):
            supplier.read("7-00000000-0000-4000-8000-000000000000")

    def test_the_catalog_has_what_exists_and_leaves_out_the_rest(self, supplier, known_item, known_sizes):
        [item] = supplier.catalog([known_item, "NO-SUCH-ITEM"])

        assert item.item_code == known_item
        assert item.cost_minor is None or item.cost_minor > 0
        assert item.currency == "USD"
        assert "US" in item.ships_to
        assert [(space.width_px, space.height_px) for space in item.spaces] == known_sizes
        assert len({space.space_id for space in item.spaces}) == 2

    def test_a_quote_is_in_the_currency_asked_for(self, supplier, make_request):
        request = make_request(new_reference())
        quote = supplier.quote(request.lines, request.recipient, "USD")

        assert (quote.shipping.currency, quote.shipping.minor > 0, quote.method) == ("USD", True, "standard")

    def test_an_item_that_does_not_exist_has_no_quote(self, supplier, make_request):
        request = make_request(new_reference(), item_code="NO-SUCH-ITEM")

        with pytest.raises(SupplierRejected):
            supplier.quote(request.lines, request.recipient, "USD")
