"""Small real worlds for the tests of the order path: a shop, a proof with real files, an order in a shop in memory."""

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from accounts.models import Account, Shop
from billing.models import Guardrails
from cardmaker.core import storage
from designs.models import Design, Format, Image, PrintFile, PrintSpec, Proof
from designs.proofs.proofing import digest_of
from fulfillment.models import Listing, Order, PrintJob, Product, ProofRoute, Route, SupplierItem
from fulfillment.orders import approval, intake
from fulfillment.printing import placing
from fulfillment.sales import selling, strategies
from fulfillment.shopify.fake import FakeShop
from fulfillment.shopify.orders import ShopLine, ShopOrder
from fulfillment.suppliers.addresses import Recipient
from fulfillment.suppliers.fake import FakeSupplier

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
RECIPIENT = Recipient(
    first_name="Robin",
    last_name="Sample",
    line1="12 Example Street",
    city="Portland",
    region="OR",
    postal_code="97201",
    country="US",
)
_numbers = itertools.count(1)


def a_format(code: str = "card-5x7-flat", positions: tuple[str, ...] = ("front", "back")) -> Format:
    fields = {
        "kind": "card",
        "title": "Flat card, 5 × 7 in",
        "trim_w_um": 127_000,
        "trim_h_um": 177_800,
        "positions": [{"position": name, "title": name.title(), "picture": True} for name in positions],
        "max_pictures": len(positions),
        "bleed_um": 3_175,
        "safe_um": 6_350,
    }
    return Format.objects.get_or_create(code=code, defaults=fields)[0]


def an_item(print_format: Format, sku: str = "SIM-FlatCard-5x7-1Pack", **changes: object) -> SupplierItem:
    positions = [
        {
            "position": name,
            "space_id": f"A41{number}",
            "index": number,
            "width_px": 1575,
            "height_px": 2175,
            "bleed_px": {"top": 37, "right": 38, "bottom": 38, "left": 37},
            "dpi": 300,
        }
        for number, name in enumerate(print_format.position_names, 1)
    ]
    supplier = changes.pop("supplier", "gooten")
    spec = PrintSpec.objects.create(supplier=supplier, item_code=sku, positions=positions, digest="d" * 64)
    fields = {"cost_minor": 195, "shipping_minor": 349, "ships_to": ["US", "CA"], "assumed": True, "title": "Flat card"}
    item = SupplierItem.objects.create(
        supplier=supplier, sku=sku, format=print_format, print_spec=spec, **{**fields, **changes}
    )
    Route.objects.create(format=print_format, item=item, reason="the only one that ships there")
    return item


def a_proof(
    account: Account,
    item: SupplierItem,
    *,
    warnings: list[dict[str, str]] | None = None,
    shows: Image | None = None,
) -> Proof:
    """A ready proof whose files really lie in the storage. Their bytes are small: nothing here decodes them.

    `shows`: the picture on its front.
    """
    shop, number = Shop.objects.house(), next(_numbers)
    design = Design.objects.create(account=account, shop=shop, kind="card", format=item.format, updated_at=NOON)
    proof = Proof.objects.create(
        design=design, account=account, shop=shop, format=item.format, print_spec=item.print_spec, country="US",
        snapshot={"pages": [{"position": "front", "image": str(shows.pk)}]} if shows else {},
    )  # fmt: skip
    files = [_print_file(proof, name, number) for name in item.format.position_names]
    Proof.objects.filter(pk=proof.pk).update(
        state="ready",
        digest=digest_of((file.position, file.sha256) for file in files),
        ready_at=NOON,
        warnings=warnings or [],
        min_dpi=300,
    )
    ProofRoute.objects.create(proof=proof, item=item, country="US", reason="the only item that ships there")
    proof.refresh_from_db()
    return proof


def _print_file(proof: Proof, position: str, number: int) -> PrintFile:
    body = f"print file {number} {position}".encode()
    return PrintFile.objects.create(
        proof=proof,
        position=position,
        file=storage.put(body, "jpg"),
        preview_file=storage.put(body + b" preview", "webp"),
        sha256=hashlib.sha256(body).hexdigest(),
        size_bytes=len(body),
        width_px=1575,
        height_px=2175,
        effective_dpi=300,
    )


