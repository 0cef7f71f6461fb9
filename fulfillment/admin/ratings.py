"""How orders were rated, by whom and what they were printed."""

from typing import Any

from django.contrib import admin
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse

from cardmaker.core.admin import ViewOnly
from fulfillment.models import Rating


class Answered(admin.SimpleListFilter):
    title, parameter_name = "answer", "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Rated"), ("no", "Asked only")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        return queryset.filter(rated_at__isnull=chosen == "no") if chosen else queryset


@admin.register(Rating)
class RatingAdmin(ViewOnly):
    list_display = ["order", "stars_shown", "printed", "comment", "rated_at", "mailed_at"]
    list_filter = [Answered, "stars", "prints__supplier", "prints__format", "rated_at"]
    search_fields = ["order__name", "order__external_ref", "id__exact"]
    search_help_text = "Order name or number."
    list_select_related = ["order"]
    ordering = ["-created_at", "-pk"]
    fields = ["order", "stars", "comment", "printed", "mailed_at", "rated_at", "changed_at", "account"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("prints")

    @admin.display(description="Stars", ordering="stars")
    def stars_shown(self, rating: Rating) -> str:
        return "★" * rating.stars + "☆" * (5 - rating.stars) if rating.stars else "–"

    @admin.display(description="Printed")
    def printed(self, rating: Rating) -> str:
        return ", ".join(f"{each.get_supplier_display()}: {each.format_id}" for each in rating.prints.all()) or "–"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list with the average of exactly what is listed."""
        response = super().changelist_view(request, extra_context)
        shown = getattr(response, "context_data", {}).get("cl")
        if shown is not None:
            # By key: a filter over prints may list an order of two prints twice.
            listed = Rating.objects.filter(pk__in=shown.queryset.order_by().values("pk"), stars__isnull=False)
            facts = listed.aggregate(count=Count("pk"), average=Avg("stars"))
            average = f"{facts['average']:.2f} stars on average" if facts["count"] else "no rating yet"
            response.context_data["title"] = f"Ratings: {average}, {facts['count']} given"  # type: ignore[attr-defined]
        return response
