"""What can be made, how it can look, and the exact pixels a supplier wants. Reference data, from fixtures and syncs."""

from typing import Any

from django.db import models

from cardmaker.core.models import PublicRow


class Kind(models.TextChoices):
    CARD = "card"
    CALENDAR = "calendar"
    PRODUCT_IMAGE = "product_image"
    POST = "post"
    MERCH = "merch"


# How many Images one Page of a kind may show, in order.
SHOT = "shot-"  # "shot-001" is the first picture planned for a product
MAX_PICKS = {Kind.CARD: 1, Kind.CALENDAR: 1, Kind.PRODUCT_IMAGE: 1, Kind.POST: 9, Kind.MERCH: 1}


def shot_position(number: int) -> str:
    """What the n-th shot of a product is called, from 1."""
    return f"{SHOT}{number:03d}"


class FormatQuerySet(models.QuerySet["Format"]):
    def on_offer(self) -> "FormatQuerySet":
        return self.filter(active=True).order_by("order", "code")


class Format(models.Model):
    """A thing that can be made. Lengths are micrometres of the trimmed page; `positions` lists its pages in order.

    A product's pictures have no fixed pages: as many shots as were planned, at most `max_pictures`.
    """

    class Fold(models.TextChoices):
        NONE = "none"
        SIDE = "side"
        TOP = "top"

    code = models.SlugField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=120)
    trim_w_um = models.PositiveIntegerField()
    trim_h_um = models.PositiveIntegerField()
    positions = models.JSONField(help_text='[{"position", "title", "picture": may it carry a picture}]')
    max_pictures = models.PositiveSmallIntegerField(help_text="How many of its pages may carry a picture.")
    bleed_um = models.PositiveIntegerField()
    safe_um = models.PositiveIntegerField(help_text="How far words and faces stay inside the trim line.")
    binding_safe_um = models.PositiveIntegerField(
        default=0, help_text="The same at the edge where sheets are bound; 0: as at the others."
    )
    fold = models.CharField(max_length=8, choices=Fold, default=Fold.NONE)
    binding_edge = models.CharField(max_length=8, blank=True)
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = FormatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    @property
    def position_names(self) -> list[str]:
        return [entry["position"] for entry in self.positions]

    @property
    def picture_positions(self) -> list[str]:
        if self.kind == Kind.PRODUCT_IMAGE:
            return [shot_position(number) for number in range(1, self.max_pictures + 1)]
        return [entry["position"] for entry in self.positions if entry["picture"]]

    def entry(self, position: str) -> dict[str, Any]:
        """What the Format says about one position. Raises KeyError when it has no such page."""
        for entry in self.positions:
            if entry["position"] == position:
                return dict(entry)
        if self.kind == Kind.PRODUCT_IMAGE and position in self.picture_positions:
            return {"position": position, "title": f"Shot {int(position.removeprefix(SHOT))}", "picture": True}
        raise KeyError(position)


class StyleQuerySet(models.QuerySet["StyleTemplate"]):
    def on_offer(self) -> "StyleQuerySet":
        return self.filter(active=True).order_by("order", "code")


class StyleTemplate(models.Model):
    """A look: what it adds to every prompt, and its colors as "#rrggbb", most important first."""

    code = models.SlugField(primary_key=True, max_length=60)
    title = models.CharField(max_length=80)
    prompt_suffix = models.CharField(max_length=400, blank=True)
    negative = models.CharField(max_length=400, blank=True)
    swatch = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = StyleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class PrintSpec(PublicRow):
    """Exact pixels per position for one supplier item: read from the supplier, never computed.

    `positions`: [{"position", "space_id", "index", "width_px", "height_px", "bleed_px": {"top", "right", "bottom",
    "left"}, "dpi"}]. A spec that changes at the supplier is a new row: proofs keep the one they were made for.
    """

    supplier = models.CharField(max_length=20)
    item_code = models.CharField(max_length=120)
    positions = models.JSONField()
    digest = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True, blank=True, help_text="When the supplier last confirmed it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "item_code", "digest"], name="one_print_spec_per_content")
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.item_code} {self.digest[:8]}"

    @property
    def position_names(self) -> list[str]:
        return [entry["position"] for entry in self.positions]
