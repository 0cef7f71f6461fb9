"""Starting a Run and steering it: what a press of the button asks for, whether it may, and how it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from billing import budget
from cardmaker.core import events, jobs
from cardmaker.core.errors import BadInput, NotHere, Refused
from cardmaker.core.idempotency import IdempotencyKeyReused
from cardmaker.core.jobs import Later
from cardmaker.core.models import IllegalMove, Job
from cardmaker.core.money import dollars
from designs.making import announcing, calls, enlarging, planning, routing
from designs.making.planning import PlannedCall
from designs.making.routing import Lineup
from designs.making.runs import planned_eta_s
from designs.making.wishes import Asked, instruction_of, missing_pages, take_redraws, take_turns, wishes_for
from designs.models import Call, Design, Image, Run
from designs.products.brands import own_brands_in
from designs.providers.base import ProviderRejected
from designs.screening import flags, rawinputs

EXECUTE = "designs.execute_run"
WAKE_RUNS = "designs.wake_runs"
DELAYED_AFTER = timedelta(minutes=20)
AT_ONCE = 4  # calls of one Run under way at a provider that takes them into a queue
LONGEST_PAUSE = timedelta(hours=24)  # from the beginning of the Run: who comes back later presses the button again


class OverCeiling(Refused):
    """More than whoever pressed the button wants to spend. `details`: price_micros, ceiling_micros."""

    code = "over_ceiling"


def start_run(
    design: Design,
    *,
    stage: str,
    positions: Sequence[str],
    count: int | None = None,
    parent: Image | None = None,
    instruction: str = "",
    key: str = "",
    notify_email: str = "",
    ceiling_micros: int | None = None,
    at: datetime,
) -> Run:
    """Plan a Run, hold its money, queue its first step. The same `key` again gives the same Run.

    `ceiling_micros`: the most that it may cost, at the worst-case price; over it nothing begins (OverCeiling).

    Pages of a calendar that another Run is drawing are not drawn twice: asked for alone, that Run is the answer.
    Raises BadInput beside what is wrong, NotAllowed, NothingToDo, billing's OverBudget, IdempotencyKeyReused.
    """
    repeated = Run.objects.filter(account_id=design.account_id, idempotency_key=key).first() if key else None
    if repeated:
        return _same(repeated, design, stage)
    if stage == Run.Stage.PAGE:
        positions, drawn_by = _left_to_draw(design, positions)
        if drawn_by:
            return _go_on(drawn_by, at=at)
    run = _run(design, stage, parent, instruction, created_at=at, idempotency_key=key, notify_email=notify_email)
    lineup = routing.lineup(design.kind, stage, at=at)
    started = _start(run, wishes_for(run, positions, count, lineup, at=at), lineup, ceiling=ceiling_micros, at=at)
    rawinputs.keep(design.account_id, f"{design.pk} {started.pk} instruction", instruction, at=at)
    return started


def pause(run: Run, *, at: datetime) -> None:
    """No further Call is sent; one that is under way comes home. Raises IllegalMove unless it is open."""
    if run.state != Run.State.PAUSED:
        run.move(Run.State.PAUSED, at=at)


def resume(run: Run, *, at: datetime) -> None:
    """Go on with a paused Run. Raises IllegalMove when it has ended."""
    if run.state in (Run.State.QUEUED, Run.State.RUNNING):
        return
    with transaction.atomic():
        run.move(Run.State.QUEUED, at=at)
        wake(run, at=at)


def cancel(run: Run, *, at: datetime) -> None:
    """End a Run: what was not sent is given back; a Call under way is still recorded and paid. Safe to repeat."""
    if run.state == Run.State.CANCELLED:
        return
    with transaction.atomic():
        _hold_still(run.pk)
        run.move(Run.State.CANCELLED, at=at, finished_at=at, eta_s=0)
        for call in run.calls.filter(outcome=Call.Outcome.PLANNED).order_by("number"):
            calls.fail(call, "Cancelled.", at=at)
        facts = {"stage": run.stage, "state": run.state}
        events.record("run_finished", at=at, account_id=run.account_id, shop_id=run.shop_id, subject=run.pk, **facts)


def execute(run_id: str) -> Later | None:
    """The job behind a Run: one step of one Call, then again. Each step may be repeated after a crash."""
    run = Run.objects.select_related("design").filter(pk=run_id).first()
    call = _next_call(run) if run else None
    if run is None or call is None:
        return None
    at = timezone.now()
    if run.state == Run.State.QUEUED:
        try:
            run.move(Run.State.RUNNING, at=at, started_at=run.started_at or at)
        except IllegalMove:  # paused or cancelled this very moment: the next look finds out
            return Later(0)
    later = calls.conduct(call, routing.provider_of(call), at=at)
    return Later(0) if later.seconds and _another_can_go(run, call) else later


def abandon(run_id: str, error: str) -> None:
    """The job behind a Run is stuck: end the Run, so that nobody waits and no money stays held for nothing."""
    run, at = Run.objects.select_related("design").get(pk=run_id), timezone.now()
    for call in run.calls.exclude(outcome__in=Call.ENDED).order_by("number"):
        if call.outcome == Call.Outcome.SENT:
            calls.give_up(call, at=at)
        else:
            calls.fail(call, "Something went wrong on our side.", at=at)


def wake_runs(subject: str = "") -> None:
    """Periodic: queue a step of every Run that has something left to do and no job that would do it.

    A Run that was left paused is ended: its money is held in the budgets that everybody shares.
    """
    at = timezone.now()
    _end_forgotten(at=at)
    _tell_of_delays(at=at)
    waiting = Run.objects.filter(calls__outcome=Call.Outcome.SENT) | Run.objects.filter(
        state__in=[Run.State.QUEUED, Run.State.RUNNING], calls__outcome=Call.Outcome.PLANNED
    )
    for run in waiting.distinct().order_by("created_at"):
        wake(run, at=at)


def wake(run: Run, *, at: datetime) -> None:
    """Queue the next step unless one is waiting. A step that just ends is no matter: `wake_runs` looks every minute."""
    if not Job.objects.filter(kind=EXECUTE, subject=str(run.pk), state__in=["queued", "running"]).exists():
        jobs.enqueue(EXECUTE, run.pk, account_id=run.account_id, at=at)


def _end_forgotten(*, at: datetime) -> None:
    forgotten = Run.objects.filter(state=Run.State.PAUSED, created_at__lt=at - LONGEST_PAUSE)
    for pk in list(forgotten.order_by("created_at").values_list("pk", flat=True)):
        with transaction.atomic():
            _hold_still(pk)
            run = forgotten.select_for_update().filter(pk=pk).first()  # none: resumed this very moment
            if run:
                cancel(run, at=at)


def _hold_still(run_id: UUID) -> None:
    """Lock the Calls before their Run, as everybody does who needs both: one may be going out this very moment."""
    list(Call.objects.select_for_update().filter(run=run_id).order_by("number").values_list("pk"))


def _tell_of_delays(*, at: datetime) -> None:
    """One mail about each Run that still goes on after so long. The queued job is the note that it was told."""
    late = Run.objects.filter(stage=Run.Stage.PAGE, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    for run in late.filter(created_at__lt=at - DELAYED_AFTER).order_by("created_at"):
        known = Job.objects.filter(kind=announcing.MAIL_DELAYED, subject=str(run.pk))
        if announcing.newsworthy(run) and not known.exists():
            jobs.enqueue(announcing.MAIL_DELAYED, run.pk, account_id=run.account_id, at=at)


def _next_call(run: Run) -> Call | None:
    """A Call that was sent and of which nothing is known comes first, whatever became of its Run: it may be paid.

    While others go on at a provider that calls back, a few more are sent; then the oldest is asked after. Of those to
    be sent the one that was tried least.
    """
    pending = run.calls.select_related("run__design", "offer").order_by("tries", "number")
    sent = list(pending.filter(outcome=Call.Outcome.SENT))
    unheard = next((call for call in sent if not call.provider_ref), None)
    if unheard or (sent and (len(sent) >= AT_ONCE or run.state not in (Run.State.QUEUED, Run.State.RUNNING))):
        return unheard or sent[0]
    if run.state not in (Run.State.QUEUED, Run.State.RUNNING):
        return None
    planned = pending.filter(outcome=Call.Outcome.PLANNED, **({"tries": 0} if sent else {}))
    following = (call for call in planned if not enlarging.is_enlargement(call) or enlarging.may_begin(call))
    return next(following, sent[0] if sent else None)


def _another_can_go(run: Run, just: Call) -> bool:
    """Whether a Call can be sent while the one that was just looked at goes on by itself."""
    following = _next_call(run)
    return following is not None and following.pk != just.pk and following.outcome == Call.Outcome.PLANNED


def _run(design: Design, stage: str, parent: Image | None, instruction: str, **fields: Any) -> Run:
    """Not stored yet, and without its positions. Raises BadInput beside `instruction`."""
    admitted = instruction_of(stage, instruction, own_brands_in(design))
    return Run(
        design=design,
        account_id=design.account_id,
        shop_id=design.shop_id,
        stage=stage,
        parent=parent,
        instruction=admitted.text,
        notices=admitted.notices("wish"),
        **fields,
    )


def _same(run: Run, design: Design, stage: str) -> Run:
    if run.design_id != design.pk or run.stage != stage:
        raise IdempotencyKeyReused("This Idempotency-Key was used for another run.")
    return run


def _under_way(design: Design) -> dict[str, Run]:
    """Page by page, the open Run that is to draw it, or is drawing it now. One query."""
    open_calls = Call.objects.filter(run__design=design, run__stage=Run.Stage.PAGE, run__state__in=Run.OPEN)
    waiting = open_calls.exclude(outcome__in=Call.ENDED).select_related("run__design")
    return {call.position: call.run for call in waiting.order_by("run__created_at", "number")}


def _left_to_draw(design: Design, positions: Sequence[str]) -> tuple[list[str], Run | None]:
    """The pages that no open Run draws; where there are none of those asked for, the Run that draws them."""
    asked, drawn_by = positions or missing_pages(design), _under_way(design)
    left = [position for position in asked if position not in drawn_by]
    return left, drawn_by[asked[0]] if asked and not left else None


def _go_on(run: Run, *, at: datetime) -> Run:
    """The button was pressed again: a Run that somebody paused goes on."""
    if run.state == Run.State.PAUSED:
        resume(run, at=at)
    return run


class _DrawnAlready(Exception):
    """Not an answer: another press, a moment earlier, began a Run over some of these pages."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run


