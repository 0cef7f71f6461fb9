"""A shop's order in our words: pure mappings from the JSON of graphql/order.graphql."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cardmaker.core.money import Money
from fulfillment.suppliers.addresses import Recipient


@dataclass(frozen=True, slots=True)
class ShopLine:
    """One line. Print `current_quantity`: edits and refunds are taken off it. `unit_minor` is before discounts."""

    gid: str
    variant_gid: str
    product_gid: str
    quantity: int
    current_quantity: int
    title: str
    sku: str
    properties: dict[str, str]
    unit_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Hold:
    gid: str
    handle: str
    ours: bool


@dataclass(frozen=True, slots=True)
class FulfillmentOrderLine:
    gid: str
    line_gid: str
    remaining: int


@dataclass(frozen=True, slots=True)
class FulfillmentOrder:
    """What the shop wants fulfilled from one place. Splits and moves change its id: never keep it."""

    gid: str
    status: str
    actions: frozenset[str]
    holds: tuple[Hold, ...]
    lines: tuple[FulfillmentOrderLine, ...]
    request_status: str = "UNSUBMITTED"

    @property
    def is_elsewhere(self) -> bool:
        """Somebody else makes it: it lies with a fulfillment service, or was asked of one."""
        asked = self.request_status in ("SUBMITTED", "ACCEPTED", "CANCELLATION_REQUESTED", "CANCELLATION_REJECTED")
        return asked or bool(self.actions & {"REQUEST_FULFILLMENT", "EXTERNAL"})


@dataclass(frozen=True, slots=True)
class ShopFulfillment:
    """One parcel that the shop knows of."""

    gid: str
    status: str
    tracking_numbers: tuple[str, ...]
    tracking_urls: tuple[str, ...] = ()
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class ShopRefund:
    """Money that the shop gave back, whoever asked for it."""

    gid: str
    note: str
    created_at: datetime
    amount: Money


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """An order as the shop sees it now, in the shop's currency. `financial_status` is Shopify's, such as "PAID".

    `email` "" and `address` None also stand for what the shop may not tell us. `source` is the way it came: "web".
    `withheld`: Shopify does not let the app see who and where, until it is approved for protected customer data.
    """

    gid: str
    name: str
    test: bool
    financial_status: str
    cancelled_at: datetime | None
    currency: str
    total_minor: int
    email: str
    locale: str
    address: Recipient | None
    lines: tuple[ShopLine, ...]
    created_at: datetime
    updated_at: datetime
    cart_attributes: dict[str, str]
    risk: str
    fulfillment_orders: tuple[FulfillmentOrder, ...]
    fulfillments: tuple[ShopFulfillment, ...]
    source: str = ""
    outstanding_minor: int = 0
    refunded_minor: int = 0
    refunds: tuple[ShopRefund, ...] = ()
    withheld: bool = False

    def fulfillment_for(self, tracking_number: str) -> ShopFulfillment | None:
        """The parcel that carries this number, unless it was undone."""
        live = [each for each in self.fulfillments if each.status != "CANCELLED"]
        return next((each for each in live if tracking_number in each.tracking_numbers), None)


@dataclass(frozen=True, slots=True)
class OrderNews:
    """One order of a list: enough to decide whether to read it."""

    gid: str
    name: str
    updated_at: datetime


def shop_order(
    node: Mapping[str, Any], more_lines: Iterable[Mapping[str, Any]] = (), *, denied: Collection[str] = ()
) -> ShopOrder:
    """`node` is the order; `more_lines` are its line items beyond the first page; `denied` what we may not see."""
    currency = node["currencyCode"]
    total = node["totalPriceSet"]["shopMoney"]
    lines = [*node["lineItems"]["nodes"], *more_lines]
    return ShopOrder(
        gid=node["id"],
        name=node["name"],
        test=node["test"],
        financial_status=node["displayFinancialStatus"] or "",
        cancelled_at=_time(node["cancelledAt"]),
        currency=currency,
        total_minor=Money.parse(total["amount"], total["currencyCode"]).minor,
        email=node["email"] or "",
        locale=node.get("customerLocale") or "",
        address=recipient(node["shippingAddress"]),
        lines=tuple(shop_line(line) for line in lines),
        created_at=_instant(node["createdAt"]),
        updated_at=_instant(node["updatedAt"]),
        cart_attributes=pairs(node["customAttributes"]),
        risk=(node.get("risk") or {}).get("recommendation") or "",
        fulfillment_orders=tuple(_fulfillment_order(each) for each in node["fulfillmentOrders"]["nodes"]),
        fulfillments=tuple(_fulfillment(each) for each in node["fulfillments"]),
        source=node.get("sourceName") or "",
        outstanding_minor=_money(node.get("totalOutstandingSet")).minor,
        refunded_minor=_money(node.get("totalRefundedSet")).minor,
        refunds=tuple(_refund(each) for each in node.get("refunds") or []),
        withheld=bool({"email", "phone", "shippingAddress"} & set(denied)),
    )


def shop_line(node: Mapping[str, Any]) -> ShopLine:
    unit = node["originalUnitPriceSet"]["shopMoney"]
    return ShopLine(
        gid=node["id"],
        variant_gid=_id_in(node["variant"]),  # gone when its product was deleted
        product_gid=_id_in(node["product"]),
        quantity=node["quantity"],
        current_quantity=node["currentQuantity"],
        title=node["title"],
        sku=node["sku"] or "",
        properties=pairs(node["customAttributes"]),
        unit_minor=Money.parse(unit["amount"], unit["currencyCode"]).minor,
        currency=unit["currencyCode"],
    )


def recipient(node: Mapping[str, Any] | None) -> Recipient | None:
    """Where to ship, without the buyer's email and phone: only we write to the buyer about printing."""
    if node is None:
        return None
    return Recipient(
        first_name=node["firstName"] or "",
        last_name=node["lastName"] or "",
        line1=node["address1"] or "",
        city=node["city"] or "",
        postal_code=node["zip"] or "",
        country=node["countryCodeV2"] or "",
        line2=node["address2"] or "",
        region=node["provinceCode"] or "",
        company=node["company"] or "",
    )


