"""How far a Run is: true progress, an estimate from measured calls, and its end."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from cardmaker.core import events, jobs
from designs.making import announcing
from designs.making.pace import own_pace_s, pace_s
from designs.making.planning import PlannedCall
from designs.making.wishes import missing_pages
from designs.models import Design, Image, Kind, Run

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


def eta_s(run: Run, *, left: int) -> int | None:
    """Seconds for `left` more calls of a stored Run; None before any like them was measured."""
    pace = own_pace_s(run.pk)
    if pace is None:
        first = run.calls.order_by("number").values_list("provider", "offer", "request__tier").first()
        pace = _usual_pace_s(run, *first) if first else None
    return None if pace is None else round(pace * left)


def planned_eta_s(run: Run, planned: Sequence[PlannedCall]) -> int | None:
    """Seconds for the calls of a Run that is not stored yet, all as its first one."""
    offer, request = planned[0].offer, planned[0].request
    pace = _usual_pace_s(run, offer.provider.name, offer.row.pk if offer.row else None, request["tier"])
    return None if pace is None else round(pace * len(planned))


def _usual_pace_s(run: Run, provider: str, offer_id: int | None, tier: str) -> float | None:
    return pace_s(provider=provider, offer_id=offer_id, kind=run.design.kind, stage=run.stage, tier=tier)


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
