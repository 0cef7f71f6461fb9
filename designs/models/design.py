"""What a person is making: the Design, its Pages, what they show, and the Photos they start from."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from designs.models.catalog import MAX_PICKS, Format, Kind, StyleTemplate

if TYPE_CHECKING:
    from accounts.identity import Caller
    from designs.providers.base import FaceBox


def centered() -> dict[str, Any]:
    """What migration 0001 gave every Page. Kept for it alone: today an empty crop is found for each format."""
    return {"x": 0.5, "y": 0.5, "zoom": 1.0}


class DesignQuerySet(models.QuerySet["Design"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Design]":
        """Only the caller's own. A stranger sees nothing."""
        return caller.owns(self.filter(deleted_at=None))


class Design(PublicRow):
    """What a person is making, in one kind. `version` counts every change that the studio can see."""

    class State(models.TextChoices):
        DRAFT = "draft"
        FINALIZED = "finalized"
        ORDERED = "ordered"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="designs")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="designs")
    kind = models.CharField(max_length=20, choices=Kind)
    format = models.ForeignKey(Format, null=True, on_delete=models.PROTECT, related_name="designs")
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    calendar = models.JSONField(
        default=dict, blank=True, help_text="year, start_month, week_start, locale, holidays, dates. Calendars only."
    )
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text="Hidden at once; its files go with the next job."
    )

    objects = DesignQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "created_at"], name="designs_of_an_account"),
            models.Index(fields=["-created_at", "-id"], name="designs_newest_first"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {str(self.pk)[:8]}"

    @property
    def max_picks(self) -> int:
        """How many Images one Page may show."""
        return MAX_PICKS[Kind(self.kind)]

    def touch(self, *, at: datetime, **changes: Any) -> None:
        """Write `changes` and count a new version, without overwriting what somebody else changed."""
        Design.objects.filter(pk=self.pk).update(version=F("version") + 1, updated_at=at, **changes)
        self.refresh_from_db(fields=["version", "updated_at", "deleted_at", *changes])


class Page(models.Model):
    """One page of a Design. Its pictures are its PagePicks, in order; `words` are printed exactly as written."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="pages")
    position = models.CharField(max_length=40)
    prompt = models.TextField(blank=True)
    style = models.ForeignKey(StyleTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="pages")
    words = models.TextField(blank=True)
    lettering = models.JSONField(default=dict, blank=True, help_text="font, size, align, layout, color, plate")
    crop = models.JSONField(
        default=dict, blank=True, help_text="x and y in 0..1 of the picture, zoom from 1. Empty: found for each format."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "position"], name="one_page_per_position")]

    def __str__(self) -> str:
        return f"{self.position} of {self.design_id}"

    @property
    def picked(self) -> list["PagePick"]:
        """In order. Reads `picks` as prefetched: prefetch `picks__image`."""
        return sorted(self.picks.all(), key=lambda pick: pick.rank)


class PagePick(models.Model):
    """One Image that a Page shows. A Page may pick any Image of its Account."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="picks")
    image = models.ForeignKey("designs.Image", on_delete=models.CASCADE, related_name="picks")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "rank"], name="one_pick_per_rank"),
            models.UniqueConstraint(fields=["page", "image"], name="an_image_once_per_page"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} at {self.rank}"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Photo]":
        return caller.owns(self)


class Photo(PublicRow):
    """An uploaded reference picture of an Account, re-encoded on arrival, without its metadata."""

    class Purpose(models.TextChoices):
        REFERENCE = "reference"
        SCENE = "scene"
        TRAINING = "training"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="photos")
    shop = models.ForeignKey(Shop, null=True, on_delete=models.PROTECT, related_name="photos")
    design = models.ForeignKey(
        Design, null=True, on_delete=models.SET_NULL, related_name="tray", help_text="For which it was sent, if any."
    )
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.REFERENCE)
    file = models.CharField(max_length=120)
    display_file = models.CharField(max_length=120, blank=True)
    thumb_file = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    source_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the bytes that were sent to us.")
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    faces = models.JSONField(default=list, blank=True, help_text="[{left, top, width, height, score}], fractions.")
    advice = models.JSONField(default=list, blank=True, help_text="[{code, level, message}], level is info or warn.")
    unused_since = models.DateTimeField(null=True, blank=True, help_text="Null while a Design starts from it.")
    phash = models.CharField(max_length=16, blank=True, help_text="What it looks like, to be known again.")
    nudity = models.FloatField(null=True, blank=True, help_text="0 to 1. Null: not looked at yet.")
    withheld = models.CharField(
        max_length=20, blank=True, help_text="Why nobody is shown it and nothing starts from it."
    )

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "shop", "source_sha256"],
                condition=~Q(source_sha256=""),
                name="a_photo_once_per_account",
            )
        ]
        indexes = [models.Index(fields=["account", "created_at"], name="photos_of_an_account")]

    def __str__(self) -> str:
        return f"{self.purpose} {str(self.pk)[:8]}"

    def known_faces(self) -> "tuple[FaceBox, ...] | None":
        """Where faces are on it; None when nobody could look for them yet."""
        if not self.faces and all(note["code"] != "no_face" for note in self.advice):
            return None
        return tuple((face["left"], face["top"], face["width"], face["height"]) for face in self.faces)


class DesignPhoto(models.Model):
    """One Photo that a Design starts from, in order."""

    design = models.ForeignKey(Design, on_delete=models.CASCADE, related_name="uses")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="uses")
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "photo"], name="a_photo_once_per_design")]

    def __str__(self) -> str:
        return f"{self.photo_id} at {self.rank}"