def order_news(node: Mapping[str, Any]) -> OrderNews:
    return OrderNews(node["id"], node["name"], _instant(node["updatedAt"]))


def pairs(nodes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Custom attributes as a plain mapping; one without a value is an empty text."""
    return {node["key"]: node["value"] or "" for node in nodes}


def _fulfillment_order(node: Mapping[str, Any]) -> FulfillmentOrder:
    return FulfillmentOrder(
        gid=node["id"],
        status=node["status"],
        actions=frozenset(each["action"] for each in node["supportedActions"]),
        request_status=node.get("requestStatus") or "",
        holds=tuple(
            Hold(each["id"], each["handle"] or "", bool(each["heldByRequestingApp"]))
            for each in node["fulfillmentHolds"]
        ),
        lines=tuple(
            FulfillmentOrderLine(each["id"], _id_in(each["lineItem"]), each["remainingQuantity"])
            for each in node["lineItems"]["nodes"]
        ),
    )


def _fulfillment(node: Mapping[str, Any]) -> ShopFulfillment:
    parcels = [each for each in node["trackingInfo"] if each["number"]]
    return ShopFulfillment(
        gid=node["id"],
        status=node["status"],
        tracking_numbers=tuple(each["number"] for each in parcels),
        tracking_urls=tuple(each["url"] or "" for each in parcels),
        carrier=next((each["company"] for each in parcels if each["company"]), ""),
    )


def _refund(node: Mapping[str, Any]) -> ShopRefund:
    return ShopRefund(
        gid=node["id"],
        note=node["note"] or "",
        created_at=_instant(node["createdAt"]),
        amount=_money(node["totalRefundedSet"]),
    )


def _money(bag: Mapping[str, Any] | None) -> Money:
    if bag is None:
        return Money(0, "USD")
    return Money.parse(bag["shopMoney"]["amount"], bag["shopMoney"]["currencyCode"])


def _id_in(node: Mapping[str, Any] | None) -> str:
    return str(node["id"]) if node else ""


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _time(text: str | None) -> datetime | None:
    return _instant(text) if text else None
