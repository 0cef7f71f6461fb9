"""The print-ready rendering of a Design. Once ready it never changes: the database refuses it (migration 0002)."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from designs.models.catalog import Format, PrintSpec
from designs.models.design import Design

if TYPE_CHECKING:
    from accounts.identity import Caller


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Proof]":
        return caller.owns(self)

    def ready(self) -> "ProofQuerySet":
        return self.filter(state=Proof.State.READY)


class Proof(PublicRow):
    """The immutable print-ready rendering of a Design for one PrintSpec.

    `snapshot` is all that the rendering was made from, `digest` the SHA-256 of the lines "position:sha256\\n" sorted by
    position. `warnings`: [{"code", "level": info|warn|block, "message", "position"}].
    """

    class State(models.TextChoices):
        RENDERING = "rendering"
        READY = "ready"
        FAILED = "failed"

    design = models.ForeignKey(Design, on_delete=models.PROTECT, related_name="proofs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="proofs")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="proofs")
    format = models.ForeignKey(Format, on_delete=models.PROTECT, related_name="proofs")
    print_spec = models.ForeignKey(PrintSpec, on_delete=models.PROTECT, related_name="proofs")
    country = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=State, default=State.RENDERING)
    digest = models.CharField(max_length=64, blank=True)
    snapshot = models.JSONField(default=dict)
    warnings = models.JSONField(default=list, blank=True)
    min_dpi = models.PositiveIntegerField(null=True, blank=True, help_text="None when no page carries a picture.")
    ready_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=400, blank=True)
    withheld = models.CharField(
        max_length=20, blank=True, help_text="Why only ops see its pages: one of its pictures is withheld for this."
    )

    objects = ProofQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ready_proof_has_its_digest",
                condition=~Q(state="ready") | (~Q(digest="") & Q(ready_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["design", "created_at"], name="proofs_of_a_design"),
            models.Index(fields=["-created_at", "-id"], name="proofs_newest_first"),
        ]

    def __str__(self) -> str:
        return f"proof {self.digest[:8] or str(self.pk)[:8]}"

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def image_ids(self) -> list[UUID]:
        """The pictures that it shows."""
        return [UUID(page["image"]) for page in self.snapshot.get("pages", ()) if page.get("image")]

    @property
    def blocked(self) -> bool:
        """Whether one of its warnings forbids printing."""
        return any(warning["level"] == "block" for warning in self.warnings)


class PrintFile(models.Model):
    """One page as it is printed. `preview_file` was decoded from these very bytes; both names are '' once purged."""

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="files")
    position = models.CharField(max_length=40)
    file = models.CharField(max_length=120, blank=True)
    preview_file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    effective_dpi = models.PositiveIntegerField(null=True, blank=True, help_text="None for a page without a picture.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proof", "position"], name="one_print_file_per_position")]

    def __str__(self) -> str:
        return f"{self.position} {self.sha256[:8]}"


class PagePreview(models.Model):
    """A page preview that has been drawn: `digest` covers all that went into it, so it never goes stale."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="previews")
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=120)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    lost = models.JSONField(default=dict, help_text="Shares of the picture cut away: top, right, bottom, left.")
    warnings = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "digest"], name="one_preview_per_content")]

    def __str__(self) -> str:
        return self.digest[:8]
