"""How many new guests one network may make: a row with a conditional UPDATE, because it must hold without Redis."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import F

from accounts.models import GuestIntake
from cardmaker.core.errors import Refused

GUESTS_PER_NETWORK_HOUR = 120  # a whole office behind one address, but no farm
IPV6_SUBSCRIBER_BITS = 64  # the smallest block a subscriber gets: single addresses in it are free


class TooManyGuests(Refused):
    """This network made its share of new guests in this hour."""

    code = "quota_spent"


def admit_guest(address: str, *, at: datetime, limit: int | None = None) -> None:
    """Count one new guest of the network of `address`. Raises TooManyGuests, with `retry_after` seconds."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    allowed = guests_per_hour() if limit is None else limit
    if _count(network_of(address), hour, allowed):
        return
    resets_at = hour + timedelta(hours=1)
    details = {"resets_at": resets_at.isoformat(), "retry_after": int((resets_at - at).total_seconds()) + 1}
    raise TooManyGuests("Too many new visitors from your network just now. Please try again later.", details=details)


def network_of(address: str) -> str:
    """The address itself, or for IPv6 its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(parsed) if parsed.version == 4 else str(ip_network(f"{address}/{IPV6_SUBSCRIBER_BITS}", strict=False))


def guests_per_hour() -> int:
    """The limit; the sandbox, where tests and benchmarks make every guest from one address, gets room."""
    return 1_000_000 if settings.SANDBOX else GUESTS_PER_NETWORK_HOUR


def forget_before(at: datetime) -> int:
    """Delete rows whose hour is over; they name addresses. Returns how many."""
    return GuestIntake.objects.filter(hour__lt=at - timedelta(hours=1)).delete()[0]


def _count(network: str, hour: datetime, limit: int) -> bool:
    row = GuestIntake.objects.filter(network=network, hour=hour)
    if not row.exists():
        GuestIntake.objects.bulk_create([GuestIntake(network=network, hour=hour)], ignore_conflicts=True)
    return row.filter(made__lt=limit).update(made=F("made") + 1) == 1
