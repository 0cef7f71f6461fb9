"""Deleting what names somebody and is needed no more. Safe to repeat; runs every hour."""

from datetime import timedelta

from django.utils import timezone

from accounts import buckets, proofofwork
from accounts.models import AccessToken

FORGET = "accounts.forget"
TOKENS_KEPT = timedelta(days=30)  # after they expire: long enough to look into a complaint


def forget(subject: str = "") -> None:
    """Delete buckets that are empty, proofs of work that nobody can use again, and tokens that expired a month ago."""
    at = timezone.now()
    buckets.forget_empty(at=at)
    proofofwork.forget_spent(at=at)
    AccessToken.objects.filter(expires_at__lt=at - TOKENS_KEPT).delete()
