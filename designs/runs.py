"""How far a Run is: true progress, an estimate from measured calls, and its end."""

from datetime import datetime
from statistics import median

from django.db.models import F

from cardmaker.core import events, jobs
from designs import announcing
from designs.models import Call, Design, Image, Kind, Run
from designs.wishes import missing_pages

MEASURED_CALLS = 20
PACED_CALLS = 4  # from so many of its own on a Run's pace says more than that of others
NOTHING_CAME = "No picture came back. Please try again."


def count_call(run: Run, *, at: datetime) -> None:
    """A Call of `run` has ended: progress, ETA, a new version; the end of the Run with its last Call.

    Runs in the transaction that ends the Call.
    """
    # The row is locked first, so that two calls ending at once are counted one after the other.
    Run.objects.filter(pk=run.pk).update(version=F("version") + 1)
    ended = run.calls.ended().count()
    Run.objects.filter(pk=run.pk).update(done_calls=ended, eta_s=eta_s(run, left=run.total_calls - ended))
    run.refresh_from_db()
    if ended >= run.total_calls and run.state in Run.OPEN:
        _finish(run, at=at)
    elif run.state == Run.State.FAILED and Image.objects.filter(call__run=run).exists():
        run.move(Run.State.DONE, at=at, error_code="", error_message="")
        run.design.touch(at=at)


def show(run: Run) -> None:
    """Count a version: a Call went out or came back to be tried again, and whoever polls shall see it."""
    Run.objects.filter(pk=run.pk).update(version=F("version") + 1)


def eta_s(run: Run, *, left: int, provider: str = "") -> int | None:
    """Seconds for `left` more calls; None before any was measured.

    From the pace of this Run's own last calls, which knows how many others are being served; until there are enough
    of them from recent calls of the same provider and stage.
    """
    answered = Call.objects.filter(outcome=Call.Outcome.ANSWERED).order_by("-answered_at")
    own = [at for at in answered.filter(run=run).values_list("answered_at", flat=True)[:PACED_CALLS] if at]
    if len(own) == PACED_CALLS:
        return round((own[0] - own[-1]).total_seconds() / (PACED_CALLS - 1) * left)
    provider = provider or run.calls.values_list("provider", flat=True).first() or ""
    recent = answered.filter(provider=provider, run__stage=run.stage).values_list("sent_at", "answered_at")
    spans = [(answered - sent).total_seconds() for sent, answered in recent[:MEASURED_CALLS] if sent and answered]
    return round(median(spans) * left) if spans else None


def _finish(run: Run, *, at: datetime) -> None:
    made = Image.objects.filter(call__run=run).count()
    if made:
        run.move(Run.State.DONE, at=at, finished_at=at, eta_s=0, **_holes(run))
    else:
        reason = run.calls.exclude(error="").order_by("-number").values_list("error", flat=True).first()
        failure = {"error_code": "no_pictures", "error_message": reason or NOTHING_CAME}
        run.move(Run.State.FAILED, at=at, finished_at=at, eta_s=0, **failure)
    seconds = round((at - run.created_at).total_seconds(), 1)
    facts = {"stage": run.stage, "state": run.state, "images": made, "seconds": seconds}
    events.record("run_finished", at=at, account_id=run.account_id, shop_id=run.shop_id, subject=run.pk, **facts)
    run.design.touch(at=at, **({"state": Design.State.FINALIZED} if made and _ready_for_print(run) else {}))
    if announcing.ends_in_mail(run):
        jobs.enqueue(announcing.MAIL_ENDED, run.pk, account_id=run.account_id, at=at)


def _holes(run: Run) -> dict[str, str]:
    """What a calendar's Run says when some of its pages did not come."""
    if run.stage != Run.Stage.PAGE:
        return {}
    there = Image.objects.filter(call__run=run).values("position")
    failed = run.calls.exclude(position__in=there).order_by("number").values_list("position", flat=True)
    titles = announcing.titles_of(run.design, list(failed))
    if not titles:
        return {}
    message = (
        f"{announcing.listed(titles)} could not be drawn. One press tries again; the other pages stay as they are."
    )
    return {"error_code": "pages_missing", "error_message": message[:400]}


def _ready_for_print(run: Run) -> bool:
    if run.design.kind == Kind.PRODUCT_IMAGE:
        return False
    return run.stage == Run.Stage.FINAL or (run.stage == Run.Stage.PAGE and not missing_pages(run.design))
