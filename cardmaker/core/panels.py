"""The console's panel of the machinery: queues, stuck jobs, dead letters, the last thirty days of the funnel."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from cardmaker.core import jobs, mails
from cardmaker.core.http import health
from cardmaker.core.models import Event, InboxEvent, Job

FUNNEL_DAYS = 30
PREVIEW_TO_PAID_GOAL = 30  # percent


def machinery(at: datetime) -> dict[str, Any]:
    """Five queries, whatever there is."""
    return {
        "stuck": Job.objects.filter(state=Job.State.STUCK).count(),
        "dead_letters": InboxEvent.objects.filter(state=InboxEvent.State.DEAD).count(),
        "lanes": jobs.counts(at=at),
        "health": health(),
    }


def funnel(at: datetime) -> dict[str, Any]:
    """How many designs, proofs, checkouts and payments there were, and what share of proofs was paid, in percent."""
    since = at - timedelta(days=FUNNEL_DAYS)
    rows = Event.objects.filter(at__gte=since).values_list("name").annotate(count=Count("pk"))
    counts = dict(rows)
    shown = [
        {"name": name, "count": counts.get(name, 0)} for name in ("design", "proof", "checkout", "paid", "shipped")
    ]
    proofs = counts.get("proof", 0)
    conversion = round(100 * counts.get("paid", 0) / proofs) if proofs else None
    return {"steps": shown, "days": FUNNEL_DAYS, "conversion": conversion, "goal": PREVIEW_TO_PAID_GOAL}


def mail_kinds(at: datetime) -> dict[str, Any]:
    """How many kinds of mail there are to look at. No query."""
    return {"kinds": len(mails.KINDS)}
