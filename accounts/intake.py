"""How many new guests one network may make. It holds without Redis, because every guest may have pictures made."""

from datetime import datetime
from ipaddress import ip_address, ip_network

from django.conf import settings

from accounts import buckets
from accounts.buckets import Pour, Size
from accounts.models import Account
from cardmaker.core.errors import Refused

GUESTS = Size(points=120, per_hour=120)  # a whole office behind one address, but no farm
IPV6_SUBSCRIBER_BITS = 64  # the smallest block a subscriber gets: single addresses in it are free


class TooManyGuests(Refused):
    """This network made its share of new guests."""

    code = "quota_spent"


KEY_CHARACTERS = 32  # of where a guest came from: enough to tell apart, and names nobody


def new_guest(*, address: str, device: str, at: datetime) -> Account:
    """A guest that remembers by keys where it came from. Raises TooManyGuests. `device` "": unknown, as in embeds."""
    admit_guest(address, at=at)
    device_key, network_key = origin_keys(address=address, device=device)
    return Account.objects.create(device_key=device_key, network_key=network_key)


def origin_keys(*, address: str, device: str) -> tuple[str, str]:
    """The keys of device and network that a guest from there gets."""
    # In the sandbox everybody comes from one address, which says nothing.
    network = "" if settings.SANDBOX else buckets.key_of(f"network:{network_of(address)}")[:KEY_CHARACTERS]
    return buckets.key_of(f"device:{device}")[:KEY_CHARACTERS] if device else "", network


def admit_guest(address: str, *, at: datetime) -> None:
    """Count one new guest of the network of `address`. Raises TooManyGuests, with `retry_after` seconds.

    In the sandbox nothing is counted: there every guest comes from one address.
    """
    if settings.SANDBOX:
        return
    try:
        buckets.pour([Pour(f"guests:{network_of(address)}", GUESTS, 1)], at=at)
    except buckets.Full as full:
        told = "Too many new visitors from your network just now. Please try again later."
        raise TooManyGuests(told, details={"retry_after": full.wait_s}) from full


def network_of(address: str) -> str:
    """The address itself, or for IPv6 its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(parsed) if parsed.version == 4 else str(ip_network(f"{address}/{IPV6_SUBSCRIBER_BITS}", strict=False))
