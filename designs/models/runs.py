"""Making pictures: the Run (one press of a button), its paid Calls, and the Images that came back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models import Account, Shop
from cardmaker.core.models import IllegalMove, PublicRow
from cardmaker.core.sealing import SealedTextField
from designs.models.design import Design
from designs.models.offers import ProviderModel

if TYPE_CHECKING:
    from accounts.identity import Caller

REF_MAX, VERSION_MAX = 300, 80  # characters


class RunQuerySet(models.QuerySet["Run"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Run]":
        return caller.owns(self.filter(design__deleted_at=None))

    def open(self) -> "RunQuerySet":
        return self.filter(state__in=Run.OPEN)


class Run(PublicRow):
    """One press of a button, over one or many Pages. `version` counts every change that a poll can see."""

    class Stage(models.TextChoices):
        CANDIDATE = "candidate"
        REVISION = "revision"
        FINAL = "final"
        PAGE = "page"

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        PAUSED = "paused"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    OPEN: ClassVar[tuple[str, ...]] = ("queued", "running", "paused")
    MOVES: ClassVar[dict[str, set[str]]] = {
        "queued": {"running", "paused", "cancelled", "failed", "done"},
        "running": {"paused", "cancelled", "failed", "done"},
        "paused": {"queued", "cancelled", "failed", "done"},
        "failed": {"done"},  # an answer that was given up came after all
    }

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="runs")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="runs")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="runs")
    stage = models.CharField(max_length=12, choices=Stage)
    positions = models.JSONField()
    count = models.PositiveSmallIntegerField(help_text="Pictures wanted for each position.")
    parent = models.ForeignKey(
        "designs.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions_run"
    )
    instruction = models.TextField(blank=True)
    notices = models.JSONField(default=list, blank=True, help_text="What was changed in its texts, in sentences.")
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    done_calls = models.PositiveIntegerField(default=0)
    total_calls = models.PositiveIntegerField(default=0)
    hold_key = models.CharField(max_length=120, blank=True)
    idempotency_key = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    error_code = models.CharField(max_length=40, blank=True)
    error_message = models.CharField(max_length=400, blank=True)
    eta_s = models.PositiveIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    notify_email = SealedTextField(blank=True, default="", help_text="A guest's address for the news of this Run.")
    start_mailed_at = models.DateTimeField(null=True, blank=True)
    end_mailed_at = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="one_run_per_idempotency_key",
            ),
            models.CheckConstraint(name="run_does_not_overshoot", condition=Q(done_calls__lte=F("total_calls"))),
        ]
        indexes = [
            models.Index(fields=["design", "created_at"], name="runs_of_a_design"),
            models.Index(fields=["-created_at", "-id"], name="runs_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {str(self.pk)[:8]}"

    @property
    def progress(self) -> int:
        """Whole percent of the Calls that have ended; 100 only when the Run is over."""
        if self.state in (self.State.DONE, self.State.FAILED):
            return 100
        return min(99, 100 * self.done_calls // self.total_calls) if self.total_calls else 0

    def move(self, to: str, *, at: datetime, **changes: Any) -> None:
        """Change state and count a version. Raises IllegalMove: of two racing callers exactly one UPDATE matches."""
        sources = [source for source, targets in self.MOVES.items() if to in targets]
        moved = Run.objects.filter(pk=self.pk, state__in=sources).update(state=to, version=F("version") + 1, **changes)
        self.refresh_from_db(fields=["state", "version", *changes])
        if not moved:
            raise IllegalMove(f"This run is {self.state}: it cannot become {to}.")


class CallQuerySet(models.QuerySet["Call"]):
    def ended(self) -> "CallQuerySet":
        return self.filter(outcome__in=Call.ENDED)


class Call(PublicRow):
    """One paid request inside a Run: our key is its id, its share of the Run's hold is `share_micros`."""

    class Outcome(models.TextChoices):
        PLANNED = "planned"
        SENT = "sent"
        ANSWERED = "answered"
        FAILED = "failed"
        UNKNOWN = "unknown"

    ENDED: ClassVar[tuple[str, ...]] = ("answered", "failed", "unknown")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="calls")
    position = models.CharField(max_length=40)
    number = models.PositiveIntegerField(help_text="Its place in the Run, from 0.")
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120, blank=True)
    offer = models.ForeignKey(
        ProviderModel, null=True, blank=True, on_delete=models.PROTECT, related_name="calls",
        help_text="The outside model it is with; none for a built-in provider.",
    )  # fmt: skip
    hops = models.JSONField(
        default=list, blank=True, help_text="Who could not make it: [{offer, provider, model, reason, at}]."
    )
    request = models.JSONField(help_text="The request, with pictures by their Image id.")
    share_micros = models.BigIntegerField()
    actual_micros = models.BigIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.PLANNED)
    tries = models.PositiveSmallIntegerField(default=0)
    provider_ref = models.CharField(max_length=REF_MAX, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=400, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_call_per_number"),
            models.CheckConstraint(
                name="sent_call_knows_when",
                condition=Q(sent_at__isnull=False) | ~Q(outcome__in=["sent", "answered", "unknown"]),
            ),
            models.CheckConstraint(
                name="answered_call_knows_when", condition=Q(answered_at__isnull=False) | ~Q(outcome="answered")
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "outcome", "answered_at"], name="recent_calls_of_a_provider"),
            models.Index(fields=["provider_ref"], condition=~Q(provider_ref=""), name="calls_by_their_ref"),
            models.Index(fields=["created_at"], condition=Q(outcome="unknown"), name="calls_of_unknown_outcome"),
            models.Index(fields=["-created_at", "-id"], name="calls_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.run_id}"

    @property
    def key(self) -> str:
        """Our name for it at the provider and in the ledger."""
        return f"call:{self.pk}"


class ImageQuerySet(models.QuerySet["Image"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Image]":
        return caller.owns(self)


class Image(PublicRow):
    """One picture that a Call made. Printing takes `file`; people are shown `display_file` and `thumb_file` only."""

    class Tier(models.TextChoices):
        DRAFT = "draft"
        FINAL = "final"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="images")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="images")
    design = models.ForeignKey(Design, null=True, on_delete=models.SET_NULL, related_name="images")
    call = models.ForeignKey(Call, null=True, on_delete=models.SET_NULL, related_name="images")
    number = models.PositiveSmallIntegerField(default=0, help_text="Its place in the Call's answer.")
    position = models.CharField(max_length=40)
    tier = models.CharField(max_length=8, choices=Tier)
    file = models.CharField(max_length=120)
    display_file = models.CharField(max_length=120)
    thumb_file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    model_width_px = models.PositiveIntegerField(help_text="What the model made; print dpi is computed from it.")
    model_height_px = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="revisions")
    candidate = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="finals")
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    model_version = models.CharField(max_length=VERSION_MAX, blank=True)
    seed = models.BigIntegerField(default=0)
    prompt_digest = models.CharField(max_length=64)
    recipe = models.JSONField(default=dict)
    description = models.TextField(blank=True, help_text="Alternative text.")
    cost_micros = models.BigIntegerField(default=0)
    sights = models.JSONField(
        null=True, blank=True, help_text="What a crop must keep in sight. Null: not looked at yet."
    )
    phash = models.CharField(max_length=16, blank=True, help_text="What it looks like, to be known again.")
    nudity = models.FloatField(null=True, blank=True, help_text="0 to 1. Null: not looked at yet.")
    withheld = models.CharField(max_length=20, blank=True, help_text="Why nobody is shown it and it is not printed.")

    objects = ImageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_image_per_output"),
            models.CheckConstraint(
                name="final_pixels_cover_the_model",
                condition=Q(width_px__gte=F("model_width_px"), height_px__gte=F("model_height_px")),
            ),
        ]
        indexes = [
            models.Index(fields=["design", "created_at"], name="images_of_a_design"),
            models.Index(fields=["-created_at", "-id"], name="images_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.position} {str(self.pk)[:8]}"
