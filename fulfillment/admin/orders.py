"""Orders: what waits for a person, with the proof pages in sight."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from fulfillment.admin.verbs import REASONS, VERBS, Press, Verb
from fulfillment.care import dossier
from fulfillment.care.finding import order_keys
from fulfillment.models import Approval, Order, Transition
from fulfillment.panels import picture_of, reasons_of


class Waiting(admin.SimpleListFilter):
    """What ops have to decide now."""

    title, parameter_name = "waiting", "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "For a person")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.waiting() if self.value() else queryset


class OrderActionForm(ActionForm):
    """Beside the action: what to tell, for those that need words."""

    reason = forms.ChoiceField(choices=[("", "Reason to reject"), *((each, each) for each in REASONS)], required=False)
    question = forms.CharField(
        required=False, max_length=2_000, widget=forms.TextInput(attrs={"placeholder": "Question to the buyers"})
    )


@admin.register(Order)
class OrderAdmin(ViewOnly):
    list_display = ["picture", "name", "state_shown", "why", "total_text", "copies", "payment", "age", "shop"]
    list_display_links = ["picture", "name"]
    list_filter = [Waiting, "state", "test", "shop"]
    search_fields = ["name"]  # `get_search_results` looks by more, and by indexes alone
    search_help_text = "Order name or number, email, print reference, tracking number, Shopify id, proof or design."
    list_select_related = ["shop"]
    action_form = OrderActionForm
    actions = [
        "approve_selected",
        "reject_selected",
        "reject_and_refund_selected",
        "ask_selected",
        "reread_selected",
        "export_csv",
    ]
    change_form_template = "admin/fulfillment/order/change_form.html"
    change_list_template = "admin/fulfillment/order/change_list.html"
    csv_columns = (
        "id", "name", "external_ref", "shop__code", "state", "financial_status", "total_minor", "currency", "country",
        "test", "placed_at", "created_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        ours = Order.objects.exclude(state=Order.State.NOT_OURS).defer("email", "address")
        return ours.prefetch_related("lines__proof__files").order_by("-created_at", "-pk")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Order], search_term: str
    ) -> tuple[QuerySet[Order], bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=set(order_keys(search_term))), False

    @admin.display(description="Card")
    def picture(self, order: Order) -> str:
        link = picture_of(order, timezone.now())
        return format_html('<img class="thumb" src="{}" alt="Open {}" loading="lazy">', link, order) if link else "–"

    @admin.display(description="State", ordering="state")
    def state_shown(self, order: Order) -> str:
        return format_html('<span class="state state-{}">{}</span>', order.state, order.get_state_display())

    @admin.display(description="Reasons")
    def why(self, order: Order) -> str:
        tags = ((" blocks" if row["blocks"] else "", row["title"]) for row in reasons_of(order))
        return format_html_join("", '<span class="reason-tag{}">{}</span>', tags) or "–"

    @admin.display(description="Total", ordering="total_minor")
    def total_text(self, order: Order) -> str:
        return str(order.total)

    @admin.display(description="Copies")
    def copies(self, order: Order) -> int:
        return sum(line.quantity for line in order.lines.all())

    @admin.display(description="Payment", ordering="financial_status")
    def payment(self, order: Order) -> str:
        return order.financial_status.lower().replace("_", " ") or "–"

    @admin.display(description="Age", ordering="created_at")
    def age(self, order: Order) -> str:
        return timesince(order.placed_at or order.created_at, depth=1)

    @admin.action(description="Approve for printing", permissions=["approve"])
    def approve_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._each(request, orders, "approve", "Approved")

    @admin.action(description="Reject, with the reason beside", permissions=["approve"])
    def reject_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._each(request, orders, "reject", "Rejected")

    @admin.action(description="Reject and refund, with the reason beside", permissions=["take_back"])
    def reject_and_refund_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._each(request, orders, "reject-and-refund", "Rejected and refunded")

    @admin.action(description="Ask the buyers the question beside", permissions=["approve"])
    def ask_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._each(request, orders, "ask", "Asked about")

    @admin.action(description="Read from the shop again", permissions=["approve"])
    def reread_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        self._each(request, orders, "reread", "Queued")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("fulfillment.approve_order"))

    def has_refund_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("fulfillment.refund_order"))

    def has_take_back_permission(self, request: HttpRequest) -> bool:
        """Both: of several permissions that an action names, Django asks for one."""
        return self.has_approve_permission(request) and self.has_refund_permission(request)

    def _each(self, request: HttpRequest, orders: QuerySet[Order], verb: str, done: str) -> None:
        """The same verb for each, counted; a refusal of one stops no other."""
        press, count, chosen = (
            Press.of(request, timezone.now()),
            0,
            list(orders.defer(None).order_by("created_at", "pk")),
        )
        for order in chosen:
            try:
                VERBS[verb].act(order, press)
                count += 1
            except Refused as refusal:
                self.message_user(request, f"{order}: {refusal}", messages.WARNING)
        self.message_user(request, f"{done} {count} of {len(chosen)} orders.")

    def get_urls(self) -> list[Any]:
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<uuid:order_id>/act/<str:verb>/", act, name="order-act"), *super().get_urls()]

    def act(self, request: HttpRequest, order_id: UUID, verb: str) -> HttpResponse:
        """One button on the order's page or in support. The domain call records who pressed it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=order_id)
        if verb not in VERBS:
            raise Http404("No such button.")
        self._press(request, order, VERBS[verb])
        return HttpResponseRedirect(_back_to(request, order))

    def _press(self, request: HttpRequest, order: Order, verb: Verb) -> None:
        if not request.user.has_perms(verb.permissions):
            raise PermissionDenied
        try:
            message, level = verb.act(order, Press.of(request, timezone.now())), messages.SUCCESS
        except Refused as refusal:
            message, level = str(refusal), messages.ERROR
        except (KeyError, ValueError, ValidationError) as wrong:
            raise Http404("The form lacks something.") from wrong
        self.message_user(request, message, level)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        order = _order_or_404(object_id)
        before, after = dossier.neighbors(order)
        context = {
            "order": order,
            "dossier": dossier.of(order, at=timezone.now()),
            "may_approve": self.has_approve_permission(request),
            "may_refund": self.has_refund_permission(request),
            "reject_reasons": REASONS,
            "before": before,
            "after": after,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})


