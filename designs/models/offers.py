"""Which outside models there are, what they cost, who comes first for what, and how they have been doing."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from designs.models.catalog import Kind
from designs.providers.offers import Model, PriceRule, Purpose, UnusablePrice, capabilities_of

PURPOSES: dict[str, Purpose] = {"image": "image", "upscale": "upscale", "text": "text"}


class Provider(models.TextChoices):
    SKETCH = "sketch", "built-in illustrator"
    OPENAI = "openai", "OpenAI"
    GEMINI = "gemini", "Gemini"
    FAL = "fal", "fal"
    REPLICATE = "replicate", "Replicate"
    BEDROCK = "bedrock", "Bedrock"


class ProviderModelQuerySet(models.QuerySet["ProviderModel"]):
    def offered(self, *, on: date) -> "ProviderModelQuerySet":
        """Switched on and not past its end."""
        return self.filter(Q(retire_after=None) | Q(retire_after__gte=on), active=True)


class ProviderModel(models.Model):
    """One model of one provider in one quality: its id, prices and limits are configuration, never code."""

    class Tier(models.TextChoices):
        DRAFT = "draft"
        FINAL = "final"

    class Purpose(models.TextChoices):
        IMAGE = "image", "draws"
        UPSCALE = "upscale", "enlarges"
        TEXT = "text", "writes"

    provider = models.CharField(max_length=20, choices=Provider)
    model_id = models.CharField(max_length=120, help_text="As the provider spells it; an endpoint at fal.")
    tier = models.CharField(max_length=8, choices=Tier)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.IMAGE)
    price = models.JSONField(
        help_text="Micro-dollars: image, megapixel, or tokens with worst_image; reference for each picture sent along."
    )
    limits = models.JSONField(
        default=dict, blank=True, help_text="longest_px, images, references, reference_px, edits, seeds, upscales."
    )
    shape = models.JSONField(default=dict, blank=True, help_text="Which sizes it draws; see designs.providers.sizing.")
    options = models.JSONField(default=dict, blank=True, help_text="What is added to every call, in its own words.")
    price_source = models.CharField(max_length=200, blank=True, help_text="Where the price was read, and when.")
    retire_after = models.DateField(null=True, blank=True, help_text="The last day on which it may be called.")
    warned_for = models.DateField(null=True, blank=True, editable=False, help_text="The end that ops were told of.")
    active = models.BooleanField(default=True)

    objects = ProviderModelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "model_id", "tier", "purpose"], name="one_row_per_model")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model_id} ({self.tier})"

    def clean(self) -> None:
        try:
            PriceRule.parse(self.price)
        except (UnusablePrice, TypeError, AttributeError) as exc:
            raise ValidationError({"price": str(exc)}) from exc
        for name in ("limits", "shape", "options"):
            if not isinstance(getattr(self, name), dict):
                raise ValidationError({name: "An object in braces."})

    def facts(self) -> Model:
        """The row as its adapter knows it. Raises UnusablePrice."""
        price = PriceRule.parse(self.price)
        facts: dict[str, Any] = {"shape": self.shape, "options": self.options}
        return Model(
            provider=self.provider,
            model_id=self.model_id,
            tier="final" if self.tier == self.Tier.FINAL else "draft",
            capabilities=capabilities_of(self.limits, price),
            price=price,
            purpose=PURPOSES[self.purpose],
            **facts,
        )


class ModelChoice(models.Model):
    """Who draws for a kind and stage: the lowest rank first, the next ones when it cannot.

    Empty speaks for every kind or stage. A kind or stage with choices of its own does not look at the common ones.
    """

    class Stage(models.TextChoices):
        CANDIDATE = "candidate"
        REVISION = "revision"
        FINAL = "final"
        PAGE = "page"
        UPSCALE = "upscale"
        TEXT = "text"

    kind = models.CharField(max_length=20, choices=Kind, blank=True, default="")
    stage = models.CharField(max_length=12, choices=Stage, blank=True, default="")
    rank = models.PositiveSmallIntegerField()
    model = models.ForeignKey(ProviderModel, on_delete=models.CASCADE, related_name="choices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "stage", "model"], name="one_choice_per_model"),
        ]
        indexes = [models.Index(fields=["kind", "stage", "rank"], name="choices_in_order")]

    def __str__(self) -> str:
        return f"{self.kind or 'any kind'}, {self.stage or 'any stage'}: {self.rank}. {self.model}"


class ModelHealth(models.Model):
    """How a model has been doing, as all processes saw it, and its circuit breaker.

    `error_share` and `latency_ms` are running averages in which a call weighs a tenth. While `open_until` lies ahead,
    other choices come first; after it one call is let through to try.
    """

    model = models.OneToOneField(ProviderModel, on_delete=models.CASCADE, related_name="health")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    open_until = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveIntegerField(default=0)
    error_share = models.FloatField(default=0.0)
    latency_ms = models.FloatField(null=True, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=40, blank=True)
    last_error_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "model health"

    def __str__(self) -> str:
        return f"health of {self.model_id}"

    def is_open(self, *, at: datetime) -> bool:
        return self.open_until is not None and self.open_until > at
