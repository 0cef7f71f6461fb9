"""One Shopify shop, in our words: products, orders, holds, parcels and the way to its checkout.

Every verb may be repeated after ShopifyUnavailable. What is not repeatable at Shopify is read again before it is done.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fulfillment.shopify import shipping
from fulfillment.shopify.answers import ShopifyRejected, ShopifyUnavailable
from fulfillment.shopify.client import AdminClient, base_url
from fulfillment.shopify.delivery import Rate, rates_of
from fulfillment.shopify.orders import FulfillmentOrder, OrderNews, ShopOrder, order_news, shop_order
from fulfillment.shopify.permalinks import CartLine, permalink
from fulfillment.shopify.products import ProductPush as ProductPush
from fulfillment.shopify.products import PushedProduct as PushedProduct
from fulfillment.shopify.products import product_set_variables, variant_gid_of
from fulfillment.shopify.storefront import StorefrontClient

ONLINE_STORE = "online store"
ROUTING_RETRY_S = 10


class NoOnlineStore(ShopifyRejected):
    """The shop has no publication of its Online Store, so nothing we push could be bought."""


class NoSuchOrder(ShopifyRejected):
    """The shop does not know the order, or it is older than we may read."""


class NotRoutedYet(ShopifyUnavailable):
    """Shopify makes fulfillment orders some moments after the order: there is nothing to hold or ship yet."""


@dataclass(frozen=True, slots=True)
class ShopState:
    """What the shop says about itself and about us in it."""

    name: str
    domain: str
    currency: str
    zone: str
    scopes: frozenset[str]
    is_development: bool


class ShopifyShop:
    """The facade. `publication_gid` saves a look-up; keep the one that `push_product` returns."""

    def __init__(
        self, admin: AdminClient, *, storefront: StorefrontClient, base_url: str, publication_gid: str = ""
    ) -> None:
        self._admin = admin
        self._storefront = storefront
        self._base_url = base_url
        self._publication_gid = publication_gid

    @classmethod
    def of(cls, *, domain: str, token: str, publication_gid: str = "") -> "ShopifyShop":
        """The shop as the settings reach it."""
        return cls(
            AdminClient.from_settings(domain, token),
            storefront=StorefrontClient.from_settings(domain),
            base_url=base_url(domain),
            publication_gid=publication_gid,
        )

    # Products

    def push_product(self, push: ProductPush) -> PushedProduct:
        """Create or update the product by its handle, then publish it to the Online Store."""
        publication_gid = self.publication()
        product = self._admin.run("product_set", product_set_variables(push))["productSet"]["product"]
        if product is None:
            raise ShopifyUnavailable("Shopify answered no product")
        self._admin.run("publish", {"id": product["id"], "input": [{"publicationId": publication_gid}]})
        return PushedProduct(product["id"], variant_gid_of(product, push.sku), publication_gid)

    def archive_product(self, product_gid: str) -> bool:
        """Take it off sale. False: it is gone already."""
        return self._unless_gone("archive_product", {"product": {"id": product_gid, "status": "ARCHIVED"}})

    def delete_product(self, product_gid: str) -> bool:
        """Delete it with its pictures; orders keep their lines. False: it is gone already."""
        return self._unless_gone("delete_product", {"input": {"id": product_gid}})

    def publication(self) -> str:
        """The Online Store's publication, looked up once. Raises NoOnlineStore."""
        if not self._publication_gid:
            found = [node["id"] for node in self._pages("publications", {}, "publications") if _is_online_store(node)]
            if not found:
                raise NoOnlineStore("This shop has no Online Store to publish to")
            self._publication_gid = found[0]
        return self._publication_gid

    # Orders

    def read_order(self, order_gid: str) -> ShopOrder:
        """The order as it is now, with all its lines. Raises NoSuchOrder."""
        node = self._admin.run("order", {"id": order_gid})["order"]
        if node is None:
            raise NoSuchOrder(f"{order_gid} is not in this shop")
        return shop_order(node, more_lines=self._lines_after(node))

    def orders_updated_since(self, at: datetime) -> Iterator[OrderNews]:
        """Every order touched since `at`, oldest change first. Overlap the windows: webhooks and indexes lag."""
        query = f"updated_at:>='{at.isoformat()}'"
        for node in self._pages("orders_to_reconcile", {"q": query}, "orders"):
            yield order_news(node)

    # Approval

    def hold(self, order_gid: str, *, line_gids: Collection[str], reference: str = "") -> int:
        """Hold our lines until printing is approved; how many holds were placed. Raises NotRoutedYet.

        A hold can be released by the merchant's staff: it informs them, our own approval decides.
        """
        placed = 0
        for group in self._routed(order_gid).fulfillment_orders:
            lines = shipping.lines_to_hold(group, line_gids)
            if lines:
                placed += self._place_hold(group, shipping.hold_input(group, lines, reference))
        return placed

    def release(self, order_gid: str) -> int:
        """Release our holds and nobody else's; how many there were."""
        released = 0
        for group in self.read_order(order_gid).fulfillment_orders:
            holds = [hold.gid for hold in shipping.our_holds(group)]
            if holds:
                self._admin.run("release_hold", {"id": group.gid, "holdIds": holds})
                released += len(holds)
        return released

    # Parcels

    def ship(
        self,
        order_gid: str,
        *,
        tracking_number: str,
        carrier: str,
        tracking_url: str,
        line_quantities: Mapping[str, int],
    ) -> str:
        """Tell the shop about one parcel, once: a fulfillment with this number is found again. Its gid.

        Shopify does not write to the buyer. Raises NotRoutedYet, or ShopifyRejected when less than that is left.
        """
        order = self._ready_to_ship(order_gid, tracking_number)
        known = order.fulfillment_for(tracking_number)
        if known is not None:
            return known.gid
        parcel = {
            "lineItemsByFulfillmentOrder": shipping.parcel_lines(order, line_quantities),
            "trackingInfo": shipping.tracking(tracking_number, carrier, tracking_url),
            "notifyCustomer": False,
        }
        try:
            return str(
                self._admin.run("fulfillment_create", {"fulfillment": parcel})["fulfillmentCreate"]["fulfillment"]["id"]
            )
        except ShopifyRejected:
            # Another worker may have been first: then nothing was left to ship.
            known_now = self.find_fulfillment(order_gid, tracking_number)
            if known_now is None:
                raise
            return known_now

    def find_fulfillment(self, order_gid: str, tracking_number: str) -> str | None:
        known = self.read_order(order_gid).fulfillment_for(tracking_number)
        return known.gid if known else None

    def correct_tracking(self, fulfillment_gid: str, *, tracking_number: str, carrier: str, tracking_url: str) -> None:
        """Replace a parcel's tracking, without a mail from Shopify."""
        info = shipping.tracking(tracking_number, carrier, tracking_url)
        self._admin.run("tracking_update", {"fulfillmentId": fulfillment_gid, "tracking": info, "notify": False})

    # Checkout

    def permalink(self, variant_gid: str, quantity: int, properties: Mapping[str, str]) -> str:
        """A link to a checkout with one line. Calls nobody."""
        return permalink(self._base_url, CartLine(variant_gid, quantity, properties))

    def checkout_url(self, lines: Sequence[CartLine]) -> str:
        """A link to one checkout with all `lines`; calls Shopify for more than one."""
        return permalink(self._base_url, lines[0]) if len(lines) == 1 else self._storefront.cart_create(lines)

    def delivery_rates(self) -> list[Rate]:
        """What the shop's checkout asks for delivery, by country. Wants the scope read_shipping."""
        return rates_of(list(self._pages("delivery_profiles", {}, "deliveryProfiles")))

    def state(self) -> ShopState:
        """Who the shop is and what it lets us do."""
        data = self._admin.run("app_state")
        shop = data["shop"]
        return ShopState(
            name=shop["name"],
            domain=shop["myshopifyDomain"],
            currency=shop["currencyCode"],
            zone=shop["ianaTimezone"],
            scopes=frozenset(scope["handle"] for scope in data["currentAppInstallation"]["accessScopes"]),
            is_development=shop["plan"]["partnerDevelopment"],
        )

    def _lines_after(self, node: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        page = node["lineItems"]["pageInfo"]
        while page["hasNextPage"]:
            answer = self._admin.run("order_lines", {"id": node["id"], "cursor": page["endCursor"]})
            yield from answer["order"]["lineItems"]["nodes"]
            page = answer["order"]["lineItems"]["pageInfo"]

    def _pages(self, name: str, variables: Mapping[str, Any], root: str) -> Iterator[dict[str, Any]]:
        cursor = None
        while True:
            connection = self._admin.run(name, {**variables, "cursor": cursor})[root]
            yield from connection["nodes"]
            if not connection["pageInfo"]["hasNextPage"]:
                return
            cursor = connection["pageInfo"]["endCursor"]

    def _unless_gone(self, name: str, variables: Mapping[str, Any]) -> bool:
        try:
            self._admin.run(name, variables)
        except ShopifyRejected as refusal:
            # These mutations have no error codes; a malformed or foreign id comes as RESOURCE_NOT_FOUND.
            gone = "RESOURCE_NOT_FOUND" in refusal.codes
            if not gone and all(error.message != "Product does not exist" for error in refusal.errors):
                raise
            return False
        return True

    def _routed(self, order_gid: str) -> ShopOrder:
        order = self.read_order(order_gid)
        if not order.fulfillment_orders:
            raise NotRoutedYet(f"{order.name} is not routed yet", retry_after=ROUTING_RETRY_S)
        return order

    def _place_hold(self, group: FulfillmentOrder, hold: Mapping[str, Any]) -> int:
        try:
            self._admin.run("hold", {"id": group.gid, "hold": hold})
        except ShopifyRejected as refusal:
            if "DUPLICATE_FULFILLMENT_HOLD_HANDLE" in refusal.codes:
                return 0
            raise
        return 1

    def _ready_to_ship(self, order_gid: str, tracking_number: str) -> ShopOrder:
        """The order, with our holds gone: what is in a parcel was approved, even if a release got lost."""
        order = self._routed(order_gid)
        held = any(shipping.our_holds(group) for group in order.fulfillment_orders)
        if held and order.fulfillment_for(tracking_number) is None:
            self.release(order_gid)
            order = self._routed(order_gid)
        return order


def _is_online_store(node: Mapping[str, Any]) -> bool:
    """By the app's title; the publication's own name is deprecated, and its catalog can be missing."""
    catalog = node["catalog"] or {}
    titles = [app["title"] for app in (catalog.get("apps") or {}).get("nodes", [])] or [catalog.get("title") or ""]
    return any(title.casefold() == ONLINE_STORE for title in titles)
