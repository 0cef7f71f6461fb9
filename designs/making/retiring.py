"""Models end: a daily look warns ops sixty days before, once for each end, and again when one is past it."""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from designs.models import ProviderModel

logger = logging.getLogger(__name__)
WATCH = "designs.watch_models"
WARN_BEFORE = timedelta(days=60)


def watch_models(subject: str = "") -> None:
    """Periodic: one mail about all models whose end has come near since the last look. Safe to repeat."""
    today = timezone.now().date()
    ending = [row for row in soon_ending(today) if row.warned_for != row.retire_after]
    if not ending:
        return
    lines = [_line(row, today) for row in ending]
    logger.warning("%d models end soon", len(ending))
    send_mail(
        f"{len(ending)} models that draw or write for us end soon",
        "\n".join([*lines, "", f"{settings.PUBLIC_URL}/admin/designs/providermodel/", ""]),
        None,
        [settings.OPS_EMAIL],
    )
    # After the mail: a look that dies between the two warns twice rather than never.
    for row in ending:
        ProviderModel.objects.filter(pk=row.pk).update(warned_for=row.retire_after)


def soon_ending(today: date) -> list[ProviderModel]:
    """Models in use that end within sixty days, or have ended, the soonest first. One query."""
    ending = ProviderModel.objects.filter(active=True, retire_after__lte=today + WARN_BEFORE)
    return list(ending.order_by("retire_after", "provider", "model_id", "tier"))


def _line(row: ProviderModel, today: date) -> str:
    assert row.retire_after is not None
    days = (row.retire_after - today).days
    return f"{row}: " + (f"ends on {row.retire_after}, in {days} days" if days >= 0 else f"ended on {row.retire_after}")
