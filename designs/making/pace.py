"""How long calls take, from those that were answered: before a Run begins, and while too few of its own are back."""

from collections import defaultdict
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from designs.models import Call

NEWEST = 400  # of a provider's answered calls, among which those like the one that is asked about are sought
MEASURED_CALLS = 20
PACED_CALLS = 4  # from so many of one Run on its pace says more than single calls


def pace_s(*, provider: str, offer_id: int | None, kind: str, stage: str, tier: str) -> float | None:
    """Seconds a call of this model, kind, stage and quality; None before one was measured. One query.

    Of Runs with several calls their pace, which knows how many go at once; else the time of single calls.
    """
    newest = Call.objects.filter(provider=provider, outcome=Call.Outcome.ANSWERED).order_by("-answered_at")
    rows = newest.values_list(
        "run", "sent_at", "answered_at", "offer", "run__design__kind", "run__stage", "request__tier"
    )[:NEWEST]
    wanted = (offer_id, kind, stage, tier)
    likely = [(run, sent, answered) for run, sent, answered, *what in rows if tuple(what) == wanted]
    alike = [(run, sent, answered) for run, sent, answered in likely if sent and answered]
    paces = [_pace_s(times) for times in _by_run(alike).values() if len(times) >= PACED_CALLS]
    spans = [(answered - sent).total_seconds() for _, sent, answered in alike[:MEASURED_CALLS]]
    return median(paces) if paces else median(spans) if spans else None


def own_pace_s(run_id: UUID) -> float | None:
    """Seconds a call, as the last ones of this Run came back; None while there are too few. One query.

    From when the first of them went out: several that go at once come back at once, and would seem to take no time.
    """
    answered = Call.objects.filter(run=run_id, outcome=Call.Outcome.ANSWERED).order_by("-answered_at")
    rows = answered.values_list("sent_at", "answered_at")[: 2 * PACED_CALLS]
    times = [(sent, came) for sent, came in rows if sent and came]
    return _pace_s(times) if len(times) >= PACED_CALLS else None


def _by_run(rows: list[Any]) -> dict[UUID, list[tuple[datetime, datetime]]]:
    found: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for run, sent, answered in rows:
        found[run].append((sent, answered))
    return found


def _pace_s(times: list[tuple[datetime, datetime]]) -> float:
    """From the first that went out to the last that came back, for each of them."""
    began, ended = min(sent for sent, _ in times), max(answered for _, answered in times)
    return (ended - began).total_seconds() / len(times)
