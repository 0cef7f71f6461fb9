"""What is watched for, and what waits for a person's judgment: protected names, banned pictures, flags, raw inputs."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from accounts.models import Account
from cardmaker.core.models import IllegalMove, PublicRow
from cardmaker.core.sealing import SealedTextField
from designs.models.design import Design


class ProtectedName(models.Model):
    """A name that a prompt may not simply use. `context`: an ambiguous name is meant only beside one of these words."""

    class Kind(models.TextChoices):
        CHARACTER = "character", "Character"
        FRANCHISE = "franchise", "Film, series, game or book"
        BRAND = "brand", "Brand"
        ARTIST = "artist", "Living artist"
        PERSON = "person", "Well-known person"
        TEAM = "team", "Team or league"

    class Action(models.TextChoices):
        BLOCK = "block", "Refuse it"
        REWRITE = "rewrite", "Write the generic description instead"
        REVIEW = "review", "Let it through, for review"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    action = models.CharField(max_length=8, choices=Action)
    aliases = models.JSONField(default=list, blank=True, help_text='Other spellings: ["spider man", "spidey"].')
    context = models.JSONField(
        default=list,
        blank=True,
        help_text='For a name that is also a plain word: ["elsa", "olaf"]. Empty: always meant.',
    )
    generic = models.CharField(max_length=160, blank=True, help_text="What is written instead: “a masked acrobat”.")
    active = models.BooleanField(default=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rewriting_knows_what_to_write", condition=~Q(action="rewrite") | ~Q(generic="")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for field in ("aliases", "context"):
            listed = getattr(self, field)
            if not isinstance(listed, list) or not all(isinstance(word, str) and word.strip() for word in listed):
                raise ValidationError({field: 'A list of words, such as ["elsa", "olaf"].'})
        if self.action == self.Action.REWRITE and not self.generic.strip():
            raise ValidationError({"generic": "Say what is written instead of the name."})


class BannedPicture(PublicRow):
    """A picture that nobody may print again, known by its perceptual hashes alone: 16 hexadecimal digits each."""

    phash = models.CharField(max_length=16, unique=True, editable=False)
    mirrored = models.CharField(max_length=16, editable=False)
    note = models.CharField(max_length=200, help_text="Why, and on whose word.")
    banned_by = models.CharField(max_length=64, editable=False, help_text="The staff user's key.")
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.note or self.phash


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> "FlagQuerySet":
        return self.filter(state=Flag.State.OPEN)

    def standing(self) -> "FlagQuerySet":
        """Open or refused: what they are about is not printed."""
        return self.exclude(state=Flag.State.ALLOWED)


class Flag(PublicRow):
    """One thing that a person must judge. Its subject is a picture, or the use of a text: in a Run or in a Proof."""

    class Subject(models.TextChoices):
        IMAGE = "image", "Picture"
        PHOTO = "photo", "Photo"
        RUN = "run", "Prompt"
        PROOF = "proof", "Words"

    class State(models.TextChoices):
        OPEN = "open", "To be judged"
        ALLOWED = "allowed", "Allowed"
        REFUSED = "refused", "Refused"

    MOVES: ClassVar[dict[str, set[str]]] = {
        "open": {"allowed", "refused"},
        "allowed": {"refused"},
        "refused": {"allowed"},
    }

    subject_kind = models.CharField("about", max_length=8, choices=Subject)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=20)
    score = models.FloatField(null=True, blank=True, help_text="How sure the machine is, 0 to 1; empty for words.")
    withholds = models.BooleanField(default=False, help_text="Nobody sees the picture until it is allowed.")
    excerpt = SealedTextField(blank=True, default="", help_text="The words that it is about, and no more of the text.")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="flags")
    design = models.ForeignKey(Design, null=True, blank=True, on_delete=models.SET_NULL, related_name="flags")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, help_text="The staff user's key.")

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "reason"], name="one_flag_per_reason"),
            models.CheckConstraint(
                name="decided_flag_knows_when", condition=Q(state="open") | Q(decided_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="flags_by_state")]

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()}: {self.reason.replace('_', ' ')}"

    def move(self, to: str, *, at: datetime, by: str) -> None:
        """Decide. Raises IllegalMove: of two people who decide at once exactly one UPDATE matches."""
        sources = [source for source, targets in self.MOVES.items() if to in targets]
        changes: dict[str, Any] = {"state": to, "decided_at": at, "decided_by": by}
        moved = Flag.objects.filter(pk=self.pk, state__in=sources).update(**changes)
        self.refresh_from_db(fields=list(changes))
        if not moved:
            raise IllegalMove(f"This flag is {self.get_state_display().lower()} already.")


class RawInput(PublicRow):
    """A text as it was typed, before personal data was cut out: only where RAW_INPUT_DAYS is set, and only so long."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="raw_inputs")
    subject = models.CharField(max_length=120, help_text="Which field of what: design, page and name.")
    text = SealedTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "subject"], name="one_raw_input_per_field")]
        indexes = [models.Index(fields=["created_at"], name="raw_inputs_by_age")]

    def __str__(self) -> str:
        return self.subject
