"""Limits, budgets and the ledger in the console. Limits are edited, with a history; everything else is looked at."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from billing import limits, quota, totals
from billing.export import LEDGER_COLUMNS
from billing.forms import GuardrailsForm
from billing.models import AlertSent, Budget, Guardrails, Hold, HoldMove, LedgerEntry, Price, Quota, Rung
from cardmaker.core.admin import ViewOnly
from cardmaker.core.changes import Remembered
from cardmaker.core.lists import known_values
from cardmaker.core.money import dollars

BUDGET_LOOKUP = "hold__budgets__id__exact"  # the lines that count in one budget
# Who sends us bills. A filter that asked the ledger would read all of it.
PROVIDERS = ("sketch", "bedrock", "openai", "gemini", "fal", "replicate", "gooten", "printify")

# What is counted. A new one is missing in the filter until it is named here, and found by search all the same.
ACTIONS = (
    "order", "auto_approval", "product", "design", "proof", "preview", "photo", "upload", "redraw", "begin:card",
    "begin:calendar", "begin:product_image",
)  # fmt: skip


def _percents() -> list[str]:
    return [*map(str, Guardrails.current().alert_percents), str(AlertSent.OVER_CAP)]


@admin.register(Guardrails)
class GuardrailsAdmin(admin.ModelAdmin[Guardrails]):
    """The one row. Who changed which limit, when, from what to what stands among the changes."""

    readonly_fields = ("updated_at",)
    form = GuardrailsForm
    fieldsets = (
        ("Stop", {"fields": ("paid_calls_stopped", "supplier_orders_stopped", "live_supplier_orders", "seen")}),
        (
            "Pictures, in dollars",
            {
                "fields": (
                    "ai_cap_month_micros",
                    "ai_cap_shop_month_micros",
                    "ai_cap_account_month_micros",
                    "ai_soft_cap_account_month_micros",
                    "preview_cap_visitor_micros",
                    "preview_cap_network_day_micros",
                    "candidate_price_micros",
                    "revision_price_micros",
                    "final_price_micros",
                )
            },
        ),
        (
            "Printing, in dollars",
            {
                "fields": (
                    "print_cap_day_micros",
                    "print_cap_month_micros",
                    "print_cap_shop_month_micros",
                    "print_cap_account_month_micros",
                )
            },
        ),
        ("Orders", {"fields": ("orders_per_day",)}),
        (
            "Approval by machine",
            {"fields": ("auto_approve", "auto_approve_per_day", "max_quantity", "max_total_minor", "new_account_hold")},
        ),
        ("Work for one account", {"fields": ("designs_per_day", "proofs_per_day", "previews_per_hour")}),
        ("Alerts", {"fields": ("alert_percents", "updated_at")}),
    )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        row = Guardrails.current()
        return HttpResponseRedirect(reverse("admin:billing_guardrails_change", args=[row.pk]))

    def save_model(self, request: HttpRequest, obj: Guardrails, form: Any, change: bool) -> None:
        wanted = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        limits.change(by=str(request.user), at=timezone.now(), **wanted)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Each limit with its old and its new value: "fields were changed" answers nobody's question."""
        known = [name for name in form.changed_data if name in form.cleaned_data]
        pairs = [(name, form.initial.get(name), form.cleaned_data[name]) for name in known]
        return "; ".join(f"{name}: {old} → {new}" for name, old, new in pairs if old != new) or "No limit changed."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Guardrails | None = None) -> bool:
        return False


@admin.register(Rung)
class RungAdmin(Remembered):
    list_display = ("__str__", "kind", "percent", "candidates", "finals", "tier", "extra_run", "weekly_quota")
    list_filter = ("kind",)
    ordering = ("kind", "percent")


@admin.register(Budget)
class BudgetAdmin(ViewOnly):
    list_display = ("__str__", "meter", "scope", "scope_key", "spent", "reserved", "cap", "overrun", "lines")
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

    @admin.display(description="ledger")
    def lines(self, budget: Budget) -> str:
        url = reverse("admin:billing_ledgerentry_changelist")
        return format_html('<a href="{}?{}={}">lines</a>', url, BUDGET_LOOKUP, budget.pk)


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
    list_filter = ("meter", "kind", known_values("provider", "provider", lambda: PROVIDERS), "at")
    search_fields = ("key", "request_id", "account_id__exact", "shop_id__exact")
    ordering = ("-at", "-pk")
    raw_id_fields = ("hold", "corrects")
    csv_columns = LEDGER_COLUMNS

    @admin.display(ordering="amount_micros")
    def amount(self, entry: LedgerEntry) -> str:
        return dollars(entry.amount_micros)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == BUDGET_LOOKUP or super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list, and over it what its lines add up to: all that the filters leave, not this page alone."""
        answer = super().changelist_view(request, extra_context)
        changes = (getattr(answer, "context_data", None) or {}).get("cl")
        if changes is not None:
            cast(TemplateResponse, answer).context_data.update(_summed(changes, request.GET))  # type: ignore[union-attr]
        return answer


def _summed(changes: ChangeList, asked: QueryDict) -> dict[str, Any]:
    by_budgets = not set(asked) - {"p", "o", "all"}  # pages and order leave no line out
    found = totals.of_everything() if by_budgets else totals.of_lines(changes.queryset)
    shown = [{"meter": each.meter, "amount": dollars(each.micros), "lines": each.lines} for each in found]
    wanted = str(asked.get(BUDGET_LOOKUP, ""))
    row = Budget.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    agrees = row is not None and row.spent_micros == sum(each.micros for each in found)
    budget = {"row": row, "spent": dollars(row.spent_micros), "agrees": agrees} if row else None
    return {"totals": shown, "by_budgets": by_budgets, "budget": budget}


@admin.register(AlertSent)
class AlertSentAdmin(ViewOnly):
    list_display = ("at", "budget", "percent", "committed_micros")
    list_filter = (known_values("percent", "percent", _percents), "at")
    list_select_related = ("budget",)
    ordering = ("-at", "-pk")


@admin.register(Quota)
class QuotaAdmin(ViewOnly):
    list_display = ("subject", "action", "window", "starts_at", "used", "at_most")
    list_filter = (known_values("action", "action", lambda: ACTIONS), "window")
    search_fields = ("subject",)
    ordering = ("-starts_at", "-pk")

    @admin.display(ordering="limit", description="limit")
    def at_most(self, row: Quota) -> str:
        return "counted only" if row.limit == quota.UNLIMITED else str(row.limit)


@admin.register(Price)
class PriceAdmin(Remembered):
    list_display = ("format_code", "shop", "amount_minor", "currency")
    list_filter = ("currency", "shop")
    list_select_related = ("shop",)
    search_fields = ("format_code",)
    ordering = ("format_code", "pk")
