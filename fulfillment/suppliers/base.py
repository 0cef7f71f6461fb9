"""What a print supplier does for us, in our words. Field names, JSON and HTTP of a supplier stop at its adapter."""

import logging
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Literal, ParamSpec, Protocol, TypeVar

from cardmaker.core.http import OutsideRejected, OutsideUnavailable
from cardmaker.core.money import Money
from fulfillment.suppliers.addresses import Recipient as Recipient
from fulfillment.suppliers.addresses import address_problems as address_problems

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")  # it becomes a part of addresses, and our rows hold no more
# received: known to them. checking: fetching or checking files, still editable. problem: a person has to look.
Keep = Callable[[str, str], str]
SupplierState = Literal["received", "checking", "in_production", "shipped", "delivered", "cancelled", "problem"]


class SupplierUnavailable(OutsideUnavailable):
    """No usable answer: what was asked may have happened or not. Ask again after the settle time."""

    code = "supplier_unavailable"


class SupplierRejected(OutsideRejected):
    """The supplier, or our own check before sending, said no. `reason` is what ops reads."""

    code = "supplier_rejected"

    @property
    def reason(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class PrintFileRef:
    """One print file at an address the supplier can fetch. `space_id` and `index` say where on the item it belongs."""

    position: str
    url: str
    sha256: str
    width_px: int
    height_px: int
    space_id: str
    index: int


@dataclass(frozen=True, slots=True)
class PrintLine:
    """So many of one item. `line_ref` is ours and comes back in every Reading.

    `refs` are those of the Draft that was prepared of the same files, if one was.
    """

    item_code: str
    quantity: int
    files: tuple[PrintFileRef, ...]
    line_ref: str
    refs: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """One order to one supplier. `reference` is ours, unique for ever. A `test` request is never printed or charged."""

    reference: str
    lines: tuple[PrintLine, ...]
    recipient: Recipient
    currency: str
    test: bool


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What a supplier needs to draw a mock-up: one item with its files. `reference` is ours, unique for ever.

    `price_minor` is what we sell it for: some suppliers want to know.
    """

    reference: str
    item_code: str
    title: str
    files: tuple[PrintFileRef, ...]
    price_minor: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What the supplier holds before an order: its names for it, and pictures of the finished thing, cover first."""

    refs: Mapping[str, str] = field(default_factory=dict, hash=False)
    mockup_urls: tuple[str, ...] = ()

    @property
    def cost_minor(self) -> int | None:
        """What one pack will cost us, in the item's currency; None where they have not said."""
        told = self.refs.get("cost_minor", "")
        return int(told) if told.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The supplier has the order. `supplier_ref` opens it without a key at some suppliers: treat it as a secret."""

    supplier_ref: str
    raw_state: str = ""


@dataclass(frozen=True, slots=True)
class ReportedFile:
    """What the supplier says it fetched. None and "" where it does not say.

    It names the file by its address, or by the name that we gave: our files are called by their SHA-256.
    """

    source_url: str
    space_id: str = ""
    width_px: int | None = None
    height_px: int | None = None
    size_bytes: int | None = None
    sha256: str = ""

    def is_of(self, file: PrintFileRef) -> bool:
        return self.source_url == file.url if self.source_url else self.sha256 == file.sha256


@dataclass(frozen=True, slots=True)
class SupplierShipment:
    """One parcel and the lines in it."""

    carrier: str
    tracking_number: str
    tracking_url: str
    line_refs: tuple[str, ...]
    shipped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One line as the supplier sees it now. Lines move independently."""

    line_ref: str
    state: SupplierState
    raw_state: str
    shipments: tuple[SupplierShipment, ...] = ()
    files: tuple[ReportedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One order as the supplier sees it now."""

    supplier_ref: str
    reference: str
    items: tuple[ItemReading, ...]

    def parcels(self) -> tuple[SupplierShipment, ...]:
        """Each parcel once, with all its lines, in the order of the items."""
        found: dict[str, SupplierShipment] = {}
        for parcel in (parcel for item in self.items for parcel in item.shipments):
            known = found.get(parcel.tracking_number)
            found[parcel.tracking_number] = _together(known, parcel) if known else parcel
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Space:
    """One printable area of an item with its exact size."""

    space_id: str
    index: int
    width_px: int
    height_px: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """What the supplier offers under `item_code`; `ships_to` lists the countries it was listed for.

    `cost_minor` is None where only a Draft tells the cost.
    """

    item_code: str
    title: str
    cost_minor: int | None
    currency: str
    ships_to: tuple[str, ...]
    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What delivery of these lines costs and takes. `days` are business days until delivery, None where not said."""

    shipping: Money
    method: str
    days: int | None = field(default=None)


class Supplier(Protocol):
    """Calls take at most 30 s, run outside transactions, and raise only SupplierUnavailable or SupplierRejected."""

    name: str

    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        """The order that carries our reference, if they have it. May lag behind `submit` by a moment.

        `since`: it cannot be older than this, so nobody needs to look further back.
        """

    def prepare(self, draft: DraftRequest, known: Mapping[str, str], keep: Keep) -> Draft:
        """Hand over the files and have mock-ups drawn, where the supplier does such a thing; else an empty Draft.

        Every ref goes to `keep(name, ref)` as soon as it is there, which answers what is kept: of two workers the first
        one's. A repeat goes on from `known`. Raises SupplierUnavailable while the mock-ups are not drawn: ask again.
        """

    def discard(self, refs: Mapping[str, str]) -> None:
        """Delete what `prepare` made and put its files away. What is gone already is no error. Safe to repeat."""

    def submit(self, request: PrintRequest) -> Receipt:
        """Place the order, not yet produced where they can wait. A known reference gives its first order's receipt."""

    def produce(self, supplier_ref: str) -> None:
        """Let a submitted order go to production. Safe to repeat."""

    def read(self, supplier_ref: str) -> Reading: ...

    def cancel(self, supplier_ref: str) -> bool:
        """False: too late, or otherwise not possible. Safe to repeat."""

    def quote(self, lines: Sequence[PrintLine], recipient: Recipient, currency: str) -> Quote: ...

    def catalog(self, codes: Sequence[str]) -> list[CatalogItem]:
        """Those of `codes` that exist now, read afresh. Many calls: for batch jobs only."""


def _together(one: SupplierShipment, other: SupplierShipment) -> SupplierShipment:
    lines = tuple(dict.fromkeys(one.line_refs + other.line_refs))
    return SupplierShipment(
        one.carrier, one.tracking_number, one.tracking_url, lines, one.shipped_at or other.shipped_at
    )


def ref_of(told: Any) -> str:
    """An id of theirs. Raises SupplierUnavailable for what is none: what was asked for may be there all the same."""
    text = str(told) if isinstance(told, str | int) else ""
    if not REF.fullmatch(text):
        raise SupplierUnavailable("The supplier's answer has no id that could be kept")
    return text


def understood(call: Callable[P, R]) -> Callable[P, R]:
    """For the calls of an adapter: an answer of another shape than it may have is no answer (SupplierUnavailable)."""

    @wraps(call)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as exc:
            # The frames, not the message: that quotes what they sent.
            log.warning("cannot be read: %s\n%s", type(exc).__name__, "".join(traceback.format_tb(exc.__traceback__)))
            raise SupplierUnavailable("The supplier's answer cannot be read") from exc

    return asked
