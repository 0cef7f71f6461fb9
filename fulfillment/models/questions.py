"""What ops asked a buyer before deciding, and what came back."""

from django.db import models

from cardmaker.core.models import PublicRow
from cardmaker.core.sealing import SealedTextField
from fulfillment.models.orders import Order

MOST_CHARACTERS = 2_000


class Question(PublicRow):
    """One question to the buyer of an Order, mailed once. The answer comes by mail; ops note it here."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="questions")
    text = SealedTextField()
    asked_by = models.CharField(max_length=64, help_text="The staff user's key.")
    mailed_at = models.DateTimeField(null=True, blank=True)
    answer = SealedTextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.CharField(max_length=64, blank=True, help_text="The staff user's key.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_says_when_and_by_whom",
                condition=models.Q(answered_at__isnull=True, noted_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(noted_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"question on {self.order_id}"
