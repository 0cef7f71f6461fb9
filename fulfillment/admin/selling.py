"""Products, their Shopify listings, and checkouts under way."""

from django.contrib import admin

from cardmaker.core.admin import ViewOnly
from fulfillment.models import Checkout, Listing, Product


@admin.register(Product)
class ProductAdmin(ViewOnly):
    list_display = ["title", "shop", "price", "created_at"]
    search_fields = ["id", "proof__digest"]
    list_select_related = ["shop"]


@admin.register(Listing)
class ListingAdmin(ViewOnly):
    list_display = ["handle", "state", "product", "shopify_product_id", "pushed_at", "error"]
    list_filter = ["state"]
    search_fields = ["handle", "shopify_product_id", "variant_id"]
    list_select_related = ["product"]


@admin.register(Checkout)
class CheckoutAdmin(ViewOnly):
    list_display = ["id", "state", "product", "quantity", "created_at", "error"]
    list_filter = ["state"]
    list_select_related = ["product"]
