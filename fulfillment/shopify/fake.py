"""A shop in memory, for tests: what ShopifyShop does, without HTTP."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from cardmaker.core.money import Money
from fulfillment.shopify.answers import ShopifyUnavailable
from fulfillment.shopify.delivery import Rate
from fulfillment.shopify.orders import OrderNews, ShopLine, ShopOrder, ShopRefund
from fulfillment.shopify.reversals import NothingToGiveBack
from fulfillment.shopify.shop import NoSuchOrder, ProductPush, PushedProduct


@dataclass
class FakeShop:
    """Holds orders and products by gid. `shipped` lists (order gid, tracking number) in the order they came."""

    orders: dict[str, ShopOrder] = field(default_factory=dict)
    pushes: dict[str, ProductPush] = field(default_factory=dict)
    shipped: list[tuple[str, str]] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    products: dict[str, int] = field(default_factory=dict)  # numbers by handle
    prices: dict[str, Money] = field(default_factory=dict)  # by variant
    statuses: dict[str, str] = field(default_factory=dict)  # by product
    gone: set[str] = field(default_factory=set)
    held: dict[str, set[str]] = field(default_factory=dict)
    given: dict[str, dict[str, Any]] = field(default_factory=dict)  # by idempotency key
    cancelled: list[str] = field(default_factory=list)
    added: dict[str, list[str]] = field(default_factory=dict)  # tracking numbers by fulfillment
    lose_answers: int = 0
    _numbers: "count[int]" = field(default_factory=lambda: count(1001))

    def push_product(self, push: ProductPush) -> PushedProduct:
        self.pushes[push.handle] = push
        number = self.products.setdefault(push.handle, 5001 + len(self.products))
        gid = "gid://shopify/"
        return PushedProduct(f"{gid}Product/{number}", f"{gid}ProductVariant/{number}", f"{gid}Publication/1")

    def publication(self) -> str:
        return "gid://shopify/Publication/1"

    def set_price(self, product_gid: str, variant_gid: str, price: Money) -> bool:
        self.prices[variant_gid] = price
        return product_gid not in self.gone

    def show_product(self, product_gid: str, *, listed: bool) -> bool:
        self.statuses[product_gid] = "ACTIVE" if listed else "UNLISTED"
        return product_gid not in self.gone

    def archive_product(self, product_gid: str) -> bool:
        self.statuses[product_gid] = "ARCHIVED"
        return product_gid not in self.gone

    def delete_product(self, product_gid: str) -> bool:
        was_there = product_gid not in self.gone
        self.gone.add(product_gid)
        return was_there

    def permalink(self, variant_gid: str, quantity: int, properties: Mapping[str, str]) -> str:
        return f"https://shop.example.com/cart/{variant_gid.rsplit('/', 1)[-1]}:{quantity}"

    def read_order(self, order_gid: str) -> ShopOrder:
        if order_gid not in self.orders:
            raise NoSuchOrder("The shop does not know this order")
        return self.orders[order_gid]

    def orders_updated_since(self, at: datetime) -> Iterator[OrderNews]:
        for order in self.orders.values():
            if order.updated_at >= at:
                yield OrderNews(order.gid, order.name, order.updated_at)

    def ship(
        self,
        order_gid: str,
        *,
        tracking_number: str,
        carrier: str,
        tracking_url: str,
        line_quantities: Mapping[str, int],
        beside: str = "",
    ) -> str:
        if (order_gid, tracking_number) not in self.shipped:
            self.shipped.append((order_gid, tracking_number))
        return f"gid://shopify/Fulfillment/{self.shipped.index((order_gid, tracking_number)) + 1}"

    def hold(self, order_gid: str, *, line_gids: Collection[str], reference: str = "") -> int:
        self.held[order_gid] = set(line_gids)
        return 1

    def release(self, order_gid: str) -> int:
        return 1 if self.held.pop(order_gid, None) else 0

    def plan_refund(
        self,
        order_gid: str,
        *,
        lines: Sequence[Mapping[str, Any]],
        delivery: bool,
        amount: Money | None,
        note: str,
    ) -> dict[str, Any]:
        order = self.orders[order_gid]
        left = Money(order.total_minor - order.refunded_minor, order.currency)
        wanted = amount or (self._price_of(order, lines) if lines else left)
        if not 0 < wanted.minor <= left.minor:
            raise NothingToGiveBack(f"Less than {wanted} is left to give back")
        return {"orderId": order_gid, "lines": list(lines), "amount": wanted.minor, "note": note}

    def refund(self, plan: Mapping[str, Any], *, key: str) -> tuple[str, Money]:
        order = self.orders[plan["orderId"]]
        given = Money(plan["amount"], order.currency)
        if key not in self.given:
            self.given[key] = dict(plan)
            gid = f"gid://shopify/Refund/{len(self.given)}"
            made = ShopRefund(gid, plan["note"], order.updated_at, given)
            refunded = order.refunded_minor + given.minor
            status = "REFUNDED" if refunded >= order.total_minor else "PARTIALLY_REFUNDED"
            self.change(
                order.gid,
                at=order.updated_at + timedelta(seconds=1),
                refunds=(*order.refunds, made),
                refunded_minor=refunded,
                financial_status=status,
                lines=tuple(_less(line, plan["lines"]) for line in order.lines),
            )
        self._answer()
        return f"gid://shopify/Refund/{list(self.given).index(key) + 1}", given

    def cancel_order(self, order_gid: str, *, gives_back: bool, note: str) -> None:
        if order_gid not in self.cancelled:
            self.cancelled.append(order_gid)
            order = self.orders[order_gid]
            at = order.updated_at + timedelta(seconds=1)
            status = "REFUNDED" if gives_back else order.financial_status
            self.change(order_gid, at=at, cancelled_at=at, financial_status=status)
        self._answer()

    def add_tracking(self, order_gid: str, fulfillment_gid: str, *, tracking_number: str, tracking_url: str) -> None:
        self.added.setdefault(fulfillment_gid, []).append(tracking_number)

    def _answer(self) -> None:
        if self.lose_answers:
            self.lose_answers -= 1
            raise ShopifyUnavailable("Shopify did not answer")

    def _price_of(self, order: ShopOrder, lines: Sequence[Mapping[str, Any]]) -> Money:
        units = {line.gid: line.unit_minor for line in order.lines}
        return Money(sum(units[line["line"]] * line["quantity"] for line in lines), order.currency)

    def delivery_rates(self) -> list[Rate]:
        return self.rates

    def change(self, order_gid: str, *, at: datetime, **changes: object) -> None:
        """The merchant or the buyer changed something in the shop."""
        self.orders[order_gid] = replace(self.orders[order_gid], updated_at=at, **changes)  # type: ignore[arg-type]


def _less(line: ShopLine, lines: Sequence[Mapping[str, Any]]) -> ShopLine:
    taken = sum(each["quantity"] for each in lines if each["line"] == line.gid)
    return replace(line, current_quantity=line.current_quantity - taken)
