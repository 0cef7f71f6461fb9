"""Fetching results from where a provider put them. Its answer names the address, so the address is checked first.

Without that an answer, or a redirect, could make us ask machines that only we can reach.
"""

import logging
from collections.abc import Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from cardmaker.core.foreign import NotForeign, foreign_client
from cardmaker.core.http import AnswerTooLarge, OutsideUnavailable
from designs.providers.base import ProviderRejected, ProviderUnavailable
from designs.providers.wire import ASK_S

logger = logging.getLogger(__name__)
LARGEST_PICTURE = 48_000_000
REDIRECTS = 3
PLAIN = {"Accept-Encoding": "identity"}  # pictures are packed already: what claims to be packed again is a bomb


class Files:
    """Where one provider keeps its results: below `hosts` by https, or at the very address its interface has."""

    def __init__(self, name: str, base_url: str, hosts: Sequence[str]) -> None:
        self._name, self._hosts = name, tuple(hosts)
        self._own = _origin(urlsplit(base_url))

    def fetch(self, url: str) -> bytes:
        """A result, at most LARGEST_PICTURE. No key goes along.

        Raises ProviderUnavailable when it may still come, ProviderRejected("no_image") when it never will. A host
        that is not known is the first of the two: the picture is paid, and ops may name the host in the settings.
        """
        for _ in range(REDIRECTS):
            self._check(url)
            try:
                client = foreign_client(f"{self._name} files", url, timeout_s=ASK_S)
                answer = client.request("GET", url, operation="result", headers=PLAIN, max_bytes=LARGEST_PICTURE)
            except NotForeign as exc:
                raise ProviderUnavailable("upstream_error", "The picture lies where we do not fetch from.") from exc
            except AnswerTooLarge as exc:
                raise ProviderRejected("no_image", "The picture is larger than we take.") from exc
            except OutsideUnavailable as exc:
                raise ProviderUnavailable("upstream_error") from exc
            if not answer.is_redirect:
                break
            url = _joined(url, answer.headers.get("Location", ""))
        if not answer.is_success:
            raise ProviderRejected("no_image", "The picture is not there any more.")
        return answer.content

    def _check(self, url: str) -> None:
        parts = _split(url)
        if parts is None or parts.scheme not in ("https", "http") or not parts.hostname:
            raise ProviderRejected("no_image", "The provider named no address for the picture.")
        origin = _origin(parts)
        if not (origin and (origin == self._own or self._is_theirs(parts))):
            logger.error("%s named a picture at %s, which is none of its hosts", self._name, parts.hostname)
            raise ProviderUnavailable("upstream_error", "The picture lies where we do not fetch from.")

    def _is_theirs(self, parts: SplitResult) -> bool:
        host = parts.hostname or ""
        below = any(host == known or host.endswith(f".{known}") for known in self._hosts)
        return below and _origin(parts) == f"https://{host}"


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _joined(url: str, further: str) -> str:
    try:
        return urljoin(url, further)
    except ValueError:
        return ""


def _origin(parts: SplitResult) -> str:
    """`https://host`, or with its port; "" for an address with a name in it, or whose host parsers disagree about."""
    try:
        port = parts.port
        seen = httpx.URL(parts.geturl()).host
    except (ValueError, httpx.InvalidURL):
        return ""
    if "@" in parts.netloc or "\\" in parts.netloc or seen != parts.hostname:
        return ""
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    place = "" if port in (None, usual) else f":{port}"
    return f"{parts.scheme}://{parts.hostname}{place}"
