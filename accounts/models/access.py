"""How an account gets in: bearer tokens, the private beta's list, what it has asked for lately, what it has proven."""

from datetime import datetime
from ipaddress import ip_network

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone

from accounts.models.people import Account
from accounts.models.shops import Shop
from cardmaker.core.models import PublicRow


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    def live(self, *, at: datetime) -> "AccessTokenQuerySet":
        """Neither expired nor revoked, of an account that was neither merged nor erased, in a shop that is active.

        A token may be issued while a merge or an erasure commits that revoked all the others.
        """
        owned = {"account__merged_into": None, "account__erased_at": None, "shop__active": True}
        return self.filter(revoked_at=None, expires_at__gt=at, **owned)

    def revoke(self, *, at: datetime) -> int:
        """Shut these tokens for good. Safe to repeat: the first time stands."""
        return self.filter(revoked_at=None).update(revoked_at=at)


class AccessToken(PublicRow):
    """A bearer token of an embed or a guest: one account in one shop. Only the digest of its text is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"token {str(self.pk)[:8]}"


def canonical(kind: str, value: str) -> str:
    """An email address in lower case, a network without host bits. Raises ValidationError."""
    value = value.strip().lower()
    try:
        if kind == BetaEntry.Kind.NETWORK:
            return str(ip_network(value, strict=False))
        validate_email(value)
    except ValueError as exc:
        raise ValidationError({"value": "This is not a network, such as 203.0.113.0/24."}) from exc
    except ValidationError as exc:
        raise ValidationError({"value": exc.messages}) from exc
    return value


class BetaEntry(models.Model):
    """Someone let into the private beta: one email address or one network."""

    class Kind(models.TextChoices):
        EMAIL = "email", "Email address"
        NETWORK = "network", "Network"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.CharField(max_length=254, help_text="ada@example.com, or 203.0.113.0/24.")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = "beta entries"
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="beta_entry_once")]

    def clean(self) -> None:
        self.value = canonical(self.kind, self.value)

    def __str__(self) -> str:
        return self.value


class Bucket(models.Model):
    """How much one subject has asked of us lately, kept as the moment when all of it has drained. No row: empty."""

    key = models.CharField(max_length=64, primary_key=True, help_text="A keyed digest: it names no address.")
    empty_at_ms = models.BigIntegerField(help_text="Milliseconds since 1970.")

    class Meta:
        indexes = [models.Index(fields=["empty_at_ms"])]

    def __str__(self) -> str:
        return self.key[:8]


class SpentProof(models.Model):
    """A proof of work that was used. The key makes it good for one use."""

    nonce = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.nonce[:8]
