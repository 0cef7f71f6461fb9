"""What shops ask of us under privacy law."""

from django.db import models

from accounts.models import Shop
from cardmaker.core.models import PublicRow
from cardmaker.core.sealing import SealedJSONField


class PrivacyRequest(PublicRow):
    """One request: what was asked, by when, what was done, by whom. The record stays; who it was about goes."""

    class Topic(models.TextChoices):
        DATA = "customers/data_request", "What do you keep about this customer?"
        CUSTOMER = "customers/redact", "Erase this customer"
        SHOP = "shop/redact", "Erase this shop"

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        SET_ASIDE = "set_aside", "Set aside"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="privacy_requests")
    topic = models.CharField(max_length=24, choices=Topic)
    delivery = models.CharField(max_length=200, unique=True, help_text="The delivery that brought it.")
    subject_digest = models.CharField(max_length=64, blank=True, help_text="Of the customer's number: same or another.")
    told = SealedJSONField(null=True, blank=True)  # who it is about, until it is done
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    done = models.JSONField(default=dict, blank=True, help_text="How many rows of what.")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=64, blank=True, help_text="The staff user's key, or `automatic`.")
    note = models.CharField(max_length=200, blank=True)
    answer = SealedJSONField(null=True, blank=True)  # what the merchant hands on to the customer
    answer_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "asked_at"], name="privacy_of_a_shop")]
        constraints = [
            models.CheckConstraint(
                name="privacy_done_says_when_and_who",
                condition=models.Q(state="open") | (models.Q(done_at__isnull=False) & ~models.Q(done_by="")),
            ),
            models.CheckConstraint(
                name="privacy_done_names_nobody", condition=models.Q(state="open") | models.Q(told__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} of {self.shop_id}"
