"""Watching which API version answers: Shopify never refuses one that it has dropped, it silently runs another."""

import logging
from datetime import datetime, timedelta

from cardmaker.core import events
from cardmaker.core.models import Event

log = logging.getLogger(__name__)
AGAIN_AFTER = timedelta(days=1)
TOLD = "shopify_version"
_told_here: dict[tuple[str, str], datetime] = {}


def watch(domain: str, served: str, pinned: str, *, at: datetime) -> None:
    """Raise the alarm when `served` is not the one we ask for: once a day and shop, whichever process sees it."""
    if served in ("", pinned):
        return
    last = _told_here.get((domain, served))
    if last is not None and at < last + AGAIN_AFTER:
        return
    _told_here[domain, served] = at
    if Event.objects.filter(name=TOLD, subject=domain, at__gt=at - AGAIN_AFTER, facts__served=served).exists():
        return
    log.error("Shopify ran API version %s for %s, we ask for %s", served, domain, pinned)
    events.record(TOLD, at=at, subject=domain, served=served, pinned=pinned)
