"""Photos on their way to us: an Upload and the Pieces of it that have arrived."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from accounts.models import Account, Shop
from cardmaker.core.models import PublicRow
from cardmaker.core.sealing import SealedTextField
from designs.models.design import Design, Photo

if TYPE_CHECKING:
    from accounts.identity import Caller


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, caller: "Caller") -> "models.QuerySet[Upload]":
        return caller.owns(self)


class Upload(PublicRow):
    """One file that arrives piece by piece. When it is whole it becomes a Photo, or is refused with the reason."""

    class State(models.TextChoices):
        RECEIVING = "receiving"
        DONE = "done"
        REFUSED = "refused"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="uploads")
    shop = models.ForeignKey(Shop, null=True, on_delete=models.PROTECT, related_name="uploads")
    design = models.ForeignKey(Design, null=True, on_delete=models.SET_NULL, related_name="uploads")
    length = models.PositiveIntegerField(help_text="Bytes that will come.")
    offset = models.PositiveIntegerField(default=0, help_text="Bytes that have come and are safe.")
    piece_count = models.PositiveIntegerField(default=0)
    metadata = SealedTextField(blank=True, default="", help_text="As the client wrote it: it names a person's file.")
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVING)
    photo = models.ForeignKey(Photo, null=True, on_delete=models.SET_NULL, related_name="uploads")
    error = models.JSONField(default=dict, blank=True, help_text="Why it was refused: code, message, details.")
    expires_at = models.DateTimeField(help_text="Then an unfinished one goes with its pieces, a finished one as a row.")

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="upload_does_not_overshoot", condition=Q(offset__lte=F("length"))),
        ]
        indexes = [models.Index(fields=["expires_at"], name="uploads_by_expiry")]

    def __str__(self) -> str:
        return f"{self.offset} of {self.length} bytes"

    @property
    def is_whole(self) -> bool:
        return self.offset == self.length

    @property
    def folder(self) -> str:
        """Where its pieces lie in private storage."""
        return f"uploads/{self.pk.hex}"


class UploadPiece(models.Model):
    """Bytes of an Upload from `offset` on: one stored object, because an S3 object cannot be written on."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    file = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_piece_per_offset")]

    def __str__(self) -> str:
        return f"{self.size_bytes} bytes from {self.offset}"
