"""The ledger of what we spend."""

from typing import Any

from django.db import models
from django.db.models import Q

from billing.models.budgets import Hold, Meter

REQUEST_ID_MAX = 200  # characters: what providers call a call by is cut to them before it is stored


class LedgerEntry(models.Model):
    """One line of spend in micro-dollars. Append-only: the database refuses changes and deletion.

    A refund, or a difference to an invoice, is a further line that names the one it corrects. The single column that
    may change is `account_id`, when an account is erased and its lines get a pseudonym.
    """

    class Kind(models.TextChoices):
        CHARGE = "charge"
        REFUND = "refund"
        CORRECTION = "correction"
        FAILED = "failed"

    key = models.CharField(max_length=120, unique=True)
    meter = models.CharField(max_length=8, choices=Meter.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120, blank=True)
    units = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    request_id = models.CharField(max_length=REQUEST_ID_MAX, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    amount_micros = models.BigIntegerField(help_text="Signed: negative came back to us.")
    original_amount = models.CharField(max_length=40, blank=True)
    original_currency = models.CharField(max_length=3, default="USD")
    rate = models.CharField(max_length=40, default="1", help_text="Dollars for one unit of the original currency.")
    account_id = models.UUIDField()
    shop_id = models.UUIDField()
    hold = models.ForeignKey(Hold, null=True, on_delete=models.PROTECT, related_name="entries")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["refund", "correction"], corrects__isnull=False)
                | Q(kind__in=["charge", "failed"], corrects__isnull=True),
                name="corrections_name_their_line",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["charge", "failed"]) | Q(amount_micros__gte=0), name="charges_are_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["account_id", "at"], name="ledger_account"),
            models.Index(fields=["-at", "-id"], condition=~Q(kind="charge"), name="ledger_not_charges"),
            models.Index(fields=["shop_id", "at"], name="ledger_shop"),
            models.Index(fields=["at"], name="ledger_at"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A ledger line is never changed: write a further line that corrects it.")
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.key
