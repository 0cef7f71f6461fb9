"""Rows that every app stands on."""

from cardmaker.core.models.base import PublicRow
from cardmaker.core.models.changes import Change
from cardmaker.core.models.job import Beat, IllegalMove, Job, Period
from cardmaker.core.models.records import Event, IdempotencyKey, OutsideHour, Reckoning

# Last: the inbox enqueues Jobs, so it needs the rows above.
from cardmaker.core.inbox import InboxEvent  # isort: skip

__all__ = [
    "Beat",
    "Change",
    "Event",
    "IdempotencyKey",
    "IllegalMove",
    "InboxEvent",
    "Job",
    "OutsideHour",
    "Period",
    "PublicRow",
    "Reckoning",
]
