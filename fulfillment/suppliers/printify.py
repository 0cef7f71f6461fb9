"""Printify, API v1 (developers.printify.com, read November 2026).

There is no sandbox and no idempotency key. What holds instead: the store's order approval is set to manual, so that an
order costs nothing until `produce`; our reference is unique there (409) and comes back as metadata.shop_order_id; and
what was made before an order, uploads and a product, is kept ref by ref, so that a repeat goes on where it stopped.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

import httpx

from cardmaker.core.foreign import foreign_client
from cardmaker.core.http import OutsideClient, OutsideRejected, OutsideUnavailable
from cardmaker.core.money import Money
from cardmaker.core.readjson import read_json
from fulfillment.suppliers import printify_words as words
from fulfillment.suppliers.addresses import address_problems
from fulfillment.suppliers.base import (
    CatalogItem,
    Draft,
    DraftRequest,
    Keep,
    PrintFileRef,
    PrintLine,
    PrintRequest,
    Quote,
    Reading,
    Receipt,
    Recipient,
    ReportedFile,
    SupplierRejected,
    SupplierUnavailable,
    ref_of,
    understood,
)

ORDERS_A_PAGE = 10  # they give no more
PRODUCTS_A_PAGE, PRODUCT_PAGES = 50, 4  # a product whose answer was lost is among the latest
SEARCH_S = 20.0  # a search, or a round of uploads, goes on for so long; tasks may not wait longer than 30 s
PATIENT_S = 28.0  # they fetch a file while we wait, and making a product was seen to take more than 20 s
CLOCKS_DIFFER = timedelta(minutes=10)
NOT_READY, DOWNLOAD_FAILED = 8502, 10300
READY_AGAIN_S = 5
DUPLICATE, ABSENT, FORBIDDEN = 409, 404, 403
PRODUCT, ASKED, COST, UPLOAD = "product", "product_asked:", "cost_minor", "upload:"
LONG_AGO = "2000-01-01T00:00:00+00:00"
UPLOADS_KEPT = 2_000
TAKEN_IN = "pending"  # neither can it be cancelled yet
FINISHED = {"fulfilled", "canceled"}


class PrintifyRefusal(SupplierRejected):
    """Printify's error shape. `code` changes without notice; `status` is that of HTTP."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status, self.number = status, words.code_of(body)
        super().__init__(f"Printify: {words.reason_of(body) or f'{status} without a reason'}")


