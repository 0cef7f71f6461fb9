"""What providers tell us of their own accord: a delivery is proven, stored and believed only as far as to ask again.

A call whose answer was lost has its key in the address that its provider was given, so that even then it is found.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from cardmaker.core import inbox, jobs
from cardmaker.core.inbox import InboxEvent
from cardmaker.core.jobs import Later
from cardmaker.core.models import Job
from designs.making import calls, routing
from designs.models import Call
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.callbacks import key_of

logger = logging.getLogger(__name__)
HANDLE = "designs.handle_callback"
ASK = "designs.ask_provider"
AGAIN = "designs.ask_of_unknown"
ASKED_FOR = timedelta(days=1)
ASKED_AT_ONCE = 100
TOPICS = ("fal/call", "replicate/call")
WAITING = (Call.Outcome.SENT, Call.Outcome.UNKNOWN)


def handle_callback(event_id: str) -> None:
    """Handle one stored delivery. Safe to repeat."""
    at = timezone.now()
    handlers: dict[str, Callable[[InboxEvent], object]] = {topic: partial(_heard, at=at) for topic in TOPICS}
    inbox.handle(event_id, handlers, at=at)


def ask_provider(call_id: str) -> Later | None:
    """Read at the provider how a call ended that it told us of; the answer is recorded once, whoever brings it."""
    at = timezone.now()
    call = Call.objects.select_related("run__design", "offer").filter(pk=call_id, outcome__in=WAITING).first()
    if call is None or not call.provider_ref:
        return None
    try:
        calls.ask_again(call, routing.provider_of(call), at=at)
    except ProviderRejected as exc:
        logger.warning("call %s was told of and cannot be read: %s", call.pk, exc.reason)
    except ProviderUnavailable as exc:
        if not exc.ended and call.outcome == Call.Outcome.UNKNOWN:
            return None  # asked again in a quarter of an hour
        if not exc.ended:
            return Later(max(settings.SUBMIT_SETTLE_S, exc.retry_after or 0))
        calls.came_to_nothing(call, exc, at=at)
    return None


def ask_of_unknown(subject: str = "") -> None:
    """Periodic: calls of unknown outcome that can be asked after are, for a day. What was made is taken home after all.

    The job that still waits is the note that one is being asked about.
    """
    at = timezone.now()
    unknown = Call.objects.filter(outcome=Call.Outcome.UNKNOWN, created_at__gt=at - ASKED_FOR)
    for call in unknown.exclude(provider_ref="").select_related("run").order_by("created_at")[:ASKED_AT_ONCE]:
        waiting = Job.objects.filter(kind=ASK, subject=str(call.pk), state__in=["queued", "running"])
        if not waiting.exists():
            jobs.enqueue(ASK, call.pk, account_id=call.run.account_id, at=at)


def _heard(event: InboxEvent, *, at: datetime) -> None:
    """Whom the delivery is about, by their number or by the key in our address; nobody's news is kept and does nothing.

    A number that we did not know is written down: it is what the call is asked for by.
    """
    ref, key = str(event.payload.get("ref") or ""), key_of(str(event.payload.get("token") or ""))
    call = _call(event.source, ref, key)
    if call is None or not ref or not calls.can_be_kept(ref):
        return
    if not call.provider_ref:
        Call.objects.filter(pk=call.pk, provider_ref="", outcome__in=WAITING).update(provider_ref=ref)
    jobs.enqueue(ASK, call.pk, account_id=call.run.account_id, at=at)


def _call(provider: str, ref: str, key: str) -> Call | None:
    """A call of this provider. The key in our address goes first: it is ours, and their number may be new to us."""
    open_calls = Call.objects.select_related("run").filter(provider=provider, outcome__in=WAITING)
    kind, _, pk = key.partition(":")
    if kind == "call":
        try:
            return open_calls.filter(pk=UUID(pk)).first()
        except ValueError:
            return None
    return open_calls.filter(provider_ref__endswith=ref).first() if ref else None
