"""Limits, budgets and the ledger in the console. Limits are edited, with a history; everything else is looked at."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from billing import caps
from billing.export import LEDGER_COLUMNS, csv_lines, every_column
from billing.models import AlertSent, Budget, Guardrails, Hold, HoldMove, LedgerEntry, Price, Quota, Rung
from cardmaker.core.money import dollars


class ViewOnly(admin.ModelAdmin[Any]):
    """Rows that only domain functions write. They can be filtered and taken home as CSV."""

    csv_columns: ClassVar[tuple[str, ...]] = ()
    actions = ("export_csv",)

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[Any]) -> StreamingHttpResponse:
        columns = self.csv_columns or every_column(self.model)
        lines = csv_lines(rows.order_by("pk"), columns)
        name = f"{self.model._meta.model_name}.csv"
        return StreamingHttpResponse(
            lines, content_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Guardrails)
class GuardrailsAdmin(admin.ModelAdmin[Guardrails]):
    """The one row. Who changed which limit and when stands in its history."""

    readonly_fields = ("updated_at",)
    fieldsets = (
        ("Stop", {"fields": ("paid_calls_stopped", "supplier_orders_stopped", "live_supplier_orders")}),
        (
            "Pictures, in micro-dollars",
            {
                "fields": (
                    "ai_cap_month_micros",
                    "ai_cap_shop_month_micros",
                    "ai_cap_account_month_micros",
                    "preview_cap_visitor_micros",
                    "candidate_price_micros",
                    "revision_price_micros",
                    "final_price_micros",
                )
            },
        ),
        (
            "Printing, in micro-dollars",
            {
                "fields": (
                    "print_cap_day_micros",
                    "print_cap_month_micros",
                    "print_cap_shop_month_micros",
                    "print_cap_account_month_micros",
                )
            },
        ),
        (
            "Orders",
            {"fields": ("orders_per_day", "max_quantity", "max_total_minor", "new_account_hold", "auto_approve")},
        ),
        ("Work for one account", {"fields": ("designs_per_day", "proofs_per_day", "previews_per_hour")}),
        ("Alerts", {"fields": ("alert_percents", "updated_at")}),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        row = Guardrails.current()
        return HttpResponseRedirect(reverse("admin:billing_guardrails_change", args=[row.pk]))

    def save_model(self, request: HttpRequest, obj: Guardrails, form: Any, change: bool) -> None:
        """Save, and carry new caps into the running periods in the same transaction."""
        obj.save(update_fields=[*form.changed_data, "updated_at"])
        caps.spread(at=timezone.now())

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Each limit with its old and its new value: "fields were changed" answers nobody's question."""
        pairs = [(name, form.initial.get(name), form.cleaned_data[name]) for name in form.changed_data]
        return "; ".join(f"{name}: {old} → {new}" for name, old, new in pairs if old != new) or "No limit changed."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Guardrails | None = None) -> bool:
        return False


@admin.register(Rung)
class RungAdmin(admin.ModelAdmin[Rung]):
    list_display = ("__str__", "kind", "percent", "candidates", "finals", "tier", "extra_run")
    list_filter = ("kind",)
    ordering = ("kind", "percent")


@admin.register(Budget)
class BudgetAdmin(ViewOnly):
    list_display = ("__str__", "meter", "scope", "scope_key", "spent", "reserved", "cap", "overrun")
    list_filter = ("meter", "scope", "period", "overrun", "starts_on")
    search_fields = ("scope_key",)
    ordering = ("-starts_on", "-pk")

    @admin.display(ordering="spent_micros")
    def spent(self, budget: Budget) -> str:
        return dollars(budget.spent_micros)

    @admin.display(ordering="reserved_micros")
    def reserved(self, budget: Budget) -> str:
        return dollars(budget.reserved_micros)

    @admin.display(ordering="cap_micros")
    def cap(self, budget: Budget) -> str:
        return "no limit" if budget.cap_micros is None else dollars(budget.cap_micros)


class HoldMoveInline(admin.TabularInline[HoldMove, Hold]):
    model = HoldMove
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Hold)
class HoldAdmin(ViewOnly):
    list_display = ("key", "meter", "state", "amount", "still_open", "spent", "account_id", "reserved_at")
    list_filter = ("meter", "state", "reserved_at")
    search_fields = ("key", "account_id__exact", "shop_id__exact")
    ordering = ("-reserved_at", "-pk")
    inlines = (HoldMoveInline,)

    @admin.display(ordering="amount_micros")
    def amount(self, hold: Hold) -> str:
        return dollars(hold.amount_micros)

    @admin.display(ordering="open_micros", description="open")
    def still_open(self, hold: Hold) -> str:
        return dollars(hold.open_micros)

    @admin.display(ordering="spent_micros")
    def spent(self, hold: Hold) -> str:
        return dollars(hold.spent_micros)


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ViewOnly):
    list_display = ("at", "key", "meter", "kind", "provider", "model", "amount", "account_id", "corrects_id")
    list_filter = ("meter", "kind", "provider", "at")
    search_fields = ("key", "request_id", "account_id__exact", "shop_id__exact")
    ordering = ("-at", "-pk")
    raw_id_fields = ("hold", "corrects")
    show_full_result_count = False  # counting a million lines for every page
    csv_columns = LEDGER_COLUMNS

    @admin.display(ordering="amount_micros")
    def amount(self, entry: LedgerEntry) -> str:
        return dollars(entry.amount_micros)


@admin.register(AlertSent)
class AlertSentAdmin(ViewOnly):
    list_display = ("at", "budget", "percent", "committed_micros")
    list_filter = ("percent", "at")
    list_select_related = ("budget",)
    ordering = ("-at", "-pk")


@admin.register(Quota)
class QuotaAdmin(ViewOnly):
    list_display = ("subject", "action", "window", "starts_at", "used", "limit")
    list_filter = ("action", "window")
    search_fields = ("subject",)
    ordering = ("-starts_at", "-pk")


@admin.register(Price)
class PriceAdmin(admin.ModelAdmin[Price]):
    list_display = ("format_code", "shop", "amount_minor", "currency")
    list_filter = ("currency", "shop")
    list_select_related = ("shop",)
    search_fields = ("format_code",)
    ordering = ("format_code", "pk")
