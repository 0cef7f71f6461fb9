"""Printify as far as we use it: uploads, products made of them, orders of products, and who wants to hear of it."""

import secrets

from django.db import models

from cardmaker.sandbox.pictures import Stored


def new_key() -> str:
    """Their ids: 24 hexadecimal digits."""
    return secrets.token_hex(12)


class PrintifyUpload(Stored):
    """A picture of the account's library. Nothing is de-duplicated."""

    key = models.CharField(max_length=24, unique=True, default=new_key)
    file_name = models.CharField(max_length=200)
    url = models.CharField(max_length=2048, blank=True)
    mime_type = models.CharField(max_length=40)
    archived = models.BooleanField(default=False)
    created_at = models.DateTimeField()


class PrintifyProduct(models.Model):
    key = models.CharField(max_length=24, unique=True, default=new_key)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    tags = models.JSONField(default=list)
    blueprint_id = models.PositiveIntegerField()
    provider_id = models.PositiveIntegerField()
    variants = models.JSONField()  # [{"id", "price", "is_enabled", "sku"}]
    print_areas = models.JSONField()  # as they were given
    external = models.JSONField(default=list)
    locked = models.BooleanField(default=False)
    mockups_at = models.DateTimeField()  # before that their addresses answer 404
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()


class PrintifyOrder(models.Model):
    key = models.CharField(max_length=24, unique=True, default=new_key)
    external_id = models.CharField(max_length=200, db_index=True)
    label = models.CharField(max_length=300, blank=True)
    order_type = models.CharField(max_length=20, default="external")
    status = models.CharField(max_length=30, default="pending")
    issue = models.CharField(max_length=300, blank=True)
    address_to = models.JSONField()
    shipping_method = models.PositiveIntegerField()
    notifies_buyer = models.BooleanField(default=True)
    sends_refused = models.PositiveIntegerField(default=0)
    shipments = models.JSONField(default=list)  # [{"carrier", "number", "url", "delivered_at", "skus"}]
    history = models.JSONField(default=list)  # [{"status", "at"}]
    due_at = models.DateTimeField(null=True)  # when the clock moves it on; null: it stays
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # to production
    fulfilled_at = models.DateTimeField(null=True)


class PrintifyLine(models.Model):
    order = models.ForeignKey(PrintifyOrder, models.CASCADE, related_name="lines")
    product_key = models.CharField(max_length=24)
    blueprint_id = models.PositiveIntegerField()
    provider_id = models.PositiveIntegerField()
    variant_id = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    variant_label = models.CharField(max_length=200)
    sku = models.CharField(max_length=60)
    quantity = models.PositiveIntegerField()
    cost_minor = models.PositiveIntegerField()
    shipping_minor = models.PositiveIntegerField()
    price_minor = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=30, default="on-hold")
    fulfilled_at = models.DateTimeField(null=True)


class PrintifyArt(Stored):
    """What a line is printed from, by position: an upload, or an address that came with the order."""

    line = models.ForeignKey(PrintifyLine, models.CASCADE, related_name="art")
    position = models.CharField(max_length=40)
    upload_key = models.CharField(max_length=24, blank=True)
    url = models.CharField(max_length=2048, blank=True)
    error = models.CharField(max_length=300, blank=True)


class PrintifyHook(models.Model):
    """A webhook somebody registered. After three failed retries it hears nothing for an hour."""

    topic = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=200, blank=True)
    blocked_until = models.DateTimeField(null=True)


class PrintifyChange(models.Model):
    """What a test made of a blueprint: gone, of another size, out of stock."""

    blueprint_id = models.PositiveIntegerField(unique=True)
    dropped = models.BooleanField(default=False)
    sizes = models.JSONField(default=dict)  # {position: [width, height]}
    out_of_stock = models.JSONField(default=list)  # variant ids