def _start(run: Run, asked: Asked, lineup: Lineup, *, ceiling: int | None, at: datetime) -> Run:
    try:
        planned = planning.plan(asked.wishes, lineup)
        planned = enlarging.with_enlargements(planned, asked.wishes, run.design.kind, at=at)
    except ProviderRejected as exc:
        raise BadInput.beside("prompt", exc.message) from exc
    _keep_below(ceiling, sum(call.share_micros for call in planned))
    run.notices = [*run.notices, *asked.told]
    run.hold_key, run.total_calls = f"run:{run.pk}", len(planned)
    run.eta_s = planned_eta_s(run, planned)
    try:
        with transaction.atomic():
            _queue(run, asked, planned, at=at)
    except _DrawnAlready as other:
        return _go_on(other.run, at=at)
    except IntegrityError:  # the same key, a moment earlier, from another process
        repeated = Run.objects.filter(account_id=run.account_id, idempotency_key=run.idempotency_key).first()
        if repeated is None or not run.idempotency_key:
            raise
        return _same(repeated, run.design, run.stage)
    return run


def _keep_below(ceiling_micros: int | None, price_micros: int) -> None:
    if ceiling_micros is not None and price_micros > ceiling_micros:
        facts = {"price_micros": price_micros, "ceiling_micros": ceiling_micros}
        message = f"These pictures may cost {dollars(price_micros)}, more than your limit of {dollars(ceiling_micros)}."
        raise OverCeiling(message, details=facts)


