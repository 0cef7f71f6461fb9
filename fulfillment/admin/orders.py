"""Orders: what waits for a person, with the proof pages in sight."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment import approval, intake
from fulfillment.api.shapes import pages_of
from fulfillment.models import Approval, Order, Transition
from fulfillment.reasons import title_of

Verb = Callable[[Order, HttpRequest], str]


def approve(order: Order, request: HttpRequest) -> str:
    approval.approve(order, by=str(request.user.pk), at=timezone.now())
    return f"{order} is approved: its payment is read again, then it goes to the printer."


def reject(order: Order, request: HttpRequest) -> str:
    note = request.POST.get("note", "").strip() or "rejected by ops"
    approval.reject(order, by=str(request.user.pk), note=note, at=timezone.now())
    return f"{order} is rejected. Refund it in the shop."


def reread(order: Order, request: HttpRequest) -> str:
    enqueue(intake.READ_ORDER, order.pk, account_id=order.account_id, at=timezone.now())
    return f"{order} is read from the shop again."


def dismiss(order: Order, request: HttpRequest) -> str:
    approval.dismiss_news(order, by=str(request.user.pk), at=timezone.now())
    return f"{order} goes on."


VERBS: dict[str, Verb] = {"approve": approve, "reject": reject, "reread": reread, "dismiss": dismiss}


@admin.register(Order)
class OrderAdmin(ViewOnly):
    list_display = ["name", "state", "why", "total_text", "copies", "financial_status", "age", "shop"]
    list_filter = ["state", "test", "shop"]
    search_fields = [
        "name", "external_ref", "id", "print_jobs__reference", "print_jobs__supplier_ref",
        "print_jobs__shipments__tracking_number",
    ]  # fmt: skip
    search_help_text = "Order name or number, our print reference, the supplier's, or a tracking number."
    list_select_related = ["shop"]
    list_per_page = 50
    actions = ["approve_selected"]
    change_form_template = "admin/fulfillment/order/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return (
            Order.objects.exclude(state=Order.State.NOT_OURS).prefetch_related("lines").order_by("-created_at", "-pk")
        )

    @admin.display(description="Reasons")
    def why(self, order: Order) -> str:
        return ", ".join(dict.fromkeys(title_of(reason["code"]) for reason in order.reasons)) or "–"

    @admin.display(description="Total", ordering="total_minor")
    def total_text(self, order: Order) -> str:
        return str(order.total)

    @admin.display(description="Copies")
    def copies(self, order: Order) -> int:
        return sum(line.quantity for line in order.lines.all())

    @admin.display(description="Age", ordering="created_at")
    def age(self, order: Order) -> str:
        return timesince(order.placed_at or order.created_at, depth=1)

    @admin.action(description="Approve for printing", permissions=["approve"])
    def approve_selected(self, request: HttpRequest, orders: QuerySet[Order]) -> None:
        done = 0
        for order in orders.order_by("pk"):
            try:
                approve(order, request)
                done += 1
            except Refused as refusal:
                self.message_user(request, f"{order}: {refusal}", messages.WARNING)
        self.message_user(request, f"Approved {done} of {len(orders)} orders.")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("fulfillment.approve_order"))

    def get_urls(self) -> list[Any]:
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<uuid:order_id>/act/<str:verb>/", act, name="order-act"), *super().get_urls()]

    def act(self, request: HttpRequest, order_id: UUID, verb: str) -> HttpResponse:
        """One button on the order's page. The domain call records who pressed it."""
        if not self.has_approve_permission(request):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=order_id)
        if verb not in VERBS:
            raise Http404("No such button.")
        try:
            message, level = VERBS[verb](order, request), messages.SUCCESS
        except Refused as refusal:
            message, level = str(refusal), messages.ERROR
        self.message_user(request, message, level)
        return HttpResponseRedirect(reverse("admin:fulfillment_order_change", args=[order.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        order = get_object_or_404(Order.objects.select_related("shop"), pk=object_id)
        context = {"order": order, "can_approve": self.has_approve_permission(request), **_details(order)}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})


def _details(order: Order) -> dict[str, Any]:
    """Everything an approver looks at, in a fixed number of queries."""
    now = timezone.now()
    lines = order.lines.select_related("proof__format", "item", "product").prefetch_related("proof__files")
    jobs = order.print_jobs.prefetch_related("shipments", "file_serves__print_file").order_by("created_at")
    return {
        "order_lines": [{"line": line, "pages": pages_of(line.proof, at=now) if line.proof else []} for line in lines],
        "recipient": approval.recipient_of(order),
        "print_jobs": list(jobs),
        "approvals": list(order.approvals.order_by("-at")),
        "steps": list(order.transitions.select_related("print_job").order_by("at", "pk")),
    }


@admin.register(Approval)
class ApprovalAdmin(ViewOnly):
    list_display = ["order", "line", "quantity", "proof_digest", "approved_by", "automatic", "at", "voided_at"]
    list_filter = ["automatic"]
    search_fields = ["order__name", "proof_digest"]
    list_select_related = ["order", "line"]


@admin.register(Transition)
class TransitionAdmin(ViewOnly):
    list_display = ["at", "order", "print_job", "before", "after", "note", "actor"]
    search_fields = ["order__name", "print_job__reference"]
    list_select_related = ["order", "print_job"]
