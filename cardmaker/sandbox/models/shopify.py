"""Shopify as far as we use it: products, carts, orders, fulfillment orders. Ids are never reused."""

from typing import ClassVar

from django.db import models

from cardmaker.sandbox.pictures import Stored


class Numbered(models.Model):
    """A row with a global id. Kinds start at different numbers, so a mixed-up id is noticed."""

    KIND: ClassVar[str]
    BASE: ClassVar[int]

    class Meta:
        abstract = True

    @property
    def number(self) -> int:
        return self.BASE + int(self.pk)

    @property
    def gid(self) -> str:
        return f"gid://shopify/{self.KIND}/{self.number}"

    @classmethod
    def key_of(cls, gid: object) -> int:
        """The primary key behind a gid or a bare number of this kind; 0, which no row has, when it is neither."""
        text = str(gid).removeprefix(f"gid://shopify/{cls.KIND}/")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
        return max(0, number - cls.BASE)


class Product(Numbered):
    KIND, BASE = "Product", 8_200_000_000_000
    domain = models.CharField(max_length=120)
    handle = models.CharField(max_length=255)
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=20, default="ACTIVE")
    vendor = models.CharField(max_length=255, blank=True)
    product_type = models.CharField(max_length=255, blank=True)
    tags = models.JSONField(default=list)
    options = models.JSONField(default=list)
    metafields = models.JSONField(default=list)
    publications = models.JSONField(default=list)  # gids
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["domain", "handle"], name="one_handle_a_shop")]


class Variant(Numbered):
    KIND, BASE = "ProductVariant", 44_100_000_000_000
    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    position = models.PositiveIntegerField(default=1)
    sku = models.CharField(max_length=255, blank=True)
    price_minor = models.PositiveIntegerField(default=0)
    selected_options = models.JSONField(default=list)  # [{"name", "value"}]
    requires_shipping = models.BooleanField(default=True)
    tracked = models.BooleanField(default=True)
    grams = models.PositiveIntegerField(default=0)

    @property
    def title(self) -> str:
        return " / ".join(option["value"] for option in self.selected_options)


class Media(Numbered, Stored):
    """A product picture, fetched from its source some time after the call that named it."""

    KIND, BASE = "MediaImage", 33_500_000_000_000
    product = models.ForeignKey(Product, models.CASCADE, related_name="media")
    position = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=2048)
    alt = models.CharField(max_length=512, blank=True)
    status = models.CharField(max_length=20, default="UPLOADED")
    error_code = models.CharField(max_length=60, blank=True)
    error_message = models.CharField(max_length=300, blank=True)


class Cart(models.Model):
    """A cart on its way through the checkout. Paid, it has its order."""

    token = models.CharField(max_length=40, unique=True)
    domain = models.CharField(max_length=120)
    lines = models.JSONField()  # [{"variant": number, "quantity", "properties": {}}]
    attributes = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)  # what the link brought: email and address fields
    discount_code = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    order = models.OneToOneField("Order", models.SET_NULL, null=True)
    created_at = models.DateTimeField()


class Order(Numbered):
    KIND, BASE = "Order", 5_600_000_000_000
    domain = models.CharField(max_length=120)
    order_number = models.PositiveIntegerField()
    token = models.CharField(max_length=40, unique=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.JSONField(null=True)
    attributes = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    currency = models.CharField(max_length=3)
    financial_status = models.CharField(max_length=30)  # lower case, as in webhooks
    test = models.BooleanField(default=False)
    locale = models.CharField(max_length=12, default="en-US")
    risk = models.CharField(max_length=20, default="ACCEPT")
    source = models.CharField(max_length=40, default="web")
    discount_code = models.CharField(max_length=80, blank=True)
    discount_minor = models.PositiveIntegerField(default=0)
    shipping_title = models.CharField(max_length=80)
    shipping_minor = models.PositiveIntegerField(default=0)
    refunded_minor = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=20, blank=True)
    routed_at = models.DateTimeField(null=True)
    route_due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["domain", "order_number"], name="one_number_a_shop")]

    @property
    def name(self) -> str:
        return f"#{self.order_number}"


class OrderLine(Numbered):
    KIND, BASE = "LineItem", 13_900_000_000_000
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product_number = models.BigIntegerField()
    variant_number = models.BigIntegerField()
    title = models.CharField(max_length=255)
    variant_title = models.CharField(max_length=255, blank=True)
    sku = models.CharField(max_length=255, blank=True)
    vendor = models.CharField(max_length=255, blank=True)
    requires_shipping = models.BooleanField(default=True)
    grams = models.PositiveIntegerField(default=0)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    quantity = models.PositiveIntegerField()
    current_quantity = models.PositiveIntegerField()
    fulfilled_quantity = models.PositiveIntegerField(default=0)
    price_minor = models.PositiveIntegerField()
    properties = models.JSONField(default=dict)

    @property
    def total_minor(self) -> int:
        return self.price_minor * self.quantity


class FulfillmentOrder(Numbered):
    KIND, BASE = "FulfillmentOrder", 6_700_000_000_000
    order = models.ForeignKey(Order, models.CASCADE, related_name="fulfillment_orders")
    status = models.CharField(max_length=20, default="OPEN")
    service = models.CharField(max_length=60, blank=True, help_text="The fulfillment service that it is assigned to.")


class FulfillmentOrderLine(Numbered):
    KIND, BASE = "FulfillmentOrderLineItem", 15_300_000_000_000
    fulfillment_order = models.ForeignKey(FulfillmentOrder, models.CASCADE, related_name="lines")
    line = models.ForeignKey(OrderLine, models.CASCADE)
    total = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField()


class HeldBy(Numbered):
    """A hold on a fulfillment order. `ours` is false for one that the shop's staff placed."""

    KIND, BASE = "FulfillmentHold", 9_100_000_000
    fulfillment_order = models.ForeignKey(FulfillmentOrder, models.CASCADE, related_name="holds")
    handle = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=60)
    notes = models.CharField(max_length=500, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    ours = models.BooleanField(default=True)


class Fulfillment(Numbered):
    KIND, BASE = "Fulfillment", 5_100_000_000_000
    order = models.ForeignKey(Order, models.CASCADE, related_name="fulfillments")
    status = models.CharField(max_length=20, default="SUCCESS")
    company = models.CharField(max_length=120, blank=True)
    tracking_number = models.CharField(max_length=120, blank=True)
    tracking_url = models.CharField(max_length=500, blank=True)
    parcels = models.JSONField(default=list)  # further ones: [{"number", "url"}]
    notify_customer = models.BooleanField(default=False)
    message = models.TextField(blank=True)
    lines = models.JSONField(default=list)  # [{"line": number, "quantity"}]
    created_at = models.DateTimeField()


class Refund(Numbered):
    """Money given back. `key` is the idempotency key of the call, `asked` the digest of what it asked for."""

    KIND, BASE = "Refund", 920_000_000_000
    key = models.CharField(max_length=255, blank=True)
    asked = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=255, blank=True)
    notify_customer = models.BooleanField(default=False)
    order = models.ForeignKey(Order, models.CASCADE, related_name="refunds")
    amount_minor = models.PositiveIntegerField()
    lines = models.JSONField(default=list)  # [{"line": number, "quantity"}]
    created_at = models.DateTimeField()
