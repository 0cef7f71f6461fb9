"""How much of our work one account, one device and one network may ask for: every call has a weight in points.

A point is about what a cent of ours buys. An ordinary hour, however busy, stays far below; who fills a bucket gets 429
and the second from which it goes on. Logging out changes nothing: device and network stay the same.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import buckets
from accounts.buckets import Pour, Size
from accounts.devices import device_of
from accounts.identity import caller_of
from accounts.intake import network_of
from accounts.models import Account
from cardmaker.core.errors import Refused
from cardmaker.core.middleware import client_address

ACCOUNT = Size(points=3_000, per_hour=3_000)
DEVICE = Size(points=4_000, per_hour=4_000)  # a family shares it
NETWORK = Size(points=30_000, per_hour=30_000)  # an office shares it
PICTURE = {"candidate": 4, "revision": 4, "final": 12, "page": 12}
CALENDAR_PAGES, MOST_PICTURES = 13, 60
USUAL_COUNT = {"candidate": 8, "page": CALENDAR_PAGES}  # where the caller leaves the number to us
RUNS = "runs"
ANYTHING_ELSE = 1  # any other call that changes something: saving while somebody types, a piece of a file
SHARED_FROM = 2  # from this weight on device and network are charged as well

# The weight of one call, by the name of its address.
POINTS: Mapping[str, int] = {
    "session": 5,
    "designs": 3,
    "story": 3,
    "photos": 4,
    "uploads": 4,
    "design-proofs": 8,
    "proof-checkout": 8,
    "order-reorder": 8,
    "carts": 4,
    "feedback": 60,
    "feedback-create": 60,
    "account_export": 150,
    "product-briefs": 5,
    "product-briefs-sheet": 10,
    "shop-product-briefs": 10,
    "product-brief-plan": 3,
    "product-brief-exports": 40,
    "comparison-sets": 3,
    "comparison-events": 2,  # of any page that shows the pictures: its network and device share what they may tell
}


class TooMuch(Refused):
    """One of the buckets is full. `details`: retry_after, in seconds."""

    code = "too_many_requests"

    def __init__(self, wait_s: int) -> None:
        told = f"in {wait_s} seconds" if wait_s < 100 else f"in about {-(-wait_s // 60)} minutes"
        super().__init__(
            f"That was a lot in a short time. Please go on {told}; nothing you made is lost.",
            details={"retry_after": wait_s},
        )


def charge(request: HttpRequest, name: str, *, points: int | None = None, at: datetime | None = None) -> None:
    """Count this call before it is done. Raises TooMuch; then nothing was counted."""
    weight = POINTS.get(name, ANYTHING_ELSE) if points is None else points
    try:
        buckets.pour(_pours(request, weight), at=at or timezone.now())
    except buckets.Full as full:
        raise TooMuch(full.wait_s) from full


def points_of(name: str, given: Any) -> int:
    """The weight of an API call: a Run counts by its stage and by how many pictures it asks for."""
    return _run_points(given) if name == RUNS and isinstance(given, Mapping) else POINTS.get(name, ANYTHING_ELSE)


def merge(guest: Account, person: Account, *, at: datetime) -> None:
    """Logging in must not win a second bucket."""
    buckets.add_up(_subject("account", guest.pk), _subject("account", person.pk), at=at)


def erase(account: Account, *, at: datetime) -> None:
    buckets.forget(_subject("account", account.pk))


def _pours(request: HttpRequest, points: int) -> list[Pour]:
    account, device = caller_of(request).account, device_of(request)
    own = [Pour(_subject("account", account.pk), ACCOUNT, points)] if account else []
    if own and points < SHARED_FROM:
        return own
    if device:
        own.append(Pour(_subject("device", device), DEVICE, points))
    if settings.SANDBOX:  # there everybody comes from one address
        return own
    return [*own, Pour(_subject("network", network_of(client_address(request))), NETWORK, points)]


def _subject(kind: str, who: object) -> str:
    return f"{kind}:{who}"


def _run_points(given: Mapping[str, Any]) -> int:
    stage = str(given.get("stage"))
    positions = given.get("positions")
    places = len(positions) if isinstance(positions, list) and positions else 0
    count = given.get("count")
    each = count if isinstance(count, int) and count > 0 else USUAL_COUNT.get(stage, 1)
    pictures = max(places, 1) * each if stage != "page" else places or CALENDAR_PAGES
    return PICTURE.get(stage, ANYTHING_ELSE) * min(pictures, MOST_PICTURES)
