"""Printify's ways of answering: one error shape, dates with a space, lists in pages."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

Body = dict[str, Any]
Row = TypeVar("Row", bound=Model)


class Refusal(Exception):
    """An answer that is an error. `reason` may be a JSON string: that is how fields are named."""

    def __init__(self, status: int, message: str, reason: str = "", code: int = 10_000) -> None:
        super().__init__(f"{status} {code} {message} {reason}")
        self.status = status
        self.body = {"status": "error", "code": code, "message": message, "errors": {"reason": reason, "code": code}}


@dataclass(frozen=True)
class Call:
    """One call: what its address, query and body say, and when it came."""

    request: HttpRequest
    where: dict[str, str]
    at: datetime

    @property
    def body(self) -> Body:
        try:
            body = json.loads(self.request.body or b"{}")
        except ValueError as exc:
            raise Refusal(400, "Request body is not valid JSON.") from exc
        if not isinstance(body, dict):
            raise Refusal(400, "Request body is not an object.")
        return body

    def param(self, name: str, default: str = "") -> str:
        # Their own reference writes one name with a trailing blank.
        return str(self.request.GET.get(name) or self.request.GET.get(f"{name} ") or default)

    def number(self, name: str, default: int) -> int:
        text = self.param(name, str(default))
        return int(text) if text.isdecimal() else default


def invalid(code: int, **fields: str) -> Refusal:
    """A validation error: the reason is a JSON string with a list for each field."""
    reason = json.dumps({name.replace("__", "."): [sentence] for name, sentence in fields.items()})
    return Refusal(400, "Validation failed.", reason, code)


def not_found(what: str = "Resource") -> Refusal:
    return Refusal(404, "Not found", f"{what} not found", 10_404)


def when(at: datetime | None) -> str | None:
    """2017-04-18 13:24:28+00:00"""
    return at.isoformat(sep=" ", timespec="seconds") if at else None


def page_of(call: Call, rows: QuerySet[Row], shown: Callable[[Row], Body], *, limit: int, most: int) -> Body:
    """One page of a list; the limit asked for is clamped."""
    per_page = max(1, min(call.number("limit", limit), most))
    number = max(1, call.number("page", 1))
    total = rows.count()
    last = max(1, -(-total // per_page))
    first = (number - 1) * per_page
    found = [shown(row) for row in rows[first : first + per_page]]
    return {
        "current_page": number,
        "data": found,
        "first_page_url": "/?page=1",
        "from": first + 1 if found else None,
        "last_page": last,
        "last_page_url": f"/?page={last}",
        "next_page_url": f"/?page={number + 1}" if number < last else None,
        "path": "/",
        "per_page": per_page,
        "prev_page_url": f"/?page={number - 1}" if number > 1 else None,
        "to": first + len(found) if found else None,
        "total": total,
    }
