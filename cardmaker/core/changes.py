"""Writing down who changed what, and an admin that does so for every save, add and deletion."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.core.models import Change

LONGEST = 400
Values = Mapping[str, Any]


def record(subject: str, old: Values, new: Values, *, by: str, at: datetime) -> list[str]:
    """One row for each field whose value differs; the fields. In the transaction that changes them."""
    fields = [name for name in dict.fromkeys([*old, *new]) if _text(old.get(name)) != _text(new.get(name))]
    Change.objects.bulk_create(
        Change(at=at, by=by, subject=subject[:120], field=name, old=_text(old.get(name)), new=_text(new.get(name)))
        for name in fields
    )
    return fields


def values_of(row: Model, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a row says, field by field, without its key."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and field.editable]
    return {field.name: row.serializable_value(field.attname) for field in fields if field.name not in leave_out}


if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


class Remembered(Admin):
    """Every add, change and deletion, also of many at once, leaves its old and its new values."""

    remembers_not: ClassVar[tuple[str, ...]] = ()

    def subject_of(self, row: Model) -> str:
        return f"{row._meta.verbose_name} {row}"

    def values_of(self, row: Model) -> dict[str, Any]:
        """What is kept of a row. Personal data is masked here: the history outlives the row."""
        return values_of(row, self.remembers_not)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        before = type(obj)._default_manager.filter(pk=obj.pk).first() if change else None
        subject = self.subject_of(before or obj)
        super().save_model(request, obj, form, change)
        old = self.values_of(before) if before else {}
        record(subject, old, self.values_of(obj), by=str(request.user), at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        record(self.subject_of(obj), self.values_of(obj), {}, by=str(request.user), at=timezone.now())
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset.order_by("pk"):
            self.delete_model(request, row)


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST]
