"""The console's parts about making pictures: what a person must judge, how long it takes, how well it works."""

from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, FloatField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, TruncDate

from cardmaker.core import figures
from cardmaker.core.console import Need, list_of
from cardmaker.core.figures import Figure
from cardmaker.core.models import Event
from designs.models import Call
from designs.screening import flags

SUCCESS_GOAL = 95  # percent
PREVIEW_GOAL_S = 15 * 60
PREVIEWS = ("candidate", "page")  # the stages in which a prompt becomes a picture for the first time
LATEST = 2_000  # runs whose times the percentiles are taken from


def calls_to_clear_up(at: datetime) -> list[Need]:
    """One query."""
    unknown = Call.objects.filter(outcome=Call.Outcome.UNKNOWN).count()
    return [
        Need("image calls of unknown outcome", unknown, list_of("designs_call", "outcome__exact=unknown"), urgent=True)
    ]


def flags_to_judge(at: datetime) -> list[Need]:
    """One query."""
    return [Need("flags to judge", flags.open_flags().count(), list_of("designs_flag", "state__exact=open"))]


def making(at: datetime) -> list[Figure]:
    """How many runs brought pictures, and how long a first picture takes. Two queries."""
    ended = Event.objects.filter(name="run_finished", at__gte=figures.since(at), at__lte=at)
    days = list(_by_day(ended.exclude(facts__state="cancelled")))
    newest = ended.filter(facts__stage__in=PREVIEWS, facts__state="done").order_by("-at", "-pk")
    spans = [fact["seconds"] for fact in newest.values_list("facts", flat=True)[:LATEST] if "seconds" in fact]
    return [_success(days, at), _preview_time(days, spans, at)]


def _by_day(ended: QuerySet[Event]) -> Any:
    first = Q(facts__stage__in=PREVIEWS, facts__state="done")
    seconds = Cast(KeyTextTransform("seconds", "facts"), FloatField())
    return (
        ended.annotate(day=TruncDate("at"))
        .values("day")
        .annotate(ended=Count("pk"), made=Count("pk", filter=Q(facts__state="done")), took=Avg(seconds, filter=first))
    )


def _success(days: list[dict[str, Any]], at: datetime) -> Figure:
    made, ended = sum(day["made"] for day in days), sum(day["ended"] for day in days)
    share = figures.percent(made, ended)
    return Figure(
        key="success",
        title="Generation success",
        value=figures.NO_DATA if share is None else f"{share:.1f} %",
        goal=f"Goal: more than {SUCCESS_GOAL} %",
        goal_line=SUCCESS_GOAL,
        met=None if share is None else share > SUCCESS_GOAL,
        days=figures.per_day({day["day"]: figures.percent(day["made"], day["ended"]) for day in days}, at),
        form="{:.1f} %",
        note=f"{made} of {ended} runs brought pictures",
        url=list_of("designs_run", "state__exact=failed"),
    )


def _preview_time(days: list[dict[str, Any]], spans: list[float], at: datetime) -> Figure:
    middle, slow = figures.percentile(spans, 0.5), figures.percentile(spans, 0.95)
    minutes = {day["day"]: None if day["took"] is None else day["took"] / 60 for day in days}
    return Figure(
        key="preview-time",
        title="Prompt to preview",
        value=figures.NO_DATA if middle is None else f"{figures.span(middle)} · p95 {figures.span(slow)}",
        goal=f"Goal: less than {PREVIEW_GOAL_S // 60} min",
        met=None if slow is None else slow < PREVIEW_GOAL_S,
        days=figures.per_day(minutes, at),
        form="{:.1f} min",
        note="median, and what 95 % stay below; the chart shows daily means in minutes",
        url=list_of("core_event", "name=run_finished"),
    )
