"""One paid Call: sent at most once, its answer recorded once, its share of the hold settled or given back once.

What makes that true: "about to call" is committed before anything leaves; every end is one UPDATE that matches only an
open Call, in the transaction that also moves the money. Each function here may be called again at any time.
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
from cardmaker.core import crash, storage
from cardmaker.core.jobs import Later
from cardmaker.core.models import IllegalMove
from designs import images, runs
from designs.imaging.encode import thumbnail
from designs.models import Call, Image, Photo, Run
from designs.picking import show_on_pages
from designs.planning import request_of
from designs.providers.base import (
    REJECTIONS,
    Done,
    ImageProvider,
    ImageRequest,
    ProviderRejected,
    ProviderUnavailable,
    Running,
)

logger = logging.getLogger(__name__)

MAX_TRIES = 3
BACKOFF_S = (2.0, 10.0, 30.0)  # after the first, second, third try that came to nothing
STOPPED_S = 5.0  # how often a Run looks whether the kill switch is off again
PATIENCE_S = 900.0  # a call that runs longer at its provider is lost to us, and somebody has to look
OPEN = (Call.Outcome.PLANNED, Call.Outcome.SENT)


def conduct(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    """Take one Call one step further and say when to come back. Safe to repeat after a crash at any point."""
    if call.outcome == Call.Outcome.SENT and call.provider_ref:
        return _collect(call, provider, at=at)
    if call.outcome == Call.Outcome.SENT:
        return _resume(call, provider, at=at)
    return _send(call, provider, at=at) if _switched_on() else Later(STOPPED_S)


def fail(call: Call, message: str, *, at: datetime) -> bool:
    """End a Call that made nothing: its share of the hold goes back. False: it had ended before."""
    with transaction.atomic():
        ended = Call.objects.filter(pk=call.pk, outcome__in=OPEN).update(
            outcome=Call.Outcome.FAILED, error=message[:400]
        )
        if ended:
            budget.release(call.run.hold_key, key=f"{call.key}:release", share_micros=call.share_micros, at=at)
            runs.count_call(call.run, at=at)
    return ended == 1


def give_up(call: Call, *, at: datetime) -> None:
    """The outcome cannot be known: the share stays held until somebody has looked."""
    with transaction.atomic():
        sent = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT)
        if sent.update(outcome=Call.Outcome.UNKNOWN, error="No answer came back."):
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
        budget.release(call.run.hold_key, key=f"{call.key}:release", share_micros=call.share_micros, at=at)


def _decide(call: Call, **changes: Any) -> None:
    unknown = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.UNKNOWN)
    if not unknown.update(outcome=Call.Outcome.FAILED, **changes):
        raise IllegalMove("Only a call whose outcome is not known can be decided on.")
    runs.show(call.run)


def _send(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    waiting = _backing_off_s(call, at=at)
    if waiting > 0:
        return Later(waiting)
    # Committed before anything leaves: whoever finds the call later knows that it may have been made.
    with transaction.atomic():
        planned = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.PLANNED)
        if not planned.update(outcome=Call.Outcome.SENT, sent_at=at, tries=F("tries") + 1):
            return Later(settings.SUBMIT_SETTLE_S)
        runs.show(call.run)
    call.refresh_from_db(fields=["outcome", "sent_at", "tries"])
    crash.point("designs.call.sent")
    return _ask(call, provider, at=at)


def _resume(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    """A call that was sent and of which nothing is known: wait until it must have ended, then repeat it or give up."""
    assert call.sent_at is not None
    waiting = settings.SUBMIT_SETTLE_S - (at - call.sent_at).total_seconds()
    if waiting > 0:
        return Later(waiting)
    if not provider.capabilities.repeatable:
        give_up(call, at=at)
        return Later(0)
    return _ask(call, provider, at=at) if _switched_on() else Later(STOPPED_S)


def _ask(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    started = time.monotonic()
    try:
        answer = provider.start(_request(call, provider), call.key)
    except ProviderRejected as exc:
        return _rejected(call, exc, at=at)
    except ProviderUnavailable as exc:
        return _unavailable(call, exc, at=at)
    crash.point("designs.call.returned")
    return _take(call, answer, at=at + timedelta(seconds=time.monotonic() - started))


def _collect(call: Call, provider: ImageProvider, *, at: datetime) -> Later:
    assert call.sent_at is not None
    if (at - call.sent_at).total_seconds() > PATIENCE_S:
        give_up(call, at=at)
        return Later(0)
    try:
        answer = provider.collect(call.provider_ref)
    except ProviderRejected as exc:
        return _rejected(call, exc, at=at)
    except ProviderUnavailable as exc:
        return Later(max(BACKOFF_S[0], exc.retry_after or 0))
    return _take(call, answer, at=at)


def _take(call: Call, answer: Running | Done, *, at: datetime) -> Later:
    if isinstance(answer, Running):
        Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT).update(provider_ref=answer.ref)
        return Later(answer.poll_after_s)
    kept = images.keep(answer.outputs)
    crash.point("designs.call.stored")
    _record(call, answer, images.rows(call, answer, kept, at=at), at=at)
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
            ),
            at=at,
        )
        show_on_pages(call.run, made, at=at)
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
    fail(call, exc.message, at=at)
    logger.info("call %s was rejected: %s", call.pk, exc.reason)
    return Later(0)


def _unavailable(call: Call, exc: ProviderUnavailable, *, at: datetime) -> Later:
    """Not made: try again, three times in all. Perhaps made: leave it as sent, to be resumed after the settle time."""
    if exc.may_be_charged:
        return Later(settings.SUBMIT_SETTLE_S)
    if call.tries >= MAX_TRIES:
        fail(call, exc.message, at=at)
        return Later(0)
    with transaction.atomic():
        again = Call.objects.filter(pk=call.pk, outcome=Call.Outcome.SENT)
        again.update(outcome=Call.Outcome.PLANNED, error=exc.message[:400])
        runs.show(call.run)
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


def _request(call: Call, provider: ImageProvider) -> ImageRequest:
    """The planned request with the bytes of the picture it starts from. Raises ProviderRejected when that is gone."""
    references = _references(call, longest_px=provider.capabilities.reference_px)
    base_id = call.request["base"]
    if not base_id:
        return request_of(call.request, base=None, art=b"", references=references)
    base = Image.objects.filter(pk=base_id).first()
    if base is None:
        raise ProviderRejected("invalid_request", "The picture this starts from has been deleted.")
    return request_of(call.request, base=base, art=storage.read(base.file), references=references)


def _references(call: Call, *, longest_px: int) -> tuple[bytes, ...]:
    """Its Photos in their order, read now and no larger than the provider takes. One deleted meanwhile is not sent."""
    ids = call.request.get("photos", ())
    if not ids:
        return ()
    found = {str(photo.pk): photo for photo in Photo.objects.filter(account=call.run.account_id, pk__in=ids)}
    return tuple(_shrunk(found[pk], longest_px) for pk in ids if pk in found)


def _shrunk(photo: Photo, longest_px: int) -> bytes:
    if photo.display_file and longest_px <= images.DISPLAY_PX:
        return storage.read(photo.display_file)
    original = storage.read(photo.file)
    return original if max(photo.width_px, photo.height_px) <= longest_px else thumbnail(original, max_px=longest_px)
