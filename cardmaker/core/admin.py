"""Jobs, webhook deliveries and the funnel log. Nothing is edited: stuck jobs are revived, dead letters replayed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.core.errors import Refused
from cardmaker.core.models import Event, InboxEvent, Job


class ViewOnly(admin.ModelAdmin[Any]):
    """Everything can be seen and searched, nothing added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(ViewOnly):
    list_display = ["kind", "state", "subject", "lane", "attempts", "run_at", "finished_at", "last_error"]
    list_filter = ["state", "lane", "kind"]
    search_fields = ["subject", "kind", "id"]
    actions = ["revive"]

    # ViewOnly answers no to "change", whoever asks: the verb asks for the permission itself.
    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("core.change_job")

    @admin.action(description="Run stuck jobs again", permissions=["revive"])
    def revive(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        revived = 0
        for job in jobs.order_by("pk"):
            try:
                job.revive(at=timezone.now())
                revived += 1
            except Refused as refusal:
                self.message_user(request, f"{job}: {refusal}", messages.WARNING)
        self.message_user(request, f"Revived {revived} of {len(jobs)} jobs.")


@admin.register(InboxEvent)
class InboxEventAdmin(ViewOnly):
    # The payload names people and is left out: what matters of it is on the order.
    exclude = ["payload"]
    list_display = ["received_at", "source", "topic", "shop_domain", "state", "external_id", "last_error"]
    list_filter = ["state", "source", "topic"]
    search_fields = ["external_id"]
    actions = ["replay"]

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("core.change_inboxevent")

    @admin.action(description="Handle again", permissions=["replay"])
    def replay(self, request: HttpRequest, deliveries: QuerySet[InboxEvent]) -> None:
        for delivery in deliveries.order_by("pk"):
            delivery.replay(at=timezone.now())
        self.message_user(request, f"Queued {len(deliveries)} deliveries again.")


@admin.register(Event)
class EventAdmin(ViewOnly):
    list_display = ["at", "name", "subject", "account_id", "shop_id"]
    list_filter = ["name"]
    search_fields = ["subject"]
