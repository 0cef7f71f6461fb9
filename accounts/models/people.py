"""People who sign in, and the accounts that own everything."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.zones import valid_zone
from cardmaker.core.models import PublicRow


class UserManager(BaseUserManager["User"]):
    """Email addresses are kept in lower case: two spellings must not become two people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who can sign in. What they own hangs on their Account, never on this row."""

    email = models.EmailField(unique=True)
    is_staff = models.BooleanField(default=False, help_text="May sign in to the admin.")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def __str__(self) -> str:
        return self.email


class Account(PublicRow):
    """The owner of everything. A guest gets one at the first POST; logging in merges it into the person's."""

    class Kind(models.TextChoices):
        GUEST = "guest"
        PERSON = "person"
        SHOP = "shop"

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.GUEST)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="account")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    zone = models.CharField(max_length=64, default="UTC", validators=[valid_zone])
    # Where a guest came from, as keys that name nobody. What guests use counts there too: logging out resets nothing.
    device_key = models.CharField(max_length=36, blank=True, default="", editable=False)
    network_key = models.CharField(max_length=36, blank=True, default="", editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    proven_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Until then a guest is not asked for proof of work again."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(merged_into=None) | Q(kind="guest"), name="only_guests_are_merged"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
            models.CheckConstraint(condition=Q(user=None) | Q(kind="person"), name="only_people_sign_in"),
        ]

    def family_ids(self) -> list[UUID]:
        """This account and every guest merged into it: what ledger sums run over. One query."""
        return [self.pk, *Account.objects.filter(merged_into=self.pk).order_by("pk").values_list("pk", flat=True)]

    def resolved(self) -> "Account":
        """The account that owns things now. Only guests are merged, and only into people: one step at most."""
        return self.merged_into or self

    def __str__(self) -> str:
        return f"{self.kind} {str(self.pk)[:8]}"
