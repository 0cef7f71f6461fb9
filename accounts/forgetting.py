"""Deleting what names somebody and is needed no more. Safe to repeat; runs every hour."""

from datetime import timedelta

from django.utils import timezone

from accounts import intake
from accounts.models import AccessToken

FORGET = "accounts.forget"
TOKENS_KEPT = timedelta(days=30)  # after they expire: long enough to look into a complaint


def forget(subject: str = "") -> None:
    """Delete the addresses of finished hours, and tokens that expired a month ago."""
    at = timezone.now()
    intake.forget_before(at)
    AccessToken.objects.filter(expires_at__lt=at - TOKENS_KEPT).delete()
