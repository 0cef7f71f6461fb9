"""One Shopify shop, in our words: products, orders, holds, parcels and the way to its checkout.

Every verb may be repeated after ShopifyUnavailable. What is not repeatable at Shopify is read again before it is done.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from cardmaker.core.money import Money
from fulfillment.shopify import reversals, shipping
from fulfillment.shopify.answers import ScopeMissing, ShopifyRejected, ShopifyUnavailable
from fulfillment.shopify.client import AdminClient, base_url
from fulfillment.shopify.delivery import Rate, rates_of
from fulfillment.shopify.gids import number_of
from fulfillment.shopify.orders import FulfillmentOrder, OrderNews, ShopOrder, order_news, shop_order
from fulfillment.shopify.permalinks import CartLine, permalink
from fulfillment.shopify.products import (
    OURS,
    OWN_PRODUCTS,
    OwnProduct,
    media_gid_of,
    own_product,
    product_set_variables,
    search_text,
    variant_gid_of,
)
from fulfillment.shopify.products import ProductPush as ProductPush
from fulfillment.shopify.products import PushedProduct as PushedProduct
from fulfillment.shopify.storefront import StorefrontClient

ONLINE_STORE = "online store"
ROUTING_RETRY_S = 10
GONE = {"PRODUCT_DOES_NOT_EXIST", "PRODUCT_VARIANT_DOES_NOT_EXIST", "RESOURCE_NOT_FOUND"}


class NoOnlineStore(ShopifyRejected):
    """The shop has no publication of its Online Store, so nothing we push could be bought."""


class NoSuchOrder(ShopifyRejected):
    """The shop does not know the order, or it is older than we may read."""


class NotRoutedYet(ShopifyUnavailable):
    """Shopify makes fulfillment orders some moments after the order: there is nothing to hold or ship yet."""


@dataclass(frozen=True, slots=True)
class ShopState:
    """What the shop says about itself and about us in it. `country` is "" while it has no address.

    `storefront_url`: where shoppers meet it, which is often a domain of its own.
    """

    gid: str
    name: str
    domain: str
    currency: str
    zone: str
    country: str
    storefront_url: str
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
    def of(
        cls, *, domain: str, token: str, publication_gid: str = "", refresh: Callable[[], str] | None = None
    ) -> "ShopifyShop":
        """The shop as the settings reach it. `refresh` answers another token when Shopify refuses this one."""
        return cls(
            AdminClient.from_settings(domain, token, refresh=refresh),
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

    def set_price(self, product_gid: str, variant_gid: str, price: Money) -> bool:
        """Change the price alone: what else the merchant made of the product stays. False: it is gone."""
        variants = [{"id": variant_gid, "price": price.decimal()}]
        try:
            self._admin.run("variant_prices", {"productId": product_gid, "variants": variants})
        except ShopifyRejected as refusal:
            if refusal.codes & GONE:
                return False
            raise
        return True

    def show_product(self, product_gid: str, *, listed: bool) -> bool:
        """Show it in the shop's catalog, or only to who has the link or has it in a cart. False: it is gone."""
        status = "ACTIVE" if listed else "UNLISTED"
        return self._unless_gone("archive_product", {"product": {"id": product_gid, "status": status}})

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

    def own_products(self, search: str = "") -> list[OwnProduct]:
        """What the merchant sells beside ours, at most OWN_PRODUCTS."""
        query = " ".join(filter(None, [f"-tag:{OURS}", search_text(search)]))
        nodes = self._pages("shop_products", {"q": query}, "products")
        return [own_product(node) for node in islice(nodes, OWN_PRODUCTS)]

    def own_products_of(self, gids: Sequence[str]) -> list[OwnProduct]:
        """The merchant's products with these ids, in the shop's order; what is gone or ours is left out."""
        query = " OR ".join(f"id:{number_of(gid, 'Product')}" for gid in gids)
        found = [own_product(node) for node in self._pages("shop_products", {"q": query}, "products")]
        return [product for product in found if product.gid in gids and OURS not in product.tags]

    def add_media(self, product_gid: str, url: str, alt: str) -> str:
        """Hang a picture onto a product; the id of its media. Shopify fetches `url` some time later."""
        media = [{"originalSource": url, "mediaContentType": "IMAGE", "alt": alt}]
        answer = self._admin.run("add_media", {"product": {"id": product_gid}, "media": media})
        gid = media_gid_of(answer["productUpdate"]["product"], alt)
        if gid is None:
            raise ShopifyUnavailable("Shopify answered no media")
        return gid

    def media_with_alt(self, product_gid: str, alt: str) -> str | None:
        """The media of a product with this alternative text."""
        product = self._admin.run("product_media", {"id": product_gid})["product"]
        return media_gid_of(product, alt) if product else None

    # Orders

    def read_order(self, order_gid: str) -> ShopOrder:
        """The order as it is now, with all its lines. Raises NoSuchOrder, ScopeMissing."""
        answered = self._admin.ask("order", {"id": order_gid})
        if answered.lacks:
            # A line without its variant would look as if its product had been deleted.
            raise ScopeMissing(answered.lacks, domain=self._admin.domain)
        node = answered.data["order"]
        if node is None:
            raise NoSuchOrder("The shop does not know this order")
        return shop_order(node, more_lines=self._lines_after(node), denied=answered.denied)

    def orders_updated_since(self, at: datetime) -> Iterator[OrderNews]:
        """Every order touched since `at`, oldest change first. Overlap the windows: webhooks and indexes lag."""
        query = f"updated_at:>='{at.isoformat()}'"
        for node in self._pages("orders_to_reconcile", {"q": query}, "orders"):
            yield order_news(node)

    def order_of(self, fulfillment_order_gid: str) -> str | None:
        """The order that this fulfillment order is a part of; None when the shop knows no such one."""
        try:
            found = self._admin.run("fulfillment_order", {"id": fulfillment_order_gid})["fulfillmentOrder"]
        except ShopifyRejected as refusal:
            if "RESOURCE_NOT_FOUND" in refusal.codes:
                return None
            raise
        return str(found["orderId"]) if found else None

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
        beside: str = "",
    ) -> str:
        """Tell the shop about one parcel, once: a fulfillment with this number is found again. Its gid.

        Where the shop counts all of it as shipped already, by another parcel of the same lines or by its own people,
        the number goes to the fulfillment `beside`, or else to the last one. Shopify does not write to the buyer.
        Raises NotRoutedYet, or ShopifyRejected when nothing is left and nothing was shipped.
        """
        order = self._ready_to_ship(order_gid, tracking_number)
        known = order.fulfillment_for(tracking_number)
        if known is not None:
            return known.gid
        groups = shipping.parcel_lines(order, line_quantities)
        if not groups:
            gid = shipping.fulfillment_beside(order, beside)
            self.add_tracking(order_gid, gid, tracking_number=tracking_number, tracking_url=tracking_url)
            return gid
        parcel = {
            "lineItemsByFulfillmentOrder": groups,
            "trackingInfo": shipping.tracking(tracking_number, carrier, tracking_url),
            "notifyCustomer": False,
        }
        return self._fulfilled(order_gid, tracking_number, parcel)

    def find_fulfillment(self, order_gid: str, tracking_number: str) -> str | None:
        known = self.read_order(order_gid).fulfillment_for(tracking_number)
        return known.gid if known else None

    def add_tracking(self, order_gid: str, fulfillment_gid: str, *, tracking_number: str, tracking_url: str) -> None:
        """One more parcel of lines that the shop counts as shipped already. Safe to repeat."""
        known = next((each for each in self.read_order(order_gid).fulfillments if each.gid == fulfillment_gid), None)
        if known is None or tracking_number in known.tracking_numbers:
            return
        info = shipping.all_tracking(known, tracking_number, tracking_url)
        self._admin.run("tracking_update", {"fulfillmentId": fulfillment_gid, "tracking": info, "notify": False})

    # Taking back

    def plan_refund(
        self,
        order_gid: str,
        *,
        lines: Sequence[Mapping[str, Any]],
        delivery: bool,
        amount: Money | None,
        note: str,
    ) -> dict[str, Any]:
        """What to send so that these lines, or without any everything that is left, are given back.

        Keep it and send it unchanged under one key. Raises NothingToGiveBack.
        """
        everything = not lines and amount is None
        wanted = {"lines": reversals.line_inputs(lines), "shipping": delivery, "everything": everything}
        order = self._admin.run("suggested_refund", {"id": order_gid, **wanted})["order"]
        if order is None or order["suggestedRefund"] is None:
            raise reversals.NothingToGiveBack("The shop has nothing to give back for this order")
        suggested = order["suggestedRefund"]
        taken = reversals.suggested_lines(suggested) if everything else lines
        return reversals.refund_input(
            order_gid, suggested, lines=taken, amount=amount, delivery=delivery or everything, note=note
        )

    def refund(self, plan: Mapping[str, Any], *, key: str) -> tuple[str, Money]:
        """Give it back, once per `key` for a day; after that look for it in the order first. Its gid and amount."""
        answer = self._admin.run("refund_create", {"input": dict(plan), "key": key})["refundCreate"]["refund"]
        if answer is None:
            raise ShopifyUnavailable("Shopify answered no refund")
        given = answer["totalRefundedSet"]["shopMoney"]
        return str(answer["id"]), Money.parse(given["amount"], given["currencyCode"])

    def cancel_order(self, order_gid: str, *, gives_back: bool, note: str) -> None:
        """Cancel for good. Shopify does it some moments later. One that is cancelled already is fine."""
        wanted = {
            "orderId": order_gid,
            "reason": "OTHER",
            "restock": False,
            "refundMethod": {"originalPaymentMethodsRefund": gives_back},
            "notify": True,
            "note": note[: reversals.MAX_NOTE],
        }
        try:
            self._admin.run("order_cancel", wanted)
        except ShopifyRejected as refusal:
            if not any("already been cancel" in error.message for error in refusal.errors):
                raise

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
            gid=shop["id"],
            name=shop["name"],
            domain=shop["myshopifyDomain"],
            currency=shop["currencyCode"],
            zone=shop["ianaTimezone"],
            country=shop["shopAddress"]["countryCodeV2"] or "",
            storefront_url=shop["primaryDomain"]["url"],
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

    def _fulfilled(self, order_gid: str, tracking_number: str, parcel: Mapping[str, Any]) -> str:
        try:
            answer = self._admin.run("fulfillment_create", {"fulfillment": dict(parcel)})
        except ShopifyRejected:
            # Another worker may have been first: then nothing was left to ship.
            known = self.find_fulfillment(order_gid, tracking_number)
            if known is None:
                raise
            return known
        return str(answer["fulfillmentCreate"]["fulfillment"]["id"])

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
