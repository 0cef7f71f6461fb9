"""What was bought, what speaks against printing it, and who let it through."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid5

from django.db import models

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from cardmaker.core.money import Money
from cardmaker.core.sealing import SealedJSONField, SealedTextField
from designs.models import Proof
from fulfillment.models.catalog import SupplierItem
from fulfillment.models.selling import Product
from fulfillment.models.states import Stateful

if TYPE_CHECKING:
    from accounts.identity import Caller


# Reasons that stand until a person has seen them, whatever the print jobs do meanwhile.
LATE_NEWS = {
    "cancelled_late", "cancelled_too_late", "changed_late", "supplier_cancelled", "part_not_printed", "cancel_refused",
    "refund_refused", "refused_late",
}  # fmt: skip
# Nothing is owed: what was given back was taken off the order's lines, or a person looks at it.
SETTLED = ("PAID", "PARTIALLY_REFUNDED")


NAME_MAX = 40  # characters: shops choose what stands around the number


class OrderQuerySet(models.QuerySet["Order"]):
    def visible_to(self, caller: "Caller") -> "OrderQuerySet":
        """Only the caller's own, in the caller's shop. A stranger sees nothing."""
        if caller.account is None:
            return self.none()
        return self.filter(account=caller.account, shop=caller.shop).exclude(state=Order.State.NOT_OURS)

    def waiting(self) -> "OrderQuerySet":
        """What an ops person has to decide now."""
        return self.filter(state__in=[Order.State.HELD, Order.State.NEEDS_ATTENTION])


class Order(PublicRow, Stateful):
    """One order of one shop. The shop's record is the truth: every read of it is laid over this row."""

    class State(models.TextChoices):
        AWAITING_PAYMENT = "awaiting_payment", "Awaiting payment"
        RECEIVED = "received", "Received"
        HELD = "held", "Waiting for approval"
        APPROVED = "approved", "Approved"
        SUBMITTED = "submitted", "Sent to the printer"
        IN_PRODUCTION = "in_production", "In production"
        PARTLY_SHIPPED = "partly_shipped", "Partly shipped"
        SHIPPED = "shipped", "Shipped"
        DELIVERED = "delivered", "Delivered"
        REJECTED = "rejected", "Rejected"
        CANCELLED = "cancelled", "Cancelled"
        NEEDS_ATTENTION = "needs_attention", "Needs attention"
        REFUNDED = "refunded", "Refunded"
        NOT_OURS = "not_ours", "Not ours"

    MOVES: ClassVar[dict[str, set[str]]] = {
        "awaiting_payment": {"received", "held", "cancelled", "refunded", "not_ours"},
        "received": {"held", "approved", "cancelled", "refunded"},
        "held": {"approved", "rejected", "cancelled", "refunded"},
        "approved": {"held", "submitted", "in_production", "needs_attention", "cancelled", "refunded"},
        "submitted": {
            "in_production", "partly_shipped", "shipped", "delivered", "needs_attention", "cancelled", "refunded",
        },
        "in_production": {"partly_shipped", "shipped", "delivered", "needs_attention", "cancelled", "refunded"},
        # Back to the printer with a reprint, or with what was added to the order later.
        "partly_shipped": {
            "submitted", "in_production", "shipped", "delivered", "needs_attention", "cancelled", "refunded",
        },
        "shipped": {"submitted", "in_production", "partly_shipped", "delivered", "needs_attention", "refunded"},
        "delivered": {"submitted", "in_production", "partly_shipped", "shipped", "needs_attention", "refunded"},
        "needs_attention": {
            "held", "submitted", "in_production", "partly_shipped", "shipped", "delivered", "cancelled", "rejected",
            "refunded",
        },
        "not_ours": {"awaiting_payment"},
    }  # fmt: skip
    # Nothing has gone to a supplier yet, so every change of the shop's order can still be taken over.
    BEFORE_PRINT = ("awaiting_payment", "received", "held", "approved")
    # Nothing is to be done any more, and nobody needs to know who bought it.
    OVER = ("delivered", "rejected", "cancelled", "refunded", "not_ours")

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="orders")
    external_ref = models.CharField(max_length=80, help_text="The shop's id: gid://shopify/Order/…")
    name = models.CharField(max_length=NAME_MAX, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="orders")
    state = models.CharField(max_length=20, choices=State, default=State.AWAITING_PAYMENT)
    reasons = models.JSONField(default=list, blank=True)
    email = SealedTextField(blank=True, default="")
    email_key = models.CharField(max_length=64, blank=True, help_text="Finds the order by its sealed e-mail address.")
    address = SealedJSONField(default=dict, blank=True)
    country = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    total_minor = models.BigIntegerField(default=0)
    financial_status = models.CharField(max_length=24, blank=True)
    outstanding_minor = models.BigIntegerField(default=0, help_text="What the buyer still owes the shop.")
    refunded_minor = models.BigIntegerField(default=0, help_text="What the shop has given back.")
    source = models.CharField(max_length=60, blank=True, help_text="The way it came: web, pos, shopify_draft_order.")
    test = models.BooleanField(default=False)
    placed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    shop_updated_at = models.DateTimeField(null=True, blank=True, help_text="The shop's own version of what we read.")
    read_at = models.DateTimeField(null=True, blank=True)
    held_in_shop_at = models.DateTimeField(null=True, blank=True, help_text="Our hold keeps the shop from shipping.")
    called_off_at = models.DateTimeField(null=True, blank=True, help_text="The shop’s cancelling or refund was heeded.")
    received_mailed_at = models.DateTimeField(null=True, blank=True)
    forget_when_over = models.BooleanField(default=False, help_text="Its buyer was erased while it was under way.")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="Who and where are gone for good.")

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "external_ref"], name="one_order_per_shop_reference")]
        indexes = [
            models.Index(fields=["state", "created_at"]),
            models.Index(fields=["account", "created_at"]),
            models.Index(fields=["-created_at", "-id"], name="orders_newest_first"),
            models.Index(fields=["name"], name="orders_by_name"),
            models.Index(fields=["external_ref"], name="orders_by_shop_reference"),
            models.Index(fields=["email_key"], condition=~models.Q(email_key=""), name="orders_by_email"),
        ]
        permissions = [
            ("approve_order", "Can let an order through to the printer"),
            ("refund_order", "Can give a buyer's money back"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.pk)[:8]

    @staticmethod
    def key_of(shop_id: UUID, external_ref: str) -> UUID:
        """The key of a shop's order: always the same one, so that hearing of it twice needs no look first."""
        return uuid5(shop_id, external_ref)

    @classmethod
    def locked(cls, key: UUID) -> "Order":
        """The row, locked until the transaction ends. An order is always locked before its print jobs."""
        return cls.objects.select_for_update().get(pk=key)

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency or "USD")

    @property
    def paid_in_full(self) -> bool:
        """Nothing is owed for what is left of it; a part may have been given back."""
        return self.financial_status in SETTLED and self.outstanding_minor == 0 and self.cancelled_at is None

    def unseen_news(self) -> list[dict[str, Any]]:
        """What happened after it went to the printer and nobody has dismissed yet."""
        return [reason for reason in self.reasons if reason["code"] in LATE_NEWS]

    def blocking_reasons(self) -> list[dict[str, Any]]:
        """Those that an approval cannot overrule."""
        return [reason for reason in self.reasons if reason.get("blocks")]

    def _history(self, before: str, to: str, *, at: datetime, note: str, actor: str) -> "Transition":
        return Transition(order=self, before=before, after=to, at=at, note=note, actor=actor)


