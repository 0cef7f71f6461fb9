"""Product images: what is for sale, how it can be photographed, and the shots planned from both."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Account
from cardmaker.core.models import PublicRow
from designs.models.design import Design, Page

if TYPE_CHECKING:
    from accounts.identity import Caller


class Axis(models.TextChoices):
    """What can vary from shot to shot, in the order in which a prompt names it."""

    ANGLE = "angle"
    BACKGROUND = "background"
    LIGHT = "light"
    SEASON = "season"
    MARKET = "market"


class ShotOptionQuerySet(models.QuerySet["ShotOption"]):
    def on_offer(self) -> "ShotOptionQuerySet":
        return self.filter(active=True).order_by("order", "code")


class ShotOption(models.Model):
    """One way along one axis: what it adds to the description of a shot."""

    code = models.SlugField(primary_key=True, max_length=60)
    axis = models.CharField(max_length=12, choices=Axis)
    title = models.CharField(max_length=80)
    prompt = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ShotOptionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class ProductBriefQuerySet(models.QuerySet["ProductBrief"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[ProductBrief]":
        return self.filter(design__in=Design.objects.visible_to(caller))


class ProductBrief(PublicRow):
    """One product that needs pictures: its description, and what was read out of it, as the person corrected it.

    `attributes`: {"category": text, "materials": [text], "colors": [text], "features": [text], "audience": text}.
    """

    class Source(models.TextChoices):
        PASTED = "pasted"
        CSV = "csv"
        SHOP = "shop"

    design = models.OneToOneField(Design, on_delete=models.CASCADE, related_name="brief")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="briefs")
    source = models.CharField(max_length=8, choices=Source, default=Source.PASTED)
    source_key = models.CharField(max_length=120, blank=True, help_text="The shop's own name for it: a SKU or handle.")
    name = models.CharField(max_length=120)
    description = models.TextField()
    attributes = models.JSONField(default=dict)
    shop_product_id = models.CharField(max_length=120, blank=True, help_text="The product at Shopify.")

    objects = ProductBriefQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "source_key"], condition=~Q(source_key=""), name="one_brief_per_source_key"
            )
        ]

    def __str__(self) -> str:
        return f"brief {str(self.pk)[:8]}"


class Shot(models.Model):
    """One planned picture: a Page whose prompt is the product seen along `options`, {axis: code of a ShotOption}.

    `take` counts shots with the same options from 1.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="shot")
    options = models.JSONField()
    take = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.page_id} take {self.take}"


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Export]":
        return self.filter(brief__in=ProductBrief.objects.visible_to(caller))


class Export(PublicRow):
    """Chosen pictures as files for some places, made one picture after the other. Its files are kept for some days."""

    class State(models.TextChoices):
        QUEUED = "queued"
        DONE = "done"
        CLEARED = "cleared"

    brief = models.ForeignKey(ProductBrief, on_delete=models.CASCADE, related_name="exports")
    images = models.JSONField(help_text="Ids of Images, in order.")
    places = models.JSONField(help_text="Codes of places.")
    ground = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    def __str__(self) -> str:
        return f"export {str(self.pk)[:8]}"


class ExportedFile(models.Model):
    """One picture for one place: a file under the name that the zip has it by, or why there is none."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="files")
    image = models.ForeignKey("designs.Image", on_delete=models.CASCADE, related_name="exported")
    place = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    file = models.CharField(max_length=120, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    enlarged = models.BooleanField(default=False, help_text="It has more pixels than were drawn.")
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["export", "image", "place"], name="one_file_per_picture_and_place")
        ]

    def __str__(self) -> str:
        return self.name


class PictureVote(models.Model):
    """A blind judgment between two pictures of the same product and options. `first` has the smaller key."""

    class Choice(models.TextChoices):
        FIRST = "first"
        SECOND = "second"
        EQUAL = "equal"

    first = models.ForeignKey("designs.Image", on_delete=models.CASCADE, related_name="votes_as_first")
    second = models.ForeignKey("designs.Image", on_delete=models.CASCADE, related_name="votes_as_second")
    choice = models.CharField(max_length=8, choices=Choice)
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="picture_votes")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voter", "first", "second"], name="one_vote_per_pair_and_person"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="pairs_are_in_order"),
        ]

    def __str__(self) -> str:
        return self.choice
