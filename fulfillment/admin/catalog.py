"""What suppliers can make. Which items are offered is for ops to say; what they are is for the supplier."""

from django.contrib import admin
from django.http import HttpRequest

from fulfillment.models import SupplierItem


@admin.register(SupplierItem)
class SupplierItemAdmin(admin.ModelAdmin[SupplierItem]):
    list_display = [
        "sku",
        "supplier",
        "format",
        "cost_minor",
        "shipping_minor",
        "currency",
        "assumed",
        "active",
        "checked_at",
    ]
    list_filter = ["supplier", "active", "assumed", "format"]
    search_fields = ["sku", "title"]
    list_select_related = ["format"]
    readonly_fields = ["supplier", "sku", "format", "print_spec", "draws_grid", "assumed", "checked_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SupplierItem | None = None) -> bool:
        return False