class Printify:
    """The adapter. `sold_to` are the countries that matter to us among all that a provider ships to.

    What was asked for without an answer is looked for once it has settled, `settle_s` later: longer than PATIENT_S.
    """

    name = "printify"

    def __init__(
        self,
        base_url: str,
        *,
        token: str,
        shop_id: str,
        sold_to: Sequence[str] = ("US",),
        transport: httpx.BaseTransport | None = None,
        timeout_s: float = 15.0,
        settle_s: float = 90.0,
    ) -> None:
        headers = {"Authorization": f"Bearer {token}", "User-Agent": "Cardmaker/1.0"}
        self._shop = f"/v1/shops/{shop_id}"
        self._sold_to, self._settle = tuple(sold_to), timedelta(seconds=settle_s)
        self._http = OutsideClient("Printify", base_url, timeout_s=timeout_s, headers=headers, transport=transport)
        self._patient = OutsideClient("Printify", base_url, timeout_s=PATIENT_S, headers=headers, transport=transport)
        self._uploads: dict[str, Mapping[str, Any]] = {}  # what an upload is never changes

    @understood
    def find(self, reference: str, *, since: datetime | None = None) -> Receipt | None:
        for order in self._orders(since):
            if words.reference_of(order) == reference:
                return Receipt(ref_of(order["id"]), str(order.get("status") or ""))
        return None

    @understood
    def prepare(self, draft: DraftRequest, known: Mapping[str, str], keep: Keep) -> Draft:
        refs = dict(known)

        def note(name: str, ref: str) -> str:
            refs[name] = keep(name, ref)
            return refs[name]

        product = self._call("GET", f"{self._shop}/products/{self._product(draft, refs, note)}.json")
        self._note_cost(product, draft.item_code, refs, note)
        addresses = words.mockups_of(product)
        if not addresses or not all(_is_drawn(address) for address in addresses):
            raise SupplierUnavailable("Printify has not drawn the mock-ups yet", retry_after=READY_AGAIN_S)
        return Draft(refs, addresses)

    def discard(self, refs: Mapping[str, str]) -> None:
        if refs.get(PRODUCT):
            self._ignoring_absence("DELETE", f"{self._shop}/products/{refs[PRODUCT]}.json")
        for name, ref in refs.items():
            if name.startswith(UPLOAD):
                self._ignoring_absence("POST", f"/v1/uploads/{ref}/archive.json")

    @understood
    def submit(self, request: PrintRequest) -> Receipt:
        problems = address_problems(request.recipient)
        if problems:
            raise SupplierRejected(" ".join(problems), details={"problems": problems})
        products = [self._product_of(line, request) for line in request.lines]
        try:
            answer = self._call("POST", f"{self._shop}/orders.json", body=words.order_body(request, products))
        except PrintifyRefusal as refusal:
            return self._first_of(request.reference, refusal)
        return Receipt(ref_of(answer.get("id")), TAKEN_IN)

    @understood
    def produce(self, supplier_ref: str) -> None:
        try:
            self._call("POST", f"{self._shop}/orders/{supplier_ref}/send_to_production.json")
        except PrintifyRefusal as refusal:
            if refusal.number == NOT_READY:
                raise SupplierUnavailable(
                    "Printify is still busy with the pictures of this order", retry_after=READY_AGAIN_S
                ) from refusal
            if self._status(supplier_ref) not in ("sending-to-production", "in-production", "fulfilled"):
                raise

    @understood
    def read(self, supplier_ref: str) -> Reading:
        order = self._call("GET", f"{self._shop}/orders/{supplier_ref}.json")
        ref_of(order.get("id"))
        return words.reading(order, self._files(order))

    @understood
    def cancel(self, supplier_ref: str) -> bool:
        try:
            self._call("POST", f"{self._shop}/orders/{supplier_ref}/cancel.json")
        except PrintifyRefusal:
            # In production, or cancelled before: only a look tells.
            status = self._status(supplier_ref)
            if status == TAKEN_IN:
                raise SupplierUnavailable("Printify is still taking this order in", retry_after=READY_AGAIN_S) from None
            return status == "canceled"
        return True

    @understood
    def quote(self, lines: Sequence[PrintLine], recipient: Recipient, currency: str) -> Quote:
        answer = self._call("POST", f"{self._shop}/orders/shipping.json", body=words.quote_body(lines, recipient))
        return words.quote(answer, currency)

    @understood
    def economy_price(self, item_code: str, country: str, quantity: int) -> Money | None:
        """What economy delivery would cost; None where it is not offered. Known to the v2 catalog alone."""
        code = words.ItemCode.parse(item_code)
        made_by = f"blueprints/{code.blueprint_id}/print_providers/{code.provider_id}"
        answer = self._call("GET", f"/v2/catalog/{made_by}/shipping/economy.json")
        return words.economy_price(answer, code.variant_id, country, quantity)

    @understood
    def catalog(self, codes: Sequence[str]) -> list[CatalogItem]:
        """Those in stock. They name no cost: a product does."""
        wanted: dict[tuple[int, int], dict[int, str]] = {}
        for text in codes:
            try:
                code = words.ItemCode.parse(text)
            except SupplierRejected:
                continue
            wanted.setdefault((code.blueprint_id, code.provider_id), {})[code.variant_id] = text
        return [item for pair, variants in wanted.items() for item in self._offered(*pair, variants)]

    def webhooks(self) -> list[dict[str, Any]]:
        """What is registered for the shop: [{id, topic, url}]."""
        return self._list("GET", f"{self._shop}/webhooks.json")

    def register_webhook(self, topic: str, url: str, secret: str) -> None:
        self._call("POST", f"{self._shop}/webhooks.json", body={"topic": topic, "url": url, "secret": secret})

    def remove_webhook(self, key: str, host: str) -> None:
        """`host` is that of its address: they refuse otherwise."""
        self._call("DELETE", f"{self._shop}/webhooks/{key}.json", params={"host": host})

    def _product(self, draft: DraftRequest, refs: Mapping[str, str], note: Keep) -> str:
        """The product of these files: the one that is known, the one whose answer was lost, or a new one."""
        if refs.get(PRODUCT):
            return refs[PRODUCT]
        began = time.monotonic()
        for file in sorted(draft.files, key=lambda file: file.index):
            if UPLOAD + file.sha256 not in refs:
                _within_turn(began)
                note(UPLOAD + file.sha256, self._upload(file))
        _within_turn(began)
        found = self._asked_before(draft.reference, refs)
        if found is None:
            _announce(refs, note)
            uploads = {name.removeprefix(UPLOAD): ref for name, ref in refs.items() if name.startswith(UPLOAD)}
            body = words.product_body(draft, uploads)
            found = self._call("POST", f"{self._shop}/products.json", body=body, patient=True)
        note(PRODUCT, ref_of(found["id"]))
        self._note_cost(found, draft.item_code, refs, note)
        return ref_of(found["id"])

    def _upload(self, file: PrintFileRef) -> str:
        """Its id. Raises SupplierRejected when what they fetched is not what we have."""
        try:
            answer = self._call("POST", "/v1/uploads/images.json", body=words.upload_body(file), patient=True)
        except PrintifyRefusal as refusal:
            if refusal.number == DOWNLOAD_FAILED:
                raise SupplierUnavailable("Printify could not fetch a print file", retry_after=10) from refusal
            raise
        arrived = (answer.get("width"), answer.get("height"))
        if arrived != (file.width_px, file.height_px):
            raise SupplierRejected(f"Printify received {file.position} as {arrived[0]} × {arrived[1]} px")
        return ref_of(answer["id"])

    def _asked_before(self, reference: str, refs: Mapping[str, str]) -> dict[str, Any] | None:
        """The product that somebody asked for without hearing the answer; None when nobody did, or nothing came of it.

        Raises SupplierUnavailable while it may still be under way: looking too early would make a second one.
        """
        asked = [datetime.fromisoformat(ref) for name, ref in refs.items() if name.startswith(ASKED)]
        if not asked:
            return None
        wait_s = (max(asked) + self._settle - datetime.now(UTC)).total_seconds()
        if wait_s > 0:
            raise SupplierUnavailable("Printify may still be making the product", retry_after=ceil(wait_s))
        return self._made_before(reference)

    def _made_before(self, reference: str) -> dict[str, Any] | None:
        """The product that we asked for without hearing the answer."""
        for number in range(1, PRODUCT_PAGES + 1):
            page = {"limit": str(PRODUCTS_A_PAGE), "page": str(number)}
            answer = self._call("GET", f"{self._shop}/products.json", params=page)
            for product in answer.get("data") or []:
                if reference in (product.get("tags") or []):
                    return dict(product)
            if number >= int(answer.get("last_page") or 1):
                return None
        return None

    def _note_cost(self, product: Mapping[str, Any], item_code: str, refs: Mapping[str, str], note: Keep) -> None:
        cost = words.cost_of(product, words.ItemCode.parse(item_code).variant_id)
        if cost is not None and refs.get(COST) != str(cost):
            note(COST, str(cost))

    def _product_of(self, line: PrintLine, request: PrintRequest) -> str:
        """The product that was prepared for this line; made now when there is none."""
        known = line.refs.get(PRODUCT)
        if known:
            return known
        draft = DraftRequest(f"{request.reference}:{line.line_ref}", line.item_code, request.reference, line.files)
        # Nobody keeps these refs; after a lost answer the product is looked for by its tag.
        refs = {ASKED: LONG_AGO, **line.refs}
        return self._product(draft, refs, refs.setdefault)

    def _first_of(self, reference: str, refusal: PrintifyRefusal) -> Receipt:
        """The order that made them refuse this one. Raises the refusal when it was for another reason."""
        if refusal.status != DUPLICATE and "external_id" not in refusal.reason:
            raise refusal
        try:
            found = self.find(reference)
        except SupplierRejected as unseen:
            raise SupplierUnavailable("Printify refuses to show the order of this reference") from unseen
        if found is None:
            raise SupplierUnavailable("Printify has an order of this reference but does not show it") from refusal
        return found

    def _orders(self, since: datetime | None) -> Iterator[dict[str, Any]]:
        """Orders, newest first, back to `since`. Raises SupplierUnavailable when that takes too long."""
        began, number, last = time.monotonic(), 1, 1
        while number <= last:
            if time.monotonic() - began > SEARCH_S:
                raise SupplierUnavailable("Printify's list of orders takes too long")
            page = {"limit": str(ORDERS_A_PAGE), "page": str(number)}
            answer = self._call("GET", f"{self._shop}/orders.json", params=page)
            orders = answer.get("data") or []
            yield from orders
            if since is not None and orders and _older(orders[-1], since - CLOCKS_DIFFER):
                return
            number, last = number + 1, int(answer.get("last_page") or 1)

    def _status(self, supplier_ref: str) -> str:
        return str(self._call("GET", f"{self._shop}/orders/{supplier_ref}.json").get("status") or "")

    def _files(self, order: Mapping[str, Any]) -> dict[str, list[ReportedFile]]:
        """What each product of an order under way is printed from; a product that is gone says nothing."""
        if order.get("status") in FINISHED:
            return {}
        found = {}
        for line in order.get("line_items") or []:
            try:
                product = self._call("GET", f"{self._shop}/products/{line.get('product_id')}.json")
            except SupplierRejected:
                continue
            variant_id = int(line.get("variant_id") or 0)
            images = [image for image, _ in words.images_of(product, variant_id)]
            uploads = {str(each["id"]): self._upload_facts(str(each["id"])) for each in images if "width" not in each}
            found[str(line["product_id"])] = words.files_of(product, variant_id, uploads)
        return found

    def _upload_facts(self, key: str) -> Mapping[str, Any]:
        if key not in self._uploads:
            if len(self._uploads) >= UPLOADS_KEPT:
                self._uploads.clear()
            self._uploads[key] = self._call("GET", f"/v1/uploads/{key}.json")
        return self._uploads[key]

    def _offered(self, blueprint_id: int, provider_id: int, variants: Mapping[int, str]) -> list[CatalogItem]:
        made_of = f"/v1/catalog/blueprints/{blueprint_id}"
        made_by = f"{made_of}/print_providers/{provider_id}"
        try:
            listed = self._call("GET", f"{made_by}/variants.json").get("variants") or []
            title = str(self._call("GET", f"{made_of}.json").get("title") or "")
            profiles = self._call("GET", f"{made_by}/shipping.json").get("profiles") or []
        except PrintifyRefusal as refusal:
            if refusal.status == ABSENT:
                return []
            raise
        return [
            words.catalog_item(variants[each["id"]], each, title=title, profiles=profiles, sold_to=self._sold_to)
            for each in listed
            if each["id"] in variants
        ]

    def _ignoring_absence(self, method: str, path: str) -> None:
        try:
            self._call(method, path)
        except PrintifyRefusal as refusal:
            if refusal.status != ABSENT:
                raise

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        patient: bool = False,
    ) -> dict[str, Any]:
        answer = self._answer(method, path, body=body, params=params, patient=patient)
        if not isinstance(answer, dict):
            raise SupplierUnavailable("Printify's answer cannot be read")
        return answer

    def _list(self, method: str, path: str) -> list[dict[str, Any]]:
        answer = self._answer(method, path)
        if not isinstance(answer, list):
            raise SupplierUnavailable("Printify's answer cannot be read")
        return answer

    def _answer(
        self,
        method: str,
        path: str,
        *,
        body: dict[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
        patient: bool = False,
    ) -> Any:
        http = self._patient if patient else self._http
        try:
            response = http.request(method, path, json=body, params=params)
        except OutsideUnavailable as failure:
            raise SupplierUnavailable(failure.message, retry_after=failure.retry_after, sent=failure.sent) from failure
        return _read(response)


def _read(response: httpx.Response) -> Any:
    """The JSON of a success. Raises PrintifyRefusal or SupplierUnavailable."""
    try:
        answer = read_json(response.content) if response.content else {}
    except ValueError as exc:
        if response.is_success:
            raise SupplierUnavailable("Printify's answer cannot be read") from exc
        answer = {}
    if not response.is_success:
        raise PrintifyRefusal(response.status_code, answer if isinstance(answer, dict) else {})
    return answer


def _announce(refs: Mapping[str, str], note: Keep) -> None:
    """Commit that we are about to ask for the product. Raises SupplierUnavailable when another worker was first."""
    number = sum(name.startswith(ASKED) for name in refs)
    mine = datetime.now(UTC).isoformat()
    if note(f"{ASKED}{number}", mine) != mine:
        raise SupplierUnavailable("Another worker may still be making the product", retry_after=READY_AGAIN_S)


def _within_turn(began: float) -> None:
    """Raises SupplierUnavailable when this turn has lasted long enough: what is kept is where the next one begins."""
    if time.monotonic() - began > SEARCH_S:
        raise SupplierUnavailable("Handing the files to Printify takes more than one go", retry_after=1)


def _is_drawn(address: str) -> bool:
    """Whether a mock-up is there; its address is given long before."""
    try:
        answer = foreign_client("Mock-up", address).request("HEAD", address, operation="mock-up")
    except OutsideUnavailable as failure:
        raise SupplierUnavailable(failure.message, retry_after=failure.retry_after) from failure
    except OutsideRejected as refusal:
        raise SupplierRejected(refusal.message) from refusal
    return answer.status_code not in (ABSENT, FORBIDDEN)


def _older(order: Mapping[str, Any], than: datetime) -> bool:
    created = words.created_at(order)
    return created is not None and created < than
