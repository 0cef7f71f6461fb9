"""Calls that go on after they were answered, as fal's and Replicate's do: the clock ends them and tells of it."""

import json
from datetime import datetime

from cardmaker.sandbox import outbox
from cardmaker.sandbox.models import Clock, Generation

from . import fal, replicate

AT_ONCE = 50
TELLERS = {"fal": fal.told, "replicate": replicate.told}
FAILS = ("server_error", "moderated_output", "moderated_prompt", "moderated_input_image", "failed", "cancelled")


def tick(at: datetime) -> None:
    if _stands_still():
        return
    ready = Generation.objects.filter(state=Generation.State.QUEUED, due_at__lte=at).order_by("due_at", "pk")
    for row in list(ready[:AT_ONCE]):
        finish(row, at=at)


def catch_up(row: Generation, *, at: datetime) -> None:
    """End a call that is asked about and whose time is over, however late the clock is; not while it stands still."""
    if row.state == Generation.State.QUEUED and row.due_at <= at and not _stands_still():
        finish(row, at=at)
        row.refresh_from_db()


def finish(row: Generation, *, at: datetime) -> None:
    """End a call, once, and tell whoever waits for it."""
    fails = row.trouble in FAILS and not (row.service == "fal" and row.trouble == "moderated_output")
    state = Generation.State.FAILED if fails else Generation.State.DONE
    queued = Generation.objects.filter(pk=row.pk, state=Generation.State.QUEUED)
    if queued.update(state=state, charged=not fails) and row.webhook:
        row.refresh_from_db()
        body = json.dumps(TELLERS[row.service](row))
        outbox.put(service=row.service, topic="completed", subject=row.key, url=row.webhook, body=body, at=at)


def _stands_still() -> bool:
    return Clock.objects.filter(paused=True).exists()
