"""A shop in memory, for tests: what ShopifyShop does, without HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from fulfillment.shopify.delivery import Rate
from fulfillment.shopify.orders import OrderNews, ShopOrder
from fulfillment.shopify.shop import NoSuchOrder, ProductPush, PushedProduct


@dataclass
class FakeShop:
    """Holds orders and products by gid. `shipped` lists (order gid, tracking number) in the order they came."""

    orders: dict[str, ShopOrder] = field(default_factory=dict)
    pushes: dict[str, ProductPush] = field(default_factory=dict)
    shipped: list[tuple[str, str]] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1001))

    def push_product(self, push: ProductPush) -> PushedProduct:
        self.pushes[push.handle] = push
        number = sorted(self.pushes).index(push.handle) + 1
        gid = "gid://shopify/"
        return PushedProduct(f"{gid}Product/{number}", f"{gid}ProductVariant/{number}", f"{gid}Publication/1")

    def permalink(self, variant_gid: str, quantity: int, properties: Mapping[str, str]) -> str:
        return f"https://shop.example.com/cart/{variant_gid.rsplit('/', 1)[-1]}:{quantity}"

    def read_order(self, order_gid: str) -> ShopOrder:
        if order_gid not in self.orders:
            raise NoSuchOrder(f"{order_gid} is not in this shop")
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
    ) -> str:
        if (order_gid, tracking_number) not in self.shipped:
            self.shipped.append((order_gid, tracking_number))
        return f"gid://shopify/Fulfillment/{self.shipped.index((order_gid, tracking_number)) + 1}"

    def delivery_rates(self) -> list[Rate]:
        return self.rates

    def change(self, order_gid: str, *, at: datetime, **changes: object) -> None:
        """The merchant or the buyer changed something in the shop."""
        self.orders[order_gid] = replace(self.orders[order_gid], updated_at=at, **changes)  # type: ignore[arg-type]