def a_listing(proof: Proof) -> Listing:
    number = next(_numbers)
    price = {"amount_minor": 490, "least_minor": 490, "currency": "USD"}
    product = Product.objects.create(shop=proof.shop, proof=proof, title="Your card", **price)
    return Listing.objects.create(
        product=product,
        handle=strategies.new_handle(),
        state=Listing.State.PUBLISHED,
        told_minor=490,
        shopify_product_id=f"gid://shopify/Product/{number}",
        variant_id=f"gid://shopify/ProductVariant/{number}",
    )


@dataclass
class World:
    """A guest who bought one card: everything up to the paid order in the shop."""

    account: Account
    item: SupplierItem
    proof: Proof
    listing: Listing
    shop: FakeShop = field(default_factory=FakeShop)
    supplier: FakeSupplier = field(default_factory=FakeSupplier)

    def shop_order(self, **changes: object) -> ShopOrder:
        """A paid order in the shop, not heard of yet."""
        number = next(_numbers)
        fields: dict[str, object] = {
            "gid": f"gid://shopify/Order/{number}",
            "name": f"#{1000 + number}",
            "test": False,
            "financial_status": "PAID",
            "cancelled_at": None,
            "currency": "USD",
            "total_minor": 839,
            "email": "robin@example.com",
            "locale": "en",
            "address": RECIPIENT,
            "lines": (self.line(),),
            "created_at": NOON,
            "updated_at": NOON,
            "cart_attributes": {},
            "risk": "NONE",
            "fulfillment_orders": (),
            "fulfillments": (),
        }
        order = ShopOrder(**{**fields, **changes})  # type: ignore[arg-type]
        self.shop.orders[order.gid] = order
        return order

    def line(self, **changes: object) -> ShopLine:
        fields: dict[str, object] = {
            "gid": "gid://shopify/LineItem/1",
            "variant_gid": self.listing.variant_id,
            "product_gid": self.listing.shopify_product_id,
            "quantity": 1,
            "current_quantity": 1,
            "title": "Your card",
            "sku": "CM-1",
            "properties": selling.properties_of(self.listing),
            "unit_minor": 490,
            "currency": "USD",
        }
        return ShopLine(**{**fields, **changes})  # type: ignore[arg-type]

    def line_of_another_supplier(self) -> ShopLine:
        """A second line of the same account, which is printed somewhere else."""
        proof = a_proof(self.account, an_item(a_format(), "PF-1", supplier="printify"))
        listing = a_listing(proof)
        signed = selling.properties_of(listing)
        return self.line(gid="gid://shopify/LineItem/2", variant_gid=listing.variant_id, properties=signed)

    def order(self, **changes: object) -> Order:
        """The same, heard of and read: held for approval unless something is wrong with it."""
        shop_order = self.shop_order(**changes)
        key = intake.hear(self.proof.shop, shop_order.gid, at=NOON)
        return intake.record(Order.objects.get(pk=key), shop_order, at=NOON)

    def read_again(self, order: Order, *, at: datetime = LATER, **changes: object) -> Order:
        """The shop's order changed, and we read it again."""
        self.shop.change(order.external_ref, at=at, **changes)
        return intake.record(order, self.shop.read_order(order.external_ref), at=at)

    def print_job(self, **changes: object) -> PrintJob:
        """The same, approved and placed: ready to be sent."""
        order = self.order(**changes)
        approval.approve(order, by="1", at=NOON)
        (job,) = placing.place(order, at=NOON)
        return job


def a_world(**item_changes: object) -> World:
    Guardrails.current()
    account = Account.objects.create()
    item = SupplierItem.objects.filter(sku="SIM-FlatCard-5x7-1Pack").first() or an_item(a_format(), **item_changes)
    proof = a_proof(account, item)
    return World(account=account, item=item, proof=proof, listing=a_listing(proof))
