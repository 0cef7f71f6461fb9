"""Gooten, API v5 at api.print.io (gooten.com/api-documentation, read November 2026).

Success is a 2xx status and JSON without HadError: failures come with 200 as well as with 400. There is no idempotency
key; IsPartnerSourceIdUnique makes them refuse a second order with our reference, but nobody has seen what that refusal
says, so after every refusal we look for the order first.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import httpx

from cardmaker.core.http import OutsideClient, OutsideUnavailable
from cardmaker.core.readjson import read_json
from fulfillment.suppliers import gooten_words as words
from fulfillment.suppliers.addresses import address_problems
from fulfillment.suppliers.base import (
    CatalogItem,
    Draft,
    DraftRequest,
    Keep,
    PrintLine,
    PrintRequest,
    Quote,
    Reading,
    Receipt,
    Recipient,
    SupplierRejected,
    SupplierUnavailable,
    ref_of,
    understood,
)

VERSIONED = "/api/v/5/source/api"
# Only the unversioned address of an order answers its images.
WITH_IMAGES = "/api/orders/"
PAGE_SIZE = 50
SEARCH_S = 20.0  # a search goes on to the next page for so long; tasks may not wait longer than 30 s
# Flat cards, folded cards, postcards, calendars, desktop calendars, wall calendars: their categories at Gooten.
PRODUCT_IDS = (82, 76, 44, 59, 104, 143)


class GootenRefusal(SupplierRejected):
    """Gooten's HadError. `properties` are the paths it complains about; `body` may name an order."""

    def __init__(self, reason: str, body: Mapping[str, Any]) -> None:
        errors = [error for error in body.get("Errors") or [] if isinstance(error, dict)]
        self.properties = [str(error.get("PropertyName") or "") for error in errors]
        self.body = body
        super().__init__(reason, details={"properties": self.properties})

    @property
    def is_about_our_reference(self) -> bool:
        return any(path.lower().endswith("order.sourceid") or path.lower() == "sourceid" for path in self.properties)


