"""Print jobs and parcels: where each is, what was asked, what was fetched."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from cardmaker.core.jobs import enqueue
from fulfillment.models import Draft, FileServe, PrintJob, Shipment
from fulfillment.printing import recovery


@admin.register(PrintJob)
class PrintJobAdmin(ViewOnly):
    list_display = [
        "reference", "state", "waits", "order", "supplier", "supplier_ref", "tries", "submitted_at", "last_error",
    ]  # fmt: skip
    list_filter = ["state", ("produced_at", admin.EmptyFieldListFilter), "supplier"]
    search_fields = ["reference", "supplier_ref", "order__name", "shipments__tracking_number"]
    list_select_related = ["order"]
    exclude = ["token"]
    actions = ["read_again", "ask_supplier", "produce_again", "cancel"]

    @admin.display(description="Not printed yet", boolean=True)
    def waits(self, job: PrintJob) -> bool | None:
        """Accepted by the supplier, which waits for our word to print."""
        return job.awaits_production or None

    @admin.action(description="Read at the supplier now", permissions=["approve"])
    def read_again(self, request: HttpRequest, jobs: QuerySet[PrintJob]) -> None:
        self._queue(request, jobs, "fulfillment.read_print_job")

    @admin.action(description="Ask the supplier whether it has this order", permissions=["approve"])
    def ask_supplier(self, request: HttpRequest, jobs: QuerySet[PrintJob]) -> None:
        self._queue(request, jobs, "fulfillment.ask_supplier")

    @admin.action(description="Have printed what the supplier has accepted", permissions=["approve"])
    def produce_again(self, request: HttpRequest, jobs: QuerySet[PrintJob]) -> None:
        done = 0
        for job in jobs.select_related("order").order_by("pk"):
            try:
                recovery.produce_again(job, at=timezone.now())
                done += 1
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
        self.message_user(request, f"Queued {done} of {len(jobs)} print jobs.", messages.SUCCESS)

    @admin.action(description="Cancel at the supplier", permissions=["approve"])
    def cancel(self, request: HttpRequest, jobs: QuerySet[PrintJob]) -> None:
        self._queue(request, jobs, "fulfillment.cancel_print_job")

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("fulfillment.approve_order"))

    def _queue(self, request: HttpRequest, jobs: QuerySet[PrintJob], kind: str) -> None:
        # Admin actions only enqueue: no outside call may run inside the admin's transaction.
        for job in jobs.select_related("order").order_by("pk"):
            enqueue(kind, job.pk, account_id=job.order.account_id, at=timezone.now())
        self.message_user(request, f"Queued for {len(jobs)} print jobs.", messages.SUCCESS)


@admin.register(Shipment)
class ShipmentAdmin(ViewOnly):
    list_display = ["tracking_number", "carrier", "job", "shipped_at", "delivered_at", "mailed_at"]
    search_fields = ["tracking_number", "job__reference", "job__order__name"]
    list_select_related = ["job"]


@admin.register(FileServe)
class FileServeAdmin(ViewOnly):
    list_display = ["at", "job", "draft", "print_file", "sha256", "intact"]
    list_filter = ["intact"]
    search_fields = ["job__reference", "sha256"]
    list_select_related = ["job", "draft", "print_file"]


@admin.register(Draft)
class DraftAdmin(ViewOnly):
    """What suppliers hold before an order: which of it failed, and why."""

    list_display = ["reference", "state", "item", "proof", "started_at", "ready_at", "cleared_at", "error"]
    list_filter = ["state", "item__supplier"]
    search_fields = ["id", "proof__id", "error"]
    list_select_related = ["item", "proof"]
    exclude = ["token"]