def _queue(run: Run, asked: Asked, planned: list[PlannedCall], *, at: datetime) -> None:
    run.save(force_insert=True)
    take_redraws(run, asked, at=at)
    budget.reserve(
        key=run.hold_key,
        meter="ai",
        amount_micros=sum(call.share_micros for call in planned),
        account_id=run.account_id,
        shop_id=run.shop_id,
        at=at,
    )
    run.design.touch(at=at)
    if run.design.deleted_at:  # this very moment: nobody would look for a Run that begins after that
        raise NotHere("This design has been deleted.")
    take_turns(run, asked, at=at)
    if run.stage == Run.Stage.PAGE:
        # Looked for once more behind the lock that `touch` takes: of two presses at once the second one sees the first.
        drawn_by = _under_way(run.design)
        other = next((drawn_by[position] for position in run.positions if position in drawn_by), None)
        if other:
            raise _DrawnAlready(other)
    Call.objects.bulk_create(_calls(run, planned, at=at))
    flags.flag("run", run.pk, asked.concerns, account_id=run.account_id, design_id=run.design_id, at=at)
    jobs.enqueue(EXECUTE, run.pk, account_id=run.account_id, at=at)
    if announcing.newsworthy(run):
        jobs.enqueue(announcing.MAIL_STARTED, run.pk, account_id=run.account_id, at=at)
    facts = {"stage": run.stage, "pages": len(run.positions), "calls": run.total_calls}
    events.record("run_started", at=at, account_id=run.account_id, shop_id=run.shop_id, subject=run.pk, **facts)


def _calls(run: Run, planned: list[PlannedCall], *, at: datetime) -> list[Call]:
    return [
        Call(
            created_at=at,
            run=run,
            number=number,
            position=call.position,
            provider=call.offer.provider.name,
            offer=call.offer.row,
            request=call.request,
            share_micros=call.share_micros,
        )
        for number, call in enumerate(planned)
    ]
