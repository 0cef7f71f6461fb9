"""What ops see and edit of outside models: ids, prices, order, and how each has been doing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.core.admin import ViewOnly
from cardmaker.core.money import dollars
from designs.models import ModelChoice, ModelHealth, ProviderModel
from designs.providers.offers import UnusablePrice
from designs.providers.registry import has_keys


@admin.register(ProviderModel)
class ProviderModelAdmin(admin.ModelAdmin[ProviderModel]):
    """Switched off rather than deleted: paid calls name it."""

    list_display = ["model_id", "provider", "tier", "purpose", "active", "keys", "state", "retire_after", "at_most"]
    list_filter = ["provider", "purpose", "tier", "active"]
    list_select_related = ["health"]
    search_fields = ["model_id"]
    ordering = ["provider", "purpose", "tier", "model_id"]

    @admin.display(description="key", boolean=True)
    def keys(self, row: ProviderModel) -> bool:
        return has_keys(row.provider)

    @admin.display(description="now")
    def state(self, row: ProviderModel) -> str:
        health = getattr(row, "health", None)
        if health is None:
            return "never called"
        return "resting" if health.is_open(at=timezone.now()) else "failing" if health.failures else "works"

    @admin.display(description="one at most")
    def at_most(self, row: ProviderModel) -> str:
        """The largest it draws, or one text."""
        try:
            return dollars(row.facts().capabilities.prices["final"])
        except UnusablePrice as exc:
            return str(exc)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ModelChoice)
class ModelChoiceAdmin(admin.ModelAdmin[ModelChoice]):
    """Who comes first: for one kind and stage the lowest rank, then the next ones."""

    list_display = ["id", "kind", "stage", "rank", "model"]
    list_editable = ["rank"]
    list_filter = ["kind", "stage", "model__provider"]
    list_select_related = ["model"]
    ordering = ["kind", "stage", "rank", "pk"]


@admin.register(ModelHealth)
class ModelHealthAdmin(ViewOnly):
    list_display = [
        "model",
        "failures",
        "open_until",
        "calls",
        "error_share",
        "latency_ms",
        "last_ok_at",
        "last_error",
        "last_error_at",
    ]
    list_select_related = ["model"]
    ordering = ["model__provider", "model__model_id"]