def _order_or_404(object_id: str) -> Order:
    try:
        return get_object_or_404(Order.objects.select_related("shop"), pk=unquote(object_id))
    except ValidationError as wrong:
        raise Http404("There is no such order.") from wrong


def _back_to(request: HttpRequest, order: Order) -> str:
    """Where the button was: the next order that waits when that was asked for, support, or the order's page."""
    then = request.POST.get("then", "")
    if then == "support":
        return f"{reverse('admin:support')}?q={order.pk}"
    if then == "next":
        before, after = dossier.neighbors(order)
        following = after or before
        if following is None:
            return reverse("admin:index")
        order = following
    return reverse("admin:fulfillment_order_change", args=[order.pk])


@admin.register(Approval)
class ApprovalAdmin(ViewOnly):
    list_display = ["order", "line", "quantity", "proof_digest", "approved_by", "automatic", "at", "voided_at"]
    list_filter = ["automatic", "at"]
    search_fields = ["order__name__exact", "proof_digest__exact", "order__id__exact"]
    list_select_related = ["order", "line"]
    ordering = ["-at", "-pk"]


@admin.register(Transition)
class TransitionAdmin(ViewOnly):
    list_display = ["at", "order", "print_job", "before", "after", "note", "actor"]
    search_fields = ["order__name__exact", "print_job__reference__exact", "order__id__exact"]
    list_select_related = ["order", "print_job"]
    ordering = ["-pk"]
