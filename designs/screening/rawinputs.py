"""Texts as they were typed, before personal data was cut out of them: kept sealed, only where ops switched it on.

`settings.RAW_INPUT_DAYS` is 0 (off) or 7 to 14. One row a field: the last thing that was typed there.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from designs.models import RawInput

FORGET = "designs.forget_raw_inputs"


def keep(account_id: UUID, subject: str, text: str, *, at: datetime) -> None:
    """In the transaction that stores the text as it was admitted. No query while it is switched off."""
    if settings.RAW_INPUT_DAYS and text:
        said = {"text": text, "created_at": at}
        RawInput.objects.update_or_create(account_id=account_id, subject=subject[:120], defaults=said)


def forget(at: datetime) -> int:
    """Delete what is too old; everything once it is switched off. Answers how many. Safe to repeat."""
    old = RawInput.objects.filter(created_at__lt=at - timedelta(days=settings.RAW_INPUT_DAYS))
    return old.delete()[0]


def forget_old(_: str = "") -> None:
    """The periodic job."""
    forget(timezone.now())
