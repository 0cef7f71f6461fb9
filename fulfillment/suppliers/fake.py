"""A supplier in memory, for tests of everything that stands on the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cardmaker.core.money import Money
from fulfillment.suppliers.addresses import address_problems
from fulfillment.suppliers.base import (
    CatalogItem,
    Draft,
    DraftRequest,
    ItemReading,
    Keep,
    PrintLine,
    PrintRequest,
    Quote,
    Reading,
    Receipt,
    Recipient,
    ReportedFile,
    Space,
    SupplierRejected,
    SupplierShipment,
    SupplierState,
    SupplierUnavailable,
)

STOPPABLE: set[SupplierState] = {"received", "checking", "problem", "cancelled"}
CARD = CatalogItem(
    "FAKE-FlatCard-5x7", "Flat card 5x7", 195, "USD", ("US",), (Space("F1", 1, 1575, 2175), Space("F2", 2, 1575, 2175))
)


@dataclass
class FakeSupplier:
    """Keeps orders as a supplier would. Switches other than `lose_answer` stay on until set back.

    `lose_answer`: the next submit stores the order and then does not answer. `unavailable`: nothing answers, nothing is
    stored. `reject`: every submit is refused with this reason. `draws_mockups`: `prepare` makes a product and mock-ups,
    which are ready once it was asked `mockups_after` times more.
    """

    name: str = "fake"
    lose_answer: bool = False
    unavailable: bool = False
    reject: str = ""
    draws_mockups: bool = False
    mockups_after: int = 0
    items: tuple[CatalogItem, ...] = (CARD,)
    drafts: dict[str, DraftRequest] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    requests: list[PrintRequest] = field(default_factory=list)
    produced: list[str] = field(default_factory=list)

    @property
    def orders(self) -> list[str]:
        """The references of all orders it has, in the order they came."""
        return [reading.reference for reading in self.readings.values()]

    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        self._answer()
        found = [reading for reading in self.readings.values() if reading.reference == reference]
        return Receipt(found[0].supplier_ref, "received") if found else None

    def prepare(self, draft: DraftRequest, known: Mapping[str, str], keep: Keep) -> Draft:
        self._answer()
        if not self.draws_mockups:
            return Draft()
        refs = dict(known)
        if "product" not in refs:
            refs["product"] = f"fake-product-{len(self.drafts) + 1}"
            self.drafts[refs["product"]] = draft
            keep("product", refs["product"])
        if self.mockups_after:
            self.mockups_after -= 1
            raise SupplierUnavailable("The fake supplier's mock-ups are not drawn yet")
        files = self.drafts[refs["product"]].files
        return Draft(refs, tuple(f"https://mockups.example/{refs['product']}/{file.position}.jpg" for file in files))

    def discard(self, refs: Mapping[str, str]) -> None:
        self._answer()
        self.drafts.pop(refs.get("product", ""), None)

    def submit(self, request: PrintRequest) -> Receipt:
        self._answer()
        problems = [self.reject] if self.reject else address_problems(request.recipient)
        if problems:
            raise SupplierRejected(" ".join(problems))
        known = self.find(request.reference)
        if known is None:
            self._store(request)
        if self.lose_answer:
            self.lose_answer = False
            raise SupplierUnavailable("The fake supplier lost its answer")
        receipt = self.find(request.reference)
        assert receipt is not None
        return receipt

    def produce(self, supplier_ref: str) -> None:
        self.produced.append(self.read(supplier_ref).supplier_ref)

    def read(self, supplier_ref: str) -> Reading:
        self._answer()
        if supplier_ref not in self.readings:
            raise SupplierRejected("There is no such order")
        return self.readings[supplier_ref]

    def cancel(self, supplier_ref: str) -> bool:
        if any(item.state not in STOPPABLE for item in self.read(supplier_ref).items):
            return False
        self.move(supplier_ref, "cancelled")
        return True

    def quote(self, lines: Sequence[PrintLine], recipient: Recipient, currency: str) -> Quote:
        self._answer()
        if any(line.item_code not in {item.item_code for item in self.items} for line in lines):
            raise SupplierRejected("There is no such item")
        return Quote(Money(349, currency), "standard", 5)

    def catalog(self, codes: Sequence[str]) -> list[CatalogItem]:
        self._answer()
        return [item for item in self.items if item.item_code in codes]

    def move(self, supplier_ref: str, state: SupplierState, *, tracking_number: str = "") -> None:
        """Drive an order on: all its items take `state`, in one parcel when there is a number."""
        reading = self.readings[supplier_ref]
        lines = tuple(item.line_ref for item in reading.items)
        parcel = SupplierShipment("USPS", tracking_number, f"https://track.example/{tracking_number}", lines)
        parcels = (parcel,) if tracking_number else reading.items[0].shipments
        items = tuple(replace(item, state=state, raw_state=state, shipments=parcels) for item in reading.items)
        self.readings[supplier_ref] = replace(reading, items=items)

    def report_files(self, supplier_ref: str, files: Sequence[ReportedFile]) -> None:
        """Let every item say that it was made from these files."""
        reading = self.readings[supplier_ref]
        items = tuple(replace(item, files=tuple(files)) for item in reading.items)
        self.readings[supplier_ref] = replace(reading, items=items)

    def _store(self, request: PrintRequest) -> None:
        supplier_ref = f"fake-{len(self.readings) + 1}"
        items = tuple(ItemReading(line.line_ref, "received", "received", (), _files(line)) for line in request.lines)
        self.requests.append(request)
        self.readings[supplier_ref] = Reading(supplier_ref, request.reference, items)

    def _answer(self) -> None:
        if self.unavailable:
            raise SupplierUnavailable("The fake supplier does not answer")


def _files(line: PrintLine) -> tuple[ReportedFile, ...]:
    return tuple(ReportedFile(file.url, file.space_id, file.width_px, file.height_px) for file in line.files)
