"""The one way out: HTTP to other people's services, with an answer or one of two errors.

`OutsideUnavailable`: the outcome is not known, ask again later. `OutsideRejected`: no, and the same answer next time.
Nothing is retried here, since only the caller knows what may be repeated.
"""

import logging
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from threading import Lock
from typing import Any

import httpx

from cardmaker.core.errors import Refused, Unavailable
from cardmaker.core.transactions import refuse_open_transaction

log = logging.getLogger(__name__)

CONNECT_S = 5.0  # nobody we talk to takes longer to accept a connection
KEEP_IDLE_S = 2.0  # shorter than any server keeps an idle connection, so that a POST never meets a closed one
TOO_MANY_REQUESTS = 429
COME_AGAIN = (408, TOO_MANY_REQUESTS)  # 408: they did not wait for the end of our request, as far as they know


class OutsideUnavailable(Unavailable):
    """The service gave no usable answer. `sent` is False only when the request certainly never reached it."""

    code = "outside_unavailable"

    def __init__(self, message: str, *, retry_after: int | None = None, sent: bool = True) -> None:
        super().__init__(message, retry_after=retry_after)
        self.sent = sent


class OutsideRejected(Refused):
    """The service understood and said no."""

    code = "outside_rejected"


class AnswerTooLarge(OutsideRejected):
    """More came than we take. What was asked for has been done all the same."""

    code = "answer_too_large"


