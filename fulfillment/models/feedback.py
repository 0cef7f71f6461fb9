"""What people wrote to us, and what came of it."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from accounts.models import Account
from cardmaker.core.models import PublicRow
from cardmaker.core.sealing import SealedTextField
from fulfillment.models.orders import Order
from fulfillment.models.states import Stateful


class Feedback(PublicRow, Stateful):
    """One message from the feedback page. Who wrote it, what about and what it says is kept sealed."""

    class State(models.TextChoices):
        NEW = "new", "Waits for an answer"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class Subject(models.TextChoices):
        ORDER = "order", "An order of mine"
        QUALITY = "quality", "How something was printed"
        STUDIO = "studio", "The studio or the site"
        IDEA = "idea", "An idea or a wish"
        OTHER = "other", "Something else"

    MOVES: ClassVar[dict[str, set[str]]] = {
        "new": {"answered", "closed"},
        "answered": {"closed", "new"},
        "closed": {"new", "answered"},
    }

    subject = models.CharField(max_length=10, choices=Subject)
    message = SealedTextField(blank=True, default="")
    email = SealedTextField(blank=True, default="")
    reference = SealedTextField(blank=True, default="", help_text="The order or tracking number, as it was typed.")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback")
    proven = models.BooleanField(default=False, help_text="Signed in, or the browser has proven some work.")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["state", "created_at"])]
        permissions = [("answer_feedback", "Can answer feedback")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.created_at:%d %b %Y}"

    def _history(self, before: str, to: str, *, at: datetime, note: str, actor: str) -> "FeedbackEntry | None":
        if before == to:
            return None
        return FeedbackEntry(feedback=self, kind=FeedbackEntry.Kind.STATE, before=before, after=to, by=actor, at=at)


class FeedbackEntry(models.Model):
    """One line of a feedback's history: an answer, a note of ours, or a new state. Append-only."""

    class Kind(models.TextChoices):
        REPLY = "reply", "Answer"
        NOTE = "note", "Note"
        STATE = "state", "State"

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=Kind)
    text = SealedTextField(blank=True, default="")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, blank=True)
    by = models.CharField(max_length=64, help_text="The staff user's key.")
    at = models.DateTimeField()
    mail_begun_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "feedback entries"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.by}"