class OrderLine(PublicRow):
    """One line of ours in an Order. It pins the proof's digest and the supplier's item that the buyer confirmed."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    external_ref = models.CharField(max_length=80)
    title = models.CharField(max_length=255, blank=True)
    product = models.ForeignKey(Product, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    proof = models.ForeignKey(Proof, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    proof_digest = models.CharField(max_length=64, blank=True)
    item = models.ForeignKey(SupplierItem, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True, help_text="Why this line must not be printed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "external_ref"], name="one_line_per_order_reference"),
            models.CheckConstraint(
                name="good_line_pins_its_proof",
                condition=~models.Q(problem="")
                | (models.Q(proof__isnull=False) & models.Q(item__isnull=False) & ~models.Q(proof_digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class Approval(PublicRow):
    """Who let an order line through, when, for which digest and quantity, on what checks. No PrintJob without one."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="approvals")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="approvals")
    proof_digest = models.CharField(max_length=64)
    quantity = models.PositiveIntegerField()
    round = models.PositiveSmallIntegerField(default=0, help_text="0: the order itself; above: reprints and additions.")
    approved_by = models.CharField(max_length=64, help_text="The staff user's key, or `automatic`.")
    automatic = models.BooleanField(default=False)
    checks = models.JSONField(default=list)
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "round"],
                condition=models.Q(voided_at__isnull=True),
                name="one_standing_approval_per_line",
            ),
            models.CheckConstraint(name="approval_names_a_digest", condition=~models.Q(proof_digest="")),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="approvals_newest_first")]

    def __str__(self) -> str:
        return f"{self.line_id} by {self.approved_by}"


class Transition(models.Model):
    """One step of an order or of one of its print jobs. Append-only."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="transitions")
    print_job = models.ForeignKey(
        "fulfillment.PrintJob", null=True, blank=True, on_delete=models.CASCADE, related_name="transitions"
    )
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["order", "at"])]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
