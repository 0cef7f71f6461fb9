"""What suppliers can make, and what is printed where. What an item is, is for the supplier; the rest is for ops."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cardmaker.core.money import Money
from fulfillment.models import Route, SupplierItem


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
    readonly_fields = ["supplier", "sku", "format", "print_spec", "draws_grid", "year", "assumed", "checked_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SupplierItem | None = None) -> bool:
        return False


@admin.register(Route)
class RouteAdmin(admin.ModelAdmin[Route]):
    """The next proof uses what stands here; a proof that exists keeps the item it was made for."""

    list_display = ["format", "destination", "rank", "item", "cost_to_door", "item_state", "reason", "active"]
    list_filter = ["active", "format", "item__supplier", "country"]
    search_fields = ["item__sku", "item__title", "reason", "country"]
    list_select_related = ["format", "item"]
    fields = ["format", "country", "item", "rank", "reason", "active"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).order_by("format", "country", "rank", "pk")

    @admin.display(description="To", ordering="country")
    def destination(self, route: Route) -> str:
        return route.country or "anywhere"

    @admin.display(description="Cost to the door")
    def cost_to_door(self, route: Route) -> str:
        return str(Money(route.item.cost_to_door_minor, route.item.currency))

    @admin.display(description="Item")
    def item_state(self, route: Route) -> str:
        states = [("assumed", route.item.assumed), ("no longer offered", not route.item.active)]
        return ", ".join(name for name, holds in states if holds) or "confirmed"
