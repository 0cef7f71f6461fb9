"""What a supplier holds of a proof before anybody has ordered it."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from cardmaker.core.models import PublicRow
from designs.models import Proof
from fulfillment.models.catalog import SupplierItem
from fulfillment.models.tokens import print_token


class Draft(PublicRow):
    """A product of one proof at the supplier: uploads, the product, mock-ups of what the supplier adds itself.

    `refs` are the supplier's names for it, each written as soon as it was obtained. `mockups` lists the pictures that
    were copied to our storage: [{"url": theirs, "file": ours}], cover first.
    """

    class State(models.TextChoices):
        PREPARING = "preparing"
        READY = "ready"
        FAILED = "failed"

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="drafts")
    item = models.ForeignKey(SupplierItem, on_delete=models.PROTECT, related_name="drafts")
    refs = models.JSONField(default=dict, blank=True)
    mockups = models.JSONField(default=list, blank=True)
    leftovers = models.JSONField(default=dict, blank=True, help_text="Refs that are to be deleted at the supplier.")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    error = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=64, unique=True, default=print_token)
    started_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(
        null=True, blank=True, help_text="The product is deleted at the supplier; a new order makes another one."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proof", "item"], name="one_draft_per_proof_and_item"),
            models.CheckConstraint(
                name="ready_draft_says_when", condition=~Q(state="ready") | Q(ready_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["cleared_at", "created_at"], name="drafts_to_clear")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Ours, as the supplier's people see it."""
        return f"CM-D-{self.pk.hex[:16].upper()}"

    @property
    def is_at_supplier(self) -> bool:
        """Whether it can be ordered from: the product is there with everything."""
        return self.state == self.State.READY and self.cleared_at is None

    @property
    def shows_mockups(self) -> bool:
        return self.state == self.State.READY and bool(self.mockups)

    def begin_again(self, *, at: datetime) -> bool:
        """Prepare a failed or cleared one afresh, with the refs that are still there. False: under way, or done."""
        over = Q(state=self.State.FAILED) | Q(state=self.State.READY, cleared_at__isnull=False)
        changes = {"state": self.State.PREPARING, "error": "", "started_at": at, "cleared_at": None}
        begun = Draft.objects.filter(over, pk=self.pk).update(**changes) == 1
        self.refresh_from_db()
        return begun

    def keep_ref(self, name: str, ref: str) -> str:
        """Write one ref at once. Answers what is kept: another worker's, if it wrote this name first."""
        with transaction.atomic():
            stored = Draft.objects.select_for_update().get(pk=self.pk)
            self.refs = {name: ref} | stored.refs
            Draft.objects.filter(pk=self.pk).update(refs=self.refs)
        return str(self.refs[name])

    def keep_mockup(self, url: str, file: str) -> None:
        self.mockups = [*self.mockups, {"url": url, "file": file}]
        Draft.objects.filter(pk=self.pk).update(mockups=self.mockups)

    def set_aside(self, *, at: datetime) -> bool:
        """From here on an order prepares it afresh; what is at the supplier may be deleted. False: done before."""
        with transaction.atomic():
            stored = Draft.objects.select_for_update().get(pk=self.pk)
            changes = {"cleared_at": at, "leftovers": stored.refs | stored.leftovers, "refs": {}}
            fresh = Draft.objects.filter(pk=self.pk, cleared_at__isnull=True)
            done = fresh.exclude(state=self.State.PREPARING).update(**changes) == 1
        self.refresh_from_db()
        return done

    def finish(self, *, at: datetime) -> None:
        self._end(self.State.READY, ready_at=at, error="")

    def fail(self, error: str) -> None:
        self._end(self.State.FAILED, error=error[:300])

    def _end(self, state: str, **changes: object) -> None:
        Draft.objects.filter(pk=self.pk, state=self.State.PREPARING).update(state=state, **changes)
        self.refresh_from_db()
