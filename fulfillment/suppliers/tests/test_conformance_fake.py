from dataclasses import replace

import pytest

from fulfillment.suppliers.fake import CARD, FakeSupplier
from fulfillment.suppliers.tests.conformance import SupplierConformance
from fulfillment.suppliers.tests.requests import LINE, print_request


class TestFakeSupplier(SupplierConformance):
    @pytest.fixture
    def supplier(self):
        return FakeSupplier()

    @pytest.fixture
    def known_item(self):
        return CARD.item_code

    @pytest.fixture
    def make_request(self):
        def make(reference, *, item_code=CARD.item_code, **changes):
            return print_request(reference, lines=(replace(LINE, item_code=item_code),), **changes)

        return make

    @pytest.fixture
    def drive(self, supplier):
        def drive(reference, state):
            number = "1Z9" if state == "shipped" else ""
            supplier.move(supplier.find(reference).supplier_ref, state, tracking_number=number)

        return drive
