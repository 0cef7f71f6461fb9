"""What ops see of designs. Reference data can be edited; what people made is only seen, runs are steered by verbs."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from billing.admin import PROVIDERS
from cardmaker.core import jobs
from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from cardmaker.core.lists import known_values
from designs.console import comparison_admin, provider_admin, screening_admin
from designs.making import calling_back, calls, generation
from designs.making.images import show
from designs.models import (
    Call,
    Design,
    Format,
    Image,
    Photo,
    PrintFile,
    PrintSpec,
    Proof,
    Run,
    StyleTemplate,
    Upload,
)

__all__ = ["comparison_admin", "provider_admin", "screening_admin"]  # their pages are registered with ours
THUMB_SIDE_PX = 120
CALL_COLUMNS = (
    "number", "position", "provider", "model", "outcome", "tries", "share_micros", "actual_micros", "sent_at",
    "answered_at", "error",
)  # fmt: skip
FILE_COLUMNS = ("position", "page", "width_px", "height_px", "effective_dpi", "size_bytes", "sha256")


class NoDelete(admin.ModelAdmin[Any]):
    """Rows that others point at: taken off the offer, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Format)
class FormatAdmin(NoDelete):
    list_display = ["code", "title", "kind", "max_pictures", "fold", "active", "order"]
    list_filter = ["kind", "active"]
    search_fields = ["code", "title"]
    ordering = ["order", "code"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []  # proofs and prices name it


@admin.register(StyleTemplate)
class StyleTemplateAdmin(NoDelete):
    list_display = ["sample", "code", "title", "active", "order"]
    list_display_links = ["sample", "code"]
    list_filter = ["active"]
    search_fields = ["code", "title"]
    readonly_fields = ["sample"]
    ordering = ["order", "code"]

    @admin.display(description="what it looks like")
    def sample(self, style: StyleTemplate) -> str:
        if not style.pk:
            return ""
        address = reverse("style_sample", args=[style.pk])
        return format_html('<img src="{}" alt="Sample of {}" width="120" height="120" loading="lazy">', address, style)


@admin.register(Design)
class DesignAdmin(ViewOnly):
    """Without the pages' texts: they are a person's own words, and nothing ops decide hangs on them."""

    list_display = ["id", "kind", "format", "state", "shop", "account", "created_at", "updated_at", "deleted_at"]
    list_filter = ["kind", "state", "shop"]
    list_select_related = ["format", "shop", "account"]
    search_fields = ["id__exact", "account__id__exact", "account__user__email__exact"]
    exclude = ["title"]
    ordering = ["-created_at", "-pk"]


class CallInline(admin.TabularInline[Call, Run]):
    model = Call
    fields = CALL_COLUMNS
    readonly_fields = CALL_COLUMNS
    extra = 0
    can_delete = False
    ordering = ["number"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Run)
class RunAdmin(ViewOnly):
    list_display = ["id", "stage", "state", "done_calls", "total_calls", "shop", "account", "created_at", "error_code"]
    list_filter = ["state", "stage", "shop"]
    list_select_related = ["shop", "account"]
    search_fields = ["id__exact", "design__id__exact", "account__id__exact"]
    exclude = ["instruction"]
    ordering = ["-created_at", "-pk"]
    inlines = [CallInline]
    actions = ["pause_runs", "resume_runs", "cancel_runs"]

    def has_steer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("designs.change_run")

    @admin.action(description="Pause", permissions=["steer"])
    def pause_runs(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        self._steer(request, runs, generation.pause, "Paused")

    @admin.action(description="Resume", permissions=["steer"])
    def resume_runs(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        self._steer(request, runs, generation.resume, "Resumed")

    @admin.action(description="Cancel", permissions=["steer"])
    def cancel_runs(self, request: HttpRequest, runs: QuerySet[Run]) -> None:
        self._steer(request, runs, generation.cancel, "Cancelled")

    def _steer(self, request: HttpRequest, runs: QuerySet[Run], verb: Callable[..., None], done: str) -> None:
        at, steered = timezone.now(), 0
        for run in runs.order_by("pk"):
            try:
                verb(run, at=at)
                steered += 1
                self.log_change(request, run, f"{done}.")
            except Refused as refusal:
                self.message_user(request, f"{run}: {refusal}", messages.WARNING)
        self.message_user(request, f"{done} {steered} of {len(runs)} runs.")


@admin.register(Call)
class CallAdmin(ViewOnly):
    """Paid calls. Of one whose outcome is not known the money stays held until somebody has asked the provider."""

    list_display = ["id", "run", "position", "provider", "outcome", "share_micros", "actual_micros", "sent_at", "error"]
    list_filter = ["outcome", known_values("provider", "provider", lambda: PROVIDERS)]
    list_select_related = ["run"]
    search_fields = ["id__exact", "run__id__exact", "provider_ref__exact"]
    exclude = ["request"]
    ordering = ["-created_at", "-pk"]
    actions = ["ask_the_provider", "call_was_made", "call_was_not_made"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("designs.change_call")

    @admin.action(description="Ask the provider how it ended", permissions=["decide"])
    def ask_the_provider(self, request: HttpRequest, paid_calls: QuerySet[Call]) -> None:
        """A job asks; where it never told us its number, only its own console can say."""
        askable = paid_calls.exclude(provider_ref="").filter(outcome__in=[Call.Outcome.SENT, Call.Outcome.UNKNOWN])
        asked = [jobs.enqueue(calling_back.ASK, call.pk) for call in askable.order_by("pk")]
        self.message_user(request, f"Asking about {len(asked)} of {len(paid_calls)} calls.")

    @admin.action(description="Made after all: settle at its share", permissions=["decide"])
    def call_was_made(self, request: HttpRequest, paid_calls: QuerySet[Call]) -> None:
        self._decide(request, paid_calls, calls.made_after_all, "Settled")

    @admin.action(description="Nothing was made: give its share back", permissions=["decide"])
    def call_was_not_made(self, request: HttpRequest, paid_calls: QuerySet[Call]) -> None:
        self._decide(request, paid_calls, calls.nothing_was_made, "Released")

    def _decide(self, request: HttpRequest, paid_calls: QuerySet[Call], verb: Callable[..., None], done: str) -> None:
        at, decided = timezone.now(), 0
        for call in paid_calls.select_related("run").order_by("pk"):
            try:
                verb(call, at=at)
                decided += 1
                self.log_change(request, call, f"{done}.")
            except Refused as refusal:
                self.message_user(request, f"{call}: {refusal}", messages.WARNING)
        self.message_user(request, f"{done} {decided} of {len(paid_calls)} calls.")


@admin.register(Image)
class ImageAdmin(ViewOnly):
    list_display = [
        "id",
        "thumb",
        "tier",
        "position",
        "provider",
        "model",
        "seed",
        "cost_micros",
        "account",
        "created_at",
    ]
    list_filter = ["tier", known_values("provider", "provider", lambda: PROVIDERS)]
    list_select_related = ["account"]
    search_fields = ["id__exact", "design__id__exact", "account__id__exact", "sha256__exact"]
    exclude = ["recipe", "description"]
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    actions = ["ban_pictures"]

    def has_ban_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("designs.add_bannedpicture")

    @admin.action(description="Ban: withhold whatever looks like this", permissions=["ban"])
    def ban_pictures(self, request: HttpRequest, chosen: QuerySet[Image]) -> None:
        screening_admin.ban(self, request, chosen, note="chosen among pictures")

    @admin.display(description="Picture")
    def thumb(self, image: Image) -> str:
        return "withheld" if image.withheld else picture(image.thumb_file, image.description, at=timezone.now())


@admin.register(Photo)
class PhotoAdmin(ViewOnly):
    """Without the pictures: they show private people, and nothing ops decide hangs on them."""

    list_display = ["id", "size", "people", "advised", "account", "shop", "design", "created_at", "unused_since"]
    list_filter = ["purpose", "shop"]
    list_select_related = ["account", "shop", "design"]
    search_fields = ["id__exact", "design__id__exact", "account__id__exact", "sha256__exact"]
    exclude = ["file", "display_file", "thumb_file", "faces"]
    ordering = ["-created_at", "-pk"]

    @admin.display(description="Pixels")
    def size(self, photo: Photo) -> str:
        return f"{photo.width_px} × {photo.height_px}"

    @admin.display(description="Faces")
    def people(self, photo: Photo) -> int:
        return len(photo.faces)

    @admin.display(description="Advice")
    def advised(self, photo: Photo) -> str:
        return ", ".join(row["code"] for row in photo.advice)


@admin.register(Upload)
class UploadAdmin(ViewOnly):
    list_display = ["id", "state", "offset", "length", "piece_count", "account", "shop", "created_at", "expires_at"]
    list_filter = ["state", "shop"]
    list_select_related = ["account", "shop"]
    search_fields = ["id__exact", "account__id__exact", "photo__id__exact"]
    exclude = ["metadata"]
    ordering = ["-created_at", "-pk"]


@admin.register(PrintSpec)
class PrintSpecAdmin(ViewOnly):
    list_display = ["supplier", "item_code", "digest", "checked_at", "created_at"]
    list_filter = ["supplier"]
    search_fields = ["item_code", "digest__exact"]
    ordering = ["supplier", "item_code", "-created_at"]


class PrintFileInline(admin.TabularInline[PrintFile, Proof]):
    model = PrintFile
    fields = FILE_COLUMNS
    readonly_fields = FILE_COLUMNS
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Page")
    def page(self, file: PrintFile) -> str:
        return picture(file.preview_file, file.position, at=timezone.now())


@admin.register(Proof)
class ProofAdmin(ViewOnly):
    list_display = ["id", "format", "country", "state", "min_dpi", "digest", "shop", "account", "created_at"]
    list_filter = ["state", "format", "shop"]
    list_select_related = ["format", "shop", "account"]
    search_fields = ["id__exact", "digest__exact", "design__id__exact", "account__id__exact"]
    exclude = ["snapshot", "warnings"]
    readonly_fields = ["told"]
    ordering = ["-created_at", "-pk"]
    inlines = [PrintFileInline]

    @admin.display(description="Warnings")
    def told(self, proof: Proof) -> str:
        lines = ((warning["position"], warning["level"], warning["message"]) for warning in proof.warnings)
        return format_html_join("", "<p>{} ({}): {}</p>", lines)


def picture(name: str, description: str, *, at: datetime) -> str:
    """A small picture for a table; '' when its file was purged."""
    if not name:
        return ""
    return format_html(
        '<img src="{}" alt="{}" width="{}" loading="lazy">', show(name, at=at), description, THUMB_SIDE_PX
    )
