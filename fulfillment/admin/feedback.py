"""Feedback: what waits for an answer, the answer itself, and who gave it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from accounts.models import User
from cardmaker.core.admin import ViewOnly
from cardmaker.core.errors import Refused
from fulfillment.care import feedback
from fulfillment.models import Feedback

Verb = Callable[[Feedback, HttpRequest], str]
DRAFT_KEY = "feedback_draft"


def reply(written: Feedback, request: HttpRequest) -> str:
    feedback.reply(written, request.POST.get("text", ""), by=str(request.user.pk), at=timezone.now())
    return "Your answer is on its way by mail."


def note(written: Feedback, request: HttpRequest) -> str:
    feedback.note(written, request.POST.get("text", ""), by=str(request.user.pk), at=timezone.now())
    return "Noted."


def close(written: Feedback, request: HttpRequest) -> str:
    feedback.close(written, by=str(request.user.pk), at=timezone.now())
    return "Closed."


def reopen(written: Feedback, request: HttpRequest) -> str:
    feedback.reopen(written, by=str(request.user.pk), at=timezone.now())
    return "It waits for an answer again."


VERBS: dict[str, Verb] = {"reply": reply, "note": note, "close": close, "reopen": reopen}


@admin.register(Feedback)
class FeedbackAdmin(ViewOnly):
    list_display = ["created_at", "subject", "beginning", "state", "order", "can_be_answered", "proven"]
    list_filter = ["state", "subject", "proven", "created_at"]
    list_select_related = ["order"]
    search_fields = ["order__name", "id__exact"]
    search_help_text = "Order name, or the message's id. What people wrote is sealed and cannot be searched."
    ordering = ["-created_at", "-pk"]
    change_form_template = "admin/fulfillment/feedback/change_form.html"

    @admin.display(description="Message")
    def beginning(self, written: Feedback) -> str:
        return Truncator(written.message).chars(80) or "–"

    @admin.display(description="Address left", boolean=True)
    def can_be_answered(self, written: Feedback) -> bool:
        return bool(written.email)

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("fulfillment.answer_feedback"))

    def get_urls(self) -> list[Any]:
        act = self.admin_site.admin_view(require_POST(self.act))
        return [path("<uuid:feedback_id>/act/<str:verb>/", act, name="feedback-act"), *super().get_urls()]

    def act(self, request: HttpRequest, feedback_id: UUID, verb: str) -> HttpResponse:
        """One button. What was typed is kept for the next look when it could not be used."""
        if not self.has_answer_permission(request):
            raise PermissionDenied
        written = get_object_or_404(Feedback, pk=feedback_id)
        if verb not in VERBS:
            raise Http404("No such button.")
        try:
            message, level = VERBS[verb](written, request), messages.SUCCESS
        except Refused as refusal:
            message, level = refusal.message, messages.ERROR
            request.session[DRAFT_KEY] = [str(written.pk), request.POST.get("text", "")]
        self.message_user(request, message, level)
        return HttpResponseRedirect(reverse("admin:fulfillment_feedback_change", args=[written.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        written = self.get_object(request, object_id)
        if written is None:
            raise Http404("No such message.")
        facts = {
            "feedback": written,
            "entries": _history(written),
            "can_answer": self.has_answer_permission(request),
            "draft": _draft(request, written),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **facts})


def _history(written: Feedback) -> list[dict[str, Any]]:
    """Two queries: the lines, and the names of those who wrote them."""
    entries = list(written.entries.order_by("at", "pk"))
    staff = {str(user.pk): user.email for user in User.objects.filter(pk__in={entry.by for entry in entries})}
    return [{"entry": entry, "by": staff.get(entry.by, entry.by)} for entry in entries]


def _draft(request: HttpRequest, written: Feedback) -> str:
    kept = request.session.pop(DRAFT_KEY, ["", ""])
    return str(kept[1]) if kept[0] == str(written.pk) else ""
