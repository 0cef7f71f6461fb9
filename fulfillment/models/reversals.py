"""What is taken back: money given back by the shop, and orders that we had it cancel."""

from django.db import models
from django.db.models import Q

from cardmaker.core.models import PublicRow
from cardmaker.core.money import Money
from fulfillment.models.orders import Order


class Refund(PublicRow):
    """Money given back: asked for by us, or done in the shop. The key is the call's idempotency key at Shopify.

    `lines` are taken off the order with it: [{"line": gid, "quantity": n}]. `plan` is what was sent, so that a repeat
    sends exactly the same. Without lines, delivery and amount it is everything that is left.
    """

    class State(models.TextChoices):
        WANTED = "wanted", "Being given back"
        DONE = "done", "Given back"
        REFUSED = "refused", "Refused by the shop"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="refunds")
    state = models.CharField(max_length=8, choices=State, default=State.WANTED)
    lines = models.JSONField(default=list, blank=True)
    delivery = models.BooleanField(default=False, help_text="What was paid for delivery is given back too.")
    amount_minor = models.PositiveBigIntegerField(null=True, blank=True, help_text="Empty: what the shop reckons.")
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=64, blank=True, help_text="The staff user’s key; empty: done in the shop.")
    plan = models.JSONField(default=dict, blank=True)
    about_to_call_at = models.DateTimeField(null=True, blank=True)
    shop_ref = models.CharField(max_length=80, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "shop_ref"], condition=~Q(shop_ref=""), name="one_refund_per_shop_reference"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="wanted"), name="one_refund_under_way_per_order"
            ),
            models.CheckConstraint(
                name="done_refund_says_how_much",
                condition=~Q(state="done")
                | (Q(amount_minor__isnull=False) & ~Q(shop_ref="") & Q(done_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Ours, in the note that the shop keeps: by it a refund is found again."""
        return f"CM-R-{self.pk.hex[:16].upper()}"

    @property
    def amount(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)


class Cancellation(PublicRow):
    """Ops want an order cancelled: stopped at the suppliers first, then cancelled and given back in the shop."""

    class State(models.TextChoices):
        WANTED = "wanted", "Being cancelled"
        DONE = "done", "Cancelled"
        TOO_LATE = "too_late", "Too late: it is printed"
        REFUSED = "refused", "Refused by the shop"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="cancellations")
    state = models.CharField(max_length=8, choices=State, default=State.WANTED)
    gives_back = models.BooleanField(default=True, help_text="The buyer’s money is given back with it.")
    note = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=64)
    over_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="wanted"), name="one_cancellation_under_way_per_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} by {self.actor}"

    def end(self, state: str, *, error: str = "", **changes: object) -> bool:
        """From WANTED to `state`. False: another worker was faster."""
        wanted = Cancellation.objects.filter(pk=self.pk, state=self.State.WANTED)
        ended = wanted.update(state=state, last_error=error[:300], **changes) == 1
        self.refresh_from_db()
        return ended
