"""What was handed to suppliers, what they fetched, what they shipped."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from cardmaker.core.models import PublicRow
from designs.models import PrintFile
from fulfillment.models.catalog import SupplierItem
from fulfillment.models.drafts import Draft
from fulfillment.models.orders import Approval, Order, OrderLine, Transition
from fulfillment.models.states import Stateful
from fulfillment.models.tokens import print_token as print_token


class PrintJob(PublicRow, Stateful):
    """One order's lines for one supplier: our request and their answer. Never deleted; a reprint is a new job."""

    class State(models.TextChoices):
        READY = "ready", "Ready to send"
        SUBMITTING = "submitting", "Being sent"
        ACCEPTED = "accepted", "Accepted"
        IN_PRODUCTION = "in_production", "In production"
        PARTLY_SHIPPED = "partly_shipped", "Partly shipped"
        SHIPPED = "shipped", "Shipped"
        DELIVERED = "delivered", "Delivered"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Cancelled"
        NEEDS_ATTENTION = "needs_attention", "Needs attention"

    MOVES: ClassVar[dict[str, set[str]]] = {
        "ready": {"submitting", "cancelled"},
        "submitting": {"ready", "accepted", "rejected", "needs_attention", "cancelled"},
        "accepted": {"in_production", "partly_shipped", "shipped", "delivered", "cancelled", "needs_attention"},
        "in_production": {"partly_shipped", "shipped", "delivered", "cancelled", "needs_attention"},
        "partly_shipped": {"shipped", "delivered", "needs_attention"},
        "shipped": {"delivered", "needs_attention"},
        "rejected": {"ready", "cancelled"},
        "needs_attention": {
            "ready", "accepted", "in_production", "partly_shipped", "shipped", "delivered", "cancelled", "rejected",
        },
    }  # fmt: skip
    # The supplier holds the order and its news must be followed.
    FOLLOWED = ("accepted", "in_production", "partly_shipped", "shipped", "needs_attention")
    OVER = ("rejected", "cancelled")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="print_jobs")
    supplier = models.CharField(max_length=20, choices=SupplierItem.Supplier)
    round = models.PositiveSmallIntegerField(default=0, help_text="0: the order itself; above: reprints and additions.")
    reference = models.CharField(max_length=50, unique=True, help_text="Ours; the supplier finds it again.")
    state = models.CharField(max_length=20, choices=State, default=State.READY)
    supplier_ref = models.CharField(max_length=80, blank=True, db_index=True)
    hold_key = models.CharField(max_length=100)
    cost_minor = models.PositiveIntegerField(help_text="What we expect to pay, goods and shipping.")
    currency = models.CharField(max_length=3, default="USD")
    token = models.CharField(max_length=64, unique=True, default=print_token)
    claimed_at = models.DateTimeField(null=True, blank=True)
    about_to_call_at = models.DateTimeField(
        null=True, blank=True, help_text="Committed before the order is sent: from here on the supplier may have it."
    )
    tries = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    produced_at = models.DateTimeField(
        null=True, blank=True, help_text="The supplier was told to print. An accepted job without it still waits."
    )
    files_checked_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True, help_text="Delivered or cancelled: the file links die later.")
    next_poll_at = models.DateTimeField(null=True, blank=True, db_index=True)
    last_error = models.CharField(max_length=300, blank=True)
    delivered_mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order", "supplier", "round"],
                condition=~Q(state__in=["rejected", "cancelled"]),
                name="one_live_print_job_per_order_and_supplier",
            ),
            models.CheckConstraint(
                name="accepted_job_has_a_supplier_reference",
                condition=~Q(state__in=["accepted", "in_production", "partly_shipped", "shipped", "delivered"])
                | ~Q(supplier_ref=""),
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="print_jobs_newest_first")]

    def __str__(self) -> str:
        return self.reference

    def claim(self, *, at: datetime, settle: timedelta) -> bool:
        """Take the job for submission, or take over from a worker that died. False: someone else has it."""
        abandoned = Q(state=self.State.SUBMITTING) & (Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - settle))
        free = Q(state=self.State.READY) | abandoned
        claimed = PrintJob.objects.filter(free, pk=self.pk).update(state=self.State.SUBMITTING, claimed_at=at)
        self.refresh_from_db(fields=["state", "claimed_at", "about_to_call_at", "tries"])
        return claimed == 1

    def announce_call(self, *, at: datetime) -> bool:
        """Note that the next thing we do is to send the order, so that a successor asks before it sends again.

        False: the job was stopped meanwhile, and nothing may be sent.
        """
        changes = {"about_to_call_at": at, "tries": self.tries + 1}
        if not PrintJob.objects.filter(pk=self.pk, state=self.State.SUBMITTING).update(**changes):
            return False
        self.about_to_call_at, self.tries = at, self.tries + 1
        return True

    @property
    def awaits_production(self) -> bool:
        """The supplier has it, and has not been told to print it yet."""
        return self.state == self.State.ACCEPTED and self.produced_at is None

    def unclaim(self) -> bool:
        """Let go of a job that nothing was sent of, so that the next try need not wait for the settle time."""
        mine = PrintJob.objects.filter(pk=self.pk, state=self.State.SUBMITTING, about_to_call_at__isnull=True)
        return mine.update(state=self.State.READY, claimed_at=None) == 1

    def links_alive(self, *, at: datetime, days: int) -> bool:
        """Whether the supplier may still fetch the files: until `days` after delivery or cancellation."""
        return self.over_at is None or at < self.over_at + timedelta(days=days)

    def _history(self, before: str, to: str, *, at: datetime, note: str, actor: str) -> Transition:
        return Transition(
            order_id=self.order_id, print_job=self, before=before, after=to, at=at, note=note, actor=actor
        )


class PrintJobLine(models.Model):
    """One approved order line in a PrintJob. The approval is not optional: there is no way to print without it."""

    job = models.ForeignKey(PrintJob, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="print_lines")
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="print_lines")
    proof_digest = models.CharField(max_length=64)
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="one_print_line_per_job_and_line")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.line_id}"


CARRIER_MAX, NUMBER_MAX, URL_MAX = 80, 120, 500  # characters: what suppliers say is cut to them before it is stored


class Shipment(PublicRow):
    """One parcel."""

    job = models.ForeignKey(PrintJob, on_delete=models.PROTECT, related_name="shipments")
    carrier = models.CharField(max_length=CARRIER_MAX)
    tracking_number = models.CharField(max_length=NUMBER_MAX)
    tracking_url = models.URLField(max_length=URL_MAX, blank=True)
    line_refs = models.JSONField(default=list, help_text="The order lines inside, by our id.")
    shipped_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    shopify_fulfillment_id = models.CharField(max_length=80, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "tracking_number"], name="one_shipment_per_tracking_number")
        ]
        indexes = [
            models.Index(fields=["tracking_number"], name="shipments_by_number"),
            models.Index(fields=["-shipped_at", "-id"], name="shipments_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"


class FileServe(models.Model):
    """One fetch of a print file by a supplier, with what the bytes hashed to. Append-only."""

    job = models.ForeignKey(PrintJob, null=True, blank=True, on_delete=models.CASCADE, related_name="file_serves")
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="file_serves")
    print_file = models.ForeignKey(PrintFile, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    intact = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_serve_is_of_a_job_or_a_draft", condition=Q(job__isnull=True) ^ Q(draft__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {'intact' if self.intact else 'ALTERED'}"
