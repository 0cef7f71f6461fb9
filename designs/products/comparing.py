"""Comparison sets: putting pictures side by side out in the world, and counting what pages tell of them.

Any page that shows the pictures may tell, so what is told is bounded and gives nothing away: so many events an hour
for each network and each set, each event once, and an answer that says nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import buckets
from accounts.buckets import Pour, Size
from accounts.identity import Caller
from accounts.intake import network_of
from accounts.limits import TooMuch
from accounts.origins import origin_of, origins_of
from cardmaker.core.errors import BadInput, Forbidden, NotHere, Refused
from designs.models import ComparedPicture, ComparisonEvent, ComparisonSet, Design, Image
from designs.screening.admission import admit

FORGET = "designs.forget_comparison_events"
KEPT = timedelta(days=30)  # a page that repeats an event later than that is a new one
FEWEST, MOST = 2, 10
MOST_SETS = 100  # of one product
MOST_ORIGINS = 5
MOST_EVENTS = 1_000_000  # of one set, over all of its life
AT_ONCE = 50
LONGEST_LABEL, LONGEST_ID = 80, 100
SALT = "designs.comparisons"
BATCH = 5_000
# A set takes an hour of a busy shop; one network is a part of that, so that nobody alone makes its figures.
OF_A_SET = Size(points=20_000, per_hour=20_000)
OF_A_NETWORK = Size(points=600, per_hour=600)
Kind = Literal["shown", "clicked", "bought"]
KINDS: tuple[Kind, ...] = ("shown", "clicked", "bought")


class SetIsFull(Refused):
    """So many events were counted that further ones say nothing new."""

    code = "set_is_full"


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `id` is the teller's own: told again it is not counted again."""

    id: str
    kind: str
    image: UUID


def create(
    caller: Caller, image_ids: Sequence[UUID], *, label: str = "", origins: Sequence[str] = (), at: datetime
) -> ComparisonSet:
    """A set of these pictures, in this order. `origins`: pages that may tell events, beside those of the shop.

    Raises NotHere for a picture that is not the caller's, BadInput beside `images`, `label` or `origins`.
    """
    images = _own(caller, list(dict.fromkeys(image_ids)))
    named = " ".join(admit(label, field="label", purpose="note", limit=LONGEST_LABEL).text.split())
    pages = _pages(origins)
    with transaction.atomic():
        # Behind this lock nobody deletes the design while its set is written.
        design = Design.objects.select_for_update().filter(images=images[0].pk, deleted_at=None).first()
        if design is None:
            raise NotHere("There is no such picture.")
        if design.comparison_sets.count() >= MOST_SETS:
            raise BadInput.beside("images", f"At most {MOST_SETS} sets of one product. Delete one first.")
        made = ComparisonSet.objects.create(design=design, label=named, origins=pages, created_at=at)
        ComparedPicture.objects.bulk_create(
            ComparedPicture(comparison=made, image=image, place=place) for place, image in enumerate(images, start=1)
        )
    return made


def token_of(comparison: ComparisonSet) -> str:
    """What a public page shows to tell events of this set: it opens nothing else, and dies with the set."""
    return signing.Signer(salt=SALT).sign(comparison.pk.hex)


def check_page(comparison: ComparisonSet, *, token: str, origin: str) -> None:
    """Let a public page tell events: with the set's token, on a page of the shop or one that the set names.

    Raises NotHere for a token of anything else, Forbidden for another page.
    """
    if not constant_time_compare(token, token_of(comparison)):
        raise NotHere("There is no such thing.")
    shop = comparison.design.shop
    allowed = {*comparison.origins, *(origins_of(shop) if shop.active else ())}
    if origin not in allowed:
        raise Forbidden("This page may not tell events of this set. Name its address in the set first.")


def charge(comparison: ComparisonSet, events: int, *, address: str, at: datetime) -> None:
    """Count what is told before it is done. Raises TooMuch. Outside other transactions."""
    pours = [Pour(f"comparison:{comparison.pk}", OF_A_SET, events)]
    if not settings.SANDBOX:  # there everybody comes from one address
        pours.append(Pour(f"comparison:{comparison.pk}:{network_of(address)}", OF_A_NETWORK, events))
    try:
        buckets.pour(pours, at=at)
    except buckets.Full as full:
        raise TooMuch(full.wait_s) from full


def count(comparison: ComparisonSet, told: Sequence[Told], *, at: datetime) -> int:
    """Count the events that are new; how many they were. Safe to repeat. Raises BadInput beside `events`, SetIsFull."""
    with transaction.atomic():
        # Of two that tell the same event at once the second waits here, and finds it counted.
        ComparisonSet.objects.select_for_update().get(pk=comparison.pk)
        pictures = {picture.image_id: picture for picture in comparison.pictures.all()}
        if any(event.image not in pictures for event in told):
            raise BadInput.beside("events", "This picture is not in the set.")
        fresh = _fresh(comparison, told)
        if fresh and len(fresh) > MOST_EVENTS - sum(_told_of(picture) for picture in pictures.values()):
            raise SetIsFull("This set has counted enough. Make a new one to go on comparing.")
        ComparisonEvent.objects.bulk_create(ComparisonEvent(comparison=comparison, key=key, at=at) for key in fresh)
        for (image, kind), number in Counter((event.image, event.kind) for event in fresh.values()).items():
            ComparedPicture.objects.filter(pk=pictures[image].pk).update(**{kind: F(kind) + number})
    return len(fresh)


def forget_events(subject: str = "") -> None:
    """Periodic: let go of what tells repeated events apart when nobody repeats them any more. Counts stay."""
    old = ComparisonEvent.objects.filter(at__lt=timezone.now() - KEPT)
    while keys := list(old.order_by("at").values_list("pk", flat=True)[:BATCH]):
        ComparisonEvent.objects.filter(pk__in=keys).delete()


def _own(caller: Caller, wanted: list[UUID]) -> list[Image]:
    if not FEWEST <= len(wanted) <= MOST:
        raise BadInput.beside("images", f"Choose {FEWEST} to {MOST} pictures.")
    mine = Image.objects.visible_to(caller).filter(pk__in=wanted, withheld="", design__deleted_at=None)
    found = {image.pk: image for image in mine.exclude(design=None)}
    if len(found) < len(wanted):
        raise NotHere("There is no such picture.")
    if len({image.design_id for image in found.values()}) > 1:
        raise BadInput.beside("images", "Pictures of one product can be compared with each other.")
    return [found[pk] for pk in wanted]


def _pages(origins: Sequence[str]) -> list[str]:
    if len(origins) > MOST_ORIGINS:
        raise BadInput.beside("origins", f"At most {MOST_ORIGINS} pages.")
    read = [origin_of(text) for text in origins]
    if not all(read):
        raise BadInput.beside("origins", "Write the address of a page, such as https://shop.example.com.")
    return list(dict.fromkeys(read))


def _fresh(comparison: ComparisonSet, told: Sequence[Told]) -> dict[str, Told]:
    """The events that were not counted yet, by the digest of their id: that is their teller's own, may name people."""
    by_key: dict[str, Told] = {}
    for event in told:
        by_key.setdefault(hashlib.sha256(event.id.encode()).hexdigest(), event)
    known = set(comparison.events.filter(key__in=by_key).values_list("key", flat=True))
    return {key: event for key, event in by_key.items() if key not in known}


def _told_of(picture: ComparedPicture) -> int:
    return picture.shown + picture.clicked + picture.bought
