"""Jobs, webhook deliveries, the funnel log, and who did what here.

Nothing is edited: stuck jobs are revived, dead letters replayed.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from cardmaker.core import csvfile, events, jobs
from cardmaker.core.errors import Refused
from cardmaker.core.lists import BoundedPaginator, known_values
from cardmaker.core.models import Change, Event, InboxEvent, Job, OutsideHour
from cardmaker.core.models.job import LANES

# Who sends us deliveries. A filter that asked the rows would read all of them.
SOURCES = ("shopify", "printify", "gooten", "stripe", "fal", "replicate")


class Quick(admin.ModelAdmin[Any]):
    """A list that stays quick among a million rows, and can be taken home as CSV."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions: Sequence[str] = ("export_csv",)
    csv_columns: ClassVar[tuple[str, ...]] = ()

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_csv(self, request: HttpRequest, rows: QuerySet[Any]) -> StreamingHttpResponse:
        return csvfile.download(rows, self.csv_columns or self.columns_shown())

    def columns_shown(self) -> list[str]:
        """Every column of the table, without those that the console does not show."""
        hidden = {*(self.exclude or ()), *(field.name for field in self.opts.concrete_fields if _is_sealed(field))}
        return [field.attname for field in self.opts.concrete_fields if field.name not in hidden]


class ViewOnly(Quick):
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
    list_filter = [
        "state",
        known_values("lane", "lane", lambda: LANES),
        known_values("kind", "kind", lambda: sorted(jobs.KINDS)),
    ]
    search_fields = ["subject__exact", "id__exact"]
    search_help_text = "The key of what it is about, or its own."
    ordering = ["-run_at", "-pk"]
    actions = ["revive", "export_csv"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """With the lanes named the index of due jobs finds the few stuck ones among all that are done."""
        return super().get_queryset(request).filter(lane__in=LANES)

    # ViewOnly answers no to "change", whoever asks: the verb asks for the permission itself.
    def has_revive_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("core.change_job")

    @admin.action(description="Run stuck jobs again", permissions=["revive"])
    def revive(self, request: HttpRequest, stuck: QuerySet[Job]) -> None:
        revived = 0
        for job in stuck.order_by("pk"):
            try:
                job.revive(at=timezone.now())
                self.log_change(request, job, "Revived.")
                revived += 1
            except Refused as refusal:
                self.message_user(request, f"{job}: {refusal}", messages.WARNING)
        self.message_user(request, f"Revived {revived} of {len(stuck)} jobs.")


@admin.register(InboxEvent)
class InboxEventAdmin(ViewOnly):
    # The payload names people and is left out: what matters of it is on the order.
    exclude = ["payload"]
    list_display = ["received_at", "source", "topic", "shop_domain", "state", "external_id", "last_error"]
    list_filter = ["state", known_values("source", "source", lambda: SOURCES)]
    search_fields = ["external_id__exact", "topic__exact", "shop_domain__exact"]
    search_help_text = "The sender's number of the delivery, a topic, or a shop's domain."
    ordering = ["-pk"]
    actions = ["replay", "export_csv"]

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("core.change_inboxevent")

    @admin.action(description="Handle again", permissions=["replay"])
    def replay(self, request: HttpRequest, deliveries: QuerySet[InboxEvent]) -> None:
        for delivery in deliveries.order_by("pk"):
            delivery.replay(at=timezone.now())
            self.log_change(request, delivery, "Replayed.")
        self.message_user(request, f"Queued {len(deliveries)} deliveries again.")


@admin.register(Event)
class EventAdmin(ViewOnly):
    list_display = ["at", "name", "subject", "account_id", "shop_id"]
    list_filter = [known_values("name", "step", lambda: sorted(events.NAMES)), "at"]
    search_fields = ["subject__exact", "account_id__exact"]
    search_help_text = "The key of an order, a proof or a design, or of an account."
    ordering = ["-pk"]


@admin.register(OutsideHour)
class OutsideHourAdmin(ViewOnly):
    list_display = ["starts_at", "name", "calls", "failures", "mean_ms", "slowest_ms", "last_ok_at", "last_failed_at"]
    list_filter = ["name", "starts_at"]
    ordering = ["-starts_at", "name"]

    @admin.display(description="mean ms")
    def mean_ms(self, hour: OutsideHour) -> int | None:
        return round(hour.total_ms / hour.calls) if hour.calls else None


@admin.register(LogEntry)
class LogEntryAdmin(ViewOnly):
    """Who did what in the console, and when."""

    list_display = ["action_time", "user", "content_type", "object_repr", "change_message"]
    list_filter = ["action_time", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_id__exact", "object_repr"]
    ordering = ["-pk"]


@admin.register(Change)
class ChangeAdmin(ViewOnly):
    """Who changed which limit, price or entry, when, from what to what."""

    list_display = ["at", "by", "subject", "field", "old", "new"]
    list_filter = ["at"]
    search_fields = ["subject", "field", "by"]
    ordering = ["-at", "-pk"]


def _is_sealed(field: Any) -> bool:
    return type(field).__name__.startswith("Sealed")
