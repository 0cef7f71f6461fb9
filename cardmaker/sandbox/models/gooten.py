"""Gooten as far as we use it: orders whose items move one by one, and the art each item was given."""

from django.db import models

from cardmaker.sandbox.pictures import Stored


class GootenOrder(models.Model):
    safe_id = models.CharField(max_length=50, unique=True)
    source_id = models.CharField(max_length=50, blank=True, db_index=True)
    source_unique = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)
    ship_to = models.JSONField()
    bill_to = models.JSONField(null=True)
    meta = models.JSONField(default=dict)
    currency = models.CharField(max_length=3)
    items_minor = models.PositiveIntegerField()
    shipping_minor = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    @property
    def number(self) -> int:
        return 31_400_000 + int(self.pk)

    @property
    def nice_id(self) -> str:
        return f"{self.number}-1"


class GootenItem(models.Model):
    """One line of an order. Items move independently; there is no state of the order."""

    order = models.ForeignKey(GootenOrder, models.CASCADE, related_name="items")
    sku = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    product_id = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField()
    price_minor = models.PositiveIntegerField()
    ship_type = models.CharField(max_length=20)
    source_id = models.CharField(max_length=50, blank=True)
    meta = models.JSONField(default=dict)
    status = models.CharField(max_length=30, default="New")
    issue = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True)  # when the clock moves it on; null: it stays
    downloads_failed = models.PositiveIntegerField(default=0)  # in a row, because nobody answered
    carrier = models.CharField(max_length=40, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    tracking_url = models.CharField(max_length=300, blank=True)
    history = models.JSONField(default=list)  # [{"status", "at"}]

    @property
    def number(self) -> int:
        return 52_700_000 + int(self.pk)


class GootenImage(Stored):
    item = models.ForeignKey(GootenItem, models.CASCADE, related_name="images")
    url = models.CharField(max_length=2048)
    space_id = models.CharField(max_length=20)
    index = models.PositiveIntegerField()
    error = models.CharField(max_length=300, blank=True)
    fetched_at = models.DateTimeField(null=True)
