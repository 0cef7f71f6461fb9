"""Addresses that others name: where a supplier or a model says a picture lies. None leads into our own network."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

from cardmaker.core.http import OutsideClient, OutsideRejected, OutsideUnavailable, shared_client


class NotForeign(OutsideRejected):
    """No https address of the public internet: whoever named it would have us ask our own machines."""

    code = "not_foreign"


def foreign_client(name: str, url: str, *, timeout_s: float = 20.0) -> OutsideClient:
    """The client for an address that somebody else named; ask it for `url`. Raises NotForeign, or OutsideUnavailable.

    The sandbox's stand-ins live on this machine, so with it every address will do. A name that is answered otherwise a
    moment later passes: what comes back is only ever read as a picture.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise NotForeign(f"{name} named no address.")
    if not settings.SANDBOX and (parts.scheme != "https" or not _is_public(name, parts.hostname)):
        raise NotForeign(f"{name} named an address that is not public.")
    return shared_client(name, f"{parts.scheme}://{parts.netloc}", timeout_s=timeout_s)


def _is_public(name: str, host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        raise OutsideUnavailable(f"{name} could not be found", sent=False) from exc
    return all(_is_global(str(address[0])) for *_, address in found)


def _is_global(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast
