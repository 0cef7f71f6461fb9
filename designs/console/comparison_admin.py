"""What ops see of comparison sets: which pictures, what pages told of them, and what that allows to say."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join

from cardmaker.core.admin import ViewOnly
from designs.models import ComparedPicture, ComparisonSet
from designs.products import verdict
from designs.products.verdict import Counts

COLUMNS = ("place", "image", "shown", "clicked", "bought", "clicks", "purchases")


class ComparedPictureInline(admin.TabularInline[ComparedPicture, ComparisonSet]):
    model = ComparedPicture
    fields = COLUMNS
    readonly_fields = COLUMNS
    extra = 0
    can_delete = False
    ordering = ["place"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ComparedPicture]:
        return super().get_queryset(request).select_related("image")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="clicked of shown")
    def clicks(self, picture: ComparedPicture) -> str:
        return _percent(picture.clicked, picture.shown)

    @admin.display(description="bought of shown")
    def purchases(self, picture: ComparedPicture) -> str:
        return _percent(picture.bought, picture.shown)


@admin.register(ComparisonSet)
class ComparisonSetAdmin(ViewOnly):
    """Without the merchant's label: it is their own words."""

    list_display = ["id", "design", "shop", "shown", "clicked", "bought", "created_at"]
    list_select_related = ["design__shop"]
    search_fields = ["id__exact", "design__id__exact", "design__account__id__exact"]
    exclude = ["label"]
    readonly_fields = ["said"]
    ordering = ["-created_at", "-pk"]
    inlines = [ComparedPictureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ComparisonSet]:
        return super().get_queryset(request).prefetch_related("pictures")

    @admin.display(description="shop")
    def shop(self, row: ComparisonSet) -> str:
        return str(row.design.shop)

    @admin.display(description="shown")
    def shown(self, row: ComparisonSet) -> int:
        return sum(picture.shown for picture in row.pictures.all())

    @admin.display(description="clicked")
    def clicked(self, row: ComparisonSet) -> int:
        return sum(picture.clicked for picture in row.pictures.all())

    @admin.display(description="bought")
    def bought(self, row: ComparisonSet) -> int:
        return sum(picture.bought for picture in row.pictures.all())

    @admin.display(description="What can be said")
    def said(self, row: ComparisonSet) -> str:
        counts = [Counts(each.place, each.shown, each.clicked, each.bought) for each in row.pictures.all()]
        return format_html_join("", "<p>{}</p>", ((statement.text,) for statement in verdict.statements(counts)))


def _percent(hits: int, shown: int) -> str:
    found = verdict.share(hits, shown)
    return f"{found.share:.1%} ({found.low:.1%} to {found.high:.1%})" if found else "not shown yet"