class Gooten:
    """The adapter. `countries` are those whose catalog we read: SKUs differ by destination."""

    name = "gooten"

    def __init__(
        self,
        base_url: str,
        *,
        recipe_id: str,
        billing_key: str,
        countries: Sequence[str] = ("US",),
        transport: httpx.BaseTransport | None = None,
        timeout_s: float = 15.0,
    ) -> None:
        self._recipe_id = recipe_id
        self._billing_key = billing_key
        self._countries = tuple(countries)
        self._http = OutsideClient("Gooten", base_url, timeout_s=timeout_s, transport=transport)

    @understood
    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        return self._search(reference, {"genericValues": reference})

    def prepare(self, draft: DraftRequest, known: Mapping[str, str], keep: Keep) -> Draft:
        """Nothing to do: Gooten fetches the files when it has the order, and draws no mock-ups."""
        return Draft()

    def discard(self, refs: Mapping[str, str]) -> None:
        """Nothing was made."""

    @understood
    def submit(self, request: PrintRequest) -> Receipt:
        problems = address_problems(request.recipient)
        if problems:
            raise SupplierRejected(" ".join(problems), details={"problems": problems})
        body = words.order_body(request, billing_key=self._billing_key)
        try:
            answer = self._call("POST", "orders", {}, body=body)
        except SupplierRejected as refusal:
            return self._first_of(request.reference, refusal)
        return Receipt(ref_of(answer.get("Id")), "New")

    def produce(self, supplier_ref: str) -> None:
        """Nothing to do: a submitted order goes to production by itself."""

    @understood
    def read(self, supplier_ref: str) -> Reading:
        answer = self._call("GET", WITH_IMAGES, {"id": supplier_ref, "withImages": "true"})
        ref_of(answer.get("Id"))
        return words.reading(answer)

    @understood
    def cancel(self, supplier_ref: str) -> bool:
        status = {"id": supplier_ref, "orderStatusName": "Cancelled", "partnerBillingKey": self._billing_key}
        try:
            self._call("POST", "orderstatus", status)
        except GootenRefusal:
            # In production, or cancelled before: only a look tells.
            return all(item.state == "cancelled" for item in self.read(supplier_ref).items)
        return True

    @understood
    def quote(self, lines: Sequence[PrintLine], recipient: Recipient, currency: str) -> Quote:
        answer = self._call("POST", "shippingprices", {}, body=words.quote_body(lines, recipient, currency))
        return words.quote(answer, currency)

    @understood
    def catalog(self, codes: Sequence[str]) -> list[CatalogItem]:
        products = self._call("GET", "products", {"countryCode": self._countries[0], "all": "true"})
        names = {each["Id"]: str(each["Name"]) for each in products.get("Products") or []}
        listed: dict[str, _Listed] = {}
        for product_id, country, variant in self._variants():
            if variant["Sku"] in codes:
                entry = listed.setdefault(variant["Sku"], _Listed(names.get(product_id, ""), variant, []))
                entry.ships_to.append(country)
        return [self._catalog_item(code, entry) for code, entry in listed.items()]

    def _catalog_item(self, code: str, entry: "_Listed") -> CatalogItem:
        template = self._call("GET", "producttemplates", {"sku": code})
        return words.catalog_item(entry.variant, template, product=entry.product, ships_to=entry.ships_to)

    def _variants(self) -> Iterator[tuple[int, str, dict[str, Any]]]:
        for product_id in PRODUCT_IDS:
            for country in self._countries:
                listing = {"productId": str(product_id), "countryCode": country, "currencyCode": "USD", "all": "true"}
                answer = self._call("GET", "productvariants", listing)
                for variant in answer.get("ProductVariants") or []:
                    yield product_id, country, variant

    def _first_of(self, reference: str, refusal: SupplierRejected) -> Receipt:
        """The order that made them refuse this one. Raises the refusal when it was for another reason."""
        try:
            found = self._told(reference, refusal) or self.find(reference)
        except SupplierRejected as unseen:
            if _is_about_our_reference(refusal):
                raise SupplierUnavailable("Gooten refuses to say whether it has the order") from unseen
            raise refusal from unseen
        if found is None and _is_about_our_reference(refusal):
            # They have it; should the search not look at references, it is among the latest orders.
            found = self._search(reference, {})
            if found is None:
                raise SupplierUnavailable("Gooten has an order of this reference but does not show it") from refusal
        if found is None:
            raise refusal
        return found

    def _told(self, reference: str, refusal: SupplierRejected) -> Receipt | None:
        """The order that a refusal named, if it is really ours."""
        if not isinstance(refusal, GootenRefusal) or not refusal.body.get("Id"):
            return None
        seen = self.read(ref_of(refusal.body["Id"]))
        return Receipt(seen.supplier_ref) if seen.reference == reference else None

    def _search(self, reference: str, filters: Mapping[str, str]) -> Receipt | None:
        """The order whose reference is exactly this one: the search may match loosely, and in other fields."""
        began, page, pages = time.monotonic(), 1, 1
        while page <= pages:
            if time.monotonic() - began > SEARCH_S:
                raise SupplierUnavailable("Gooten's order search takes too long")
            answer = self._call("GET", "ordersearch", {**filters, **self._page(page)})
            for order in answer.get("Orders") or []:
                if words.source_id(order) == reference:
                    return Receipt(ref_of(order["Id"]), words.raw_states(order))
            page, pages = page + 1, int(answer.get("TotalPages") or 1)
        return None

    def _page(self, number: int) -> dict[str, str]:
        return {"partnerBillingKey": self._billing_key, "page": str(number), "pageSize": str(PAGE_SIZE)}

    def _call(
        self, method: str, endpoint: str, params: Mapping[str, str], *, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        path = endpoint if endpoint.startswith("/") else f"{VERSIONED}/{endpoint}/"
        try:
            response = self._http.request(method, path, json=body, params={"recipeid": self._recipe_id, **params})
        except OutsideUnavailable as failure:
            raise SupplierUnavailable(failure.message, retry_after=failure.retry_after, sent=failure.sent) from failure
        return _answer(response)


@dataclass(frozen=True)
class _Listed:
    """An entry of the catalog on its way to a CatalogItem."""

    product: str
    variant: dict[str, Any]
    ships_to: list[str]


def _answer(response: httpx.Response) -> dict[str, Any]:
    """The JSON of a success. Raises GootenRefusal, SupplierRejected or SupplierUnavailable."""
    try:
        answer = read_json(response.content, parse_float=Decimal)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        if response.is_success:
            raise SupplierUnavailable("Gooten's answer cannot be read")
        raise SupplierRejected(f"Gooten answered {response.status_code}")
    if answer.get("HadError"):
        raise GootenRefusal(_reason(answer), answer)
    if not response.is_success or "invalid recipeid" in str(answer.get("Message") or "").lower():
        raise SupplierRejected(f"Gooten answered {response.status_code}: {answer.get('Message') or 'no reason given'}")
    return answer


def _is_about_our_reference(refusal: SupplierRejected) -> bool:
    return isinstance(refusal, GootenRefusal) and refusal.is_about_our_reference


def _reason(answer: Mapping[str, Any]) -> str:
    """Their sentences with the field each is about; never the value, which may be somebody's address."""
    told = [
        f"{error.get('ErrorMessage')} ({error.get('PropertyName')})"
        for error in answer.get("Errors") or []
        if isinstance(error, dict) and error.get("ErrorMessage")
    ]
    reference = answer.get("ErrorReferenceCode") or "none"
    return "Gooten: " + ("; ".join(told) or f"an error without a reason, their reference {reference}")
