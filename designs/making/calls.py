"""One paid Call: sent at most once, its answer recorded once, its share of the hold settled or given back once.

What makes that true: "about to call" is committed before anything leaves; every end is one UPDATE that matches only an
open Call, in the transaction that also moves the money. Each function here may be called again at any time.
Locks are taken in one order: Call, Run, budgets, Design.
"""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from billing import budget
from billing.guardrails import Stopped, paid_calls_open
from billing.models import LedgerEntry
from cardmaker.core import crash
from cardmaker.core.jobs import Later
from cardmaker.core.models import IllegalMove
from designs.making import breaker, enlarging, handover, images, routing, runs
from designs.making.call_requests import request_for
from designs.making.picking import show_on_pages
from designs.making.planning import outline
from designs.models import Call, Image, Run
from designs.models.runs import REF_MAX
from designs.proofs.purge import remove_unused
from designs.providers.base import (
    PROVIDERS_OWN,
    REJECTIONS,
    Done,
    ImageProvider,
    ProviderRejected,
    ProviderUnavailable,
    Running,
)
from designs.screening.pictures import screen

logger = logging.getLogger(__name__)

MAX_TRIES = 3
BACKOFF_S = (2.0, 10.0, 30.0)  # after the first, second, third try that came to nothing
LOOK_HOLDS_S = 2.0  # how long a look at the kill switch stands: it is to act within 5 s
STOPPED_S = 5.0  # how often a Run looks whether the kill switch is off again
PATIENCE_S = 900.0  # a call that runs longer at its provider is lost to us, and somebody has to look


def conduct(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    """Take one Call one step further and say when to come back. Safe to repeat after a crash at any point."""
    if call.outcome == Call.Outcome.SENT and call.provider_ref:
        return _collect(call, provider, at=at)
    if call.outcome == Call.Outcome.SENT:
        return _resume(call, provider, at=at)
    return _send(call, provider, at=at) if _switched_on() else Later(STOPPED_S)


def fail(call: Call, message: str, *, at: datetime) -> bool:
    """End a Call that made nothing: its share of the hold goes back. False: it had ended before.

    One that was sent leaves a line in the ledger: somebody was asked.
    """
    ending: dict[str, Any] = {"outcome": Call.Outcome.FAILED, "error": message[:400]}
    with transaction.atomic():
        asked = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT).update(**ending)
        ended = asked or Call.objects.filter(pk=call.pk, outcome=Call.Outcome.PLANNED).update(**ending)
        if ended:
            runs.show(call.run)
            if asked:
                handover.note_failure(call, "end", share_micros=call.share_micros, at=at)
            else:
                budget.release(call.run.hold_key, key=f"{call.key}:release", share_micros=call.share_micros, at=at)
            runs.count_call(call.run, at=at)
    return ended == 1


def give_up(call: Call, *, at: datetime, error: str = "No answer came back.") -> None:
    """The outcome cannot be known: the share stays held until somebody has looked."""
    with transaction.atomic():
        sent = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT)
        if sent.update(outcome=Call.Outcome.UNKNOWN, error=error):
            runs.show(call.run)
            budget.mark_unknown(call.run.hold_key, at=at)
            runs.count_call(call.run, at=at)
            logger.warning("call %s of run %s has an unknown outcome", call.pk, call.run_id)


def made_after_all(call: Call, *, at: datetime) -> None:
    """Somebody asked the provider: it was made and is charged, at most its share. Raises IllegalMove."""
    with transaction.atomic():
        _decide(call, error="It was made and charged, but the picture never came.", actual_micros=call.share_micros)
        spend = budget.Spend(
            provider=call.provider,
            model=call.model,
            units=call.request.get("count", 1),
            request_id=call.provider_ref or call.key,
            amount_micros=call.share_micros,
        )
        key = f"{call.key}:settle"
        budget.settle(call.run.hold_key, key=key, share_micros=call.share_micros, spend=spend, at=at)


def nothing_was_made(call: Call, *, at: datetime) -> None:
    """Somebody asked the provider: it never got the call, or charged nothing for it. Raises IllegalMove."""
    with transaction.atomic():
        _decide(call, error="Nothing was made.")
        handover.note_failure(call, "end", share_micros=call.share_micros, at=at)


def ask_again(call: Call, provider: ImageProvider, *, at: datetime) -> None:
    """Ask the provider about a Call whose outcome is not known, or that it calls back about. Safe to repeat.

    Raises IllegalMove when nothing is there to ask by, ProviderUnavailable, ProviderRejected.
    """
    if call.outcome not in (Call.Outcome.SENT, Call.Outcome.UNKNOWN):
        return
    if not call.provider_ref:
        raise IllegalMove("The provider never told us its number for this call.")
    answer = provider.collect(call.provider_ref, outline(call.request))
    if isinstance(answer, Done):
        _take(call, answer, at=at)


