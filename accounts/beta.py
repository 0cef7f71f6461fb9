"""The private beta: while it is on, only listed email addresses and networks may sign up, generate or buy."""

from ipaddress import ip_address, ip_network

from django.conf import settings

from accounts.models import BetaEntry
from cardmaker.core.errors import Refused


class NotInvited(Refused):
    """The private beta does not list this person or this network."""

    code = "not_invited"


def closed() -> bool:
    """Whether the private beta is on."""
    return bool(settings.PRIVATE_BETA)


def check(*, email: str, address: str) -> None:
    """Raises NotInvited unless the list names the email address, or a network that the address is in."""
    if not (lists_email(email) or lists_address(address)):
        raise NotInvited("Cardmaker is in private beta. Your email address is not on the list yet.")


def lists_email(email: str) -> bool:
    return bool(email) and BetaEntry.objects.filter(kind=BetaEntry.Kind.EMAIL, value=email.strip().lower()).exists()


def lists_address(address: str) -> bool:
    """Whether a listed network holds this address. Reads the whole list, which people keep by hand."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    networks = BetaEntry.objects.filter(kind=BetaEntry.Kind.NETWORK).order_by("pk").values_list("value", flat=True)
    return any(parsed in ip_network(value) for value in networks)
