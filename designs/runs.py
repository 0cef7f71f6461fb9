"""How far a Run is: true progress, an estimate from measured calls, and its end."""

from datetime import datetime
from statistics import median

from django.db.models import F

from cardmaker.core import events
from designs.models import Call, Design, Image, Run

MEASURED_CALLS = 20
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


def eta_s(run: Run, *, left: int) -> int | None:
    """Seconds for `left` more calls, from recent ones of the same provider and stage; None before any was measured."""
    provider = run.calls.values_list("provider", flat=True).first()
    recent = Call.objects.filter(provider=provider, run__stage=run.stage, outcome=Call.Outcome.ANSWERED)
    spans = [
        (answered - sent).total_seconds()
        for sent, answered in recent.order_by("-answered_at").values_list("sent_at", "answered_at")[:MEASURED_CALLS]
        if sent and answered
    ]
    return round(median(spans) * left) if spans else None


def _finish(run: Run, *, at: datetime) -> None:
    made = Image.objects.filter(call__run=run).count()
    if made:
        run.move(Run.State.DONE, at=at, finished_at=at, eta_s=0)
    else:
        reason = run.calls.exclude(error="").order_by("-number").values_list("error", flat=True).first()
        failure = {"error_code": "no_pictures", "error_message": reason or NOTHING_CAME}
        run.move(Run.State.FAILED, at=at, finished_at=at, eta_s=0, **failure)
    facts = {"stage": run.stage, "state": run.state, "images": made}
    events.record("run_finished", at=at, account_id=run.account_id, shop_id=run.shop_id, subject=run.pk, **facts)
    changes = {"state": Design.State.FINALIZED} if made and run.stage == Run.Stage.FINAL else {}
    run.design.touch(at=at, **changes)