def came_to_nothing(call: Call, exc: ProviderUnavailable, *, at: datetime) -> None:
    """The provider says that a call ended without a picture and without a charge; also of one that was given up."""
    if call.outcome == Call.Outcome.SENT:
        _unavailable(call, exc, at=at)
    elif call.outcome == Call.Outcome.UNKNOWN:
        nothing_was_made(call, at=at)


def can_be_kept(ref: str) -> bool:
    """Whether what a provider calls a call by can be stored, and so be asked by."""
    return len(ref) <= REF_MAX and ref.isprintable()


def _decide(call: Call, **changes: Any) -> None:
    unknown = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.UNKNOWN)
    if not unknown.update(outcome=Call.Outcome.FAILED, **changes):
        raise IllegalMove("Only a call whose outcome is not known can be decided on.")
    runs.show(call.run)


def _send(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    waiting = _backing_off_s(call, at=at)
    if waiting > 0:
        return Later(waiting)
    if call.offer_id and not breaker.may_try(call.offer_id, at=at) and handover.go_on(call, "breaker_open", at=at):
        return Later(0)
    if routing.costs_more_than_held(call, provider, outline(call.request)):
        if not handover.go_on(call, "dearer", at=at):
            fail(call, "The price of this picture has changed. Please try again.", at=at)
        return Later(0)
    # Committed before anything leaves: whoever finds the call later knows that it may have been made.
    with transaction.atomic():
        planned = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.PLANNED)
        if not planned.update(outcome=Call.Outcome.SENT, sent_at=at, tries=F("tries") + 1):
            return Later(settings.SUBMIT_SETTLE_S)
        runs.show(call.run)
    call.refresh_from_db(fields=["outcome", "sent_at", "tries"])
    crash.point("designs.call.sent")
    return _ask(call, provider, at=at, first=True)


