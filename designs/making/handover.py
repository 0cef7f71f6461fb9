"""A Call that its provider certainly did not make goes to the next one, or back to be tried again.

The Call remembers who could not make it and why; the ledger gets a line of nothing for it.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from billing import budget
from billing.models import LedgerEntry
from designs.making import planning, routing, runs
from designs.making.routing import Offer
from designs.models import Call, Run

logger = logging.getLogger(__name__)
OPEN = (Call.Outcome.PLANNED, Call.Outcome.SENT)


def go_on(call: Call, reason: str, *, at: datetime) -> bool:
    """Give the Call to whoever is next, for the money that is held for it. False: nobody is, or its Run has ended."""
    offer = routing.next_offer(call, planning.outline(call.request), at=at)
    if offer is None:
        return False
    with transaction.atomic():
        if not _back_to_plan(call):
            return False
        moved = _given_to(call, offer, reason, at=at)
        note_failure(call, str(len(call.hops) + 1), at=at)
        Call.objects.bulk_create(moved[1:])
        first = moved[0]
        Call.objects.filter(pk=call.pk).update(
            **{name: getattr(first, name) for name in ("provider", "offer", "hops", "request", "share_micros")}
        )
        Run.objects.filter(pk=call.run_id).update(total_calls=F("total_calls") + len(moved) - 1)
    logger.info("call %s goes from %s to %s: %s", call.pk, call.provider, offer.provider.name, reason)
    call.refresh_from_db(fields=["provider", "offer", "hops", "request", "share_micros", "outcome", "tries"])
    return True


def take_back(call: Call) -> bool:
    """To be sent later: nothing has left yet. False: its Run has ended, or the Call has."""
    with transaction.atomic():
        return _back_to_plan(call)


def put_back(call: Call, message: str, *, at: datetime) -> bool:
    """To be tried again with the same provider. False: its Run has ended, or the Call has."""
    with transaction.atomic():
        if not _back_to_plan(call, tries=call.tries, error=message[:400]):
            return False
        note_failure(call, f"try:{call.tries}", at=at)
        return True


def _back_to_plan(call: Call, **changes: Any) -> bool:
    """In the caller's transaction: its Run is locked behind it, and of one that ended no Call is sent any more."""
    again = {"outcome": Call.Outcome.PLANNED, "provider_ref": "", "tries": 0, "error": "", **changes}
    if not Call.objects.filter(pk=call.pk, outcome__in=OPEN).update(**again):
        return False
    runs.show(call.run)
    if Run.objects.filter(pk=call.run_id, state__in=Run.OPEN).exists():
        return True
    Call.objects.filter(pk=call.pk).update(outcome=call.outcome)  # as it was: whoever asked ends it
    return False


def note_failure(call: Call, which: str, *, share_micros: int = 0, at: datetime) -> None:
    """A line of nothing in the ledger: this provider was asked and made nothing. `share_micros` is free again.

    `which` tells the failures of one provider's turn apart: once for each.
    """
    spend = budget.Spend(
        provider=call.provider,
        model=call.offer.model_id if call.offer else call.model,
        units=0,
        request_id=call.provider_ref or call.key,
        amount_micros=0,
        kind=LedgerEntry.Kind.FAILED,
    )
    key = f"{call.key}:failed:{len(call.hops)}:{which}"
    budget.settle(call.run.hold_key, key=key, share_micros=share_micros, spend=spend, at=at)


def _given_to(call: Call, offer: Offer, reason: str, *, at: datetime) -> list[Call]:
    """The Call as the next one takes it: in several pieces where that one draws fewer pictures at a time.

    The first piece keeps the key; the shares add up to what was held.
    """
    hop = {
        "offer": call.offer_id,
        "provider": call.provider,
        "model": call.offer.model_id if call.offer else "",
        "reason": reason,
        "at": at.isoformat(),
    }
    last = Call.objects.filter(run=call.run_id).aggregate(last=Max("number"))["last"]
    counts = list(_pieces(call.request["count"], offer.provider.capabilities.max_images_per_call))
    pieces, before, left = [], 0, call.share_micros
    for place, count in enumerate(counts):
        share = left if place == len(counts) - 1 else call.share_micros * count // call.request["count"]
        request = {**call.request, "count": count, "seed": (call.request["seed"] + before) % planning.SEEDS}
        pieces.append(
            Call(
                created_at=at,
                run_id=call.run_id,
                number=last + place,
                position=call.position,
                provider=offer.provider.name,
                offer=offer.row,
                hops=[*call.hops, hop],
                request=request,
                share_micros=share,
            )
        )
        before, left = before + count, left - share
    return pieces


def _pieces(count: int, most: int) -> Iterator[int]:
    while count > 0:
        yield min(count, most)
        count -= most
