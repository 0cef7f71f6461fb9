"""The console's parts about the machinery and the funnel: what is stuck, the queues, other people's services, sales."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from cardmaker.core import figures, jobs, outside
from cardmaker.core.console import Need
from cardmaker.core.figures import Figure
from cardmaker.core.models import Event, InboxEvent, Job
from cardmaker.core.models.job import LANES

STEPS = ("design", "proof", "checkout", "paid", "shipped")
PREVIEW_TO_PAID_GOAL = 30  # percent


def needs(at: datetime) -> list[Need]:
    """Two queries."""
    stuck = Job.objects.filter(lane__in=LANES, state=Job.State.STUCK).count()
    dead = InboxEvent.objects.filter(state=InboxEvent.State.DEAD).count()
    return [
        Need("stuck jobs", stuck, reverse("admin:core_job_changelist") + "?state__exact=stuck", urgent=True),
        Need("dead letters", dead, reverse("admin:core_inboxevent_changelist") + "?state__exact=dead", urgent=True),
    ]


def machinery(at: datetime) -> dict[str, Any]:
    """Queues, and the services that we call. Three queries."""
    return {"lanes": jobs.counts(at=at), "services": outside.services(at=at)}


def funnel(at: datetime) -> dict[str, Any]:
    """How many of each step there were in thirty days, and what share each is of the first, in percent. One query."""
    rows = Event.objects.filter(at__gte=figures.since(at), name__in=STEPS).values_list("name").annotate(Count("pk"))
    counts = dict(rows)
    most = max(counts.values(), default=0)
    steps = [{"name": name, "count": counts.get(name, 0), "of": most} for name in STEPS]
    return {"steps": steps, "days": figures.DAYS}


def conversion(at: datetime) -> list[Figure]:
    """Of those who saw a proof, how many paid. Two queries."""
    recent = Event.objects.filter(at__gte=figures.since(at), account_id__isnull=False)
    buyers = recent.filter(name="paid").values("account_id")
    seen = recent.filter(name="proof").aggregate(
        people=Count("account_id", distinct=True),
        paid=Count("account_id", distinct=True, filter=Q(account_id__in=buyers)),
    )
    share = figures.percent(seen["paid"], seen["people"])
    return [
        Figure(
            key="conversion",
            title="Preview to paid",
            value=figures.NO_DATA if share is None else f"{share:.0f} %",
            goal=f"Goal: more than {PREVIEW_TO_PAID_GOAL} %",
            goal_line=PREVIEW_TO_PAID_GOAL,
            met=None if share is None else share > PREVIEW_TO_PAID_GOAL,
            days=figures.per_day(_shares_a_day(at), at),
            form="{:.0f} %",
            note=f"{seen['paid']} of {seen['people']} people who saw a proof",
            url=reverse("admin:core_event_changelist") + "?name=paid",
        )
    ]


def mail_kinds(at: datetime) -> dict[str, Any]:
    """How many kinds of mail there are to look at. No query."""
    from cardmaker.core import mails

    return {"kinds": len(mails.KINDS)}


def _shares_a_day(at: datetime) -> dict[date, float | None]:
    rows = (
        Event.objects.filter(at__gte=figures.since(at), name__in=["proof", "paid"])
        .annotate(day=TruncDate("at"))
        .values("day")
        .annotate(
            proofs=Count("account_id", distinct=True, filter=Q(name="proof")),
            paid=Count("account_id", distinct=True, filter=Q(name="paid")),
        )
    )
    return {row["day"]: figures.percent(row["paid"], row["proofs"]) for row in rows}