def _resume(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    """A call that was sent and of which nothing is known: wait until it must have ended, then repeat it or give up."""
    assert call.sent_at is not None
    settle_s = max(settings.SUBMIT_SETTLE_S, settings.CALL_BACK_S if provider.capabilities.calls_back else 0)
    waiting = settle_s - (at - call.sent_at).total_seconds()
    if waiting > 0:
        return Later(waiting)
    if not provider.capabilities.repeatable:
        give_up(call, at=at)
        return Later(0)
    return _ask(call, provider, at=at) if _switched_on() else Later(STOPPED_S)


def _ask(call: Call, provider: ImageProvider, *, at: datetime, first: bool = False) -> Later:
    """`first`: nothing of this Call has ever left."""
    started = time.monotonic()
    try:
        request = request_for(call, provider)
        if time.monotonic() - started > LOOK_HOLDS_S and not _switched_on():  # its files took long to read
            if first:
                handover.take_back(call)
            return Later(STOPPED_S)
        answer = provider.start(request, call.key)
    except ProviderRejected as exc:
        return _rejected(call, exc, at=at)
    except ProviderUnavailable as exc:
        return _unavailable(call, exc, at=at)
    crash.point("designs.call.returned")
    took_s = time.monotonic() - started
    _felt(call, answer, took_s=took_s, at=at)
    return _take(call, answer, at=at + timedelta(seconds=took_s))


def _collect(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    assert call.sent_at is not None
    # Asked before it is given up: it may have ended, and be paid, while nobody here looked.
    late = (at - call.sent_at).total_seconds() > PATIENCE_S
    try:
        answer = provider.collect(call.provider_ref, outline(call.request))
    except ProviderRejected as exc:
        logger.warning("call %s cannot be collected: %s", call.pk, exc.reason)
        return _given_up(call, at=at)  # it was taken on once: whether it is charged, only the provider can say
    except ProviderUnavailable as exc:
        if exc.ended:
            return _unavailable(call, exc, at=at)
        return _given_up(call, at=at) if late else Later(max(BACKOFF_S[0], exc.retry_after or 0))
    if late and isinstance(answer, Running):
        return _given_up(call, at=at)
    _felt(call, answer, took_s=(at - call.sent_at).total_seconds(), at=at)
    return _take(call, answer, at=at)


def _given_up(call: Call, *, at: datetime) -> Later:
    give_up(call, at=at)
    return Later(0)


def _felt(call: Call, answer: Running | Done, *, took_s: float, at: datetime) -> None:
    """What the answer says about the health of an outside model; one that still runs says nothing yet."""
    if call.offer_id and isinstance(answer, Done):
        breaker.went_well(call.offer_id, took_ms=took_s * 1000, at=at)


def _take(call: Call, answer: Running | Done, *, at: datetime) -> Later:
    if isinstance(answer, Running):
        if not can_be_kept(answer.ref):
            give_up(call, at=at, error="It was taken on under a number that cannot be kept.")
            return Later(0)
        Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT).update(provider_ref=answer.ref)
        return Later(answer.poll_after_s)
    kept = images.keep(answer.outputs, placed=call.run.stage != Run.Stage.CANDIDATE)
    crash.point("designs.call.stored")
    before = enlarging.files_of(call) if enlarging.is_enlargement(call) else set()
    _record(call, answer, images.rows(call, answer, kept, at=at), at=at)
    remove_unused(before)
    crash.point("designs.call.recorded")
    return Later(0)


def _record(call: Call, done: Done, made: list[Image], *, at: datetime) -> None:
    """Pictures, money and progress in one transaction. An answer that comes after all to an unknown call counts too."""
    outcome = Call.Outcome.ANSWERED if made else Call.Outcome.FAILED
    changes = {"outcome": outcome, "model": done.model, "answered_at": at, "actual_micros": done.actual_micros}
    changes["error"] = "" if made else REJECTIONS.get((*done.refusals, "no_image")[0], REJECTIONS["no_image"])
    with transaction.atomic():
        waiting = Call.objects.filter(pk=call.pk, outcome__in=[Call.Outcome.SENT, Call.Outcome.UNKNOWN])
        if not waiting.update(**changes):
            return
        if enlarging.is_enlargement(call):
            runs.show(call.run)
            enlarging.put_in_place(call, made)
        else:
            Image.objects.bulk_create(_of_the_owner(made, call))
        budget.settle(
            call.run.hold_key,
            key=f"{call.key}:settle",
            share_micros=call.share_micros,
            spend=budget.Spend(
                provider=call.provider,
                model=done.model,
                units=done.units,
                request_id=done.request_id,
                amount_micros=done.actual_micros,
                kind=LedgerEntry.Kind.CHARGE if made else LedgerEntry.Kind.FAILED,
            ),
            at=at,
        )
        if not enlarging.is_enlargement(call):  # of a picture that was looked at when it was drawn
            screen(made, at=at)
            show_on_pages(call.run, [image for image in made if not image.withheld], at=at)
        runs.count_call(call.run, at=at)


def _of_the_owner(made: list[Image], call: Call) -> list[Image]:
    """The pictures of whoever owns the Run by now: a guest may have logged in while the provider drew.

    The lock makes a merge wait until they are written.
    """
    account_id = Run.objects.select_for_update().values_list("account_id", flat=True).get(pk=call.run_id)
    for image in made:
        image.account_id = account_id
    return made


def _rejected(call: Call, exc: ProviderRejected, *, at: datetime) -> Later:
    logger.info("call %s was rejected: %s", call.pk, exc.reason)
    if call.offer_id and exc.reason in PROVIDERS_OWN:
        breaker.went_wrong(call.offer_id, exc.reason, at=at)
        if handover.go_on(call, exc.reason, at=at):
            return Later(0)
    fail(call, exc.message, at=at)
    return Later(0)


def _unavailable(call: Call, exc: ProviderUnavailable, *, at: datetime) -> Later:
    """Not made: somebody else's turn, else try again, three times in all. Perhaps made: leave it, to be resumed."""
    if call.offer_id:
        breaker.went_wrong(call.offer_id, exc.reason, retry_after_s=exc.retry_after, at=at)
    if exc.may_be_charged:
        return Later(settings.SUBMIT_SETTLE_S)
    if handover.go_on(call, exc.reason, at=at):
        return Later(0)
    if call.tries >= MAX_TRIES or not handover.put_back(call, exc.message, at=at):
        fail(call, exc.message, at=at)
        return Later(0)
    others = call.run.calls.filter(outcome=Call.Outcome.PLANNED, tries__lt=call.tries).exists()
    return Later(exc.retry_after or 0) if others else Later(max(BACKOFF_S[call.tries - 1], exc.retry_after or 0))


def _backing_off_s(call: Call, *, at: datetime) -> float:
    """How long a call that came to nothing still waits for its next try, while the others of its Run go on."""
    if not call.tries or call.sent_at is None:
        return 0
    return BACKOFF_S[call.tries - 1] - (at - call.sent_at).total_seconds()


def _switched_on() -> bool:
    """Read uncached right before each paid call: the kill switch must act within seconds."""
    try:
        paid_calls_open()
    except Stopped:
        return False
    return True
