"""What people could not buy because it would cost us money: noted, counted for the console, mailed to ops."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cardmaker.core import events, mails
from cardmaker.core.jobs import enqueue
from cardmaker.core.models import Event, Job
from cardmaker.core.money import Money
from fulfillment.models import SupplierItem
from fulfillment.sales.offers import Offer

EVENT, MAIL, MAIL_JOB = "not_sold_there", "ops_not_sold", "fulfillment.mail_loss"
COUNTED_FOR = timedelta(days=7)
ONCE_IN = timedelta(days=1)  # a proof is noted, and an item is mailed about, once in this time
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Loss:
    """How many times a proof of this design was not sold."""

    design: str
    item: str
    country: str
    count: int


def note(offer: Offer, *, at: datetime) -> None:
    """Keep what `offer` says where it is not sold, and queue ops' mail. Outside a transaction that is rolled back.

    Safe to repeat: a page is looked at more often than once.
    """
    if offer.is_sold:
        return
    with transaction.atomic():
        # The item's row lets one at a time look whether it is noted and mailed already.
        item = SupplierItem.objects.select_for_update(no_key=True).get(pk=offer.item.pk)
        seen = Event.objects.filter(name=EVENT, subject=str(offer.proof.pk), at__gt=at - ONCE_IN)
        if not seen.exists():
            _record(offer, at=at)
        mailed = Job.objects.filter(kind=MAIL_JOB, subject=str(item.pk), run_at__gt=at - ONCE_IN)
        if not mailed.exists():
            enqueue(MAIL_JOB, item.pk, at=at)


def recent(at: datetime) -> list[Loss]:
    """Of the last seven days, the most frequent first. One query."""
    found = Event.objects.filter(name=EVENT, at__gt=at - COUNTED_FOR, at__lte=at).values_list("facts", flat=True)
    counts = Counter((fact["design"], fact["item"], fact["country"]) for fact in found)
    ordered = sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    return [Loss(*named, count=count) for named, count in ordered]


def panel(at: datetime) -> dict[str, Any]:
    """The console's panel of what is not sold."""
    found = recent(at)
    return {"losses": found[:SHOWN], "more": max(0, len(found) - SHOWN), "days": COUNTED_FOR.days}


def mail(item: SupplierItem, *, at: datetime) -> None:
    """Tell ops where the item is not sold and for how many proofs. The same Message-ID for a day."""
    losses = [loss for loss in recent(at) if loss.item == str(item)]
    facts = {"item": str(item), "losses": losses, "days": COUNTED_FOR.days, "url": _console()}
    mails.send(MAIL, facts, to=settings.OPS_EMAIL, key=f"{item.pk}.{at:%Y-%m-%d}")


def sample() -> dict[str, Any]:
    loss = Loss("00000000-0000-4000-8000-000000000000", "gooten FlatCard-5x7", "CH", 3)
    return {"item": loss.item, "losses": [loss], "days": COUNTED_FOR.days, "url": _console()}


def _record(offer: Offer, *, at: datetime) -> None:
    proof = offer.proof
    events.record(
        EVENT,
        at=at,
        account_id=proof.account_id,
        shop_id=proof.shop_id,
        subject=proof.pk,
        design=str(proof.design_id),
        item=str(offer.item),
        country=offer.country,
        quantity=offer.quantity,
        left=str(Money(offer.margin_minor or 0, offer.unit.currency)),
    )


def _console() -> str:
    return settings.PUBLIC_URL + reverse("admin:index")
