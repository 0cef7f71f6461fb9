"""What shops asked under privacy law, and what was done about it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from fulfillment.merchants import compliance
from fulfillment.models import PrivacyRequest


@admin.register(PrivacyRequest)
class PrivacyRequestAdmin(ViewOnly):
    """The record. Who a request is about is never shown: whoever has to know is told by the shop."""

    list_display = ["topic", "shop", "state", "asked_at", "due_at", "done_at", "done_by", "counts"]
    list_filter = ["state", "topic", "asked_at"]
    list_select_related = ["shop"]
    search_fields = ["shop__code", "shop__domain", "id__exact", "delivery"]
    ordering = ["-asked_at", "-pk"]
    fields = ["topic", "shop", "delivery", "asked_at", "due_at", "state", "done_at", "done_by", "counts", "note"]
    actions = ["answer_now"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("told", "answer")

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("fulfillment.change_privacyrequest")

    @admin.display(description="What was done")
    def counts(self, asked: PrivacyRequest) -> str:
        return ", ".join(f"{count} {what}" for what, count in asked.done.items()) or "–"

    @admin.action(description="Answer now what is open", permissions=["answer"])
    def answer_now(self, request: HttpRequest, chosen: QuerySet[PrivacyRequest]) -> None:
        answered = 0
        for asked in chosen.filter(state=PrivacyRequest.State.OPEN).order_by("pk"):
            try:
                later = compliance.answer(asked.pk, at=timezone.now(), by=str(request.user.pk))
                answered += later is None
            except Refused as exc:
                self.message_user(request, f"{asked}: {exc.message}", "WARNING")
        self.message_user(request, f"Answered {answered} requests.")