class OutsideClient:
    """A connection to one service. Threads may share it. Redirects are not followed, proxies of the machine not used.

    `timeout_s` bounds the wait for each part of the answer; tasks may not wait longer than 30 s.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        timeout_s: float = 20.0,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.name = name
        self._client = httpx.Client(
            base_url=base_url.rstrip("/"),
            headers=dict(headers or {}),
            timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
            limits=httpx.Limits(keepalive_expiry=KEEP_IDLE_S),
            transport=transport,
            verify=_trusted_roots(),
            trust_env=False,
            follow_redirects=False,
        )

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        operation: str = "",
        every_answer: bool = False,
        max_bytes: int | None = None,
    ) -> httpx.Response:
        """Any answer below 500 except COME_AGAIN. Raises OutsideUnavailable, or InTransaction before anything is sent.

        `every_answer`: also COME_AGAIN and from 500 up, for whoever must tell their kinds apart. `max_bytes`: read no
        more than that; raises AnswerTooLarge. `path` may be a whole address. The log names `operation`, or `path`
        without its query: keep secrets out of both.
        """
        refuse_open_transaction(f"calling {self.name}")
        call = _Call(self.name, f"{method} {operation or path}", time.monotonic())
        try:
            asked = self._client.build_request(method, path, json=json, params=params, headers=headers, content=content)
            response = self._read(asked, max_bytes)
        except AnswerTooLarge:
            call.ended("too large", ok=False)
            raise
        except httpx.RequestError as exc:
            call.ended(type(exc).__name__, ok=False)
            raise OutsideUnavailable(f"{self.name} did not answer", sent=_was_sent(exc)) from exc
        gone = response.status_code in COME_AGAIN or response.is_server_error
        call.ended(str(response.status_code), ok=not gone)
        if gone and not every_answer:
            raise OutsideUnavailable(
                f"{self.name} answered {response.status_code}",
                retry_after=retry_after_s(response.headers.get("Retry-After", "")),
                sent=response.status_code != TOO_MANY_REQUESTS,
            )
        return response

    def _read(self, asked: httpx.Request, max_bytes: int | None) -> httpx.Response:
        if max_bytes is None:
            return self._client.send(asked)
        response = self._client.send(asked, stream=True)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > max_bytes:
                    raise AnswerTooLarge(f"{self.name} answered with more than {max_bytes} bytes")
        finally:
            response.close()
        # Its length and encoding were those on the wire; what is here is read already.
        plain = [
            pair for pair in response.headers.multi_items() if pair[0] not in ("content-encoding", "content-length")
        ]
        return httpx.Response(response.status_code, headers=plain, content=bytes(content), request=asked)

    def close(self) -> None:
        self._client.close()


@lru_cache(maxsize=256)
def shared_client(name: str, base_url: str, *, timeout_s: float = 20.0) -> OutsideClient:
    """The one client of this process for an address, so that its connections are used again. Holds no secret."""
    return OutsideClient(name, base_url, timeout_s=timeout_s)


def retry_after_s(header: str) -> int | None:
    """Seconds of a Retry-After header, which holds seconds or a date. None: absent, unreadable or past."""
    text = header.strip()
    try:
        seconds = float(text)
    except ValueError:
        seconds = _seconds_until(text)
    return max(1, round(seconds)) if 0 < seconds < float("inf") else None


def health() -> dict[str, dict[str, Any]]:
    """What this process saw of each service since it started: last success, and failures since then."""
    with _health_lock:
        return {name: {"last_ok_at": seen.last_ok_at, "failures": seen.failures} for name, seen in _health.items()}


@dataclass
class Tally:
    """What was seen of one service since it was last written down."""

    calls: int = 0
    failures: int = 0
    total_ms: int = 0
    slowest_ms: int = 0
    last_ok_at: datetime | None = None
    last_failed_at: datetime | None = None

    def count(self, took_ms: int, *, ok: bool, at: datetime) -> None:
        self.calls += 1
        self.total_ms += took_ms
        self.slowest_ms = max(self.slowest_ms, took_ms)
        if ok:
            self.last_ok_at = at
        else:
            self.failures, self.last_failed_at = self.failures + 1, at


def note_call(name: str, operation: str, outcome: str, *, began: float, ok: bool) -> None:
    """Count and log a call that another library made. `began`: on the monotonic clock."""
    _Call(name, operation, began).ended(outcome, ok=ok)


@contextmanager
def counted(name: str, operation: str) -> Iterator[None]:
    """Count and log what another library does in one go; whatever it raises is a failure."""
    began = time.monotonic()
    try:
        yield
    except Exception as exc:
        note_call(name, operation, type(exc).__name__, began=began, ok=False)
        raise
    note_call(name, operation, "ok", began=began, ok=True)


def take_tallies() -> dict[str, Tally]:
    """What this process saw since the last time, by service; it is counted anew from here."""
    with _health_lock:
        taken = dict(_tallies)
        _tallies.clear()
        return taken


@dataclass
class _Seen:
    last_ok_at: datetime | None = None
    failures: int = 0


@dataclass(frozen=True)
class _Call:
    name: str
    operation: str
    began: float

    def ended(self, outcome: str, *, ok: bool) -> None:
        took_ms = round((time.monotonic() - self.began) * 1000)
        log.log(logging.INFO if ok else logging.WARNING, "%s %s %s %d ms", self.name, self.operation, outcome, took_ms)
        at = datetime.now(UTC)
        with _health_lock:
            seen = _health.setdefault(self.name, _Seen())
            seen.failures = 0 if ok else seen.failures + 1
            seen.last_ok_at = at if ok else seen.last_ok_at
            _tallies.setdefault(self.name, Tally()).count(took_ms, ok=ok, at=at)


_health: dict[str, _Seen] = {}
_tallies: dict[str, Tally] = {}
_health_lock = Lock()


@cache
def _trusted_roots() -> ssl.SSLContext:
    """Reading the root certificates takes some 80 ms, far more than making a client."""
    return httpx.create_ssl_context(trust_env=False)


def _was_sent(exc: httpx.RequestError) -> bool:
    return not isinstance(
        exc, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol
    )


def _seconds_until(date: str) -> float:
    try:
        then = parsedate_to_datetime(date)
    except ValueError:
        return 0.0
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return (aware - datetime.now(UTC)).total_seconds()
