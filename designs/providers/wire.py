"""What the adapters that speak HTTP share: how to send what may cost, and to ask what is free."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import httpx

from cardmaker.core.http import AnswerTooLarge, OutsideClient, OutsideUnavailable, retry_after_s
from cardmaker.core.readjson import read_json
from designs.providers.base import ProviderRejected, ProviderUnavailable

ASK_S = 20.0  # a question that costs nothing may be asked again
LARGEST_ANSWER = 64_000_000  # bytes: a 4096 x 4096 PNG in base64 has up to 50 million
SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
# What a status means where a provider gives no better reason.
REASONS = {401: "auth", 402: "quota_or_credit", 403: "auth", 404: "not_available", 410: "not_available"}


class TooLarge(Exception):
    """A paid answer of which we took only a part: it was made, and there is nothing to keep of it."""


class Wire:
    """One provider's address with our key. Threads may share it."""

    def __init__(self, name: str, base_url: str, headers: Mapping[str, str], *, timeout_s: float) -> None:
        self.name, self.base_url, self.headers = name, base_url.rstrip("/"), dict(headers)
        self._paid = OutsideClient(name, self.base_url, timeout_s=timeout_s, headers=self.headers)
        self._free = OutsideClient(name, self.base_url, timeout_s=ASK_S, headers=self.headers)

    def spend(self, path: str, *, operation: str, **body: Any) -> httpx.Response:
        """Send what may cost, once, and give back whatever is answered. Raises TooLarge.

        ProviderUnavailable with reason `unknown_outcome`: it left us and nothing came back.
        """
        try:
            return self._paid.request(
                "POST", path, operation=operation, every_answer=True, max_bytes=LARGEST_ANSWER, **body
            )
        except AnswerTooLarge as exc:
            raise TooLarge from exc
        except OutsideUnavailable as exc:
            raise ProviderUnavailable("unknown_outcome" if exc.sent else "upstream_error") from exc

    def ask(self, method: str, path: str, *, operation: str, **body: Any) -> httpx.Response:
        """Send what costs nothing, and give back whatever is answered."""
        try:
            return self._free.request(
                method, path, operation=operation, every_answer=True, max_bytes=LARGEST_ANSWER, **body
            )
        except AnswerTooLarge as exc:
            raise ProviderRejected("no_image") from exc
        except OutsideUnavailable as exc:
            raise ProviderUnavailable("upstream_error") from exc


def refusal(answer: httpx.Response, reason: str | None = None) -> ProviderRejected | ProviderUnavailable:
    """What an answer that is no success means. `reason`: what its body says in the provider's own words, if it does.

    A 5xx in nobody's words comes from a machine in between: what is behind it may have been made.
    """
    wait_s = retry_after_s(answer.headers.get("Retry-After", ""))
    if reason in ("rate_limited", "timeout", "upstream_error", "unknown_outcome"):
        return ProviderUnavailable(reason, retry_after=wait_s)
    if reason:
        return ProviderRejected(reason)
    if answer.status_code == 429:
        return ProviderUnavailable("rate_limited", retry_after=wait_s)
    if answer.status_code == 408:
        return ProviderUnavailable("timeout", retry_after=wait_s)
    if answer.status_code >= 500:
        return ProviderUnavailable("unknown_outcome", retry_after=wait_s)
    return ProviderRejected(REASONS.get(answer.status_code, "invalid_request"))


def unanswered(answer: httpx.Response, reason: str | None = None) -> ProviderRejected | ProviderUnavailable:
    """As `refusal`, for a question that costs nothing and is asked again. 404: they do not know the number."""
    if answer.status_code == 404:
        return ProviderRejected("invalid_request", "There is no such call.")
    error = refusal(answer, reason)
    if isinstance(error, ProviderUnavailable) and error.may_be_charged:
        return ProviderUnavailable("upstream_error", retry_after=error.retry_after)
    return error


def body_of(answer: httpx.Response) -> dict[str, Any]:
    """The answer as an object; an empty one for what is none."""
    try:
        body = read_json(answer.content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list; none of what is no list."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def inside(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object that is called so; an empty one where there is none."""
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def whole(value: Any, otherwise: int = 0) -> int:
    """A count or a seed that our rows can hold; what is none, is `otherwise`."""
    return value if type(value) is int and 0 <= value < 2**63 else otherwise


def unpacked(text: Any) -> bytes | None:
    """Bytes from base64; None for what is none."""
    try:
        return base64.b64decode(str(text), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def data_uri(data: bytes) -> str:
    """A picture in an address: it never lies on anybody's public server."""
    return f"data:{media_type_of(data) or 'image/png'};base64,{packed(data)}"


def media_type_of(data: bytes) -> str:
    """image/png, image/jpeg or image/webp by the first bytes, whatever was said about them; "" for anything else."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in SIGNATURES if data.startswith(start)), "")


def multipart(fields: Mapping[str, Any], files: list[tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form with files in the order given, and its content type. Names repeat as they are."""
    mark = b"----cardmaker-" + binascii.hexlify(bytes(str(len(files)) + "".join(sorted(fields)), "utf-8"))[:24]
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), str(value).encode())
        for name, value in fields.items()
    ]
    for number, (name, data) in enumerate(files):
        kind = media_type_of(data) or "image/png"
        place = f'form-data; name="{name}"; filename="{number}.{kind.rpartition("/")[2]}"'
        parts.append(f"Content-Disposition: {place}\r\nContent-Type: {kind}\r\n\r\n".encode() + data)
    while any(mark in part for part in parts):
        mark += b"-"
    body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
    return body, f"multipart/form-data; boundary={mark.decode()}"
